//! The server: what each command does, on a connection that `net` keeps and records.

mod data_channel;
mod features;
mod files;
mod gate;
mod handler;
mod home;
mod information;
mod listings;
mod login;
mod parameters;
mod replies;
mod serve;
mod session;
mod settle;
mod transfers;

pub use handler::FtpHandler;
pub use serve::FtpServer;

pub(crate) use serve::{Request, SessionFailure, bind_listener, panic_message};
