//! What can be wrong with certificates and keys before a server has them.

use std::fmt;

/// Why a server cannot have the TLS it was to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TlsError(String);

impl TlsError {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TlsError {}

impl From<rcgen::Error> for TlsError {
    fn from(error: rcgen::Error) -> Self {
        Self(format!("no certificate could be made: {error}"))
    }
}

impl From<rustls::Error> for TlsError {
    fn from(error: rustls::Error) -> Self {
        Self(format!("no TLS with this certificate and key: {error}"))
    }
}
