//! pyftpdlib's `DummyAuthorizer`: virtual users in a table. What one of them may do is decided in `account`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::account::Account;
use super::authorizer::{Authorizer, Target};
use super::error::{AuthenticationFailed, AuthorizerError};
use super::user::{ANONYMOUS, User};
use crate::proto::{Pathname, Permission, Permissions};

/// Virtual users, unknown to the operating system, with pyftpdlib's names and rules.
///
/// Homes and the directories of [`override_perm`](Self::override_perm) are pathnames below the server's root. Nothing
/// here touches a file system: whether a home exists is checked where a server is bound.
///
/// ```
/// use ftp_fixture::auth::{Authorizer, DummyAuthorizer, User};
///
/// let mut authorizer = DummyAuthorizer::new();
/// authorizer.add_user(User::new("alice", "s3cret").perms("elradfmwMT"))?;
/// authorizer.add_anonymous("/pub", "elr")?;
/// authorizer.override_perm("alice", "/archive", "elr", true)?;
///
/// assert!(authorizer.validate_authentication("alice", "s3cret").is_ok());
/// assert!(authorizer.validate_authentication("anonymous", "ada@example.org").is_ok());
/// assert_eq!(authorizer.get_perms("anonymous").to_string(), "elr");
/// # Ok::<(), ftp_fixture::auth::AuthorizerError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DummyAuthorizer {
    accounts: BTreeMap<String, Account>,
}

impl DummyAuthorizer {
    /// An authorizer without users.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a user, with permissions `elr` where none were said.
    ///
    /// A letter of `adfmwMT` for the user `anonymous` is taken, with a warning in the log.
    ///
    /// # Errors
    /// When the name is taken or cannot be sent, a permission letter is unknown, or a pathname is none.
    pub fn add_user(&mut self, user: User) -> Result<(), AuthorizerError> {
        match self.accounts.entry(user.name().to_owned()) {
            Entry::Occupied(taken) => Err(AuthorizerError::UserExists(taken.key().clone())),
            Entry::Vacant(free) => {
                free.insert(Account::open(user)?);
                Ok(())
            }
        }
    }

    /// Adds the user `anonymous`, whose every password is right, at `home` with permissions `perms`.
    ///
    /// For messages of its own, hand [`User::anonymous`] to [`add_user`](Self::add_user).
    ///
    /// # Errors
    /// As for [`add_user`](Self::add_user).
    pub fn add_anonymous(&mut self, home: &str, perms: &str) -> Result<(), AuthorizerError> {
        self.add_user(User::anonymous().home(home).perms(perms))
    }

    /// Lets `anonymous` in, at the root with permissions `elr` unless it was added already, or shuts it out.
    pub fn allow_anonymous(&mut self, allowed: bool) {
        if !allowed {
            self.accounts.remove(ANONYMOUS);
        } else if !self.has_user(ANONYMOUS) {
            self.add_user(User::anonymous()).expect("the name is free, and the rest is valid");
        }
    }

    /// Removes a user. Sessions that it is logged in to go on, without permissions.
    ///
    /// # Errors
    /// When there is no such user.
    pub fn remove_user(&mut self, user: &str) -> Result<(), AuthorizerError> {
        self.accounts.remove(user).map(drop).ok_or_else(|| no_such_user(user))
    }

    /// Gives a user other permissions in `directory`, a pathname below the server's root.
    ///
    /// With `recursive` they hold for all that is below it, too; otherwise for the directory and what stands directly
    /// in it, but for existing directories: one may be made there (MKD) with them, not removed (RMD). Of several that
    /// apply, the one said first holds; said again for the same directory, it is changed and keeps its place.
    ///
    /// # Errors
    /// When a permission letter is unknown, there is no such user, or the directory is not below the user's home.
    pub fn override_perm(
        &mut self,
        user: &str,
        directory: &str,
        perms: &str,
        recursive: bool,
    ) -> Result<(), AuthorizerError> {
        self.accounts
            .get_mut(user)
            .ok_or_else(|| no_such_user(user))?
            .override_perm(directory, perms, recursive)
    }

