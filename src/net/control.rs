//! A control connection: command lines in, replies out, both recorded as they pass. What they mean is not its concern.

use std::collections::{BTreeSet, VecDeque};
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::task::consume_budget;

use super::listener::Accepted;
use super::platform;
use super::readiness::{read_at_once, write_at_once};
use super::recorder::Recorder;
use super::records::{read_records, send_records};
use super::timer::Patience;
use super::waits::{Activity, Waits};
use crate::proto::{CommandDecoder, CommandLine, LineTooLong, Reply, TextEncoding, Verb};
use crate::tls::TlsChannel;
use crate::transcript::{Event, Hole, LineTime, WireEvent};

/// How many commands wait while a transfer runs; then the connection is not read until it has ended.
const HELD_LIMIT: usize = 64;

const READ_BUFFER: usize = 4096;

/// What a client sent.
#[derive(Debug)]
pub(crate) enum Received {
    Command(CommandLine),
    /// A line over the limit, already thrown away.
    TooLong,
    /// A line with bytes that mean nothing in the connection's encoding.
    Undecodable,
}

/// What can happen on the control connection while a transfer runs.
#[derive(Debug)]
pub(crate) enum DuringTransfer {
    Abort,
    Status,
    Closed,
}

/// How a control connection is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ControlOptions {
    /// The longest command line taken, in bytes.
    pub(crate) line_limit: usize,
    /// `TCP_NODELAY`.
    pub(crate) no_delay: bool,
    /// What the bytes of commands and replies mean.
    pub(crate) encoding: TextEncoding,
    /// Whether a command with bytes that mean nothing is refused; otherwise they are replaced.
    pub(crate) strict: bool,
}

/// One client's control connection.
#[derive(Debug)]
pub(crate) struct ControlConnection {
    pub(super) socket: Arc<TcpStream>,
    /// Where it is encrypted.
    pub(super) tls: Option<Box<TlsChannel>>,
    client: IpAddr,
    server: IpAddr,
    pub(super) waits: Arc<Waits>,
    recorder: Recorder,
    options: ControlOptions,
    pub(super) decoder: CommandDecoder,
    pub(super) held: VecDeque<Result<Vec<u8>, LineTooLong>>,
    quit_held: bool,
    /// What is not known in mid-transfer, either.
    unknown: BTreeSet<Verb>,
    pub(super) patience: Patience,
    /// The client takes no replies any more, and is not waited for.
    given_up: bool,
    encoded: Vec<u8>,
    /// The client has closed its side, and all that it sent is in `decoder` or `held`.
    pub(super) ended: bool,
    /// The last reply is the final one to an upload: it counts only if the client reads it.
    counts_if_read: bool,
    /// Nothing written reaches the client any more.
    unreachable: bool,
}

impl ControlConnection {
    /// Takes over an accepted connection. A client that takes no reply is given up when the patience is at its end.
    pub(crate) fn new(
        accepted: Accepted,
        options: ControlOptions,
        patience: Patience,
        waits: Arc<Waits>,
        recorder: Recorder,
    ) -> Self {
        let Accepted { socket, client, server } = accepted;
        platform::prepare_control(&socket, options.no_delay);
        waits.meet(&socket);
        let client = client.ip().to_canonical();
        recorder.record(|| WireEvent::Opened { client });
        Self {
            socket: Arc::new(socket),
            tls: None,
            client,
            server: server.ip().to_canonical(),
            waits,
            recorder,
            options,
            decoder: CommandDecoder::new(options.line_limit),
            held: VecDeque::new(),
            quit_held: false,
            unknown: BTreeSet::new(),
            patience,
            given_up: false,
            encoded: Vec::new(),
            ended: false,
            counts_if_read: false,
            unreachable: false,
        }
    }

    /// Has these verbs wait in mid-transfer like any other word: the server does not know them.
    pub(crate) fn without(mut self, verbs: BTreeSet<Verb>) -> Self {
        self.unknown = verbs;
        self
    }

