//! How long something may take, on the monotonic clock: the only file that reads it.

use std::time::{Duration, Instant};

/// A moment after which nobody waits any more; one too far for the clock never comes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// The moment `duration` from now.
    pub(crate) fn after(duration: Duration) -> Self {
        Self(now().checked_add(duration))
    }

    /// The one that comes first.
    pub(crate) fn earlier(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some(one), Some(other)) => Self(Some(one.min(other))),
            (one, other) => Self(one.or(other)),
        }
    }

    /// Waits for the moment.
    pub(crate) async fn wait(self) {
        match self.0 {
            Some(moment) => tokio::time::sleep_until(moment.into()).await,
            None => std::future::pending().await,
        }
    }

    /// How long it is until then; `None` where the moment never comes.
    pub(crate) fn remaining(self) -> Option<Duration> {
        self.0.map(|moment| moment.saturating_duration_since(now()))
    }

    /// Whether the moment has passed.
    pub(crate) fn has_passed(self) -> bool {
        self.0.is_some_and(|moment| now() >= moment)
    }
}

/// What the monotonic clock shows.
pub(super) fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where monotonic time comes in")]
    Instant::now()
}
