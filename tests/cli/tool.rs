//! The tool as a child process. Whatever is waited for has a deadline, and nothing is asked for twice.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use crate::wire::Wire;

/// Nothing here takes a second; a test that hangs fails instead.
const DEADLINE: Duration = Duration::from_secs(20);

/// A tool at work; killed when dropped.
#[derive(Debug)]
pub(crate) struct Tool {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
    /// Where it may make its temporary directories.
    temporary: Arc<TempDir>,
}

/// How a tool ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// What was not read before.
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Tool {
    /// Starts `ftp-fixture serve` in the package's directory.
    pub(crate) fn serve<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Self {
        Self::start(&mut Self::command(arguments))
    }

    /// The command that [`serve`](Self::serve) runs.
    pub(crate) fn command<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Self::command_of("serve");
        command.args(arguments);
        command
    }

    /// Any of the tool's commands.
    pub(crate) fn command_of(name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ftp-fixture"));
        command
            .arg(name)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env_remove("RUST_LOG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        command
    }

    pub(crate) fn start(command: &mut Command) -> Self {
        Self::start_with(command, Arc::new(tempfile::tempdir().unwrap()))
    }

    /// Starts one that makes its temporary directories where another does.
    pub(crate) fn start_beside(other: &Self) -> Self {
        Self::start_with(&mut Self::command(["--json"]), Arc::clone(&other.temporary))
    }

    fn start_with(command: &mut Command, temporary: Arc<TempDir>) -> Self {
        let mut child = command.env("TMPDIR", temporary.path()).stderr(Stdio::piped()).spawn().unwrap();
        Self {
            stdin: child.stdin.take(),
            stdout: lines(child.stdout.take()),
            stderr: lines(child.stderr.take()),
            child,
            temporary,
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The first line, which says that the server is ready.
    #[track_caller]
    pub(crate) fn first_line(&self) -> String {
        match self.stdout.recv_timeout(DEADLINE) {
            Ok(line) => line,
            Err(error) => panic!("no first line ({error}); {:?}", self.stderr.try_iter().collect::<Vec<_>>()),
        }
    }

    /// The first line of one that was started with `--json`.
    #[track_caller]
    pub(crate) fn ready(&self) -> Value {
        serde_json::from_str(&self.first_line()).unwrap()
    }

    /// The first line on standard error.
    #[track_caller]
    pub(crate) fn first_complaint(&self) -> String {
        self.stderr.recv_timeout(DEADLINE).expect("a line on standard error")
    }

    #[track_caller]
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Gives it this on standard input, and ends that.
    pub(crate) fn say(&mut self, text: &str) {
        self.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    }

    pub(crate) fn end_stdin(&mut self) {
        self.stdin = None;
    }

    /// Ends it in a way that leaves it no time for anything.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for the end, and asserts that no temporary file is left.
    #[track_caller]
    pub(crate) fn ended(mut self) -> Ended {
        let (stdout, stderr) = (rest(&self.stdout), rest(&self.stderr));
        // Both are closed, so there is nothing left to wait for but the process's own last steps.
        let status = self.child.wait().unwrap();
        let left: Vec<_> = self.temporary.path().read_dir().unwrap().collect();
        assert!(left.is_empty(), "{left:?} are left");
        Ended { status, stdout, stderr }
    }

    /// Ends it with SIGTERM, and asserts that it ended well and had nothing to complain of.
    #[track_caller]
    pub(crate) fn terminate(self) {
        self.signal(Signal::TERM);
        self.ended().assert_well();
    }
}

impl Ended {
    #[track_caller]
    pub(crate) fn assert_well(&self) {
        assert_eq!(self.status.code(), Some(0), "{self:?}");
        assert_eq!((self.stdout.as_str(), self.stderr.as_str()), ("", ""));
    }
}

impl Drop for Tool {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a `serve` that cannot start: its exit code and what it says, nothing on standard output.
#[track_caller]
pub(crate) fn fails<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> (i32, String) {
    let ended = Tool::serve(arguments).ended();
    assert_eq!(ended.stdout, "");
    (ended.status.code().unwrap(), ended.stderr)
}

/// Runs `get`, `put` or `ls` in `directory` to its end.
#[track_caller]
pub(crate) fn run<A: AsRef<OsStr>>(
    name: &str,
    directory: &TempDir,
    arguments: impl IntoIterator<Item = A>,
) -> Ended {
    Tool::start(Tool::command_of(name).args(arguments).current_dir(directory.path())).ended()
}

/// Where the server is that said so with `--json`.
#[track_caller]
pub(crate) fn address(ready: &Value) -> SocketAddr {
    let host = ready["host"].as_str().unwrap().parse().unwrap();
    SocketAddr::new(host, ready["port"].as_u64().unwrap().try_into().unwrap())
}

/// Connects, and reads the greeting.
#[track_caller]
pub(crate) fn connect(ready: &Value) -> Wire {
    let mut wire = Wire::connect_silently(address(ready));
    wire.expect_reply(220);
    wire
}

/// Connects and logs in as the first user, in type binary.
#[track_caller]
pub(crate) fn log_in(ready: &Value) -> Wire {
    let mut wire = connect(ready);
    let user = &ready["users"][0];
    wire.log_in_as(user["name"].as_str().unwrap(), user["password"].as_str().unwrap());
    wire.expect(200, "TYPE I");
    wire
}

/// Reads lines on a thread of its own; the channel ends when they do, or at once when there is no pipe.
fn lines(pipe: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (sender, lines) = channel();
    if let Some(pipe) = pipe {
        std::thread::spawn(move || {
            BufReader::new(pipe).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
    }
    lines
}

#[track_caller]
fn rest(lines: &Receiver<String>) -> String {
    let mut rest = String::new();
    loop {
        match lines.recv_timeout(DEADLINE) {
            Ok(line) => rest += &(line + "\n"),
            Err(RecvTimeoutError::Disconnected) => return rest,
            Err(RecvTimeoutError::Timeout) => panic!("the tool did not end; so far it said {rest:?}"),
        }
    }
}
