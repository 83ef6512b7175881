//! RFC 3659's `time-val`: `YYYYMMDDHHMMSS` in UTC, as MDTM, MFMT and the `modify` fact write it.

use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::parameter::ParameterError;

/// 0000-01-01T00:00:00Z in seconds from the Unix epoch: the first time whose year has four digits.
const FIRST_SECOND: i64 = -62_167_219_200;

/// A second of the years 0 to 9999.
///
/// ```
/// use ftp_fixture::proto::Timeval;
///
/// let time: Timeval = "20010203040506.789".parse()?;
/// assert_eq!(time.to_string(), "20010203040506");
/// # Ok::<(), ftp_fixture::proto::ParameterError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timeval(Timestamp);

impl From<SystemTime> for Timeval {
    /// The second that `time` is in; the first or last of the calendar when `time` is outside it.
    fn from(time: SystemTime) -> Self {
        let outside = if time < SystemTime::UNIX_EPOCH { Timestamp::MIN } else { Timestamp::MAX };
        let time = Timestamp::try_from(time).unwrap_or(outside);
        let second = time.as_second() - i64::from(time.subsec_nanosecond() < 0);
        Self(Timestamp::from_second(second.max(FIRST_SECOND)).unwrap_or(Timestamp::MAX))
    }
}

impl From<Timeval> for SystemTime {
    fn from(time: Timeval) -> Self {
        time.0.into()
    }
}

impl FromStr for Timeval {
    type Err = ParameterError;

    /// Reads fourteen digits; a fraction of a second after them is read and dropped.
    fn from_str(text: &str) -> Result<Self, ParameterError> {
        parse(text).ok_or(ParameterError::InvalidTime)
    }
}

impl fmt::Display for Timeval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = TimeZone::UTC.to_datetime(self.0);
        write!(f, "{:04}{:02}{:02}", time.year(), time.month(), time.day())?;
        write!(f, "{:02}{:02}{:02}", time.hour(), time.minute(), time.second())
    }
}

impl fmt::Debug for Timeval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timeval({self})")
    }
}

fn parse(text: &str) -> Option<Timeval> {
    let (digits, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits.len() != 14 || !all_digits(digits) || !all_digits(fraction) {
        return None;
    }
    let year = digits[..4].parse().ok()?;
    let field = |at: usize| digits[at..at + 2].parse::<i8>().ok();
    // RFC 3659 allows second 60 for a leap second, which system time does not count.
    let second = field(12).map(|second| if second == 60 { 59 } else { second })?;
    let time = DateTime::new(year, field(4)?, field(6)?, field(8)?, field(10)?, second, 0).ok()?;
    TimeZone::UTC.to_timestamp(time).ok().map(Timeval)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use std::time::Duration;

    #[test]
    fn the_epoch_is_1970() {
        assert_eq!(Timeval::from(SystemTime::UNIX_EPOCH).to_string(), "19700101000000");
        assert_eq!("19700101000000".parse::<Timeval>().map(SystemTime::from), Ok(SystemTime::UNIX_EPOCH));
    }

    #[test]
    fn a_fraction_belongs_to_the_second_before_it() {
        let just_before = SystemTime::UNIX_EPOCH - Duration::from_millis(1);
        assert_eq!(Timeval::from(just_before).to_string(), "19691231235959");
        assert_eq!("19980615100045.014".parse::<Timeval>().unwrap().to_string(), "19980615100045");
    }

    #[test]
    fn a_leap_second_is_the_second_before_it() {
        assert_eq!("19981231235960".parse::<Timeval>().unwrap().to_string(), "19981231235959");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "1998061510004",
            "199806151000450",
            "19981315100045",
            "19980230100045",
            "19980615240045",
            "19980615100061",
            "19980615100045.",
            "19980615100045.1.2",
            "+1998061510004",
            "1998061510004٣",
        ] {
            assert!(text.parse::<Timeval>().is_err(), "{text:?}");
        }
        assert!("20000229000000".parse::<Timeval>().is_ok());
    }

    #[test]
    fn a_time_outside_the_calendar_is_its_nearest_second() {
        let far = Duration::from_secs(1 << 60);
        for (time, nearest) in [
            (SystemTime::UNIX_EPOCH.checked_sub(far), "00000101000000"),
            (SystemTime::UNIX_EPOCH.checked_add(far), "9999"),
        ] {
            let Some(time) = time else { continue };
            assert!(Timeval::from(time).to_string().starts_with(nearest), "{:?}", Timeval::from(time));
        }
    }

    proptest! {
        #[test]
        fn print_and_parse_are_inverses(seconds in 0u64..253_000_000_000, nanoseconds in any::<u32>()) {
            let time = Timeval::from(SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds % 1_000_000_000));
            prop_assert_eq!(time.to_string().parse(), Ok(time));
            prop_assert_eq!(Timeval::from(SystemTime::from(time)), time);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = text.parse::<Timeval>();
        }

        #[test]
        fn no_fourteen_digits_make_it_panic(text in "[0-9]{14}") {
            if let Ok(time) = text.parse::<Timeval>() {
                prop_assert_eq!(time.to_string().parse(), Ok(time));
            }
        }
    }
}
