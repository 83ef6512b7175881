//! libunftp, in a program of its own: a crate beside our workspace, so that our builds need not wait for it.

use std::path::PathBuf;
use std::process::Command;

use crate::account::{PASSWORD, USER};
use crate::missing::{note_missing, variable};
use crate::process::Port;
use crate::server::{Encryption, Setting};

pub(crate) fn command(setting: &Setting, port: &Port) -> Option<Command> {
    let program = variable("FTP_FIXTURE_LIBUNFTP").map(PathBuf::from);
    if program.is_none() {
        note_missing(
            "libunftp",
            "build tests/servers/libunftp, and let FTP_FIXTURE_LIBUNFTP name its program, as .ci/run does",
        );
    }
    let mut command = Command::new(program?);
    command.arg(port.address().to_string()).arg(&setting.home).args([USER, PASSWORD]);
    if setting.encryption != Encryption::Plain {
        command.args([&setting.certificate.chain, &setting.certificate.key]);
    }
    Some(command)
}
