//! Names and nodes: what a disk's directories and inodes are, without their contents.
//!
//! A node keeps its number when it is renamed, so a jail stays with its directory wherever that is moved.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::memory_file::Content;
use crate::proto::{FileInfo, Pathname};
use crate::vfs::FsError;

/// The longest name, in bytes, as on most disks.
const NAME_LIMIT: usize = 255;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId(u64);

pub(super) enum Node {
    File(Content),
    Directory(Directory),
}

#[derive(Default)]
pub(super) struct Directory {
    pub(super) entries: BTreeMap<String, NodeId>,
    /// Set, and nothing added or removed since.
    pub(super) modified: Option<SystemTime>,
    pub(super) mode: Option<u32>,
}

impl Node {
    pub(super) fn info(&self) -> FileInfo {
        match self {
            Self::File(content) => {
                let stored = content.read();
                let mut info = FileInfo::file(stored.bytes.len() as u64);
                (info.modified, info.mode) = (stored.modified, stored.mode);
                info.modified_is_set = stored.modified.is_some();
                info
            }
            Self::Directory(directory) => {
                let mut info = FileInfo::directory();
                (info.modified, info.mode) = (directory.modified, directory.mode);
                info.modified_is_set = directory.modified.is_some();
                info
            }
        }
    }
}

/// Where a name stands or would stand: in which directory, itself found below which others.
pub(super) struct Place<'a> {
    /// The nodes from the root to the directory, both included.
    pub(super) above: Vec<NodeId>,
    pub(super) directory: NodeId,
    pub(super) name: &'a str,
}

pub(super) struct Tree {
    nodes: BTreeMap<NodeId, Node>,
    next: u64,
}

impl Tree {
    pub(super) const ROOT: NodeId = NodeId(0);

    pub(super) fn new() -> Self {
        Self { nodes: BTreeMap::from([(Self::ROOT, Node::Directory(Directory::default()))]), next: 1 }
    }

    pub(super) fn node(&self, id: NodeId) -> Result<&Node, FsError> {
        self.nodes.get(&id).ok_or(FsError::NotFound)
    }

    pub(super) fn directory(&self, id: NodeId) -> Result<&Directory, FsError> {
        match self.node(id)? {
            Node::Directory(directory) => Ok(directory),
            Node::File(_) => Err(FsError::NotADirectory),
        }
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> Result<&mut Node, FsError> {
        self.nodes.get_mut(&id).ok_or(FsError::NotFound)
    }

    /// What `path` names, seen from `root`.
    pub(super) fn find(&self, root: NodeId, path: &Pathname) -> Result<NodeId, FsError> {
        path.components()
            .try_fold(root, |directory, name| self.child(directory, name)?.ok_or(FsError::NotFound))
    }

    /// The entry `name` of `directory`, if there is one.
    pub(super) fn child(&self, directory: NodeId, name: &str) -> Result<Option<NodeId>, FsError> {
        let directory = self.directory(directory)?;
        if name.len() > NAME_LIMIT {
            return Err(FsError::NameTooLong);
        }
        Ok(directory.entries.get(name).copied())
    }

    /// Where `path` stands; the root stands nowhere.
    pub(super) fn place<'a>(&self, root: NodeId, path: &'a Pathname) -> Result<Place<'a>, FsError> {
        let mut above = vec![root];
        let mut directory = root;
        let mut components = path.components();
        let name = components.next_back().ok_or(FsError::RootDirectory)?;
        for component in components {
            directory = self.child(directory, component)?.ok_or(FsError::NotFound)?;
            above.push(directory);
        }
        self.directory(directory)?;
        Ok(Place { above, directory, name })
    }

    /// Adds `node` at `place`, where nothing is.
    pub(super) fn insert(&mut self, place: &Place<'_>, node: Node) -> Result<(), FsError> {
        if self.child(place.directory, place.name)?.is_some() {
            return Err(FsError::AlreadyExists);
        }
        let id = NodeId(self.next);
        self.next += 1;
        self.nodes.insert(id, node);
        self.link(place, id)
    }

    /// Removes the node at `place`, which has nothing below it.
    pub(super) fn remove(&mut self, place: &Place<'_>) -> Result<(), FsError> {
        if let Some(id) = self.unlink(place)? {
            self.nodes.remove(&id);
        }
        Ok(())
    }

    /// Moves what is at `from` to `to`, over a file or an empty directory there.
    pub(super) fn rename(&mut self, from: &Place<'_>, to: &Place<'_>) -> Result<(), FsError> {
        let source = self.child(from.directory, from.name)?.ok_or(FsError::NotFound)?;
        if to.above.contains(&source) {
            return Err(FsError::IntoItself);
        }
        if let Some(target) = self.child(to.directory, to.name)? {
            if target == source {
                return Ok(());
            }
            if from.above.contains(&target) {
                return Err(FsError::DirectoryNotEmpty);
            }
            match (self.node(source)?, self.node(target)?) {
                (Node::File(_), Node::Directory(_)) => return Err(FsError::IsADirectory),
                (Node::Directory(_), Node::File(_)) => return Err(FsError::NotADirectory),
                (_, Node::Directory(directory)) if !directory.entries.is_empty() => {
                    return Err(FsError::DirectoryNotEmpty);
                }
                _ => self.remove(to)?,
            }
        }
        self.unlink(from)?;
        self.link(to, source)
    }

    fn directory_mut(&mut self, id: NodeId) -> Result<&mut Directory, FsError> {
        match self.node_mut(id)? {
            Node::Directory(directory) => Ok(directory),
            Node::File(_) => Err(FsError::NotADirectory),
        }
    }

    fn link(&mut self, place: &Place<'_>, id: NodeId) -> Result<(), FsError> {
        let directory = self.directory_mut(place.directory)?;
        directory.entries.insert(place.name.to_owned(), id);
        directory.modified = None;
        Ok(())
    }

    fn unlink(&mut self, place: &Place<'_>) -> Result<Option<NodeId>, FsError> {
        let directory = self.directory_mut(place.directory)?;
        directory.modified = None;
        Ok(directory.entries.remove(place.name))
    }
}
