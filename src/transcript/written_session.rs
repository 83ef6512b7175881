//! The sessions of a transcript as the lines they are printed in, with their numbers.

use super::event::{Event, TlsFailed};
use super::label::Label;
use super::line::Ending;
use super::payload::{Data, Payload, split_lines};
use super::session::{DataContext, Item, Session};
use super::text::Text;
use super::transcript::Transcript;
use super::written_line::{Mark, WrittenLine};

/// A session, line by line.
#[derive(Debug)]
pub(crate) struct WrittenSession<'a> {
    /// The number of its header's line.
    pub(crate) header: usize,
    pub(crate) label: Option<&'a Label>,
    /// All lines below the header but comments.
    pub(crate) lines: Vec<NumberedLine<'a>>,
    /// The number of its last line.
    pub(crate) last: usize,
}

/// A line of a session, with its number in the printed transcript.
#[derive(Debug)]
pub(crate) struct NumberedLine<'a> {
    pub(crate) number: usize,
    pub(crate) line: WrittenLine<Text>,
    /// On the first line of data that are shown as text: all of them, and how many lines they take.
    pub(crate) inline: Option<(&'a Text, usize)>,
}

/// The sessions of a transcript as its `Display` prints them.
pub(crate) fn written(transcript: &Transcript) -> Vec<WrittenSession<'_>> {
    let mut number = transcript.comments().len();
    let mut sessions: Vec<WrittenSession<'_>> = Vec::new();
    for session in transcript.sessions() {
        // A blank line stands before each header but in the first line.
        number += if number == 0 { 1 } else { 2 };
        let session = written_session(session, number);
        number = session.last;
        sessions.push(session);
    }
    sessions
}

fn written_session(session: &Session, header: usize) -> WrittenSession<'_> {
    let mut context = DataContext::new();
    let mut comments = 0;
    let mut lines: Vec<NumberedLine<'_>> = Vec::new();
    for item in session.items() {
        let mut push = |line, inline| {
            lines.push(NumberedLine { number: header + comments + lines.len() + 1, line, inline });
        };
        match item {
            Item::Command(command) => {
                let ending = if command.terminated { Ending::Implied } else { Ending::Unterminated };
                push(WrittenLine::Text(Mark::Command, command.text.clone(), ending), None);
            }
            Item::Reply(line) => push(WrittenLine::Text(Mark::Reply, line.text.clone(), line.ending), None),
            Item::DataConnection(connection) => push(WrittenLine::DataConnection(*connection), None),
            Item::Data(Data { direction, payload: Payload::Inline(text) }) => {
                let data = split_lines(text, context.line_end);
                let count = data.len();
                for (index, (line, ending)) in data.into_iter().enumerate() {
                    let inline = (index == 0).then_some((text, count));
                    push(WrittenLine::Text(Mark::Data(*direction), line, ending), inline);
                }
            }
            Item::Data(data) => push(WrittenLine::Summary(data.direction, data.payload.clone()), None),
            Item::Event(Event::TlsControlFailed(reason)) => {
                push(WrittenLine::TlsFailed(TlsFailed::Control, reason.clone()), None);
            }
            Item::Event(Event::TlsDataFailed(reason)) => {
                push(WrittenLine::TlsFailed(TlsFailed::Data, reason.clone()), None);
            }
            Item::Event(event) => push(WrittenLine::Event(event.clone()), None),
            // Not a line to compare, but one that counts.
            Item::Comment(_) => comments += 1,
        }
        context.pass(item);
    }
    let last = header + comments + lines.len();
    WrittenSession { header, label: session.label(), lines, last }
}
