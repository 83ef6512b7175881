//! The user's side of FTP's connections (RFC 959's user-PI and user-DTP): a client's control and data connections.
//!
//! A client that is awaited and one that blocks differ in their [`Socket`] alone. A blocking socket is ready whenever
//! it is polled, because it waits inside, so that what is written once as a future runs on either.

mod blocking_socket;
mod control;
mod data;
mod socket;
mod stream;
#[cfg(all(test, feature = "tls"))]
mod stream_tests;
mod tokio_socket;

pub(crate) use blocking_socket::BlockingSocket;
pub(crate) use control::{ControlFailure, UserControl};
pub(crate) use data::UserTransfer;
pub(crate) use socket::Socket;
pub(crate) use stream::UserStream;
pub(crate) use tokio_socket::TokioSocket;
