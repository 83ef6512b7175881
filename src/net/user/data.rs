//! A client's side of one transfer: bytes through a data connection, recorded as they pass.

use std::fmt;
use std::io;
use std::task::{Context, Poll, ready};

use tokio::io::ReadBuf;

use super::socket::Socket;
use super::stream::UserStream;
use crate::net::data_transfer::TransferKind;
use crate::net::platform;
use crate::net::recorded_payload::RecordedPayload;
use crate::net::recorder::Recorder;
use crate::transcript::WireEvent;

/// A transfer that has begun. Dropped before it has come to its end, it is recorded as interrupted.
pub(crate) struct UserTransfer<S: Socket> {
    stream: UserStream<S>,
    recorder: Recorder,
    payload: Option<RecordedPayload>,
    moved: u64,
    /// The server has closed the connection, or we have said that nothing more comes.
    complete: bool,
}

impl<S: Socket> UserTransfer<S> {
    pub(crate) fn new(stream: UserStream<S>, kind: TransferKind, recorder: &Recorder) -> Self {
        recorder.record(|| WireEvent::TransferStarted {
            mode: kind.mode,
            direction: kind.direction,
            ascii: kind.ascii,
            tls: stream.is_secure(),
        });
        let payload = recorder.payload(kind.listing);
        Self { stream, recorder: recorder.clone(), payload, moved: 0, complete: false }
    }

    /// How many bytes have gone over the connection.
    pub(crate) fn moved(&self) -> u64 {
        self.moved
    }

    /// Reads what the server has sent; nothing at the end of its data.
    pub(crate) fn poll_read(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.complete || buffer.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        ready!(self.stream.poll_read(context, buffer))?;
        let new = &buffer.filled()[before..];
        self.complete = new.is_empty();
        self.passed(new);
        Poll::Ready(Ok(()))
    }

    /// Sends some of `bytes`; how many.
    pub(crate) fn poll_write(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.complete {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let count = ready!(self.stream.poll_write(context, bytes))?;
        self.passed(&bytes[..count]);
        Poll::Ready(Ok(count))
    }

    pub(crate) fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_flush(context)
    }

    /// Says that nothing more will be sent.
    pub(crate) fn poll_close(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.stream.poll_close(context))?;
        self.complete = true;
        Poll::Ready(Ok(()))
    }

    /// Records the end: what follows on the control connection comes after it.
    pub(crate) fn record_end(&mut self) {
        match self.payload.take() {
            Some(payload) if self.complete => payload.finish(),
            Some(_) => self.recorder.record(|| WireEvent::TransferInterrupted { length: self.moved }),
            None => {}
        }
    }

    /// Whether all has come, or we have said that nothing more does.
    pub(crate) fn is_complete(&self) -> bool {
        self.complete
    }

    fn passed(&mut self, bytes: &[u8]) {
        self.moved += bytes.len() as u64;
        if let Some(payload) = &mut self.payload {
            payload.push(bytes);
        }
    }
}

impl<S: Socket> fmt::Debug for UserTransfer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserTransfer").field("moved", &self.moved).finish_non_exhaustive()
    }
}

impl<S: Socket> Drop for UserTransfer<S> {
    fn drop(&mut self) {
        match self.complete {
            true => {
                self.stream.take_tickets();
                platform::hang_up(&self.stream);
            }
            // An end would make a whole file of what has been sent of one.
            false => platform::reset_on_close(&self.stream),
        }
        self.record_end();
    }
}
