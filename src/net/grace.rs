//! How long one waits for what a peer has sent, before one judges without it.

use std::time::Duration;

use super::deadline::Deadline;
use super::waits::Activity;

/// How often somebody else gets a turn who may never be done.
const TURNS: usize = 256;
/// How long something can be on its way within one machine, on a busy one; no more than a few milliseconds were seen.
const ON_ITS_WAY: Duration = Duration::from_secs(1);

/// What is left of one wait.
#[derive(Debug)]
pub(crate) struct Grace {
    turns: usize,
    deadline: Deadline,
}

impl Grace {
    pub(crate) fn new() -> Self {
        Self { turns: TURNS, deadline: Deadline::after(ON_ITS_WAY) }
    }

    /// Whether to go on waiting for somebody of this activity; if so, gives the others a turn.
    pub(crate) async fn covers(&mut self, activity: Activity) -> bool {
        let more = match activity {
            Activity::Quiet => false,
            Activity::Expecting => !self.deadline.has_passed(),
            Activity::Running => self.turns > 0,
        };
        if more {
            if activity == Activity::Running {
                self.turns -= 1;
            }
            tokio::task::yield_now().await;
        }
        more
    }
}
