//! A directory of the disk as a file system.

mod disk_file;
mod disk_fs;
mod facts;
#[cfg(all(test, unix))]
mod link_tests;
mod links;
#[cfg(all(test, unix))]
mod race_tests;

pub use disk_fs::DiskFs;
