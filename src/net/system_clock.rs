//! The system's wall clock: the only file that reads it.

use std::time::SystemTime;

use crate::clock::Clock;

impl Clock {
    /// The system's clock: listings then show real times, and differ from run to run.
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place where wall time comes in")]
        Self::from_fn(SystemTime::now)
    }
}
