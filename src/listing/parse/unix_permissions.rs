//! The first field of `ls -l`: type, nine letters, and a mark for what the letters do not say.

use super::number::number;
use crate::proto::{FileKind, FileMode};

/// `drwxr-xr-x+`, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnixPermissions {
    pub(super) kind: FileKind,
    /// Whether it is a device, which has two numbers in the place of its size.
    pub(super) is_device: bool,
    pub(super) mode: FileMode,
    /// The letters behind the type, with the mark.
    pub(super) text: String,
    /// The number of links, where so many left no blank before it.
    pub(super) links: Option<u64>,
}

impl UnixPermissions {
    pub(super) fn read(field: &[u8]) -> Option<Self> {
        let (kind, letters) = field.split_first()?;
        let (letters, behind) = letters.split_at_checked(9)?;
        // `+`: an access control list; `.`: SELinux; `@`: extended attributes of macOS.
        let has_mark = matches!(behind.first(), Some(b'+' | b'.' | b'@'));
        let links = &behind[usize::from(has_mark)..];
        if !links.is_empty() && number(links).is_none() {
            return None;
        }
        let mut mode = 0;
        for (index, letter) in letters.iter().enumerate() {
            mode |= bits(index, *letter)?;
        }
        let file_kind = match kind {
            b'-' | b'f' => FileKind::File,
            b'd' => FileKind::Directory,
            b'l' => FileKind::Symlink,
            b'b' | b'c' | b'p' | b's' | b'C' | b'D' | b'M' | b'n' | b'P' | b'?' => FileKind::Special,
            _ => return None,
        };
        Some(Self {
            kind: file_kind,
            is_device: matches!(kind, b'b' | b'c'),
            mode: FileMode::from_bits(mode),
            text: field[1..field.len() - links.len()].iter().copied().map(char::from).collect(),
            links: number(links),
        })
    }
}

/// The bits of a letter at its place from 0 to 8; `None` for a letter that is never there.
fn bits(index: usize, letter: u8) -> Option<u32> {
    let plain = 0o400 >> index;
    let upper = 0o4000 >> (index / 3);
    match (index % 3, letter) {
        (_, b'-') => Some(0),
        (0, b'r') | (1, b'w') | (2, b'x') => Some(plain),
        (2, b's' | b't') => Some(plain | upper),
        // `l`: System V's mandatory locking, which is set-group-id without execution.
        (2, b'S' | b'T' | b'l' | b'L') => Some(upper),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(text: &str) -> Option<String> {
        UnixPermissions::read(text.as_bytes()).map(|read| read.mode.to_string())
    }

    #[test]
    fn letters_are_bits() {
        assert_eq!(mode("-rwxr-x--x").as_deref(), Some("751"));
        assert_eq!(mode("----------").as_deref(), Some("000"));
        assert_eq!(mode("-rwsr-sr-t").as_deref(), Some("7755"));
        assert_eq!(mode("d--S--S--T").as_deref(), Some("7000"));
        assert_eq!(mode("-rw-r-lr--").as_deref(), Some("2644"));
    }

    #[test]
    fn a_mark_is_kept_in_the_text_alone() {
        let read = UnixPermissions::read(b"drwxrwxr-x+").unwrap();
        assert_eq!((read.kind, read.text.as_str()), (FileKind::Directory, "rwxrwxr-x+"));
        assert_eq!(read.mode.bits(), 0o775);
    }

    #[test]
    fn a_number_of_links_may_follow_without_a_blank() {
        for (text, letters) in [("drwxr-x---+1464", "rwxr-x---+"), ("drwxr-x---1464", "rwxr-x---")] {
            let read = UnixPermissions::read(text.as_bytes()).unwrap();
            assert_eq!((read.text.as_str(), read.links), (letters, Some(1464)));
        }
    }

    #[test]
    fn other_fields_are_none() {
        for text in [
            "",
            "-",
            "total",
            "-rwxr-xr-",
            "-rwxr-xr-xx",
            "xrwxr-xr-x",
            "-wrxr-xr-x",
            "-C--E-----FTP",
            "drwxr-xr-x++",
        ] {
            assert_eq!(mode(text), None, "{text}");
        }
    }
}
