//! Certificate authorities that live as long as the process, and what they sign.
//!
//! Validity is wide and fixed, so that neither the machine's clock nor the fixture's matters.

use std::sync::{Arc, OnceLock};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_ECDSA_P256_SHA256, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::CertifiedKey;

use super::error::TlsError;
use super::provider::provider;

/// The names that a server in a test is reached by.
const LOCAL_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// An authority that signs certificates.
#[derive(Debug)]
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pem: String,
}

/// What every fixture of the process shares: making it anew for each would cost more than starting one.
#[derive(Debug)]
pub(crate) struct Throwaway {
    pub(super) servers: Authority,
    pub(super) clients: Authority,
    pub(super) local: Arc<CertifiedKey>,
}

/// When a certificate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Validity {
    /// From 1975 to 4096.
    Always,
    /// In the year 2000.
    Past,
}

impl Throwaway {
    /// The process's own, made when it is first asked for.
    pub(crate) fn get() -> Result<&'static Self, TlsError> {
        static THROWAWAY: OnceLock<Result<Throwaway, TlsError>> = OnceLock::new();
        THROWAWAY.get_or_init(Self::new).as_ref().map_err(Clone::clone)
    }

    fn new() -> Result<Self, TlsError> {
        let servers = Authority::new("ftp-fixture throwaway CA")?;
        let local = servers.sign_for_localhost(Validity::Always)?;
        Ok(Self { servers, clients: Authority::new("ftp-fixture throwaway client CA")?, local })
    }

    /// The certificate of the authority that signs the servers', in PEM.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.servers.pem
    }
}

impl Authority {
    pub(super) fn new(name: &str) -> Result<Self, TlsError> {
        let mut params = CertificateParams::default();
        params.distinguished_name = named(name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = new_key()?;
        let certificate = params.self_signed(&key)?;
        Ok(Self { pem: certificate.pem(), certificate: certificate.into(), issuer: Issuer::new(params, key) })
    }

    pub(super) fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// A server's certificate for the names of this machine.
    pub(super) fn sign_for_localhost(&self, validity: Validity) -> Result<Arc<CertifiedKey>, TlsError> {
        self.sign_for(&LOCAL_NAMES, validity)
    }

    /// A server's certificate for these names.
    pub(super) fn sign_for(&self, names: &[&str], validity: Validity) -> Result<Arc<CertifiedKey>, TlsError> {
        let key = new_key()?;
        let certificate = of_server(names, validity)?.signed_by(&key, &self.issuer)?;
        certified(certificate, &key)
    }

    /// A client's certificate for the user called `name`, and its key, both in PEM.
    pub(super) fn sign_for_user(&self, name: &str) -> Result<(String, String), TlsError> {
        let mut params = CertificateParams::default();
        params.distinguished_name = named(name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.use_authority_key_identifier_extension = true;
        let key = new_key()?;
        Ok((params.signed_by(&key, &self.issuer)?.pem(), key.serialize_pem()))
    }
}

/// A server's certificate that is its own authority.
pub(super) fn self_signed_for_localhost() -> Result<Arc<CertifiedKey>, TlsError> {
    let key = new_key()?;
    certified(of_server(&LOCAL_NAMES, Validity::Always)?.self_signed(&key)?, &key)
}

fn of_server(names: &[&str], validity: Validity) -> Result<CertificateParams, TlsError> {
    let mut params = CertificateParams::new(names.iter().copied().map(String::from).collect::<Vec<_>>())?;
    params.distinguished_name = named(names.first().copied().unwrap_or_default());
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    if validity == Validity::Past {
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(2000, 12, 31);
    }
    Ok(params)
}

fn named(name: &str) -> rcgen::DistinguishedName {
    let mut distinguished_name = rcgen::DistinguishedName::new();
    distinguished_name.push(DnType::CommonName, name);
    distinguished_name
}

fn new_key() -> Result<KeyPair, TlsError> {
    Ok(KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?)
}

fn certified(certificate: rcgen::Certificate, key: &KeyPair) -> Result<Arc<CertifiedKey>, TlsError> {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    Ok(Arc::new(CertifiedKey::from_der(vec![certificate.into()], key, &provider())?))
}
