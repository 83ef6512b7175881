//! A command with all that belongs to it: its replies, its transfer, its events.

use std::fmt;
use std::sync::Arc;

use super::data_connection::DataConnection;
use super::event::Event;
use super::heading::Heading;
use super::line::{Command, ReplyLine};
use super::payload::Data;
use super::secret_left::SecretLeft;
use super::secret_search::{Part, search};
use super::session::{Item, write_items};
use super::transfer::Transfer;
use crate::matching::{CommandView, Matcher};
use crate::proto::{CommandLine, Pathname, ReplyCode};

/// A command, its replies, its transfer.
///
/// What was said before the first command, such as the greeting, is an exchange without one. How a session ended
/// belongs to the session, unless the command has got no final reply for that.
///
/// `Display` prints it as the transcript does, without what stands in between when another command came in
/// mid-transfer.
///
/// ```
/// use ftp_fixture::prelude::*;
/// use ftp_fixture::transcript::Transcript;
///
/// let transcript = Transcript::parse("== session 1\nS> 220 Ready.\nC> USER alice\nS> 331 Password required.\n")?;
/// let user = &transcript.exchanges(verb("USER"))[0];
/// assert_eq!(user.code(), Some(331));
/// assert_eq!(user.to_string(), "C> USER alice\nS> 331 Password required.\n");
/// # Ok::<(), ftp_fixture::transcript::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    heading: Arc<Heading>,
    items: Vec<Item>,
    subject: Option<Subject>,
    /// The code of the final reply; `None` inside when it is none.
    final_reply: Option<Option<ReplyCode>>,
}

/// What a matcher judges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) line: CommandLine,
    pub(super) path: Option<Pathname>,
    pub(super) user: Option<String>,
}

impl Exchange {
    pub(super) fn new(heading: Arc<Heading>, subject: Option<Subject>) -> Self {
        Self { heading, items: Vec::new(), subject, final_reply: None }
    }

    pub(super) fn push(&mut self, item: Item) {
        self.items.push(item);
    }

    /// Takes note that a reply that is not 1yz is complete; the first one is the final reply.
    pub(super) fn answer(&mut self, code: Option<ReplyCode>) {
        self.final_reply.get_or_insert(code);
    }

    /// The number of its session, as printed.
    pub fn session(&self) -> usize {
        self.heading.number
    }

    /// The command line; `None` for what was said before the first one.
    pub fn command(&self) -> Option<&Command> {
        self.items.iter().find_map(|item| match item {
            Item::Command(command) => Some(command),
            _ => None,
        })
    }

    /// The command as matchers see it.
    pub fn view(&self) -> Option<CommandView<'_>> {
        let Subject { line, path, user } = self.subject.as_ref()?;
        Some(CommandView::new(line, path.as_ref(), user.as_deref(), self.heading.connection()))
    }

    /// Whether its command is what `matcher` means; without a command it is nothing.
    pub fn matches(&self, matcher: impl Matcher) -> bool {
        self.view().is_some_and(|command| matcher.matches(&command))
    }

    /// The lines of its replies.
    pub fn replies(&self) -> impl Iterator<Item = &ReplyLine> {
        self.items.iter().filter_map(|item| match item {
            Item::Reply(line) => Some(line),
            _ => None,
        })
    }

    /// The code of its final reply, such as 226; `None` while there is none, or when it has none from 100 to 659.
    pub fn code(&self) -> Option<u16> {
        self.final_reply.flatten().map(ReplyCode::number)
    }

    /// Whether its final reply has been sent: any but 1yz.
    pub fn is_complete(&self) -> bool {
        self.final_reply.is_some()
    }

    /// The transfer, if a data connection was used.
    pub fn transfer(&self) -> Option<Transfer> {
        Transfer::of(self)
    }

    /// What went over the data connection, as it is printed.
    pub fn data(&self) -> impl Iterator<Item = &Data> {
        self.items.iter().filter_map(|item| match item {
            Item::Data(data) => Some(data),
            _ => None,
        })
    }

    /// What happened that is no text.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.items.iter().filter_map(|item| match item {
            Item::Event(event) => Some(event),
            _ => None,
        })
    }

    /// What it consists of, in printed order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    pub(super) fn heading(&self) -> &Heading {
        &self.heading
    }

    /// Searches all that is printed for secrets of the whole transcript.
    pub(crate) fn check_secrets(&self) -> Result<(), SecretLeft> {
        let part = Part { heading: &self.heading, with_header: false, items: self.items.iter().collect() };
        search(0, [part])
    }

    /// How its data connection was made.
    pub(super) fn data_connection(&self) -> Option<DataConnection> {
        self.items.iter().find_map(|item| match item {
            Item::DataConnection(connection) => Some(*connection),
            _ => None,
        })
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_items(f, &self.items)
    }
}
