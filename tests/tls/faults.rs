//! What a server does wrong on purpose.

use std::io::{ErrorKind, Read};

use ftp_fixture::prelude::*;

use crate::client::{Client, secure};

#[test]
fn auth_is_refused_and_not_announced() {
    let ftp = FtpFixture::builder().tls(Tls::explicit().refuse_auth()).start();
    let mut client = Client::connect(&ftp);
    client.expect("502", "AUTH TLS");
    client.expect("502", "AUTH SSL");
    let features = client.command("FEAT");
    assert!(!features.contains("AUTH") && !features.contains("PROT"), "{features}");
    // A client that goes on in the clear can: whether it should is its test's matter.
    client.expect("331", "USER user");
}

#[test]
fn the_first_handshakes_on_control_connections_fail() {
    let ftp = FtpFixture::builder().tls(Tls::explicit().fail_control_handshakes(2)).start();
    for _ in 0..2 {
        let error = Client::connect(&ftp).auth().unwrap_err().to_string();
        assert!(error.contains("HandshakeFailure"), "{error}");
    }
    Client::connect(&ftp).auth().unwrap();
    let transcript = ftp.transcript().to_string();
    assert_eq!(transcript.matches("-- tls control failed: handshake failed\n-- server closed\n").count(), 2);
}

#[test]
fn the_first_handshakes_on_data_connections_fail_and_the_session_goes_on() {
    let ftp =
        FtpFixture::builder().tls(Tls::explicit().fail_data_handshakes(1)).file("a.txt", "one\n").start();
    let mut client = Client::log_in(&ftp);
    let socket = client.data_socket();
    client.expect("150", "RETR a.txt");
    assert!(secure(socket, &client.config).is_err());
    client.expect_reply("522 TLS handshake failed.");
    assert_eq!(client.download("RETR a.txt"), b"one\n");
    assert!(ftp.transcript().to_string().contains("-- tls data failed: handshake failed\nS> 522 "));
}

#[test]
fn connections_end_without_close_notify() {
    let ftp = FtpFixture::builder().tls(Tls::explicit().omit_close_notify()).file("a.txt", "one\n").start();
    let mut client = Client::log_in(&ftp);
    let mut data = client.data();
    client.expect("150", "RETR a.txt");
    let mut content = Vec::new();
    let error = data.read_to_end(&mut content).unwrap_err();
    assert_eq!((content.as_slice(), error.kind()), (&b"one\n"[..], ErrorKind::UnexpectedEof));
    client.expect_reply("226");
    client.expect("221", "QUIT");
    let error = client.try_reply().unwrap_err().to_string();
    assert!(error.contains("close_notify"), "{error}");
}

#[test]
fn data_is_in_the_clear_under_prot_p() {
    let ftp =
        FtpFixture::builder().tls(Tls::explicit().clear_data_under_prot_p()).file("a.txt", "one\n").start();
    let mut client = Client::log_in(&ftp);
    let mut data = client.data_socket();
    client.expect("150", "RETR a.txt");
    let mut content = String::new();
    data.read_to_string(&mut content).unwrap();
    assert_eq!(content, "one\n");
    client.expect_reply("226");
    assert!(ftp.transcript().to_string().contains("C> PROT P\nS> 200 "));
    assert!(ftp.transcript().to_string().contains("-- data passive\nD> one\n"));
}
