//! What the server asks about users. How the answers are found is an implementation's matter.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use super::error::{AuthenticationFailed, AuthorizerError};
use crate::proto::{Pathname, Permission, Permissions};

/// What a command wants to touch, as [`Authorizer::has_perm`] sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// Its pathname below the server's root (not below the user's home), after links were resolved.
    pub path: Pathname,
    /// Whether it exists and is a directory.
    pub is_directory: bool,
}

impl Target {
    /// What stands at `path` below the server's root, its links resolved; `is_directory` when it is there and is one.
    pub fn new(path: Pathname, is_directory: bool) -> Self {
        Self { path, is_directory }
    }
}

/// Decides who may log in, where they stand and what they may do there.
///
/// [`DummyAuthorizer`](super::DummyAuthorizer) is the one for tests; bring your own to ask something else. The
/// names are pyftpdlib's. Answers are wanted at once: the session waits for them.
///
/// A [`RwLock`] around an authorizer is one too, so that users can come and go while the server runs:
///
/// ```
/// use std::sync::{Arc, RwLock};
/// use ftp_fixture::auth::{Authorizer, DummyAuthorizer, User};
///
/// let users = Arc::new(RwLock::new(DummyAuthorizer::new()));
/// let for_the_server: Arc<dyn Authorizer> = users.clone();
///
/// users.write().unwrap().add_user(User::new("alice", "s3cret"))?;
/// assert!(for_the_server.has_user("alice"));
/// # Ok::<(), ftp_fixture::auth::AuthorizerError>(())
/// ```
pub trait Authorizer: Send + Sync + fmt::Debug {
    /// Whether `user` may log in with `password`.
    ///
    /// # Errors
    /// When not; the error's text becomes that of the 530 reply.
    fn validate_authentication(&self, user: &str, password: &str) -> Result<(), AuthenticationFailed>;

    /// Whether there is a user of that name.
    fn has_user(&self, user: &str) -> bool;

    /// Where the user's `/` is, below the server's root.
    ///
    /// # Errors
    /// When there is no such user or no home for it; the login then fails.
    fn get_home_dir(&self, user: &str) -> Result<Pathname, AuthorizerError>;

    /// The user's permissions where nothing overrides them; none for an unknown user.
    fn get_perms(&self, user: &str) -> Permissions;

    /// Whether the user has `permission`: at `target`, or in general when there is none.
    fn has_perm(&self, user: &str, permission: Permission, target: Option<&Target>) -> bool;

    /// The text of the 230 reply that ends the user's login.
    fn get_msg_login(&self, user: &str) -> String {
        let _ = user;
        "Login successful.".to_owned()
    }

    /// The text of the 221 reply to the user's QUIT.
    fn get_msg_quit(&self, user: &str) -> String {
        let _ = user;
        "Goodbye.".to_owned()
    }
}

/// Implements every method by asking `$inner`, whose `$this` is `self`.
macro_rules! forward_to {
    (|$this:ident| $inner:expr) => {
        fn validate_authentication(&$this, user: &str, password: &str) -> Result<(), AuthenticationFailed> {
            $inner.validate_authentication(user, password)
        }
        fn has_user(&$this, user: &str) -> bool {
            $inner.has_user(user)
        }
        fn get_home_dir(&$this, user: &str) -> Result<Pathname, AuthorizerError> {
            $inner.get_home_dir(user)
        }
        fn get_perms(&$this, user: &str) -> Permissions {
            $inner.get_perms(user)
        }
        fn has_perm(&$this, user: &str, permission: Permission, target: Option<&Target>) -> bool {
            $inner.has_perm(user, permission, target)
        }
        fn get_msg_login(&$this, user: &str) -> String {
            $inner.get_msg_login(user)
        }
        fn get_msg_quit(&$this, user: &str) -> String {
            $inner.get_msg_quit(user)
        }
    };
}

impl<A: Authorizer + ?Sized> Authorizer for Arc<A> {
    forward_to!(|self| self.as_ref());
}

/// A lock that a panic has poisoned is read all the same: the panic is reported where it happened.
impl<A: Authorizer + ?Sized> Authorizer for RwLock<A> {
    forward_to!(|self| self.read().unwrap_or_else(PoisonError::into_inner));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{DummyAuthorizer, User};

    /// Answers only what has no default.
    #[derive(Debug)]
    struct Everyone;

    impl Authorizer for Everyone {
        fn validate_authentication(&self, _: &str, _: &str) -> Result<(), AuthenticationFailed> {
            Ok(())
        }
        fn has_user(&self, _: &str) -> bool {
            true
        }
        fn get_home_dir(&self, _: &str) -> Result<Pathname, AuthorizerError> {
            Ok(Pathname::root())
        }
        fn get_perms(&self, _: &str) -> Permissions {
            Permissions::ALL
        }
        fn has_perm(&self, user: &str, permission: Permission, _: Option<&Target>) -> bool {
            self.get_perms(user).contains(permission)
        }
    }

    #[test]
    fn messages_have_defaults() {
        let authorizer: Arc<dyn Authorizer> = Arc::new(Everyone);
        assert_eq!(authorizer.get_msg_login("ada"), "Login successful.");
        assert_eq!(authorizer.get_msg_quit("ada"), "Goodbye.");
    }

    #[test]
    fn users_change_while_a_server_holds_the_lock_even_a_poisoned_one() {
        let users = Arc::new(RwLock::new(DummyAuthorizer::new()));
        let server: Arc<dyn Authorizer> = users.clone();
        users.write().unwrap().add_user(User::new("ada", "pw").msg_quit("Bye, Ada.")).unwrap();

        let poisoner = users.clone();
        let poisoned = std::thread::spawn(move || {
            let _guard = poisoner.write().unwrap();
            panic!("on purpose, with the lock held");
        });
        assert!(poisoned.join().is_err() && users.is_poisoned());

        assert!(server.has_user("ada"));
        assert_eq!(server.validate_authentication("ada", "pw"), Ok(()));
        assert_eq!(server.get_home_dir("ada"), Ok(Pathname::root()));
        assert_eq!(server.get_perms("ada"), Permissions::READ_ONLY);
        assert!(server.has_perm("ada", Permission::Read, None));
        assert_eq!(server.get_msg_quit("ada"), "Bye, Ada.");
    }
}
