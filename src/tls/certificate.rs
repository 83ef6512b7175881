//! The certificates a server may show: a good one, bad ones for the tests of clients, or the user's own.

use std::fmt;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use super::authority::{Authority, Throwaway, Validity, self_signed_for_localhost};
use super::error::TlsError;
use super::provider::provider;

/// A server's certificate and its key.
///
/// The default is valid for `localhost`, `127.0.0.1` and `::1`, and signed by the throwaway CA that
/// [`FtpFixture::ca_pem`](crate::FtpFixture::ca_pem) gives. A client that checks certificates must refuse the others
/// but [`from_pem`](Self::from_pem)'s. Keys are ECDSA P-256.
///
/// How a client refuses is its own: most send an alert (`-- tls control failed: certificate expired`), some just close
/// (`closed in mid-handshake`), and some, with GnuTLS above all, judge when the handshake is done (`-- tls control`, then
/// `-- client closed`).
///
/// ```
/// use ftp_fixture::prelude::*;
/// use ftp_fixture::tls::Certificate;
///
/// let ftp = FtpFixture::builder().tls(Tls::explicit().certificate(Certificate::wrong_host())).start();
/// # drop(ftp);
/// ```
#[derive(Clone, Default)]
pub struct Certificate(Kind);

#[derive(Clone, Default)]
enum Kind {
    #[default]
    Valid,
    Expired,
    SelfSigned,
    WrongHost,
    UnknownCa,
    Pem {
        chain: Vec<u8>,
        key: Vec<u8>,
    },
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Valid => "Valid",
            Kind::Expired => "Expired",
            Kind::SelfSigned => "SelfSigned",
            Kind::WrongHost => "WrongHost",
            Kind::UnknownCa => "UnknownCa",
            Kind::Pem { .. } => "Pem",
        })
    }
}

impl Certificate {
    /// One that held in the year 2000 only.
    pub fn expired() -> Self {
        Self(Kind::Expired)
    }

    /// One that no authority has signed.
    pub fn self_signed() -> Self {
        Self(Kind::SelfSigned)
    }

    /// One for `wrong.example` alone.
    pub fn wrong_host() -> Self {
        Self(Kind::WrongHost)
    }

    /// One signed by another authority than the throwaway CA.
    pub fn unknown_ca() -> Self {
        Self(Kind::UnknownCa)
    }

    /// A chain of certificates, the server's own first, and its key, both in PEM.
    ///
    /// [`FtpFixture::ca_pem`](crate::FtpFixture::ca_pem) is then of no use: clients trust whoever signed this one. What
    /// is wrong with it is said at the start, with the line at which it was given.
    pub fn from_pem(chain: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        Self(Kind::Pem { chain: chain.as_ref().to_vec(), key: key.as_ref().to_vec() })
    }

    /// The certificate with its key, made or read.
    pub(super) fn certified(&self) -> Result<Arc<CertifiedKey>, TlsError> {
        let authority = &Throwaway::get()?.servers;
        match &self.0 {
            Kind::Valid => Ok(Arc::clone(&Throwaway::get()?.local)),
            Kind::Expired => authority.sign_for_localhost(Validity::Past),
            Kind::SelfSigned => self_signed_for_localhost(),
            Kind::WrongHost => authority.sign_for(&["wrong.example"], Validity::Always),
            Kind::UnknownCa => Authority::new("unknown CA")?.sign_for_localhost(Validity::Always),
            Kind::Pem { chain, key } => read(chain, key),
        }
    }
}

fn read(chain: &[u8], key: &[u8]) -> Result<Arc<CertifiedKey>, TlsError> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(chain)
        .collect::<Result<_, _>>()
        .map_err(|error| TlsError::new(format!("the certificate is no PEM: {error}")))?;
    if chain.is_empty() {
        return Err(TlsError::new("there is no certificate in the PEM; it begins with BEGIN CERTIFICATE"));
    }
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| {
        TlsError::new(format!("the key is no PEM: {error}; it begins with BEGIN PRIVATE KEY"))
    })?;
    Ok(Arc::new(CertifiedKey::from_der(chain, key, &provider())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pem_is_said_and_a_key_that_does_not_fit_too() {
        let (certificate, key) = Throwaway::get().unwrap().servers.sign_for_user("ada").unwrap();
        let (_, other_key) = Throwaway::get().unwrap().servers.sign_for_user("ada").unwrap();
        assert!(read(certificate.as_bytes(), key.as_bytes()).is_ok());
        for (chain, key, what) in [
            ("", key.as_str(), "there is no certificate"),
            (&certificate, "", "the key is no PEM"),
            (&certificate, &other_key, "no TLS with this certificate and key"),
        ] {
            let error = read(chain.as_bytes(), key.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with(what), "{error}");
        }
    }

    #[test]
    fn debug_output_shows_no_key() {
        let certificate = Certificate::from_pem("chain", "s3cret");
        assert_eq!(format!("{certificate:?}"), "Pem");
    }
}
