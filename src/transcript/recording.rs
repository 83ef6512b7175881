//! Takes what the connections report and keeps it, session by session. What it looks like is decided in `shaping`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use super::command_holes::command_text;
use super::comment::Comment;
use super::data_connection::DataMode;
use super::event::Event;
use super::hole::Hole;
use super::line_time::LineTime;
use super::memory::{Memory, SESSION_COST, cost};
use super::payload::{Direction, Payload};
use super::shaping;
use super::text::Text;
use super::transcript::Transcript;
use crate::proto::SessionId;

/// Something that happened on a session's connections, reported in the order in which it happened.
///
/// Its `Debug` shows secrets as holes.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum WireEvent {
    /// The control connection was accepted.
    Opened {
        /// Where the client calls from.
        client: IpAddr,
    },
    /// The session took up a command: its bytes without CRLF.
    Command(Vec<u8>),
    /// The session took up a line over the limit: the start that was kept.
    OverlongCommand(Vec<u8>),
    /// Bytes were received that are no whole line yet, all of them since the last line; replaces what was
    /// reported before, as a command does.
    Unfinished(Vec<u8>),
    /// A whole reply was sent: its bytes, line ends included.
    Reply(Vec<u8>),
    /// The server is about to announce this value: the next reply line with it in it shows the hole instead.
    Produced(Hole, String),
    /// The next reply has these times, which nobody has set: `[MTIME]` is shown instead.
    TimesInReply(Vec<LineTime>),
    /// The next listing on a data connection has these times, which nobody has set: `[MTIME]` is shown instead.
    TimesInListing(Vec<LineTime>),
    /// A data connection is in use.
    TransferStarted {
        /// Who opened it.
        mode: DataMode,
        /// Which way the data go.
        direction: Direction,
        /// Whether the representation type is ASCII.
        ascii: bool,
        /// Whether it is encrypted.
        tls: bool,
    },
    /// The transfer went to its end, or to the end that the server or a script gave it.
    TransferEnded(Payload),
    /// The client went away or sent ABOR in mid-transfer.
    TransferInterrupted {
        /// How many bytes had gone over the data connection.
        length: u64,
    },
    /// The client had closed the control connection without reading the final reply to its upload, the last reply. The
    /// upload is shown as interrupted, without that reply: what it says depends on which of a killed client's
    /// connections its kernel closes first, and that is chance.
    UploadForsaken,
    /// Something that is no text.
    Event(Event),
}

/// The sessions of one server, from which a [`Transcript`] can be made at any time.
///
/// A clone costs next to nothing; it shares each session with the original until that goes on.
#[derive(Clone)]
pub(crate) struct Recording {
    sessions: BTreeMap<SessionId, Arc<SessionLog>>,
    memory: Memory,
    /// The first session for which there was no room, and how many there were.
    left_out: Option<(SessionId, u64)>,
    version: u64,
}

/// All that one session's connections reported.
#[derive(Clone, Default)]
pub(crate) struct SessionLog {
    /// Every event but [`WireEvent::Unfinished`], up to the one that ended the session.
    pub(crate) events: Vec<Logged>,
    /// The bytes at the end that are no whole line.
    pub(crate) unfinished: Vec<u8>,
    /// Whether there was no room for some of its events; only its end is kept after the first.
    pub(crate) cut: bool,
    closed: bool,
}

/// An event, and when it was reported.
#[derive(Clone)]
pub(crate) struct Logged {
    pub(crate) at: Option<Duration>,
    pub(crate) event: WireEvent,
}

impl Default for Recording {
    fn default() -> Self {
        Self::new()
    }
}

impl Recording {
    /// A recording of nothing, which may grow without limit.
    pub(crate) fn new() -> Self {
        Self::with_memory_limit(u64::MAX)
    }

    /// A recording of nothing, which keeps at most about so many bytes; see [`Record::memory_limit`](super::Record::memory_limit).
    pub(crate) fn with_memory_limit(bytes: u64) -> Self {
        Self { sessions: BTreeMap::new(), memory: Memory::new(bytes), left_out: None, version: 0 }
    }

    /// Takes what happened next in `session`, at a time that is not known.
    #[cfg(test)]
    pub(crate) fn push(&mut self, session: SessionId, event: WireEvent) {
        self.keep(session, None, event);
    }

    /// Takes what happened next in `session`, so long after the server's start.
    pub(crate) fn push_at(&mut self, session: SessionId, at: Duration, event: WireEvent) {
        self.keep(session, Some(at), event);
    }

    /// How many events it was told of.
    pub(crate) fn version(&self) -> u64 {
        self.version
    }

    /// What has happened until now, sessions in the order of accepting.
    ///
    /// What is still going on is said at the end of its session.
    pub(crate) fn transcript(&self) -> Transcript {
        let mut transcript = Transcript::new();
        if let Some((_, count)) = self.left_out
            && let Ok(comment) = Comment::new(&format!("recording cut: {count} more sessions"))
        {
            transcript.push_comment(comment);
        }
        for log in self.sessions.values() {
            transcript.push_session(shaping::shape(log));
        }
        transcript.accepted_as_printed();
        transcript.share_secrets();
        transcript
    }

