//! A client of lines and bytes that speaks TLS where it is told to.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use ftp_fixture::FtpFixture;
use ftp_fixture::tls::rustls::pki_types::ServerName;
use ftp_fixture::tls::rustls::{ClientConfig, ClientConnection, StreamOwned};

/// Nothing here takes a second; a test that hangs fails instead.
const DEADLINE: Duration = Duration::from_secs(20);

pub(crate) type TlsStream = StreamOwned<ClientConnection, TcpStream>;

/// A control connection.
pub(crate) struct Client {
    stream: Stream,
    /// What was read, and is no whole reply yet.
    received: Vec<u8>,
    pub(crate) config: Arc<ClientConfig>,
    server: SocketAddr,
}

enum Stream {
    Clear(TcpStream),
    Tls(Box<TlsStream>),
}

impl Client {
    /// Connects, in TLS where the fixture's is implicit, and reads the greeting.
    #[track_caller]
    pub(crate) fn connect(ftp: &FtpFixture) -> Self {
        Self::connect_with(ftp, ftp.client_config())
    }

    #[track_caller]
    pub(crate) fn connect_with(ftp: &FtpFixture, config: Arc<ClientConfig>) -> Self {
        let socket = socket(ftp.addr());
        let stream = if ftp.url().starts_with("ftps://") {
            Stream::Tls(Box::new(secure(socket, &config).unwrap()))
        } else {
            Stream::Clear(socket)
        };
        let mut client = Self { stream, received: Vec::new(), config, server: ftp.addr() };
        client.expect_reply("220");
        client
    }

    /// Connects, says AUTH TLS, logs in as the first user, and protects data; in type binary.
    #[track_caller]
    pub(crate) fn log_in(ftp: &FtpFixture) -> Self {
        Self::log_in_with(ftp, ftp.client_config())
    }

    #[track_caller]
    pub(crate) fn log_in_with(ftp: &FtpFixture, config: Arc<ClientConfig>) -> Self {
        let mut client = Self::connect_with(ftp, config);
        if let Stream::Clear(_) = client.stream {
            client.auth().unwrap();
        }
        client.log_in_as(ftp.user(), ftp.password());
        client.expect("200", "PBSZ 0");
        client.expect("200", "PROT P");
        client.expect("200", "TYPE I");
        client
    }

    #[track_caller]
    pub(crate) fn log_in_as(&mut self, user: &str, password: &str) {
        self.expect("331", &format!("USER {user}"));
        self.expect("230", &format!("PASS {password}"));
    }

    /// AUTH TLS, and the handshake.
    #[track_caller]
    pub(crate) fn auth(&mut self) -> io::Result<()> {
        self.expect("234", "AUTH TLS");
        let Stream::Clear(socket) = &self.stream else { panic!("TLS already") };
        let stream = secure(socket.try_clone()?, &self.config)?;
        self.stream = Stream::Tls(Box::new(stream));
        Ok(())
    }

    /// Ends TLS on the control connection from this side, and goes on in the clear, with `line` in the same segment.
    #[track_caller]
    pub(crate) fn go_clear_with(&mut self, line: &str) {
        let Stream::Tls(stream) = &mut self.stream else { panic!("no TLS") };
        stream.conn.send_close_notify();
        let mut records = Vec::new();
        stream.conn.write_tls(&mut records).unwrap();
        self.go_clear(records, line);
    }

    /// Goes on in the clear with `line`, without a word about the end of TLS.
    #[track_caller]
    pub(crate) fn go_clear_silently_with(&mut self, line: &str) {
        self.go_clear(Vec::new(), line);
    }

    #[track_caller]
    fn go_clear(&mut self, mut records: Vec<u8>, line: &str) {
        let Stream::Tls(stream) = &mut self.stream else { panic!("no TLS") };
        assert_eq!(stream.read(&mut [0; 1]).unwrap(), 0, "the server says its close_notify first");
        records.extend_from_slice(line.as_bytes());
        records.extend_from_slice(b"\r\n");
        stream.sock.write_all(&records).unwrap();
        let socket = stream.sock.try_clone().unwrap();
        self.stream = Stream::Clear(socket);
    }

    /// What comes until the server ends the connection, which it must with a close_notify.
    pub(crate) fn read_to_end(mut self) -> io::Result<Vec<u8>> {
        match &mut self.stream {
            Stream::Clear(socket) => socket.read_to_end(&mut self.received)?,
            Stream::Tls(stream) => stream.read_to_end(&mut self.received)?,
        };
        Ok(self.received)
    }

