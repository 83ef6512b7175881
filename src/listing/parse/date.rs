//! The dates of `ls -l` and of those who write like it, with or without a year.

use jiff::civil::{Date, DateTime, Time};

use super::fields::Fields;
use super::list::ListContext;
use super::list_time::{ListTime, TimePrecision};
use super::months::{day, month};
use super::number::{number, small_number};

/// A date, and how many fields it took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dated {
    pub(super) time: ListTime,
    pub(super) fields: usize,
    /// Whether one more blank may follow it: `ls` makes a day alone as wide as it makes a day and a time.
    pub(super) is_padded: bool,
}

/// A date whose month is a name or which is written as in ISO 8601: `Mar  2 15:13`, `26. Juli, 20:10`,
/// `Apr 27 12:13:14 2001`, `2005-06-07 21:22`, `09-26 2000`.
pub(super) fn plain_date(fields: &Fields<'_>, at: usize, context: &ListContext) -> Option<Dated> {
    if let Some(dated) = iso_date(fields, at, context) {
        return Some(dated);
    }
    let (first, second) = (fields.get(at), fields.get(at + 1));
    let (month, day) = match month(first) {
        Some(month) => (month, day(second)?),
        None => (month(second)?, day(first)?),
    };
    month_and_day(fields, at, 2, (month, day), context)
}

/// A date whose month is a number: `3 29 03:26`. To be tried where there is no other, for a link count, an owner's
/// number and a size look like it.
pub(super) fn numeric_date(fields: &Fields<'_>, at: usize, context: &ListContext) -> Option<Dated> {
    let month = small_number(fields.get(at), 12)?;
    let day = small_number(fields.get(at + 1), 31)?;
    month_and_day(fields, at, 2, (month, day), context)
}

fn iso_date(fields: &Fields<'_>, at: usize, context: &ListContext) -> Option<Dated> {
    let field = fields.get(at);
    match *field {
        [_, _, _, _, b'-', _, _, b'-', _, _] => {
            let month = small_number(&field[5..7], 12)?;
            let date = Date::new(year(&field[..4])?, month, small_number(&field[8..], 31)?).ok()?;
            let Some((time, precision)) = clock(fields.get(at + 1)) else {
                return Some(Dated { time: ListTime::day(date), fields: 1, is_padded: true });
            };
            let has_zone = precision == TimePrecision::Second && is_zone(fields.get(at + 2));
            let time = ListTime::wall(date.to_datetime(time), precision);
            Some(Dated { time, fields: 2 + usize::from(has_zone), is_padded: false })
        }
        [_, _, b'-', _, _] => {
            let month_day = (small_number(&field[..2], 12)?, small_number(&field[3..], 31)?);
            month_and_day(fields, at, 1, month_day, context)
        }
        _ => None,
    }
}

/// Reads on behind month and day, which took `taken` fields: a year, a time, or a time with seconds and a year.
fn month_and_day(
    fields: &Fields<'_>,
    at: usize,
    taken: usize,
    (month, day): (i8, i8),
    context: &ListContext,
) -> Option<Dated> {
    let next = fields.get(at + taken);
    if let Some(year) = year(next) {
        let time = ListTime::day(Date::new(year, month, day).ok()?);
        return Some(Dated { time, fields: taken + 1, is_padded: false });
    }
    let (time, precision) = clock(next)?;
    let year_behind =
        Some(fields.get(at + taken + 1)).filter(|_| precision == TimePrecision::Second).and_then(year);
    let (at, behind) = match year_behind {
        Some(year) => (Date::new(year, month, day).ok()?.to_datetime(time), 2),
        None => (context.with_year(month, day, time)?, 1),
    };
    Some(Dated { time: ListTime::wall(at, precision), fields: taken + behind, is_padded: false })
}

/// A year of four digits, whatever marks of no ASCII stand behind them.
fn year(field: &[u8]) -> Option<i16> {
    let (digits, mark) = field.split_at_checked(4)?;
    let is_year = mark.len() <= 4 && !mark.is_ascii() || mark.is_empty();
    is_year.then(|| number(digits)).flatten().and_then(|year| i16::try_from(year).ok())
}

/// `15:13`, `5:13`, `15:13:07` or that with a fraction, which is dropped.
pub(super) fn clock(field: &[u8]) -> Option<(Time, TimePrecision)> {
    let whole = field.split(|byte| *byte == b'.').next()?;
    let mut parts = whole.split(|byte| *byte == b':');
    let hour = small_number(parts.next()?, 23)?;
    let minute = small_number(parts.next().filter(|minute| minute.len() == 2)?, 59)?;
    let second = match parts.next() {
        // A leap second is the second before it, as in the fact `modify`.
        Some(second) => Some(small_number(second, 60)?.min(59)),
        None => None,
    };
    if parts.next().is_some() || (second.is_none() && whole.len() < field.len()) {
        return None;
    }
    let precision = if second.is_some() { TimePrecision::Second } else { TimePrecision::Minute };
    Some((Time::new(hour, minute, second.unwrap_or(0), 0).ok()?, precision))
}

