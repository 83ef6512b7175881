//! Data connections: how one comes about, and bytes through it, recorded as they pass.

use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::net::{TcpListener, TcpStream};
use tokio::task::consume_budget;

use super::platform;
use super::readiness::{read_at_once, write_at_once};
use super::recorder::Recorder;
use super::waits::{Waiting, Waits};
use crate::transcript::{DataMode, Direction, PayloadRecorder, WireEvent};

/// A listener for one passive data connection.
#[derive(Debug)]
pub(crate) struct PassiveListener {
    listener: Arc<TcpListener>,
    client: IpAddr,
    waits: Arc<Waits>,
}

impl PassiveListener {
    /// Listens on an ephemeral port of `server`, for `client` alone.
    ///
    /// # Errors
    /// When no port or descriptor is to be had.
    pub(crate) fn bind(server: IpAddr, client: IpAddr, waits: Arc<Waits>) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(SocketAddr::new(server, 0))?;
        listener.set_nonblocking(true)?;
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
                    return Ok(DataConnection { socket: Arc::new(socket), waits: Arc::clone(&self.waits) });
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

/// A data connection on which no transfer has begun.
#[derive(Debug)]
pub(crate) struct DataConnection {
    socket: Arc<TcpStream>,
    waits: Arc<Waits>,
}

/// What a transfer is, as the transcript tells it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TransferKind {
    pub(crate) mode: DataMode,
    pub(crate) direction: Direction,
    pub(crate) ascii: bool,
    pub(crate) listing: bool,
}

/// A transfer on a data connection. Dropped before [`finish`](Self::finish), it is recorded as interrupted.
#[derive(Debug)]
pub(crate) struct DataTransfer {
    connection: DataConnection,
    recorder: Recorder,
    payload: Option<PayloadRecorder>,
    finished: bool,
}

impl DataConnection {
    /// Begins a transfer.
    pub(crate) fn begin(self, kind: TransferKind, recorder: &Recorder) -> DataTransfer {
        recorder.record(|| WireEvent::TransferStarted {
            mode: kind.mode,
            direction: kind.direction,
            ascii: kind.ascii,
            tls: false,
        });
        let payload = recorder.payload_policy().map(|policy| PayloadRecorder::new(policy, kind.listing));
        DataTransfer { connection: self, recorder: recorder.clone(), payload, finished: false }
    }
}

impl DataTransfer {
    /// Reads what the client has sent; 0 at the end of its data.
    ///
    /// What arrived before a reset is read before the reset is believed.
    ///
    /// # Errors
    /// When the client reset the connection.
    pub(crate) async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let DataConnection { socket, waits } = &self.connection;
        let count = loop {
            yield_now_and_then(waits.readable(socket)).await;
            match read_at_once(socket, buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _waiting = waits.readable(socket);
                    socket.readable().await?;
                }
                result => break result?,
            }
        };
        if let Some(payload) = &mut self.payload {
            payload.push(&buffer[..count]);
        }
        Ok(count)
    }

    /// Sends all of `bytes`.
    ///
    /// # Errors
    /// When the client closed or reset the connection.
    pub(crate) async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let DataConnection { socket, waits } = &self.connection;
        let mut rest = bytes;
        while !rest.is_empty() {
            yield_now_and_then(waits.writable(socket)).await;
            match write_at_once(socket, rest) {
                Ok(count) => rest = &rest[count..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _waiting = waits.writable(socket);
                    socket.writable().await?;
                }
                Err(error) => return Err(error),
            }
        }
        if let Some(payload) = &mut self.payload {
            payload.push(bytes);
        }
        Ok(())
    }

    /// Closes the connection; the transfer is whole.
    pub(crate) fn finish(mut self) {
        self.finished = true;
        if let Some(payload) = self.payload.take() {
            self.recorder.record(|| WireEvent::TransferEnded(payload.finish()));
        }
    }
}

/// Lets others go on: a peer as fast as we are would keep a transfer from ever waiting.
async fn yield_now_and_then(waiting: Waiting<'_>) {
    consume_budget().await;
    drop(waiting);
}

impl Drop for DataTransfer {
    fn drop(&mut self) {
        if !self.finished {
            self.recorder.record(|| WireEvent::TransferInterrupted);
        }
    }
}
