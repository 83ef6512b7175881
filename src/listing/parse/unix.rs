//! `ls -l` and its variants: no link count, owner or group, blanks in them, dates of many kinds, the `folder` of
//! NetPresenz, the `----------` of Microsoft.

use super::date::{Dated, numeric_date, plain_date};
use super::entry::ListEntry;
use super::fields::Fields;
use super::list::ListContext;
use super::number::{number, size};
use super::reading::{Line, Reading};
use super::unix_permissions::UnixPermissions;
use crate::proto::FileKind;

/// The first word of the line that counts blocks, in the languages that servers are set to.
const TOTALS: [&str; 14] = [
    "total",
    "totale",
    "totalt",
    "totaal",
    "insgesamt",
    "gesamt",
    "razem",
    "celkem",
    "yhteensä",
    "összesen",
    "toplam",
    "итого",
    "合計",
    "总用量",
];

type ReadDate = fn(&Fields<'_>, usize, &ListContext) -> Option<Dated>;

pub(super) fn read(_: &[u8], lines: &[Line<'_>], context: &ListContext) -> Reading {
    Reading::of(lines, |line| entry(line, context), is_remark)
}

fn entry(line: &[u8], context: &ListContext) -> Option<ListEntry> {
    let fields = Fields::of(line);
    let permissions = UnixPermissions::read(fields.get(0))?;
    let (date_at, dated) = find_date(&fields, context)?;
    let size_at = date_at - 1;
    let name = fields.name_behind(date_at + dated.fields - 1)?;
    let name = name.strip_prefix(b" ").filter(|name| dated.is_padded && !name.is_empty()).unwrap_or(name);

    let mut entry = ListEntry::new(name, permissions.kind, line);
    entry.modified = Some(dated.time);
    let numbers_at = if permissions.is_device { device_at(&fields, size_at) } else { None };
    if numbers_at.is_none() {
        entry.size = size(fields.get(size_at));
    }
    entry.links = permissions.links;
    set_owners(&mut entry, &fields, numbers_at.unwrap_or(size_at));
    entry.permissions = Some(permissions.text);
    entry.mode = Some(permissions.mode);
    match entry.kind {
        FileKind::Symlink => set_target(&mut entry),
        // `ls -F` marks directories so.
        FileKind::Directory if entry.name.len() > 1 && entry.name.ends_with(b"/") => {
            entry.name.pop();
        }
        _ => {}
    }
    Some(entry)
}

/// Where the date starts, which is the first one with a size before it; or with a size that leaves no blank behind
/// the group.
fn find_date(fields: &Fields<'_>, context: &ListContext) -> Option<(usize, Dated)> {
    let first = |date: ReadDate, is_before: fn(&[u8]) -> bool| {
        (2..fields.len())
            .filter(|at| is_before(fields.get(at - 1)))
            .find_map(|at| Some((at, date(fields, at, context)?)))
    };
    first(plain_date, is_size)
        .or_else(|| first(numeric_date, is_size))
        .or_else(|| first(plain_date, |field| field.last().is_some_and(u8::is_ascii_digit)))
}

/// A size, or what stands in the place of one: `10,64` of a device.
fn is_size(field: &[u8]) -> bool {
    size(field).is_some() || device_numbers(field).is_some()
}

fn device_numbers(field: &[u8]) -> Option<(u64, u64)> {
    let comma = field.iter().position(|byte| *byte == b',')?;
    Some((number(&field[..comma])?, number(&field[comma + 1..])?))
}

/// Where the numbers of a device start, the last of which is at `last`: `10, 64` are two fields.
fn device_at(fields: &Fields<'_>, last: usize) -> Option<usize> {
    if device_numbers(fields.get(last)).is_some() {
        return Some(last);
    }
    let major = fields.get(last - 1).strip_suffix(b",")?;
    number(major).map(|_| last - 1)
}

/// What stands between the permissions and the size at `size_at`: links, owner and group, as many as there are.
fn set_owners(entry: &mut ListEntry, fields: &Fields<'_>, size_at: usize) {
    // NetPresenz: `folder`, or the lengths of the two forks of a file, of which the size is the sum.
    let forks = (number(fields.get(1)), number(fields.get(2)));
    if let (3, (Some(data), Some(resource)), Some(size)) = (size_at, forks, entry.size)
        && data.checked_add(resource) == Some(size)
    {
        return;
    }
    if size_at == 2 && fields.get(1) == b"folder" {
        return;
    }
    let mut at = 1;
    if entry.links.is_none()
        && at < size_at
        && let Some(links) = number(fields.get(1))
    {
        entry.links = Some(links);
        at = 2;
    }
    // Columns are apart by more than one blank where there is room; else the owner is one word.
    let group_at = (at + 1..size_at).find(|next| fields.gap_before(*next) > 1).unwrap_or(at + 1);
    entry.owner = fields.text(at..size_at.min(group_at));
    entry.group = fields.text(group_at..size_at);
}

/// Cuts the name of a link in two. Where ` -> ` is there more than once, the size tells, for it is the target's length.
fn set_target(entry: &mut ListEntry) {
    const ARROW: &[u8] = b" -> ";
    let at_arrow = |at: &usize| entry.name[*at..].starts_with(ARROW);
    let target_len = |at: &usize| u64::try_from(entry.name.len() - at - ARROW.len()).ok();
    let arrows = || (0..entry.name.len()).filter(at_arrow);
    let cut = arrows().find(|at| target_len(at) == entry.size).or_else(|| arrows().next());
    if let Some(at) = cut.filter(|at| *at > 0) {
        entry.link_target = Some(entry.name.split_off(at + ARROW.len()));
        entry.name.truncate(at);
    }
}

/// `total 12`, and what `ls` says of what it could not list.
fn is_remark(line: &[u8]) -> bool {
    let fields = Fields::of(line);
    let is_total = TOTALS.iter().any(|word| fields.get(0).eq_ignore_ascii_case(word.as_bytes()))
        && fields.get(1).first().is_some_and(u8::is_ascii_digit);
    let line = line.trim_ascii();
    is_total
        || fields.get(0) == b"ls:"
        || fields.get(0).ends_with(b"/ls:")
        || [&b": No such file or directory"[..], b": Permission denied"].iter().any(|end| line.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::listing::UnixLines;
    use crate::proto::FileInfo;
    use proptest::prelude::{prop_assert_eq, prop_oneof, proptest};
    use proptest::strategy::{Just, Strategy};
    use std::time::Duration;

    fn read(line: &[u8]) -> ListEntry {
        entry(line, &ListContext::new(Clock::default().now())).expect("an entry")
    }

    #[test]
    fn a_name_is_taken_as_it_is() {
        assert_eq!(read(b"-rw-r--r-- 1 u g 5 Apr 27  1999   two  blanks ").name, b"  two  blanks ");
        assert_eq!(read(b"-rw-r--r-- 1 u g 5 Apr 27  1999 a -> b").name, b"a -> b");
        assert_eq!(read(b"-rw-r--r-- 1 u g 5 Apr 27  1999 na\xefve").name, b"na\xefve");
        assert_eq!(read(b"-rw-r--r-- 1 u g 5 Apr 27  1999 5 May 1 1998 x").name, b"5 May 1 1998 x");
        assert_eq!(read(b"drwxr-xr-x 1 u g 5 Apr 27  1999 d/").name, b"d");
    }

    #[test]
    fn the_size_of_a_link_tells_which_arrow_is_the_one() {
        let link = read(b"lrwxrwxrwx 1 u g 6 Apr 27  1999 a -> b -> c");
        assert_eq!((&link.name[..], link.link_target.as_deref()), (&b"a"[..], Some(&b"b -> c"[..])));
        let link = read(b"lrwxrwxrwx 1 u g 1 Apr 27  1999 a -> b -> c");
        assert_eq!((&link.name[..], link.link_target.as_deref()), (&b"a -> b"[..], Some(&b"c"[..])));
        let link = read(b"lrwxrwxrwx 1 u g 99 Apr 27  1999 a -> b -> c");
        assert_eq!((&link.name[..], link.link_target.as_deref()), (&b"a"[..], Some(&b"b -> c"[..])));
        assert_eq!(read(b"lrwxrwxrwx 1 u g 1 Apr 27  1999 a").link_target, None);
    }

    #[test]
    fn a_device_has_no_size() {
        for line in [
            &b"brw-rw---- 1 root disk 8, 1 Apr 27  1999 sda1"[..],
            b"crw-rw---- 1 root disk 8,1 Apr 27  1999 sda1",
        ] {
            let device = read(line);
            assert_eq!(
                (device.kind, device.size, device.name_text()),
                (FileKind::Special, None, "sda1".into())
            );
            assert_eq!((device.owner.as_deref(), device.group.as_deref()), (Some("root"), Some("disk")));
        }
    }

    #[test]
    fn owner_and_group_may_have_blanks() {
        for (line, owner, group) in [
            (
                "drwxr-xr-x   2 john smith     test group         4096 Apr 27  1999 a",
                "john smith",
                Some("test group"),
            ),
            ("drwxr-xr-x   2 john smith                        4096 Apr 27  1999 a", "john", Some("smith")),
            ("drwx------ 4 maxm Domain Users 512 Apr 27  1999 a", "maxm", Some("Domain Users")),
            ("-rw-r--r--   1 user     my group 500        5000 Apr 27  1999 a", "user", Some("my group 500")),
            ("-rw-r--r-- 1 1 3518644 Apr 27  1999 a", "1", None),
        ] {
            let read = read(line.as_bytes());
            assert_eq!((read.owner.as_deref(), read.group.as_deref()), (Some(owner), group), "{line}");
        }
    }

    #[test]
    fn what_is_too_wide_for_its_column_touches_the_next() {
        let read = read(b"-rw-r--r--1732 ftpadmin ftpadmin125435904 Apr  9  1998 a");
        assert_eq!((read.links, read.size, read.name_text()), (Some(1732), None, "a".into()));
        assert_eq!(read.owner.as_deref(), Some("ftpadmin"));
    }

    #[test]
    fn a_line_without_size_date_or_name_is_no_entry() {
        let context = ListContext::new(Clock::default().now());
        for line in [
            &b"-rw-r--r--"[..],
            b"-rw-r--r-- 1 u g Apr 27  1999 a",
            b"-rw-r--r-- 1 u g 5 a",
            b"-rw-r--r-- 1 u g 5 Apr 27  1999",
            b"-rw-r--r-- 1 u g 5 Apr 27  1999 ",
        ] {
            assert_eq!(entry(line, &context), None, "{:?}", String::from_utf8_lossy(line));
        }
    }

    fn kind() -> impl Strategy<Value = FileKind> {
        prop_oneof![
            Just(FileKind::File),
            Just(FileKind::Directory),
            Just(FileKind::Symlink),
            Just(FileKind::Special)
        ]
    }

    proptest! {
        #[test]
        fn our_own_lines_are_read_as_they_were_written(
            (kind, size, mode, links) in (kind(), proptest::num::u64::ANY, 0u32..=0o7777, 1u64..2000),
            (owner, group) in ("[0-9]{1,5}|[a-zA-Z][a-zA-Z0-9-]{0,11}", "[0-9]{1,5}|[a-zA-Z][a-zA-Z0-9-]{0,11}"),
            (name, target) in ("[^/\\p{Cc}]{1,20}", "[^\\p{Cc}]{1,20}"),
            seconds_ago in 0u64..3_000_000_000,
        ) {
            let now = Clock::default().now();
            let mut info = FileInfo::new(kind, size);
            if kind == FileKind::Symlink {
                info.size = target.len() as u64;
                info.link_target = Some(target);
            }
            info.modified = Some(now - Duration::from_secs(seconds_ago));
            (info.mode, info.links, info.owner, info.group) = (Some(mode), Some(links), Some(owner), Some(group));
            let mut line = Vec::new();
            let mut lines = UnixLines::new(now);
            lines.write_line(&mut line, &name, &info);
            let read = read(&line[..line.len() - 2]);
            prop_assert_eq!(read.name_text(), name.as_str());
            prop_assert_eq!((read.kind, read.size, read.links), (info.kind, Some(info.size), info.links));
            prop_assert_eq!(read.mode.map(|mode| mode.bits()), info.mode);
            prop_assert_eq!((&read.owner, &read.group), (&info.owner, &info.group));
            prop_assert_eq!(read.link_target.as_deref(), info.link_target.as_deref().map(str::as_bytes));
            // Written again with the time that was read, it is the same line.
            info.modified = read.modified.map(|time| time.read_as_utc());
            let mut again = Vec::new();
            lines.write_line(&mut again, &name, &info);
            prop_assert_eq!(again, line);
        }
    }
}
