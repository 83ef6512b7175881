//! A file on its way: written beside its place, and there under its name only when it is whole.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tempfile::TempPath;

/// A file that is not whole yet. Dropped before it is, it goes, unless it is kept to be resumed.
#[derive(Debug)]
pub(crate) struct PartFile {
    file: File,
    place: PathBuf,
    length: u64,
    remains: Remains,
}

/// What becomes of a file that never got whole.
#[derive(Debug)]
enum Remains {
    Removed(Unfinished),
    Kept(PathBuf),
}

/// The file that a signal must remove, if there is one now.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unfinished(Arc<Mutex<Slot>>);

#[derive(Debug)]
enum Slot {
    Open(Option<TempPath>),
    /// A signal has come.
    Closed,
}

impl PartFile {
    /// A new file under a name of its own, to be `place`.
    pub(crate) fn create(place: PathBuf, unfinished: Unfinished) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".ftp-fixture-").suffix(".part");
        set_usual_permissions(&mut builder);
        let (file, path) = builder.tempfile_in(directory_of(&place))?.into_parts();
        unfinished.hold(path)?;
        Ok(Self { file, place, length: 0, remains: Remains::Removed(unfinished) })
    }

    /// The file that an earlier try left beside `place`, to go on with; or a new one.
    pub(crate) fn resume(place: PathBuf) -> io::Result<Self> {
        let path = kept_beside(&place);
        let file = File::options().append(true).create(true).open(&path)?;
        let length = file.metadata()?.len();
        Ok(Self { file, place, length, remains: Remains::Kept(path) })
    }

    /// How many bytes were there when it was opened.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// It is whole.
    pub(crate) fn put_in_place(self) -> io::Result<()> {
        match &self.remains {
            Remains::Removed(unfinished) => unfinished.put_in_place(&self.place),
            Remains::Kept(path) => fs::rename(path, &self.place),
        }
    }
}

impl Write for PartFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        match &self.remains {
            Remains::Removed(unfinished) => drop(unfinished.take()),
            Remains::Kept(path) => {
                // One that is empty is no use to anybody, and one that was put in its place is not there.
                if fs::metadata(path).is_ok_and(|metadata| metadata.len() == 0) {
                    let _ = fs::remove_file(path);
                }
            }
        }
    }
}

impl Unfinished {
    /// Removes the file, and sees to it that none comes after it.
    pub(crate) fn remove(&self) {
        *self.lock() = Slot::Closed;
    }

    fn hold(&self, path: TempPath) -> io::Result<()> {
        match &mut *self.lock() {
            Slot::Open(slot) => {
                *slot = Some(path);
                Ok(())
            }
            Slot::Closed => Err(io::ErrorKind::Interrupted.into()),
        }
    }

    fn take(&self) -> Option<TempPath> {
        match &mut *self.lock() {
            Slot::Open(slot) => slot.take(),
            Slot::Closed => None,
        }
    }

    fn put_in_place(&self, place: &Path) -> io::Result<()> {
        // Locked until it is done: a signal finds the file either whole or gone.
        match &mut *self.lock() {
            Slot::Open(slot) => {
                slot.take().map_or(Ok(()), |path| path.persist(place).map_err(|error| error.error))
            }
            Slot::Closed => Err(io::ErrorKind::Interrupted.into()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Slot> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Slot {
    fn default() -> Self {
        Self::Open(None)
    }
}

/// Where `--resume` keeps what came.
pub(crate) fn kept_beside(place: &Path) -> PathBuf {
    let mut name = OsString::from(place);
    name.push(".part");
    name.into()
}

fn directory_of(place: &Path) -> &Path {
    match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A temporary file is its owner's alone; this one is to be as any other.
#[cfg(unix)]
fn set_usual_permissions(builder: &mut tempfile::Builder<'_, '_>) {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    builder.permissions(Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &mut tempfile::Builder<'_, '_>) {}
