//! Turns what one session's connections reported into the one order in which every run prints it.

use std::net::IpAddr;
use std::time::Duration;

use memchr::memchr;

use super::command_holes::command_text;
use super::data_connection::DataConnection;
use super::event::Event;
use super::hole::Hole;
use super::line::{Command, Ending, ReplyLine};
use super::line_time::{LineTime, punch_times};
use super::measure::Measure;
use super::payload::{Data, Direction, Payload};
use super::recording::{Logged, SessionLog, WireEvent};
use super::secrets::Secrets;
use super::session::{Item, Session};
use super::text::Text;

/// The session that `log` tells of.
pub(crate) fn shape(log: &SessionLog) -> Session {
    let mut shaper = Shaper::default();
    let mut closing = None;
    let forsaken = Forsaken::find(&log.events);
    for (index, Logged { at, event }) in log.events.iter().enumerate() {
        shaper.items.now = *at;
        match event {
            WireEvent::TransferEnded(payload) if forsaken.is_some_and(|it| it.ended == index) => {
                shaper.transfer_interrupted(payload.length());
            }
            WireEvent::Reply(_) if forsaken.is_some_and(|it| it.answered == index) => shaper.answered(),
            WireEvent::Event(event) if event.ends_session() => closing = Some(event),
            event => shaper.take(event),
        }
    }
    shaper.finish(log, closing)
}

/// An upload whose final reply the client did not read: the events of its end and of that reply.
#[derive(Clone, Copy)]
struct Forsaken {
    ended: usize,
    answered: usize,
}

impl Forsaken {
    fn find(events: &[Logged]) -> Option<Self> {
        let last = |before: usize, is: fn(&WireEvent) -> bool| {
            events[..before].iter().rposition(|logged| is(&logged.event))
        };
        let at = last(events.len(), |event| matches!(event, WireEvent::UploadForsaken))?;
        let answered = last(at, |event| matches!(event, WireEvent::Reply(_)))?;
        let ended = last(answered, |event| {
            matches!(event, WireEvent::TransferEnded(_) | WireEvent::TransferInterrupted { .. })
        })?;
        Some(Self { ended, answered })
    }
}

