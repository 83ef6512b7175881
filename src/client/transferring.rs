//! One transfer: its command, its data connection, and its final reply.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::task::{Context, Poll, ready};

use tokio::io::ReadBuf;

use super::data_address::DataPort;
use super::error::{Error, ReplyError};
use super::outgoing::Outgoing;
use super::parse::announced_size;
use super::progress::Progress;
use super::session::{UserSession, completed, positive};
use crate::net::TransferKind;
use crate::net::user::{Socket, UserTransfer};
use crate::proto::{Reply, ReplyClass, RepresentationType, Verb};
use crate::transcript::{DataMode, Direction};

/// A transfer from its 1yz reply to its final one.
pub(super) struct Transferring<'a, S: Socket> {
    session: &'a mut UserSession<S>,
    command: Outgoing,
    /// The 1yz reply.
    opening: Reply,
    total: Option<u64>,
    direction: Direction,
    /// Gone when the transfer was finished or aborted.
    data: Option<UserTransfer<S>>,
}

impl<S: Socket> UserSession<S> {
    /// Sends `line`, the command of a transfer, after REST where it is to begin elsewhere than at the start. Which way
    /// its data go is guessed.
    pub(super) async fn transfer(
        &mut self,
        line: &str,
        rest: Option<u64>,
    ) -> Result<Transferring<'_, S>, Error> {
        let command = self.outgoing(line)?;
        let direction = usual_direction(&command);
        self.directed(command, rest, direction).await
    }

    /// Like [`transfer`](Self::transfer), of data for the client.
    pub(super) async fn download(
        &mut self,
        line: &str,
        rest: Option<u64>,
    ) -> Result<Transferring<'_, S>, Error> {
        let command = self.outgoing(line)?;
        self.directed(command, rest, Direction::ToClient).await
    }

    /// Like [`transfer`](Self::transfer), of data for the server.
    pub(super) async fn upload(
        &mut self,
        line: &str,
        rest: Option<u64>,
    ) -> Result<Transferring<'_, S>, Error> {
        let command = self.outgoing(line)?;
        self.directed(command, rest, Direction::ToServer).await
    }

    async fn directed(
        &mut self,
        command: Outgoing,
        rest: Option<u64>,
        direction: Direction,
    ) -> Result<Transferring<'_, S>, Error> {
        let port = self.data_port().await?;
        if let Some(offset) = rest {
            self.sendcmd(&format!("REST {offset}")).await?;
        }
        let mut opening = self.send(&command).await?;
        if opening.code().class() == ReplyClass::Completion {
            // As ftplib has it: some servers say 200 first. The transfer's own replies are to come.
            self.set_owed(Some(command.shown()));
            let after = format!("{} (after its {})", command.shown(), opening.code());
            opening = positive(&after, self.receive(&after).await?)?;
        }
        if opening.code().is_final() {
            return Err(ReplyError::new(command.shown(), opening).into());
        }
        let (socket, mode) = match port {
            DataPort::Connected(socket) => (socket, DataMode::Passive),
            DataPort::Listening(listener) => (self.accepted(listener, &command).await?, DataMode::Active),
        };
        let kind = TransferKind {
            mode,
            direction,
            ascii: self.representation.unwrap_or_default() == RepresentationType::Ascii,
            listing: matches!(command.verb(), Some(Verb::List | Verb::Nlst | Verb::Mlsd)),
        };
        let stream = self.secured(socket, &command).await?;
        let data = UserTransfer::new(stream, kind, self.control.recorder());
        let total = announced_size(&opening);
        Ok(Transferring { session: self, command, opening, total, direction, data: Some(data) })
    }

    /// Waits until the server has connected, or has said that it will not.
    async fn accepted(&mut self, listener: S::Listener, command: &Outgoing) -> Result<S, Error> {
        let limit = self.options.timeout;
        loop {
            let incoming = self.control.accept(&listener, limit).await;
            match incoming.map_err(|error| {
                Error::of_socket(
                    error,
                    limit,
                    format!("the server's data connection for {}", command.shown()),
                )
            })? {
                Some((socket, peer)) if peer.ip().to_canonical() == self.control.server() => {
                    return Ok(socket);
                }
                Some((_, stranger)) => {
                    tracing::warn!(target: "ftp_fixture::client", %stranger, "data connection from a stranger refused");
                }
                None => {
                    let reply = self.receive(command.shown()).await?;
                    if reply.code().is_final() {
                        return Err(ReplyError::new(command.shown(), reply).into());
                    }
                }
            }
        }
    }
}

