//! Data connections: how one comes about. What goes through it is in `data_transfer`.

use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::platform;
use super::protection::Protection;
use super::waits::Waits;

/// One client connects once; a few strangers may be in its way.
const PASSIVE_BACKLOG: i32 = 16;

/// A listener for one passive data connection.
#[derive(Debug)]
pub(crate) struct PassiveListener {
    listener: Arc<TcpListener>,
    client: IpAddr,
    waits: Arc<Waits>,
}

impl PassiveListener {
    /// Listens on the first of `ports` of `server` that is free, or on an ephemeral one, for `client` alone.
    ///
    /// # Errors
    /// When no port or descriptor is to be had.
    pub(crate) fn bind(
        server: IpAddr,
        ports: Option<&RangeInclusive<u16>>,
        client: IpAddr,
        waits: Arc<Waits>,
    ) -> io::Result<Self> {
        let free = ports
            .into_iter()
            .flat_map(Clone::clone)
            .find_map(|port| platform::listen(SocketAddr::new(server, port), PASSIVE_BACKLOG).ok());
        let listener = match free {
            Some(listener) => listener,
            None => {
                if let Some(ports) = ports {
                    tracing::warn!(target: "ftp_fixture::net", ?ports, "no passive port is free; taking an ephemeral one");
                }
                platform::listen(SocketAddr::new(server, 0), PASSIVE_BACKLOG)?
            }
        };
        Ok(Self { listener: Arc::new(TcpListener::from_std(listener)?), client, waits })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the socket does not know.
    pub(crate) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Waits for the client's connection; those of strangers are closed.
    ///
    /// May be cancelled without losing anything.
    ///
    /// # Errors
    /// When accepting fails for want of descriptors or memory.
    pub(crate) async fn accept(&self) -> io::Result<DataConnection> {
        loop {
            let accepted = {
                let _waiting = self.waits.incoming(&self.listener);
                poll_fn(|context| self.poll_accept(context)).await
            };
            match accepted {
                Ok((socket, peer)) if peer.ip().to_canonical() == self.client => {
                    platform::prepare_data(&socket);
                    return Ok(DataConnection {
                        socket: Arc::new(socket),
                        waits: Arc::clone(&self.waits),
                        protection: Protection::Clear,
                    });
                }
                Ok((_, stranger)) => {
                    tracing::warn!(target: "ftp_fixture::net", %stranger, "data connection from a stranger refused");
                }
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Asks the kernel first: see `readiness`.
    fn poll_accept(&self, context: &mut Context<'_>) -> Poll<io::Result<(TcpStream, SocketAddr)>> {
        match platform::accept_now(self.listener.as_ref()) {
            Some(accepted) => {
                Poll::Ready(accepted.and_then(|(socket, peer)| Ok((TcpStream::from_std(socket)?, peer))))
            }
            None => self.listener.poll_accept(context),
        }
    }
}

/// Connects from `server` to the address that the client named with PORT or EPRT.
///
/// # Errors
/// When nobody listens there, or it cannot be reached.
pub(crate) async fn connect_active(
    server: IpAddr,
    target: SocketAddr,
    waits: Arc<Waits>,
) -> io::Result<DataConnection> {
    let socket = match target {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.bind(SocketAddr::new(server, 0))?;
    let socket = {
        let _underway = waits.underway();
        socket.connect(target).await?
    };
    platform::prepare_data(&socket);
    Ok(DataConnection { socket: Arc::new(socket), waits, protection: Protection::Clear })
}

/// A data connection on which no transfer has begun.
#[derive(Debug)]
pub(crate) struct DataConnection {
    pub(super) socket: Arc<TcpStream>,
    pub(super) waits: Arc<Waits>,
    pub(super) protection: Protection,
}

impl Drop for PassiveListener {
    fn drop(&mut self) {
        platform::hang_up(self.listener.as_ref());
    }
}

impl Drop for DataConnection {
    fn drop(&mut self) {
        platform::hang_up(self.socket.as_ref());
    }
}
