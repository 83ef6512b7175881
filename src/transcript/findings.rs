//! What is said of a line too many, one that is missing, and a record that stops.

use super::event::Event;
use super::mismatch::MismatchKind;
use super::notation::{self, Notated};
use super::pattern::Pattern;
use super::payload::Direction;
use super::text::Text;
use super::written_line::{Mark, WrittenLine};

/// What differs.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) kind: MismatchKind,
    /// The end of a sentence.
    pub(crate) what: String,
    /// Whether it is about one line that has changed, not about one too many or too few.
    pub(crate) changed: bool,
}

/// Characters of a line that are quoted in a sentence.
const QUOTED: usize = 60;

/// What is to be said where the record, or the client, stopped before what was expected.
pub(crate) fn unfinished(received: &WrittenLine<Text>, expected: &WrittenLine<Pattern>) -> Option<Finding> {
    let WrittenLine::Event(event) = received else { return None };
    let stopped = match event {
        Event::SessionStillOpen => "the session was still open, with nothing more to come yet,",
        Event::TransferStillOpen => "a transfer was still open",
        Event::ClientClosed => "the client closed the connection",
        Event::RecordingCut => "the recording was cut, for want of memory,",
        Event::UnfinishedCommand => "the client's last command was never ended by CRLF",
        _ => return None,
    };
    let what = format!("{stopped} where {} was expected", in_backticks(&expected.to_string()));
    Some(finding(MismatchKind::Unfinished, what))
}

/// What is to be said where `count` commands, or one line, did not come.
pub(crate) fn missing(
    expected: &WrittenLine<Pattern>,
    count: usize,
    instead: Option<&WrittenLine<Text>>,
) -> Finding {
    let name = quoted(expected);
    let more = more(expected.is_command(), count);
    let (kind, what) = match expected {
        WrittenLine::Text(Mark::Command, ..) => {
            (MismatchKind::MissingCommand, format!("the client did not send {name}{more}"))
        }
        WrittenLine::Text(Mark::Reply, ..) => {
            (MismatchKind::MissingReply, format!("the server did not reply {name}"))
        }
        WrittenLine::Text(Mark::Data(direction), ..) => {
            (MismatchKind::PayloadText, format!("the data {} lack {name}", way(*direction)))
        }
        WrittenLine::Summary(direction, payload) => (
            MismatchKind::PayloadDigest,
            format!(
                "no data {} came where {} bytes were expected",
                way(*direction),
                payload.length().unwrap_or(0)
            ),
        ),
        WrittenLine::DataConnection(_) => (MismatchKind::OtherLine, format!("{name} is missing")),
        WrittenLine::TlsFailed(..) | WrittenLine::Event(_) => {
            (MismatchKind::MissingEvent, format!("the event {name} is missing"))
        }
    };
    let instead = match instead {
        Some(line) => format!("; next came {}", in_backticks(&line.to_string())),
        None => "; the session ended without it".to_owned(),
    };
    finding(kind, what + &instead)
}

/// What is to be said where `count` commands, or one line, came of which nothing was said.
pub(crate) fn extra(received: &WrittenLine<Text>, count: usize) -> Finding {
    let name = quoted(received);
    let more = more(received.is_command(), count);
    let (kind, what) = match received {
        WrittenLine::Text(Mark::Command, ..) => {
            (MismatchKind::ExtraCommand, format!("the client sent {name}{more}"))
        }
        WrittenLine::Text(Mark::Reply, ..) => {
            (MismatchKind::ExtraReply, format!("the server replied {name}"))
        }
        WrittenLine::Text(Mark::Data(direction), ..) => {
            (MismatchKind::PayloadText, format!("the data {} have {name}", way(*direction)))
        }
        WrittenLine::Summary(direction, payload) => (
            MismatchKind::PayloadDigest,
            format!("{} bytes of data {} came", payload.length().unwrap_or(0), way(*direction)),
        ),
        WrittenLine::DataConnection(_) => (MismatchKind::OtherLine, format!("{name} came")),
        WrittenLine::TlsFailed(..) | WrittenLine::Event(_) => {
            (MismatchKind::ExtraEvent, format!("the event {name} came"))
        }
    };
    finding(
        kind,
        what + if more.is_empty() { ", which was not expected" } else { ", which were not expected" },
    )
}

/// A finding about a line that nothing corresponds to.
fn finding(kind: MismatchKind, what: String) -> Finding {
    Finding { kind, what, changed: false }
}

fn more(is_command: bool, count: usize) -> String {
    match count {
        2 if is_command => " and one more command".to_owned(),
        3.. if is_command => format!(" and {} more commands", count - 1),
        _ => String::new(),
    }
}

pub(crate) fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::ToClient => "to the client",
        Direction::ToServer => "to the server",
    }
}

/// A line in backticks, as it is written, without the mark that tells who said it.
pub(crate) fn quoted<T: Notated>(line: &WrittenLine<T>) -> String {
    let printed = match line {
        WrittenLine::Text(_, text, ending) => {
            notation::units(text, *ending).into_iter().map(|unit| unit.printed).collect()
        }
        line => line.to_string().trim_start_matches("-- ").to_owned(),
    };
    in_backticks(&printed)
}

fn in_backticks(printed: &str) -> String {
    match printed.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", &printed[..end]),
        None => format!("`{printed}`"),
    }
}
