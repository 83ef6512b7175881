//! suppaftp over rustls: AUTH TLS, then PBSZ and PROT before USER. It resumes sessions where its configuration does.

use std::io::Cursor;
use std::sync::Arc;

use ftp_fixture::prelude::*;
use ftp_fixture::tls::TlsVersions;
use ftp_fixture::tls::rustls::ClientConfig;
use ftp_fixture::tls::rustls::client::Resumption;
use suppaftp::types::FileType;
use suppaftp::{FtpResult, RustlsConnector, RustlsFtpStream};

use super::server::{VERSIONS, fixture, fixture_that_demands_reuse, large, with_bad_certificates};
use crate::payload::{assert_same, binary};

fn connect(ftp: &FtpFixture, config: &Arc<ClientConfig>) -> FtpResult<RustlsFtpStream> {
    let connector = RustlsConnector::from(Arc::clone(config));
    if ftp.url().starts_with("ftps://") {
        return RustlsFtpStream::connect_secure_implicit(ftp.addr(), connector, "127.0.0.1");
    }
    RustlsFtpStream::connect(ftp.addr())?.into_secure(connector, "127.0.0.1")
}

/// The first user's session, in binary.
fn log_in(ftp: &FtpFixture, config: &Arc<ClientConfig>) -> RustlsFtpStream {
    let mut client = connect(ftp, config).expect("connect");
    client.login(ftp.user(), ftp.password()).expect("log in");
    client.transfer_type(FileType::Binary).expect("set the type");
    client
}

/// Uploads, downloads and lists.
#[track_caller]
fn transfer(ftp: &FtpFixture) {
    let mut client = log_in(ftp, &ftp.client_config());
    client.put_file("inbox/big.bin", &mut Cursor::new(binary())).unwrap();
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_same(&client.retr_as_buffer("inbox/big.bin").unwrap().into_inner(), &binary());
    assert_eq!(client.nlst(Some("pub")).unwrap(), ["big.bin", "text.csv"]);
    client.quit().unwrap();
}

#[test]
fn files_go_over_explicit_tls() {
    let ftp = fixture(Tls::explicit().control_required(true).data_required(true));
    transfer(&ftp);
    assert_transcript!(ftp);
}

#[test]
fn files_go_over_implicit_tls() {
    let ftp = fixture(Tls::implicit());
    transfer(&ftp);
    assert_transcript!(ftp);
}

#[test]
fn each_bad_certificate_is_refused() {
    let transcript = with_bad_certificates(&Tls::explicit(), |ftp| {
        let error = connect(ftp, &ftp.client_config()).err().expect("a certificate that nobody may take");
        assert!(error.to_string().contains("invalid peer certificate"), "{error}");
    });
    assert_transcript!(transcript);
}

#[test]
fn its_data_connections_resume_the_session() {
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        transfer(&ftp);
        assert_transcript!(ftp, "suppaftp_resumes");
    }
}

#[test]
fn one_that_remembers_no_session_gets_522() {
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        let mut config = ClientConfig::clone(&ftp.client_config());
        config.resumption = Resumption::disabled();
        let mut client = log_in(&ftp, &Arc::new(config));
        let refusal = client.put_file("new.txt", &mut Cursor::new("new\n")).unwrap_err().to_string();
        assert!(refusal.contains("522"), "{refusal}");
        client.quit().unwrap();
        assert_transcript!(ftp, "suppaftp_does_not_resume");
    }
}

#[test]
fn a_large_upload_is_whole() {
    let ftp = fixture(Tls::explicit().versions(TlsVersions::Only13));
    let mut client = log_in(&ftp, &ftp.client_config());
    client.put_file("large.bin", &mut Cursor::new(large())).unwrap();
    client.quit().unwrap();
    assert_same(&ftp.read("/large.bin"), &large());
}
