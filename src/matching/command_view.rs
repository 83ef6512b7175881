//! What a matcher sees of a command, be it one that a server has just taken up or one in a transcript.

use crate::proto::{Command, CommandLine, Pathname, Verb};

/// A command, who gave it, and what it is about.
#[derive(Debug, Clone)]
pub struct CommandView<'a> {
    line: &'a CommandLine,
    path: Option<&'a Pathname>,
    user: Option<&'a str>,
    connection: usize,
}

impl<'a> CommandView<'a> {
    pub(crate) fn new(
        line: &'a CommandLine,
        path: Option<&'a Pathname>,
        user: Option<&'a str>,
        connection: usize,
    ) -> Self {
        Self { line, path, user, connection }
    }

    /// Its name in capitals as it was sent: `XMKD`, `SITE CHMOD`, or what is no verb's.
    pub fn name(&self) -> &'a str {
        self.line.name()
    }

    /// The verb that its name means: `Mkd` for `XMKD`; `None` when it is unknown.
    pub fn verb(&self) -> Option<Verb> {
        self.line.verb()
    }

    /// What stands after the name and a space, as it was sent; in a transcript a hole stands as it is printed.
    pub fn parameter(&self) -> Option<&'a str> {
        self.line.parameter()
    }

    /// The pathname it is about as its user sees it, resolved against the working directory; that directory itself
    /// for a `LIST` without parameter and its like; `None` for a command that is about none.
    ///
    /// A transcript shows the working directory as far as CWD, CDUP and PWD were answered; a login starts in `/`.
    pub fn path(&self) -> Option<&'a Pathname> {
        self.path
    }

    /// The name that the last USER gave, whether or not a login came of it. USER itself has it already.
    pub fn user(&self) -> Option<&'a str> {
        self.user
    }

    /// The number of its control connection, counted from 1 in the order of accepting, wherever the transcript prints
    /// it; the printed number in a transcript that was parsed, which knows no other.
    pub fn connection(&self) -> usize {
        self.connection
    }
}

/// The pathname that a command is about, given in `directory`; `None` when there is none, or it cannot be read.
pub(crate) fn pathname_of(line: &CommandLine, directory: &Pathname) -> Option<Pathname> {
    let verb = line.verb()?;
    let command = Command::parse(verb, line.parameter()).ok()?;
    let text = match &command {
        Command::Cdup => "..",
        Command::Cwd(None) => "/",
        _ if !verb.info().path || verb == Verb::Stat && line.parameter().is_none() => return None,
        command => command.path().unwrap_or_default(),
    };
    directory.join(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pathname_is_resolved_as_the_server_does_it() {
        for (line, path) in [
            ("RETR a.txt", Some("/home/a.txt")),
            ("retr ../b", Some("/b")),
            ("STOR /c", Some("/c")),
            ("LIST -la d", Some("/home/d")),
            ("LIST", Some("/home")),
            ("STOU", Some("/home")),
            ("CWD", Some("/")),
            ("CDUP", Some("/")),
            ("MFMT 20000101000000 e f", Some("/home/e f")),
            ("SITE CHMOD 644 g", Some("/home/g")),
            ("STAT h", Some("/home/h")),
            ("STAT", None),
            ("NOOP", None),
            ("USER alice", None),
            ("MFMT yesterday e", None),
            ("SPAM a", None),
        ] {
            let found = pathname_of(&CommandLine::parse(line.as_bytes()), &Pathname::parse("home").unwrap());
            assert_eq!(found.as_ref().map(Pathname::as_str), path, "{line}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let line = CommandLine::parse(b"PASS s3cret");
        let view = CommandView::new(&line, None, Some("alice"), 1);
        assert!(!format!("{view:?}").contains("s3cret"), "{view:?}");
    }
}
