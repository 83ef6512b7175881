//! Listings as entries: by MLSD and MLST, or by LIST in whatever form the server has.

use super::commands::{is_unknown_command, with_parameter};
use super::error::{Error, ReplyError};
use super::parse::middle_lines;
use super::session::UserSession;
use crate::listing::{ListContext, ListEntry, ListError, Listing, parse_list, parse_mlsd, parse_mlsx_line};
use crate::net::user::Socket;
use crate::proto::RepresentationType;

impl<S: Socket> UserSession<S> {
    /// What is in a directory.
    pub(super) async fn list(&mut self, path: &str) -> Result<Listing, Error> {
        if self.machine_listings {
            match self.machine_listing(path).await {
                Err(error) if is_unknown_command(&error) => self.machine_listings = false,
                listing => return listing,
            }
        }
        let command = with_parameter("LIST", path);
        let context = ListContext::new(self.options.clock.now());
        let listing = self.bytes_of(&command).await?;
        parse_list(&listing, &context).map_err(|error| no_listing(command, error))
    }

    /// The entries of a directory by MLSD, with those facts where any are named.
    pub(super) async fn mlsd(&mut self, path: &str, facts: &[&str]) -> Result<Vec<ListEntry>, Error> {
        if !facts.is_empty() {
            self.voidcmd(format!("OPTS MLST {};", facts.join(";"))).await?;
        }
        Ok(self.machine_listing(path).await?.entries)
    }

    /// The facts of one file.
    pub(super) async fn mlst(&mut self, path: &str) -> Result<ListEntry, Error> {
        let line = with_parameter("MLST", path);
        let reply = self.voidcmd(line.clone()).await?;
        // RFC 3659 puts one blank before the facts; some servers do not.
        let entry = middle_lines(&reply)
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .find_map(|line| parse_mlsx_line(line.as_bytes()).ok());
        entry.ok_or_else(|| ReplyError::proto(format!("{line:?}"), reply).into())
    }

    async fn machine_listing(&mut self, path: &str) -> Result<Listing, Error> {
        let command = with_parameter("MLSD", path);
        let listing = self.bytes_of(&command).await?;
        parse_mlsd(&listing).map_err(|error| no_listing(command, error))
    }

    /// All data of a command, in type ASCII.
    async fn bytes_of(&mut self, command: &str) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.set_type(RepresentationType::Ascii).await?;
        let limit = Some(self.options.listing_limit);
        self.retrieve_all(command, None, limit, |block| bytes.extend_from_slice(block)).await?;
        Ok(bytes)
    }
}

fn no_listing(command: String, error: ListError) -> Error {
    Error::NotAListing { of: format!("{command:?}"), error }
}
