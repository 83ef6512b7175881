//! A tree in memory as a [`FileSystem`].

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::SystemTime;

use super::memory_file::{Content, MemoryFile};
use super::tree::{Directory, Node, NodeId, Tree};
use crate::proto::{FileInfo, Pathname};
use crate::vfs::unique_name::create_first_free;
use crate::vfs::whole_second::whole_second;
use crate::vfs::{DirEntry, File, FileSystem, FsError, OpenMode};

/// A tree in memory, which behaves as [`DiskFs`](super::super::DiskFs) does on a disk without links.
///
/// Jails share the tree. Modes are kept and shown, not enforced.
pub struct MemoryFs {
    tree: Arc<RwLock<Tree>>,
    root: NodeId,
}

impl MemoryFs {
    /// An empty root directory.
    pub fn new() -> Self {
        Self { tree: Arc::new(RwLock::new(Tree::new())), root: Tree::ROOT }
    }

    fn read(&self) -> RwLockReadGuard<'_, Tree> {
        self.tree.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Tree> {
        self.tree.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The content of the file `path`, created if it is missing and `create` says so.
    fn content(&self, path: &Pathname, create: bool) -> Result<Content, FsError> {
        let mut tree = self.write();
        match tree.find(self.root, path) {
            Ok(id) => match tree.node(id)? {
                Node::File(content) => Ok(content.clone()),
                Node::Directory(_) => Err(FsError::IsADirectory),
            },
            Err(FsError::NotFound) if create => self.create(&mut tree, path),
            Err(error) => Err(error),
        }
    }

    fn create(&self, tree: &mut Tree, path: &Pathname) -> Result<Content, FsError> {
        let place = tree.place(self.root, path)?;
        let content = Content::default();
        tree.insert(&place, Node::File(content.clone()))?;
        Ok(content)
    }
}

impl Default for MemoryFs {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryFs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryFs").finish_non_exhaustive()
    }
}

impl FileSystem for MemoryFs {
    fn jail(&self, home: &Pathname) -> Result<Arc<dyn FileSystem>, FsError> {
        let tree = self.read();
        let root = tree.find(self.root, home)?;
        tree.directory(root)?;
        Ok(Arc::new(Self { tree: Arc::clone(&self.tree), root }))
    }

    fn resolve(&self, path: &Pathname) -> Result<Pathname, FsError> {
        match self.read().find(self.root, path) {
            Ok(_) | Err(FsError::NotFound) => Ok(path.clone()),
            Err(error) => Err(error),
        }
    }

    fn info(&self, path: &Pathname) -> Result<FileInfo, FsError> {
        let tree = self.read();
        Ok(tree.node(tree.find(self.root, path)?)?.info())
    }

    fn link_info(&self, path: &Pathname) -> Result<FileInfo, FsError> {
        self.info(path)
    }

    fn list(&self, path: &Pathname) -> Result<Vec<DirEntry>, FsError> {
        let tree = self.read();
        let directory = tree.directory(tree.find(self.root, path)?)?;
        directory
            .entries
            .iter()
            .map(|(name, id)| Ok(DirEntry { name: name.clone(), info: tree.node(*id)?.info() }))
            .collect()
    }

    fn open(&self, path: &Pathname, mode: OpenMode) -> Result<Box<dyn File>, FsError> {
        let create = matches!(mode, OpenMode::Write | OpenMode::Append);
        Ok(Box::new(MemoryFile::open(self.content(path, create)?, mode)?))
    }

    fn create_unique(
        &self,
        directory: &Pathname,
        prefix: &str,
    ) -> Result<(Pathname, Box<dyn File>), FsError> {
        let mut tree = self.write();
        create_first_free(directory, prefix, |path| {
            let content = self.create(&mut tree, path)?;
            Ok(Box::new(MemoryFile::open(content, OpenMode::Write)?) as Box<dyn File>)
        })
    }

    fn create_directory(&self, path: &Pathname) -> Result<(), FsError> {
        if path.is_root() {
            return Err(FsError::AlreadyExists);
        }
        let mut tree = self.write();
        let place = tree.place(self.root, path)?;
        tree.insert(&place, Node::Directory(Directory::default()))
    }

    fn remove_directory(&self, path: &Pathname) -> Result<(), FsError> {
        let mut tree = self.write();
        let place = tree.place(self.root, path)?;
        let id = tree.child(place.directory, place.name)?.ok_or(FsError::NotFound)?;
        if !tree.directory(id)?.entries.is_empty() {
            return Err(FsError::DirectoryNotEmpty);
        }
        tree.remove(&place)
    }

    fn remove_file(&self, path: &Pathname) -> Result<(), FsError> {
        if path.is_root() {
            return Err(FsError::IsADirectory);
        }
        let mut tree = self.write();
        let place = tree.place(self.root, path)?;
        let id = tree.child(place.directory, place.name)?.ok_or(FsError::NotFound)?;
        match tree.node(id)? {
            Node::Directory(_) => Err(FsError::IsADirectory),
            Node::File(_) => tree.remove(&place),
        }
    }

    fn rename(&self, from: &Pathname, to: &Pathname) -> Result<(), FsError> {
        let mut tree = self.write();
        let (from, to) = (tree.place(self.root, from)?, tree.place(self.root, to)?);
        tree.rename(&from, &to)
    }

    fn set_modified(&self, path: &Pathname, modified: SystemTime) -> Result<(), FsError> {
        let modified = Some(whole_second(modified));
        let mut tree = self.write();
        let id = tree.find(self.root, path)?;
        match tree.node_mut(id)? {
            Node::File(content) => content.write().modified = modified,
            Node::Directory(directory) => directory.modified = modified,
        }
        Ok(())
    }

    fn set_mode(&self, path: &Pathname, mode: u32) -> Result<(), FsError> {
        let mode = Some(mode & 0o7777);
        let mut tree = self.write();
        let id = tree.find(self.root, path)?;
        match tree.node_mut(id)? {
            Node::File(content) => content.write().mode = mode,
            Node::Directory(directory) => directory.mode = mode,
        }
        Ok(())
    }
}
