//! The FTP protocol as values: verbs, commands, replies, codecs, addresses, pathnames. No I/O, no tokio, no clock.

mod file_info;
mod pathname;
mod permission;
mod session_id;

pub use file_info::{FileInfo, FileKind};
pub use pathname::{Pathname, PathnameError};
pub use permission::{NoSuchPermission, Permission, Permissions};
pub use session_id::SessionId;
