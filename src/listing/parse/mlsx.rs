//! `MLSD` and `MLST` read back: RFC 3659 section 7.2, and what servers make of it.

use jiff::civil::DateTime;

use super::entry::ListEntry;
use super::error::ListError;
use super::list::{ListForm, Listing};
use super::list_time::ListTime;
use super::number::number;
use super::reading::{Reading, lines};
use crate::proto::FileKind;

/// Reads what a server sent for `MLSD`.
///
/// The directory itself and its parent are entries where the server lists them; see
/// [`ListEntry::is_current_or_parent`].
///
/// # Errors
///
/// The first line without facts and a name.
pub fn parse_mlsd(listing: &[u8]) -> Result<Listing, ListError> {
    let reading = Reading::of(&lines(listing), entry, |_| false);
    match reading.unknown {
        Some((number, line)) => Err(ListError::UnknownLine { number, line, form: Some(ListForm::Facts) }),
        None => {
            let form = (!reading.entries.is_empty()).then_some(ListForm::Facts);
            Ok(Listing { form, entries: reading.entries, remarks: reading.remarks })
        }
    }
}

/// Reads one line of `MLSD`, or what `MLST` says behind the blank that its reply's line starts with.
///
/// ```
/// use ftp_fixture::listing::parse_mlsx_line;
///
/// let entry = parse_mlsx_line(b"Type=file;Size=6;Modify=20010203040506.789; hello.txt\r\n")?;
/// assert_eq!((entry.name_text(), entry.size), ("hello.txt".into(), Some(6)));
/// assert_eq!(entry.modified.unwrap().to_string(), "2001-02-03 04:05:06Z");
/// # Ok::<(), ftp_fixture::listing::ListError>(())
/// ```
///
/// # Errors
///
/// When it has no name behind its facts, or something else than facts before it.
pub fn parse_mlsx_line(line: &[u8]) -> Result<ListEntry, ListError> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    entry(line).ok_or_else(|| ListError::UnknownLine {
        number: 1,
        line: line.to_vec(),
        form: Some(ListForm::Facts),
    })
}

fn entry(line: &[u8]) -> Option<ListEntry> {
    let blank = line.iter().position(|byte| *byte == b' ')?;
    let (facts, name) = (&line[..blank], &line[blank + 1..]);
    let mut entry = ListEntry::new(name, FileKind::Special, line);
    // The last fact ought to have a semicolon behind it, too; not all servers write it.
    for fact in facts.strip_suffix(b";").unwrap_or(facts).split(|byte| *byte == b';') {
        let Some(equals) = fact.iter().position(|byte| *byte == b'=') else {
            if facts.is_empty() { break } else { return None }
        };
        let key = String::from_utf8_lossy(&fact[..equals]).to_ascii_lowercase();
        entry.facts.push((key, fact[equals + 1..].to_vec()));
    }
    entry.size = entry.fact("size").or(entry.fact("sizd")).and_then(number);
    entry.modified = entry.fact("modify").and_then(time);
    let text = |name| entry.fact(name).map(|value| String::from_utf8_lossy(value).into_owned());
    let permissions = text("perm").or_else(|| text("perms"));
    let mode = text("unix.mode").and_then(|mode| mode.parse().ok());
    let owner = text("unix.owner").or_else(|| text("unix.ownername")).or_else(|| text("unix.uid"));
    let group = text("unix.group").or_else(|| text("unix.groupname")).or_else(|| text("unix.gid"));
    (entry.permissions, entry.mode, entry.owner, entry.group) = (permissions, mode, owner, group);
    (entry.kind, entry.link_target) = kind(&entry);
    Some(entry).filter(|entry| !entry.name.is_empty() || entry.is_current_or_parent())
}

/// What the fact `type` says; where there is none, the other facts.
fn kind(entry: &ListEntry) -> (FileKind, Option<Vec<u8>>) {
    let Some(value) = entry.fact("type") else {
        let is_directory = entry.fact("sizd").is_some();
        return (if is_directory { FileKind::Directory } else { FileKind::Special }, None);
    };
    let lower = value.to_ascii_lowercase();
    match lower.as_slice() {
        b"file" => (FileKind::File, None),
        b"dir" | b"cdir" | b"pdir" => (FileKind::Directory, None),
        b"os.unix=slink" | b"os.unix=symlink" => (FileKind::Symlink, None),
        _ if lower.starts_with(b"os.unix=slink:") => {
            let target = &value[b"os.unix=slink:".len()..];
            (FileKind::Symlink, Some(target.to_vec()).filter(|target| !target.is_empty()))
        }
        _ => (FileKind::Special, None),
    }
}

