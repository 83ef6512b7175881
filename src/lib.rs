#![doc = include_str!("../README.md")]
#![expect(clippy::test_attr_in_doctest, reason = "the README shows whole tests; tests/readme runs them")]

pub mod auth;
pub mod client;
pub mod clock;
pub mod fixture;
#[cfg(feature = "rstest")]
pub mod fixtures;
pub mod listing;
pub mod matching;
mod net;
pub mod prelude;
pub mod proto;
pub mod server;
#[cfg(feature = "tls")]
pub mod tls;
#[cfg(not(feature = "tls"))]
#[path = "no_tls.rs"]
mod tls;
pub mod transcript;
pub mod vfs;

pub use fixture::FtpFixture;

#[cfg(feature = "insta")]
mod macros;

/// What the crate's macros expand to; not to be used by hand.
#[cfg(feature = "insta")]
#[doc(hidden)]
pub mod __private {
    pub use crate::fixture::{assert_inline, assert_named, assert_named_after_test};
    pub use insta;
}

/// The guides, whose examples compile.
#[cfg(doctest)]
mod guides {
    #[doc = include_str!("../docs/from-pyftpdlib.md")]
    mod from_pyftpdlib {}
    #[doc = include_str!("../docs/from-ftplib.md")]
    mod from_ftplib {}
}
