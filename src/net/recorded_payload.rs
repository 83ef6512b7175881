//! The payload of one transfer on its way into the record, and the memory that is kept for it meanwhile.

use super::recorder::Recorder;
use crate::transcript::{PayloadRecorder, Record, WireEvent};

/// Takes a payload as it passes. When there is no more memory for its bytes, its digest goes on.
#[derive(Debug)]
pub(crate) struct RecordedPayload {
    payload: PayloadRecorder,
    memory: Reservation,
}

/// Memory of the recording, given back when dropped.
#[derive(Debug)]
struct Reservation {
    recorder: Recorder,
    bytes: u64,
}

impl RecordedPayload {
    pub(super) fn new(recorder: Recorder, record: Record, listing: bool) -> Self {
        let payload = PayloadRecorder::new(record, listing);
        Self { payload, memory: Reservation { recorder, bytes: 0 } }
    }

    /// Says that `length` bytes are to come; see [`PayloadRecorder::expect`].
    pub(super) fn expect(&mut self, length: u64) {
        self.payload.expect(length);
    }

    /// Whether it matters which bytes come, and not only how many.
    pub(super) fn looks_at_bytes(&self) -> bool {
        self.payload.looks_at_bytes()
    }

    /// Takes note of `count` bytes that nobody has seen.
    pub(super) fn skip(&mut self, count: u64) {
        self.payload.skip(count);
        self.memory.resize(self.payload.held());
    }

    /// Takes the next bytes.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.payload.push(chunk);
        if !self.memory.resize(self.payload.held()) {
            self.payload.forget_bytes();
            self.memory.resize(0);
        }
    }

    /// Reports the whole payload: the transfer has ended.
    pub(super) fn finish(self) {
        let Self { payload, memory } = self;
        let recorder = memory.recorder.clone();
        let payload = payload.finish();
        // The recording counts the payload itself from here on.
        drop(memory);
        recorder.record(|| WireEvent::TransferEnded(payload));
    }
}

impl Reservation {
    /// Makes it `bytes`; `false`, and as it was, when there is not as much.
    fn resize(&mut self, bytes: u64) -> bool {
        if bytes > self.bytes && !self.recorder.reserve(bytes - self.bytes) {
            return false;
        }
        if bytes < self.bytes {
            self.recorder.release(self.bytes - bytes);
        }
        self.bytes = bytes;
        true
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.resize(0);
    }
}
