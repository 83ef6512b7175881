//! What a transfer moved, and how.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use sha2::{Digest, Sha256};

use super::data_connection::{DataConnection, DataMode};
use super::event::Event;
use super::exchange::Exchange;
use super::exchanges::{search_by_session, write_by_session};
use super::heading::Heading;
use super::line::Command;
use super::payload::{Direction, Payload};
use super::secret_left::SecretLeft;
use super::secret_search::{Part, search};
use super::session::{Item, write_items};
use crate::matching::CommandView;
use crate::proto::Verb;

/// One use of a data connection.
///
/// `Display` prints it as the transcript does, without the replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    exchange: Exchange,
    connection: DataConnection,
}

impl Transfer {
    pub(super) fn of(exchange: &Exchange) -> Option<Self> {
        let connection = exchange.data_connection()?;
        Some(Self { exchange: exchange.clone(), connection })
    }

    /// The exchange that it is part of.
    pub fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// The number of its session, as printed.
    pub fn session(&self) -> usize {
        self.exchange.session()
    }

    /// The command that asked for it.
    pub fn command(&self) -> Option<&Command> {
        self.exchange.command()
    }

    /// Which way the data went.
    pub fn direction(&self) -> Direction {
        let verb = self.exchange.view().as_ref().and_then(CommandView::verb);
        match (self.exchange.data().next(), verb) {
            (Some(data), _) => data.direction,
            (None, Some(Verb::Stor | Verb::Appe | Verb::Stou)) => Direction::ToServer,
            (None, _) => Direction::ToClient,
        }
    }

    /// Who opened the data connection.
    pub fn mode(&self) -> DataMode {
        self.connection.mode
    }

    /// Whether the representation type was ASCII.
    pub fn is_ascii(&self) -> bool {
        self.connection.ascii
    }

    /// Whether it was encrypted.
    pub fn is_tls(&self) -> bool {
        self.connection.tls
    }

    /// How many bytes went over the data connection; `None` when it did not come to its end, or part of it is in a
    /// hole.
    pub fn length(&self) -> Option<u64> {
        self.payloads()?.iter().map(|payload| payload.length()).sum()
    }

    /// SHA-256 of the bytes; `None` where the transcript knows neither them nor it.
    pub fn sha256(&self) -> Option<[u8; 32]> {
        match self.payloads()?.as_slice() {
            [Payload::Digest(digest)] => Some(*digest.sha256()),
            _ => self.bytes().map(|bytes| Sha256::digest(bytes).into()),
        }
    }

    /// The bytes as they went over the data connection, line ends included; `None` where the transcript keeps only
    /// their digest or number ([`Record::full`](super::Record::full) keeps all of them), or there is a hole in them.
    pub fn bytes(&self) -> Option<Cow<'_, [u8]>> {
        match self.payloads()?.as_slice() {
            [] => Some(Cow::Borrowed(&[])),
            [payload] => payload.bytes().map(Cow::Borrowed),
            several => {
                let parts: Option<Vec<&[u8]>> = several.iter().map(|payload| payload.bytes()).collect();
                parts.map(|parts| Cow::Owned(parts.concat()))
            }
        }
    }

    /// The bytes as text; `None` also where they are not UTF-8.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self.bytes()? {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
        }
    }

    fn heading(&self) -> &Heading {
        self.exchange.heading()
    }

    /// What is printed of it.
    fn items(&self) -> impl Iterator<Item = &Item> {
        self.exchange.items().iter().filter(|item| !matches!(item, Item::Reply(_)))
    }

    /// Searches all that is printed for secrets of the whole transcript.
    pub(crate) fn check_secrets(&self) -> Result<(), SecretLeft> {
        search(0, [Part { heading: self.heading(), with_header: false, items: self.items().collect() }])
    }

    /// All that went over the data connection; `None` when that did not come to its end.
    fn payloads(&self) -> Option<Vec<&Payload>> {
        let cut = |event: &Event| {
            matches!(event, Event::DataInterrupted | Event::TransferStillOpen | Event::RecordingCut)
        };
        let ended = !self.exchange.events().any(cut);
        ended.then(|| self.exchange.data().map(|data| &data.payload).collect())
    }
}

impl fmt::Display for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_items(f, self.items())
    }
}

/// Transfers in printed order; a slice of them, such as `transfers[0]`, `transfers.len()`.
///
/// `Display` prints each as the transcript does, without replies, below the header of its session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transfers(pub(super) Vec<Transfer>);

impl Transfers {
    /// Searches all that is printed for secrets of the whole transcript.
    pub(crate) fn check_secrets(&self) -> Result<(), SecretLeft> {
        search_by_session(&self.0, Transfer::heading, Transfer::items)
    }
}

impl Deref for Transfers {
    type Target = [Transfer];

    fn deref(&self) -> &[Transfer] {
        &self.0
    }
}

impl IntoIterator for Transfers {
    type Item = Transfer;
    type IntoIter = std::vec::IntoIter<Transfer>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Transfers {
    type Item = &'a Transfer;
    type IntoIter = std::slice::Iter<'a, Transfer>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Transfers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_by_session(f, &self.0, Transfer::heading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    fn transfer(data: &str) -> Transfer {
        let session =
            format!("== session 1\nC> STOR a\nS> 150 Go.\n-- data active ascii tls\n{data}S> 226 Ok.\n");
        Transcript::parse(&session).unwrap().transfers()[0].clone()
    }

    #[test]
    fn what_is_shown_inline_is_known_to_the_byte() {
        let transfer = transfer("D< one\nD< two\\c\n");
        assert_eq!(transfer.bytes().as_deref(), Some(&b"one\r\ntwo"[..]));
        assert_eq!(transfer.text().as_deref(), Some("one\r\ntwo"));
        assert_eq!(transfer.length(), Some(8));
        assert_eq!(transfer.sha256(), Some(Sha256::digest("one\r\ntwo").into()));
        assert_eq!((transfer.mode(), transfer.is_ascii(), transfer.is_tls()), (DataMode::Active, true, true));
        assert_eq!(transfer.to_string(), "C> STOR a\n-- data active ascii tls\nD< one\nD< two\\c\n");
    }

    #[test]
    fn an_empty_transfer_has_no_bytes_and_still_a_direction() {
        let transfer = transfer("");
        assert_eq!(transfer.bytes().as_deref(), Some(&b""[..]));
        assert_eq!((transfer.length(), transfer.direction()), (Some(0), Direction::ToServer));
    }

    #[test]
    fn of_a_digest_and_a_length_no_more_is_known_than_they_say() {
        let digest = transfer(&format!("D< \\@ sha256:{} 5000\n", "ab".repeat(32)));
        assert_eq!((digest.length(), digest.sha256()), (Some(5000), Some([0xAB; 32])));
        assert_eq!((digest.bytes(), digest.text()), (None, None));
        let length = transfer("D< \\@ 5000\n");
        assert_eq!((length.length(), length.sha256(), length.bytes()), (Some(5000), None, None));
    }

    #[test]
    fn a_transfer_that_was_cut_has_no_length() {
        let cut = transfer("-- data interrupted\n");
        assert_eq!((cut.length(), cut.sha256(), cut.bytes()), (None, None, None));
    }

    #[test]
    fn bytes_that_are_not_text_are_known_all_the_same() {
        let latin = transfer("D< caf\\xE9\\c\n");
        assert_eq!((latin.bytes().as_deref(), latin.text()), (Some(&b"caf\xE9"[..]), None));
    }
}
