//! One control connection of a transcript: what happened on it, in order, and how that is printed.

use std::fmt;

use super::comment::Comment;
use super::data_connection::DataConnection;
use super::event::Event;
use super::heading::Heading;
use super::label::Label;
use super::line::{Command, Ending, ReplyLine};
use super::measure::Measure;
use super::notation;
use super::payload::{Data, LineEnd, Payload};
use super::secret_left::SecretLeft;
use super::secret_search::{Part, search};
use super::secrets::Secrets;
use super::text::Text;

/// One thing that happened in a session.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Item {
    /// A line from the client.
    Command(Command),
    /// A physical line from the server.
    Reply(ReplyLine),
    /// The transfer command above used a data connection; its data follow. None follow an empty transfer.
    DataConnection(DataConnection),
    /// Data, most often below their [`DataConnection`](Self::DataConnection); below the final
    /// reply when they were sent after it.
    Data(Data),
    /// Something that is no text.
    Event(Event),
    /// A remark of whoever wrote the transcript.
    Comment(Comment),
}

impl Item {
    /// The text of a command, a reply or inline data.
    pub(super) fn text_mut(&mut self) -> Option<&mut Text> {
        match self {
            Self::Command(command) => Some(&mut command.text),
            Self::Reply(line) => Some(&mut line.text),
            Self::Data(Data { payload: Payload::Inline(text), .. }) => Some(text),
            _ => None,
        }
    }
}

/// What happened on one control connection; printed with its header, `== session 1`.
///
/// Two sessions are equal when they are printed alike: their [`measures`](Self::measures) are not compared.
#[derive(Debug, Clone)]
pub struct Session {
    heading: Heading,
    items: Vec<Item>,
    /// One for each item.
    measures: Vec<Measure>,
    /// What its client sent that must not be shown.
    secrets: Secrets,
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        (&self.heading, &self.items) == (&other.heading, &other.items)
    }
}

impl Eq for Session {}

impl Default for Session {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Session {
    /// A session in which nothing has happened yet.
    pub fn new(label: Option<Label>) -> Self {
        let heading = Heading::new(label);
        Self { heading, items: Vec::new(), measures: Vec::new(), secrets: Secrets::default() }
    }

    /// Its number, counted from 1 in the order of printing; 1 while it belongs to no transcript.
    pub fn number(&self) -> usize {
        self.heading.number
    }

    /// Its label.
    pub fn label(&self) -> Option<&Label> {
        self.heading.label.as_ref()
    }

    /// What happened, in order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// When each of the [`items`](Self::items) happened and how much went over: one measure for each, in their order.
    ///
    /// ```
    /// use ftp_fixture::prelude::*;
    ///
    /// let ftp = FtpFixture::builder().manual_time().start();
    /// drop(std::net::TcpStream::connect(ftp.addr())?);
    /// for (item, measure) in ftp.transcript().sessions()[0].measured() {
    ///     assert_eq!(measure.at, Some(std::time::Duration::ZERO), "{item:?}");
    /// }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// What happened, each item with its measure, in order.
    pub fn measured(&self) -> impl Iterator<Item = (&Item, Measure)> {
        self.items.iter().zip(self.measures.iter().copied())
    }

    /// Appends an item; inline data continue those before them, and empty inline data are nothing.
    pub fn push(&mut self, item: Item) {
        self.push_measured(item, Measure::default());
    }

    /// Appends an item of which more is known than is printed. Data that continue others have their measure.
    pub fn push_measured(&mut self, item: Item, measure: Measure) {
        let item = match item {
            Item::Data(Data { direction, payload: Payload::Inline(more) }) => match self.items.last_mut() {
                _ if more.is_empty() => return,
                Some(Item::Data(Data { direction: last, payload: Payload::Inline(text) }))
                    if *last == direction =>
                {
                    return text.append(more);
                }
                _ => Item::Data(Data { direction, payload: Payload::Inline(more) }),
            },
            item => item,
        };
        self.items.push(item);
        self.measures.push(measure);
    }

    pub(crate) fn items_mut(&mut self) -> &mut [Item] {
        &mut self.items
    }

