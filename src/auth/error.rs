//! What an authorizer refuses: a login, or a user as it was described.

use std::fmt;

use crate::proto::{NoSuchPermission, Pathname, PathnameError};

/// A login that was refused; its text becomes that of the 530 reply.
///
/// The text is a sentence for the client to read, so it must not say whether the name or the password was wrong
/// unless that is what you want to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthenticationFailed(String);

impl AuthenticationFailed {
    /// A refusal with `text` as the reply's.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl Default for AuthenticationFailed {
    /// "Authentication failed.", which does not tell a wrong name from a wrong password.
    fn default() -> Self {
        Self::new("Authentication failed.")
    }
}

impl fmt::Display for AuthenticationFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for AuthenticationFailed {}

/// Why an authorizer cannot do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorizerError {
    /// There is a user of that name already.
    UserExists(String),
    /// There is no user of that name.
    NoSuchUser(String),
    /// No client could send that name: it is empty, or has CR, LF or NUL in it.
    UserName(String),
    /// One of the user's permission letters is none of the ten.
    Permission {
        /// The user's name.
        user: String,
        /// The letter.
        error: NoSuchPermission,
    },
    /// The user's home, or a directory with permissions of its own, is no pathname.
    Pathname {
        /// The user's name.
        user: String,
        /// What is wrong with it.
        error: PathnameError,
    },
    /// The home itself was given permissions of its own.
    OverridesHome {
        /// The user's name.
        user: String,
        /// The user's home.
        home: Pathname,
    },
    /// A directory that the user can never reach was given permissions of its own.
    OutsideHome {
        /// The user's name.
        user: String,
        /// The user's home.
        home: Pathname,
        /// The directory.
        directory: Pathname,
    },
    /// What an [`Authorizer`](super::Authorizer) of your own has to say.
    Other(String),
}

impl fmt::Display for AuthorizerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UserExists(user) => {
                write!(f, "user {user:?} already exists; remove it first or choose another name")
            }
            Self::NoSuchUser(user) => write!(f, "no such user {user:?}; add it first"),
            Self::UserName(user) => write!(
                f,
                "no client can send the user name {user:?}; it must not be empty or contain CR, LF or NUL"
            ),
            Self::Permission { user, error } => write!(f, "user {user:?}: {error}"),
            Self::Pathname { user, error } => write!(f, "user {user:?}: {error}"),
            Self::OverridesHome { user, home } => write!(
                f,
                "cannot override permissions for {home}, the home of user {user:?}; \
                 change the user's own permissions instead"
            ),
            Self::OutsideHome { user, home, directory } => write!(
                f,
                "cannot override permissions for {directory}, which is outside {home}, the home of user {user:?}; \
                 name a directory below it, as seen from the server's root"
            ),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for AuthorizerError {}