    /// Does nothing, and nobody calls it: it is here for code that is moved from pyftpdlib.
    ///
    /// There it becomes the system's user of that name before each operation on files. A test server runs as one user,
    /// and these users are unknown to the system.
    pub fn impersonate_user(&self, _user: &str, _password: &str) {}

    /// Does nothing, like [`impersonate_user`](Self::impersonate_user), which it would undo.
    pub fn terminate_impersonation(&self, _user: &str) {}
}

impl Authorizer for DummyAuthorizer {
    fn validate_authentication(&self, user: &str, password: &str) -> Result<(), AuthenticationFailed> {
        match self.accounts.get(user) {
            Some(account) if account.accepts(password) => Ok(()),
            None if user == ANONYMOUS => Err(AuthenticationFailed::new("Anonymous access not allowed.")),
            Some(_) | None => Err(AuthenticationFailed::default()),
        }
    }

    fn has_user(&self, user: &str) -> bool {
        self.accounts.contains_key(user)
    }

    fn get_home_dir(&self, user: &str) -> Result<Pathname, AuthorizerError> {
        self.accounts.get(user).map(|account| account.home().clone()).ok_or_else(|| no_such_user(user))
    }

    fn get_perms(&self, user: &str) -> Permissions {
        self.accounts.get(user).map_or(Permissions::NONE, Account::perms)
    }

    fn has_perm(&self, user: &str, permission: Permission, target: Option<&Target>) -> bool {
        self.accounts.get(user).is_some_and(|account| account.has_perm(permission, target))
    }

    fn get_msg_login(&self, user: &str) -> String {
        self.accounts.get(user).and_then(Account::msg_login).unwrap_or("Login successful.").to_owned()
    }

    fn get_msg_quit(&self, user: &str) -> String {
        self.accounts.get(user).and_then(Account::msg_quit).unwrap_or("Goodbye.").to_owned()
    }
}

