//! What a client has seen of a server, held beside what it was to see.

use std::path::Path;

use ftp_fixture::client::Error;
use ftp_fixture::proto::Reply;

use crate::differences::{DIFFERENCES, Difference, matches};
use crate::files::shown;
use crate::server::{Encryption, Running, Server};

/// What has come of a conversation: as expected, otherwise for a reason, or otherwise for none.
#[derive(Debug)]
pub(crate) struct Seen {
    server: Server,
    encryption: Encryption,
    used: Vec<&'static Difference>,
    unexpected: Vec<String>,
}

impl Seen {
    pub(crate) fn of(server: &Running) -> Self {
        Self {
            server: server.server(),
            encryption: server.encryption(),
            used: Vec::new(),
            unexpected: Vec::new(),
        }
    }

    /// Notes what came of `what`, and what was to come.
    pub(crate) fn expect(&mut self, what: &str, seen: impl Outcome, expected: impl AsRef<str>) {
        let (seen, expected) = (seen.text(), expected.as_ref());
        if seen == expected {
            return;
        }
        let reason = self.differences().find(|known| matches(known.what, what) && matches(known.seen, &seen));
        match reason {
            Some(difference) => self.used.push(difference),
            None => self.unexpected.push(format!("{what}: expected {expected}, seen {seen}")),
        }
    }

    /// Panics with all that was otherwise than it was to be, and with each difference that was not seen.
    #[track_caller]
    pub(crate) fn assert(mut self) {
        for difference in self.differences() {
            if !self.used.iter().any(|used| std::ptr::eq(*used, difference)) {
                let Difference { what, seen, .. } = difference;
                self.unexpected.push(format!("{what}: not {seen}, as the differences have it, which can go"));
            }
        }
        assert!(
            self.unexpected.is_empty(),
            "{} ({:?}):\n{}",
            self.server,
            self.encryption,
            self.unexpected.join("\n")
        );
    }

    fn differences(&self) -> impl Iterator<Item = &'static Difference> + use<> {
        let (server, encryption) = (self.server, self.encryption);
        DIFFERENCES
            .iter()
            .filter(move |known| known.server == server && known.encryptions.contains(&encryption))
    }
}

/// What can be seen, as a text.
pub(crate) trait Outcome {
    fn text(&self) -> String;
}

impl Outcome for &str {
    fn text(&self) -> String {
        (*self).to_owned()
    }
}

impl Outcome for String {
    fn text(&self) -> String {
        self.clone()
    }
}

impl Outcome for u64 {
    fn text(&self) -> String {
        self.to_string()
    }
}

impl Outcome for bool {
    fn text(&self) -> String {
        self.to_string()
    }
}

/// Its code: the words are each server's own.
impl Outcome for Reply {
    fn text(&self) -> String {
        self.code().to_string()
    }
}

/// What a file has in it.
impl Outcome for Vec<u8> {
    fn text(&self) -> String {
        shown(self)
    }
}

/// Lines or names, with ` | ` between them.
impl Outcome for Vec<String> {
    fn text(&self) -> String {
        self.join(" | ")
    }
}

/// What is on the disk.
impl Outcome for &Path {
    fn text(&self) -> String {
        std::fs::read(self).map_or_else(|error| error.to_string(), |content| shown(&content))
    }
}

/// `refused with 550`, or an error that is no reply, in full.
impl<T: Outcome> Outcome for Result<T, Error> {
    fn text(&self) -> String {
        match self {
            Ok(seen) => seen.text(),
            Err(error) => of_error(error),
        }
    }
}

fn of_error(error: &Error) -> String {
    match error.reply() {
        Some(reply) => format!("refused with {}", reply.code()),
        None => format!("error: {error}"),
    }
}
