//! What a server needs of the place its files are in: the traits, not the places.

use std::fmt;
#[cfg(unix)]
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::time::SystemTime;

use super::FsError;
use crate::proto::{FileInfo, Pathname};

/// A tree of files and directories that no pathname leads out of.
///
/// [`DiskFs`](super::DiskFs) and [`MemoryFs`](super::MemoryFs) implement it; a server takes any other as well.
/// The methods behave as the POSIX calls of the same purpose do, and all of them may be called from several
/// threads at once.
///
/// ```
/// use ftp_fixture::proto::Pathname;
/// use ftp_fixture::vfs::{FileSystem, MemoryFs, OpenMode};
///
/// let fs = MemoryFs::new();
/// let hello = Pathname::parse("/hello.txt")?;
/// fs.open(&hello, OpenMode::Write)?.write_all(b"hello\n")?;
/// assert_eq!(fs.info(&hello)?.size, 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait FileSystem: Send + Sync + fmt::Debug {
    /// The part below the directory `home`, as a file system of its own that cannot leave it.
    ///
    /// # Errors
    /// When `home` is missing or no directory.
    fn jail(&self, home: &Pathname) -> Result<Arc<dyn FileSystem>, FsError>;

    /// `path` with its links followed, which is what permissions are checked against.
    ///
    /// Its last components may be missing: what exists of it is resolved, the rest appended. A link to something
    /// missing resolves to where that would be.
    ///
    /// # Errors
    /// When a link leads outside the root or in circles, or a file stands where a directory must.
    fn resolve(&self, path: &Pathname) -> Result<Pathname, FsError>;

    /// The facts of what `path` names, links followed.
    ///
    /// # Errors
    /// When there is nothing, also behind a link.
    fn info(&self, path: &Pathname) -> Result<FileInfo, FsError>;

    /// The facts of what `path` names, of the link itself if it is one.
    ///
    /// # Errors
    /// When there is nothing.
    fn link_info(&self, path: &Pathname) -> Result<FileInfo, FsError>;

    /// What is in the directory `path`, sorted by the bytes of the names; links are not followed.
    ///
    /// # Errors
    /// [`FsError::NotADirectory`] for a file.
    fn list(&self, path: &Pathname) -> Result<Vec<DirEntry>, FsError>;

    /// Opens the regular file `path`, without ever waiting for the other end of a FIFO.
    ///
    /// # Errors
    /// [`FsError::IsADirectory`], [`FsError::NotARegularFile`]; [`FsError::OffsetBeyondEnd`] when `mode` has an
    /// offset greater than the file's size.
    fn open(&self, path: &Pathname, mode: OpenMode) -> Result<Box<dyn File>, FsError>;

    /// Creates and opens a new file in `directory` (STOU).
    ///
    /// Its name is `prefix`, a dot, and the lowest number that is free, in eight digits from `00000001`: the same
    /// in every run.
    ///
    /// # Errors
    /// [`FsError::InvalidName`] when `prefix` has a `/` or a NUL in it; [`FsError::AlreadyExists`] when all
    /// 99,999,999 names are taken.
    fn create_unique(&self, directory: &Pathname, prefix: &str)
    -> Result<(Pathname, Box<dyn File>), FsError>;

    /// Creates the directory `path`.
    ///
    /// # Errors
    /// [`FsError::AlreadyExists`] when there is anything of that name.
    fn create_directory(&self, path: &Pathname) -> Result<(), FsError>;

    /// Removes the empty directory `path`.
    ///
    /// # Errors
    /// [`FsError::DirectoryNotEmpty`], [`FsError::RootDirectory`], [`FsError::NotADirectory`].
    fn remove_directory(&self, path: &Pathname) -> Result<(), FsError>;

    /// Removes the file or link `path`; who has it open keeps it.
    ///
    /// # Errors
    /// [`FsError::IsADirectory`].
    fn remove_file(&self, path: &Pathname) -> Result<(), FsError>;

    /// Moves `from` to `to`, over a file or an empty directory that is there.
    ///
    /// # Errors
    /// [`FsError::RootDirectory`], [`FsError::IntoItself`], and when what is at `to` cannot be replaced by what
    /// is at `from`.
    fn rename(&self, from: &Pathname, to: &Pathname) -> Result<(), FsError>;

    /// Sets when `path` was last modified, to the second below `modified` (MFMT).
    ///
    /// # Errors
    /// When there is nothing, or it is neither a file nor a directory.
    fn set_modified(&self, path: &Pathname, modified: SystemTime) -> Result<(), FsError>;

    /// Sets the twelve permission bits of `path` (SITE CHMOD); bits above them are ignored.
    ///
    /// # Errors
    /// When there is nothing, or it is neither a file nor a directory.
    fn set_mode(&self, path: &Pathname, mode: u32) -> Result<(), FsError>;
}

/// One line of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirEntry {
    /// Its name; what is not UTF-8 in it is replaced by U+FFFD.
    pub name: String,
    /// Its facts, as [`FileSystem::link_info`] has them.
    pub info: FileInfo,
}

/// What a file is opened for. Offsets are in bytes from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OpenMode {
    /// Reading from `offset`, which may be the file's size but no more (RETR).
    Read {
        /// Where to begin.
        offset: u64,
    },
    /// Writing, after creating the file or emptying it (STOR).
    Write,
    /// Writing at the end, after creating the file where it is missing (APPE).
    Append,
    /// Writing over the existing file from `offset`, which may be its size but no more (REST and STOR).
    Resume {
        /// Where to begin.
        offset: u64,
    },
}

/// An open regular file with a position of its own.
pub trait File: Send + fmt::Debug {
    /// Reads at most `buffer.len()` bytes at the position; 0 at the end.
    ///
    /// # Errors
    /// When the file was not opened for reading, or the medium fails.
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, FsError>;

    /// Writes all of `bytes`, which others can then read.
    ///
    /// # Errors
    /// When the file was not opened for writing, or there is no room; a part may then have been written.
    fn write_all(&mut self, bytes: &[u8]) -> Result<(), FsError>;

    /// The file's size now, in bytes.
    ///
    /// # Errors
    /// When the medium fails.
    fn size(&self) -> Result<u64, FsError>;

    /// Says that an upload is whole, before its 226 is sent; for file systems that keep bytes back until then.
    ///
    /// # Errors
    /// When what was kept back cannot be stored.
    fn finish(&mut self) -> Result<(), FsError> {
        Ok(())
    }

    /// A descriptor that stands at the position, for `sendfile`; `None` where there is none.
    #[cfg(unix)]
    fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        None
    }
}
