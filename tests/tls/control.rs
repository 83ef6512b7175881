//! AUTH, PBSZ, PROT, CCC, REIN, implicit TLS, and what must not be let in.

use std::io::{Read, Write};

use ftp_fixture::prelude::*;

use crate::client::{Client, secure, socket};

#[test]
fn an_explicit_session_is_recorded_without_versions_or_ciphers() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).user("alice:s3cret").file("a.txt", "one\n").start();
    let mut client = Client::log_in(&ftp);
    assert_eq!(client.download("NLST"), b"a.txt\r\n");
    assert_eq!(client.upload("STOR b.txt", b"two\n"), "226 Transfer complete.");
    client.expect("221", "QUIT");
    assert_eq!(ftp.read("b.txt"), b"two\n");
    assert_transcript!(ftp, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> AUTH TLS
    S> 234 Proceed with negotiation.
    -- tls control
    C> USER alice
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> PBSZ 0
    S> 200 PBSZ=0 successful.
    C> PROT P
    S> 200 Protection set to Private.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> NLST
    S> 150 Opening data connection.
    -- data passive ascii tls
    D> a.txt
    S> 226 Transfer complete.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR b.txt
    S> 150 Opening data connection.
    -- data passive tls
    D< two
    S> 226 Transfer complete.
    C> QUIT
    S> 221 Goodbye.
    ");
}

#[test]
fn implicit_tls_is_there_before_the_greeting_and_protects_data_unasked() {
    let ftp = FtpFixture::builder().tls(Tls::implicit()).file("a.txt", "one\n").start();
    assert!(ftp.url().starts_with("ftps://user:12345@127.0.0.1:"), "{}", ftp.url());
    let mut client = Client::connect(&ftp);
    let features = client.command("FEAT");
    assert!(features.contains(" PROT\r\n") && !features.contains("AUTH"), "{features}");
    client.expect("503", "AUTH TLS");
    client.expect("534", "CCC");
    client.expect("331", "USER user");
    client.expect("230", "PASS 12345");
    assert_eq!(client.download("RETR a.txt"), b"one\r\n");
    // The port speaks nothing else.
    client.expect("230", "REIN");
    client.expect("331", "USER user");
    let transcript = ftp.transcript().to_string();
    assert!(transcript.starts_with("== session 1\n-- tls control\nS> 220 "), "{transcript}");
}

#[test]
fn feat_and_help_name_the_verbs_where_there_is_tls_and_elsewhere_they_are_unknown() {
    let verbs = ["AUTH TLS", "PBSZ 0", "PROT P", "CCC"];
    let plain = FtpFixture::start();
    let mut client = connect_clear(&plain);
    let features = client.command("FEAT");
    for verb in verbs {
        client.expect("500", verb);
        assert!(!features.contains(verb.split(' ').next().unwrap()), "{features}");
    }
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let mut client = Client::connect(&ftp);
    let features = client.command("FEAT");
    for line in [" AUTH SSL", " AUTH TLS", " CCC", " PBSZ", " PROT"] {
        assert!(features.lines().any(|feature| feature == line), "{features}");
    }
    assert!(client.command("HELP").contains(" AUTH "));
}

/// A client of a fixture without TLS, which has no configuration to give.
fn connect_clear(ftp: &FtpFixture) -> Client {
    let config = FtpFixture::builder().tls(Tls::explicit()).start().client_config();
    Client::connect_with(ftp, config)
}

#[test]
fn each_name_of_tls_begins_it_and_others_are_refused() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    for name in ["TLS", "TLS-C", "SSL", "TLS-P", "tls"] {
        let mut client = Client::connect(&ftp);
        client.expect("234", &format!("AUTH {name}"));
        secure(client.socket().try_clone().unwrap(), &client.config).unwrap();
    }
    let mut client = Client::connect(&ftp);
    client.expect("504", "AUTH KERBEROS_V4");
    client.expect("501", "AUTH");
    client.auth().unwrap();
    client.expect("503", "AUTH TLS");
}

#[test]
fn protection_is_set_in_its_order() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let mut client = Client::connect(&ftp);
    for line in ["PBSZ 0", "PROT P", "CCC"] {
        client.expect("503", line);
    }
    client.auth().unwrap();
    client.expect("503 Send PBSZ first.", "PROT P");
    client.expect("501", "PBSZ x");
    client.expect("200 PBSZ=0", "PBSZ 1024");
    client.expect("536", "PROT S");
    client.expect("536", "PROT E");
    client.expect("504", "PROT X");
    client.expect("200 Protection set to Clear.", "PROT C");
    client.expect("200 Protection set to Private.", "PROT p");
}

#[test]
fn auth_ends_a_login() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let mut client = Client::connect(&ftp);
    client.expect("331", "USER user");
    client.expect("230", "PASS 12345");
    client.auth().unwrap();
    client.expect("530", "PWD");
}

