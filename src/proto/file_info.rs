//! What a file system says of one of its entries.
//!
//! A field that is `None` is not unknown but unsaid: the listing then prints the same value everywhere
//! (the clock's time, fixed owner and mode), which is what keeps transcripts equal from run to run.

use std::time::SystemTime;

/// What kind of thing a pathname names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A symbolic link that was not followed.
    Symlink,
    /// A FIFO, a socket, a device: listed, never opened.
    Special,
}

/// The facts of one file or directory.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileInfo {
    /// File, directory or link.
    pub kind: FileKind,
    /// Length in bytes; 0 for a directory.
    pub size: u64,
    /// When its content last changed; `None`: whatever the server's clock says.
    pub modified: Option<SystemTime>,
    /// Whether `modified` was set, by a preset or MFMT, and the file not written to since: then it is the same in every
    /// run, and a transcript shows it also where the clock runs.
    pub modified_is_set: bool,
    /// The nine Unix permission bits and the three above them, such as `0o644`; `None`: 644, or 755 for a directory.
    pub mode: Option<u32>,
    /// Number of hard links; `None`: 1.
    pub links: Option<u64>,
    /// The owner's name; `None`: `owner`.
    pub owner: Option<String>,
    /// The group's name; `None`: `group`.
    pub group: Option<String>,
    /// What identifies the file wherever it is moved (RFC 3659's `unique`); `None`: a digest of its pathname.
    pub unique: Option<String>,
    /// Where a symbolic link points, as it is written in the link.
    pub link_target: Option<String>,
}

impl FileInfo {
    /// Facts with this kind and size, and nothing else said.
    pub fn new(kind: FileKind, size: u64) -> Self {
        Self {
            kind,
            size,
            modified: None,
            modified_is_set: false,
            mode: None,
            links: None,
            owner: None,
            group: None,
            unique: None,
            link_target: None,
        }
    }

    /// A regular file of `size` bytes.
    pub fn file(size: u64) -> Self {
        Self::new(FileKind::File, size)
    }

    /// A directory.
    pub fn directory() -> Self {
        Self::new(FileKind::Directory, 0)
    }

    /// Whether it is a directory.
    pub fn is_directory(&self) -> bool {
        self.kind == FileKind::Directory
    }

    /// Whether it is a regular file.
    pub fn is_file(&self) -> bool {
        self.kind == FileKind::File
    }
}
