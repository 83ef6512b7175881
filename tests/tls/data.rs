//! TLS on data connections: either order of handshake and command, either mode, and whole files only.

use std::io::{Read, Write};
use std::time::{Duration, SystemTime};

use ftp_fixture::prelude::*;
use ftp_fixture::tls::TlsVersions;

use crate::client::{Client, close, read_to_close_notify, secure, with_deadlines};

const VERSIONS: [TlsVersions; 2] = [TlsVersions::Only12, TlsVersions::Only13];

#[test]
fn both_orders_of_handshake_and_command_are_served() {
    for versions in VERSIONS {
        let ftp = FtpFixture::builder().tls(Tls::explicit().versions(versions)).start();
        let mut client = Client::log_in(&ftp);
        // The handshake first.
        let mut data = client.data();
        client.expect("150", "STOR a.txt");
        data.write_all(b"one\n").unwrap();
        close(data);
        client.expect_reply("226");
        let data = client.data();
        client.expect("150", "RETR a.txt");
        assert_eq!(read_to_close_notify(data), b"one\n");
        client.expect_reply("226");
        // The command first.
        assert!(client.upload("STOR b.txt", b"two\n").starts_with("226"));
        assert_eq!(client.download("RETR b.txt"), b"two\n");
        // Data, and its end, before the command.
        let mut data = client.data();
        data.write_all(b"three\n").unwrap();
        close(data);
        client.expect("150", "STOR c.txt");
        client.expect_reply("226");
        assert_eq!(ftp.read("c.txt"), b"three\n");
    }
}

#[test]
fn the_server_is_the_tls_server_in_active_mode_too() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).in_memory().start();
    let mut client = Client::log_in(&ftp);
    let listener = client.data_listener();
    client.expect("150", "STOR a.txt");
    let mut data = secure(with_deadlines(listener.accept().unwrap().0), &client.config).unwrap();
    data.write_all(b"one\n").unwrap();
    close(data);
    client.expect_reply("226");
    let listener = client.data_listener();
    client.expect("150", "RETR a.txt");
    let data = secure(with_deadlines(listener.accept().unwrap().0), &client.config).unwrap();
    assert_eq!(read_to_close_notify(data), b"one\n");
    client.expect_reply("226");
    assert!(ftp.transcript().to_string().contains("-- data active tls\nD< one\n"));
}

#[test]
fn every_kind_of_transfer_is_encrypted() {
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(918_014_706);
    let big: Vec<u8> = (0..3_000_000_u32).map(|number| number as u8).collect();
    let builder = FtpFixture::builder().tls(Tls::explicit()).handler(|handler| handler.mode_z(true));
    let ftp = builder.file_modified("a.txt", "one\n", old).file("big.bin", &big).start();
    let mut client = Client::log_in(&ftp);
    assert_eq!(client.download("RETR big.bin"), big);
    assert!(client.upload("STOR copy.bin", &big).starts_with("226"));
    assert_eq!(ftp.read("copy.bin"), big);
    assert!(client.upload("APPE a.txt", b"two\n").starts_with("226"));
    assert!(client.upload("STOU", b"unique\n").starts_with("226"));
    client.expect("350", "REST 4");
    assert_eq!(client.download("RETR a.txt"), b"two\n");
    for line in ["LIST a.txt", "NLST a.txt", "MLSD"] {
        assert!(String::from_utf8(client.download(line)).unwrap().contains("a.txt"), "{line}");
    }
    client.expect("200", "TYPE A");
    assert_eq!(client.download("RETR a.txt"), b"one\r\ntwo\r\n");
    client.expect("200", "TYPE I");
    client.expect("200", "MODE Z");
    assert!(!client.download("RETR a.txt").is_empty());
    client.expect("200", "MODE S");
    // Empty ones, too.
    assert!(client.upload("STOR empty", b"").starts_with("226"));
    assert_eq!(client.download("RETR empty"), b"");
}