impl<S: Socket> Transferring<'_, S> {
    /// The 1yz reply.
    pub(super) fn opening(&self) -> &Reply {
        &self.opening
    }

    /// How many bytes the server has announced.
    pub(super) fn size(&self) -> Option<u64> {
        self.total
    }

    /// Whether no more has come than may.
    pub(super) fn check_length(&self, limit: Option<usize>) -> Result<(), Error> {
        match (&self.data, limit) {
            (Some(data), Some(limit)) if data.moved() > limit as u64 => {
                Err(Error::ListingTooLong { of: self.command.shown().to_owned(), limit })
            }
            _ => Ok(()),
        }
    }

    /// What is announced in errors.
    pub(super) fn command(&self) -> &Outgoing {
        &self.command
    }

    pub(super) fn poll_read(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let Some(data) = &mut self.data else { return Poll::Ready(Ok(())) };
        ready!(data.poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.tell_progress();
        }
        Poll::Ready(Ok(()))
    }

    pub(super) fn poll_write(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let Some(data) = &mut self.data else { return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())) };
        // Whoever writes knows better than the verb.
        self.direction = Direction::ToServer;
        let count = ready!(data.poll_write(context, bytes))?;
        self.tell_progress();
        Poll::Ready(Ok(count))
    }

    pub(super) fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.data.as_mut().map_or(Poll::Ready(Ok(())), |data| data.poll_flush(context))
    }

    /// Says that nothing more will be sent.
    pub(super) fn poll_close(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.data.as_mut().map_or(Poll::Ready(Ok(())), |data| data.poll_close(context))
    }

    /// Ends the data connection and reads the final reply, which must be 2yz.
    pub(super) async fn finish(mut self) -> Result<Reply, Error> {
        self.read_the_end().await;
        let is_whole = self.data.as_ref().is_some_and(UserTransfer::is_complete);
        let closed = match is_whole || self.direction == Direction::ToServer {
            true => poll_fn(|context| self.poll_close(context)).await,
            false => Ok(()),
        };
        let bytes = self.data.as_ref().map_or(0, UserTransfer::moved);
        // Kept until the reply is here, because it may still bring tickets; one that was not read to its end is not.
        let mut data = self.data.take().filter(UserTransfer::is_complete);
        if let Some(data) = &mut data {
            data.record_end();
        }
        let shown = self.command.shown();
        let reply = self.session.receive(shown).await;
        drop(data);
        // What is wrong with the connection, the server says better, if it knows.
        let reply = completed(shown, reply?)?;
        match (self.direction, closed) {
            (Direction::ToClient, _) if !is_whole => Err(Error::Incomplete { of: shown.to_owned(), bytes }),
            (Direction::ToServer, Err(error)) => {
                let limit = self.session.options.timeout;
                Err(Error::of_socket(error, limit, format!("the end of the data of {shown}")))
            }
            _ => Ok(reply),
        }
    }

    /// Sees that no more comes, where as much has come as was announced: who counts bytes does not read on.
    async fn read_the_end(&mut self) {
        if let Some(data) = &mut self.data
            && !data.is_complete()
            && self.total == Some(data.moved())
            && self.direction == Direction::ToClient
        {
            let mut byte = [0];
            let mut buffer = ReadBuf::new(&mut byte);
            // What is wrong with the connection, the server says better.
            let _ = poll_fn(|context| data.poll_read(context, &mut buffer)).await;
        }
    }

    /// Why the transfer came to nothing after `error` on its data connection: what the server says of it, if it does.
    pub(super) async fn explained(mut self, error: io::Error) -> Error {
        let limit = self.session.options.timeout;
        let awaiting = format!("the data of {}", self.command.shown());
        let timed_out = error.kind() == io::ErrorKind::TimedOut;
        let error = Error::of_socket(error, limit, awaiting);
        // A server that keeps still is not waited for twice.
        if timed_out {
            self.data = None;
            return error;
        }
        match self.finish().await {
            Err(said @ Error::Reply(_)) => said,
            _ => error,
        }
    }

    /// Stops the transfer by ABOR; see [`UserSession::abort`].
    pub(super) async fn abort(mut self) -> Result<Reply, Error> {
        let data = self.data.take();
        self.session.abort_transfer(data).await
    }

    fn tell_progress(&mut self) {
        if let (Some(progress), Some(data)) = (&mut self.session.progress, &self.data) {
            progress(Progress { bytes: data.moved(), total: self.total });
        }
    }
}

/// Which way the data of a command go, as far as is known.
fn usual_direction(command: &Outgoing) -> Direction {
    match command.verb() {
        Some(Verb::Stor | Verb::Stou | Verb::Appe) => Direction::ToServer,
        _ => Direction::ToClient,
    }
}

impl<S: Socket> fmt::Debug for Transferring<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transferring")
            .field("command", &self.command.shown())
            .field("data", &self.data)
            .finish()
    }
}

impl<S: Socket> Drop for Transferring<'_, S> {
    fn drop(&mut self) {
        if self.data.is_some() {
            let command = self.command.shown();
            tracing::warn!(
                target: "ftp_fixture::client",
                "{command} was dropped before `finish`; its final reply is still to come, so that only `abort` can follow"
            );
        }
    }
}
