//! The server: what each command does, on a connection that `net` keeps and records.

mod checksums;
mod copying;
mod data_channel;
mod deflating;
mod events;
mod features;
mod files;
mod gate;
mod handler;
mod home;
mod identity;
mod information;
mod listings;
mod login;
mod own_command;
mod parameters;
mod replies;
mod security;
mod serve;
mod session;
mod settle;
mod site;
mod transfer;
mod transfers;
mod waiting;
mod zone;

pub use events::{Greeting, SessionEvents, SessionInfo};
pub use handler::{FtpHandler, UnicodeErrors};
pub use own_command::{OwnCommand, Responder};
pub use serve::FtpServer;

pub(crate) use serve::{Request, SessionFailure, panic_message};
pub(crate) use waiting::{Told, Waiter};
