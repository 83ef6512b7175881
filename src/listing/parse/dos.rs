//! Windows: `07-13-98  09:06PM       <DIR>          aix`, with years of two, three or four digits, hours of 12 or 24,
//! and marks between thousands.

use jiff::civil::{Date, Time};

use super::date::clock;
use super::date_order::DateOrder;
use super::entry::ListEntry;
use super::fields::Fields;
use super::list::ListContext;
use super::list_time::{ListTime, TimePrecision};
use super::number::grouped_number;
use super::reading::{Line, Reading};
use crate::proto::FileKind;

/// How wide the column with `<DIR>` is, the blank before the name included.
const TAG_WIDTH: usize = 15;

pub(super) fn read(_: &[u8], lines: &[Line<'_>], _: &ListContext) -> Reading {
    let orders = [DateOrder::MonthDayYear, DateOrder::DayMonthYear];
    let dates = lines
        .iter()
        .map(|line| line.bytes.split(u8::is_ascii_whitespace).next().unwrap_or(b""))
        .filter(|field| field.first().is_some_and(u8::is_ascii_digit));
    let order = DateOrder::settle(&orders, dates);
    Reading::of(lines, |line| entry(line, order), |_| false)
}

fn entry(line: &[u8], order: DateOrder) -> Option<ListEntry> {
    let fields = Fields::of(line);
    let date = order.date(fields.get(0))?;
    let (time, next) = time(&fields, date)?;
    let field = fields.get(next);
    let mut entry = if field.starts_with(b"<") {
        let (kind, is_link) = match field {
            b"<DIR>" => (FileKind::Directory, false),
            b"<JUNCTION>" | b"<SYMLINK>" | b"<SYMLINKD>" => (FileKind::Symlink, true),
            _ => return None,
        };
        let rest = fields.behind(next);
        let padding = TAG_WIDTH - field.len();
        let is_padded = rest.len() > padding && rest[..padding].iter().all(|byte| *byte == b' ');
        let name = if is_padded { &rest[padding..] } else { rest.trim_ascii_start() };
        let (name, target) = if is_link { cut_target(name) } else { (name, None) };
        let mut entry = ListEntry::new(name, kind, line);
        entry.link_target = target.map(<[u8]>::to_vec);
        entry
    } else {
        let size = grouped_number(field)?;
        let mut entry = ListEntry::new(fields.name_behind(next)?, FileKind::File, line);
        entry.size = Some(size);
        entry
    };
    entry.modified = Some(time);
    Some(entry).filter(|entry| !entry.name.is_empty())
}

/// The time behind the date, and the field after it: `09:06PM`, `09:06 PM`, `21:06`.
fn time(fields: &Fields<'_>, date: Date) -> Option<(ListTime, usize)> {
    let field = fields.get(1);
    let half = |field: &[u8]| match field.to_ascii_uppercase().as_slice() {
        b"AM" | b"A" => Some(0),
        b"PM" | b"P" => Some(12),
        _ => None,
    };
    let digits = field.iter().take_while(|byte| !byte.is_ascii_alphabetic()).count();
    let (behind, next) = if digits < field.len() {
        (Some(half(&field[digits..])?), 2)
    } else {
        half(fields.get(2)).map_or((None, 2), |half| (Some(half), 3))
    };
    let (time, precision) = clock(&field[..digits])?;
    let time = match behind {
        Some(noon) if (1..=12).contains(&time.hour()) => {
            Time::new(time.hour() % 12 + noon, time.minute(), time.second(), 0).ok()?
        }
        // Some servers write `13:30PM`, and `00:30AM`.
        _ => time,
    };
    Some((ListTime::wall(date.to_datetime(time), precision.max(TimePrecision::Minute)), next))
}

/// The name and target of `name [target]`.
fn cut_target(name: &[u8]) -> (&[u8], Option<&[u8]>) {
    let cut = name.strip_suffix(b"]").and_then(|inner| {
        let at = inner.windows(2).rposition(|pair| pair == b" [")?;
        Some((&name[..at], Some(&inner[at + 2..])))
    });
    cut.unwrap_or((name, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> ListEntry {
        entry(line.as_bytes(), DateOrder::MonthDayYear).expect("an entry")
    }

    #[test]
    fn noon_and_midnight_are_twelve() {
        for (written, hour) in [
            ("12:30AM", "00:30"),
            ("12:30PM", "12:30"),
            ("01:30 PM", "13:30"),
            ("1:30p", "13:30"),
            ("13:30PM", "13:30"),
            ("00:30AM", "00:30"),
            ("21:06", "21:06"),
        ] {
            let modified = read(&format!("07-13-98  {written}  5 a")).modified.unwrap();
            assert_eq!(modified.to_string(), format!("1998-07-13 {hour}"), "{written}");
        }
    }

    #[test]
    fn a_name_keeps_its_leading_blanks() {
        assert_eq!(read("07-13-98  09:06PM       <DIR>            aix").name, b"  aix");
        assert_eq!(read("07-13-98  09:06PM       <DIR> System Volume").name, b"System Volume");
        assert_eq!(read("07-13-98  09:06PM               143712  a").name, b" a");
    }

    #[test]
    fn a_link_says_its_target_in_brackets() {
        let link = read("07-13-98  09:06PM       <SYMLINKD>     data [old] [D:\\data]");
        assert_eq!((link.kind, &link.name[..]), (FileKind::Symlink, &b"data [old]"[..]));
        assert_eq!(link.link_target.as_deref(), Some(&b"D:\\data"[..]));
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "07-13-98",
            "07-13-98  09:06XM  5 a",
            "07-13-98  09:06PM  <FOO> a",
            "07-13-98  09:06PM  5",
            "07-13-98  09:06PM  <DIR>",
            "07-13-98  09:06PM  5x a",
        ] {
            assert_eq!(entry(line.as_bytes(), DateOrder::MonthDayYear), None, "{line}");
        }
    }
}