fn no_such_user(user: &str) -> AuthorizerError {
    AuthorizerError::NoSuchUser(user.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_test::traced_test;

    fn authorizer(users: impl IntoIterator<Item = User>) -> DummyAuthorizer {
        let mut authorizer = DummyAuthorizer::new();
        users.into_iter().for_each(|user| authorizer.add_user(user).unwrap());
        authorizer
    }

    #[test]
    fn a_password_is_compared_exactly() {
        let users = authorizer([User::new("ada", "S3cret")]);
        assert_eq!(users.validate_authentication("ada", "S3cret"), Ok(()));
        for (user, password) in
            [("ada", "s3cret"), ("ada", "S3cret "), ("ada", ""), ("Ada", "S3cret"), ("", "")]
        {
            let error = users.validate_authentication(user, password).unwrap_err();
            assert_eq!(error.to_string(), "Authentication failed.", "{user}:{password}");
        }
    }

    #[test]
    fn anonymous_takes_any_password_once_allowed() {
        let mut users = DummyAuthorizer::new();
        let error = users.validate_authentication("anonymous", "").unwrap_err();
        assert_eq!(error.to_string(), "Anonymous access not allowed.");

        users.allow_anonymous(true);
        assert_eq!(users.validate_authentication("anonymous", "ada@example.org"), Ok(()));
        assert_eq!(users.validate_authentication("anonymous", ""), Ok(()));
        assert_eq!(users.get_perms("anonymous"), Permissions::READ_ONLY);

        users.allow_anonymous(false);
        assert!(!users.has_user("anonymous"));
    }

    #[test]
    fn allowing_anonymous_keeps_one_that_was_added() {
        let mut users = DummyAuthorizer::new();
        users.add_anonymous("/pub", "el").unwrap();
        users.allow_anonymous(true);
        assert_eq!(users.get_home_dir("anonymous").unwrap().as_str(), "/pub");
        assert_eq!(users.get_perms("anonymous").to_string(), "el");
    }

    #[test]
    fn defaults_are_elr_the_root_and_two_messages() {
        let users =
            authorizer([User::new("ada", ""), User::new("bob", "").msg_login("Hi.").msg_quit("Bye.")]);
        assert_eq!(users.get_perms("ada").to_string(), "elr");
        assert_eq!(users.get_home_dir("ada"), Ok(Pathname::root()));
        assert_eq!(users.get_msg_login("ada"), "Login successful.");
        assert_eq!(users.get_msg_quit("ada"), "Goodbye.");
        assert_eq!(users.get_msg_login("bob"), "Hi.");
        assert_eq!(users.get_msg_quit("bob"), "Bye.");
    }

    #[test]
    fn a_taken_name_is_an_error_and_a_refused_user_leaves_nothing() {
        let mut users = authorizer([User::new("ada", "1")]);
        let error = users.add_user(User::new("ada", "2")).unwrap_err();
        assert_eq!(error.to_string(), "user \"ada\" already exists; remove it first or choose another name");
        assert_eq!(users.validate_authentication("ada", "1"), Ok(()));

        assert!(users.add_user(User::new("bob", "").perms("q")).is_err());
        assert!(users.add_user(User::new("bob", "").override_perm("/", "r", true)).is_err());
        assert!(!users.has_user("bob"));
    }

    #[test]
    fn a_user_who_is_not_there_has_nothing() {
        let mut users = authorizer([User::new("ada", "pw")]);
        users.remove_user("ada").unwrap();
        let missing = AuthorizerError::NoSuchUser("ada".to_owned());
        assert_eq!(users.remove_user("ada"), Err(missing.clone()));
        assert_eq!(users.override_perm("ada", "/in", "r", true), Err(missing.clone()));
        assert_eq!(users.get_home_dir("ada"), Err(missing));
        assert!(!users.has_user("ada") && !users.has_perm("ada", Permission::List, None));
        assert_eq!(users.get_perms("ada"), Permissions::NONE);
        assert_eq!(users.get_msg_quit("ada"), "Goodbye.");
    }

    #[test]
    fn overrides_of_one_user_leave_the_others_alone() {
        let mut users = authorizer([User::new("ada", ""), User::new("bob", "")]);
        users.override_perm("ada", "/in", "elw", true).unwrap();
        let target = Target::new(Pathname::parse("/in/a.txt").unwrap(), false);
        assert!(users.has_perm("ada", Permission::Write, Some(&target)));
        assert!(!users.has_perm("bob", Permission::Write, Some(&target)));
        assert_eq!(users.get_perms("ada").to_string(), "elr");
    }

    #[traced_test]
    #[test]
    fn write_permissions_for_anonymous_warn_once_each_time_they_are_given() {
        const WARNING: &str = "write permissions assigned to anonymous user.";
        let warnings = |expected: usize| {
            move |lines: &[&str]| match lines.iter().filter(|line| line.contains(WARNING)).count() {
                count if count == expected => Ok(()),
                count => Err(format!("{count} warnings, not {expected}: {lines:#?}")),
            }
        };
        let mut users = authorizer([User::new("ada", "").perms("elradfmwMT")]);
        users.add_anonymous("/", "elr").unwrap();
        logs_assert(warnings(0));
        users.override_perm("anonymous", "/in", "elw", true).unwrap();
        logs_assert(warnings(1));
        users.allow_anonymous(false);
        users.add_anonymous("/", "elradfmwMT").unwrap();
        logs_assert(warnings(2));
    }

    #[test]
    fn debug_shows_no_password() {
        assert!(!format!("{:?}", authorizer([User::new("ada", "s3cret")])).contains("s3cret"));
    }
}
