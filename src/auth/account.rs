//! One user's checked record, and pyftpdlib's rule for permissions that hold in one directory only.

use super::authorizer::Target;
use super::error::AuthorizerError;
use super::user::{ANONYMOUS, User};
use crate::proto::{Pathname, Permission, Permissions, Secret};

/// A [`User`] whose every text was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    name: String,
    password: Secret,
    home: Pathname,
    perms: Permissions,
    overrides: Vec<Override>,
    msg_login: Option<String>,
    msg_quit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Override {
    directory: Pathname,
    perms: Permissions,
    recursive: bool,
}

impl Account {
    /// Checks a user's texts, with permissions `elr` where none were said.
    pub(super) fn open(user: User) -> Result<Self, AuthorizerError> {
        let user = user.perms_or(Permissions::READ_ONLY);
        let name = user.name;
        if name.is_empty() || name.contains(['\r', '\n', '\0']) {
            return Err(AuthorizerError::UserName(name));
        }
        let mut account = Self {
            home: read_pathname(&name, &user.home)?,
            perms: read_perms(&name, user.perms.as_deref().unwrap_or_default())?,
            name,
            password: user.password,
            overrides: Vec::new(),
            msg_login: user.msg_login,
            msg_quit: user.msg_quit,
        };
        for rule in user.overrides {
            account.override_perm(&rule.directory, &rule.perms, rule.recursive)?;
        }
        Ok(account)
    }

    /// Gives `directory` permissions of its own; said again for the same directory they change and keep their rank.
    pub(super) fn override_perm(
        &mut self,
        directory: &str,
        letters: &str,
        recursive: bool,
    ) -> Result<(), AuthorizerError> {
        let perms = read_perms(&self.name, letters)?;
        let directory = read_pathname(&self.name, directory)?;
        let (user, home) = (self.name.clone(), self.home.clone());
        if directory == self.home {
            return Err(AuthorizerError::OverridesHome { user, home });
        }
        if !directory.is_within(&self.home) {
            return Err(AuthorizerError::OutsideHome { user, home, directory });
        }
        let rule = Override { directory, perms, recursive };
        match self.overrides.iter_mut().find(|earlier| earlier.directory == rule.directory) {
            Some(earlier) => *earlier = rule,
            None => self.overrides.push(rule),
        }
        Ok(())
    }

    /// Whether `permission` is given at `target`: by the first override that decides, else by the user's own.
    pub(super) fn has_perm(&self, permission: Permission, target: Option<&Target>) -> bool {
        target
            .and_then(|target| self.overrides.iter().find(|rule| rule.decides(target)))
            .map_or(self.perms, |rule| rule.perms)
            .contains(permission)
    }

    /// Whether `password` opens the account; any does for `anonymous`.
    pub(super) fn accepts(&self, password: &str) -> bool {
        self.name == ANONYMOUS || self.password.expose() == password
    }

    pub(super) fn home(&self) -> &Pathname {
        &self.home
    }

    pub(super) fn perms(&self) -> Permissions {
        self.perms
    }

    pub(super) fn msg_login(&self) -> Option<&str> {
        self.msg_login.as_deref()
    }

    pub(super) fn msg_quit(&self) -> Option<&str> {
        self.msg_quit.as_deref()
    }
}

impl Override {
    /// A non-recursive one speaks for the directory and what stands directly in it, but not for a directory there:
    /// one that is still to be made counts as the former, one that exists decides for itself.
    fn decides(&self, target: &Target) -> bool {
        let Some(below) = target.path.strip(&self.directory) else { return false };
        self.recursive || below.is_root() || (!target.is_directory && below.components().count() == 1)
    }
}

fn read_pathname(user: &str, text: &str) -> Result<Pathname, AuthorizerError> {
    Pathname::parse(text).map_err(|error| AuthorizerError::Pathname { user: user.to_owned(), error })
}

