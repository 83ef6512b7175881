//! curl over TLS: AUTH SSL, handshakes on data connections before the command, CCC, and client certificates.

use ftp_fixture::prelude::*;
use ftp_fixture::tls::{ClientCertificates, TlsVersions};

use super::server::{VERSIONS, fixture, fixture_that_demands_reuse, large, with_bad_certificates};
use crate::desk::Desk;
use crate::payload::{TEXT, assert_same, binary};
use crate::program::{Outcome, Program};

// Exit codes, named as in libcurl-errors(3).
const PEER_FAILED_VERIFICATION: i32 = 60;
const PARTIAL_FILE: i32 = 18;

struct Curl {
    program: Program,
    desk: Desk,
}

impl Curl {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("curl")?, desk: Desk::new() })
    }

    /// Runs curl without anyone's settings; it must have TLS, and trusts the fixture's CA alone.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, arguments: &[&str]) -> Outcome {
        let ca_file = ftp.ca_file().to_str().expect("a path in UTF-8");
        let always = ["--disable", "--globoff", "--silent", "--show-error", "--max-time", "30"];
        let trust = ["--ssl-reqd", "--cacert", ca_file, "--capath", "/dev/null"];
        self.program.run(self.desk.path(), always.iter().chain(&trust).chain(arguments))
    }

    /// Uploads, downloads and lists.
    #[track_caller]
    fn transfer(&self, ftp: &FtpFixture, options: &[&str]) {
        self.desk.write("big.bin", &binary());
        let run = |arguments: &[&str]| self.run(ftp, &[options, arguments].concat()).exits_with(0).text();
        run(&["--upload-file", "big.bin", &url(ftp, "inbox/big.bin")]);
        assert_same(&ftp.read("/inbox/big.bin"), &binary());
        run(&["--output", "back.bin", &url(ftp, "inbox/big.bin")]);
        assert_same(&self.desk.read("back.bin"), &binary());
        assert_eq!(run(&["--list-only", &url(ftp, "pub/")]), "big.bin\ntext.csv\n");
    }
}

fn url(ftp: &FtpFixture, path: &str) -> String {
    format!("{}{path}", ftp.url())
}

#[test]
fn files_go_over_explicit_tls() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture(Tls::explicit().control_required(true).data_required(true));
    curl.transfer(&ftp, &[]);
    assert_transcript!(ftp);
}

#[test]
fn files_go_over_implicit_tls() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture(Tls::implicit());
    curl.transfer(&ftp, &[]);
    assert_transcript!(ftp);
}

/// curl 7.87 and 7.88 forget TLS on active data connections, although they have said PROT P (curl issue 10666).
#[test]
fn what_it_sends_in_the_clear_on_an_active_data_connection_is_refused() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture(Tls::explicit());
    curl.desk.write("text.csv", TEXT.as_bytes());
    let active = ["--ftp-port", "-", "--upload-file", "text.csv", &url(&ftp, "new.csv")];
    curl.run(&ftp, &active).exits_with(PARTIAL_FILE);
    assert_same(&ftp.read("/new.csv"), b"");
    assert_transcript!(ftp);
}

#[test]
fn each_bad_certificate_is_refused() {
    let Some(curl) = Curl::find() else { return };
    let transcript = with_bad_certificates(&Tls::explicit(), |ftp| {
        curl.run(ftp, &[&url(ftp, "pub/text.csv")]).exits_with(PEER_FAILED_VERIFICATION);
    });
    assert_transcript!(transcript);
}

#[test]
fn each_bad_certificate_is_refused_before_the_greeting() {
    let Some(curl) = Curl::find() else { return };
    let transcript = with_bad_certificates(&Tls::implicit(), |ftp| {
        curl.run(ftp, &[&url(ftp, "pub/text.csv")]).exits_with(PEER_FAILED_VERIFICATION);
    });
    assert_transcript!(transcript);
}

#[test]
fn its_data_connections_resume_the_session() {
    let Some(curl) = Curl::find() else { return };
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        curl.transfer(&ftp, &[]);
        let (big, text) = (url(&ftp, "pub/big.bin"), url(&ftp, "pub/text.csv"));
        curl.run(&ftp, &["--remote-name", &big, "--remote-name", &text]).exits_with(0);
        assert_same(&curl.desk.read("big.bin"), &binary());
        assert_same(&curl.desk.read("text.csv"), TEXT.as_bytes());
        assert_transcript!(ftp, "curl_resumes");
    }
}

#[test]
fn a_large_upload_is_whole() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture(Tls::explicit().versions(TlsVersions::Only13));
    curl.desk.write("large.bin", &large());
    curl.run(&ftp, &["--upload-file", "large.bin", &url(&ftp, "large.bin")]).exits_with(0);
    assert_same(&ftp.read("/large.bin"), &large());
}

#[test]
fn the_control_connection_is_cleared_with_ccc() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture(Tls::explicit());
    for mode in ["passive", "active"] {
        let text = curl.run(&ftp, &["--ftp-ssl-ccc", "--ftp-ssl-ccc-mode", mode, &url(&ftp, "pub/text.csv")]);
        assert_eq!(text.exits_with(0).text(), TEXT, "{mode}");
    }
    assert_transcript!(ftp);
}

#[test]
fn data_connections_stay_in_the_clear_where_only_the_control_connection_is_to_be_secure() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture(Tls::explicit());
    let text = curl.run(&ftp, &["--ftp-ssl-control", &url(&ftp, "pub/text.csv")]).exits_with(0).text();
    assert_eq!(text, TEXT);
    assert_transcript!(ftp);
}

#[test]
fn a_client_certificate_is_its_user() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture(Tls::explicit().client_certificates(ClientCertificates::Required));
    let identity = ftp.client_identity("alice");
    curl.desk.write("alice.pem", identity.certificate_pem().as_bytes());
    curl.desk.write("alice.key", identity.key_pem().as_bytes());
    curl.transfer(&ftp, &["--cert", "alice.pem", "--key", "alice.key"]);
    assert_transcript!(ftp);
}

#[test]
fn nothing_is_said_to_a_client_without_the_certificate_that_is_required() {
    let Some(curl) = Curl::find() else { return };
    let tls = Tls::explicit().client_certificates(ClientCertificates::Required);
    let ftp = fixture(tls);
    let outcome = curl.run(&ftp, &[&url(&ftp, "pub/text.csv")]);
    // The alert comes when the handshake is over for the client, who is writing or reading then, with codes to match.
    assert!(outcome.stderr.contains("certificate required"), "{}", outcome.stderr);
    assert_ne!(outcome.code, Some(0));
    assert_transcript!(ftp);
}
