//! One transcript for a client that is a process of its own and is killed in mid-transfer, on a busy machine.
//!
//! No other test is here: a process that is being forked holds copies of all sockets for a moment, so that what a client
//! in this one closes is not closed yet.
#![cfg(unix)]

#[expect(unreachable_pub, reason = "other tests use it from other modules")]
mod load;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use ftp_fixture::prelude::*;
use ftp_fixture::transcript::Transcript;
use tempfile::TempDir;

use load::BusyCores;

const RUNS: usize = 200;

/// More than the sockets of both sides hold, so that a download of it cannot end unless somebody reads.
const ENDLESS: u64 = 256 * 1024 * 1024;

#[test]
fn of_a_process_killed_in_mid_upload() {
    let transcript = killed_again_and_again(&FtpFixture::builder().in_memory(), "STOR a.txt");
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data passive
    -- data interrupted
    -- client closed
    ");
}

#[test]
fn of_a_process_killed_in_mid_download() {
    let directory = TempDir::new().unwrap();
    File::create(directory.path().join("endless.bin")).unwrap().set_len(ENDLESS).unwrap();
    let builder = FtpFixture::builder().serve_dir(directory.path());
    let transcript = killed_again_and_again(&builder, "RETR endless.bin");
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> RETR endless.bin
    S> 150 Opening data connection (268435456 bytes).
    -- data passive
    -- data interrupted
    S> 426 Connection closed; transfer aborted.
    -- client closed
    ");
}

/// Kills a client in the midst of a transfer, as often; gives the one transcript of all runs.
#[track_caller]
fn killed_again_and_again(builder: &ftp_fixture::fixture::FtpFixtureBuilder, command: &str) -> Transcript {
    let _busy = BusyCores::shared(4);
    let run = || {
        let ftp = builder.clone().start();
        let mut process = start_transfer(&ftp, command);
        process.kill().unwrap();
        process.wait().unwrap();
        ftp.transcript()
    };
    let first = run();
    for number in 2..=RUNS {
        let transcript = run();
        assert!(transcript == first, "run {number} differs\n{transcript}\nfrom the first\n{first}");
    }
    first
}

/// Has a shell begin a transfer; gives it when it is in the midst of it.
fn start_transfer(ftp: &FtpFixture, command: &str) -> Child {
    const SCRIPT: &str = r#"
        reply() { while read -r line <&3 && [[ $line != [0-9][0-9][0-9]' '* ]]; do :; done; }
        say() { printf '%s\r\n' "$1" >&3; reply; }
        exec 3<>"/dev/tcp/127.0.0.1/$1"
        reply; say 'USER user'; say 'PASS 12345'; say 'TYPE I'; say EPSV
        port=${line##*|||}; port=${port%%|*}
        exec 4<>"/dev/tcp/127.0.0.1/$port"
        say "$2"
        case $2 in STOR*) printf '%01000d' 0 >&4 ;; *) read -r -d '' -u 4 _ ;; esac
        echo begun
        read -r _
    "#;
    let mut process = Command::new("bash")
        .args(["-c", SCRIPT, "bash", &ftp.port().to_string(), command])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("bash, which these tests need, cannot be run");
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "begun\n");
    process
}