/// `YYYYMMDDHHMMSS`, a fraction behind it dropped; also with the years 19100 and later, by servers that write 19 and
/// the years since 1900.
fn time(value: &[u8]) -> Option<ListTime> {
    let whole = value.split(|byte| *byte == b'.').next()?;
    let (year, rest) = match whole.len() {
        14 => (number(&whole[..4])?, &whole[4..]),
        15 => (1900 + number(whole[..5].strip_prefix(b"19")?)?, &whole[5..]),
        _ => return None,
    };
    let part = |index: usize| number(&rest[2 * index..][..2]).and_then(|part| i8::try_from(part).ok());
    // A leap second is the second before it, as system time does not count it.
    let second = part(4).map(|second| if second == 60 { 59 } else { second })?;
    let at = DateTime::new(i16::try_from(year).ok()?, part(0)?, part(1)?, part(2)?, part(3)?, second, 0);
    at.ok().map(ListTime::utc_second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::listing::{FactLines, FactSet};
    use crate::proto::{FileInfo, Pathname, Permissions};
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use std::time::{Duration, SystemTime};

    fn read(line: &str) -> ListEntry {
        parse_mlsx_line(line.as_bytes()).expect("an entry")
    }

    #[test]
    fn a_name_is_all_behind_the_first_blank() {
        assert_eq!(read("type=file;  a; b ").name, b" a; b ");
        assert_eq!(read("type=file a").name, b"a");
        assert_eq!(parse_mlsx_line(b"type=file; na\xefve").unwrap().name, b"na\xefve");
        let bare = read(" type=file; a");
        assert_eq!(
            (&bare.name[..], bare.facts.len(), bare.kind),
            (&b"type=file; a"[..], 0, FileKind::Special)
        );
    }

    #[test]
    fn kinds_have_many_names() {
        for (written, kind) in [
            ("type=FILE;", FileKind::File),
            ("Type=Dir;", FileKind::Directory),
            ("type=cdir;", FileKind::Directory),
            ("sizd=4096;", FileKind::Directory),
            ("type=OS.unix=symlink;", FileKind::Symlink),
            ("type=OS.unix=chr-13/29;", FileKind::Special),
            ("size=1;", FileKind::Special),
        ] {
            assert_eq!(read(&format!("{written} a")).kind, kind, "{written}");
        }
        let link = read("type=OS.unix=slink:/target; a");
        assert_eq!((link.kind, link.link_target.as_deref()), (FileKind::Symlink, Some(&b"/target"[..])));
        assert_eq!(read("type=OS.unix=slink:; a").link_target, None);
    }

    #[test]
    fn the_directory_itself_may_have_no_name() {
        assert!(read("type=cdir; ").is_current_or_parent());
        assert!(read("type=PDIR; /a/b").is_current_or_parent());
        assert!(!read("type=dir; a").is_current_or_parent());
        for line in ["", "type=file;", "type=file; ", "type=file;x; a", "hello world", "; a"] {
            assert!(parse_mlsx_line(line.as_bytes()).is_err(), "{line:?}");
        }
    }

    #[test]
    fn times_are_utc_and_may_have_a_year_too_long() {
        let modified =
            |value: &str| read(&format!("modify={value}; a")).modified.map(|time| time.to_string());
        assert_eq!(modified("20010203040506.789").as_deref(), Some("2001-02-03 04:05:06Z"));
        assert_eq!(modified("191010203040506").as_deref(), Some("2001-02-03 04:05:06Z"));
        assert_eq!(modified("19981231235960").as_deref(), Some("1998-12-31 23:59:59Z"));
        for value in ["", "2001", "20011303040506", "201010203040506", "2001020304050x"] {
            assert_eq!(modified(value), None, "{value}");
        }
    }

    #[test]
    fn a_listing_without_facts_is_refused() {
        let error = parse_mlsd(b"type=file; a\r\n-rw-r--r-- 1 u g 5 Apr 27  2001 b\r\n").unwrap_err();
        assert!(error.to_string().starts_with("line 2 of the listing is unlike the others"), "{error}");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(line in proptest::collection::vec(any::<u8>(), 0..100)) {
            let _ = parse_mlsx_line(&line);
        }

        #[test]
        fn no_facts_make_it_panic(line in "([Tt]ype|size|modify|UNIX.mode)=[a-z0-9.=:]{0,15};? [a-z]{0,2}") {
            let _ = parse_mlsx_line(line.as_bytes());
        }

        #[test]
        fn our_own_lines_are_read_as_they_were_written(
            (is_directory, size, mode) in (any::<bool>(), any::<u64>(), 0u32..=0o7777),
            (owner, group, name) in (any::<u32>(), any::<u32>(), "[^/\\p{Cc}]{1,20}"),
            seconds in 0u64..250_000_000_000,
        ) {
            let kind = if is_directory { FileKind::Directory } else { FileKind::File };
            let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            let mut info = FileInfo::new(kind, size);
            info.modified = Some(modified);
            (info.mode, info.owner, info.group) = (Some(mode), Some(owner.to_string()), Some(group.to_string()));
            let mut line = Vec::new();
            let facts = FactSet::from_names("type;perm;size;modify;unique;unix.mode;unix.uid;unix.gid;");
            let directory = Pathname::root();
            FactLines::new(facts, Permissions::READ_ONLY, Clock::default().now())
                .write_line(&mut line, &directory, &name, &info);
            let read = parse_mlsx_line(&line).unwrap();
            prop_assert_eq!(read.name_text(), name.as_str());
            let is_dot = matches!(name.as_str(), "." | "..");
            prop_assert_eq!(read.is_current_or_parent(), is_dot);
            prop_assert_eq!((read.kind, read.size, read.mode.map(|mode| mode.bits())), (kind, Some(size), Some(mode)));
            prop_assert_eq!((&read.owner, &read.group), (&info.owner, &info.group));
            prop_assert_eq!(read.modified.map(|time| time.read_as_utc()), Some(modified));
            prop_assert_eq!(read.facts.len(), 8);
        }
    }
}
