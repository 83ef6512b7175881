//! The servers that the clients meet over TLS.

use ftp_fixture::prelude::*;
use ftp_fixture::tls::{Certificate, SessionReuse, TlsVersions};
use ftp_fixture::transcript::{Label, Session, Transcript};

use crate::payload::binary;
use crate::server::builder;

/// Each version of TLS by itself.
pub(crate) const VERSIONS: [TlsVersions; 2] = [TlsVersions::Only12, TlsVersions::Only13];

/// The server that every client meets, with TLS.
pub(crate) fn fixture(tls: Tls) -> FtpFixture {
    builder("127.0.0.1:0").tls(tls).start()
}

/// One with a single version of TLS, on which data connections must resume the control connection's session.
pub(crate) fn fixture_that_demands_reuse(versions: TlsVersions) -> FtpFixture {
    fixture(Tls::explicit().versions(versions).session_reuse(SessionReuse::Required))
}

/// More than 5 MiB.
pub(crate) fn large() -> Vec<u8> {
    binary().repeat(26)
}

/// Lets `client` connect to servers with bad certificates, one after another, and gives what they saw of it: each
/// session is labelled with what was bad.
#[track_caller]
pub(crate) fn with_bad_certificates(tls: &Tls, client: impl Fn(&FtpFixture)) -> Transcript {
    let bad = [
        ("expired", Certificate::expired()),
        ("self-signed", Certificate::self_signed()),
        ("unknown CA", Certificate::unknown_ca()),
        ("wrong host", Certificate::wrong_host()),
    ];
    let mut seen = Transcript::new();
    for (label, certificate) in bad {
        let ftp = fixture(tls.clone().certificate(certificate));
        client(&ftp);
        for session in ftp.transcript().sessions() {
            let mut labelled = Session::new(Some(Label::new(label).expect("a label")));
            session.items().iter().cloned().for_each(|item| labelled.push(item));
            seen.push_session(labelled);
        }
    }
    seen
}
