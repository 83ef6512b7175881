//! Times in listings, which are no more precise than the line that they stand in.

use std::fmt;
use std::time::SystemTime;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// How precisely a listing says a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimePrecision {
    /// The day only: `Apr 27  2001`.
    Day,
    /// Hour and minute: `Mar  2 15:13`.
    Minute,
    /// To the second.
    Second,
}

/// When a file was last modified, as a listing says it.
///
/// `MLSD` and EPLF say UTC; all others the server's wall time, of which the zone is not known. It is printed as
/// `2001-04-27`, `2001-03-02 15:13` or `2001-03-02 15:13:07`, with a `Z` behind it for UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ListTime {
    at: DateTime,
    precision: TimePrecision,
    is_utc: bool,
}

impl ListTime {
    pub(super) fn day(date: Date) -> Self {
        Self { at: date.at(0, 0, 0, 0), precision: TimePrecision::Day, is_utc: false }
    }

    pub(super) fn wall(at: DateTime, precision: TimePrecision) -> Self {
        Self { at, precision, is_utc: false }
    }

    pub(super) fn utc_second(at: DateTime) -> Self {
        Self { at, precision: TimePrecision::Second, is_utc: true }
    }

    /// How precise it is.
    pub fn precision(self) -> TimePrecision {
        self.precision
    }

    /// Whether it is UTC; else it is wall time where the server is, or where it believes to be.
    pub fn is_utc(self) -> bool {
        self.is_utc
    }

    /// The first moment of its day, minute or second, read as UTC.
    ///
    /// Where it is wall time, subtract the offset of the server's zone.
    pub fn read_as_utc(self) -> SystemTime {
        // Only the last hours of the year 9999 are outside, by the reserve that jiff keeps for zones.
        TimeZone::UTC.to_timestamp(self.at).unwrap_or(jiff::Timestamp::MAX).into()
    }
}

impl fmt::Display for ListTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at;
        write!(f, "{:04}-{:02}-{:02}", at.year(), at.month(), at.day())?;
        if self.precision >= TimePrecision::Minute {
            write!(f, " {:02}:{:02}", at.hour(), at.minute())?;
        }
        if self.precision == TimePrecision::Second {
            write!(f, ":{:02}", at.second())?;
        }
        f.write_str(if self.is_utc { "Z" } else { "" })
    }
}

impl fmt::Debug for ListTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListTime({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn it_shows_no_more_than_is_known() {
        let at = DateTime::constant(2001, 3, 2, 15, 13, 7, 0);
        assert_eq!(ListTime::day(at.date()).to_string(), "2001-03-02");
        assert_eq!(ListTime::wall(at, TimePrecision::Minute).to_string(), "2001-03-02 15:13");
        assert_eq!(ListTime::wall(at, TimePrecision::Second).to_string(), "2001-03-02 15:13:07");
        assert_eq!(ListTime::utc_second(at).to_string(), "2001-03-02 15:13:07Z");
    }

    #[test]
    fn read_as_utc_a_day_is_its_midnight() {
        let day = ListTime::day(Date::constant(1970, 1, 2));
        assert_eq!(day.read_as_utc(), SystemTime::UNIX_EPOCH + Duration::from_secs(86_400));
        let end = ListTime::wall(DateTime::constant(9999, 12, 31, 23, 59, 59, 0), TimePrecision::Second);
        assert!(end.read_as_utc() > day.read_as_utc());
    }
}
