//! TLS as a client has it: whom it trusts, what it shows, and the sessions that its data connections resume.

use std::fmt;
use std::sync::Arc;

use rustls::client::{ClientConnection, Resumption};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};

use super::channel::{Ending, TlsChannel};
use super::error::TlsError;
use super::failure::TlsFailure;
use super::provider::provider;
use super::settings::TlsVersions;
use super::unverified::Unverified;

/// For how many servers sessions are kept: there is one.
const SERVERS: usize = 1;

/// A client's TLS: which servers it trusts, and what it shows them.
///
/// ```
/// use ftp_fixture::client::blocking::Ftp;
/// use ftp_fixture::prelude::*;
/// use ftp_fixture::tls::ClientTls;
///
/// let server = FtpFixture::builder().tls(Tls::explicit().control_required(true)).start();
/// let mut ftp = Ftp::builder().tls(ClientTls::trusting(server.ca_pem())).from_url(&server.url())?;
/// assert_eq!(ftp.nlst("")?, Vec::<String>::new());
/// # ftp.quit()?;
/// # Ok::<(), ftp_fixture::client::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "settings do nothing until a client has them"]
pub struct ClientTls {
    trust: Trust,
    identity: Option<(Vec<u8>, Vec<u8>)>,
    /// Those that were asked for.
    versions: Option<TlsVersions>,
    session_reuse: Option<bool>,
    require_close_notify: bool,
}

#[derive(Clone)]
enum Trust {
    Roots(Vec<u8>),
    Anyone,
    Config(Arc<ClientConfig>),
}

impl ClientTls {
    /// Trusts servers whose certificate one of these authorities has signed, and that names the host connected to.
    ///
    /// The authorities are given in PEM. The system's are not looked for: where they are wanted, bring a
    /// `rustls::ClientConfig` that has them.
    pub fn trusting(authorities_pem: impl AsRef<[u8]>) -> Self {
        Self::new(Trust::Roots(authorities_pem.as_ref().to_vec()))
    }

    /// Trusts whoever answers, as ftplib does unless told otherwise: whoever is between can read and change all.
    pub fn unverified() -> Self {
        Self::new(Trust::Anyone)
    }

    /// Shows this certificate, in PEM with its chain, to servers that ask for one.
    pub fn identity(self, certificate_pem: impl AsRef<[u8]>, key_pem: impl AsRef<[u8]>) -> Self {
        let identity = (certificate_pem.as_ref().to_vec(), key_pem.as_ref().to_vec());
        Self { identity: Some(identity), ..self }
    }

    /// Offers these versions; TLS 1.2 alone unless said.
    ///
    /// A server that demands that each data connection resumes the control connection's session, as vsftpd and ProFTPD
    /// do, gives a few tickets for that in TLS 1.3, and rustls uses each once: after some uploads in a row there is none
    /// left. A session of TLS 1.2 can be resumed any number of times.
    pub fn versions(self, versions: TlsVersions) -> Self {
        Self { versions: Some(versions), ..self }
    }

    /// Whether data connections resume the control connection's session; they do unless said, and no other client does.
    ///
    /// A `rustls::ClientConfig` that was brought keeps its own sessions unless this is called: who shares it shares them.
    pub fn session_reuse(self, session_reuse: bool) -> Self {
        Self { session_reuse: Some(session_reuse), ..self }
    }

    /// Whether a download must end with a close_notify alert; `false` unless said, because many servers just end the
    /// connection, and that the file is whole is said by the final reply.
    ///
    /// Where it must, one without is an error. One that ends within a record is in any case.
    pub fn require_close_notify(self, require_close_notify: bool) -> Self {
        Self { require_close_notify, ..self }
    }

    fn new(trust: Trust) -> Self {
        Self { trust, identity: None, versions: None, session_reuse: None, require_close_notify: false }
    }

