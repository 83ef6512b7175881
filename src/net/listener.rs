//! Where control connections come in.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};

use super::peers::Peers;
use super::platform::{self, Interest};

/// How many connections the kernel keeps until they are accepted.
///
/// In FTP the server speaks first, so that a client dropped by a full queue would just hang.
const BACKLOG: i32 = 1024;

/// A listening socket for control connections.
#[derive(Debug)]
pub(crate) struct ControlListener(TcpListener);

/// A connection that was accepted and on which nothing was said yet.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub(super) socket: TcpStream,
    pub(super) client: SocketAddr,
    pub(super) server: SocketAddr,
}

impl Drop for ControlListener {
    fn drop(&mut self) {
        platform::hang_up(&self.0);
    }
}

impl ControlListener {
    /// Binds a listening socket that needs no runtime yet; the port is known, and clients may connect, on return.
    ///
    /// # Errors
    /// When the address cannot be had: in use, not this machine's, or not permitted.
    pub(crate) fn bind(address: SocketAddr) -> io::Result<std::net::TcpListener> {
        platform::listen(address, BACKLOG)
    }

    /// Takes the socket over to the runtime this is called on.
    ///
    /// # Errors
    /// When the process can have no more descriptors.
    pub(crate) fn new(listener: std::net::TcpListener) -> io::Result<Self> {
        TcpListener::from_std(listener).map(Self)
    }

    /// Waits for the next connection. May be cancelled without losing anything.
    ///
    /// # Errors
    /// When the process can have no more descriptors.
    pub(crate) async fn accept(&self) -> io::Result<Accepted> {
        let (socket, client) = self.0.accept().await?;
        Ok(Accepted { server: socket.local_addr()?, socket, client })
    }

    /// Whether a client has connected and was not accepted yet.
    pub(crate) fn is_awaited(&self, peers: &Peers) -> bool {
        let is_ready = || platform::is_ready(&self.0, Interest::Readable);
        // What was on its way may have arrived between the questions.
        is_ready() || peers.have_connected_to(&self.0) || is_ready()
    }

    /// Takes one connection that the kernel has; `None` when it has none.
    ///
    /// # Errors
    /// When the process can have no more descriptors.
    pub(crate) fn accept_now(&self) -> Option<io::Result<Accepted>> {
        // Without descriptors accepting fails even when nobody waits.
        if !platform::is_ready(&self.0, Interest::Readable) {
            return None;
        }
        platform::accept_now(&self.0).map(|accepted| {
            let (socket, client) = accepted?;
            let socket = TcpStream::from_std(socket)?;
            Ok(Accepted { server: socket.local_addr()?, socket, client })
        })
    }
}
