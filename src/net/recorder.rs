//! The way of recorded events from a session's connections to whoever keeps the transcript.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::recorded_payload::RecordedPayload;
use super::timer::Timer;
use crate::proto::SessionId;
use crate::transcript::{Record, Recording, Transcript, WireEvent};

/// Where one session's connections report what went over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Recorder {
    session: SessionId,
    log: Option<Arc<Log>>,
}

impl Recorder {
    /// Reports what `event` makes; it is not called where nobody records.
    pub(crate) fn record(&self, event: impl FnOnce() -> WireEvent) {
        if let Some(log) = &self.log {
            let event = event();
            log.recording().push_at(self.session, log.timer.now(), event);
            log.recorded.notify_one();
        }
    }

    /// The session whose wire it is.
    pub(crate) fn session(&self) -> SessionId {
        self.session
    }

    /// What takes the payload of one transfer; `None` where nobody records.
    pub(crate) fn payload(&self, listing: bool) -> Option<RecordedPayload> {
        self.log.as_ref().map(|log| RecordedPayload::new(self.clone(), log.record, listing))
    }

    /// Keeps memory for so many bytes of a payload; whether there was as much.
    pub(super) fn reserve(&self, bytes: u64) -> bool {
        self.log.as_ref().is_some_and(|log| log.recording().reserve(bytes))
    }

    /// Gives back what was reserved.
    pub(super) fn release(&self, bytes: u64) {
        if let Some(log) = &self.log {
            log.recording().release(bytes);
        }
    }
}

/// Everything recorded on one server.
#[derive(Debug)]
pub(crate) struct WireLog(Option<Arc<Log>>);

/// What the sessions of one server share. The lock is held for one event or one clone at a time, and never over an
/// `await`.
#[derive(Debug)]
struct Log {
    recording: Mutex<Recording>,
    record: Record,
    timer: Timer,
    /// Told of every event.
    recorded: Notify,
}

impl Log {
    fn recording(&self) -> MutexGuard<'_, Recording> {
        self.recording.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WireLog {
    /// A log that keeps what `record` says, with the time by `timer`.
    pub(crate) fn new(record: Record, timer: Timer) -> Self {
        Self(record.is_on().then(|| {
            let recording = Mutex::new(Recording::with_memory_limit(record.memory()));
            Arc::new(Log { recording, record, timer, recorded: Notify::new() })
        }))
    }

    /// The recorder of a new session.
    pub(crate) fn recorder(&self, session: SessionId) -> Recorder {
        Recorder { session, log: self.0.clone() }
    }

    /// Everything recorded until now.
    pub(crate) fn transcript(&self) -> Transcript {
        self.recording().transcript()
    }

    /// The same, before it is made a transcript of, which takes longer.
    pub(crate) fn recording(&self) -> Recording {
        self.0.as_ref().map_or_else(Recording::new, |log| log.recording().clone())
    }

    /// Waits until something was recorded since this last returned. May be cancelled.
    pub(crate) async fn recorded(&self) {
        match &self.0 {
            Some(log) => log.recorded.notified().await,
            None => std::future::pending().await,
        }
    }
}