/// The state of a session as far as its transcript depends on it.
#[derive(Default)]
struct Shaper<'a> {
    items: Timeline,
    client: Option<IpAddr>,
    secrets: Secrets,
    commands: usize,
    /// Values that the replies to the last command may announce.
    produced: Vec<(&'a Hole, &'a str)>,
    /// Times that nobody has set, in the next reply.
    times_in_reply: &'a [LineTime],
    /// Those in the next listing.
    times_in_listing: &'a [LineTime],
    /// Whether the last command has a password in it that no reply has judged yet.
    judging_password: bool,
    quitting: bool,
    /// The code of the last reply but 1yz ones.
    final_code: Option<[u8; 3]>,
    /// Commands taken up in mid-transfer whose replies come before the transfer's.
    interjected: usize,
    /// A transfer whose 1yz reply has not come yet.
    unmarked: Option<(DataConnection, Direction)>,
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
            WireEvent::TimesInReply(times) => self.times_in_reply = times,
            WireEvent::TimesInListing(times) => self.times_in_listing = times,
            WireEvent::Produced(hole, value) => self.produced.push((hole, value)),
            WireEvent::TransferStarted { mode, direction, ascii, tls } => {
                self.transfer_started(DataConnection { mode: *mode, ascii: *ascii, tls: *tls }, *direction);
            }
            WireEvent::TransferEnded(payload) => self.transfer_ended(payload),
            WireEvent::TransferInterrupted { length } => self.transfer_interrupted(Some(*length)),
            WireEvent::Event(event @ Event::TlsDataFailed(_)) => self.no_transfer(event),
            WireEvent::Event(event) => self.items.push(Item::Event(event.clone())),
            WireEvent::Unfinished(_) | WireEvent::UploadForsaken => {}
        }
    }

    fn command(&mut self, line: &[u8], terminated: bool) {
        self.secrets.note(self.commands, line);
        self.commands += 1;
        let command = Command { text: command_text(line, self.client), terminated };
        let is = |verb: &[u8]| command.verb().eq_ignore_ascii_case(verb);
        if self.marked.as_ref().is_some_and(|transfer| !transfer.answered) && !is(b"ABOR") && !is(b"QUIT") {
            self.interjected += 1;
        }
        self.quitting |= is(b"QUIT");
        self.judging_password = is(b"PASS");
        self.produced.clear();
        self.times_in_reply = &[];
        if command.is_transfer() {
            self.times_in_listing = &[];
        }
        self.items.push(Item::Command(command));
    }

    fn reply(&mut self, bytes: &[u8]) {
        let lines = physical_lines(bytes);
        let code = lines.last().and_then(|(line, _)| line.first_chunk::<3>().copied());
        let times = std::mem::take(&mut self.times_in_reply);
        for (index, (line, ending)) in lines.into_iter().enumerate() {
            let mut text = Text::literal(line);
            punch_times(&mut text, index, times);
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
        if self.commands == 0 || self.marked.as_ref().is_some_and(|transfer| !transfer.answered) {
            return;
        }
        self.marked =
            Some(MarkedTransfer { at: self.items.len(), started: None, ended: false, answered: false });
        if let Some((connection, direction)) = self.unmarked.take() {
            self.transfer_started(connection, direction);
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
        if std::mem::take(&mut self.judging_password)
            && code == Some(*b"530")
            && let Some(command) = self.items.last_command_mut()
        {
            command.text.swap_hole(&Hole::Password, &Hole::WrongPassword);
        }
    }

    fn transfer_started(&mut self, connection: DataConnection, direction: Direction) {
        match &mut self.marked {
            Some(marked) if marked.started.is_none() => {
                self.items.insert(marked.at, Item::DataConnection(connection));
                marked.at += 1;
                marked.started = Some(direction);
            }
            _ => self.unmarked = Some((connection, direction)),
        }
    }

    /// Why there is no data connection stands where it would.
    fn no_transfer(&mut self, event: &Event) {
        let at = match &mut self.marked {
            Some(transfer) if transfer.started.is_none() => {
                transfer.at += 1;
                transfer.at - 1
            }
            _ => self.items.len(),
        };
        self.items.insert(at, Item::Event(event.clone()));
    }

    fn transfer_ended(&mut self, payload: &Payload) {
        let length = payload.length();
        let mut payload = payload.clone();
        if let Payload::Inline(text) = &mut payload {
            punch_times(text, 0, std::mem::take(&mut self.times_in_listing));
        }
        let data = |direction| Item::Data(Data { direction, payload });
        if let Some((connection, direction)) = self.unmarked.take() {
            self.items.push(Item::DataConnection(connection));
            self.items.measure_transfer(length);
            self.items.push(data(direction));
        } else if let Some(transfer) = &mut self.marked
            && let Some(direction) = transfer.started
        {
            // Data that were sent after the final reply stand after it.
            let at = if transfer.answered { self.items.len() } else { transfer.at };
            self.items.insert(at, data(direction));
            self.items.measure_transfer(length);
            transfer.ended = true;
            self.forget_complete_transfer();
        }
    }

    fn transfer_interrupted(&mut self, length: Option<u64>) {
        if let Some((connection, _)) = self.unmarked.take() {
            self.items.push(Item::DataConnection(connection));
            self.items.measure_transfer(length);
            self.items.push(Item::Event(Event::DataInterrupted));
        } else if let Some(transfer) = &mut self.marked
            && transfer.started.is_some()
            && !transfer.ended
        {
            self.items.insert(transfer.at, Item::Event(Event::DataInterrupted));
            self.items.measure_transfer(length);
            transfer.ended = true;
            self.forget_complete_transfer();
        }
    }

    fn forget_complete_transfer(&mut self) {
        self.marked.take_if(|transfer| transfer.answered && (transfer.ended || transfer.started.is_none()));
    }

    fn finish(mut self, log: &SessionLog, closing: Option<&Event>) -> Session {
        let unfinished = &log.unfinished;
        self.secrets.note(self.commands, unfinished);
        let closed_at = self.items.now;
        if log.cut {
            // How its last transfer went is not known.
            self.marked = None;
            if let Some((connection, _)) = self.unmarked.take() {
                self.items.push(Item::DataConnection(connection));
            }
            self.items.now = None;
            self.items.push(Item::Event(Event::RecordingCut));
        }
        let dismissed = self.final_code == Some(*b"221");
        let farewell = self.quitting && dismissed;
        if closing.is_some() {
            self.items.now = closed_at;
            self.transfer_interrupted(None);
        } else if let Some((connection, _)) = self.unmarked {
            self.items.push(Item::DataConnection(connection));
        }
        self.items.now = None;
        // After a farewell nothing is taken up, and how much of it still arrived is chance.
        if !unfinished.is_empty() && !farewell {
            let text = command_text(unfinished, self.client);
            self.items.push(Item::Command(Command { text, terminated: false }));
            self.items.push(Item::Event(Event::UnfinishedCommand));
        }
        match closing {
            Some(Event::ServerClosed) if dismissed => {}
            Some(Event::ClientClosed) if farewell => {}
            Some(event) => {
                self.items.now = closed_at;
                self.items.push(Item::Event(event.clone()));
            }
            None => {
                if self.marked.is_some() || self.unmarked.is_some() {
                    self.items.push(Item::Event(Event::TransferStillOpen));
                }
                if !farewell {
                    self.items.push(Item::Event(Event::SessionStillOpen));
                }
            }
        }
        self.items.into_session().with_secrets(self.secrets)
    }
}

/// The items of a session, each with the time at which it was put there.
#[derive(Default)]
struct Timeline {
    items: Vec<(Item, Measure)>,
    now: Option<Duration>,
}

impl Timeline {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn push(&mut self, item: Item) {
        self.insert(self.len(), item);
    }

    fn insert(&mut self, at: usize, item: Item) {
        self.items.insert(at, (item, Measure { at: self.now, ..Measure::default() }));
    }

    fn last_command_mut(&mut self) -> Option<&mut Command> {
        self.items.iter_mut().rev().find_map(|(item, _)| match item {
            Item::Command(command) => Some(command),
            _ => None,
        })
    }

    /// Says how many bytes the last transfer was.
    fn measure_transfer(&mut self, length: Option<u64>) {
        let last = self.items.iter_mut().rev().find(|(item, _)| matches!(item, Item::DataConnection(_)));
        if let Some((_, measure)) = last {
            measure.length = length;
        }
    }

    fn into_session(self) -> Session {
        let mut session = Session::default();
        for (item, measure) in self.items {
            session.push_measured(item, measure);
        }
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
