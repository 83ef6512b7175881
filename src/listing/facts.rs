//! `MLSD` and `MLST`: the lines of RFC 3659 section 7.2, facts first, then one blank and the name.

use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::dates::Dates;
use super::fact::{Fact, FactSet};
use super::text::{digit, push_number, push_text};
use super::unix::mode_bits;
use crate::proto::{FileInfo, Pathname, Permission, Permissions, Timeval};

/// In the order of their names, which is pyftpdlib's.
const LINE_ORDER: [Fact; 8] = [
    Fact::Modify,
    Fact::Perm,
    Fact::Size,
    Fact::Type,
    Fact::Unique,
    Fact::UnixGid,
    Fact::UnixMode,
    Fact::UnixUid,
];

/// Writes the lines of one `MLSD`, or the one of `MLST`.
///
/// The facts handed in are those of the file that a link leads to. `perm` has the letters of RFC 3659 section 7.5.5
/// only, from the user's permissions everywhere: overrides for single directories are not looked at. What a file's
/// facts leave unsaid is written as in `LIST`; `unix.uid` and `unix.gid` are 0 where owner and group are no
/// numbers, and `unique` is a digest of the pathname.
///
/// ```
/// use ftp_fixture::clock::Clock;
/// use ftp_fixture::listing::{FactLines, FactSet};
/// use ftp_fixture::proto::{FileInfo, Pathname, Permissions};
///
/// let mut out = Vec::new();
/// let facts = FactSet::from_names("type;size;modify;perm;");
/// let mut lines = FactLines::new(facts, Permissions::READ_ONLY, Clock::default().now());
/// lines.write_line(&mut out, &Pathname::root(), "hello.txt", &FileInfo::file(6));
/// assert_eq!(out, b"modify=20000101000000;perm=r;size=6;type=file; hello.txt\r\n");
/// ```
#[derive(Debug)]
pub struct FactLines {
    facts: FactSet,
    file_perm: String,
    directory_perm: String,
    dates: Dates,
}

impl FactLines {
    /// Lines with `facts`, for a user with `permissions`, as they are at `now`.
    pub fn new(facts: FactSet, permissions: Permissions, now: SystemTime) -> Self {
        Self {
            facts,
            file_perm: file_perm(permissions),
            directory_perm: directory_perm(permissions),
            dates: Dates::new(now, |time, _| Timeval::from(time).to_string()),
        }
    }

    /// The `modify` fact in the line of a file; `None` where it is not selected.
    pub fn modify(&mut self, info: &FileInfo) -> Option<&str> {
        self.facts.contains(Fact::Modify).then(|| self.dates.of(info.modified))
    }

    /// Appends the line of `MLSD` for `name` in `directory`. `.` is written as `cdir`, `..` as `pdir`.
    pub fn write_line(&mut self, out: &mut Vec<u8>, directory: &Pathname, name: &str, info: &FileInfo) {
        self.write_facts(out, (directory, Some(name)), info);
        push_text(out, name);
        out.extend_from_slice(b"\r\n");
    }

    /// Appends what `MLST` says of `path`, with its whole pathname and without a line end, for it is part of a reply.
    pub fn write_entry(&mut self, out: &mut Vec<u8>, path: &Pathname, info: &FileInfo) {
        self.write_facts(out, (path, None), info);
        push_text(out, path.as_str());
    }

    fn write_facts(&mut self, out: &mut Vec<u8>, place: (&Pathname, Option<&str>), info: &FileInfo) {
        for fact in LINE_ORDER.into_iter().filter(|fact| self.facts.contains(*fact)) {
            out.extend_from_slice(fact.name().as_bytes());
            out.push(b'=');
            match fact {
                Fact::Type => out.extend_from_slice(type_name(info, place.1)),
                Fact::Perm if info.is_directory() => out.extend_from_slice(self.directory_perm.as_bytes()),
                Fact::Perm => out.extend_from_slice(self.file_perm.as_bytes()),
                Fact::Size => push_number(out, info.size, 0),
                Fact::Modify => out.extend_from_slice(self.dates.of(info.modified).as_bytes()),
                Fact::Unique => push_unique(out, place, info),
                Fact::UnixMode => {
                    let mode = u64::from(mode_bits(info));
                    out.extend([9, 6, 3, 0].map(|shift| digit(mode >> shift & 0o7)));
                }
                Fact::UnixUid => push_number(out, number(info.owner.as_deref()), 0),
                Fact::UnixGid => push_number(out, number(info.group.as_deref()), 0),
            }
            out.push(b';');
        }
        out.push(b' ');
    }
}

fn type_name(info: &FileInfo, name: Option<&str>) -> &'static [u8] {
    match (info.is_directory(), name) {
        (true, Some(".")) => b"cdir",
        (true, Some("..")) => b"pdir",
        (true, _) => b"dir",
        (false, _) => b"file",
    }
}

/// What may be done with a file: append, delete, rename, retrieve, store.
fn file_perm(permissions: Permissions) -> String {
    use Permission::{Append, Delete, Read, Rename, Write};
    permissions
        .iter()
        .filter(|permission| matches!(permission, Append | Delete | Read | Rename | Write))
        .map(Permission::letter)
        .collect()
}

