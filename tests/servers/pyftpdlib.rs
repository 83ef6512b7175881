//! pyftpdlib, run by Python.

use std::process::{Command, Stdio};

use crate::account::{PASSWORD, USER};
use crate::missing::{note_missing, variable};
use crate::process::Port;
use crate::server::{Encryption, Setting};

/// Run with a port, a home, a user, a password, and for TLS a certificate with its key.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/servers/serve.py");

pub(crate) fn command(setting: &Setting, port: &Port) -> Option<Command> {
    let python = variable("FTP_FIXTURE_PYFTPDLIB").unwrap_or_else(|| "python3".into());
    let imports =
        Command::new(&python).args(["-c", "import pyftpdlib, OpenSSL"]).stderr(Stdio::null()).status();
    if !imports.is_ok_and(|status| status.success()) {
        note_missing(
            "pyftpdlib with pyOpenSSL",
            "install both with pip, and let FTP_FIXTURE_PYFTPDLIB name the Python that has them, as .ci/run does",
        );
        return None;
    }
    let mut command = Command::new(python);
    command.arg(SCRIPT).arg(port.number().to_string()).arg(&setting.home).args([USER, PASSWORD]);
    if setting.encryption != Encryption::Plain {
        command.args([&setting.certificate.chain, &setting.certificate.key]);
    }
    command.env("PYTHONUTF8", "1");
    Some(command)
}
