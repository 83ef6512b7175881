//! A file's content in memory, and a position in it.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::SystemTime;

use crate::vfs::{File, FsError, OpenMode};

/// What is in one file, shared by the tree and all who have it open; it outlives the file's name.
#[derive(Clone, Default)]
pub(super) struct Content(Arc<RwLock<Stored>>);

#[derive(Default)]
pub(super) struct Stored {
    pub(super) bytes: Vec<u8>,
    /// Set, and not written to since.
    pub(super) modified: Option<SystemTime>,
    pub(super) mode: Option<u32>,
}

impl Content {
    pub(super) fn read(&self) -> RwLockReadGuard<'_, Stored> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, Stored> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open file in memory. The lock is held for one read or write, so an upload is seen as it grows.
pub(super) struct MemoryFile {
    content: Content,
    access: Access,
}

#[derive(Debug)]
enum Access {
    Read { position: usize },
    Write { position: usize },
    Append,
}

impl MemoryFile {
    pub(super) fn open(content: Content, mode: OpenMode) -> Result<Self, FsError> {
        let access = match mode {
            OpenMode::Read { offset } => Access::Read { position: position(&content, offset)? },
            OpenMode::Resume { offset } => Access::Write { position: position(&content, offset)? },
            OpenMode::Append => Access::Append,
            OpenMode::Write => {
                let mut stored = content.write();
                stored.bytes.clear();
                stored.modified = None;
                Access::Write { position: 0 }
            }
        };
        Ok(Self { content, access })
    }
}

/// `offset` as an index, if it is in the file or at its end.
fn position(content: &Content, offset: u64) -> Result<usize, FsError> {
    let length = content.read().bytes.len();
    usize::try_from(offset)
        .ok()
        .filter(|position| *position <= length)
        .ok_or(FsError::OffsetBeyondEnd { offset, size: length as u64 })
}

impl File for MemoryFile {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, FsError> {
        let Access::Read { position } = &mut self.access else { return Err(FsError::PermissionDenied) };
        let stored = self.content.read();
        let rest = stored.bytes.get(*position..).unwrap_or_default();
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        *position += count;
        Ok(count)
    }

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), FsError> {
        if bytes.is_empty() {
            return Ok(());
        }
        let mut stored = self.content.write();
        match &mut self.access {
            Access::Read { .. } => return Err(FsError::PermissionDenied),
            Access::Append => stored.bytes.extend_from_slice(bytes),
            Access::Write { position } => {
                // Another session may have emptied the file: what is skipped then reads as zeros, as on disk.
                if stored.bytes.len() < *position {
                    stored.bytes.resize(*position, 0);
                }
                let overwritten = bytes.len().min(stored.bytes.len() - *position);
                let (over, beyond) = bytes.split_at(overwritten);
                stored.bytes[*position..*position + overwritten].copy_from_slice(over);
                stored.bytes.extend_from_slice(beyond);
                *position += bytes.len();
            }
        }
        stored.modified = None;
        Ok(())
    }

    fn size(&self) -> Result<u64, FsError> {
        Ok(self.content.read().bytes.len() as u64)
    }
}

impl fmt::Debug for MemoryFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryFile").field("access", &self.access).finish_non_exhaustive()
    }
}
