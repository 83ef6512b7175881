//! How fast a transfer may go: so many bytes in each second of a timer, counted from its first.

use std::num::NonZero;
use std::time::Duration;

use super::timer::Timer;
use super::waits::Waits;

const WINDOW: Duration = Duration::from_secs(1);

/// Bytes per second.
pub(crate) type Rate = NonZero<u64>;

/// Holds a transfer back to a rate.
#[derive(Debug)]
pub(super) struct Pace {
    rate: Rate,
    timer: Timer,
    /// The second that is being spent, by its end.
    until: Duration,
    left: u64,
}

impl Pace {
    pub(super) fn new(rate: Rate, timer: Timer) -> Self {
        let until = timer.now() + WINDOW;
        Self { rate, timer, until, left: rate.get() }
    }

    /// How many bytes may go now, at least one; waits for the next second if this one's are spent.
    pub(super) async fn allowance(&mut self, waits: &Waits) -> usize {
        let now = self.timer.now();
        if self.left == 0 {
            self.timer.delay(self.until.saturating_sub(now), waits).await;
        }
        let now = self.timer.now();
        if now >= self.until {
            // What was not used of the seconds before is not to be had later.
            self.until = now + WINDOW;
            self.left = self.rate.get();
        }
        usize::try_from(self.left).unwrap_or(usize::MAX)
    }

    pub(super) fn spend(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count as u64);
    }
}
