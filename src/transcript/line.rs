//! One line of the control connection: a command, or a physical line of a reply.

use super::payload::Direction;
use super::text::Text;

/// How a line ended on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ending {
    /// As its kind of line does: CRLF, or LF in data that are no listing and not of type ASCII.
    #[default]
    Implied,
    /// By LF without CR, where CRLF is the rule; printed `\n`.
    BareLf,
    /// Not at all; printed `\c`.
    Unterminated,
}

/// A line from the client.
///
/// On the control connection only CRLF ends a line: a bare LF is part of the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Command {
    /// What it says.
    pub text: Text,
    /// Whether its CRLF came; `false` for an unfinished line, and for the kept start of one over the limit.
    pub terminated: bool,
}

/// One physical line from the server; a multi-line reply is several of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReplyLine {
    /// What it says, code included.
    pub text: Text,
    /// How it ended.
    pub ending: Ending,
}

impl Command {
    /// A command line that CRLF ended.
    pub fn new(text: Text) -> Self {
        Self { text, terminated: true }
    }

    /// Its first word as it was sent, without what Telnet may have put before it: `LIST`, `list`.
    pub(crate) fn verb(&self) -> &[u8] {
        let line = self.text.start();
        &line[verb_range(line)]
    }

    /// Whether it asks for a listing: LIST, NLST, MLSD.
    pub(crate) fn is_listing(&self) -> bool {
        [&b"LIST"[..], b"NLST", b"MLSD"].iter().any(|verb| self.verb().eq_ignore_ascii_case(verb))
    }

    /// Which way the data go for which it opens a data connection; `None` where it opens none.
    pub(crate) fn direction(&self) -> Option<Direction> {
        let is = |verb: &&[u8]| self.verb().eq_ignore_ascii_case(verb);
        if self.is_listing() || is(&&b"RETR"[..]) {
            Some(Direction::ToClient)
        } else if [&b"STOR"[..], b"APPE", b"STOU"].iter().any(is) {
            Some(Direction::ToServer)
        } else {
            None
        }
    }

    /// Whether it opens a data connection.
    pub(crate) fn is_transfer(&self) -> bool {
        self.direction().is_some()
    }
}

impl ReplyLine {
    /// A line that CRLF ended.
    pub fn new(text: Text) -> Self {
        Self { text, ending: Ending::Implied }
    }
}

/// Where the verb stands in a line: its first run of letters, so that Telnet's bytes and blanks do not hide it.
pub(crate) fn verb_range(line: &[u8]) -> std::ops::Range<usize> {
    let start = line.iter().position(u8::is_ascii_alphabetic).unwrap_or(line.len());
    let length = line[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    start..start + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telnet_bytes_and_case_do_not_hide_the_verb() {
        let command = Command::new(Text::literal(b"\xFF\xF4\xFF\xF2list -a"));
        assert_eq!(command.verb(), b"list");
        assert!(command.is_listing());
        assert!(Command::new(Text::literal("STOR a")).is_transfer());
        assert!(!Command::new(Text::literal("LISTEN")).is_listing());
        assert_eq!(Command::new(Text::new()).verb(), b"");
    }
}
