//! A certificate for servers that read theirs from files, and the authority that a client trusts for it.

use std::fs;
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// Files with a certificate for 127.0.0.1 and its key, in PEM.
#[derive(Debug)]
pub(crate) struct Certificate {
    pub(crate) chain: PathBuf,
    pub(crate) key: PathBuf,
    /// The certificate of the authority.
    pub(crate) ca_pem: String,
}

impl Certificate {
    /// Makes one, and writes it into `directory`.
    pub(crate) fn write(directory: &Path) -> Self {
        let (issuer, ca_pem) = authority();
        let server = CertificateParams::new(["127.0.0.1".to_owned()]).expect("an address is a name");
        let key = KeyPair::generate().expect("make a key");
        let chain = server.signed_by(&key, &issuer).expect("sign a certificate").pem();
        let write = |name: &str, pem: &str| {
            let path = directory.join(name);
            fs::write(&path, pem).expect("write a certificate");
            path
        };
        Self { chain: write("certificate.pem", &chain), key: write("key.pem", &key.serialize_pem()), ca_pem }
    }
}

/// The certificate of an authority that has signed nothing.
pub(crate) fn unknown_ca_pem() -> String {
    authority().1
}

fn authority() -> (Issuer<'static, KeyPair>, String) {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "throwaway CA of tests/servers");
    let key = KeyPair::generate().expect("make a key");
    let pem = params.self_signed(&key).expect("sign a certificate").pem();
    (Issuer::new(params, key), pem)
}
