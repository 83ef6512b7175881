//! A text that must not be shown: a password or an account.

use std::fmt;

/// A password or account that neither `Debug` nor `Display` prints.
///
/// ```
/// use ftp_fixture::proto::Secret;
///
/// let password = Secret::new("s3cret");
/// assert_eq!(format!("{password} {password:?}"), "****** Secret(..)");
/// assert_eq!(password.expose(), "s3cret");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Secret(String);

impl Secret {
    /// What is shown in its place: always the same, so that it does not tell its length.
    pub(crate) const MASK: &str = "******";

    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::MASK)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
