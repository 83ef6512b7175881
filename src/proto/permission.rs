//! pyftpdlib's ten permission letters, and sets of them.

use std::fmt;
use std::str::FromStr;

/// One thing a user may do, named by pyftpdlib's letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// `e`: change the working directory (CWD, CDUP).
    Enter,
    /// `l`: list and ask for facts (LIST, NLST, MLSD, MLST, STAT with a path, SIZE, MDTM).
    List,
    /// `r`: download (RETR).
    Read,
    /// `a`: append (APPE).
    Append,
    /// `d`: delete files and directories (DELE, RMD).
    Delete,
    /// `f`: rename (RNFR, RNTO).
    Rename,
    /// `m`: make directories (MKD).
    MakeDirectory,
    /// `w`: upload (STOR, STOU).
    Write,
    /// `M`: change a file's mode (SITE CHMOD).
    ChangeMode,
    /// `T`: change a file's time (MFMT).
    ChangeTime,
}

impl Permission {
    /// All of them, in pyftpdlib's order: `elradfmwMT`.
    pub const ALL: [Self; 10] = [
        Self::Enter,
        Self::List,
        Self::Read,
        Self::Append,
        Self::Delete,
        Self::Rename,
        Self::MakeDirectory,
        Self::Write,
        Self::ChangeMode,
        Self::ChangeTime,
    ];

    /// Its letter.
    pub fn letter(self) -> char {
        match self {
            Self::Enter => 'e',
            Self::List => 'l',
            Self::Read => 'r',
            Self::Append => 'a',
            Self::Delete => 'd',
            Self::Rename => 'f',
            Self::MakeDirectory => 'm',
            Self::Write => 'w',
            Self::ChangeMode => 'M',
            Self::ChangeTime => 'T',
        }
    }

    /// Whether it changes what is stored: any of `adfmwMT`.
    pub fn is_write(self) -> bool {
        !matches!(self, Self::Enter | Self::List | Self::Read)
    }

    fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A letter that is none of the ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchPermission(pub char);

impl fmt::Display for NoSuchPermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no such permission {:?}; the letters are elradfmwMT", self.0)
    }
}

impl std::error::Error for NoSuchPermission {}

/// A set of [`Permission`]s, written as their letters.
///
/// ```
/// use ftp_fixture::proto::{Permission, Permissions};
///
/// let perms: Permissions = "elr".parse()?;
/// assert!(perms.contains(Permission::Read));
/// assert!(!perms.contains(Permission::Write));
/// assert_eq!(perms.to_string(), "elr");
/// # Ok::<(), ftp_fixture::proto::NoSuchPermission>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Permissions(u16);

impl Permissions {
    /// No permission at all.
    pub const NONE: Self = Self(0);
    /// `elr`: enter, list, read.
    pub const READ_ONLY: Self = Self(0b111);
    /// Every permission: `elradfmwMT`.
    pub const ALL: Self = Self(0b11_1111_1111);

    /// Whether `permission` is in the set.
    pub fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// The set with `permission` in it.
    #[must_use]
    pub fn with(self, permission: Permission) -> Self {
        Self(self.0 | permission.bit())
    }

    /// The permissions in the set, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::NONE, Self::with)
    }
}

impl FromStr for Permissions {
    type Err = NoSuchPermission;

    fn from_str(letters: &str) -> Result<Self, NoSuchPermission> {
        letters
            .chars()
            .map(|letter| {
                Permission::ALL.into_iter().find(|p| p.letter() == letter).ok_or(NoSuchPermission(letter))
            })
            .collect()
    }
}

impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|permission| write!(f, "{}", permission.letter()))
    }
}

impl fmt::Debug for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permissions({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_every_letter_and_read_only_the_first_three() {
        assert_eq!(Permissions::ALL.to_string(), "elradfmwMT");
        assert_eq!(Permissions::ALL, Permission::ALL.into_iter().collect());
        assert_eq!(Permissions::READ_ONLY.to_string(), "elr");
        assert!(!Permissions::READ_ONLY.iter().any(Permission::is_write));
    }

    #[test]
    fn an_unknown_letter_is_named() {
        let error = "elq".parse::<Permissions>().unwrap_err();
        assert_eq!(error.to_string(), "no such permission 'q'; the letters are elradfmwMT");
    }
}
