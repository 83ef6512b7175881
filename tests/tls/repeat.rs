//! One transcript for one behaviour of a client over TLS, however often it is run and however busy the machine is.

use std::io::Write;
use std::thread;

use ftp_fixture::fixture::FtpFixtureBuilder;
use ftp_fixture::prelude::*;
use ftp_fixture::tls::Certificate;
use ftp_fixture::transcript::Transcript;

use crate::client::{Client, close, read_to_close_notify, secure, socket};
use crate::load::BusyCores;

/// How often the behaviour runs that every test has.
const OFTEN: usize = 2_000;
/// How often the others run.
const FEWER: usize = 200;
/// How many runs of one behaviour there are at once.
const AT_ONCE: usize = 4;

#[test]
fn of_a_client_that_quits() {
    let transcript = repeated(OFTEN, &Tls::explicit(), |ftp| {
        let mut client = Client::log_in(ftp);
        client.upload("STOR a.txt", b"one\n");
        // The handshake before the command, and its data before the 150.
        let mut data = client.data();
        data.write_all(b"two\n").unwrap();
        close(data);
        client.expect("150", "STOR b.txt");
        client.expect_reply("226");
        client.download("NLST");
        let data = client.data();
        client.send("RETR a.txt\r\nQUIT\r\n");
        assert_eq!(read_to_close_notify(data), b"one\n");
    });
    assert_transcript!(transcript);
}

#[test]
fn of_a_client_that_is_gone_in_mid_upload() {
    let transcript = repeated(FEWER, &Tls::explicit(), |ftp| {
        let mut client = Client::log_in(ftp);
        let mut data = client.data();
        client.expect("150", "STOR a.txt");
        data.write_all(b"one\n").unwrap();
        drop(client);
        drop(data);
    });
    assert_transcript!(transcript);
}

#[test]
fn of_a_client_that_refuses_the_certificate() {
    let tls = Tls::implicit().certificate(Certificate::expired());
    let transcript = repeated(FEWER, &tls, |ftp| {
        secure(socket(ftp.addr()), &ftp.client_config()).unwrap_err();
    });
    assert_transcript!(transcript);
}

/// Runs `client` against as many fixtures, some at once, on a busy machine; gives the one transcript of all.
#[track_caller]
fn repeated(count: usize, tls: &Tls, client: impl Fn(&FtpFixture) + Sync) -> Transcript {
    let _busy = BusyCores::shared(4);
    let builder: FtpFixtureBuilder = FtpFixture::builder().tls(tls.clone()).in_memory();
    let run = || {
        let ftp = builder.clone().start();
        client(&ftp);
        ftp.transcript()
    };
    let first = run();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                for number in 1..=count / AT_ONCE {
                    let transcript = run();
                    assert!(
                        transcript == first,
                        "run {number} differs\n{transcript}\nfrom the first\n{first}"
                    );
                }
            });
        }
    });
    first
}