    /// Makes it ready for one client of the server `host`.
    pub(crate) fn prepare(&self, host: &str) -> Result<UserTls, TlsError> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| TlsError::new(format!("{host:?} is no name that a certificate could have")))?;
        let mut config = match &self.trust {
            Trust::Config(_) if self.identity.is_some() || self.versions.is_some() => {
                let reason = "a `rustls::ClientConfig` that was brought has its own identity and versions; set them there";
                return Err(TlsError::new(reason));
            }
            Trust::Config(config) => ClientConfig::clone(config),
            Trust::Roots(pem) => {
                let verified = self.builder()?.with_root_certificates(roots(pem)?);
                self.identified(verified)?
            }
            Trust::Anyone => {
                let verifier = Arc::new(Unverified::new(provider()));
                let verified = self.builder()?.dangerous().with_custom_certificate_verifier(verifier);
                self.identified(verified)?
            }
        };
        match (self.session_reuse, &self.trust) {
            (Some(false), _) => config.resumption = Resumption::disabled(),
            (None, Trust::Config(_)) => {}
            (Some(true) | None, _) => config.resumption = Resumption::in_memory_sessions(SERVERS),
        }
        Ok(UserTls { config: Arc::new(config), name, require_close_notify: self.require_close_notify })
    }

    fn builder(&self) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, TlsError> {
        Ok(ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(&self.versions.unwrap_or(TlsVersions::Only12).offered())?)
    }

    fn identified(
        &self,
        builder: rustls::ConfigBuilder<ClientConfig, rustls::client::WantsClientCert>,
    ) -> Result<ClientConfig, TlsError> {
        let Some((certificate, key)) = &self.identity else { return Ok(builder.with_no_client_auth()) };
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|error| TlsError::new(format!("the client's key is no PEM: {error}")))?;
        Ok(builder.with_client_auth_cert(certificates(certificate)?, key)?)
    }
}

impl From<Arc<ClientConfig>> for ClientTls {
    /// Takes all from `config`: what it trusts, shows and offers, and its sessions.
    fn from(config: Arc<ClientConfig>) -> Self {
        Self::new(Trust::Config(config))
    }
}

impl fmt::Debug for ClientTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let trust = match self.trust {
            Trust::Roots(_) => "Roots",
            Trust::Anyone => "Anyone",
            Trust::Config(_) => "Config",
        };
        f.debug_struct("ClientTls").field("trust", &trust).finish_non_exhaustive()
    }
}

/// One client's TLS, ready.
#[derive(Debug)]
pub(crate) struct UserTls {
    config: Arc<ClientConfig>,
    name: ServerName<'static>,
    require_close_notify: bool,
}

impl UserTls {
    /// TLS on one of its connections, from the first byte.
    pub(crate) fn channel(&self) -> Result<TlsChannel, TlsFailure> {
        let connection = ClientConnection::new(Arc::clone(&self.config), self.name.clone())
            .map_err(|error| TlsFailure::from(&error))?;
        let ending = Ending { says: true, expects: self.require_close_notify };
        Ok(TlsChannel::new(connection, ending, false, false))
    }
}

fn roots(pem: &[u8]) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(pem)? {
        roots.add(certificate)?;
    }
    Ok(roots)
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| TlsError::new(format!("the certificates are no PEM: {error}")))?;
    match certificates.is_empty() {
        true => Err(TlsError::new("there is no certificate in the PEM; it begins with BEGIN CERTIFICATE")),
        false => Ok(certificates),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pem_is_said() {
        for tls in [ClientTls::trusting(""), ClientTls::unverified().identity("", "")] {
            let error = tls.prepare("localhost").unwrap_err().to_string();
            assert!(error.contains("PEM"), "{error}");
        }
        assert!(ClientTls::unverified().prepare("not a name").is_err());
    }

    #[test]
    fn what_a_configuration_has_of_its_own_is_not_set_beside_it() {
        let own = || {
            let tls = ClientTls::unverified().prepare("localhost").unwrap();
            ClientTls::from(tls.config)
        };
        for tls in [own().identity("", ""), own().versions(TlsVersions::Both)] {
            let error = tls.prepare("localhost").unwrap_err().to_string();
            assert!(error.contains("`rustls::ClientConfig`"), "{error}");
        }
        own().session_reuse(false).require_close_notify(true).prepare("localhost").unwrap();
    }

    #[test]
    fn debug_output_shows_no_key() {
        let tls = ClientTls::unverified().identity("certificate", "s3cret");
        assert_eq!(format!("{tls:?}"), "ClientTls { trust: \"Anyone\", .. }");
    }
}
