//! A server that says what a test has written, and lies.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A test that hangs fails instead.
const DEADLINE: Duration = Duration::from_secs(20);

/// What the server does next on its one control connection.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Waits for a command that begins so.
    Hear(&'static str),
    /// Sends a line; `{p1},{p2}` and `{port}` in it are the data listener's.
    Say(&'static str),
    /// Sends bytes over and over, until the client goes away.
    SayForEver(&'static str),
    /// Accepts the data connection, and waits for a byte over it.
    HearData,
    /// Waits until the client closes the data connection, which is not to be a reset, and closes it.
    EndOfData,
    /// Accepts the data connection, and sends this over it.
    Send(&'static str),
    /// Closes the data connection.
    CloseData,
    /// Resets the data connection.
    ResetData,
    /// Closes the control connection.
    Close,
    /// Does nothing until the client goes away.
    KeepStill,
}

/// A server for one client, gone when its script is done.
#[derive(Debug)]
pub(crate) struct Liar {
    address: SocketAddr,
    thread: Option<JoinHandle<()>>,
}

impl Liar {
    /// Greets, and goes on as `script` says.
    pub(crate) fn start(script: impl IntoIterator<Item = Step>) -> Self {
        Self::start_silently([Step::Say("220 Trust me.")].into_iter().chain(script))
    }

    pub(crate) fn start_silently(script: impl IntoIterator<Item = Step>) -> Self {
        let control = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = control.local_addr().unwrap();
        let script: Vec<_> = script.into_iter().collect();
        let thread = thread::spawn(move || Connection::accept(&control).play(&script));
        Self { address, thread: Some(thread) }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Liar {
    /// Waits for the script's end: a client that did not play its part is a failure of the test.
    fn drop(&mut self) {
        let outcome = self.thread.take().unwrap().join();
        assert!(outcome.is_ok() || thread::panicking(), "the script did not come to its end");
    }
}

struct Connection {
    control: BufReader<TcpStream>,
    listener: TcpListener,
    data: Option<TcpStream>,
}

impl Connection {
    fn accept(control: &TcpListener) -> Self {
        let (socket, _) = control.accept().unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        socket.set_write_timeout(Some(DEADLINE)).unwrap();
        socket.set_nodelay(true).unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Self { control: BufReader::new(socket), listener, data: None }
    }

    fn play(mut self, script: &[Step]) {
        for step in script {
            match step {
                Step::Hear(start) => {
                    let mut line = String::new();
                    self.control.read_line(&mut line).unwrap();
                    assert!(line.starts_with(start), "{line:?} came instead of {start:?}");
                }
                Step::Say(line) => self.say(&format!("{}\r\n", self.filled_in(line))),
                Step::SayForEver(text) => {
                    while self.control.get_mut().write_all(text.repeat(1000).as_bytes()).is_ok() {}
                    return;
                }
                Step::HearData => self.data().read_exact(&mut [0]).unwrap(),
                Step::EndOfData => {
                    self.data().read_to_end(&mut Vec::new()).unwrap();
                    self.data = None;
                }
                Step::Send(text) => {
                    // The client may have had enough.
                    let _ = self.data().write_all(text.as_bytes());
                }
                Step::CloseData => self.data = None,
                Step::ResetData => {
                    let data = self.data.take().unwrap();
                    socket2::SockRef::from(&data).set_linger(Some(Duration::ZERO)).unwrap();
                }
                Step::Close => return,
                Step::KeepStill => break,
            }
        }
        // What the client still says is of no interest, but closing over it would be a reset.
        let _ = self.control.read_to_end(&mut Vec::new());
    }

    fn data(&mut self) -> &mut TcpStream {
        let listener = &self.listener;
        self.data.get_or_insert_with(|| listener.accept().unwrap().0)
    }

    fn say(&mut self, text: &str) {
        let _ = self.control.get_mut().write_all(text.as_bytes());
    }

    fn filled_in(&self, line: &str) -> String {
        let port = self.listener.local_addr().unwrap().port();
        let [p1, p2] = port.to_be_bytes().map(|byte| byte.to_string());
        line.replace("{p1}", &p1).replace("{p2}", &p2).replace("{port}", &port.to_string())
    }
}
