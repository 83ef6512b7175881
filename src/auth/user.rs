//! A user as a test describes it. Nothing is checked here that needs the other users; that is the authorizer's part.

use std::fmt;
use std::str::FromStr;

use crate::proto::{NoSuchPermission, Permissions, Secret};

/// The name that logs in with any password.
pub(crate) const ANONYMOUS: &str = "anonymous";

/// A user to be: a name and a password, and optionally permissions, a home and messages.
///
/// A text `NAME:PASSWORD` or `NAME:PASSWORD:PERMS` is one too. Permission letters and pathnames are checked by the
/// one who takes the user, [`DummyAuthorizer::add_user`](super::DummyAuthorizer::add_user) for example; so is the
/// default for permissions, when none were said.
///
/// ```
/// use ftp_fixture::auth::User;
///
/// let alice = User::new("alice", "s3cret").perms("elr").home("/alice").override_perm("/alice/inbox", "elw", true);
/// assert_eq!("bob:hunter2:elr".parse(), Ok(User::new("bob", "hunter2").perms("elr")));
/// assert!(!format!("{alice:?}").contains("s3cret"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a user is only a description until an authorizer takes it"]
pub struct User {
    pub(super) name: String,
    pub(super) password: Secret,
    pub(super) perms: Option<String>,
    pub(super) home: String,
    pub(super) overrides: Vec<Override>,
    pub(super) msg_login: Option<String>,
    pub(super) msg_quit: Option<String>,
}

/// Permissions that hold in one directory only, as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Override {
    pub(super) directory: String,
    pub(super) perms: String,
    pub(super) recursive: bool,
}

impl User {
    /// A user at the server's root, with the receiver's default permissions.
    pub fn new(name: impl Into<String>, password: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            password: Secret::new(password),
            perms: None,
            home: "/".to_owned(),
            overrides: Vec::new(),
            msg_login: None,
            msg_quit: None,
        }
    }

    /// The user `anonymous`, whose every password is right, with permissions `elr`.
    pub fn anonymous() -> Self {
        Self::new(ANONYMOUS, "").perms("elr")
    }

    /// Sets the permissions, as pyftpdlib's letters: any of `elradfmwMT`, or none.
    pub fn perms(mut self, letters: impl Into<String>) -> Self {
        self.perms = Some(letters.into());
        self
    }

    /// Sets the user's home, a pathname below the server's root; the user sees it as `/` and cannot leave it.
    pub fn home(mut self, pathname: impl Into<String>) -> Self {
        self.home = pathname.into();
        self
    }

    /// Gives the user other permissions in `directory`, a pathname below the server's root.
    ///
    /// With `recursive` they hold for all that is below it, too, otherwise for the directory and what stands directly
    /// in it but for existing directories. Of several that apply, the one said first holds.
    pub fn override_perm(
        mut self,
        directory: impl Into<String>,
        letters: impl Into<String>,
        recursive: bool,
    ) -> Self {
        self.overrides.push(Override { directory: directory.into(), perms: letters.into(), recursive });
        self
    }

    /// Sets the text of the 230 reply that ends the user's login.
    pub fn msg_login(mut self, text: impl Into<String>) -> Self {
        self.msg_login = Some(text.into());
        self
    }

    /// Sets the text of the 221 reply to the user's QUIT.
    pub fn msg_quit(mut self, text: impl Into<String>) -> Self {
        self.msg_quit = Some(text.into());
        self
    }

    /// The user's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The user's password.
    pub fn password(&self) -> &str {
        self.password.expose()
    }

    /// Where the user's home is, as it was written.
    pub fn home_dir(&self) -> &str {
        &self.home
    }

    /// The user with permissions `default` unless some were said.
    pub(crate) fn perms_or(mut self, default: Permissions) -> Self {
        self.perms.get_or_insert_with(|| default.to_string());
        self
    }
}

/// A text that is no `NAME:PASSWORD[:PERMS]`.
///
/// It never shows the text, which may have a password in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UserError {
    /// There is no colon.
    MissingPassword,
    /// There is nothing before the first colon.
    EmptyName,
    /// There are three colons or more.
    TooManyColons,
    /// One of the permission letters is none of the ten.
    Permission(NoSuchPermission),
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingPassword => f.write_str("no password; write NAME:PASSWORD or NAME:PASSWORD:PERMS"),
            Self::EmptyName => f.write_str("no user name before the first colon; write NAME:PASSWORD"),
            Self::TooManyColons => f.write_str(
                "more than two colons in NAME:PASSWORD:PERMS; for a name or password with a colon in it use \
                 `User::new` or a definition file",
            ),
            Self::Permission(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for UserError {}

impl TryFrom<&str> for User {
    type Error = UserError;

    fn try_from(text: &str) -> Result<Self, UserError> {
        text.parse()
    }
}

impl TryFrom<String> for User {
    type Error = UserError;

    fn try_from(text: String) -> Result<Self, UserError> {
        text.parse()
    }
}

impl FromStr for User {
    type Err = UserError;

    /// Reads `NAME:PASSWORD[:PERMS]`; an empty password is one, and empty permissions are none at all.
    fn from_str(text: &str) -> Result<Self, UserError> {
        let (name, rest) = text.split_once(':').ok_or(UserError::MissingPassword)?;
        if name.is_empty() {
            return Err(UserError::EmptyName);
        }
        let Some((password, letters)) = rest.split_once(':') else { return Ok(Self::new(name, rest)) };
        if letters.contains(':') {
            return Err(UserError::TooManyColons);
        }
        letters.parse::<Permissions>().map_err(UserError::Permission)?;
        Ok(Self::new(name, password).perms(letters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_name_password_and_perhaps_permissions() {
        for (text, user) in [
            ("alice:s3cret", User::new("alice", "s3cret")),
            ("alice:s3cret:elr", User::new("alice", "s3cret").perms("elr")),
            ("alice:", User::new("alice", "")),
            ("alice::", User::new("alice", "").perms("")),
            ("two words: pw ", User::new("two words", " pw ")),
        ] {
            assert_eq!(text.parse(), Ok(user), "{text}");
        }
    }

    #[test]
    fn a_text_that_is_no_user_says_what_to_write() {
        for (text, hint) in [
            ("", "no password; write NAME:PASSWORD"),
            ("alice", "no password; write NAME:PASSWORD"),
            (":s3cret", "no user name"),
            ("alice:s3:cret:elr", "use `User::new` or a definition file"),
            ("alice:s3cret:elq", "no such permission 'q'; the letters are elradfmwMT"),
        ] {
            let message = text.parse::<User>().unwrap_err().to_string();
            assert!(message.contains(hint), "{text}: {message}");
            assert!(!message.contains("s3"), "{message}");
        }
    }

    #[test]
    fn permissions_that_were_said_are_not_replaced_by_a_default() {
        assert_eq!(User::new("a", "b").perms_or(Permissions::ALL), User::new("a", "b").perms("elradfmwMT"));
        assert_eq!(User::new("a", "b").perms("").perms_or(Permissions::ALL), User::new("a", "b").perms(""));
        assert_eq!(User::anonymous().perms_or(Permissions::ALL), User::new("anonymous", "").perms("elr"));
    }

    #[test]
    fn debug_does_not_show_the_password() {
        let shown = format!("{:?}", User::new("alice", "s3cret"));
        assert!(shown.contains("alice") && !shown.contains("s3cret"), "{shown}");
    }
}