/// What may be done with a directory: enter, list, delete, rename, make directories in it, and as pyftpdlib reads
/// RFC 3659, create files in it (`c`) where any are written, and purge it (`p`) where any are deleted.
fn directory_perm(permissions: Permissions) -> String {
    use Permission::{Append, Delete, Enter, List, MakeDirectory, Rename, Write};
    let mut perm: String = permissions
        .iter()
        .filter(|permission| matches!(permission, Enter | List | Delete | Rename | MakeDirectory))
        .map(Permission::letter)
        .collect();
    if [Write, Append, Rename].into_iter().any(|permission| permissions.contains(permission)) {
        perm.push('c');
    }
    if permissions.contains(Delete) {
        perm.push('p');
    }
    perm
}

/// What the file system says, else the first eight bytes of the pathname's SHA-256 in hex.
fn push_unique(out: &mut Vec<u8>, (path, name): (&Pathname, Option<&str>), info: &FileInfo) {
    // Two names of one directory say the same of it.
    let parent = path.parent().filter(|_| name == Some(".."));
    let (path, name) = (parent.as_ref().unwrap_or(path), name.filter(|name| !matches!(*name, "." | "..")));
    if let Some(unique) = &info.unique {
        return push_text(out, unique);
    }
    let mut digest = Sha256::new();
    digest.update(path.as_str());
    if let Some(name) = name {
        if !path.is_root() {
            digest.update("/");
        }
        digest.update(name);
    }
    for byte in &digest.finalize()[..8] {
        out.extend([byte >> 4, byte & 0xf].map(|half| digit(u64::from(half))));
    }
}

fn number(name: Option<&str>) -> u64 {
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn path(text: &str) -> Pathname {
        Pathname::parse(text).unwrap()
    }

    fn lines(facts: &str, permissions: &str) -> FactLines {
        FactLines::new(FactSet::from_names(facts), permissions.parse().unwrap(), Clock::default().now())
    }

    fn line(facts: &str, permissions: &str, name: &str, info: &FileInfo) -> String {
        let mut out = Vec::new();
        lines(facts, permissions).write_line(&mut out, &path("/d"), name, info);
        String::from_utf8(out).unwrap()
    }

    fn perms(permissions: &str) -> [String; 2] {
        [FileInfo::file(0), FileInfo::directory()].map(|info| {
            let line = line("perm;", permissions, "x", &info);
            line.strip_prefix("perm=").unwrap().strip_suffix("; x\r\n").unwrap().to_owned()
        })
    }

    #[test]
    fn facts_stand_in_the_order_of_their_names() {
        let all = "type;perm;size;modify;unique;unix.mode;unix.uid;unix.gid;";
        let mut info = FileInfo::file(12);
        info.modified = Some("1998-06-15T12:34:56Z".parse::<Clock>().unwrap().now());
        info.owner = Some("1000".to_owned());
        info.group = Some("staff".to_owned());
        info.unique = Some("801g2a".to_owned());
        assert_eq!(
            line(all, "elradfmwMT", "a b", &info),
            "modify=19980615123456;perm=radfw;size=12;type=file;unique=801g2a;unix.gid=0;unix.mode=0644;unix.uid=1000; a b\r\n"
        );
        assert_eq!(
            line("type;size;modify;perm;unix.mode;", "elr", "sub", &FileInfo::directory()),
            "modify=20000101000000;perm=el;size=0;type=dir;unix.mode=0755; sub\r\n"
        );
    }

    #[test]
    fn perm_has_only_the_letters_of_rfc_3659() {
        assert_eq!(perms("elradfmwMT"), ["radfw", "eldfmcp"]);
        assert_eq!(perms("elr"), ["r", "el"]);
        assert_eq!(perms("elw"), ["w", "elc"]);
        assert_eq!(perms("MT"), ["", ""]);
    }

    #[test]
    fn without_facts_a_blank_and_the_name_are_left() {
        assert_eq!(line("", "elr", "x", &FileInfo::file(1)), " x\r\n");
    }

    #[test]
    fn dots_are_the_directory_itself_and_its_parent() {
        assert_eq!(line("type;", "elr", ".", &FileInfo::directory()), "type=cdir; .\r\n");
        assert_eq!(line("type;", "elr", "..", &FileInfo::directory()), "type=pdir; ..\r\n");
        assert_eq!(line("type;", "elr", "...", &FileInfo::directory()), "type=dir; ...\r\n");
    }

    #[test]
    fn unique_is_the_same_in_mlsd_and_mlst_and_differs_between_pathnames() {
        let unique_of = |directory: &str, name: &str| {
            let (mut listed, mut told) = (Vec::new(), Vec::new());
            let mut lines = lines("unique;", "elr");
            lines.write_line(&mut listed, &path(directory), name, &FileInfo::file(0));
            lines.write_entry(&mut told, &path(directory).join(name).unwrap(), &FileInfo::file(0));
            assert_eq!(listed[..23], told[..23]);
            String::from_utf8(listed[7..23].to_vec()).unwrap()
        };
        assert_eq!(unique_of("/", "a"), "6a50dc8584134c7d");
        assert_eq!(unique_of("/a", "."), unique_of("/", "a"));
        assert_eq!(unique_of("/a/b", ".."), unique_of("/", "a"));
        assert_ne!(unique_of("/", "a"), unique_of("/a", "a"));
    }

    #[test]
    fn mlst_ends_with_the_pathname_and_no_line_end() {
        let mut out = Vec::new();
        lines("type;", "elr").write_entry(&mut out, &path("/d/new\nline"), &FileInfo::file(0));
        assert_eq!(out, b"type=file; /d/new?line");
    }
}
