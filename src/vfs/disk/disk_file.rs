//! Opening the regular files of a disk, and nothing that is not one.

use std::io::{self, Read, Seek, SeekFrom, Write};
#[cfg(unix)]
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;
use std::time::SystemTime;

use cap_std::fs::{Dir, OpenOptions};

use crate::vfs::{File, FsError, OpenMode};

/// An open regular file of the disk.
#[derive(Debug)]
pub(super) struct DiskFile(std::fs::File);

impl DiskFile {
    pub(super) fn open(root: &Dir, path: &Path, mode: OpenMode) -> Result<Self, FsError> {
        let mut options = OpenOptions::new();
        let offset = match mode {
            OpenMode::Read { offset } => {
                options.read(true);
                offset
            }
            // POSIX truncates regular files only, so what the check below refuses is left as it was.
            OpenMode::Write => {
                options.write(true).create(true).truncate(true);
                0
            }
            OpenMode::Append => {
                options.append(true).create(true);
                0
            }
            OpenMode::Resume { offset } => {
                options.write(true);
                offset
            }
        };
        let (mut file, size) = open_regular(root, path, options)?;
        if offset > size {
            return Err(FsError::OffsetBeyondEnd { offset, size });
        }
        if offset > 0 {
            file.seek(SeekFrom::Start(offset))?;
        }
        Ok(Self(file))
    }

    /// Creates `path`, which must not exist, also not as a link.
    pub(super) fn create_new(root: &Dir, path: &Path) -> Result<Self, FsError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        Ok(Self(open_regular(root, path, options)?.0))
    }
}

/// The file and its size. The kind is asked of what was opened, not of the name, which may change in between.
fn open_regular(root: &Dir, path: &Path, mut options: OpenOptions) -> Result<(std::fs::File, u64), FsError> {
    never_wait(&mut options);
    let file = root.open_with(path, &options).map_err(refusal)?.into_std();
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        Err(FsError::IsADirectory)
    } else if !metadata.is_file() {
        Err(FsError::NotARegularFile)
    } else {
        let size = metadata.len();
        Ok((file, size))
    }
}

/// Sets the time when what is at `path` was modified, through the file itself.
pub(super) fn set_modified(root: &Dir, path: &Path, modified: SystemTime) -> Result<(), FsError> {
    let mut options = OpenOptions::new();
    options.read(true);
    never_wait(&mut options);
    let file = root.open_with(path, &options).map_err(refusal)?.into_std();
    Ok(file.set_modified(modified)?)
}

/// A FIFO's open waits for the other end unless told not to; regular files do not mind.
#[cfg(unix)]
fn never_wait(options: &mut OpenOptions) {
    use cap_std::fs::OpenOptionsExt;
    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
}

#[cfg(not(unix))]
fn never_wait(_: &mut OpenOptions) {}

#[cfg(unix)]
fn refusal(error: io::Error) -> FsError {
    use rustix::io::Errno;
    match Errno::from_io_error(&error) {
        // A socket, a device without a driver, or a FIFO that nobody reads.
        Some(Errno::NXIO | Errno::NODEV | Errno::OPNOTSUPP) => FsError::NotARegularFile,
        _ => error.into(),
    }
}

#[cfg(not(unix))]
fn refusal(error: io::Error) -> FsError {
    error.into()
}

impl File for DiskFile {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, FsError> {
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => return Ok(result?),
            }
        }
    }

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), FsError> {
        Ok(Write::write_all(&mut self.0, bytes)?)
    }

    fn size(&self) -> Result<u64, FsError> {
        Ok(self.0.metadata()?.len())
    }

    #[cfg(unix)]
    fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        Some(self.0.as_fd())
    }
}
