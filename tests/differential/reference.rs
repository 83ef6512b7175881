//! pyftpdlib as a child process. What is asked of it is not known here.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use crate::script::Family;

/// Run by Python, with the directory to serve.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/differential/reference.py");

/// How to get what is missing.
const INSTALL: &str = "install it (`python3 -m venv DIRECTORY`, then `DIRECTORY/bin/pip install pyftpdlib==2.2.0`) \
                       and set FTP_FIXTURE_PYFTPDLIB=DIRECTORY/bin/python, or let .ci/run do so";

/// A running pyftpdlib; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Reference {
    child: Child,
    ports: [u16; 2],
}

impl Reference {
    /// Serves `root` with pyftpdlib. When that is not installed, says so and gives `None`: the test is to be skipped.
    ///
    /// # Panics
    /// When it is missing and `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must not be, or when it does not start.
    #[expect(
        clippy::disallowed_methods,
        reason = "the library's reading of the environment is not a test's matter"
    )]
    #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
    pub(crate) fn start(root: &Path) -> Option<Self> {
        let python = env::var_os("FTP_FIXTURE_PYFTPDLIB").unwrap_or_else(|| "python3".into());
        let imports = Command::new(&python).args(["-c", "import pyftpdlib"]).stderr(Stdio::null()).status();
        if !imports.is_ok_and(|status| status.success()) {
            let required = env::var_os("FTP_FIXTURE_REQUIRE_CLIENTS").is_some_and(|value| value == "1");
            assert!(
                !required,
                "pyftpdlib is not installed, and FTP_FIXTURE_REQUIRE_CLIENTS=1 requires it; {INSTALL}"
            );
            eprintln!("skipped: pyftpdlib is not installed; {INSTALL}");
            return None;
        }
        // pyftpdlib tells permissions by real pathnames.
        let root = fs::canonicalize(root).expect("the root exists");
        let mut child = Command::new(&python)
            .arg(SCRIPT)
            .arg(root)
            .env("PYTHONUTF8", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("start Python, which has just run");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("standard output was piped");
        BufReader::new(stdout).read_line(&mut line).expect("read what pyftpdlib says");
        let ports: Vec<u16> = line.split_whitespace().filter_map(|port| port.parse().ok()).collect();
        let ports =
            ports.try_into().unwrap_or_else(|_| panic!("pyftpdlib does not start, but says {line:?}"));
        Some(Self { child, ports })
    }

    /// Where it listens; `None` when it could not listen on that network protocol.
    pub(crate) fn address(&self, family: Family) -> Option<SocketAddr> {
        let address: SocketAddr = match family {
            Family::Ipv4 => (Ipv4Addr::LOCALHOST, self.ports[0]).into(),
            Family::Ipv6 => (Ipv6Addr::LOCALHOST, self.ports[1]).into(),
        };
        (address.port() != 0).then_some(address)
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().expect("wait for pyftpdlib, whose standard input has ended");
    }
}
