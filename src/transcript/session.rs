//! One control connection of a transcript: what happened on it, in order, and how that is printed.

use std::fmt;

use super::comment::Comment;
use super::event::Event;
use super::label::Label;
use super::line::{Command, Ending, ReplyLine};
use super::notation;
use super::payload::{Data, LineEnd, Payload};
use super::text::Text;
use super::transfer::Transfer;

/// One thing that happened in a session.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Item {
    /// A line from the client.
    Command(Command),
    /// A physical line from the server.
    Reply(ReplyLine),
    /// The transfer command above used a data connection; its data follow. None follow an empty transfer.
    Transfer(Transfer),
    /// Data, most often below their [`Transfer`](Self::Transfer); below the final reply when they were sent after it.
    Data(Data),
    /// Something that is no text.
    Event(Event),
    /// A remark of whoever wrote the transcript.
    Comment(Comment),
}

/// What happened on one control connection; printed with its header, `== session 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    number: usize,
    label: Option<Label>,
    items: Vec<Item>,
}

impl Default for Session {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Session {
    /// A session in which nothing has happened yet.
    pub fn new(label: Option<Label>) -> Self {
        Self { number: 1, label, items: Vec::new() }
    }

    /// Its number, counted from 1 in the order of printing; 1 while it belongs to no transcript.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Its label.
    pub fn label(&self) -> Option<&Label> {
        self.label.as_ref()
    }

    /// What happened, in order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The texts of the commands, in order.
    pub fn commands(&self) -> impl Iterator<Item = &Text> {
        self.items.iter().filter_map(|item| match item {
            Item::Command(command) => Some(&command.text),
            _ => None,
        })
    }

    /// Appends an item; inline data continue those before them, and empty inline data are nothing.
    pub fn push(&mut self, item: Item) {
        if let Item::Data(Data { direction, payload: Payload::Inline(more) }) = item {
            match self.items.last_mut() {
                _ if more.is_empty() => {}
                Some(Item::Data(Data { direction: last, payload: Payload::Inline(text) }))
                    if *last == direction =>
                {
                    text.append(more);
                }
                _ => self.items.push(Item::Data(Data { direction, payload: Payload::Inline(more) })),
            }
        } else {
            self.items.push(item);
        }
    }

    pub(crate) fn set_number(&mut self, number: usize) {
        self.number = number;
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
            Item::Transfer(transfer) => transfer.ascii,
            _ => return,
        };
        self.line_end = if self.listing || ascii { LineEnd::CrLf } else { LineEnd::Lf };
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "== session {}", self.number)?;
        if let Some(label) = &self.label {
            write!(f, " {label}")?;
        }
        f.write_str("\n")?;
        let mut context = DataContext::new();
        for item in &self.items {
            match item {
                Item::Command(command) => {
                    let ending = if command.terminated { Ending::Implied } else { Ending::Unterminated };
                    write_line(f, "C>", &command.text, ending)?;
                }
                Item::Reply(line) => write_line(f, "S>", &line.text, line.ending)?,
                Item::Transfer(transfer) => writeln!(f, "-- {transfer}")?,
                Item::Data(data) => data.write(f, context.line_end)?,
                Item::Event(event) => writeln!(f, "-- {event}")?,
                Item::Comment(comment) => writeln!(f, "{comment}")?,
            }
            context.pass(item);
        }
        Ok(())
    }
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

    fn transfer(ascii: bool) -> Item {
        Item::Transfer(Transfer { mode: DataMode::Passive, ascii, tls: false })
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
            session.push(transfer(ascii));
            session.push(Item::Command(Command::new(Text::literal("STAT"))));
            session.push(data("a\r\n"));
            assert!(session.to_string().ends_with(&format!("{printed}\n")), "{verb} {ascii}: {session}");
        }
    }
}
