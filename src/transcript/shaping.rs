//! Turns what one session's connections reported into the one order in which every run prints it.

use std::net::IpAddr;

use memchr::memchr;

use super::command_holes::command_text;
use super::event::Event;
use super::hole::Hole;
use super::line::{Command, Ending, ReplyLine};
use super::payload::{Data, Direction, Payload};
use super::recording::{SessionLog, WireEvent};
use super::session::{Item, Session};
use super::text::Text;
use super::transfer::Transfer;

/// The session that `log` tells of.
pub(crate) fn shape(log: &SessionLog) -> Session {
    let mut shaper = Shaper::default();
    let mut closing = None;
    for event in &log.events {
        match event {
            WireEvent::Event(event) if event.ends_session() => {
                closing = Some(event);
                break;
            }
            event => shaper.take(event),
        }
    }
    shaper.finish(&log.unfinished, closing)
}

/// The state of a session as far as its transcript depends on it.
#[derive(Default)]
struct Shaper<'a> {
    items: Vec<Item>,
    client: Option<IpAddr>,
    /// Values that the replies to the last command may announce.
    produced: Vec<(&'a Hole, &'a str)>,
    /// Whether the last command has a password in it that no reply has judged yet.
    judging_password: bool,
    quitting: bool,
    commanded: bool,
    /// The code of the last reply but 1yz ones.
    final_code: Option<[u8; 3]>,
    /// Commands taken up in mid-transfer whose replies come before the transfer's.
    interjected: usize,
    /// A transfer whose 1yz reply has not come yet.
    unmarked: Option<(Transfer, Direction)>,
    /// A transfer after its 1yz reply.
    marked: Option<MarkedTransfer>,
}

/// A transfer from its 1yz reply on, until both its data and its final reply are complete.
struct MarkedTransfer {
    /// Where in the items its lines go on.
    at: usize,
    /// Which way the data go, once the data connection is in use.
    started: Option<Direction>,
    ended: bool,
    answered: bool,
}

impl<'a> Shaper<'a> {
    fn take(&mut self, event: &'a WireEvent) {
        match event {
            WireEvent::Opened { client } => self.client = Some(*client),
            WireEvent::Command(line) => self.command(line, true),
            WireEvent::OverlongCommand(line) => self.command(line, false),
            WireEvent::Reply(bytes) => self.reply(bytes),
            WireEvent::Produced(hole, value) => self.produced.push((hole, value)),
            WireEvent::TransferStarted { mode, direction, ascii, tls } => {
                self.transfer_started(Transfer { mode: *mode, ascii: *ascii, tls: *tls }, *direction);
            }
            WireEvent::TransferEnded(payload) => self.transfer_ended(payload),
            WireEvent::TransferInterrupted => self.transfer_interrupted(),
            WireEvent::Event(event) => self.items.push(Item::Event(event.clone())),
            WireEvent::Unfinished(_) => {}
        }
    }

    fn command(&mut self, line: &[u8], terminated: bool) {
        let command = Command { text: command_text(line, self.client), terminated };
        let is = |verb: &[u8]| command.verb().eq_ignore_ascii_case(verb);
        if self.marked.as_ref().is_some_and(|transfer| !transfer.answered) && !is(b"ABOR") && !is(b"QUIT") {
            self.interjected += 1;
        }
        self.quitting |= is(b"QUIT");
        self.judging_password = is(b"PASS");
        self.commanded = true;
        self.produced.clear();
        self.items.push(Item::Command(command));
    }

    fn reply(&mut self, bytes: &[u8]) {
        let lines = physical_lines(bytes);
        let code = lines.last().and_then(|(line, _)| line.first_chunk::<3>().copied());
        for (line, ending) in lines {
            let mut text = Text::literal(line);
            self.produced.retain(|(hole, value)| !text.punch(value.as_bytes(), hole));
            self.items.push(Item::Reply(ReplyLine { text, ending }));
        }
        if code.is_some_and(|code| code[0] == b'1') {
            self.marked();
        } else {
            self.final_code = code;
            self.judge_password(code);
            self.answered();
        }
    }

    fn marked(&mut self) {
        if !self.commanded || self.marked.as_ref().is_some_and(|transfer| !transfer.answered) {
            return;
        }
        self.marked =
            Some(MarkedTransfer { at: self.items.len(), started: None, ended: false, answered: false });
        if let Some((transfer, direction)) = self.unmarked.take() {
            self.transfer_started(transfer, direction);
        }
    }