    /// The client's address.
    pub(crate) fn client(&self) -> IpAddr {
        self.client
    }

    /// The address that the client reached us at.
    pub(crate) fn server(&self) -> IpAddr {
        self.server
    }

    pub(crate) fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    pub(crate) fn waits(&self) -> &Arc<Waits> {
        &self.waits
    }

    /// Takes up the next command; `None` when the client has closed the connection.
    ///
    /// May be cancelled without losing anything.
    pub(crate) async fn next(&mut self) -> Option<Received> {
        if self.given_up {
            return None;
        }
        self.let_others_go_on().await;
        let line = match self.held.pop_front() {
            Some(line) => {
                // QUIT is the last that was read.
                self.quit_held &= !self.held.is_empty();
                line
            }
            None => self.receive().await?,
        };
        Some(self.take_up(line))
    }

    /// Waits for what concerns a running transfer, and holds back all other commands until it has ended.
    ///
    /// QUIT is held back as well, and ends the reading: the transfer's final reply comes first (RFC 959, 4.1.1).
    /// May be cancelled without losing anything.
    pub(crate) async fn next_during_transfer(&mut self) -> DuringTransfer {
        loop {
            if self.quit_held || self.held.len() >= HELD_LIMIT {
                return std::future::pending().await;
            }
            let Some(line) = self.receive().await else { return DuringTransfer::Closed };
            let parsed = line.as_ref().ok().map(|line| CommandLine::parse(line));
            match parsed.as_ref().and_then(|command| Some((self.known(command)?, command.parameter()))) {
                Some((Verb::Abor, None)) => {
                    self.take_up(line);
                    return DuringTransfer::Abort;
                }
                Some((Verb::Stat, None)) if self.held.is_empty() => {
                    self.take_up(line);
                    return DuringTransfer::Status;
                }
                verb => {
                    self.quit_held = matches!(verb, Some((Verb::Quit, None)));
                    self.held.push_back(line);
                }
            }
        }
    }

    /// Whether the client has said something that concerns a running transfer, which is to be read or on its way.
    pub(crate) fn activity_during_transfer(&self) -> Activity {
        if self.ended || self.quit_held || self.held.len() >= HELD_LIMIT {
            return Activity::Quiet;
        }
        self.waits.activity_of(&self.socket)
    }

    /// Sends a reply in one write.
    ///
    /// A client that is gone is no error here: what it had sent before is still taken up and answered, so that the
    /// record does not depend on how fast its reset came.
    pub(crate) async fn send(&mut self, reply: &Reply) {
        self.encoded.clear();
        reply.encode(&mut self.encoded);
        if !self.options.encoding.is_utf8() {
            let text = String::from_utf8_lossy(&self.encoded);
            self.encoded = self.options.encoding.encode(&text).into_owned();
        }
        self.recorder.record(|| WireEvent::Reply(self.encoded.clone()));
        tracing::debug!(target: "ftp_fixture::net", session = %self.recorder.session(), %reply, "reply");
        if self.ended {
            self.note_unread_reply();
        }
        if self.unreachable {
            return;
        }
        if let Err(error) = self.write_encoded().await {
            self.unreachable = true;
            self.given_up = error.kind() == io::ErrorKind::TimedOut;
        }
    }

    /// Says which times in the next reply nobody has set, so that the transcript shows holes instead.
    pub(crate) fn note_times(&self, times: Vec<LineTime>) {
        if !times.is_empty() {
            self.recorder.record(|| WireEvent::TimesInReply(times));
        }
    }

    /// Says that the next reply is the final one to an upload. It is recorded as unread if the client closes the
    /// connection before it reads it.
    pub(crate) fn next_reply_counts_if_read(&mut self) {
        self.counts_if_read = true;
    }

    fn note_unread_reply(&mut self) {
        if std::mem::take(&mut self.counts_if_read) {
            self.recorder.record(|| WireEvent::UploadForsaken);
        }
    }

