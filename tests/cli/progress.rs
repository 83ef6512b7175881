//! The progress bar: on a terminal, and nowhere else.

use std::fs::File;
use std::io::Read;
use std::process::Stdio;

use ftp_fixture::prelude::*;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use tempfile::tempdir;

use crate::tool::{Tool, run};

/// What a command shows on a terminal.
fn shown(arguments: &[&str]) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let path = ptsname(&terminal, Vec::new()).unwrap();
    let stderr = File::options().read(true).write(true).open(path.to_str().unwrap()).unwrap();
    let (name, arguments) = arguments.split_first().unwrap();
    let directory = tempdir().unwrap();
    let mut child = Tool::command_of(name)
        .args(arguments)
        .current_dir(directory.path())
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .stderr(stderr)
        .spawn()
        .unwrap();
    let mut shown = Vec::new();
    // Once the tool has ended, reading fails with EIO.
    let _ = File::from(terminal).read_to_end(&mut shown);
    assert!(child.wait().unwrap().success());
    String::from_utf8_lossy(&shown).into_owned()
}

#[test]
fn a_terminal_shows_how_far_it_is() {
    let server = FtpFixture::builder().file("big.bin", vec![0; 3 << 20]).start();
    let url = server.url() + "big.bin";
    let bar = shown(&["get", &url]);
    assert!(bar.contains("big.bin") && bar.contains("3.00 MiB"), "{bar:?}");
    assert!(!shown(&["get", &url, "-q"]).contains("big.bin"));
}

#[test]
fn without_a_terminal_nothing_is_shown() {
    let server = FtpFixture::builder().file("big.bin", vec![0; 3 << 20]).start();
    run("get", &tempdir().unwrap(), [server.url() + "big.bin"]).assert_well();
}
