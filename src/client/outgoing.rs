//! A command as a client sends it: one line, whatever its parameter is.

use super::error::Error;
use crate::proto::{CommandLine, Secret, TextEncoding, Verb};

/// A command that is one line in the connection's encoding.
#[derive(Clone)]
pub(super) struct Outgoing {
    line: String,
    shown: String,
    parsed: CommandLine,
}

impl Outgoing {
    /// The command `line`, without CRLF.
    ///
    /// # Errors
    /// When a CR or LF in it would make two commands of it, or a character cannot be sent.
    pub(super) fn new(line: impl Into<String>, encoding: TextEncoding) -> Result<Self, Error> {
        let line = line.into();
        let parsed = CommandLine::parse(line.as_bytes());
        let shown = match parsed.parameter() {
            Some(_) if parsed.verb().is_some_and(|verb| verb.info().secret) => {
                format!("\"{} {}\"", parsed.name(), Secret::MASK)
            }
            _ => format!("{line:?}"),
        };
        let refused = |why: &str| Err(Error::Refused { reason: format!("{shown} {why}") });
        if line.contains(['\r', '\n']) {
            return refused("has a line end in it and was not sent: it would be two commands");
        }
        if encoding.decode(&encoding.encode(&line)) != line {
            return refused(&format!(
                "has a character that {encoding} does not have and was not sent; choose another `encoding`"
            ));
        }
        Ok(Self { line, shown, parsed })
    }

    /// What is sent, without CRLF.
    pub(super) fn line(&self) -> &str {
        &self.line
    }

    /// The same for people, in quotes, secrets hidden.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    pub(super) fn verb(&self) -> Option<Verb> {
        self.parsed.verb()
    }

    pub(super) fn parameter(&self) -> Option<&str> {
        self.parsed.parameter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_in_a_parameter_is_refused() {
        for line in ["CWD a\r\nDELE b", "CWD a\nDELE b", "CWD a\r", "\n"] {
            let error = Outgoing::new(line, TextEncoding::UTF_8).err().unwrap();
            assert!(matches!(&error, Error::Refused { .. }), "{error}");
        }
    }

    #[test]
    fn a_character_that_would_become_another_is_refused() {
        let latin1 = "latin1".parse().unwrap();
        assert!(Outgoing::new("CWD naïve", latin1).is_ok());
        assert!(Outgoing::new("CWD ☃", latin1).is_err());
    }

    #[test]
    fn a_secret_is_never_shown() {
        for line in ["PASS s3cret", "pass s3cret", "ACCT s3cret", "PASS s3cret\r\nNOOP"] {
            let shown = match Outgoing::new(line, TextEncoding::UTF_8) {
                Ok(command) => command.shown().to_owned(),
                Err(error) => error.to_string(),
            };
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
}
