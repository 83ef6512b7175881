//! Where the server's files are: one trait, a directory of the disk, and a tree in memory.
//!
//! Every pathname here is absolute within the file system it is given to, and no file system can be made to leave
//! its root. Calls are synchronous: local metadata is quick, and slowness comes from scripts, never from here.

#[cfg(test)]
mod conformance;
mod disk;
mod error;
mod file_system;
mod memory;
mod unique_name;
mod whole_second;

pub use disk::DiskFs;
pub use error::FsError;
pub use file_system::{DirEntry, File, FileSystem, OpenMode};
pub use memory::MemoryFs;
