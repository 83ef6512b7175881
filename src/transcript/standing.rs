//! Who a session's user is and where, as far as its transcript tells.

use super::exchange::{Exchange, Subject};
use super::line::{Command, ReplyLine};
use super::text::Piece;
use crate::matching::pathname_of;
use crate::proto::{CommandLine, Pathname, Verb};

/// The user that was last named, and the working directory.
#[derive(Debug)]
pub(super) struct Standing {
    user: Option<String>,
    directory: Pathname,
}

impl Standing {
    /// At a session's start.
    pub(super) fn new() -> Self {
        Self { user: None, directory: Pathname::root() }
    }

    /// What a matcher is to judge of the command that comes next.
    pub(super) fn subject(&mut self, command: &Command) -> Subject {
        let line = line_of(command);
        if line.verb() == Some(Verb::User) {
            self.user = line.parameter().map(str::to_owned);
        }
        let path = pathname_of(&line, &self.directory);
        Subject { line, path, user: self.user.clone() }
    }

    /// Takes note of what an exchange has changed.
    pub(super) fn pass(&mut self, exchange: &Exchange) {
        let (Some(command), Some(code)) = (exchange.view(), exchange.code()) else { return };
        match (command.verb(), code) {
            (Some(Verb::User | Verb::Pass | Verb::Acct), 230..=239) => self.directory = Pathname::root(),
            (Some(Verb::Cwd | Verb::Cdup), 200..=299) => {
                if let Some(path) = command.path() {
                    self.directory = path.clone();
                }
            }
            (Some(Verb::Pwd), 257) => {
                if let Some(path) = exchange.replies().find_map(quoted) {
                    self.directory = path;
                }
            }
            (Some(Verb::Rein), 200..=299) => *self = Self::new(),
            _ => {}
        }
    }
}

/// The command's line as far as it is shown: a hole stands for itself.
fn line_of(command: &Command) -> CommandLine {
    let mut line = Vec::new();
    for piece in command.text.pieces() {
        match piece {
            Piece::Literal(bytes) => line.extend_from_slice(bytes),
            Piece::Hole(hole) => line.extend_from_slice(hole.to_string().as_bytes()),
        }
    }
    CommandLine::parse(&line)
}

/// The pathname of a 257 reply: between quotes, those in it doubled (RFC 959, appendix II).
fn quoted(line: &ReplyLine) -> Option<Pathname> {
    let text = std::str::from_utf8(line.text.as_literal()?).ok()?;
    let rest = text.strip_prefix("257 \"")?;
    let mut path = String::new();
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if characters.next_if_eq(&'"').is_none() => return Pathname::parse(&path).ok(),
            character => path.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::matching::CommandView;
    use crate::transcript::Transcript;

    fn last_path(session: &str) -> String {
        let transcript = Transcript::parse(&format!("== session 1\n{session}C> RETR a\n")).unwrap();
        let exchanges = transcript.exchanges(|_: &CommandView<'_>| true);
        exchanges.last().unwrap().view().unwrap().path().unwrap().to_string()
    }

    #[test]
    fn the_working_directory_follows_what_was_granted() {
        for (session, path) in [
            ("", "/a"),
            ("C> CWD d\nS> 250 Now.\nC> CWD e\nS> 250 Now.\n", "/d/e/a"),
            ("C> CWD d\nS> 550 No.\n", "/a"),
            ("C> CWD d\nS> 250-Now.\nS> 250 Really.\nC> XCUP\nS> 200 Now.\n", "/a"),
            ("C> XPWD\nS> 257 \"/home/\"\"b\"\"\" is it.\n", "/home/\"b\"/a"),
            ("C> PWD\nS> 257 no quotes\n", "/a"),
            ("C> CWD d\nS> 250 Now.\nC> USER b\nS> 331 P.\nC> PASS [PASSWORD]\nS> 230 In.\n", "/a"),
            ("C> CWD d\nS> 250 Now.\nC> REIN\nS> 220 Anew.\n", "/a"),
        ] {
            assert_eq!(last_path(session), path, "{session}");
        }
    }

    #[test]
    fn the_user_is_the_one_named_last() {
        let transcript = Transcript::parse(
            "== session 1\nC> NOOP\nC> USER alice\nS> 331 P.\nC> PASS [WRONG-PASSWORD]\nS> 530 No.\nC> USER bob\n\
             S> 331 P.\nC> REIN\nS> 220 Anew.\nC> NOOP\n",
        )
        .unwrap();
        let exchanges = transcript.exchanges(|_: &CommandView<'_>| true);
        let users: Vec<_> =
            exchanges.iter().map(|exchange| exchange.view().unwrap().user().map(str::to_owned)).collect();
        let expected = [None, Some("alice"), Some("alice"), Some("bob"), Some("bob"), None];
        assert_eq!(users, expected.map(|user| user.map(str::to_owned)));
    }
}
