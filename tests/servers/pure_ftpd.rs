//! Pure-FTPd with a table of users of its own. It must be root, and its users must not.

use std::fs;
use std::os::unix::fs::chown;
use std::process::Command;

use crate::account::{CRYPTED, USER};
use crate::missing::note_skipped;
use crate::process::Port;
use crate::program::Program;
use crate::server::{Encryption, Setting};

/// `nobody` on Debian.
const NOBODY: u32 = 65_534;

pub(crate) fn command(setting: &Setting, port: &Port) -> Option<Command> {
    let program = Program::find("pure-ftpd", "pure-ftpd")?;
    let tool = Program::find("pure-pw", "pure-ftpd-common")?;
    if !setting.launcher.is_root() {
        note_skipped("Pure-FTPd can only be started by root");
        return None;
    }
    let (users, database) = (setting.directory.join("users"), setting.directory.join("users.pdb"));
    fs::write(
        &users,
        format!("{USER}:{CRYPTED}:{NOBODY}:{NOBODY}::{}::::::::::::\n", setting.home.display()),
    )
    .expect("write the users");
    let made = tool.command().arg("mkdb").arg(&database).arg("-f").arg(&users).status();
    assert!(made.is_ok_and(|status| status.success()), "pure-pw makes no table of users");
    chown(&setting.home, Some(NOBODY), Some(NOBODY)).expect("root gives a directory to nobody");

    let mut command = program.command();
    command
        .arg(format!("--bind=127.0.0.1,{}", port.number()))
        .arg(format!("--login=puredb:{}", database.display()))
        .arg(format!("--pidfile={}", setting.directory.join("pid").display()))
        .args(["--ipv4only", "--noanonymous", "--dontresolve"]);
    if setting.encryption != Encryption::Plain {
        // 3: only encrypted sessions, and only encrypted data.
        command.arg("--tls=3").arg(format!(
            "--certfile={},{}",
            setting.certificate.chain.display(),
            setting.certificate.key.display()
        ));
    }
    Some(command)
}
