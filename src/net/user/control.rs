//! A client's control connection: command lines out, replies in, both recorded as they pass. What they mean is not its
//! concern.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::io::ReadBuf;

use super::socket::Socket;
use super::stream::UserStream;
use crate::net::deadline::Deadline;
use crate::net::platform::{self, Interest};
use crate::net::recorder::Recorder;
use crate::proto::{ExtendedPassive, HostPort, Reply, ReplyDecodeError, ReplyDecoder, TextEncoding};
use crate::tls::{TlsFailure, UserTls};
use crate::transcript::{Event, Hole, Text, WireEvent};

const READ_BUFFER: usize = 4096;

/// Why there is no reply.
#[derive(Debug)]
pub(crate) enum ControlFailure {
    /// The server has closed the connection.
    Closed,
    /// What came is no reply.
    Undecodable(ReplyDecodeError),
    Io(io::Error),
}

/// The control connection of one client.
pub(crate) struct UserControl<S: Socket> {
    stream: UserStream<S>,
    server: IpAddr,
    local: IpAddr,
    encoding: TextEncoding,
    decoder: ReplyDecoder,
    /// What came since the last whole reply.
    received: Vec<u8>,
    recorder: Recorder,
    /// The connection has come to its end, on whichever side.
    ended: bool,
}

impl<S: Socket> UserControl<S> {
    /// Takes over a connection to `server`.
    ///
    /// # Errors
    /// When the socket does not know its own address.
    pub(crate) fn new(
        socket: S,
        server: SocketAddr,
        encoding: TextEncoding,
        line_limit: usize,
        recorder: Recorder,
    ) -> io::Result<Self> {
        let local = socket.local_addr()?.ip().to_canonical();
        recorder.record(|| WireEvent::Opened { client: local });
        Ok(Self {
            stream: UserStream::new(socket),
            server: server.ip().to_canonical(),
            local,
            encoding,
            decoder: ReplyDecoder::new(line_limit),
            received: Vec::new(),
            recorder,
            ended: false,
        })
    }

    /// The server's address.
    pub(crate) fn server(&self) -> IpAddr {
        self.server
    }

    /// The address that the server sees us at.
    pub(crate) fn local(&self) -> IpAddr {
        self.local
    }

    pub(crate) fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// Sends a command, given without its CRLF.
    pub(crate) async fn send(&mut self, line: &str, limit: Option<Duration>) -> Result<(), ControlFailure> {
        if self.ended {
            return Err(ControlFailure::Closed);
        }
        let mut bytes = self.encoding.encode(line).into_owned();
        self.recorder.record(|| WireEvent::Command(bytes.clone()));
        bytes.extend_from_slice(b"\r\n");
        self.stream.set_limit(limit);
        match self.write_all(&bytes).await {
            // The server may have said why before it went away; that is worth reading.
            Err(error) if is_gone(&error) => Ok(()),
            outcome => outcome.map_err(ControlFailure::Io),
        }
    }

