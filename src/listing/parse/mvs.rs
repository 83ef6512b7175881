//! z/OS, formerly MVS: data sets, and the members of a partitioned data set. Both come under a heading, without which
//! their lines would be too much like anything.

use super::date::at_clock;
use super::date_order::DateOrder;
use super::entry::ListEntry;
use super::fields::Fields;
use super::list::ListContext;
use super::reading::{Line, Reading};
use crate::proto::FileKind;

/// What is said of a data set that is not on a disk.
const STATES: [&str; 6] = [
    "Migrated",
    "Pseudo Directory",
    "Not Direct Access Device",
    "Not Mounted",
    "Error determining attributes",
    "Tape",
];

/// The columns of a data set that stand between its unit and its name, under their headings in lower case.
const COLUMNS: [&str; 9] = ["volume", "unit", "referred", "ext", "used", "recfm", "lrecl", "blksz", "dsorg"];

/// Reads `Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname` and the data sets under it.
pub(super) fn read_datasets(_: &[u8], lines: &[Line<'_>], _: &ListContext) -> Reading {
    let has_heading = lines.first().is_some_and(|line| is_dataset_heading(line.bytes));
    Reading::of(lines, |line| dataset(line).filter(|_| has_heading), is_dataset_heading)
}

/// Reads ` Name     VV.MM   Created       Changed      Size  Init   Mod   Id`, or the heading over load modules, and
/// the members under it.
pub(super) fn read_members(_: &[u8], lines: &[Line<'_>], _: &ListContext) -> Reading {
    let has_heading = lines.first().is_some_and(|line| is_member_heading(line.bytes));
    Reading::of(lines, |line| member(line).filter(|_| has_heading), is_member_heading)
}

fn is_dataset_heading(line: &[u8]) -> bool {
    let fields = Fields::of(line);
    fields.get(0) == b"Volume" && fields.get(1) == b"Unit"
}

fn is_member_heading(line: &[u8]) -> bool {
    let fields = Fields::of(line);
    fields.get(0) == b"Name" && matches!(fields.get(1), b"VV.MM" | b"Size")
}

/// A data set. Lengths are in tracks and the date is that of the last use: they are facts, no size and no time.
fn dataset(line: &[u8]) -> Option<ListEntry> {
    let fields = Fields::of(line);
    let last = fields.len().checked_sub(1).filter(|last| *last > 0 && !is_dataset_heading(line))?;
    let name = unquoted(fields.get(last));
    if name.is_empty() {
        return None;
    }
    let organisation = fields.get(last - 1);
    let kind = match organisation {
        b"PS" | b"PS-E" | b"PS-L" | b"PSU" | b"DA" | b"DAU" => FileKind::File,
        b"PO" | b"PO-E" | b"POU" => FileKind::Directory,
        b"VSAM" | b"VS" | b"GDG" | b"IS" | b"ISU" | b"HFS" | b"ZFS" | b"PATH" => FileKind::Special,
        _ => return elsewhere(line, &fields, name),
    };
    let mut entry = ListEntry::new(name, kind, line);
    let columns = if last == COLUMNS.len() { &COLUMNS[..] } else { &[] };
    for (index, column) in columns.iter().enumerate() {
        entry.facts.push(((*column).to_owned(), fields.get(index).to_vec()));
    }
    if columns.is_empty() {
        entry.facts.push(("dsorg".to_owned(), organisation.to_vec()));
    }
    Some(entry)
}

/// A data set that is not on a disk: migrated, on tape, not mounted; and the directories that names make up.
fn elsewhere(line: &[u8], fields: &Fields<'_>, name: &[u8]) -> Option<ListEntry> {
    let words = fields.text(0..fields.len() - 1)?;
    let state = STATES.into_iter().find(|state| {
        words.strip_suffix(state).is_some_and(|volume| volume.is_empty() || volume.ends_with(' '))
    })?;
    let kind = if state == "Pseudo Directory" { FileKind::Directory } else { FileKind::Special };
    let mut entry = ListEntry::new(name, kind, line);
    entry.facts.push(("state".to_owned(), state.as_bytes().to_vec()));
    Some(entry)
}

/// A member: with the statistics that editors keep, with the attributes of a load module, or its name alone.
fn member(line: &[u8]) -> Option<ListEntry> {
    let fields = Fields::of(line);
    let name = fields.get(0);
    let is_name = (1..=8).contains(&name.len()) && !is_member_heading(line);
    if !is_name {
        return None;
    }
    let mut entry = ListEntry::new(name, FileKind::File, line);
    if matches!(fields.get(1), [_, _, b'.', _, _]) {
        let changed = DateOrder::YearMonthDay.date(fields.get(3))?;
        entry.modified = Some(at_clock(changed, fields.get(4)));
        entry.owner = fields.text(8..fields.len());
        // `Size` counts lines.
        for (column, at) in [("vv.mm", 1), ("created", 2), ("lines", 5), ("init", 6), ("mod", 7)] {
            entry.facts.push((column.to_owned(), fields.get(at).to_vec()));
        }
        return Some(entry);
    }
    let is_load_module = fields.len() >= 5 && fields.get(1).iter().all(u8::is_ascii_hexdigit);
    Some(entry).filter(|_| fields.len() == 1 || is_load_module)
}

fn unquoted(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"'").and_then(|name| name.strip_suffix(b"'")).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_organisation_tells_files_from_directories() {
        let file =
            dataset(b"SAVE00 3390   2004/06/23  1    1  FB     128  6144  PS    INCOMING.RPT").unwrap();
        assert_eq!(
            (file.name_text(), file.kind, file.size, file.modified),
            ("INCOMING.RPT".into(), FileKind::File, None, None)
        );
        assert_eq!((file.fact("referred"), file.fact("recfm")), (Some(&b"2004/06/23"[..]), Some(&b"FB"[..])));
        let partitioned =
            dataset(b"SAVE00 3390   **NONE**    1   15  VB     255 27998  PO  'USER.PDS'").unwrap();
        assert_eq!((partitioned.name_text(), partitioned.kind), ("USER.PDS".into(), FileKind::Directory));
        let cluster = dataset(b"SAVE00 3390                                       VSAM  USER.KSDS").unwrap();
        assert_eq!((cluster.kind, cluster.fact("dsorg")), (FileKind::Special, Some(&b"VSAM"[..])));
    }

    #[test]
    fn what_is_not_on_disk_says_where_it_is() {
        let migrated = dataset(b"Migrated                                                DF.DEV.X").unwrap();
        assert_eq!((migrated.kind, migrated.fact("state")), (FileKind::Special, Some(&b"Migrated"[..])));
        let tape = dataset(b"ARCIVE Not Direct Access Device    KJ.IOP998.ERROR").unwrap();
        assert_eq!(tape.fact("state"), Some(&b"Not Direct Access Device"[..]));
        assert_eq!(
            dataset(b"Pseudo Directory    SOMENODE").map(|entry| entry.kind),
            Some(FileKind::Directory)
        );
    }

    #[test]
    fn a_member_has_statistics_or_none() {
        let listed = member(b" TBSHELF  01.03 2002/09/12 2002/10/11 09:37    11    12     0 KIL001").unwrap();
        assert_eq!(
            (listed.name_text(), listed.modified.unwrap().to_string()),
            ("TBSHELF".into(), "2002-10-11 09:37".to_owned())
        );
        assert_eq!(
            (listed.owner.as_deref(), listed.size, listed.fact("lines")),
            (Some("KIL001"), None, Some(&b"11"[..]))
        );
        assert_eq!(member(b" NOSTAT").map(|entry| entry.name), Some(b"NOSTAT".to_vec()));
        assert!(member(b" IEFBR14   000008   000001   00   FO   RN RU   31   ANY").is_some());
    }

    #[test]
    fn without_the_heading_no_line_is_known() {
        let listing = b"NOSTAT\nMigrated X\n";
        let context = ListContext::new(std::time::SystemTime::UNIX_EPOCH);
        let lines = super::super::reading::lines(listing);
        for reading in [read_datasets(listing, &lines, &context), read_members(listing, &lines, &context)] {
            assert!(reading.entries.is_empty());
            assert_eq!(reading.unknown.map(|(number, _)| number), Some(1));
        }
    }

    #[test]
    fn other_lines_are_none() {
        for line in ["", "X", "SAVE00 3390 X.Y", "Unmigrated X", "SAVE00 3390 PS ''"] {
            assert_eq!(dataset(line.as_bytes()), None, "{line}");
        }
        for line in ["", "NINELONGX", "TWO WORDS", "A 01.03 2002/09/12 2002/13/11 09:37 11 11 0 K"] {
            assert_eq!(member(line.as_bytes()), None, "{line}");
        }
    }
}
