//! A real FTP server in your tests.

pub mod auth;
pub mod clock;
pub mod listing;
pub mod proto;
pub mod transcript;
pub mod vfs;