/// `+0200`.
fn is_zone(field: &[u8]) -> bool {
    matches!(field, [b'+' | b'-', digits @ ..] if digits.len() == 4 && number(digits).is_some())
}

/// The day, month by name and year of VMS: `14-APR-1997`.
pub(super) fn dashed_date(field: &[u8]) -> Option<Date> {
    let mut parts = field.split(|byte| *byte == b'-');
    let (day, month) = (day(parts.next()?)?, month(parts.next()?)?);
    let year = year(parts.next()?)?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// `date` with the time in `field`; the day alone where that is none.
pub(super) fn at_clock(date: Date, field: &[u8]) -> ListTime {
    clock(field).map_or_else(
        || ListTime::day(date),
        |(time, precision)| ListTime::wall(DateTime::from_parts(date, time), precision),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn read(
        now: &str,
        line: &str,
        date: fn(&Fields<'_>, usize, &ListContext) -> Option<Dated>,
    ) -> Option<(String, usize)> {
        let context = ListContext::new(now.parse::<Clock>().unwrap().now());
        let dated = date(&Fields::of(line.as_bytes()), 0, &context)?;
        Some((dated.time.to_string(), dated.fields))
    }

    fn plain(line: &str) -> Option<(String, usize)> {
        read("2006-01-01T00:00:00Z", line, plain_date)
    }

    #[test]
    fn a_month_by_name_stands_before_or_behind_the_day() {
        assert_eq!(plain("Apr 27  2001 x"), Some(("2001-04-27".to_owned(), 3)));
        assert_eq!(plain("Mar  2 15:13 x"), Some(("2005-03-02 15:13".to_owned(), 3)));
        assert_eq!(plain("26. Juli, 20:10 x"), Some(("2005-07-26 20:10".to_owned(), 3)));
        assert_eq!(plain("8月 20日 2003年 x"), Some(("2003-08-20".to_owned(), 3)));
        assert_eq!(plain("Apr 27 12:13:14 2001 x"), Some(("2001-04-27 12:13:14".to_owned(), 4)));
        assert_eq!(plain("Apr 27 12:13 2001 x"), Some(("2005-04-27 12:13".to_owned(), 3)));
    }

    #[test]
    fn dates_as_in_iso_8601_are_one_field() {
        assert_eq!(plain("2005-06-07 21:22 x"), Some(("2005-06-07 21:22".to_owned(), 2)));
        assert_eq!(
            plain("2005-06-07 21:22:33.000000000 +0200 x"),
            Some(("2005-06-07 21:22:33".to_owned(), 3))
        );
        assert_eq!(plain("2005-06-07 x"), Some(("2005-06-07".to_owned(), 1)));
        assert_eq!(plain("09-26 2000 x"), Some(("2000-09-26".to_owned(), 2)));
        assert_eq!(plain("09-26 21:22 x"), Some(("2005-09-26 21:22".to_owned(), 2)));
    }

    #[test]
    fn a_month_by_number_is_read_only_where_asked() {
        assert_eq!(plain("3 29 03:26 x"), None);
        let numeric = |line| read("2006-01-01T00:00:00Z", line, numeric_date);
        assert_eq!(numeric("3 29 03:26 x"), Some(("2005-03-29 03:26".to_owned(), 3)));
        assert_eq!(numeric("13 29 03:26 x"), None);
    }

    #[test]
    fn without_a_year_it_is_the_last_such_day() {
        let guess = |now, line| read(now, line, plain_date).map(|(text, _)| text);
        assert_eq!(guess("2006-06-15T12:00:00Z", "Jun 15 13:00").as_deref(), Some("2006-06-15 13:00"));
        assert_eq!(guess("2006-06-15T12:00:00Z", "Jun 17 13:00").as_deref(), Some("2005-06-17 13:00"));
        // Where the server is, it is a day later already, or not yet.
        assert_eq!(guess("2005-12-31T23:00:00Z", "Jan  1 09:00").as_deref(), Some("2006-01-01 09:00"));
        assert_eq!(guess("2006-01-01T01:00:00Z", "Dec 31 20:00").as_deref(), Some("2005-12-31 20:00"));
        assert_eq!(guess("2006-01-01T00:00:00Z", "Feb 29 20:00").as_deref(), Some("2004-02-29 20:00"));
        assert_eq!(guess("1903-01-01T00:00:00Z", "Feb 29 20:00").as_deref(), Some("1896-02-29 20:00"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for line in [
            "",
            "Apr",
            "Apr 27",
            "Apr 31  2001",
            "Apr 27 25:00",
            "2005-13-01 10:00",
            "99-99 10:00",
            "Apr 27 1:2",
        ] {
            assert_eq!(plain(line), None, "{line}");
        }
        assert_eq!(dashed_date(b"31-FEB-1998"), None);
        assert_eq!(dashed_date(b"2-JUN-1998-"), None);
        assert_eq!(dashed_date(b"2-JUN-1998"), Some(Date::constant(1998, 6, 2)));
    }
}