    fn answered(&mut self) {
        if self.interjected > 0 {
            self.interjected -= 1;
        } else if let Some(transfer) = &mut self.marked {
            transfer.answered = true;
            self.forget_complete_transfer();
        }
    }

    fn judge_password(&mut self, code: Option<[u8; 3]>) {
        if std::mem::take(&mut self.judging_password) && code == Some(*b"530") {
            let last = self.items.iter_mut().rev().find_map(|item| match item {
                Item::Command(command) => Some(command),
                _ => None,
            });
            if let Some(command) = last {
                command.text.swap_hole(&Hole::Password, &Hole::WrongPassword);
            }
        }
    }

    fn transfer_started(&mut self, transfer: Transfer, direction: Direction) {
        match &mut self.marked {
            Some(marked) if marked.started.is_none() => {
                self.items.insert(marked.at, Item::Transfer(transfer));
                marked.at += 1;
                marked.started = Some(direction);
            }
            _ => self.unmarked = Some((transfer, direction)),
        }
    }

    fn transfer_ended(&mut self, payload: &Payload) {
        let data = |direction| Item::Data(Data { direction, payload: payload.clone() });
        if let Some((transfer, direction)) = self.unmarked.take() {
            self.items.extend([Item::Transfer(transfer), data(direction)]);
        } else if let Some(transfer) = &mut self.marked
            && let Some(direction) = transfer.started
        {
            // Data that were sent after the final reply stand after it.
            let at = if transfer.answered { self.items.len() } else { transfer.at };
            self.items.insert(at, data(direction));
            transfer.ended = true;
            self.forget_complete_transfer();
        }
    }

    fn transfer_interrupted(&mut self) {
        if let Some((transfer, _)) = self.unmarked.take() {
            self.items.extend([Item::Transfer(transfer), Item::Event(Event::DataInterrupted)]);
        } else if let Some(transfer) = &mut self.marked
            && transfer.started.is_some()
            && !transfer.ended
        {
            self.items.insert(transfer.at, Item::Event(Event::DataInterrupted));
            transfer.ended = true;
            self.forget_complete_transfer();
        }
    }

    fn forget_complete_transfer(&mut self) {
        self.marked.take_if(|transfer| transfer.answered && (transfer.ended || transfer.started.is_none()));
    }

    fn finish(mut self, unfinished: &[u8], closing: Option<&Event>) -> Session {
        let dismissed = self.final_code == Some(*b"221");
        let farewell = self.quitting && dismissed;
        if closing.is_some() {
            self.transfer_interrupted();
        } else if let Some((transfer, _)) = self.unmarked {
            self.items.push(Item::Transfer(transfer));
        }
        // After a farewell nothing is taken up, and how much of it still arrived is chance.
        if !unfinished.is_empty() && !farewell {
            let text = command_text(unfinished, self.client);
            self.items.push(Item::Command(Command { text, terminated: false }));
            self.items.push(Item::Event(Event::UnfinishedCommand));
        }
        match closing {
            Some(Event::ServerClosed) if dismissed => {}
            Some(Event::ClientClosed) if farewell => {}
            Some(event) => self.items.push(Item::Event(event.clone())),
            None => {
                if self.marked.is_some() || self.unmarked.is_some() {
                    self.items.push(Item::Event(Event::TransferStillOpen));
                }
                if !farewell {
                    self.items.push(Item::Event(Event::SessionStillOpen));
                }
            }
        }
        let mut session = Session::default();
        self.items.into_iter().for_each(|item| session.push(item));
        session
    }
}

/// The lines of a reply as they were sent, and how each ended.
fn physical_lines(bytes: &[u8]) -> Vec<(&[u8], Ending)> {
    let mut lines = Vec::new();
    let mut rest = bytes;
    while let Some(at) = memchr(b'\n', rest) {
        lines.push(match rest[..at].strip_suffix(b"\r") {
            Some(line) => (line, Ending::Implied),
            None => (&rest[..at], Ending::BareLf),
        });
        rest = &rest[at + 1..];
    }
    if !rest.is_empty() {
        lines.push((rest, Ending::Unterminated));
    }
    lines
}
