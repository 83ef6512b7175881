//! Takes what the connections report and keeps it, session by session. What it looks like is decided in `shaping`.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use super::command_holes::command_text;
use super::event::Event;
use super::hole::Hole;
use super::payload::{Direction, Payload};
use super::shaping;
use super::text::Text;
use super::transcript::Transcript;
use super::transfer::DataMode;
use crate::proto::SessionId;

/// Something that happened on a session's connections, reported in the order in which it happened.
///
/// Its `Debug` shows secrets as holes.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WireEvent {
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
    TransferInterrupted,
    /// Something that is no text.
    Event(Event),
}

/// The sessions of one server, from which a [`Transcript`] can be made at any time.
///
/// ```
/// use ftp_fixture::proto::SessionId;
/// use ftp_fixture::transcript::{Recording, WireEvent};
///
/// let mut recording = Recording::new();
/// recording.push(SessionId(1), WireEvent::Reply(b"220 Ready.\r\n".to_vec()));
/// recording.push(SessionId(1), WireEvent::Command(b"PASS s3cret".to_vec()));
/// assert_eq!(
///     recording.transcript().to_string(),
///     "== session 1\nS> 220 Ready.\nC> PASS [PASSWORD]\n-- session still open\n",
/// );
/// ```
#[derive(Clone, Default)]
pub struct Recording {
    sessions: BTreeMap<SessionId, SessionLog>,
}

/// All that one session's connections reported.
#[derive(Clone, Default)]
pub(crate) struct SessionLog {
    /// Every event but [`WireEvent::Unfinished`].
    pub(crate) events: Vec<WireEvent>,
    /// The bytes at the end that are no whole line.
    pub(crate) unfinished: Vec<u8>,
}

impl Recording {
    /// A recording of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what happened next in `session`.
    pub fn push(&mut self, session: SessionId, event: WireEvent) {
        let log = self.sessions.entry(session).or_default();
        match event {
            WireEvent::Unfinished(bytes) => log.unfinished = bytes,
            event => {
                if matches!(event, WireEvent::Command(_) | WireEvent::OverlongCommand(_)) {
                    log.unfinished.clear();
                }
                log.events.push(event);
            }
        }
    }

    /// What has happened until now, sessions in the order of accepting.
    ///
    /// What is still going on is said at the end of its session.
    pub fn transcript(&self) -> Transcript {
        let mut transcript = Transcript::new();
        for log in self.sessions.values() {
            transcript.push_session(shaping::shape(log));
        }
        transcript
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
            Self::Produced(hole, value) => write!(f, "Produced({hole}, {value:?})"),
            Self::TransferStarted { mode, direction, ascii, tls } => {
                write!(f, "TransferStarted({mode:?}, {direction:?}, ascii: {ascii}, tls: {tls})")
            }
            Self::TransferEnded(payload) => write!(f, "TransferEnded({payload:?})"),
            Self::TransferInterrupted => f.write_str("TransferInterrupted"),
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
}
