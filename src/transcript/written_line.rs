//! One line of a session as it is written: a mark, and behind it a text, a summary of data, or an event.

use std::fmt;

use super::data_connection::DataConnection;
use super::event::{Event, TlsFailed};
use super::line::{Command, Ending, ReplyLine};
use super::notation::{self, Misread, Notated};
use super::payload::{Data, Direction, LineEnd, Payload, read_data_summary};
use super::session::Item;
use super::text::Text;

/// A line of a session; `T` is [`Text`] where it was recorded, and a pattern where it is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WrittenLine<T> {
    /// A line with text in it, and how it ended.
    Text(Mark, T, Ending),
    /// Data of which the text is not shown; never inline.
    Summary(Direction, Payload),
    DataConnection(DataConnection),
    /// `-- tls control failed: REASON`, or of data.
    TlsFailed(TlsFailed, T),
    /// Any other event.
    Event(Event),
}

/// What the lines with text in them start with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Command,
    Reply,
    Data(Direction),
}

impl Mark {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Command => "C>",
            Self::Reply => "S>",
            Self::Data(direction) => direction.mark(),
        }
    }
}

impl<T: Notated> WrittenLine<T> {
    /// Reads a line that was trimmed at its end.
    pub(crate) fn read(line: &str) -> Result<Self, Misread> {
        let no_mark = || misread(0, "`# `, `== session`, `C> `, `S> `, `D> `, `D< ` or `-- `");
        // Marks are two bytes of ASCII; a line that is shorter, or starts with another character, has none.
        let (mark, rest) = line.split_at_checked(2).ok_or_else(no_mark)?;
        let mark = match mark {
            "C>" => Some(Mark::Command),
            "S>" => Some(Mark::Reply),
            "D>" => Some(Mark::Data(Direction::ToClient)),
            "D<" => Some(Mark::Data(Direction::ToServer)),
            "--" => None,
            _ => return Err(no_mark()),
        };
        let source = match rest.strip_prefix(' ') {
            Some(source) => source,
            None if rest.is_empty() => rest,
            None => return Err(misread(2, "a blank")),
        };
        let read = match mark {
            Some(mark) => Self::read_text(mark, source),
            None => Self::read_event(source),
        };
        read.map_err(|misread| Misread { offset: misread.offset + line.len() - source.len(), ..misread })
    }

    fn read_text(mark: Mark, source: &str) -> Result<Self, Misread> {
        if let Mark::Data(direction) = mark
            && let Some(summary) = read_data_summary(source)
        {
            return summary.map(|payload| Self::Summary(direction, payload));
        }
        match notation::read(source)? {
            (_, Ending::BareLf) if mark == Mark::Command => Err(misread(
                source.len() - 2,
                r"the end of the line or \c: LF does not end a command, inside it LF is \x0A",
            )),
            (text, ending) => Ok(Self::Text(mark, text, ending)),
        }
    }

    fn read_event(source: &str) -> Result<Self, Misread> {
        let text = source.trim_start();
        let mut offset = source.len() - text.len();
        let read = match text.strip_prefix("data") {
            Some(rest) if text != "data interrupted" && (rest.is_empty() || rest.starts_with(' ')) => {
                offset += text.len() - rest.len();
                DataConnection::read(rest).map(Self::DataConnection)
            }
            _ => match TlsFailed::read(text) {
                Some(read) => read.map(|(failed, reason)| Self::TlsFailed(failed, reason)),
                None => Event::read(text).map(Self::Event),
            },
        };
        read.map_err(|misread| Misread { offset: misread.offset + offset, ..misread })
    }
}

impl<T> WrittenLine<T> {
    /// The same line with another text in it.
    pub(crate) fn map<U>(self, text: impl FnOnce(T) -> U) -> WrittenLine<U> {
        match self {
            Self::Text(mark, own, ending) => WrittenLine::Text(mark, text(own), ending),
            Self::TlsFailed(failed, own) => WrittenLine::TlsFailed(failed, text(own)),
            Self::Summary(direction, payload) => WrittenLine::Summary(direction, payload),
            Self::DataConnection(connection) => WrittenLine::DataConnection(connection),
            Self::Event(event) => WrittenLine::Event(event),
        }
    }

    /// Whether the client said it on the control connection.
    pub(crate) fn is_command(&self) -> bool {
        matches!(self, Self::Text(Mark::Command, ..))
    }
}

impl WrittenLine<Text> {
    /// What it tells of, at a place where data lines end in `line_end`.
    pub(crate) fn into_item(self, line_end: LineEnd) -> Item {
        match self {
            Self::Text(Mark::Command, text, ending) => {
                Item::Command(Command { text, terminated: ending == Ending::Implied })
            }
            Self::Text(Mark::Reply, text, ending) => Item::Reply(ReplyLine { text, ending }),
            Self::Text(Mark::Data(direction), text, ending) => {
                Item::Data(Data::of_line(direction, text, ending, line_end))
            }
            Self::Summary(direction, payload) => Item::Data(Data { direction, payload }),
            Self::DataConnection(connection) => Item::DataConnection(connection),
            Self::TlsFailed(failed, reason) => Item::Event(failed.because_of(reason)),
            Self::Event(event) => Item::Event(event),
        }
    }
}

impl<T: Notated> fmt::Display for WrittenLine<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(mark, text, ending) => notation::write_marked(f, mark.as_str(), text, *ending),
            Self::Summary(direction, Payload::Digest(digest)) => {
                write!(f, r"{} \@ {digest}", direction.mark())
            }
            Self::Summary(direction, payload) => {
                write!(f, r"{} \@ {}", direction.mark(), payload.length().unwrap_or(0))
            }
            Self::DataConnection(connection) => write!(f, "-- {connection}"),
            Self::TlsFailed(failed, reason) => {
                write!(f, "-- ")?;
                notation::write_marked(f, failed.as_str(), reason, Ending::Implied)
            }
            Self::Event(event) => write!(f, "-- {event}"),
        }
    }
}

fn misread(offset: usize, expected: &'static str) -> Misread {
    Misread { offset, expected: expected.into() }
}
