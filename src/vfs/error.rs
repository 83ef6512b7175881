//! Why a file system did not do it, in words fit for a 550 reply: no host path, no error number.

use std::fmt;
use std::io;

use crate::proto::PathnameError;

/// What cap-std says, without an error number, of a link that leaves the directory it guards.
const CAP_STD_ESCAPE: &str = "a path led outside of the filesystem";

/// Why a file system refused, written as a reply's text without its full stop.
///
/// ```
/// use ftp_fixture::vfs::FsError;
///
/// assert_eq!(FsError::NotFound.to_string(), "No such file or directory");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FsError {
    /// Nothing has that name.
    NotFound,
    /// A file stands where a directory must.
    NotADirectory,
    /// A directory stands where a file must.
    IsADirectory,
    /// Something has that name already.
    AlreadyExists,
    /// The directory has something in it.
    DirectoryNotEmpty,
    /// The host's permissions forbid it.
    PermissionDenied,
    /// A link leads outside the root, or is absolute.
    OutsideRoot,
    /// Links lead in circles, or there are over forty of them.
    LinkLoop,
    /// A FIFO, a socket or a device.
    NotARegularFile,
    /// A name is over 255 bytes long, or the pathname too long in all.
    NameTooLong,
    /// A name that no file can have here.
    InvalidName,
    /// The root can be neither removed nor renamed.
    RootDirectory,
    /// A directory cannot be moved to a place below itself.
    IntoItself,
    /// A transfer cannot begin behind the end of the file.
    OffsetBeyondEnd {
        /// Where it was to begin, in bytes.
        offset: u64,
        /// The file's size, in bytes.
        size: u64,
    },
    /// The medium is full.
    NoSpace,
    /// The file would be larger than the user or the file system may have.
    QuotaExceeded,
    /// The medium cannot be written to.
    ReadOnly,
    /// Something else, as the operating system words it.
    Other(String),
}

impl fmt::Display for FsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "No such file or directory",
            Self::NotADirectory => "Not a directory",
            Self::IsADirectory => "Is a directory",
            Self::AlreadyExists => "File exists",
            Self::DirectoryNotEmpty => "Directory not empty",
            Self::PermissionDenied => "Permission denied",
            Self::OutsideRoot => "Path leads outside the root",
            Self::LinkLoop => "Too many levels of symbolic links",
            Self::NotARegularFile => "Not a regular file",
            Self::NameTooLong => "File name too long",
            Self::InvalidName => "Invalid file name",
            Self::RootDirectory => "Can't remove or rename the root directory",
            Self::IntoItself => "Can't move a directory into itself",
            Self::OffsetBeyondEnd { offset, size } => {
                return write!(f, "Offset {offset} is beyond the file's size of {size} bytes");
            }
            Self::NoSpace => "No space left on device",
            Self::QuotaExceeded => "Storage quota exceeded",
            Self::ReadOnly => "Read-only file system",
            Self::Other(text) => text,
        })
    }
}

impl std::error::Error for FsError {}

impl From<PathnameError> for FsError {
    fn from(error: PathnameError) -> Self {
        match error {
            PathnameError::Nul => Self::InvalidName,
            PathnameError::TooLong => Self::NameTooLong,
        }
    }
}

impl From<io::Error> for FsError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::NotADirectory => Self::NotADirectory,
            io::ErrorKind::IsADirectory => Self::IsADirectory,
            io::ErrorKind::AlreadyExists => Self::AlreadyExists,
            io::ErrorKind::DirectoryNotEmpty => Self::DirectoryNotEmpty,
            io::ErrorKind::PermissionDenied if is_escape(&error) => Self::OutsideRoot,
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            // On Unix the kind stands for ENAMETOOLONG alone.
            io::ErrorKind::InvalidFilename if cfg!(unix) => Self::NameTooLong,
            io::ErrorKind::InvalidFilename => Self::InvalidName,
            io::ErrorKind::StorageFull => Self::NoSpace,
            io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::QuotaExceeded,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ if is_link_loop(&error) => Self::LinkLoop,
            _ => Self::Other(wording(&error)),
        }
    }
}

fn is_escape(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.to_string() == CAP_STD_ESCAPE)
}

#[cfg(unix)]
fn is_link_loop(error: &io::Error) -> bool {
    rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::LOOP)
}

#[cfg(not(unix))]
fn is_link_loop(_: &io::Error) -> bool {
    false
}

/// The system's words without its number; of errors made in Rust only the kind, for their text may hold a path.
fn wording(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(number) => error.to_string().replace(&format!(" (os error {number})"), ""),
        None => error.kind().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn system_errors_become_the_variant_of_their_meaning() {
        use rustix::io::Errno;
        for (errno, expected) in [
            (Errno::NOENT, FsError::NotFound),
            (Errno::NOTDIR, FsError::NotADirectory),
            (Errno::ISDIR, FsError::IsADirectory),
            (Errno::EXIST, FsError::AlreadyExists),
            (Errno::NOTEMPTY, FsError::DirectoryNotEmpty),
            (Errno::ACCESS, FsError::PermissionDenied),
            (Errno::PERM, FsError::PermissionDenied),
            (Errno::NAMETOOLONG, FsError::NameTooLong),
            (Errno::NOSPC, FsError::NoSpace),
            (Errno::DQUOT, FsError::QuotaExceeded),
            (Errno::FBIG, FsError::QuotaExceeded),
            (Errno::ROFS, FsError::ReadOnly),
            (Errno::LOOP, FsError::LinkLoop),
        ] {
            assert_eq!(FsError::from(io::Error::from(errno)), expected, "{errno}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn other_errors_show_neither_number_nor_path() {
        let error = FsError::from(io::Error::from(rustix::io::Errno::MFILE));
        assert_eq!(error.to_string(), "Too many open files");
        let error = FsError::from(io::Error::new(io::ErrorKind::TimedOut, "/home/ada/x: timed out"));
        assert_eq!(error.to_string(), "timed out");
    }
}
