//! A client's connection, in the clear or in TLS.

use std::future::poll_fn;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::ReadBuf;

use super::socket::Socket;
use crate::net::deadline::Deadline;
use crate::net::platform;
use crate::net::unread::take_unread;
use crate::tls::{TlsChannel, TlsFailure, UserTls};

const READ_BUFFER: usize = 16 * 1024;

/// How often is read what nobody waits for: a peer may send records without anything in them for ever.
const READS_AT_ONCE: usize = 64;

/// The most that is enciphered before it is sent.
const WRITE_LIMIT: usize = 64 * 1024;

/// A socket, and the TLS on it.
#[derive(Debug)]
pub(crate) struct UserStream<S> {
    socket: S,
    tls: Option<Box<TlsChannel>>,
    /// We have said that nothing more comes.
    closed: bool,
}

impl<S: Socket> UserStream<S> {
    pub(crate) fn new(socket: S) -> Self {
        Self { socket, tls: None, closed: false }
    }

    pub(crate) fn socket(&self) -> &S {
        &self.socket
    }

    pub(crate) fn set_limit(&mut self, limit: Option<Duration>) {
        self.socket.set_limit(limit);
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.tls.is_some()
    }

    /// Begins TLS, until `deadline`.
    pub(crate) async fn secure(
        &mut self,
        tls: &UserTls,
        deadline: Option<Deadline>,
    ) -> Result<(), TlsFailure> {
        let mut channel = tls.channel()?;
        let mut buffer = [0; READ_BUFFER];
        loop {
            let outcome = channel.shake_hands();
            self.set_limit(deadline.and_then(Deadline::remaining));
            let sent = poll_fn(|context| send(&mut self.socket, &mut channel, context)).await;
            outcome?;
            sent.map_err(|error| failure_of(&error))?;
            if !channel.is_handshaking() {
                self.tls = Some(Box::new(channel));
                return Ok(());
            }
            let mut received = ReadBuf::new(&mut buffer);
            let read = poll_fn(|context| Pin::new(&mut self.socket).poll_read(context, &mut received)).await;
            match read.map(|()| received.filled()) {
                Ok([]) => return Err(TlsFailure::Closed),
                Ok(bytes) => channel.feed(bytes),
                Err(error) => return Err(failure_of(&error)),
            }
        }
    }

    /// Ends TLS and goes on in the clear, once the server has done the same; gives what it sent then.
    pub(crate) async fn go_clear(&mut self) -> io::Result<Vec<u8>> {
        if let Some(tls) = &mut self.tls {
            tls.close();
        }
        let mut buffer = [0; READ_BUFFER];
        loop {
            let mut received = ReadBuf::new(&mut buffer);
            poll_fn(|context| self.poll_flush(context)).await?;
            poll_fn(|context| self.poll_read(context, &mut received)).await?;
            if received.filled().is_empty() {
                return Ok(self.tls.take().map_or(Vec::new(), |tls| tls.into_rest()));
            }
        }
    }

    pub(crate) fn poll_read(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Self { socket, tls: Some(tls), .. } = self else {
            return Pin::new(&mut self.socket).poll_read(context, buffer);
        };
        loop {
            match tls.read(buffer.initialize_unfilled()).map_err(broken)? {
                Some(count) => {
                    buffer.advance(count);
                    return Poll::Ready(Ok(()));
                }
                None => {
                    ready!(send(socket, tls, context))?;
                    let mut bytes = [0; READ_BUFFER];
                    let mut received = ReadBuf::new(&mut bytes);
                    ready!(Pin::new(&mut *socket).poll_read(context, &mut received))?;
                    if received.filled().is_empty() {
                        let was_cut = tls.expects_close_notify() || tls.has_part_of_a_record();
                        return Poll::Ready(if was_cut { Err(cut()) } else { Ok(()) });
                    }
                    tls.feed(received.filled());
                }
            }
        }
    }

    /// Reads what is here already; `WouldBlock` where that is nothing, 0 at the end.
    pub(crate) fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Self { socket, tls: Some(tls), .. } = self else {
            return platform::read_now(&self.socket, buffer);
        };
        let mut bytes = [0; READ_BUFFER];
        for _ in 0..READS_AT_ONCE {
            if let Some(count) = tls.read(buffer).map_err(broken)? {
                return Ok(count);
            }
            match platform::read_now(socket, &mut bytes)? {
                0 => return Ok(0),
                count => tls.feed(&bytes[..count]),
            }
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    pub(crate) fn poll_write(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Self { socket, tls: Some(tls), .. } = self else {
            return Pin::new(&mut self.socket).poll_write(context, bytes);
        };
        ready!(send(socket, tls, context))?;
        let count = bytes.len().min(WRITE_LIMIT);
        tls.write(&bytes[..count]);
        match send(socket, tls, context) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            // What is left goes out before the next.
            Poll::Ready(Ok(())) | Poll::Pending => Poll::Ready(Ok(count)),
        }
    }

    pub(crate) fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Self { socket, tls: Some(tls), .. } => send(socket, tls, context),
            Self { socket, tls: None, .. } => Pin::new(socket).poll_flush(context),
        }
    }

    /// Says that nothing more will be sent.
    pub(crate) fn poll_close(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Some(tls) = &mut self.tls
            && !std::mem::replace(&mut self.closed, true)
        {
            tls.close();
        }
        ready!(self.poll_flush(context))?;
        match ready!(Pin::new(&mut self.socket).poll_shutdown(context)) {
            // The close_notify has said it, and a server may be gone as soon as it has read that.
            Err(error) if self.tls.is_some() && error.kind() == io::ErrorKind::NotConnected => {
                Poll::Ready(Ok(()))
            }
            result => Poll::Ready(result),
        }
    }

    /// Says that nothing more will be sent, where TLS has a word for it, as far as that goes without waiting.
    pub(crate) fn take_leave(&mut self) {
        let Self { socket, tls: Some(tls), closed } = self else { return };
        if !std::mem::replace(closed, true) {
            tls.close();
            let _ = platform::write_now(socket, tls.outgoing());
        }
    }

    /// Takes what the server has sent meanwhile: tickets, which other connections are to use, and unread would have
    /// the kernel reset this one.
    pub(crate) fn take_tickets(&mut self) {
        let Self { socket, tls: Some(tls), .. } = self else { return };
        let mut deciphered = [0; READ_BUFFER];
        take_unread(
            |buffer| platform::read_now(socket, buffer),
            |records| {
                tls.feed(records);
                while let Ok(Some(1..)) = tls.read(&mut deciphered) {}
            },
        );
    }
}

impl<S: Socket> AsFd for UserStream<S> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

/// Sends all that was enciphered.
fn send<S: Socket>(socket: &mut S, tls: &mut TlsChannel, context: &mut Context<'_>) -> Poll<io::Result<()>> {
    while !tls.outgoing().is_empty() {
        let count = ready!(Pin::new(&mut *socket).poll_write(context, tls.outgoing()))?;
        tls.sent(count);
    }
    Poll::Ready(Ok(()))
}

fn failure_of(error: &io::Error) -> TlsFailure {
    match error.kind() {
        io::ErrorKind::TimedOut => TlsFailure::TimedOut,
        _ => TlsFailure::Closed,
    }
}

fn cut() -> io::Error {
    let reason = "TLS ended without a close_notify: what has come may be a part only";
    io::Error::new(io::ErrorKind::UnexpectedEof, reason)
}

fn broken(failure: TlsFailure) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("TLS is broken: {failure}"))
}
