//! The data connection that PASV or EPSV has set up for the next transfer.

use std::io;

use crate::net::{DataConnection, PassiveListener};

/// Where the next transfer's data connection comes from.
#[derive(Debug, Default)]
pub(super) enum DataChannel {
    /// No PASV or EPSV since the last transfer.
    #[default]
    None,
    /// The client has not connected yet.
    Listening(PassiveListener),
    /// It has.
    Connected(DataConnection),
    /// It could not be accepted.
    Failed(io::Error),
}

impl DataChannel {
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Accepts the client's connection as soon as it comes; otherwise pends for ever. May be cancelled.
    pub(super) async fn advance(&mut self) {
        let Self::Listening(listener) = self else { return std::future::pending().await };
        *self = match listener.accept().await {
            Ok(connection) => Self::Connected(connection),
            Err(error) => Self::Failed(error),
        };
    }

    /// Waits for the connection.
    ///
    /// # Errors
    /// When it could not be accepted.
    pub(super) async fn connect(self) -> io::Result<DataConnection> {
        match self {
            Self::None => Err(io::ErrorKind::NotConnected.into()),
            Self::Listening(listener) => listener.accept().await,
            Self::Connected(connection) => Ok(connection),
            Self::Failed(error) => Err(error),
        }
    }
}
