//! Who a client is by its certificate.

use std::fmt;

use super::authority::Throwaway;
use super::error::TlsError;

/// A client's certificate and key, signed by the throwaway CA for clients. Its `Debug` shows no key.
#[derive(Clone)]
pub struct ClientIdentity {
    name: String,
    certificate_pem: String,
    key_pem: String,
}

impl ClientIdentity {
    pub(crate) fn new(name: &str) -> Result<Self, TlsError> {
        let (certificate_pem, key_pem) = Throwaway::get()?.clients.sign_for_user(name)?;
        Ok(Self { name: name.to_owned(), certificate_pem, key_pem })
    }

    /// The user's name, the certificate's common name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The certificate, in PEM.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// The key, in PEM (PKCS #8).
    pub fn key_pem(&self) -> &str {
        &self.key_pem
    }
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientIdentity").field("name", &self.name).finish_non_exhaustive()
    }
}
