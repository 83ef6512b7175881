//! The data connection that PASV, EPSV, PORT or EPRT has set up for the next transfer.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use crate::net::{DataConnection, PassiveListener, Waits, connect_active};
use crate::transcript::DataMode;

/// Where the next transfer's data connection comes from.
#[derive(Debug, Default)]
pub(super) enum DataChannel {
    /// Nothing was set up since the last transfer.
    #[default]
    None,
    /// The client has not connected yet.
    Listening(PassiveListener),
    /// It has.
    Connected(DataConnection),
    /// It could not be accepted.
    Failed(io::Error),
    /// The client listens there; it is connected to when the transfer starts (RFC 959, 5.2).
    Active { server: IpAddr, client: SocketAddr, waits: Arc<Waits> },
}

impl DataChannel {
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    pub(super) fn mode(&self) -> DataMode {
        match self {
            Self::Active { .. } => DataMode::Active,
            _ => DataMode::Passive,
        }
    }

    /// Accepts the client's connection as soon as it comes; otherwise pends for ever. May be cancelled.
    pub(super) async fn advance(&mut self) {
        let Self::Listening(listener) = self else { return std::future::pending().await };
        *self = match listener.accept().await {
            Ok(connection) => Self::Connected(connection),
            Err(error) => Self::Failed(error),
        };
    }

    /// Waits for the connection, or makes it.
    ///
    /// # Errors
    /// When it could not be accepted, or the client does not listen where it said.
    pub(super) async fn connect(self) -> io::Result<DataConnection> {
        match self {
            Self::None => Err(io::ErrorKind::NotConnected.into()),
            Self::Listening(listener) => listener.accept().await,
            Self::Connected(connection) => Ok(connection),
            Self::Failed(error) => Err(error),
            Self::Active { server, client, waits } => connect_active(server, client, waits).await,
        }
    }
}
