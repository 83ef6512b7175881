//! A logged-in user's view of the files: their home as the root, and a working directory in it.

use std::sync::Arc;

use crate::auth::{Authorizer, Target};
use crate::proto::{FileMode, Pathname, Permission, Reply};
use crate::server::replies;
use crate::vfs::{File, FileSystem, FsError, OpenMode};

/// The bits that a new file lacks unless SITE UMASK has said otherwise.
const DEFAULT_UMASK: u32 = 0o022;

/// The files as one user sees them.
#[derive(Debug)]
pub(super) struct Home {
    pub(super) user: String,
    /// Where the home stands in the server's file system; permissions are told of pathnames there.
    home: Pathname,
    /// The home itself: nothing reached through it is outside.
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) directory: Pathname,
    /// What SITE UMASK has set: the bits that files and directories made from now on lack.
    pub(super) umask: Option<FileMode>,
}

impl Home {
    pub(super) fn new(user: String, home: Pathname, files: Arc<dyn FileSystem>) -> Self {
        Self { user, home, files, directory: Pathname::root(), umask: None }
    }

    /// The pathname that a client means by `text`.
    pub(super) fn path(&self, text: &str) -> Result<Pathname, Reply> {
        self.directory.join(text).map_err(replies::invalid_pathname)
    }

    /// A pathname of the user's as seen from the root of the server's file system.
    pub(super) fn seen_from_the_root(&self, path: &Pathname) -> Pathname {
        path.below(&self.home)
    }

    /// The bits that new files and directories lack.
    pub(super) fn umask(&self) -> u32 {
        self.umask.map_or(DEFAULT_UMASK, |mask| mask.bits() & 0o777)
    }

    /// Opens a file for an upload, which may create it.
    pub(super) fn open_to_write(&self, path: &Pathname, mode: OpenMode) -> Result<Box<dyn File>, FsError> {
        let is_new = self.umask.is_some() && self.files.info(path) == Err(FsError::NotFound);
        let file = self.files.open(path, mode)?;
        if is_new {
            self.apply_umask(path, 0o666)?;
        }
        Ok(file)
    }

    /// Creates and opens a file under a name that is not taken.
    pub(super) fn create_unique(
        &self,
        directory: &Pathname,
        prefix: &str,
    ) -> Result<(Pathname, Box<dyn File>), FsError> {
        let created = self.files.create_unique(directory, prefix)?;
        self.apply_umask(&created.0, 0o666)?;
        Ok(created)
    }

    pub(super) fn create_directory(&self, path: &Pathname) -> Result<(), FsError> {
        self.files.create_directory(path)?;
        self.apply_umask(path, 0o777)
    }

    /// Leaves the mode to the file system where no umask was set.
    fn apply_umask(&self, path: &Pathname, bits: u32) -> Result<(), FsError> {
        match self.umask {
            Some(_) => self.files.set_mode(path, bits & !self.umask()),
            None => Ok(()),
        }
    }

    /// Whether the user may do what needs `permission` to `path`, links in it followed.
    pub(super) fn permit(
        &self,
        authorizer: &dyn Authorizer,
        permission: Permission,
        path: &Pathname,
    ) -> Result<(), Reply> {
        let resolved = self.files.resolve(path).map_err(|error| replies::file_unavailable(&error))?;
        let is_directory = self.files.info(&resolved).is_ok_and(|info| info.is_directory());
        let target = Target::new(resolved.below(&self.home), is_directory);
        if authorizer.has_perm(&self.user, permission, Some(&target)) {
            Ok(())
        } else {
            Err(replies::permission_denied())
        }
    }
}
