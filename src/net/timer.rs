//! Monotonic time that sessions wait for: the system's, or one that a test moves by hand.

use std::io;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::deadline;
use super::race::{Either, race};
use super::waits::Waits;

/// What passes the time of a server's limits and delays.
#[derive(Debug, Clone)]
pub(crate) enum Timer {
    System(Instant),
    Manual(watch::Receiver<Duration>),
}

/// The hand that moves a manual timer.
#[derive(Debug)]
pub(crate) struct ManualTime(watch::Sender<Duration>);

impl ManualTime {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(Duration::ZERO))
    }

    /// The timer it moves.
    pub(crate) fn timer(&self) -> Timer {
        Timer::Manual(self.0.subscribe())
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.0.send_modify(|now| *now = now.saturating_add(by));
    }
}

impl Timer {
    /// The system's, counted from now.
    pub(crate) fn system() -> Self {
        Self::System(deadline::now())
    }

    /// How long it has run.
    pub(crate) fn now(&self) -> Duration {
        match self {
            Self::System(origin) => deadline::now().saturating_duration_since(*origin),
            Self::Manual(now) => *now.borrow(),
        }
    }

    /// The moment `duration` from now.
    pub(crate) fn after(&self, duration: Duration) -> Duration {
        self.now().saturating_add(duration)
    }

    /// Waits until its [`now`](Self::now) is `moment`, for a limit on how long the client may take: whoever waits
    /// also waits for the client, and is quiet as long as that does nothing.
    pub(crate) async fn limit(&self, moment: Duration, waits: &Waits) {
        match self {
            Self::System(origin) => match origin.checked_add(moment) {
                Some(moment) => tokio::time::sleep_until(moment.into()).await,
                None => std::future::pending().await,
            },
            Self::Manual(now) => {
                let _waiting = waits.moment(now.clone(), moment);
                // The hand is dropped with the fixture, and then time stands still.
                if now.clone().wait_for(|now| *now >= moment).await.is_err() {
                    std::future::pending().await
                }
            }
        }
    }

    /// Waits for `event`, but not beyond the moment `until`: it is then `TimedOut`.
    pub(crate) async fn in_time<T>(
        &self,
        until: Option<Duration>,
        event: impl Future<Output = io::Result<T>>,
        waits: &Waits,
    ) -> io::Result<T> {
        let Some(until) = until else { return event.await };
        match race(event, self.limit(until, waits)).await {
            Either::First(result) => result,
            Either::Second(()) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    /// Lets `duration` pass, for a delay of the server's own: the session will go on by itself, unless time is moved
    /// by hand.
    pub(crate) async fn delay(&self, duration: Duration, waits: &Waits) {
        let _underway = matches!(self, Self::System(_)).then(|| waits.underway());
        self.limit(self.after(duration), waits).await;
    }
}

/// How long a peer may let one wait: each time anew, as long as it does something in between.
#[derive(Debug, Clone)]
pub(crate) struct Patience(Option<(Timer, Duration)>);

impl Patience {
    pub(crate) fn new(timer: &Timer, limit: Option<Duration>) -> Self {
        Self(limit.map(|limit| (timer.clone(), limit)))
    }

    /// One that has no end.
    pub(super) fn endless() -> Self {
        Self(None)
    }

    /// Waits for `event`, which is `TimedOut` when the patience is at its end.
    pub(crate) async fn wait_for(
        &self,
        event: impl Future<Output = io::Result<()>>,
        waits: &Waits,
    ) -> io::Result<()> {
        match &self.0 {
            Some((timer, limit)) => timer.in_time(Some(timer.after(*limit)), event, waits).await,
            None => event.await,
        }
    }
}
