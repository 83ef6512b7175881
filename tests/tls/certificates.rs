//! Certificates that a client must refuse, and certificates of clients.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use ftp_fixture::prelude::*;
use ftp_fixture::tls::rustls::ClientConfig;
use ftp_fixture::tls::rustls::RootCertStore;
use ftp_fixture::tls::rustls::crypto::ring;
use ftp_fixture::tls::rustls::pki_types::pem::PemObject;
use ftp_fixture::tls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use ftp_fixture::tls::rustls::version::{TLS12, TLS13};
use ftp_fixture::tls::{Certificate, ClientCertificates, ClientIdentity, TlsVersions};

use crate::client::Client;

const VERSIONS: [TlsVersions; 2] = [TlsVersions::Only12, TlsVersions::Only13];

#[test]
fn a_client_that_checks_refuses_each_bad_certificate_and_the_transcript_says_why() {
    let bad = [
        (Certificate::expired(), "certificate expired", "certificate expired"),
        (Certificate::self_signed(), "UnknownIssuer", "unknown ca"),
        (Certificate::unknown_ca(), "UnknownIssuer", "unknown ca"),
        (Certificate::wrong_host(), "not valid for name", "bad certificate"),
    ];
    for versions in VERSIONS {
        for (certificate, error, reason) in &bad {
            let tls = Tls::explicit().versions(versions).certificate(certificate.clone());
            let ftp = FtpFixture::builder().tls(tls).start();
            let refusal = Client::connect(&ftp).auth().unwrap_err().to_string();
            assert!(refusal.contains(error), "{refusal}");
            let transcript = ftp.transcript().to_string();
            assert!(
                transcript.contains(&format!("-- tls control failed: {reason}\n-- server closed\n")),
                "{certificate:?} {versions:?}: {transcript}"
            );
        }
    }
}

#[test]
fn a_version_that_one_side_lacks_is_said() {
    for (offered, known) in [(TlsVersions::Only13, &TLS12), (TlsVersions::Only12, &TLS13)] {
        let ftp = FtpFixture::builder().tls(Tls::explicit().versions(offered)).start();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(ftp.ca_file()).unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[known])
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        assert!(Client::connect_with(&ftp, Arc::new(config)).auth().is_err());
        let transcript = ftp.transcript().to_string();
        assert!(
            transcript.contains("-- tls control failed: protocol version\n"),
            "{offered:?}: {transcript}"
        );
    }
}

#[test]
fn a_certificate_of_ones_own_is_shown() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let own = ftp.client_identity("own.example");
    let builder = FtpFixture::builder()
        .tls(Tls::explicit().certificate(Certificate::from_pem(own.certificate_pem(), own.key_pem())));
    let refusal = Client::connect(&builder.start()).auth().unwrap_err().to_string();
    assert!(
        refusal.contains("extended key usage for server"),
        "a client's certificate is none of a server: {refusal}"
    );

    let error =
        FtpFixture::builder().tls(Tls::explicit().certificate(Certificate::from_pem("", ""))).try_start();
    let message = error.unwrap_err().to_string();
    assert!(
        message.contains("no certificate in the PEM") && message.contains("certificates.rs"),
        "{message}"
    );
}

fn with_identity(ftp: &FtpFixture, identity: &ClientIdentity) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ftp.ca_file()).unwrap()).unwrap();
    let chain = vec![CertificateDer::from_pem_slice(identity.certificate_pem().as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(identity.key_pem().as_bytes()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_client_auth_cert(chain, key)
        .unwrap();
    Arc::new(config)
}

#[test]
fn who_shows_a_certificate_is_its_user_without_a_password_and_nobody_else() {
    for versions in VERSIONS {
        for asked in [ClientCertificates::Required, ClientCertificates::Optional] {
            let tls = Tls::explicit().versions(versions).client_certificates(asked);
            let ftp = FtpFixture::builder().tls(tls).user("alice:s3cret").user("bob:pw").start();
            let mut client = Client::connect_with(&ftp, with_identity(&ftp, &ftp.client_identity("alice")));
            client.auth().unwrap();
            client.expect("530 The certificate is of alice.", "USER bob");
            client.expect("530", "PWD");
            client.expect("232", "USER alice");
            client.expect("202", "PASS anything");
            client.expect("200", "PBSZ 0");
            client.expect("200", "PROT P");
            client.expect("257", "PWD");
            // Data connections resume the session, or show the certificate again.
            assert!(client.upload("STOR a.txt", b"one\n").starts_with("226"));

            let mut stranger = Client::connect_with(&ftp, with_identity(&ftp, &ftp.client_identity("eve")));
            stranger.auth().unwrap();
            stranger.expect("530", "USER eve");
        }
    }
}

#[test]
fn who_shows_none_logs_in_with_a_password_or_not_at_all() {
    for versions in VERSIONS {
        let tls = Tls::explicit().versions(versions).client_certificates(ClientCertificates::Optional);
        let ftp = FtpFixture::builder().tls(tls).start();
        let mut client = Client::log_in(&ftp);
        client.expect("257", "PWD");

        let tls = Tls::explicit().versions(versions).client_certificates(ClientCertificates::Required);
        let ftp = FtpFixture::builder().tls(tls).start();
        let mut client = Client::connect(&ftp);
        // In TLS 1.3 the client learns of it with the first reply.
        assert!(client.auth().is_err() || client.try_reply().is_err());
        let transcript = ftp.transcript().to_string();
        assert!(transcript.contains("-- tls control failed: no certificate\n"), "{transcript}");
    }
}

#[test]
fn the_cas_file_is_there_as_long_as_the_fixture() {
    let ftp = FtpFixture::builder().tls(Tls::explicit()).start();
    let path = ftp.ca_file().to_owned();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), ftp.ca_pem());
    drop(ftp);
    assert!(!path.exists());
}

#[test]
fn a_fixture_without_tls_has_no_ca_and_says_how_to_get_one() {
    let ftp = FtpFixture::start();
    assert!(!ftp.has_tls());
    let panic = std::panic::catch_unwind(AssertUnwindSafe(|| ftp.ca_pem().to_owned())).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.contains(".tls(Tls::explicit())"), "{message}");
}
