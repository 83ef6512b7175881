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
        self.buffer(&rest);
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
                Ok(count) => self.buffer(&buffer[..count]),
                // Without a close_notify in TLS.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => self.end(Event::ServerClosed),
                Err(error) if is_gone(&error) => self.end(Event::ControlReset),
                Err(error) => return Err(ControlFailure::Io(error)),
            }
        }
    }

    /// Waits for a data connection from the server; `None` when there is a reply, and no connection before it.
    pub(crate) async fn accept(
        &mut self,
        listener: &S::Listener,
        limit: Option<Duration>,
    ) -> io::Result<Option<(S, SocketAddr)>> {
        loop {
            // What was connected before the reply was sent is there when the reply is.
            let replied = self.take_unasked()?;
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

    /// Takes what is here that nobody has waited for. Whether there is anything to be received: a reply, a part of one,
    /// or the end. What TLS says to itself is none of these.
    pub(crate) fn take_unasked(&mut self) -> io::Result<bool> {
        let mut buffer = [0; READ_BUFFER];
        while !self.has_unread() && !self.ended {
            match self.stream.read_now(&mut buffer) {
                // `receive` sees it again.
                Ok(0) => return Ok(true),
                Ok(count) => self.buffer(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                Err(error) if is_gone(&error) => self.end(Event::ControlReset),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    fn buffer(&mut self, bytes: &[u8]) {
        self.decoder.buffer(bytes);
        self.received.extend_from_slice(bytes);
    }

    /// Whether a reply, or a part of one, has been taken that nobody has asked for.
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

#[cfg(all(test, feature = "tls"))]
mod tests {
    use std::io::Write;
    use std::net::{Ipv4Addr, TcpListener};
    use std::sync::Arc;
    use std::thread;

    use rustls::ServerConnection;
    use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

    use super::*;
    use crate::net::user::BlockingSocket;
    use crate::net::{Timer, WireLog};
    use crate::proto::SessionId;
    use crate::tls::{ClientTls, TlsVersions};
    use crate::transcript::Record;

    const LIMIT: Option<Duration> = Some(Duration::from_secs(20));

    /// A server that begins TLS and then sends what `records` gives, all at once.
    async fn secured(
        records: impl FnOnce(&mut ServerConnection) -> Vec<u8> + Send + 'static,
    ) -> UserControl<BlockingSocket> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
            let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.signing_key.serialize_der()));
            let provider = Arc::new(rustls::crypto::ring::default_provider());
            let config = rustls::ServerConfig::builder_with_provider(provider)
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![key.cert.der().clone()], private)
                .unwrap();
            let mut tls = ServerConnection::new(Arc::new(config)).unwrap();
            let mut socket = listener.accept().unwrap().0;
            while tls.is_handshaking() {
                tls.complete_io(&mut socket).unwrap();
            }
            socket.write_all(&records(&mut tls)).unwrap();
            // Until the client has had enough.
            let _ = io::copy(&mut socket, &mut io::sink());
        });
        let socket = BlockingSocket::connect(address, None, LIMIT).await.unwrap();
        let recorder = WireLog::new(Record::default(), Timer::system()).recorder(SessionId(1));
        let mut control = UserControl::new(socket, address, TextEncoding::UTF_8, 100, recorder).unwrap();
        let tls = ClientTls::unverified().versions(TlsVersions::Both).prepare("localhost").unwrap();
        control.secure(&tls, LIMIT.map(Deadline::after)).await.unwrap();
        control
    }

    fn record(tls: &mut ServerConnection, text: &str) -> Vec<u8> {
        let mut record = Vec::new();
        tls.writer().write_all(text.as_bytes()).unwrap();
        tls.write_tls(&mut record).unwrap();
        record
    }

    #[tokio::test]
    async fn a_reply_in_a_record_of_its_own_is_seen_before_anything_is_sent() {
        let mut control =
            secured(|tls| [record(tls, "200 Yes.\r\n"), record(tls, "200 Yes, yes.\r\n")].concat()).await;
        assert_eq!(control.receive(LIMIT.map(Deadline::after)).await.unwrap(), Reply::new(200, "Yes."));
        assert!(!control.has_unread());
        assert!(control.take_unasked().unwrap() && control.has_unread());
    }

    #[tokio::test]
    async fn what_tls_says_to_itself_is_no_reply_that_keeps_from_accepting() {
        let mut control = secured(|tls| {
            let mut records = record(tls, "150 Here.\r\n");
            tls.refresh_traffic_keys().unwrap();
            tls.write_tls(&mut records).unwrap();
            records
        })
        .await;
        let listener = BlockingSocket::listen(Ipv4Addr::LOCALHOST.into()).unwrap();
        // Tickets come first, and then both records at once.
        while !control.take_unasked().unwrap() {
            platform::wait_for_either(&listener, &control.stream, LIMIT).unwrap();
        }
        assert_eq!(control.receive(None).await.unwrap(), Reply::new(150, "Here."));
        assert!(!control.take_unasked().unwrap());
        let address = listener.local_addr().unwrap();
        let client = thread::spawn(move || std::net::TcpStream::connect(address).unwrap());
        let (accepted, _) = control.accept(&listener, LIMIT).await.unwrap().unwrap();
        assert_eq!(accepted.local_addr().unwrap(), address);
        drop(client.join());
    }
}
