//! RETR, STOR, APPE, STOU (RFC 959, 4.1.3). How a transfer runs and ends is told in `transfer`.

use super::copying::{receive, send_ascii, send_image};
use super::data_channel::DataChannel;
use super::deflating;
use super::listings::Listing;
use super::replies;
use super::session::{Outcome, Session};
use crate::net::TransferKind;
use crate::proto::{DeflateLevel, Pathname, Reply, RepresentationType, TransferMode, Verb};
use crate::transcript::{Direction, WireEvent};
use crate::vfs::{File, OpenMode};

impl Session {
    pub(super) async fn retrieve(&mut self, path: &Pathname) -> Outcome {
        self.require_data_channel()?;
        let offset = std::mem::take(&mut self.restart);
        let file = self.with_files(|home| home.files.open(path, OpenMode::Read { offset }))?;
        let size = match self.representation {
            // What is announced is what is sent.
            _ if self.mode == TransferMode::Deflate => None,
            RepresentationType::Image => file.size().ok().map(|size| size.saturating_sub(offset)),
            RepresentationType::Ascii => None,
        };
        Ok(self.send_file(file, size, path).await)
    }

    pub(super) async fn store(&mut self, path: &Pathname) -> Outcome {
        self.require_data_channel()?;
        let mode = match std::mem::take(&mut self.restart) {
            0 => OpenMode::Write,
            offset => OpenMode::Resume { offset },
        };
        let file = self.with_files(|home| home.open_to_write(path, mode))?;
        Ok(self.receive_file(file, path, replies::opening(None)).await)
    }

    pub(super) async fn append(&mut self, path: &Pathname) -> Outcome {
        self.refuse_restart(Verb::Appe)?;
        self.require_data_channel()?;
        let file = self.with_files(|home| home.open_to_write(path, OpenMode::Append))?;
        Ok(self.receive_file(file, path, replies::opening(None)).await)
    }

    /// Stores under a name that is not taken, which stands in the 150 (RFC 1123, 4.1.2.9): one made from `path` where
    /// the client `named` it, otherwise one in the directory `path`.
    pub(super) async fn store_unique(&mut self, named: bool, path: &Pathname) -> Outcome {
        self.refuse_restart(Verb::Stou)?;
        self.require_data_channel()?;
        let (directory, prefix) = match path.parent().zip(path.name()) {
            Some((parent, name)) if named => (parent, name),
            _ => (path.clone(), "ftpd"),
        };
        let (created, file) = self
            .home()?
            .create_unique(&directory, prefix)
            .map_err(|error| replies::no_unique_file(&error))?;
        let opening = replies::opening_unique(created.name().unwrap_or_default());
        Ok(self.receive_file(file, &created, opening).await)
    }

    /// A transfer needs a data connection set up before anything is opened or truncated for it.
    pub(super) fn require_data_channel(&mut self) -> Result<(), Reply> {
        self.require_security(false, true)?;
        if self.data.is_lost(self.timer.now()) {
            self.data = DataChannel::None;
            return Err(replies::cannot_open_data_connection());
        }
        if self.data.is_none() { Err(replies::no_data_connection()) } else { Ok(()) }
    }

    fn refuse_restart(&self, verb: Verb) -> Result<(), Reply> {
        if self.restart == 0 { Ok(()) } else { Err(replies::no_restart_for(verb)) }
    }

    /// Sends a listing, which is text in every type.
    pub(super) async fn send_listing(&mut self, listing: Listing) -> Reply {
        let mode = self.data.mode();
        let level = self.deflating();
        let kind =
            TransferKind { mode, direction: Direction::ToClient, ascii: true, listing: level.is_none() };
        let encoding = self.handler.encoding;
        let Listing { bytes, times, .. } = listing;
        if !times.is_empty() {
            self.control.recorder().record(|| WireEvent::TimesInListing(times));
        }
        let listing =
            if encoding.is_utf8() { bytes } else { encoding.encode(&String::from_utf8_lossy(&bytes)).into() };
        self.transfer(replies::opening(None), kind, None, async |mut data| {
            match level {
                Some(level) => deflating::send_listing(&listing, level, &mut data).await?,
                None => data.write_all(&listing).await?,
            }
            Ok(data)
        })
        .await
    }

    /// Sends a file, of which `size` bytes are to go if that is known.
    async fn send_file(&mut self, file: Box<dyn File>, size: Option<u64>, path: &Pathname) -> Reply {
        let kind = self.file_transfer(Direction::ToClient);
        let level = self.deflating();
        let by_kernel = self.handler.use_sendfile;
        self.transfer(replies::opening(size), kind, Some(path), async |mut data| {
            if let Some(level) = level {
                deflating::send(file, kind.ascii, level, &mut data).await?;
            } else if kind.ascii {
                send_ascii(file, &mut data).await?;
            } else {
                send_image(file, size, by_kernel, &mut data).await?;
            }
            Ok(data)
        })
        .await
    }

    async fn receive_file(&mut self, file: Box<dyn File>, path: &Pathname, opening: Reply) -> Reply {
        let kind = self.file_transfer(Direction::ToServer);
        let deflated = self.deflating().is_some();
        self.transfer(opening, kind, Some(path), async |mut data| {
            if deflated {
                deflating::receive(file, kind.ascii, &mut data).await?;
            } else {
                receive(file, kind.ascii, &mut data).await?;
            }
            Ok(data)
        })
        .await
    }

    /// How hard to deflate, in MODE Z.
    fn deflating(&self) -> Option<DeflateLevel> {
        (self.mode == TransferMode::Deflate).then_some(self.deflate_level)
    }

    fn file_transfer(&self, direction: Direction) -> TransferKind {
        let ascii = self.representation == RepresentationType::Ascii;
        TransferKind { mode: self.data.mode(), direction, ascii, listing: false }
    }
}
