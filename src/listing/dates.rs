//! Times as LIST writes them, in UTC; those of facts are `proto`'s `Timeval`.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// How long a time is written with hour and minute instead of the year: 180 days, in seconds, as in pyftpdlib.
const RECENT_SECONDS: u64 = 180 * 24 * 60 * 60;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `time` as `ls -l` writes it at `now`: with the year once it is over 180 days old.
pub(super) fn list_date(time: SystemTime, now: SystemTime) -> String {
    let at = civil(time);
    let month = MONTHS[usize::from(at.month().unsigned_abs()) - 1];
    let is_old = now.duration_since(time).is_ok_and(|age| age.as_secs() > RECENT_SECONDS);
    if is_old {
        format!("{month} {:02}  {:04}", at.day(), at.year())
    } else {
        format!("{month} {:02} {:02}:{:02}", at.day(), at.hour(), at.minute())
    }
}

/// `time` as a civil time in UTC; the first or last of the years 1 to 9999 when it is outside them.
pub(super) fn civil(time: SystemTime) -> DateTime {
    let first = DateTime::constant(1, 1, 1, 0, 0, 0, 0);
    let last = DateTime::constant(9999, 12, 31, 23, 59, 59, 0);
    match Timestamp::try_from(time) {
        Ok(timestamp) => Offset::UTC.to_datetime(timestamp).clamp(first, last),
        Err(_) if time < SystemTime::UNIX_EPOCH => first,
        Err(_) => last,
    }
}

/// Dates for one listing after the other line: neighbours mostly share theirs, so the last one is kept.
#[derive(Debug)]
pub(super) struct Dates {
    write: fn(SystemTime, SystemTime) -> String,
    now: SystemTime,
    last: (SystemTime, String),
}

impl Dates {
    pub(super) fn new(now: SystemTime, write: fn(SystemTime, SystemTime) -> String) -> Self {
        Self { write, now, last: (now, write(now, now)) }
    }

    /// The date of `time`; of now where there is none.
    pub(super) fn of(&mut self, time: Option<SystemTime>) -> &str {
        let time = time.unwrap_or(self.now);
        if self.last.0 != time {
            self.last = (time, (self.write)(time, self.now));
        }
        &self.last.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> SystemTime {
        text.parse::<Timestamp>().unwrap().into()
    }

    #[test]
    fn the_year_stands_from_180_days_on() {
        let now = at("2000-06-29T00:00:00Z");
        assert_eq!(list_date(at("2000-01-01T00:00:00Z"), now), "Jan 01 00:00");
        assert_eq!(list_date(at("1999-12-31T23:59:59Z"), now), "Dec 31  1999");
        assert_eq!(list_date(at("2001-02-03T04:05:06Z"), now), "Feb 03 04:05");
    }

    #[test]
    fn each_line_has_its_own_date() {
        let now = at("2000-01-01T00:00:00Z");
        let mut dates = Dates::new(now, list_date);
        assert_eq!(dates.of(None), "Jan 01 00:00");
        assert_eq!(dates.of(Some(at("1998-03-04T05:06:07Z"))), "Mar 04  1998");
        assert_eq!(dates.of(None), "Jan 01 00:00");
    }
}
