//! `LIST`: lines as `ls -l` writes them, which is what clients parse where they do not know `MLSD`.

use std::time::SystemTime;

use super::dates::{Dates, list_date};
use super::text::{push_left, push_number, push_text};
use crate::proto::{FileInfo, FileKind};

/// Writes the lines of one `LIST`, in pyftpdlib's format: `"%s %3s %-8s %-8s %8s %s %s\r\n"` for mode, links, owner,
/// group, size, date and name.
///
/// The date is UTC: month, day, hour and minute, or the year once it is over 180 days ago. What a file's facts leave
/// unsaid is written as now, `rw-r--r--` (a directory `rwxr-xr-x`, a link `rwxrwxrwx`), one link, `owner` and `group`.
///
/// ```
/// use ftp_fixture::clock::Clock;
/// use ftp_fixture::listing::UnixLines;
/// use ftp_fixture::proto::FileInfo;
///
/// let mut out = Vec::new();
/// UnixLines::new(Clock::default().now()).write_line(&mut out, "hello.txt", &FileInfo::file(6));
/// assert_eq!(out, b"-rw-r--r--   1 owner    group           6 Jan 01 00:00 hello.txt\r\n");
/// ```
#[derive(Debug)]
pub struct UnixLines {
    dates: Dates,
}

impl UnixLines {
    /// Lines as they are at `now`.
    pub fn new(now: SystemTime) -> Self {
        Self { dates: Dates::new(now, list_date) }
    }

    /// The date in the line of a file.
    pub fn date(&mut self, info: &FileInfo) -> &str {
        self.dates.of(info.modified)
    }

    /// Appends the line of the file or directory `name`; of a link with ` -> ` and where it points.
    pub fn write_line(&mut self, out: &mut Vec<u8>, name: &str, info: &FileInfo) {
        out.extend_from_slice(&mode_text(info));
        out.push(b' ');
        push_number(out, info.links.unwrap_or(1).max(1), 3);
        out.push(b' ');
        push_left(out, info.owner.as_deref().unwrap_or("owner"), 8);
        out.push(b' ');
        push_left(out, info.group.as_deref().unwrap_or("group"), 8);
        out.push(b' ');
        push_number(out, info.size, 8);
        out.push(b' ');
        out.extend_from_slice(self.date(info).as_bytes());
        out.push(b' ');
        push_text(out, name);
        if let (FileKind::Symlink, Some(target)) = (info.kind, &info.link_target) {
            out.extend_from_slice(b" -> ");
            push_text(out, target);
        }
        out.extend_from_slice(b"\r\n");
    }
}

/// The permission bits of `info`, or those of its kind where it has none.
pub(super) fn mode_bits(info: &FileInfo) -> u32 {
    info.mode.unwrap_or(match info.kind {
        FileKind::File | FileKind::Special => 0o644,
        FileKind::Directory => 0o755,
        FileKind::Symlink => 0o777,
    })
}

/// The ten characters of `ls -l`. Anything special is written as a FIFO, a letter that clients know.
fn mode_text(info: &FileInfo) -> [u8; 10] {
    let mut text = *b"-rwxrwxrwx";
    text[0] = match info.kind {
        FileKind::File => b'-',
        FileKind::Directory => b'd',
        FileKind::Symlink => b'l',
        FileKind::Special => b'p',
    };
    let mode = mode_bits(info);
    for (index, character) in text[1..].iter_mut().enumerate() {
        if mode & (0o400 >> index) == 0 {
            *character = b'-';
        }
    }
    for (index, bit, letter) in [(3, 0o4000, b's'), (6, 0o2000, b's'), (9, 0o1000, b't')] {
        if mode & bit != 0 {
            text[index] = if text[index] == b'x' { letter } else { letter.to_ascii_uppercase() };
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn line(name: &str, info: &FileInfo) -> String {
        let mut out = Vec::new();
        UnixLines::new(Clock::default().now()).write_line(&mut out, name, info);
        String::from_utf8(out).unwrap()
    }

    fn mode(kind: FileKind, mode: u32) -> String {
        let mut info = FileInfo::new(kind, 0);
        info.mode = Some(mode);
        line("x", &info)[..10].to_owned()
    }

    #[test]
    fn unsaid_facts_have_one_form() {
        assert_eq!(
            line("hello.txt", &FileInfo::file(6)),
            "-rw-r--r--   1 owner    group           6 Jan 01 00:00 hello.txt\r\n"
        );
        assert_eq!(
            line("incoming", &FileInfo::directory()),
            "drwxr-xr-x   1 owner    group           0 Jan 01 00:00 incoming\r\n"
        );
        assert_eq!(
            line("fifo", &FileInfo::new(FileKind::Special, 0)),
            "prw-r--r--   1 owner    group           0 Jan 01 00:00 fifo\r\n"
        );
    }

    #[test]
    fn said_facts_are_written() {
        let mut info = FileInfo::file(12_345_678_901);
        info.modified = Some("1998-03-04T05:06:07Z".parse::<Clock>().unwrap().now());
        info.mode = Some(0o600);
        info.links = Some(12);
        info.owner = Some("1000".to_owned());
        info.group = Some("longer-than-eight".to_owned());
        assert_eq!(
            line("a b", &info),
            "-rw-------  12 1000     longer-than-eight 12345678901 Mar 04  1998 a b\r\n"
        );
        info.links = Some(0);
        assert!(line("a b", &info).starts_with("-rw-------   1 "));
    }

    #[test]
    fn a_link_says_where_it_points() {
        let mut info = FileInfo::new(FileKind::Symlink, 5);
        assert_eq!(line("l", &info), "lrwxrwxrwx   1 owner    group           5 Jan 01 00:00 l\r\n");
        info.link_target = Some("a\nb".to_owned());
        assert_eq!(line("l", &info), "lrwxrwxrwx   1 owner    group           5 Jan 01 00:00 l -> a?b\r\n");
    }

    #[test]
    fn the_three_upper_bits_take_the_place_of_x() {
        assert_eq!(mode(FileKind::File, 0o4755), "-rwsr-xr-x");
        assert_eq!(mode(FileKind::File, 0o6644), "-rwSr-Sr--");
        assert_eq!(mode(FileKind::Directory, 0o1777), "drwxrwxrwt");
        assert_eq!(mode(FileKind::Directory, 0o1000), "d--------T");
    }

    #[test]
    fn a_name_is_never_two_lines() {
        let text = line("a\r\n-rw-r--r-- evil", &FileInfo::file(0));
        assert_eq!(text.matches(['\r', '\n']).count(), 2);
        assert!(text.ends_with(" a??-rw-r--r-- evil\r\n"));
    }
}
