//! How long something may take, on the monotonic clock: the only file that reads it.

use std::time::{Duration, Instant};

/// A moment after which nobody waits any more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// The moment `duration` from now.
    pub(crate) fn after(duration: Duration) -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place where monotonic time comes in")]
        Self(Instant::now() + duration)
    }

    /// What is left until then.
    pub(crate) fn remaining(self) -> Duration {
        #[expect(clippy::disallowed_methods, reason = "this is the one place where monotonic time comes in")]
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether the moment has passed.
    pub(crate) fn has_passed(self) -> bool {
        self.remaining().is_zero()
    }
}
