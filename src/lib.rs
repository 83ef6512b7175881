//! A real FTP server in your tests.

pub mod clock;
pub mod listing;
pub mod proto;
pub mod vfs;