    async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let count = poll_fn(|context| self.stream.poll_write(context, rest)).await?;
            rest = &rest[count..];
        }
        poll_fn(|context| self.stream.poll_flush(context)).await
    }

    /// Whether it is encrypted.
    pub(crate) fn is_secure(&self) -> bool {
        self.stream.is_secure()
    }

    /// Encrypts it, once the server has agreed.
    ///
    /// What came behind its reply was sent in the clear, by it or by somebody between, and must not be believed
    /// (CVE-2011-0411).
    pub(crate) async fn secure(
        &mut self,
        tls: &UserTls,
        deadline: Option<Deadline>,
    ) -> Result<(), TlsFailure> {
        let outcome = match self.has_unread() {
            true => Err(TlsFailure::Plaintext),
            false => self.stream.secure(tls, deadline).await,
        };
        let event = match outcome {
            Ok(()) => Event::TlsControl,
            Err(failure) => Event::TlsControlFailed(Text::literal(failure.to_string())),
        };
        self.recorder.record(|| WireEvent::Event(event));
        if outcome.is_err() {
            self.close();
        }
        outcome
    }

    /// Goes on in the clear, once both sides have said that this is the end of TLS.
    pub(crate) async fn go_clear(&mut self, limit: Option<Duration>) -> io::Result<()> {
        self.stream.set_limit(limit);
        let rest = self.stream.go_clear().await?;
        self.decoder.buffer(&rest);
        self.received.extend_from_slice(&rest);
        Ok(())
    }

    /// Waits for the next reply until `deadline`.
    pub(crate) async fn receive(&mut self, deadline: Option<Deadline>) -> Result<Reply, ControlFailure> {
        loop {
            if let Some(reply) = self.decoder.next_reply() {
                return self.take(reply);
            }
            if self.ended {
                return Err(ControlFailure::Closed);
            }
            self.stream.set_limit(deadline.and_then(Deadline::remaining));
            let mut buffer = [0; READ_BUFFER];
            match self.read(&mut buffer).await {
                Ok(0) => self.end(Event::ServerClosed),
                Ok(count) => {
                    self.decoder.buffer(&buffer[..count]);
                    self.received.extend_from_slice(&buffer[..count]);
                }
                // Without a close_notify in TLS.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => self.end(Event::ServerClosed),
                Err(error) if is_gone(&error) => self.end(Event::ControlReset),
                Err(error) => return Err(ControlFailure::Io(error)),
            }
        }
    }

    /// Waits for a data connection from the server; `None` when there is a reply, and no connection before it.
    pub(crate) async fn accept(
        &self,
        listener: &S::Listener,
        limit: Option<Duration>,
    ) -> io::Result<Option<(S, SocketAddr)>> {
        loop {
            // What was connected before the reply was sent is there when the reply is.
            let replied = self.has_unread() || platform::is_ready(&self.stream, Interest::Readable);
            if platform::is_ready(listener, Interest::Readable) {
                return S::take(listener).map(Some);
            }
            if replied {
                return Ok(None);
            }
            if let Some(taken) = S::wait_for_either(listener, self.stream.socket(), limit).await? {
                return Ok(Some(taken));
            }
        }
    }

    /// Whether a reply, or a part of one, is here that nobody has asked for.
    pub(crate) fn has_unread(&self) -> bool {
        !self.decoder.is_empty()
    }

    /// Closes the connection; what has come over it is of no interest any more.
    pub(crate) fn close(&mut self) {
        self.end(Event::ClientClosed);
        self.decoder.clear();
        self.stream.take_leave();
        platform::hang_up(&self.stream);
    }

    fn end(&mut self, event: Event) {
        if !self.ended {
            self.ended = true;
            self.recorder.record(|| WireEvent::Event(event));
        }
    }

    fn take(&mut self, reply: Result<Reply, ReplyDecodeError>) -> Result<Reply, ControlFailure> {
        let end = self.received.len() - self.decoder.unfinished().len();
        let bytes: Vec<u8> = self.received.drain(..end).collect();
        let reply = reply.map(|reply| match self.encoding.is_utf8() {
            true => reply,
            false => self.encoding.decode(&bytes).trim_end().parse().unwrap_or(reply),
        });
        if let Ok(reply) = &reply
            && let Some((hole, value)) = self.announced(reply)
        {
            self.recorder.record(|| WireEvent::Produced(hole, value));
        }
        self.recorder.record(|| WireEvent::Reply(bytes));
        reply.map_err(ControlFailure::Undecodable)
    }

    /// The port that a reply announces, which is another in every run.
    fn announced(&self, reply: &Reply) -> Option<(Hole, String)> {
        match reply.code().number() {
            227 => {
                let address = HostPort::find_in(&reply.to_string()[3..])?;
                let port = address.addr().port();
                Some(match *address.addr().ip() == self.server {
                    true => (Hole::Pasv, address.to_string()),
                    // An address that is not the server's is worth seeing.
                    false => (Hole::PasvPort, format!("{},{}", port >> 8, port & 0xff)),
                })
            }
            229 => Some((Hole::Port, ExtendedPassive::find_in(&reply.to_string()[3..])?.port().to_string())),
            _ => None,
        }
    }

    async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut buffer = ReadBuf::new(buffer);
        poll_fn(|context| self.stream.poll_read(context, &mut buffer)).await?;
        Ok(buffer.filled().len())
    }
}

fn is_gone(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted
    )
}

impl<S: Socket> fmt::Debug for UserControl<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserControl")
            .field("server", &self.server)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}

impl<S: Socket> Drop for UserControl<S> {
    fn drop(&mut self) {
        self.close();
    }
}
