//! vsftpd, as whoever runs the tests.
//!
//! Its local users are the system's, so that of the tests is the anonymous one, whose password must stand in a list.

use std::fs;
use std::process::Command;

use crate::account::PASSWORD;
use crate::process::Port;
use crate::program::Program;
use crate::server::{Encryption, Setting};

pub(crate) fn command(setting: &Setting, port: &Port) -> Option<Command> {
    let program = Program::find("vsftpd", "vsftpd")?;
    let passwords = setting.directory.join("passwords");
    fs::write(&passwords, format!("{PASSWORD}\n")).expect("write the passwords");
    let path = setting.directory.join("vsftpd.conf");
    let mut configuration = format!(
        "listen=YES
listen_address=127.0.0.1
listen_port={port}
background=NO
run_as_launching_user=YES
ftp_username=nobody
anonymous_enable=YES
secure_email_list_enable=YES
email_password_file={passwords}
anon_root={home}
write_enable=YES
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
anon_world_readable_only=NO
ascii_upload_enable=YES
ascii_download_enable=YES
delay_failed_login=0
seccomp_sandbox=NO
",
        port = port.number(),
        passwords = passwords.display(),
        home = setting.home.display(),
    );
    if setting.encryption != Encryption::Plain {
        configuration += &format!(
            "ssl_enable=YES
allow_anon_ssl=YES
force_anon_logins_ssl=YES
force_anon_data_ssl=YES
require_ssl_reuse=YES
ssl_ciphers=HIGH
rsa_cert_file={}
rsa_private_key_file={}
",
            setting.certificate.chain.display(),
            setting.certificate.key.display(),
        );
    }
    if setting.encryption == Encryption::Implicit {
        configuration += "implicit_ssl=YES\n";
    }
    fs::write(&path, configuration).expect("write a configuration");
    let mut command = program.command();
    command.arg(path);
    Some(command)
}
