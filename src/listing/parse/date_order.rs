//! Dates of three numbers, `07-13-98`, of which one line alone does not say which number is the month.

use jiff::civil::Date;

use super::number::{number, small_number};

/// In which order year, month and day stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateOrder {
    YearMonthDay,
    MonthDayYear,
    DayMonthYear,
}

impl DateOrder {
    /// The first of `orders` in which each of `fields` is a date; the first one where there is none.
    pub(super) fn settle<'a>(orders: &[Self], fields: impl Iterator<Item = &'a [u8]> + Clone) -> Self {
        let fits = |order: &&Self| fields.clone().all(|field| order.date(field).is_some());
        *orders.iter().find(fits).unwrap_or(&orders[0])
    }

    /// The date that `field` is, its numbers divided by `-`, `/` or `.`; a year of four digits in front is one.
    pub(super) fn date(self, field: &[u8]) -> Option<Date> {
        let divider = *field.iter().find(|byte| !byte.is_ascii_digit())?;
        if !matches!(divider, b'-' | b'/' | b'.') {
            return None;
        }
        let mut parts = field.split(|byte| *byte == divider);
        let parts = [parts.next()?, parts.next()?, parts.next().filter(|_| parts.next().is_none())?];
        let order = if parts[0].len() == 4 { Self::YearMonthDay } else { self };
        let [year, month, day] = match order {
            Self::YearMonthDay => parts,
            Self::MonthDayYear => [parts[2], parts[0], parts[1]],
            Self::DayMonthYear => [parts[2], parts[1], parts[0]],
        };
        Date::new(full_year(year)?, small_number(month, 12)?, small_number(day, 31)?).ok()
    }
}

/// The year of two digits (1970 to 2069), three (since 1900, by servers that count so) or four.
fn full_year(field: &[u8]) -> Option<i16> {
    let year = i16::try_from(number(field)?).ok()?;
    match field.len() {
        2 if year < 70 => Some(2000 + year),
        2 | 3 => Some(1900 + year),
        4 => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(order: DateOrder, field: &str) -> Option<String> {
        order.date(field.as_bytes()).map(|date| date.to_string())
    }

    #[test]
    fn years_are_of_two_three_or_four_digits() {
        use DateOrder::MonthDayYear;
        assert_eq!(shown(MonthDayYear, "07-13-98").as_deref(), Some("1998-07-13"));
        assert_eq!(shown(MonthDayYear, "07-13-69").as_deref(), Some("2069-07-13"));
        assert_eq!(shown(MonthDayYear, "04-23-103").as_deref(), Some("2003-04-23"));
        assert_eq!(shown(MonthDayYear, "05/26/1995").as_deref(), Some("1995-05-26"));
        assert_eq!(shown(MonthDayYear, "2013-09-02").as_deref(), Some("2013-09-02"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for field in
            ["", "1", "1-2", "1-2-3-4", "01-02/2000", "13-01-2000", "02-30-2000", "a-b-c", "1:2:2000", "--"]
        {
            assert_eq!(shown(DateOrder::MonthDayYear, field), None, "{field}");
        }
    }

    #[test]
    fn the_order_fits_the_whole_listing() {
        let orders = [DateOrder::MonthDayYear, DateOrder::DayMonthYear];
        let settle =
            |fields: &[&'static str]| DateOrder::settle(&orders, fields.iter().map(|field| field.as_bytes()));
        assert_eq!(settle(&["03-04-20", "12-11-20"]), DateOrder::MonthDayYear);
        assert_eq!(settle(&["03-04-20", "13-11-20"]), DateOrder::DayMonthYear);
        assert_eq!(settle(&["13-13-20"]), DateOrder::MonthDayYear);
    }
}
