//! Sockets of a client that is awaited, on tokio.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::fd::{AsFd, BorrowedFd};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream, lookup_host};

use super::socket::{Socket, bound};
use crate::net::deadline::Deadline;
use crate::net::platform;
use crate::net::race::{Either, race};

/// One connection is waited for; a few strangers may be in its way.
const BACKLOG: i32 = 16;

pub(crate) struct TokioSocket {
    stream: TcpStream,
    limit: Option<Duration>,
    /// Runs while a read or a write waits.
    timer: Option<Pin<Box<dyn Future<Output = ()> + Send + Sync>>>,
}

impl fmt::Debug for TokioSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokioSocket").field("stream", &self.stream).finish_non_exhaustive()
    }
}

impl TokioSocket {
    fn new(stream: TcpStream) -> Self {
        platform::prepare_data(&stream);
        Self { stream, limit: None, timer: None }
    }

    /// `polled`, or `TimedOut` when it has been pending for too long.
    fn within_limit<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.timer = None;
            return polled;
        }
        let Some(limit) = self.limit else { return Poll::Pending };
        let timer = self.timer.get_or_insert_with(|| Box::pin(Deadline::after(limit).wait()));
        match timer.as_mut().poll(context) {
            Poll::Ready(()) => {
                self.timer = None;
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

impl Socket for TokioSocket {
    type Listener = TcpListener;

    async fn resolve(host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok(lookup_host((host, port)).await?.collect())
    }

    async fn connect(
        address: SocketAddr,
        source: Option<IpAddr>,
        limit: Option<Duration>,
    ) -> io::Result<Self> {
        let socket = bound(address, source)?;
        socket.set_nonblocking(true)?;
        let socket = TcpSocket::from_std_stream(socket.into());
        in_time(socket.connect(address), limit).await.map(Self::new)
    }

    fn listen(address: IpAddr) -> io::Result<TcpListener> {
        TcpListener::from_std(platform::listen(SocketAddr::new(address, 0), BACKLOG)?)
    }

    fn listening_at(listener: &TcpListener) -> io::Result<SocketAddr> {
        listener.local_addr()
    }

    fn take(listener: &TcpListener) -> io::Result<(Self, SocketAddr)> {
        let (stream, peer) = platform::accept_now(listener).ok_or(io::ErrorKind::WouldBlock)??;
        Ok((Self::new(TcpStream::from_std(stream)?), peer))
    }

    async fn wait_for_either(
        listener: &TcpListener,
        control: &Self,
        limit: Option<Duration>,
    ) -> io::Result<Option<(Self, SocketAddr)>> {
        let either = async { Ok(race(listener.accept(), readable(&control.stream)).await) };
        match in_time(either, limit).await? {
            Either::First(accepted) => accepted.map(|(stream, peer)| Some((Self::new(stream), peer))),
            Either::Second(readable) => readable.map(|()| None),
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.stream.local_addr()
    }

    fn set_limit(&mut self, limit: Option<Duration>) {
        self.limit = limit;
        self.timer = None;
    }
}

/// Waits until the kernel has something to read; the runtime may only remember that it had.
async fn readable(stream: &TcpStream) -> io::Result<()> {
    loop {
        stream.readable().await?;
        let is_ready = || match platform::is_ready(stream, platform::Interest::Readable) {
            true => Ok(()),
            false => Err(io::ErrorKind::WouldBlock.into()),
        };
        match stream.try_io(Interest::READABLE, is_ready) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            result => return result,
        }
    }
}

/// Waits for `event`, which is `TimedOut` when it takes too long.
async fn in_time<T>(event: impl Future<Output = io::Result<T>>, limit: Option<Duration>) -> io::Result<T> {
    let Some(limit) = limit else { return event.await };
    match race(event, pin!(Deadline::after(limit).wait())).await {
        Either::First(result) => result,
        Either::Second(()) => Err(io::ErrorKind::TimedOut.into()),
    }
}

impl AsFd for TokioSocket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

impl AsyncRead for TokioSocket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.within_limit(context, polled)
    }
}

impl AsyncWrite for TokioSocket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.within_limit(context, polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
