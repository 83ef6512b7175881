//! A program on this machine, run with a deadline. What it says to a server is not known here.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write, pipe};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use std::{env, thread};

/// How long a program may take before it counts as hanging.
const DEADLINE: Duration = Duration::from_secs(60);

/// A program that was found.
#[derive(Debug)]
pub(crate) struct Program {
    name: &'static str,
    path: PathBuf,
}

/// What a program left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The exit code; `None` when a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Program {
    /// Looks for `name` on `PATH`, which the package of the same name brings. When it is missing, says so and gives
    /// `None`: the test is to be skipped.
    ///
    /// # Panics
    /// When it is missing and `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must not be.
    #[track_caller]
    pub(crate) fn find(name: &'static str) -> Option<Self> {
        Self::find_of(name, name)
    }

    /// Looks for `name` on `PATH`, which `package` brings.
    ///
    /// # Panics
    /// As [`find`](Self::find).
    #[track_caller]
    pub(crate) fn find_of(name: &'static str, package: &str) -> Option<Self> {
        let path = env::split_paths(&variable("PATH").unwrap_or_default())
            .map(|directory| directory.join(name))
            .find(|path| path.is_file());
        if path.is_none() {
            note_missing(name, &format!("`apt-get install {package}`"));
        }
        Some(Self { name, path: path? })
    }

    /// Takes the program that the variable `named_by` of the environment names.
    ///
    /// # Panics
    /// As [`find`](Self::find).
    #[track_caller]
    pub(crate) fn named_by(named_by: &str, name: &'static str) -> Option<Self> {
        Some(Self { name, path: path_named_by(named_by, name)? })
    }

    /// Runs it in `directory`, with that as its home, no other environment and no standard input, until it ends.
    ///
    /// # Panics
    /// When it does not start or does not end in time; it is killed then.
    #[track_caller]
    pub(crate) fn run<S: AsRef<OsStr>>(
        &self,
        directory: &Path,
        arguments: impl IntoIterator<Item = S>,
    ) -> Outcome {
        self.run_with(&[], directory, arguments)
    }

    /// Runs it as [`run`](Self::run) does, with these variables of the environment.
    #[track_caller]
    pub(crate) fn run_with<S: AsRef<OsStr>>(
        &self,
        variables: &[(&str, &OsStr)],
        directory: &Path,
        arguments: impl IntoIterator<Item = S>,
    ) -> Outcome {
        self.run_within(DEADLINE, variables, directory, Stdio::null(), arguments)
    }

    /// Runs it as [`run`](Self::run) does, with `input` as its standard input, which must be less than a pipe holds.
    #[track_caller]
    pub(crate) fn run_on<S: AsRef<OsStr>>(
        &self,
        input: &str,
        directory: &Path,
        arguments: impl IntoIterator<Item = S>,
    ) -> Outcome {
        let (reader, mut writer) = pipe().expect("make a pipe");
        writer.write_all(input.as_bytes()).expect("write less than a pipe holds");
        drop(writer);
        self.run_within(DEADLINE, &[], directory, reader.into(), arguments)
    }

    #[track_caller]
    fn run_within<S: AsRef<OsStr>>(
        &self,
        deadline: Duration,
        variables: &[(&str, &OsStr)],
        directory: &Path,
        input: Stdio,
        arguments: impl IntoIterator<Item = S>,
    ) -> Outcome {
        let mut child = Command::new(&self.path)
            .args(arguments)
            .current_dir(directory)
            .env_clear()
            .env("HOME", directory)
            .env("LC_ALL", "C.UTF-8")
            .envs(variables.iter().copied())
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.name));

        // Both pipes are read at once, or the program could hang on the one that is full. Their end is the program's.
        let stdout = read_to_end(child.stdout.take().expect("standard output was piped"));
        let stderr = read_to_end(child.stderr.take().expect("standard error was piped"));
        let (Ok(stdout), Ok(stderr)) = (stdout.recv_timeout(deadline), stderr.recv_timeout(deadline)) else {
            child.kill().expect("kill a program that hangs");
            child.wait().expect("wait for a program that was killed");
            panic!("{} did not end within {deadline:?} and was killed", self.name);
        };
        let status = child.wait().expect("wait for a program that has closed its output");
        Outcome { code: status.code(), stdout, stderr: String::from_utf8_lossy(&stderr).into_owned() }
    }
}

impl Outcome {
    /// Panics with what the program said unless it exited with `code`.
    #[track_caller]
    pub(crate) fn exits_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.text(), self.stderr);
        self
    }

    /// Standard output as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }
}

/// The path that the variable `named_by` of the environment gives, of a client that is a language's package and no
/// program of its own. When it gives none, says so and gives `None`: the test is to be skipped.
///
/// # Panics
/// When it gives none and `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must.
#[track_caller]
pub(crate) fn path_named_by(named_by: &str, name: &str) -> Option<PathBuf> {
    let path = variable(named_by);
    if path.is_none() {
        note_missing(name, &format!("{named_by} says where; `.ci/run` does both"));
    }
    path.map(PathBuf::from)
}

#[track_caller]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn note_missing(name: &str, advice: &str) {
    let required = variable("FTP_FIXTURE_REQUIRE_CLIENTS").is_some_and(|value| value == "1");
    assert!(
        !required,
        "{name} is not installed, and FTP_FIXTURE_REQUIRE_CLIENTS=1 requires it; install it ({advice}) or unset the \
         variable"
    );
    eprintln!("skipped: {name} is not installed ({advice})");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the library's reading of the environment is not a test's matter"
)]
fn variable(name: &str) -> Option<OsString> {
    env::var_os(name)
}

fn read_to_end(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).expect("read what a program says");
        // Nobody waits any more when the other pipe was too late.
        let _ = sender.send(bytes);
    });
    receiver
}

#[test]
fn output_and_exit_code_are_those_of_the_program() {
    let Some(shell) = Program::find("sh") else { return };
    let outcome = shell.run(&env::temp_dir(), ["-c", "echo out; echo err >&2; exit 3"]).exits_with(3);
    assert_eq!((outcome.text().as_str(), outcome.stderr.as_str()), ("out\n", "err\n"));
}

#[test]
fn input_is_what_the_program_reads() {
    let Some(shell) = Program::find("sh") else { return };
    let outcome = shell.run_on("one\ntwo\n", &env::temp_dir(), ["-c", "cat"]).exits_with(0);
    assert_eq!(outcome.text(), "one\ntwo\n");
}

#[test]
#[should_panic(expected = "sh did not end within 50ms and was killed")]
fn a_program_that_hangs_is_killed() {
    let shell = Program { name: "sh", path: "/bin/sh".into() };
    shell.run_within(
        Duration::from_millis(50),
        &[],
        &env::temp_dir(),
        Stdio::null(),
        ["-c", "while :; do :; done"],
    );
}
