//! Following symbolic links by hand, for a pathname whose end may not exist yet.
//!
//! The answer is for checking permissions. It guards nothing: containment is the kernel's work at each call.

use std::io;

use cap_std::fs::Dir;

use crate::proto::Pathname;
use crate::vfs::FsError;

/// As many links as Linux follows.
const LINK_LIMIT: usize = 40;

/// Where `path` leads below `root`: what exists of it is resolved, the rest appended.
pub(super) fn resolve(root: &Dir, path: &Pathname) -> Result<Pathname, FsError> {
    let mut pending: Vec<String> = path.components().rev().map(str::to_owned).collect();
    let mut resolved = Pathname::root();
    let mut links = 0;
    while let Some(component) = pending.pop() {
        if component == ".." {
            resolved = resolved.parent().ok_or(FsError::OutsideRoot)?;
            continue;
        }
        let next = resolved.join(&component)?;
        match root.symlink_metadata(next.relative()) {
            Ok(metadata) if metadata.is_symlink() => {
                links += 1;
                if links > LINK_LIMIT {
                    return Err(FsError::LinkLoop);
                }
                let target = root.read_link_contents(next.relative())?;
                if target.has_root() {
                    return Err(FsError::OutsideRoot);
                }
                let target = target.to_str().ok_or(FsError::InvalidName)?;
                let components = target.split('/').rev().filter(|name| !matches!(*name, "" | "."));
                pending.extend(components.map(str::to_owned));
            }
            Ok(_) => resolved = next,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return append(next, pending),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(resolved)
}

/// `missing` with the components that follow it; a link's `..` cannot climb out of what does not exist.
fn append(missing: Pathname, mut pending: Vec<String>) -> Result<Pathname, FsError> {
    let mut path = missing;
    while let Some(component) = pending.pop() {
        if component == ".." {
            return Err(FsError::NotFound);
        }
        path = path.join(&component)?;
    }
    Ok(path)
}
