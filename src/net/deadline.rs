//! How long something may take, on the monotonic clock: the only file that reads it.

use std::time::{Duration, Instant};

/// A moment after which nobody waits any more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// The moment `duration` from now.
    pub(crate) fn after(duration: Duration) -> Self {
        Self(now() + duration)
    }

    /// Whether the moment has passed.
    pub(crate) fn has_passed(self) -> bool {
        now() >= self.0
    }
}

/// What the monotonic clock shows.
pub(super) fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where monotonic time comes in")]
    Instant::now()
}
