//! IBM i, formerly OS/400: `OWNER  SIZE  DATE TIME  *TYPE  NAME`; members of files have neither size nor date.

use super::date::at_clock;
use super::date_order::DateOrder;
use super::entry::ListEntry;
use super::fields::Fields;
use super::list::ListContext;
use super::number::number;
use super::reading::{Line, Reading};
use crate::proto::FileKind;

pub(super) fn read(_: &[u8], lines: &[Line<'_>], _: &ListContext) -> Reading {
    // Which order it is depends on the job that the server runs in.
    let orders = [DateOrder::YearMonthDay, DateOrder::MonthDayYear, DateOrder::DayMonthYear];
    let fields: Vec<_> = lines.iter().map(|line| Fields::of(line.bytes)).filter(has_date).collect();
    let order = DateOrder::settle(&orders, fields.iter().map(|fields| fields.get(2)));
    Reading::of(lines, |line| entry(line, order), |_| false)
}

fn has_date(fields: &Fields<'_>) -> bool {
    is_type(fields.get(4))
}

fn entry(line: &[u8], order: DateOrder) -> Option<ListEntry> {
    let fields = Fields::of(line);
    let type_at = if has_date(&fields) { 4 } else { 1 };
    let file_type = fields.get(type_at);
    let name = fields.trimmed_name_behind(type_at).filter(|_| is_type(file_type))?;
    let name_of_directory = name.strip_suffix(b"/").filter(|name| !name.is_empty());
    let kind = match file_type {
        b"*DIR" | b"*DDIR" | b"*LIB" | b"*FLR" => FileKind::Directory,
        _ if name_of_directory.is_some() => FileKind::Directory,
        b"*FILE" | b"*MEM" | b"*STMF" | b"*DSTMF" => FileKind::File,
        _ => FileKind::Special,
    };
    let mut entry = ListEntry::new(name_of_directory.unwrap_or(name), kind, line);
    if type_at == 4 {
        entry.size = Some(number(fields.get(1))?);
        entry.modified = Some(at_clock(order.date(fields.get(2))?, fields.get(3)));
    }
    entry.owner = fields.text(0..1);
    entry.facts.push(("type".to_owned(), file_type.to_vec()));
    Some(entry)
}

fn is_type(field: &[u8]) -> bool {
    matches!(field, [b'*', letters @ ..] if !letters.is_empty() && letters.iter().all(u8::is_ascii_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<ListEntry> {
        entry(line.as_bytes(), DateOrder::YearMonthDay)
    }

    #[test]
    fn a_member_has_neither_size_nor_date() {
        let member = read("CFT                                     *MEM       A.FILE/B.MBR").unwrap();
        assert_eq!((member.name_text(), member.kind), ("A.FILE/B.MBR".into(), FileKind::File));
        assert_eq!((member.size, member.modified, member.owner.as_deref()), (None, None, Some("CFT")));
        assert_eq!(member.fact("type"), Some(&b"*MEM"[..]));
    }

    #[test]
    fn a_directory_is_known_by_its_type_or_its_slash() {
        for file_type in ["*DIR", "*LIB", "*DDIR", "*FILE"] {
            let directory = read(&format!("PEP 36864 04/03/24 14:06:34 {file_type:<10} dir 1/")).unwrap();
            assert_eq!(
                (directory.name_text(), directory.kind),
                ("dir 1".into(), FileKind::Directory),
                "{file_type}"
            );
        }
        assert_eq!(read("PEP 1 04/03/24 14:06:34 *PGM x").unwrap().kind, FileKind::Special);
    }

    #[test]
    fn the_order_of_dates_fits_the_whole_listing() {
        let listing = b"P 1 04/03/24 14:06:34 *STMF a\nP 1 24/12/99 14:06:34 *STMF b\n";
        let context = ListContext::new(std::time::SystemTime::UNIX_EPOCH);
        let reading = super::read(listing, &super::super::reading::lines(listing), &context);
        let dates: Vec<_> = reading.entries.iter().map(|entry| entry.modified.unwrap().to_string()).collect();
        assert_eq!(dates, ["2024-03-04 14:06:34", "1999-12-24 14:06:34"]);
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "PEP *DIR",
            "PEP x 04/03/24 14:06:34 *DIR d",
            "PEP 1 04/13/24 14:06:34 *DIR d",
            "PEP 1 *dir d",
            "PEP * d",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