    /// Says what was sent in it that must not be shown.
    pub(crate) fn with_secrets(self, secrets: Secrets) -> Self {
        Self { secrets, ..self }
    }

    pub(crate) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    pub(crate) fn secrets_mut(&mut self) -> &mut Secrets {
        &mut self.secrets
    }

    /// The texts of commands, replies and inline data.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        self.items.iter_mut().filter_map(Item::text_mut)
    }

    pub(crate) fn heading(&self) -> &Heading {
        &self.heading
    }

    pub(crate) fn heading_mut(&mut self) -> &mut Heading {
        &mut self.heading
    }

    /// Searches all that is printed for secrets of the whole transcript.
    pub(crate) fn check_secrets(&self) -> Result<(), SecretLeft> {
        search(0, [self.part()])
    }

    /// What is searched for secrets.
    pub(super) fn part(&self) -> Part<'_> {
        Part { heading: &self.heading, with_header: true, items: self.items.iter().collect() }
    }
}

/// How data lines end at a place of a session, which the items before it decide.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DataContext {
    listing: bool,
    pub(crate) line_end: LineEnd,
}

impl DataContext {
    /// At a session's start.
    pub(crate) fn new() -> Self {
        Self { listing: false, line_end: LineEnd::Lf }
    }

    /// Goes past `item`.
    pub(crate) fn pass(&mut self, item: &Item) {
        let ascii = match item {
            Item::Command(command) if command.is_transfer() => {
                self.listing = command.is_listing();
                false
            }
            Item::DataConnection(connection) => connection.ascii,
            _ => return,
        };
        self.line_end = if self.listing || ascii { LineEnd::CrLf } else { LineEnd::Lf };
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.heading)?;
        write_items(f, &self.items)
    }
}

/// Prints items that stand one below the other.
pub(super) fn write_items<'a>(
    f: &mut fmt::Formatter<'_>,
    items: impl IntoIterator<Item = &'a Item>,
) -> fmt::Result {
    let mut context = DataContext::new();
    for item in items {
        match item {
            Item::Command(command) => {
                let ending = if command.terminated { Ending::Implied } else { Ending::Unterminated };
                write_line(f, "C>", &command.text, ending)?;
            }
            Item::Reply(line) => write_line(f, "S>", &line.text, line.ending)?,
            Item::DataConnection(connection) => writeln!(f, "-- {connection}")?,
            Item::Data(data) => data.write(f, context.line_end)?,
            Item::Event(event) => writeln!(f, "-- {event}")?,
            Item::Comment(comment) => writeln!(f, "{comment}")?,
        }
        context.pass(item);
    }
    Ok(())
}

fn write_line(f: &mut fmt::Formatter<'_>, mark: &str, text: &Text, ending: Ending) -> fmt::Result {
    notation::write_marked(f, mark, text, ending)?;
    f.write_str("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{DataMode, Direction};

    fn data(text: &str) -> Item {
        Item::Data(Data { direction: Direction::ToClient, payload: Payload::Inline(Text::literal(text)) })
    }

    fn connection(ascii: bool) -> Item {
        Item::DataConnection(DataConnection { ascii, ..DataConnection::new(DataMode::Passive) })
    }

    #[test]
    fn inline_data_in_one_direction_are_one_item() {
        let mut session = Session::default();
        session.push(data("a\nb"));
        session.push(data(""));
        session.push(data("c"));
        assert_eq!(session.items(), [data("a\nbc")]);
    }

    #[test]
    fn a_listing_or_the_ascii_flag_implies_crlf_and_nothing_else_does() {
        for (verb, ascii, printed) in [
            ("LIST", false, "D> a"),
            ("mlsd", false, "D> a"),
            ("RETR", true, "D> a"),
            ("RETR", false, "D> a\\r"),
            ("TYPE A", false, "D> a\\r"),
        ] {
            let mut session = Session::default();
            session.push(Item::Command(Command::new(Text::literal(verb))));
            session.push(connection(ascii));
            session.push(Item::Command(Command::new(Text::literal("STAT"))));
            session.push(data("a\r\n"));
            assert!(session.to_string().ends_with(&format!("{printed}\n")), "{verb} {ascii}: {session}");
        }
    }
}