    /// Sends a reply that announces a value of the server's own making, which the transcript shows as `hole`.
    pub(crate) async fn send_announcing(&mut self, reply: &Reply, hole: Hole, value: String) {
        self.recorder.record(|| WireEvent::Produced(hole, value));
        self.send(reply).await;
    }

    /// A client that has sent thousands of commands at once would otherwise keep all other sessions waiting, and the
    /// server from ending.
    async fn let_others_go_on(&self) {
        let _underway = self.waits.underway();
        consume_budget().await;
    }

    fn known(&self, command: &CommandLine) -> Option<Verb> {
        command.verb().filter(|verb| !self.unknown.contains(verb))
    }

    fn take_up(&mut self, line: Result<Vec<u8>, LineTooLong>) -> Received {
        self.counts_if_read = false;
        match line {
            Ok(line) => {
                let command = match self.options.strict {
                    true => CommandLine::parse_strictly(&line, self.options.encoding),
                    false => Some(CommandLine::parse_in(&line, self.options.encoding)),
                };
                self.recorder.record(|| WireEvent::Command(line));
                command.map_or(Received::Undecodable, Received::Command)
            }
            Err(LineTooLong { start }) => {
                self.recorder.record(|| WireEvent::OverlongCommand(start));
                Received::TooLong
            }
        }
    }

    async fn receive(&mut self) -> Option<Result<Vec<u8>, LineTooLong>> {
        loop {
            if let Some(line) = self.decoder.next_line() {
                return Some(line);
            }
            if self.ended {
                return None;
            }
            if !self.decoder.unfinished().is_empty() {
                self.recorder.record(|| WireEvent::Unfinished(self.decoder.unfinished().to_vec()));
                // A client that writes a line in pieces may hold back the rest until this one is acknowledged.
                platform::acknowledge_now(self.socket.as_ref());
            }
            let mut buffer = [0; READ_BUFFER];
            match self.read(&mut buffer).await {
                Ok(0) | Err(_) => {
                    if self.counts_if_read && self.waits.was_left_unread(&self.socket).await {
                        self.note_unread_reply();
                    }
                    self.ended = true;
                }
                Ok(count) => self.decoder.buffer(&buffer[..count]),
            }
        }
    }

    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = match &mut self.tls {
                Some(tls) => read_records(&self.socket, tls, buffer),
                None => read_at_once(&self.socket, buffer),
            };
            match read {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _waiting = self.waits.command(&self.socket);
                    self.socket.readable().await?;
                }
                result => return result,
            }
        }
    }

    async fn write_encoded(&mut self) -> io::Result<()> {
        let mut rest = self.encoded.as_slice();
        if let Some(tls) = &mut self.tls {
            tls.write(rest);
        }
        loop {
            let written = match &mut self.tls {
                Some(tls) => send_records(&self.socket, tls).map(|()| rest.len()),
                None => write_at_once(&self.socket, rest),
            };
            match written {
                Ok(count) => {
                    rest = &rest[count..];
                    if rest.is_empty() {
                        return Ok(());
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _waiting = self.waits.writable(&self.socket);
                    self.patience.wait_for(self.socket.writable(), &self.waits).await?;
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for ControlConnection {
    fn drop(&mut self) {
        if let Some(tls) = &mut self.tls {
            tls.close();
            let _ = send_records(&self.socket, tls);
        }
        // Closing over unread bytes would send a reset, which can overtake the last reply.
        let mut buffer = [0; READ_BUFFER];
        for _ in 0..HELD_LIMIT {
            if !matches!(self.socket.try_read(&mut buffer), Ok(count) if count > 0) {
                break;
            }
        }
        platform::hang_up(self.socket.as_ref());
        let ended = if self.ended { Event::ClientClosed } else { Event::ServerClosed };
        self.recorder.record(|| WireEvent::Event(ended));
    }
}
