//! Sockets of a client that blocks: each poll waits in the kernel, and is ready.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::os::fd::{AsFd, BorrowedFd};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::socket::{Socket, bound};
use crate::net::platform;

/// One connection is waited for; a few strangers may be in its way.
const BACKLOG: i32 = 16;

#[derive(Debug)]
pub(crate) struct BlockingSocket {
    stream: TcpStream,
    limit: Option<Duration>,
}

impl BlockingSocket {
    fn new(stream: TcpStream) -> Self {
        platform::prepare_data(&stream);
        Self { stream, limit: None }
    }

    /// Does `operation` until it was not interrupted; one that the kernel gave up is `TimedOut`.
    fn within_limit<T>(&self, mut operation: impl FnMut(&TcpStream) -> io::Result<T>) -> Poll<io::Result<T>> {
        if self.limit.is_some_and(|limit| limit.is_zero()) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Ready(loop {
            match operation(&self.stream) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    break Err(io::ErrorKind::TimedOut.into());
                }
                result => break result,
            }
        })
    }
}

impl Socket for BlockingSocket {
    type Listener = TcpListener;

    async fn resolve(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host, port).to_socket_addrs()?.collect())
    }

    async fn connect(
        address: SocketAddr,
        source: Option<IpAddr>,
        limit: Option<Duration>,
    ) -> io::Result<Self> {
        let socket = bound(address, source)?;
        match limit {
            Some(limit) => socket.connect_timeout(&address.into(), limit)?,
            None => socket.connect(&address.into())?,
        }
        Ok(Self::new(socket.into()))
    }

    fn listen(address: IpAddr) -> io::Result<TcpListener> {
        let listener = platform::listen(SocketAddr::new(address, 0), BACKLOG)?;
        listener.set_nonblocking(false)?;
        Ok(listener)
    }

    fn listening_at(listener: &TcpListener) -> io::Result<SocketAddr> {
        listener.local_addr()
    }

    fn take(listener: &TcpListener) -> io::Result<(Self, SocketAddr)> {
        listener.accept().map(|(stream, peer)| (Self::new(stream), peer))
    }

    async fn wait_for_either(
        listener: &TcpListener,
        control: &Self,
        limit: Option<Duration>,
    ) -> io::Result<Option<(Self, SocketAddr)>> {
        platform::wait_for_either(listener, &control.stream, limit).map(|()| None)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.stream.local_addr()
    }

    fn set_limit(&mut self, limit: Option<Duration>) {
        self.limit = limit;
        // No time at all is no limit that the kernel takes; then it is not asked at all.
        let limit = limit.filter(|limit| !limit.is_zero());
        let _ = self.stream.set_read_timeout(limit);
        let _ = self.stream.set_write_timeout(limit);
    }
}

impl AsFd for BlockingSocket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

impl AsyncRead for BlockingSocket {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let space = buffer.initialize_unfilled();
        self.within_limit(|mut stream| stream.read(space)).map_ok(|count| buffer.advance(count))
    }
}

impl AsyncWrite for BlockingSocket {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.within_limit(|mut stream| stream.write(bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.stream.shutdown(Shutdown::Write))
    }
}
