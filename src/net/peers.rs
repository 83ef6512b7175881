//! What local clients have sent that has not arrived: asked of their ends of the connections.
//!
//! A client's call returns when its kernel has taken what it sent. On loopback that has then arrived, nearly always; but
//! a busy machine may deliver it later, on another core, and what the client did afterwards on another connection comes
//! in first. The client's socket tells: it has bytes that nobody has acknowledged, or is closed, while ours knows of
//! nothing.

use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use tokio::net::{TcpListener, TcpStream};

use super::platform::SockDiag;

/// The other ends of one server's connections. Where the kernel does not tell, nothing is ever on its way.
#[derive(Debug, Default)]
pub(crate) struct Peers(Mutex<Diagnosis>);

#[derive(Debug, Default)]
enum Diagnosis {
    /// Nobody has asked yet.
    #[default]
    Unopened,
    Open(SockDiag),
    /// The process may not ask.
    Unavailable,
}

/// The socket at the other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeerSocket {
    /// Its `connect` has not returned.
    Connecting,
    /// It may still send, and so many bytes that it has sent were not acknowledged yet.
    Open { unacknowledged: u32 },
    /// It sends nothing any more.
    Closed,
    /// There is none: it was reset, or its kernel has forgotten it.
    Gone,
}

impl Peers {
    /// Whether the other end of a connection is a socket of this machine, under the addresses that we see.
    ///
    /// It is neither if the client is elsewhere, or addresses are translated on the way.
    pub(super) fn know(&self, socket: &TcpStream) -> bool {
        self.peer_of(socket).is_some_and(|peer| peer != PeerSocket::Gone)
    }

    /// Whether something is on its way to a connection whose peer was known: bytes, an end, or a reset.
    pub(super) fn have_sent_to(&self, socket: &TcpStream) -> bool {
        match self.peer_of(socket) {
            None | Some(PeerSocket::Connecting | PeerSocket::Open { unacknowledged: 0 }) => false,
            Some(PeerSocket::Open { .. } | PeerSocket::Closed | PeerSocket::Gone) => true,
        }
    }

    /// Whether the peer of a connection, which was known, takes nothing any more.
    pub(super) fn have_left(&self, socket: &TcpStream) -> bool {
        self.peer_of(socket) == Some(PeerSocket::Gone)
    }

    /// Whether something that was written to a connection may not have come in at its other end yet.
    pub(super) fn are_being_sent_to(&self, socket: &TcpStream) -> bool {
        let (Ok(ours), Ok(theirs)) = (socket.local_addr(), socket.peer_addr()) else { return false };
        matches!(self.find(ours, theirs), Some(PeerSocket::Open { unacknowledged: 1.. }))
    }

    /// Whether a client's `connect` has returned that our listener does not know of yet.
    pub(super) fn have_connected_to(&self, listener: &TcpListener) -> bool {
        let Ok(address) = listener.local_addr() else { return false };
        let half_open = self.ask(|diagnosis| diagnosis.half_open(address)).unwrap_or_default();
        half_open.into_iter().any(|(ours, theirs)| {
            matches!(self.find(theirs, ours), Some(PeerSocket::Open { .. } | PeerSocket::Closed))
        })
    }

    /// The socket at the other end; `None` if the kernel does not tell.
    fn peer_of(&self, socket: &TcpStream) -> Option<PeerSocket> {
        // A socket that knows no peer any more was reset, and that has arrived.
        let (ours, theirs) = (socket.local_addr().ok()?, socket.peer_addr().ok()?);
        self.find(theirs, ours)
    }

    fn find(&self, local: SocketAddr, remote: SocketAddr) -> Option<PeerSocket> {
        self.ask(|diagnosis| diagnosis.find(local, remote))
    }

    fn ask<T>(&self, question: impl FnOnce(&SockDiag) -> io::Result<T>) -> Option<T> {
        let mut diagnosis = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Diagnosis::Unopened = *diagnosis {
            *diagnosis = SockDiag::open().map_or(Diagnosis::Unavailable, Diagnosis::Open);
        }
        let Diagnosis::Open(open) = &*diagnosis else { return None };
        match question(open) {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::debug!(target: "ftp_fixture::net", %error, "the kernel does not tell of local clients");
                *diagnosis = Diagnosis::Unavailable;
                None
            }
        }
    }
}