    /// Keeps memory for so many bytes of a payload that is under way; whether there was as much.
    pub(crate) fn reserve(&mut self, bytes: u64) -> bool {
        self.memory.take_for_payload(bytes)
    }

    /// Gives back what was reserved.
    pub(crate) fn release(&mut self, bytes: u64) {
        self.memory.release(bytes);
    }

    fn keep(&mut self, session: SessionId, at: Option<Duration>, event: WireEvent) {
        let Self { sessions, memory, left_out, version } = self;
        *version += 1;
        let log = match sessions.entry(session) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                if left_out.is_some_and(|(first, _)| session >= first) || !memory.take(SESSION_COST) {
                    let (_, count) = left_out.get_or_insert((session, 0));
                    *count += u64::from(matches!(event, WireEvent::Opened { .. }));
                    return;
                }
                entry.insert(Arc::default())
            }
        };
        if log.closed {
            return;
        }
        let log = Arc::make_mut(log);
        match event {
            // The session has paid for its end when it began.
            WireEvent::Event(ref closing) if closing.ends_session() => {
                log.closed = true;
                log.events.push(Logged { at, event });
            }
            _ if log.cut => {}
            WireEvent::Unfinished(bytes) => {
                log.forget_unfinished(memory);
                if memory.take(bytes.len() as u64) {
                    log.unfinished = bytes;
                } else {
                    log.cut = true;
                }
            }
            event => {
                if matches!(event, WireEvent::Command(_) | WireEvent::OverlongCommand(_)) {
                    log.forget_unfinished(memory);
                }
                if memory.take(cost(&event)) {
                    log.events.push(Logged { at, event });
                } else {
                    log.forget_unfinished(memory);
                    log.cut = true;
                }
            }
        }
    }
}

impl SessionLog {
    fn forget_unfinished(&mut self, memory: &mut Memory) {
        memory.release(self.unfinished.len() as u64);
        self.unfinished = Vec::new();
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording").field("sessions", &self.sessions.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for WireEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opened { client } => write!(f, "Opened({client})"),
            Self::Command(line) => write!(f, "Command({})", command_text(line, None)),
            Self::OverlongCommand(line) => write!(f, "OverlongCommand({})", command_text(line, None)),
            Self::Unfinished(bytes) => write!(f, "Unfinished({})", command_text(bytes, None)),
            Self::Reply(bytes) => write!(f, "Reply({})", Text::literal(bytes.as_slice())),
            Self::TimesInReply(times) => write!(f, "TimesInReply({times:?})"),
            Self::TimesInListing(times) => write!(f, "TimesInListing({times:?})"),
            Self::Produced(hole, value) => write!(f, "Produced({hole}, {value:?})"),
            Self::TransferStarted { mode, direction, ascii, tls } => {
                write!(f, "TransferStarted({mode:?}, {direction:?}, ascii: {ascii}, tls: {tls})")
            }
            Self::TransferEnded(payload) => write!(f, "TransferEnded({payload:?})"),
            Self::TransferInterrupted { length } => write!(f, "TransferInterrupted({length})"),
            Self::UploadForsaken => f.write_str("UploadForsaken"),
            Self::Event(event) => write!(f, "Event({event})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_no_secret() {
        let event = WireEvent::Command(b"PASS s3cret".to_vec());
        assert_eq!(format!("{event:?}"), "Command(PASS [PASSWORD])");
        let mut recording = Recording::new();
        recording.push(SessionId(1), event);
        assert_eq!(format!("{recording:?}"), "Recording { sessions: 1, .. }");
    }

    #[test]
    fn a_transcript_can_be_taken_again_and_again() {
        let mut recording = Recording::new();
        assert!(recording.transcript().is_empty());
        recording.push(SessionId(1), WireEvent::Unfinished(b"QU".to_vec()));
        assert_eq!(recording.transcript(), recording.transcript());
        recording.push(SessionId(1), WireEvent::Command(b"QUIT".to_vec()));
        assert_eq!(recording.transcript().to_string(), "== session 1\nC> QUIT\n-- session still open\n");
    }

    #[test]
    fn a_clone_stays_as_it_is_and_shares_the_sessions_that_did_not_go_on() {
        let mut recording = Recording::new();
        for session in [SessionId(1), SessionId(2)] {
            recording.push(session, WireEvent::Command(b"NOOP".to_vec()));
        }
        let clone = recording.clone();
        let before = clone.transcript();
        recording.push(SessionId(2), WireEvent::Command(b"QUIT".to_vec()));
        assert_eq!(clone.transcript(), before);
        assert_ne!(recording.transcript(), before);
        let is_shared = |id| Arc::ptr_eq(&recording.sessions[&id], &clone.sessions[&id]);
        assert!(is_shared(SessionId(1)) && !is_shared(SessionId(2)));
        assert_eq!((clone.version(), recording.version()), (2, 3));
    }
}