#[test]
fn after_ccc_the_control_connection_is_clear_and_data_is_not() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).file("a.txt", "one\n").start();
    let mut client = Client::log_in(&ftp);
    client.expect("200", "CCC");
    client.go_clear_with("NOOP");
    client.expect_reply("200");
    assert_eq!(client.download("RETR a.txt"), b"one\n");
    client.expect("503", "PROT C");
    client.auth().unwrap();
    client.expect("503 Send PBSZ first.", "PROT P");
    client.expect("331", "USER user");
    client.expect("221", "QUIT");
}

/// curl does so unless it is told otherwise.
#[test]
fn a_client_goes_on_in_the_clear_after_ccc_without_a_close_notify_of_its_own() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let mut client = Client::log_in(&ftp);
    client.expect("200", "CCC");
    client.go_clear_silently_with("NOOP");
    client.expect_reply("200");
    client.expect("221", "QUIT");
}

#[test]
fn after_rein_the_session_is_as_at_its_beginning() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let mut client = Client::log_in(&ftp);
    client.expect("230", "REIN");
    client.go_clear_with("PBSZ 0");
    client.expect_reply("503");
    client.auth().unwrap();
    client.expect("503", "PROT P");
}

#[test]
fn commands_in_the_clear_behind_auth_are_thrown_away_with_the_session() {
    let injections: [&[&[u8]]; 3] = [
        &[b"AUTH TLS\r\nDELE a.txt\r\n"],
        &[b"AUTH TLS\r\n", b"DELE a.txt\r\n"],
        &[b"AUTH TLS\r\nDELE a.txt\r\n", b"\x16\x03\x01"],
    ];
    for segments in injections {
        let ftp = FtpFixture::builder().tls(Tls::explicit()).user("user:12345").file("a.txt", "").start();
        let mut client = Client::connect(&ftp);
        client.expect("331", "USER user");
        client.expect("230", "PASS 12345");
        for segment in segments {
            client.send(segment);
        }
        client.expect_reply("234");
        assert!(client.try_reply().is_err());
        assert!(ftp.exists("a.txt"));
        let transcript = ftp.transcript().to_string();
        assert!(
            transcript.ends_with(
                "C> AUTH TLS\nS> 234 Proceed with negotiation.\n-- tls control failed: plaintext instead of a \
                 handshake\n-- server closed\n"
            ),
            "{transcript}"
        );
    }
}

#[test]
fn a_login_in_the_clear_is_refused_where_tls_is_required() {
    let ftp = FtpFixture::builder().tls(Tls::explicit().control_required(true)).start();
    let mut client = Client::connect(&ftp);
    client.expect("550 SSL/TLS required on the control channel.", "USER user");
    client.expect("550", "PASS 12345");
    client.expect("200", "NOOP");
    client.auth().unwrap();
    client.expect("331", "USER user");
    client.expect("534", "CCC");
}

#[test]
fn data_in_the_clear_is_refused_where_tls_is_required() {
    let ftp = FtpFixture::builder().tls(Tls::explicit().data_required(true)).file("a.txt", "one\n").start();
    let mut client = Client::log_in(&ftp);
    assert_eq!(client.download("RETR a.txt"), b"one\n");
    client.expect("200", "PROT C");
    for line in ["PASV", "EPSV", "PORT 127,0,0,1,200,1", "EPRT |1|127.0.0.1|50000|", "RETR a.txt"] {
        client.expect("521 SSL/TLS required on the data channel.", line);
    }
}

#[test]
fn a_session_that_waits_for_the_handshake_says_so_at_once() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let mut client = Client::connect(&ftp);
    client.expect("234", "AUTH TLS");
    for part in [&b""[..], b"\x16", b"\x16\x03\x01\x00\x20\x01"] {
        client.send(part);
        let transcript = ftp.transcript().to_string();
        assert!(
            transcript.ends_with("S> 234 Proceed with negotiation.\n-- session still open\n"),
            "{transcript}"
        );
    }
}

#[test]
fn a_command_cut_into_records_is_one_command() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let mut client = Client::connect(&ftp);
    client.auth().unwrap();
    for part in ["NO", "OP", "\r", "\nSY", "ST\r\n"] {
        client.send(part);
    }
    client.expect_reply("200");
    client.expect_reply("215");
    // Deciphered, and no whole command.
    client.send("QUI");
    let transcript = ftp.transcript().to_string();
    assert!(
        transcript.ends_with("C> QUI\\c\n-- unfinished command\n-- session still open\n"),
        "{transcript}"
    );
}

#[test]
fn what_is_no_tls_ends_an_implicit_session() {
    let ftp = FtpFixture::builder().tls(Tls::implicit()).start();
    let mut socket = socket(ftp.addr());
    socket.write_all(b"USER user\r\n").unwrap();
    let mut rest = Vec::new();
    let _ = socket.read_to_end(&mut rest);
    assert_eq!(rest, b"");
    assert_eq!(
        ftp.transcript().to_string(),
        "== session 1\n-- tls control failed: plaintext instead of a handshake\n-- server closed\n"
    );
}
