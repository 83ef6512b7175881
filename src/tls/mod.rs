//! FTPS (RFC 4217): what a server's TLS is to be, certificates made on the spot, and the records of one connection.
//!
//! Nothing here touches a socket: `net` carries the bytes.
//!
//! ```
//! use ftp_fixture::prelude::*;
//! use ftp_fixture::tls::Certificate;
//!
//! let ftp = FtpFixture::builder().tls(Tls::explicit().certificate(Certificate::expired())).start();
//! assert!(ftp.ca_pem().starts_with("-----BEGIN CERTIFICATE-----"));
//! ```

mod authority;
mod certificate;
mod channel;
mod client;
mod common_name;
mod error;
mod failure;
mod identity;
mod provider;
mod server;
mod session_store;
mod settings;
mod unverified;

pub use certificate::Certificate;
pub use client::ClientTls;
pub use identity::ClientIdentity;
pub use rustls;
pub use settings::{ClientCertificates, SessionReuse, Tls, TlsVersions};

pub(crate) use authority::Throwaway;
pub(crate) use channel::TlsChannel;
pub(crate) use client::UserTls;
pub(crate) use error::TlsError;
pub(crate) use failure::TlsFailure;
pub(crate) use server::{SessionTls, TlsServer, client_config};
