//! The FTP protocol as values: verbs, commands, replies, codecs, addresses, pathnames. No I/O, no tokio, no clock.

mod command;
mod command_line;
mod command_syntax;
mod decimal;
mod extended_port;
mod file_info;
mod host_port;
mod list_parameter;
mod options;
mod parameter;
mod pathname;
mod permission;
mod representation;
mod secret;
mod session_id;
mod telnet;
mod timeval;
mod verb;

pub use command::{Command, EpsvParameter};
pub use command_line::CommandLine;
pub use extended_port::{ExtendedPassive, ExtendedPort, ExtendedPortError, NetworkProtocol};
pub use file_info::{FileInfo, FileKind};
pub use host_port::{HostPort, HostPortError};
pub use list_parameter::ListParameter;
pub use options::Options;
pub use parameter::ParameterError;
pub use pathname::{Pathname, PathnameError};
pub use permission::{NoSuchPermission, Permission, Permissions};
pub use representation::{FileStructure, RepresentationType, TransferMode};
pub use secret::Secret;
pub use session_id::SessionId;
pub use timeval::Timeval;
pub use verb::{Parameter, Verb, VerbInfo};
