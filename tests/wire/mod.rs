//! The plainest client there is: lines and bytes on sockets, so that a test says exactly what is sent.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use ftp_fixture::FtpFixture;

/// Nothing here takes a second; a test that hangs fails instead.
const DEADLINE: Duration = Duration::from_secs(20);

/// A control connection.
#[derive(Debug)]
pub struct Wire {
    reader: BufReader<TcpStream>,
}

impl Wire {
    /// Connects, and reads the greeting.
    #[track_caller]
    pub fn connect(ftp: &FtpFixture) -> Self {
        let mut wire = Self::connect_silently(ftp.addr());
        let greeting = wire.reply();
        assert!(greeting.starts_with("220"), "{greeting}");
        wire
    }

    /// Connects and reads nothing.
    #[track_caller]
    pub fn connect_silently(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        socket.set_write_timeout(Some(DEADLINE)).unwrap();
        Self { reader: BufReader::new(socket) }
    }

    /// Connects and logs in as the fixture's first user, in type binary.
    #[track_caller]
    pub fn log_in(ftp: &FtpFixture) -> Self {
        let mut wire = Self::connect(ftp);
        wire.log_in_as(ftp.user(), ftp.password());
        wire.expect(200, "TYPE I");
        wire
    }

    #[track_caller]
    pub fn log_in_as(&mut self, user: &str, password: &str) {
        self.expect(331, &format!("USER {user}"));
        self.expect(230, &format!("PASS {password}"));
    }

    /// Sends one command and reads its reply.
    #[track_caller]
    pub fn command(&mut self, line: &str) -> String {
        self.send(format!("{line}\r\n"));
        self.reply()
    }

    /// Sends one command and asserts on the code of its reply.
    #[track_caller]
    pub fn expect(&mut self, code: u16, line: &str) -> String {
        let reply = self.command(line);
        assert!(reply.starts_with(&code.to_string()), "{line:?} was answered {reply:?} instead of {code}");
        reply
    }

    /// Reads a reply and asserts on its code.
    #[track_caller]
    pub fn expect_reply(&mut self, code: u16) -> String {
        let reply = self.reply();
        assert!(reply.starts_with(&code.to_string()), "{reply:?} came instead of {code}");
        reply
    }

    /// Sends bytes as they are.
    #[track_caller]
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.reader.get_mut().write_all(bytes.as_ref()).unwrap();
    }

    /// Reads one reply, all its lines, without the last line end.
    #[track_caller]
    pub fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let start = reply.len();
            let count = self.reader.read_line(&mut reply).unwrap();
            assert!(count > 0, "the server closed the connection after {reply:?}");
            let line = &reply[start..];
            let digits = line.len() > 3 && line.as_bytes()[..3].iter().all(u8::is_ascii_digit);
            if digits && line.as_bytes()[3] == b' ' && (start == 0 || line[..3] == reply[..3]) {
                return reply.trim_end_matches(['\r', '\n']).to_owned();
            }
        }
    }

    /// What comes until the server closes the connection; an error for anything but an orderly end.
    pub fn read_to_end(&mut self) -> io::Result<String> {
        let mut rest = String::new();
        self.reader.read_to_string(&mut rest).map(|_| rest)
    }

    pub fn socket(&self) -> &TcpStream {
        self.reader.get_ref()
    }

    /// Opens a passive data connection with EPSV.
    #[track_caller]
    pub fn data(&mut self) -> TcpStream {
        let port = self.passive_port();
        let mut address = self.socket().peer_addr().unwrap();
        address.set_port(port);
        let socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        socket.set_write_timeout(Some(DEADLINE)).unwrap();
        socket
    }

    /// The port that EPSV announces.
    #[track_caller]
    pub fn passive_port(&mut self) -> u16 {
        let reply = self.expect(229, "EPSV");
        let port = reply.rsplit("|||").next().unwrap().split('|').next().unwrap();
        port.parse().unwrap_or_else(|_| panic!("no port in {reply:?}"))
    }

    /// Uploads with a command such as `STOR a.txt`.
    #[track_caller]
    pub fn upload(&mut self, command: &str, content: impl AsRef<[u8]>) -> String {
        let mut data = self.data();
        self.expect(150, command);
        data.write_all(content.as_ref()).unwrap();
        drop(data);
        self.expect_reply(226)
    }

    /// Downloads with a command such as `RETR a.txt` or `LIST`.
    #[track_caller]
    pub fn download(&mut self, command: &str) -> Vec<u8> {
        let mut data = self.data();
        self.expect(150, command);
        let mut content = Vec::new();
        data.read_to_end(&mut content).unwrap();
        drop(data);
        self.expect_reply(226);
        content
    }
}
