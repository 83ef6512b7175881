//! A server as a child process, on a port of its own.

use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use socket2::{Domain, Socket, Type};

/// How long to wait for a word of a server that cannot be connected to, before it is tried again.
const PAUSE: Duration = Duration::from_millis(10);
/// How often; then it counts as hanging.
const ATTEMPTS: usize = 3000;

/// A port that nobody else gets for as long as this lives.
///
/// It is bound, and then shared: for whoever asks for any port it is taken, and who asks for this one, as servers do
/// with `SO_REUSEADDR`, gets it. So there is no moment in which another could take it.
#[derive(Debug)]
pub(crate) struct Port {
    _reservation: Socket,
    number: u16,
}

impl Port {
    pub(crate) fn reserve() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("make a socket");
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("bind to any port");
        socket.set_reuse_address(true).expect("share a port");
        let address = socket.local_addr().expect("a bound socket has an address");
        let number = address.as_socket_ipv4().expect("it was bound to one of IPv4").port();
        Self { _reservation: socket, number }
    }

    pub(crate) fn number(&self) -> u16 {
        self.number
    }

    pub(crate) fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.number).into()
    }
}

/// A running server, killed with all that it has started when this is dropped.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    _port: Port,
}

impl Process {
    /// Starts a server that listens on `port`, and waits until it does.
    ///
    /// # Panics
    /// With what it has said, when it ends or cannot be connected to in time.
    #[track_caller]
    pub(crate) fn start(mut command: Command, port: Port) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let address = port.address();
        let mut process = Self { child, _port: port };
        let output = process.output();
        let mut said = Vec::new();
        for _ in 0..ATTEMPTS {
            match output.recv_timeout(PAUSE) {
                Ok(piece) => said.extend(piece),
                Err(RecvTimeoutError::Timeout) if TcpStream::connect(address).is_ok() => return process,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        panic!("{command:?} does not listen, but says: {}", String::from_utf8_lossy(&said));
    }

    /// What it says on both pipes, which ends when it has closed them.
    fn output(&mut self) -> Receiver<Vec<u8>> {
        let stdout: Box<dyn Read + Send> =
            Box::new(self.child.stdout.take().expect("standard output was piped"));
        let stderr: Box<dyn Read + Send> =
            Box::new(self.child.stderr.take().expect("standard error was piped"));
        let (sender, receiver) = channel();
        for mut pipe in [stdout, stderr] {
            let sender = sender.clone();
            // Read to the end, or the server would hang on a full pipe.
            thread::spawn(move || {
                let mut block = [0; 4096];
                while let Ok(count @ 1..) = pipe.read(&mut block) {
                    // Nobody listens any more when it was started.
                    let _ = sender.send(block[..count].to_vec());
                }
            });
        }
        receiver
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.child);
        // Its sessions are processes, too. Where it has left the group, it is killed alone.
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
