//! Easily Parsed LIST Format: `+i8388621.48594,m825718503,r,s280,<TAB>name` (Bernstein, 1996).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::entry::ListEntry;
use super::list::ListContext;
use super::list_time::ListTime;
use super::number::number;
use super::reading::{Line, Reading};
use crate::proto::{FileKind, FileMode};

pub(super) fn read(_: &[u8], lines: &[Line<'_>], _: &ListContext) -> Reading {
    Reading::of(lines, entry, |_| false)
}

fn entry(line: &[u8]) -> Option<ListEntry> {
    let facts_and_name = line.strip_prefix(b"+")?;
    let tab = facts_and_name.iter().position(|byte| *byte == b'\t')?;
    let (facts, name) = (&facts_and_name[..tab], &facts_and_name[tab + 1..]);
    if name.is_empty() {
        return None;
    }
    let mut entry = ListEntry::new(name, FileKind::Special, line);
    for fact in facts.split(|byte| *byte == b',') {
        match fact {
            [] => continue,
            b"/" => entry.kind = FileKind::Directory,
            b"r" if entry.kind != FileKind::Directory => entry.kind = FileKind::File,
            [b's', size @ ..] => entry.size = Some(number(size)?),
            [b'm', seconds @ ..] => entry.modified = Some(time(seconds)?),
            [b'u', b'p', mode @ ..] => {
                entry.mode = str::from_utf8(mode).ok().and_then(|mode| mode.parse::<FileMode>().ok())
            }
            _ => {}
        }
        let (key, value) = fact.split_at(if fact.starts_with(b"up") { 2 } else { 1 });
        entry.facts.push((String::from_utf8_lossy(key).into_owned(), value.to_vec()));
    }
    Some(entry)
}

/// The time of seconds since the Unix epoch.
fn time(seconds: &[u8]) -> Option<ListTime> {
    let seconds = i64::try_from(number(seconds)?).ok()?;
    let at = Timestamp::from_second(seconds).ok()?;
    Some(ListTime::utc_second(TimeZone::UTC.to_datetime(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_stand_before_the_tab_and_the_name_behind_it() {
        let file = entry(b"+i774.49602,m917883130,r,s79126,up644,\t a,b\tc").unwrap();
        assert_eq!((&file.name[..], file.kind, file.size), (&b" a,b\tc"[..], FileKind::File, Some(79_126)));
        assert_eq!(file.modified.unwrap().to_string(), "1999-02-01 15:32:10Z");
        assert_eq!(file.mode.map(FileMode::bits), Some(0o644));
        assert_eq!(file.fact("i"), Some(&b"774.49602"[..]));
        assert_eq!(entry(b"+/,r,\td").map(|entry| entry.kind), Some(FileKind::Directory));
        assert_eq!(entry(b"+\tx").map(|entry| entry.kind), Some(FileKind::Special));
    }

    #[test]
    fn other_lines_are_none() {
        for line in [&b""[..], b"+", b"+r,", b"+r,\t", b"+sx,\ta", b"+m99999999999999,\ta", b"i7,\ta"] {
            assert_eq!(entry(line), None, "{line:?}");
        }
    }
}