#[test]
fn prot_c_leaves_data_in_the_clear() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).file("a.txt", "one\n").start();
    let mut client = Client::log_in(&ftp);
    client.expect("200", "PROT C");
    let mut data = client.data_socket();
    client.expect("150", "RETR a.txt");
    let mut content = String::new();
    data.read_to_string(&mut content).unwrap();
    client.expect_reply("226");
    assert_eq!(content, "one\n");
    assert!(ftp.transcript().to_string().contains("-- data passive\nD> one\n"));
}

#[test]
fn an_upload_that_just_ends_is_not_whole_unless_that_is_allowed() {
    for versions in VERSIONS {
        for (required, code) in [(true, "426"), (false, "226")] {
            let tls = Tls::explicit().versions(versions).require_close_notify(required);
            let ftp = FtpFixture::builder().tls(tls).start();
            let mut client = Client::log_in(&ftp);
            let mut data = client.data();
            client.expect("150", "STOR a.txt");
            data.write_all(b"one\n").unwrap();
            drop(data);
            client.expect_reply(code);
            let transcript = ftp.transcript().to_string();
            let interrupted = transcript.contains("-- data passive tls\n-- data interrupted\nS> 426 ");
            assert_eq!(interrupted, required, "{transcript}");
        }
    }
}

#[test]
fn an_upload_that_ends_within_a_record_is_not_whole_even_where_it_may_just_end() {
    for versions in VERSIONS {
        let tls = Tls::explicit().versions(versions).require_close_notify(false);
        let ftp = FtpFixture::builder().tls(tls).start();
        let mut client = Client::log_in(&ftp);
        let mut data = client.data();
        client.expect("150", "STOR a.txt");
        data.write_all(b"one\n").unwrap();
        // The beginning of a record of 80 bytes.
        data.sock.write_all(&[23, 3, 3, 0, 80, 1, 2, 3]).unwrap();
        drop(data);
        client.expect_reply("426");
    }
}

#[test]
fn a_transfer_that_waits_for_the_handshake_says_so_at_once_and_can_be_aborted() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let mut client = Client::log_in(&ftp);
    let _data = client.data_socket();
    client.expect("150", "STOR a.txt");
    let transcript = ftp.transcript().to_string();
    assert!(
        transcript
            .ends_with("S> 150 Opening data connection.\n-- transfer still open\n-- session still open\n"),
        "{transcript}"
    );
    client.expect("426", "ABOR");
    client.expect_reply("226");
}

#[test]
fn data_in_the_clear_where_a_handshake_is_due_is_refused_in_either_order() {
    let tails = [true, false].map(|early| {
        let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
        let mut client = Client::log_in(&ftp);
        let mut data = client.data_socket();
        if early {
            data.write_all(b"one\n").unwrap();
            client.expect("200", "NOOP");
        }
        client.expect("150", "STOR a.txt");
        if !early {
            data.write_all(b"one\n").unwrap();
        }
        client.expect_reply("522 TLS handshake failed.");
        let transcript = ftp.transcript().to_string();
        transcript.split_once("C> STOR").unwrap().1.to_owned()
    });
    assert_eq!(tails[0], tails[1]);
    assert_eq!(
        tails[0],
        " a.txt\nS> 150 Opening data connection.\n-- tls data failed: plaintext instead of a handshake\nS> 522 TLS \
         handshake failed.\n-- session still open\n"
    );
}

#[test]
fn a_download_to_a_client_that_has_said_its_close_notify_before_is_whole() {
    let content = vec![7; 1_000_000];
    let ftp = FtpFixture::builder().tls(Tls::explicit()).file("a.bin", &content).start();
    let mut client = Client::log_in(&ftp);
    for _ in 0..20 {
        let mut data = client.data();
        data.conn.send_close_notify();
        data.flush().unwrap();
        client.expect("150", "RETR a.bin");
        assert!(read_to_close_notify(data) == content);
        client.expect_reply("226");
    }
}

#[test]
fn abor_is_read_while_an_encrypted_download_is_stuck() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).file("big.bin", vec![7; 64 * 1024 * 1024]).start();
    let mut client = Client::log_in(&ftp);
    let data = client.data();
    client.expect("150", "RETR big.bin");
    client.expect("426", "ABOR");
    client.expect_reply("226");
    drop(data);
    client.expect("221", "QUIT");
}
