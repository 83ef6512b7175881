//! The entries of a directory: as columns for people, as JSON for programs.

use std::borrow::Cow;

use ftp_fixture::listing::ListEntry;
use ftp_fixture::proto::FileKind;
use serde_json::{Value, json};

/// Size, time and name; `/` stands behind a directory's name, and a link's shows where it points.
pub(crate) fn columns(entries: &[&ListEntry]) -> Vec<String> {
    let rows: Vec<[String; 3]> = entries.iter().map(|entry| row(entry)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let (sizes, times) = (width(0), width(1));
    rows.iter().map(|[size, time, name]| format!("{size:>sizes$}  {time:times$}  {name}")).collect()
}

/// All that is known of an entry.
pub(crate) fn object(entry: &ListEntry) -> Value {
    json!({
        "name": entry.name_text(),
        "kind": match entry.kind {
            FileKind::File => "file",
            FileKind::Directory => "directory",
            FileKind::Symlink => "link",
            _ => "special",
        },
        "size": entry.size,
        "modified": entry.modified.map(|time| time.to_string()),
        "permissions": entry.permissions,
        "owner": entry.owner,
        "group": entry.group,
        "target": entry.link_target.as_deref().map(String::from_utf8_lossy),
    })
}

fn row(entry: &ListEntry) -> [String; 3] {
    let unknown = || "-".to_owned();
    let size = match entry.kind {
        // A directory's is that of its own table, if anything.
        FileKind::Directory => unknown(),
        _ => entry.size.map_or_else(unknown, |size| size.to_string()),
    };
    let time = entry.modified.map_or_else(unknown, |time| time.to_string());
    let mut name = printable(&entry.name_text()).into_owned();
    if entry.kind == FileKind::Directory && !name.ends_with('/') {
        name.push('/');
    }
    if let Some(target) = &entry.link_target {
        name = format!("{name} -> {}", printable(&String::from_utf8_lossy(target)));
    }
    [size, time, name]
}

/// `text` without what controls terminals.
fn printable(text: &str) -> Cow<'_, str> {
    match text.contains(char::is_control) {
        true => text.replace(char::is_control, "?").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ftp_fixture::listing::{ListContext, parse_list, parse_mlsd};
    use std::time::SystemTime;

    #[test]
    fn columns_line_up() {
        let listing = b"\
drwxr-xr-x   2 ada      ada          4096 Jan  1  2001 pub\r\n\
-rw-r--r--   1 ada      ada        123456 Apr 27  2001 report\x1b[2J.csv\r\n\
lrwxrwxrwx   1 ada      ada             3 Jan  1  2001 here -> pub\r\n";
        let listing = parse_list(listing, &ListContext::new(SystemTime::UNIX_EPOCH)).unwrap();
        let entries: Vec<_> = listing.entries.iter().collect();
        assert_eq!(
            columns(&entries),
            [
                "     -  2001-01-01  pub/",
                "123456  2001-04-27  report?[2J.csv",
                "     3  2001-01-01  here -> pub"
            ]
        );
    }

    #[test]
    fn what_is_not_said_is_a_dash_or_null() {
        let listing = parse_mlsd(b"type=file; a\r\n").unwrap();
        assert_eq!(columns(&[&listing.entries[0]]), ["-  -  a"]);
        let object = object(&listing.entries[0]);
        assert_eq!((&object["name"], &object["size"]), (&json!("a"), &Value::Null));
    }
}
