//! The way of recorded events from a session's connections to whoever keeps the transcript.

use std::sync::mpsc::{Receiver, Sender, channel};

use crate::proto::SessionId;
use crate::transcript::{PayloadPolicy, Recording, WireEvent};

/// Where one session's connections report what went over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Recorder {
    session: SessionId,
    sender: Option<Sender<(SessionId, WireEvent)>>,
    policy: PayloadPolicy,
}

impl Recorder {
    /// Reports what `event` makes; it is not called where nobody records.
    pub(crate) fn record(&self, event: impl FnOnce() -> WireEvent) {
        if let Some(sender) = &self.sender {
            // The log is gone only when the server is being torn down.
            let _ = sender.send((self.session, event()));
        }
    }

    /// The session whose wire it is.
    pub(crate) fn session(&self) -> SessionId {
        self.session
    }

    /// How payloads are kept; `None` where nobody records.
    pub(crate) fn payload_policy(&self) -> Option<PayloadPolicy> {
        self.sender.is_some().then_some(self.policy)
    }
}

/// The receiving end: everything recorded on one server.
#[derive(Debug)]
pub(crate) struct WireLog {
    sender: Option<Sender<(SessionId, WireEvent)>>,
    receiver: Receiver<(SessionId, WireEvent)>,
    recording: Recording,
    policy: PayloadPolicy,
}

impl WireLog {
    /// A log that keeps everything.
    pub(crate) fn recording(policy: PayloadPolicy) -> Self {
        let (sender, receiver) = channel();
        Self { sender: Some(sender), receiver, recording: Recording::new(), policy }
    }

    /// A log that keeps nothing, at no cost.
    pub(crate) fn off() -> Self {
        Self { sender: None, ..Self::recording(PayloadPolicy::default()) }
    }

    /// The recorder of a new session.
    pub(crate) fn recorder(&self, session: SessionId) -> Recorder {
        Recorder { session, sender: self.sender.clone(), policy: self.policy }
    }

    /// Everything recorded until now.
    pub(crate) fn collect(&mut self) -> &Recording {
        for (session, event) in self.receiver.try_iter() {
            self.recording.push(session, event);
        }
        &self.recording
    }
}
