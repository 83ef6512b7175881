//! The data connection that PASV, EPSV, PORT or EPRT has set up for the next transfer.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use super::security::Security;
use crate::net::{DataConnection, PassiveListener, Timer, Waits, connect_active};
use crate::transcript::DataMode;

/// Where the next transfer's data connection comes from.
#[derive(Debug, Default)]
pub(super) enum DataChannel {
    /// Nothing was set up since the last transfer.
    #[default]
    None,
    /// The client has not connected yet, and may until a moment of the timer.
    Listening { listener: PassiveListener, until: Option<Duration> },
    /// It has.
    Connected(DataConnection),
    /// It did not in time, or could not be accepted.
    Failed(io::Error),
    /// The client listens there; it is connected to when the transfer starts (RFC 959, 5.2).
    Active { server: IpAddr, client: SocketAddr, within: Option<Duration> },
}

impl DataChannel {
    /// Whether nothing was set up.
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether the client has connected.
    pub(super) fn is_connected(&self) -> bool {
        matches!(self, Self::Connected(_))
    }

    /// Whether it is known already that there will be no data connection, at this moment of the timer.
    pub(super) fn is_lost(&self, now: Duration) -> bool {
        match self {
            Self::Failed(_) => true,
            Self::Listening { until: Some(until), .. } => *until <= now,
            _ => false,
        }
    }

    pub(super) fn mode(&self) -> DataMode {
        match self {
            Self::Active { .. } => DataMode::Active,
            _ => DataMode::Passive,
        }
    }

    /// Accepts the client's connection as soon as it comes, or gives up; otherwise pends for ever. May be cancelled.
    ///
    /// A connection that is there does its handshake, if there is to be one and the client begins it.
    pub(super) async fn advance(&mut self, timer: &Timer, waits: &Waits, security: &Security) {
        let (listener, until) = match self {
            Self::Listening { listener, until } => (listener, until),
            Self::Connected(connection) => return connection.secure_early().await,
            _ => return std::future::pending().await,
        };
        *self = match timer.in_time(*until, listener.accept(), waits).await {
            Ok(connection) => Self::Connected(connection.protected_by(security.of_data())),
            Err(error) => Self::Failed(error),
        };
    }

    /// Waits for the connection, or makes it; its handshake is still to be done.
    ///
    /// # Errors
    /// When it did not come in time, could not be accepted, or the client does not listen where it said.
    pub(super) async fn connect(
        self,
        timer: &Timer,
        waits: &Arc<Waits>,
        security: &Security,
    ) -> io::Result<DataConnection> {
        let connection = match self {
            Self::Connected(connection) => return Ok(connection),
            Self::None => Err(io::ErrorKind::NotConnected.into()),
            Self::Listening { listener, until } => timer.in_time(until, listener.accept(), waits).await,
            Self::Failed(error) => Err(error),
            Self::Active { server, client, within } => {
                let until = within.map(|within| timer.after(within));
                timer.in_time(until, connect_active(server, client, Arc::clone(waits)), waits).await
            }
        };
        connection.map(|connection| connection.protected_by(security.of_data()))
    }
}
