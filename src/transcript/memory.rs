//! How much memory a recording takes, by an estimate, and how much it may.

use super::line_time::LineTime;
use super::payload::Payload;
use super::recording::{Logged, WireEvent};
use super::text::Piece;

/// What a session takes however little happens on it: its place in the recording, its opening and its end.
pub(crate) const SESSION_COST: u64 = 1024;

/// The bytes that a recording keeps, and the most that it may.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    limit: u64,
    used: u64,
}

impl Memory {
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, used: 0 }
    }

    /// Takes `bytes` if there are as many left; whether there were.
    pub(crate) fn take(&mut self, bytes: u64) -> bool {
        self.take_below(bytes, self.limit)
    }

    /// Takes `bytes` for a payload: these leave room for commands and replies.
    pub(crate) fn take_for_payload(&mut self, bytes: u64) -> bool {
        self.take_below(bytes, self.limit - self.limit / 8)
    }

    /// Gives back what was taken.
    pub(crate) fn release(&mut self, bytes: u64) {
        self.used = self.used.saturating_sub(bytes);
    }

    fn take_below(&mut self, bytes: u64, limit: u64) -> bool {
        match self.used.checked_add(bytes) {
            Some(used) if used <= limit => {
                self.used = used;
                true
            }
            _ => false,
        }
    }
}

/// What an event takes: its place in a vector, which may be half empty, and what it has on the heap.
pub(crate) fn cost(event: &WireEvent) -> u64 {
    let heap = match event {
        WireEvent::Command(bytes)
        | WireEvent::OverlongCommand(bytes)
        | WireEvent::Unfinished(bytes)
        | WireEvent::Reply(bytes) => bytes.len(),
        WireEvent::Produced(_, value) => value.len(),
        WireEvent::TimesInReply(times) | WireEvent::TimesInListing(times) => {
            times.iter().map(|time| size_of::<LineTime>() + time.text.len()).sum()
        }
        WireEvent::TransferEnded(Payload::Inline(text)) => {
            let pieces = text.pieces().iter();
            pieces.map(|piece| if let Piece::Literal(bytes) = piece { bytes.len() } else { 0 }).sum()
        }
        WireEvent::TransferEnded(payload) => payload.bytes().map_or(0, <[u8]>::len),
        WireEvent::Opened { .. }
        | WireEvent::TransferStarted { .. }
        | WireEvent::TransferInterrupted { .. }
        | WireEvent::UploadForsaken
        | WireEvent::Event(_) => 0,
    };
    (2 * size_of::<Logged>() + heap) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_within_the_limit_and_payloads_leave_an_eighth() {
        let mut memory = Memory::new(80);
        assert!(!memory.take_for_payload(71));
        assert!(memory.take_for_payload(70));
        assert!(!memory.take_for_payload(1));
        assert!(memory.take(10));
        assert!(!memory.take(1));
        memory.release(5);
        assert!(memory.take(5));
        assert!(!Memory::new(u64::MAX).take_for_payload(u64::MAX));
        assert!(Memory::new(u64::MAX).take(u64::MAX));
    }
}
