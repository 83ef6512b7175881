//! A command line taken apart: its name and its parameter, before anything is known of either.

use std::fmt;

use super::secret::Secret;
use super::telnet;
use super::text_encoding::TextEncoding;
use super::verb::Verb;

/// The name and the parameter of one line from the client.
///
/// SITE has commands of its own (RFC 959, 4.1.3), and the name of one of them is two words: `SITE CHMOD`.
///
/// ```
/// use ftp_fixture::proto::{CommandLine, Verb};
///
/// let line = CommandLine::parse(b"retr a  b");
/// assert_eq!((line.name(), line.parameter()), ("RETR", Some("a  b")));
/// assert_eq!(line.verb(), Some(Verb::Retr));
///
/// let line = CommandLine::parse(b"site chmod 644 a");
/// assert_eq!((line.name(), line.parameter()), ("SITE CHMOD", Some("644 a")));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CommandLine {
    name: String,
    parameter: String,
}

impl CommandLine {
    /// Takes apart a line without its CRLF.
    ///
    /// Telnet's commands (RFC 854) are left out, and what is not UTF-8 becomes U+FFFD. The name ends at the first
    /// space, that of a SITE command at the second; what follows that space is the parameter, never stripped of
    /// blanks.
    pub fn parse(line: &[u8]) -> Self {
        Self::parse_in(line, TextEncoding::UTF_8)
    }

    /// Takes apart a line in another encoding, as [`parse`](Self::parse) does.
    pub fn parse_in(line: &[u8], encoding: TextEncoding) -> Self {
        Self::of_text(&encoding.decode(&telnet::strip(line)))
    }

    /// Takes apart a line in which every byte must be part of a character; `None` where one is not.
    pub fn parse_strictly(line: &[u8], encoding: TextEncoding) -> Option<Self> {
        encoding.decode_strictly(&telnet::strip(line)).map(|text| Self::of_text(&text))
    }

    fn of_text(text: &str) -> Self {
        let (mut name, mut parameter) = text.split_once(' ').unwrap_or((text, ""));
        if name.eq_ignore_ascii_case(Verb::Site.name())
            && !parameter.is_empty()
            && !parameter.starts_with(' ')
        {
            let end = parameter.find(' ').unwrap_or(parameter.len());
            name = &text[..name.len() + 1 + end];
            parameter = parameter[end..].strip_prefix(' ').unwrap_or_default();
        }
        Self { name: name.to_ascii_uppercase(), parameter: parameter.to_owned() }
    }

    /// Its name in capitals; it need not be a verb's.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What stands after the name and a space; `None` when nothing does.
    pub fn parameter(&self) -> Option<&str> {
        Some(self.parameter.as_str()).filter(|parameter| !parameter.is_empty())
    }

    /// The verb that its name means; `None` when it is unknown.
    ///
    /// As in pyftpdlib, an unknown name that ends in ABOR, STAT or QUIT means that verb: these come in mid-transfer,
    /// with remains of Telnet's urgent signal before them.
    pub fn verb(&self) -> Option<Verb> {
        Verb::from_name(&self.name).or_else(|| {
            let urgent = |verb: &Verb| self.name.ends_with(verb.name()) && !self.name.contains(' ');
            [Verb::Abor, Verb::Stat, Verb::Quit].into_iter().find(urgent)
        })
    }
}

impl fmt::Debug for CommandLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let secret = self.verb().is_some_and(|verb| verb.info().secret);
        let parameter = if secret { Secret::MASK } else { &self.parameter };
        f.debug_struct("CommandLine").field("name", &self.name).field("parameter", &parameter).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert, proptest};

    #[test]
    fn the_first_space_ends_the_name_and_no_other_is_lost() {
        for (line, name, parameter) in [
            (&b""[..], "", None),
            (b"NOOP", "NOOP", None),
            (b"noop ", "NOOP", None),
            (b" NOOP", "", Some("NOOP")),
            (b"CWD  d ", "CWD", Some(" d ")),
            (b"NOOP\n", "NOOP\n", None),
            (b"RETR caf\xE9", "RETR", Some("caf\u{FFFD}")),
            (b"RETR caf\xC3\xA9", "RETR", Some("café")),
            (b"site", "SITE", None),
            (b"site ", "SITE", None),
            (b"site chmod", "SITE CHMOD", None),
            (b"site chmod  644 a", "SITE CHMOD", Some(" 644 a")),
            (b"SITE foo a", "SITE FOO", Some("a")),
            (b"SITE  CHMOD 644 a", "SITE", Some(" CHMOD 644 a")),
            (b"CWD SITE CHMOD", "CWD", Some("SITE CHMOD")),
        ] {
            let parsed = CommandLine::parse(line);
            assert_eq!((parsed.name(), parsed.parameter()), (name, parameter), "{line:?}");
        }
    }

    #[test]
    fn an_urgent_verb_is_known_by_its_end() {
        for line in [&b"\xFF\xF4\xFF\xF2ABOR"[..], b"\xF2ABOR", b"xabor"] {
            assert_eq!(CommandLine::parse(line).verb(), Some(Verb::Abor), "{line:?}");
        }
        assert_eq!(CommandLine::parse(b"\xF2STAT a").verb(), Some(Verb::Stat));
        for line in [&b"XRETR a"[..], b"SITE QUIT", b"SITE XSTAT a"] {
            assert_eq!(CommandLine::parse(line).verb(), None, "{line:?}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let line = CommandLine::parse(b"PASS s3cret");
        assert_eq!(format!("{line:?}"), r#"CommandLine { name: "PASS", parameter: "******" }"#);
    }

    proptest! {
        #[test]
        fn no_line_makes_it_panic(line in any::<Vec<u8>>()) {
            let parsed = CommandLine::parse(&line);
            prop_assert!(parsed.name().strip_prefix("SITE ").unwrap_or(parsed.name()).find(' ').is_none());
            let _ = parsed.verb();
        }
    }
}
