//! Wall time as an argument: what listings, `MDTM` and events call "now".
//!
//! Reading the system's clock is not done here: [`Clock::system`] lives in the `net` layer, so that nothing
//! below it can depend on when it runs.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 2000-01-01T00:00:00Z in seconds since the Unix epoch.
const DEFAULT_EPOCH_SECONDS: u64 = 946_684_800;

/// Where the server takes wall time from; it stands at 2000-01-01T00:00:00Z unless told otherwise.
///
/// A clock that stands still is what makes listings the same in every run.
///
/// ```
/// use ftp_fixture::clock::Clock;
///
/// let clock: Clock = "2001-02-03T04:05:06Z".parse()?;
/// assert_eq!(clock.now(), clock.now());
/// # Ok::<(), ftp_fixture::clock::ClockError>(())
/// ```
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    Fixed(SystemTime),
    Running(Arc<dyn Fn() -> SystemTime + Send + Sync>),
}

impl Clock {
    /// A clock that stands at `time`.
    pub fn fixed(time: impl Into<SystemTime>) -> Self {
        Self(Source::Fixed(time.into()))
    }

    /// A clock that asks `now` each time.
    pub fn from_fn(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Source::Running(Arc::new(now)))
    }

    /// The time it shows.
    pub fn now(&self) -> SystemTime {
        match &self.0 {
            Source::Fixed(time) => *time,
            Source::Running(now) => now(),
        }
    }

    /// Whether it stands still.
    pub fn is_fixed(&self) -> bool {
        matches!(self.0, Source::Fixed(_))
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::fixed(UNIX_EPOCH + Duration::from_secs(DEFAULT_EPOCH_SECONDS))
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Fixed(time) => match jiff::Timestamp::try_from(*time) {
                Ok(timestamp) => write!(f, "Clock::fixed({timestamp})"),
                Err(_) => write!(f, "Clock::fixed({time:?})"),
            },
            Source::Running(_) => f.write_str("Clock::from_fn(..)"),
        }
    }
}

/// A text that is no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockError {
    text: String,
}

impl fmt::Display for ClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no time; write it as 2000-01-01T00:00:00Z", self.text)
    }
}

impl std::error::Error for ClockError {}

impl FromStr for Clock {
    type Err = ClockError;

    /// Parses an RFC 3339 time into a clock that stands there.
    fn from_str(text: &str) -> Result<Self, ClockError> {
        text.parse::<jiff::Timestamp>()
            .map(|timestamp| Self::fixed(SystemTime::from(timestamp)))
            .map_err(|_| ClockError { text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stands_at_the_first_day_of_2000_by_default() {
        assert_eq!(format!("{:?}", Clock::default()), "Clock::fixed(2000-01-01T00:00:00Z)");
    }

    #[test]
    fn a_text_that_is_no_time_says_how_to_write_one() {
        let error = "yesterday".parse::<Clock>().unwrap_err();
        assert_eq!(error.to_string(), "\"yesterday\" is no time; write it as 2000-01-01T00:00:00Z");
    }
}
