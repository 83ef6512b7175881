//! The cryptography, named here and nowhere else.
//!
//! It is never installed as the process's default: the program under test may have its own.

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, ring};

pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
