//! A logged-in user's view of the files: their home as the root, and a working directory in it.

use std::sync::Arc;

use crate::auth::{Authorizer, Target};
use crate::proto::{Pathname, Permission, Reply};
use crate::server::replies;
use crate::vfs::FileSystem;

/// The files as one user sees them.
#[derive(Debug)]
pub(super) struct Home {
    pub(super) user: String,
    /// Where the home stands in the server's file system; permissions are told of pathnames there.
    home: Pathname,
    /// The home itself: nothing reached through it is outside.
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) directory: Pathname,
}

impl Home {
    pub(super) fn new(user: String, home: Pathname, files: Arc<dyn FileSystem>) -> Self {
        Self { user, home, files, directory: Pathname::root() }
    }

    /// The pathname that a client means by `text`.
    pub(super) fn path(&self, text: &str) -> Result<Pathname, Reply> {
        self.directory.join(text).map_err(replies::invalid_pathname)
    }

    /// A pathname of the user's as seen from the root of the server's file system.
    pub(super) fn seen_from_the_root(&self, path: &Pathname) -> Pathname {
        path.below(&self.home)
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
        let target = Target { path: resolved.below(&self.home), is_directory };
        if authorizer.has_perm(&self.user, permission, Some(&target)) {
            Ok(())
        } else {
            Err(replies::permission_denied())
        }
    }
}
