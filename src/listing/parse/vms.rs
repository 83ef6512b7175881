//! OpenVMS: `NAME.TYPE;VERSION  9/9  2-JUN-1998 07:32:04  [GROUP,OWNER]  (RWED,RWED,RE,)`, on two lines or more where
//! the name is long.

use super::date::{at_clock, dashed_date};
use super::entry::ListEntry;
use super::fields::Fields;
use super::list::ListContext;
use super::number::number;
use super::reading::{Line, Reading};
use crate::proto::FileKind;

/// Sizes are counted in blocks of so many bytes.
const BLOCK: u64 = 512;

pub(super) fn read(listing: &[u8], lines: &[Line<'_>], _: &ListContext) -> Reading {
    Reading::of(&records(listing, lines), entry, is_remark)
}

/// The lines of each entry taken together: a line that starts with a blank belongs to the name before it.
fn records<'a>(listing: &'a [u8], lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut records: Vec<Line<'a>> = Vec::with_capacity(lines.len());
    let mut has_name = false;
    for line in lines {
        let is_indented = line.bytes.starts_with(b" ") || line.bytes.starts_with(b"\t");
        match records.last_mut().filter(|_| has_name && is_indented) {
            Some(last) => last.bytes = &listing[last.start..line.end()],
            None => {
                has_name = name_and_version(first_field(line.bytes)).is_some();
                records.push(*line);
            }
        }
    }
    records
}

fn entry(record: &[u8]) -> Option<ListEntry> {
    let (name, version) = name_and_version(first_field(record))?;
    let (name, kind) = match name.len().checked_sub(4).map(|at| name.split_at(at)) {
        Some((stem, end)) if end.eq_ignore_ascii_case(b".DIR") && !stem.is_empty() => {
            (stem, FileKind::Directory)
        }
        _ => (name, FileKind::File),
    };
    let fields = Fields::of(record);
    let mut entry = ListEntry::new(name, kind, record);
    entry.facts.push(("version".to_owned(), version.to_vec()));
    // What the user may not see has a message of the system in the place of all else.
    if fields.get(1).starts_with(b"%") {
        return Some(entry);
    }
    let (date_at, date) = (1..fields.len().min(4)).find_map(|at| Some((at, dashed_date(fields.get(at))?)))?;
    if date_at > 1 {
        let used = fields.get(1).split(|byte| *byte == b'/').next()?;
        entry.size = Some(number(used)?.checked_mul(BLOCK)?);
    }
    entry.modified = Some(at_clock(date, fields.get(date_at + 1)));
    let rest = fields.behind(date_at);
    let (group, owner) =
        between(rest, b'[', b']').map_or((None, None), |owner| match owner.split_once(',') {
            Some((group, owner)) => (Some(group.to_owned()), Some(owner.to_owned())),
            None => (None, Some(owner)),
        });
    (entry.group, entry.owner) = (group, owner);
    entry.permissions = between(rest, b'(', b')');
    Some(entry)
}

fn first_field(line: &[u8]) -> &[u8] {
    line.split(u8::is_ascii_whitespace).next().unwrap_or(b"")
}

fn name_and_version(field: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = field.iter().rposition(|byte| *byte == b';')?;
    let (name, version) = (&field[..at], &field[at + 1..]);
    (!name.is_empty() && number(version).is_some()).then_some((name, version))
}

fn between(bytes: &[u8], open: u8, close: u8) -> Option<String> {
    let start = bytes.iter().position(|byte| *byte == open)? + 1;
    let length = bytes[start..].iter().position(|byte| *byte == close)?;
    Some(String::from_utf8_lossy(&bytes[start..start + length]).into_owned())
}

/// `Directory DISK:[USER]`, `Total of 14 files`, and messages of the system.
fn is_remark(line: &[u8]) -> bool {
    let fields = Fields::of(line);
    let word = fields.get(0);
    let is_total = || fields.text(0..fields.len()).is_some_and(|text| text.contains(" file"));
    line.starts_with(b"%")
        || (word.eq_ignore_ascii_case(b"Directory") && fields.len() == 2)
        || (["Total", "Grand"].iter().any(|total| word.eq_ignore_ascii_case(total.as_bytes())) && is_total())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_no_part_of_the_name() {
        let file =
            entry(b"A;B.TXT;12 118/126 14-APR-1997 12:45:27.30 [GROUP,OWNER] (RWED,,RWED,RE)").unwrap();
        assert_eq!((file.name_text(), file.fact("version")), ("A;B.TXT".into(), Some(&b"12"[..])));
        assert_eq!(
            (file.size, file.modified.unwrap().to_string()),
            (Some(118 * 512), "1997-04-14 12:45:27".to_owned())
        );
        assert_eq!((file.group.as_deref(), file.owner.as_deref()), (Some("GROUP"), Some("OWNER")));
        assert_eq!(file.permissions.as_deref(), Some("RWED,,RWED,RE"));
    }

    #[test]
    fn a_directory_is_known_by_its_type() {
        let directory = entry(b"CORE.DIR;1 1 8-SEP-1996 16:09 [SYSTEM] (RWE,RWE,RE,RE)").unwrap();
        assert_eq!((directory.name_text(), directory.kind), ("CORE".into(), FileKind::Directory));
        assert_eq!((directory.owner.as_deref(), directory.group), (Some("SYSTEM"), None));
    }

    #[test]
    fn an_entry_on_two_lines_keeps_both() {
        let listing = b"A_LONG_NAME.TXT;1\r\n   9/9  2-JUN-1998 07:32 [A,B]\r\n  (RWED,RWED,RE,)\r\nB.;2 1 2-JUN-1998\r\n";
        let context = ListContext::new(std::time::SystemTime::UNIX_EPOCH);
        let reading = read(listing, &super::super::reading::lines(listing), &context);
        assert!(reading.unknown.is_none());
        let [long, short] = &reading.entries[..] else { panic!("two entries: {:?}", reading.entries) };
        assert_eq!(long.raw, &listing[..70][..long.raw.len()]);
        assert_eq!(long.permissions.as_deref(), Some("RWED,RWED,RE,"));
        assert_eq!(
            (short.name_text(), short.size, short.modified.unwrap().to_string()),
            ("B.".into(), Some(512), "1998-06-02".to_owned())
        );
    }

    #[test]
    fn what_may_not_be_seen_has_a_name_only() {
        let hidden =
            entry(b"X.TXT;1 %RMS-E-PRV, insufficient privilege or file protection violation").unwrap();
        assert_eq!((hidden.name_text(), hidden.size, hidden.modified), ("X.TXT".into(), None, None));
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "A.TXT",
            "A.TXT;",
            ";1 9/9 2-JUN-1998",
            "A;1",
            "A;1 x 2-JUN-1998",
            "A;1 9/9 31-JUN-1998",
            "A;1 99999999999999999 2-JUN-1998",
        ] {
            assert_eq!(entry(line.as_bytes()), None, "{line}");
        }
    }
}