/// Reads permission letters, and warns where a stranger is given one that changes what is stored.
fn read_perms(user: &str, letters: &str) -> Result<Permissions, AuthorizerError> {
    let perms: Permissions =
        letters.parse().map_err(|error| AuthorizerError::Permission { user: user.to_owned(), error })?;
    if user == ANONYMOUS && perms.iter().any(Permission::is_write) {
        tracing::warn!(target: "ftp_fixture::auth", %perms, "write permissions assigned to anonymous user.");
    }
    Ok(perms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(user: User) -> Account {
        Account::open(user).unwrap()
    }

    /// The permissions of `account` at a pathname, which stands for a directory when it ends with `/`.
    fn at(account: &Account, path: &str) -> String {
        let target = Target::new(Pathname::parse(path).unwrap(), path.ends_with('/'));
        Permission::ALL
            .into_iter()
            .filter(|permission| account.has_perm(*permission, Some(&target)))
            .collect::<Permissions>()
            .to_string()
    }

    #[test]
    fn a_recursive_override_holds_for_all_that_is_below() {
        let ada = account(User::new("ada", "").override_perm("/in", "elw", true));
        for path in ["/in/", "/in/a.txt", "/in/sub/", "/in/sub/deep/a.txt"] {
            assert_eq!(at(&ada, path), "elw", "{path}");
        }
        for path in ["/", "/inbox", "/inbox/a.txt", "/other/in/a.txt"] {
            assert_eq!(at(&ada, path), "elr", "{path}");
        }
    }

    #[test]
    fn another_override_holds_for_the_directory_and_the_files_directly_in_it() {
        let ada = account(User::new("ada", "").override_perm("/in", "elw", false));
        for (path, perms) in [
            ("/in/", "elw"),
            ("/in/a.txt", "elw"),
            ("/in/sub/", "elr"),
            ("/in/sub/a.txt", "elr"),
            ("/in/sub/deep/", "elr"),
        ] {
            assert_eq!(at(&ada, path), perms, "{path}");
        }
    }

    #[test]
    fn a_new_directory_directly_below_may_be_made_but_an_existing_one_not_removed() {
        let ada = account(User::new("ada", "").override_perm("/in", "elmd", false));
        let mut target = Target::new(Pathname::parse("/in/sub").unwrap(), false);
        assert!(ada.has_perm(Permission::MakeDirectory, Some(&target)), "MKD /in/sub");
        target.is_directory = true;
        assert!(!ada.has_perm(Permission::Delete, Some(&target)), "RMD /in/sub");
        target.path = Pathname::parse("/in/sub/deeper").unwrap();
        target.is_directory = false;
        assert!(!ada.has_perm(Permission::MakeDirectory, Some(&target)), "MKD /in/sub/deeper");
    }

    #[test]
    fn the_first_override_that_decides_holds() {
        let outer_first =
            account(User::new("ada", "").override_perm("/a", "e", true).override_perm("/a/b", "w", true));
        assert_eq!(at(&outer_first, "/a/b/x"), "e");
        let inner_first =
            account(User::new("ada", "").override_perm("/a/b", "w", true).override_perm("/a", "e", true));
        assert_eq!(at(&inner_first, "/a/b/x"), "w");
        assert_eq!(at(&inner_first, "/a/x"), "e");
        let undecided_first =
            account(User::new("ada", "").override_perm("/a", "e", false).override_perm("/a/b", "w", true));
        assert_eq!(at(&undecided_first, "/a/b/x"), "w");
        assert_eq!(at(&undecided_first, "/a/b/"), "w");
        assert_eq!(at(&undecided_first, "/a/x"), "e");
    }

    #[test]
    fn an_override_said_again_changes_and_keeps_its_rank() {
        let mut ada =
            account(User::new("ada", "").override_perm("/a", "e", true).override_perm("/a/b", "w", true));
        ada.override_perm("a/../a/", "r", true).unwrap();
        assert_eq!(at(&ada, "/a/b/x"), "r");
    }

    #[test]
    fn overrides_are_ignored_where_no_target_is_named() {
        let ada = account(User::new("ada", "").override_perm("/in", "w", true));
        assert!(ada.has_perm(Permission::Read, None) && !ada.has_perm(Permission::Write, None));
        assert_eq!(ada.perms(), Permissions::READ_ONLY);
    }

    #[test]
    fn an_override_stands_below_the_home_and_is_seen_from_the_root() {
        let mut ada = account(User::new("ada", "").home("/home/ada"));
        for (directory, message) in [
            ("/home/ada", "cannot override permissions for /home/ada, the home of user \"ada\""),
            ("/home/ada/in/..", "cannot override permissions for /home/ada, the home of user \"ada\""),
            ("/home", "/home, which is outside /home/ada"),
            ("/home/adam", "/home/adam, which is outside /home/ada"),
            ("/in", "/in, which is outside /home/ada"),
        ] {
            let error = ada.override_perm(directory, "elr", true).unwrap_err().to_string();
            assert!(error.contains(message), "{directory}: {error}");
        }
        assert_eq!(ada.override_perm("/home/ada/in", "w", true), Ok(()));
        assert_eq!(at(&ada, "/home/ada/in/x"), "w");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (user, message) in [
            (User::new("", "pw"), "no client can send the user name \"\""),
            (User::new("a\r\nb", "pw"), "no client can send the user name \"a\\r\\nb\""),
            (
                User::new("ada", "").perms("elq"),
                "user \"ada\": no such permission 'q'; the letters are elradfmwMT",
            ),
            (User::new("ada", "").home("a\0"), "user \"ada\": a pathname cannot contain NUL"),
            (User::new("ada", "").override_perm("/a", "?", true), "no such permission '?'"),
        ] {
            let error = Account::open(user).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
