//! A tree in memory as a file system.

mod memory_file;
mod memory_fs;
mod tree;

pub use memory_fs::MemoryFs;