    #[track_caller]
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) {
        match &mut self.stream {
            Stream::Clear(socket) => socket.write_all(bytes.as_ref()).unwrap(),
            Stream::Tls(stream) => {
                stream.write_all(bytes.as_ref()).unwrap();
                stream.flush().unwrap();
            }
        }
    }

    /// Sends one command and reads its reply.
    #[track_caller]
    pub(crate) fn command(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n"));
        self.reply()
    }

    #[track_caller]
    pub(crate) fn expect(&mut self, code: &str, line: &str) -> String {
        let reply = self.command(line);
        assert!(reply.starts_with(code), "{line:?} was answered {reply:?} instead of {code}");
        reply
    }

    #[track_caller]
    pub(crate) fn expect_reply(&mut self, code: &str) -> String {
        let reply = self.reply();
        assert!(reply.starts_with(code), "{reply:?} came instead of {code}");
        reply
    }

    #[track_caller]
    pub(crate) fn reply(&mut self) -> String {
        match self.try_reply() {
            Ok(reply) => reply,
            Err(error) => panic!("no reply: {error}"),
        }
    }

    /// Reads one reply, all its lines.
    pub(crate) fn try_reply(&mut self) -> io::Result<String> {
        let mut reply = String::new();
        loop {
            while let Some(end) = self.received.windows(2).position(|pair| pair == b"\r\n") {
                let line: Vec<u8> = self.received.drain(..end + 2).collect();
                let line = String::from_utf8_lossy(&line[..end]).into_owned();
                let is_last = line.as_bytes().get(3) == Some(&b' ') && line.as_bytes()[0].is_ascii_digit();
                reply += &line;
                if is_last {
                    return Ok(reply);
                }
                reply += "\r\n";
            }
            let mut buffer = [0; 4096];
            let count = match &mut self.stream {
                Stream::Clear(socket) => socket.read(&mut buffer)?,
                Stream::Tls(stream) => stream.read(&mut buffer)?,
            };
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.received.extend_from_slice(&buffer[..count]);
        }
    }

    pub(crate) fn socket(&self) -> &TcpStream {
        match &self.stream {
            Stream::Clear(socket) => socket,
            Stream::Tls(stream) => &stream.sock,
        }
    }

    /// The socket of a passive data connection, on which nothing was said.
    #[track_caller]
    pub(crate) fn data_socket(&mut self) -> TcpStream {
        let reply = self.expect("229", "EPSV");
        let port = reply.rsplit("|||").next().unwrap().split('|').next().unwrap();
        socket(SocketAddr::new(self.server.ip(), port.parse().unwrap()))
    }

    /// A listener that EPRT has named.
    #[track_caller]
    pub(crate) fn data_listener(&mut self) -> TcpListener {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        self.expect("200", &format!("EPRT |1|127.0.0.1|{}|", listener.local_addr().unwrap().port()));
        listener
    }

    /// A passive data connection whose handshake was done before the command.
    #[track_caller]
    pub(crate) fn data(&mut self) -> TlsStream {
        let socket = self.data_socket();
        secure(socket, &self.config).unwrap()
    }

    /// Uploads; the handshake comes after the 150.
    #[track_caller]
    pub(crate) fn upload(&mut self, command: &str, content: &[u8]) -> String {
        let socket = self.data_socket();
        self.expect("150", command);
        let mut data = secure(socket, &self.config).unwrap();
        data.write_all(content).unwrap();
        close(data);
        self.reply()
    }

    /// Downloads; the handshake comes after the 150.
    #[track_caller]
    pub(crate) fn download(&mut self, command: &str) -> Vec<u8> {
        let socket = self.data_socket();
        self.expect("150", command);
        let data = secure(socket, &self.config).unwrap();
        let content = read_to_close_notify(data);
        self.expect_reply("226");
        content
    }
}

/// Connects, with deadlines.
#[track_caller]
pub(crate) fn socket(address: SocketAddr) -> TcpStream {
    let socket = TcpStream::connect(address).unwrap();
    with_deadlines(socket)
}

pub(crate) fn with_deadlines(socket: TcpStream) -> TcpStream {
    socket.set_read_timeout(Some(DEADLINE)).unwrap();
    socket.set_write_timeout(Some(DEADLINE)).unwrap();
    socket
}

/// Does a handshake, in which the server's certificate is checked for `localhost`.
pub(crate) fn secure(socket: TcpStream, config: &Arc<ClientConfig>) -> io::Result<TlsStream> {
    let name = ServerName::try_from("localhost").map_err(io::Error::other)?;
    let connection = ClientConnection::new(Arc::clone(config), name).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(connection, socket);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    stream.flush()?;
    Ok(stream)
}

/// Says that this is the end, and closes.
#[track_caller]
pub(crate) fn close(mut stream: TlsStream) {
    stream.conn.send_close_notify();
    stream.flush().unwrap();
}

/// Reads to the server's close_notify; a connection that just ends is an error.
#[track_caller]
pub(crate) fn read_to_close_notify(mut stream: TlsStream) -> Vec<u8> {
    let mut content = Vec::new();
    stream.read_to_end(&mut content).unwrap();
    content
}
