//! A client: Python's `ftplib` in Rust, awaited as [`Ftp`] and blocking as [`blocking::Ftp`], under the same names.
//!
//! It records what it says and hears as the fixture's server does, so that any FTP server can be tested by snapshots:
//!
//! ```
//! use ftp_fixture::client::blocking::Ftp;
//! use ftp_fixture::prelude::*;
//!
//! let server = FtpFixture::start();
//! let mut ftp = Ftp::connect(server.addr())?;
//! ftp.login("user", "12345")?;
//! ftp.quit()?;
//! # #[cfg(feature = "insta")]
//! assert_transcript!(ftp, @r"
//! == session 1
//! S> 220 ftp-fixture ready.
//! C> USER user
//! S> 331 Password required.
//! C> PASS [PASSWORD]
//! S> 230 Login successful.
//! C> QUIT
//! S> 221 Goodbye.
//! ");
//! # Ok::<(), ftp_fixture::client::Error>(())
//! ```
//!
//! Every wait has a limit, every line has one, and no reply is taken for that to another command: what the server does
//! wrong is an [`Error`] that says what was sent and what came.

mod aborting;
mod address;
mod asynchronous;
pub mod blocking;
mod builder_methods;
mod commands;
mod copying;
mod data_address;
mod error;
mod features;
mod fxp;
mod listing;
mod login;
mod methods;
mod options;
mod outgoing;
mod parse;
mod progress;
mod security;
mod session;
mod transfer_methods;
mod transferring;
mod url;

pub use address::{AddressError, FTP_PORT, FTPS_PORT, ServerAddress};
pub use asynchronous::{Download, Ftp, FtpBuilder, Transfer, Upload};
pub use error::{Error, ReplyError, ReplyErrorKind};
pub use features::Features;
pub use parse::{parse150, parse227, parse229, parse257};
pub use progress::Progress;
pub use url::{FtpUrl, UrlError};
