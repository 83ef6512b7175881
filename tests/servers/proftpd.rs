//! ProFTPD, as whoever runs the tests, with a table of users of its own.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::account::{CRYPTED, USER};
use crate::process::Port;
use crate::program::Program;
use crate::server::{Encryption, Setting};

pub(crate) fn command(setting: &Setting, port: &Port) -> Option<Command> {
    let program = Program::find("proftpd", "proftpd-core and proftpd-mod-crypto")?;
    let directory = setting.directory.display();
    let users = setting.directory.join("users");
    let (uid, gid) = (setting.launcher.uid, setting.launcher.gid);
    fs::write(&users, format!("{USER}:{CRYPTED}:{uid}:{gid}::{}:/bin/sh\n", setting.home.display()))
        .expect("write the users");
    fs::set_permissions(&users, Permissions::from_mode(0o600))
        .expect("it insists that nobody else reads them");
    let path = setting.directory.join("proftpd.conf");
    let mut configuration = format!(
        "ModulePath {modules}
LoadModule mod_tls.c
ServerType standalone
DefaultAddress 127.0.0.1
Port {port}
UseIPv6 off
UseReverseDNS off
User {user}
Group {group}
RootLogin on
RequireValidShell off
AuthOrder mod_auth_file.c
AuthUserFile {users}
AllowOverwrite on
AllowStoreRestart on
AllowForeignAddress on
PidFile {directory}/pid
ScoreboardFile {directory}/scoreboard
ControlsEngine off
DelayTable none
WtmpLog off
TransferLog none
SystemLog {directory}/log
",
        modules = program.root().join("usr/lib/proftpd").display(),
        port = port.number(),
        user = setting.launcher.user(),
        group = setting.launcher.group(),
        users = users.display(),
    );
    if setting.encryption != Encryption::Plain {
        configuration += &format!(
            "TLSEngine on
TLSRequired on
TLSLog {directory}/tls-log
TLSECCertificateFile {}
TLSECCertificateKeyFile {}
",
            setting.certificate.chain.display(),
            setting.certificate.key.display(),
        );
    }
    if setting.encryption == Encryption::Implicit {
        configuration += "TLSOptions UseImplicitSSL\n";
    }
    fs::write(&path, configuration).expect("write a configuration");
    let mut command = program.command();
    command.args(["--nodaemon", "--config"]).arg(path);
    Some(command)
}
