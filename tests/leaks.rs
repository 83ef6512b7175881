//! What a thousand fixtures leave behind: no thread, no descriptor, no directory.
//!
//! It counts what the whole process has, so it is the only test of its binary.
#![cfg(target_os = "linux")]

#[expect(
    dead_code,
    unreachable_pub,
    reason = "other tests use the rest of the client, and from other modules"
)]
mod wire;

use std::fs;
use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use ftp_fixture::prelude::*;

use wire::Wire;

const FIXTURES: usize = 1_000;

/// A thread that was joined, and a socket that was closed, may be listed a moment longer.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn a_thousand_fixtures_leave_nothing_behind() {
    // The first one makes what stays for the life of the process.
    run(0);
    let before = Counts::take();
    (0..FIXTURES).for_each(run);
    wait_until(|| Counts::take() == before, || format!("{:?} became {:?}", before, Counts::take()));
}

/// Runs one fixture; they take turns in how their end meets their client.
fn run(number: usize) {
    #[cfg(feature = "tls")]
    tls::run(number);
    let builder = FtpFixture::builder().file("big.bin", vec![0; if number % 40 == 3 { 16 << 20 } else { 0 }]);
    let ftp = if number.is_multiple_of(2) { builder.in_memory() } else { builder }.start();
    match number % 8 {
        0 | 1 => {}
        2 => drop(Wire::log_in(&ftp)),
        3 => {
            let mut client = Wire::log_in(&ftp);
            let data = client.data();
            client.expect(150, "RETR big.bin");
            drop(ftp);
            drop(data);
        }
        4 => {
            let mut client = Wire::log_in(&ftp);
            let mut data = client.data();
            client.expect(150, "STOR a.txt");
            data.write_all(b"one\n").unwrap();
            drop(ftp);
        }
        5 => {
            let mut client = Wire::log_in(&ftp);
            client.upload("STOR a.txt", "one\n");
            ftp.finish().unwrap();
        }
        6 => {
            let mut client = Wire::log_in(&ftp);
            client.passive_port();
            drop(ftp);
        }
        _ => {
            let _client = Wire::connect_silently(ftp.addr());
            drop(ftp);
        }
    }
}

/// The same over TLS, where a fixture has a file, and a connection may end in mid-handshake.
#[cfg(feature = "tls")]
mod tls {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use ftp_fixture::prelude::*;
    use ftp_fixture::tls::rustls::{ClientConnection, StreamOwned};

    use super::Wire;

    /// One in ten: a handshake costs more than a fixture.
    pub(super) fn run(number: usize) {
        match number % 40 {
            0 => drop(FtpFixture::builder().tls(Tls::explicit()).start()),
            10 => {
                let ftp = FtpFixture::builder().tls(Tls::explicit()).in_memory().start();
                let mut client = Wire::connect(&ftp);
                client.expect(234, "AUTH TLS");
                client.send(b"\x16\x03\x01");
                drop(ftp);
            }
            20 => {
                let ftp = FtpFixture::builder().tls(Tls::implicit()).in_memory().start();
                let _client = Wire::connect_silently(ftp.addr());
                drop(ftp);
            }
            30 => {
                let ftp = FtpFixture::builder().tls(Tls::implicit()).start();
                let name = "localhost".try_into().unwrap();
                let connection = ClientConnection::new(ftp.client_config(), name).unwrap();
                let socket = TcpStream::connect(ftp.addr()).unwrap();
                let mut client = StreamOwned::new(connection, socket);
                client.read_exact(&mut [0; 3]).unwrap();
                client.write_all(b"PWD\r\n").unwrap();
                drop(ftp);
            }
            _ => {}
        }
    }
}

/// What the process has.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    threads: usize,
    descriptors: usize,
    directories: usize,
}

impl Counts {
    fn take() -> Self {
        let prefix = format!("ftp-fixture-{}-", std::process::id());
        let ours = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(&prefix);
        Self {
            threads: fs::read_dir("/proc/self/task").unwrap().count(),
            descriptors: fs::read_dir("/proc/self/fd").unwrap().count(),
            directories: fs::read_dir(std::env::temp_dir()).unwrap().flatten().filter(ours).count(),
        }
    }
}

/// Waits for what must come about; says what there is instead when it does not.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "the kernel tells nobody that it has ended a thread")]
fn wait_until(condition: impl Fn() -> bool, instead: impl Fn() -> String) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < PATIENCE, "{}", instead());
        thread::yield_now();
    }
}
