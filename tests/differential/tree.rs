//! The files that both servers are given, and what has become of them.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::parsed::moment;
use ftp_fixture::proto::Timeval;

/// 1999-02-03T04:05:06Z, when every file was made; to listings, long ago.
const LONG_AGO: Duration = Duration::from_secs(918_014_706);

const FILES: [(&str, &str); 13] = [
    ("hello.txt", "hello\n"),
    ("digits", "0123456789"),
    ("text.txt", "one\ntwo\r\nthree\rfour\n\n"),
    ("void", ""),
    ("with space.txt", "blank"),
    ("-l", "a dash"),
    ("-R", "another"),
    ("ünï.txt", "letters"),
    ("a;b=c d", "punctuation"),
    ("docs/a.txt", "a"),
    ("docs/b.txt", "bb"),
    ("in/file", "in"),
    ("in/sub/file", "in sub"),
];
const DIRECTORIES: [&str; 3] = ["empty", "qu\"ote", "docs/deep/er"];
const LINKS: [(&str, &str); 6] = [
    ("link.txt", "hello.txt"),
    ("link-dir", "docs"),
    ("dangling", "nowhere"),
    ("outside", "/etc/hostname"),
    ("outside-dir", "/etc"),
    ("docs/up", "../hello.txt"),
];

/// Gives `root`, whatever is in it now, these files and no other.
pub(crate) fn plant(root: &Path) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    for directory in DIRECTORIES.into_iter().chain(["docs", "in/sub"]) {
        fs::create_dir_all(root.join(directory))?;
    }
    for (path, content) in FILES {
        fs::write(root.join(path), content)?;
        fs::set_permissions(root.join(path), Permissions::from_mode(0o644))?;
        File::options().write(true).open(root.join(path))?.set_modified(SystemTime::UNIX_EPOCH + LONG_AGO)?;
    }
    fs::set_permissions(root.join("docs/b.txt"), Permissions::from_mode(0o600))?;
    for (path, target) in LINKS {
        symlink(target, root.join(path))?;
    }
    Ok(())
}

/// Each pathname below `root`, with what is there.
pub(crate) fn state(root: &Path) -> io::Result<BTreeMap<String, String>> {
    let mut entries = BTreeMap::new();
    collect(root, "", &mut entries)?;
    Ok(entries)
}

fn collect(directory: &Path, prefix: &str, entries: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        let metadata = entry.path().symlink_metadata()?;
        let mode = metadata.permissions().mode() & 0o7777;
        let what = if metadata.is_dir() {
            collect(&entry.path(), &path, entries)?;
            format!("directory {mode:04o}")
        } else if metadata.is_symlink() {
            format!("link to {}", fs::read_link(entry.path())?.display())
        } else {
            let content = fs::read(entry.path())?;
            let modified = moment(&Timeval::from(metadata.modified()?).to_string());
            format!("file {mode:04o} of {modified} with \"{}\"", content.escape_ascii())
        };
        entries.insert(path, what);
    }
    Ok(())
}
