//! Sessions of the control connection that data connections resume, and uploads that no ticket spoils.

use std::io::{Read, Write};
use std::sync::Arc;

use ftp_fixture::prelude::*;
use ftp_fixture::tls::rustls::ClientConfig;
use ftp_fixture::tls::rustls::HandshakeKind;
use ftp_fixture::tls::rustls::client::{Resumption, Tls12Resumption};
use ftp_fixture::tls::{SessionReuse, TlsVersions};

use crate::client::{Client, close, read_to_close_notify, secure};

const VERSIONS: [TlsVersions; 2] = [TlsVersions::Only12, TlsVersions::Only13];

fn forgetful(ftp: &FtpFixture) -> Arc<ClientConfig> {
    let mut config = ClientConfig::clone(&ftp.client_config());
    config.resumption = Resumption::disabled();
    Arc::new(config)
}

#[test]
fn a_client_that_resumes_passes_where_reuse_is_required() {
    for versions in VERSIONS {
        let tls = Tls::explicit().versions(versions).session_reuse(SessionReuse::Required);
        let ftp = FtpFixture::builder().tls(tls).start();
        let mut client = Client::log_in(&ftp);
        assert!(client.upload("STOR a.txt", b"one\n").starts_with("226"));
        // A download brings a ticket for the next one, so that they never run out.
        for _ in 0..20 {
            assert_eq!(client.download("RETR a.txt"), b"one\n");
        }
        assert!(client.upload("STOR a.txt", b"two\n").starts_with("226"));
    }
}

#[test]
fn a_session_of_tls_1_2_is_resumed_by_its_number_too() {
    let tls = Tls::explicit().versions(TlsVersions::Only12).session_reuse(SessionReuse::Required);
    let ftp = FtpFixture::builder().tls(tls).start();
    let mut config = ClientConfig::clone(&ftp.client_config());
    config.resumption = config.resumption.tls12_resumption(Tls12Resumption::SessionIdOnly);
    let mut client = Client::log_in_with(&ftp, Arc::new(config));
    for _ in 0..3 {
        assert!(client.upload("STOR a.txt", b"one\n").starts_with("226"));
        assert_eq!(client.download("RETR a.txt"), b"one\n");
    }
}

/// Until the command comes, the server cannot know whether a ticket would be read.
#[test]
fn a_handshake_before_the_command_brings_a_ticket_to_a_download_and_none_to_an_upload() {
    let tls = Tls::explicit().versions(TlsVersions::Only13).session_reuse(SessionReuse::Required);
    let ftp = FtpFixture::builder().tls(tls).file("a.txt", "one\n").start();
    let mut client = Client::log_in(&ftp);
    for _ in 0..20 {
        let data = client.data();
        client.expect("150", "RETR a.txt");
        assert_eq!(read_to_close_notify(data), b"one\n");
        client.expect_reply("226");
    }
    let mut data = client.data();
    client.expect("150", "STOR b.txt");
    data.conn.send_close_notify();
    data.flush().unwrap();
    client.expect_reply("226");
    // A record's header, the alert, its type, and the authentication tag.
    let close_notify = 5 + 2 + 1 + 16;
    let mut rest = Vec::new();
    data.sock.read_to_end(&mut rest).unwrap();
    assert_eq!(rest.len(), close_notify, "the server says nothing else");
}

#[test]
fn a_client_that_does_not_resume_gets_522_where_reuse_is_required_and_cannot_resume_that() {
    for versions in VERSIONS {
        let tls = Tls::explicit().versions(versions).session_reuse(SessionReuse::Required);
        let ftp = FtpFixture::builder().tls(tls).file("a.txt", "one\n").start();
        let mut client = Client::log_in_with(&ftp, forgetful(&ftp));
        // What this one remembers are its own data connections.
        let others = ftp.client_config();
        for _ in 0..2 {
            let socket = client.data_socket();
            client.expect("150", "RETR a.txt");
            let data = secure(socket, &others);
            client.expect_reply("522 SSL connection failed; session reuse required.");
            drop(data);
        }
        let transcript = ftp.transcript().to_string();
        let refused =
            "S> 150 Opening data connection (4 bytes).\n-- tls data failed: no session reuse\nS> 522 ";
        assert_eq!(transcript.matches(refused).count(), 2, "{transcript}");
    }
}

#[test]
fn the_session_of_another_control_connection_does_not_count() {
    for versions in VERSIONS {
        let tls = Tls::explicit().versions(versions).session_reuse(SessionReuse::Required);
        let ftp = FtpFixture::builder().tls(tls).start();
        let mut first = Client::log_in(&ftp);
        let config = Arc::clone(&first.config);
        let mut second = Client::log_in_with(&ftp, forgetful(&ftp));
        let socket = second.data_socket();
        second.expect("150", "STOR a.txt");
        let data = secure(socket, &config);
        second.expect_reply("522");
        drop(data);
        first.expect("221", "QUIT");
    }
}

#[test]
fn reuse_is_allowed_or_refused_as_asked() {
    for versions in VERSIONS {
        for (reuse, kind) in
            [(SessionReuse::Allowed, HandshakeKind::Resumed), (SessionReuse::Refused, HandshakeKind::Full)]
        {
            let ftp =
                FtpFixture::builder().tls(Tls::explicit().versions(versions).session_reuse(reuse)).start();
            let mut client = Client::log_in(&ftp);
            let data = client.data();
            assert_eq!(data.conn.handshake_kind(), Some(kind), "{versions:?} {reuse:?}");
            client.expect("150", "STOR a.txt");
            close(data);
            client.expect_reply("226");
        }
    }
}

#[test]
fn a_thousand_uploads_over_tls_1_3_are_whole() {
    let ftp = FtpFixture::builder().tls(Tls::explicit().versions(TlsVersions::Only13)).in_memory().start();
    let mut client = Client::log_in(&ftp);
    let content = vec![b'x'; 40_000];
    for number in 0..1_000 {
        // A reply, and with it an end, is never waited for on the data connection.
        let reply = client.upload("STOR a.bin", &content);
        assert_eq!(reply, "226 Transfer complete.", "upload {number}");
        assert!(ftp.read("a.bin") == content, "upload {number}");
    }
}
