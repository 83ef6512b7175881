//! Pathnames that cannot climb out of the root.
//!
//! RFC 959 leaves a pathname's syntax to the server; ours is pyftpdlib's: `/` separates, `.` and `..` are resolved
//! on the text, and `..` above the root stays at the root.

use std::fmt;

/// The longest pathname taken, in bytes.
pub(crate) const PATHNAME_LIMIT: usize = 4096;

/// An absolute, normalised pathname: `/`, or `/a/b` with no `.`, `..`, empty component or NUL in it.
///
/// It is relative to whatever stands for the root, a home or a file system, so joining can never leave that.
///
/// ```
/// use ftp_fixture::proto::Pathname;
///
/// let inbox = Pathname::parse("/home/inbox")?;
/// assert_eq!(inbox.join("../outbox//./a.txt")?.as_str(), "/home/outbox/a.txt");
/// assert_eq!(inbox.join("../../../../etc")?.as_str(), "/etc");
/// # Ok::<(), ftp_fixture::proto::PathnameError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pathname(String);

/// A text that can be no pathname.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathnameError {
    /// It has a NUL in it.
    Nul,
    /// It is longer than 4,096 bytes.
    TooLong,
}

impl fmt::Display for PathnameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nul => f.write_str("a pathname cannot contain NUL"),
            Self::TooLong => write!(f, "a pathname cannot be longer than {PATHNAME_LIMIT} bytes"),
        }
    }
}

impl std::error::Error for PathnameError {}

impl Pathname {
    /// The root, `/`.
    pub fn root() -> Self {
        Self("/".to_owned())
    }

    /// Reads `text` as seen from the root, with or without a leading `/`.
    ///
    /// # Errors
    /// When `text` contains NUL, or the result is over 4,096 bytes.
    pub fn parse(text: &str) -> Result<Self, PathnameError> {
        Self::root().join(text)
    }

    /// Where `text` leads from here: an absolute one from the root, another from this pathname.
    ///
    /// # Errors
    /// When `text` contains NUL, or the result is over 4,096 bytes.
    pub fn join(&self, text: &str) -> Result<Self, PathnameError> {
        if text.contains('\0') {
            return Err(PathnameError::Nul);
        }
        let mut path = if text.starts_with('/') || self.is_root() { String::new() } else { self.0.clone() };
        for component in text.split('/') {
            match component {
                "" | "." => {}
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                name => {
                    path.push('/');
                    path.push_str(name);
                }
            }
            if path.len() > PATHNAME_LIMIT {
                return Err(PathnameError::TooLong);
            }
        }
        Ok(if path.is_empty() { Self::root() } else { Self(path) })
    }

    /// This pathname, seen from `home`, as seen from what `home` stands in: the inverse of [`strip`](Self::strip).
    #[must_use]
    pub fn below(&self, home: &Self) -> Self {
        match (home.is_root(), self.is_root()) {
            (true, _) => self.clone(),
            (_, true) => home.clone(),
            _ => Self(format!("{}{}", home.0, self.0)),
        }
    }

    /// This pathname as seen from `home`; `None` when it is not below it.
    pub fn strip(&self, home: &Self) -> Option<Self> {
        if home.is_root() {
            return Some(self.clone());
        }
        match self.0.strip_prefix(&home.0)? {
            "" => Some(Self::root()),
            rest if rest.starts_with('/') => Some(Self(rest.to_owned())),
            _ => None,
        }
    }

    /// Whether this is `ancestor` or below it, component by component.
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.strip(ancestor).is_some()
    }

    /// Whether this is `/`.
    pub fn is_root(&self) -> bool {
        self.0 == "/"
    }

    /// The directory it stands in; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        if self.is_root() {
            return None;
        }
        match self.0.rfind('/') {
            Some(0) | None => Some(Self::root()),
            Some(slash) => Some(Self(self.0[..slash].to_owned())),
        }
    }

    /// Its last component; `None` for the root.
    pub fn name(&self) -> Option<&str> {
        self.components().next_back()
    }

    /// Its components from the root down.
    pub fn components(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|component| !component.is_empty())
    }

    /// The text, with its leading `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text without its leading `/`: empty for the root.
    pub fn relative(&self) -> &str {
        &self.0[1..]
    }
}

impl fmt::Display for Pathname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Pathname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl AsRef<str> for Pathname {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    fn path(text: &str) -> Pathname {
        Pathname::parse(text).unwrap()
    }

    #[test]
    fn dots_and_slashes_are_resolved_on_the_text() {
        for (from, text, to) in [
            ("/", "", "/"),
            ("/a/b", "", "/a/b"),
            ("/a/b", "c", "/a/b/c"),
            ("/a/b", "/c", "/c"),
            ("/a/b", "..", "/a"),
            ("/a", "../..", "/"),
            ("/", "//a//b/", "/a/b"),
            ("/a", "./.././b/.", "/b"),
            ("/a", "...", "/a/..."),
        ] {
            assert_eq!(path(from).join(text).unwrap().as_str(), to, "{from} + {text}");
        }
    }

    #[test]
    fn nul_and_excessive_length_are_errors() {
        assert_eq!(Pathname::parse("a\0b"), Err(PathnameError::Nul));
        assert_eq!(Pathname::parse(&"a".repeat(PATHNAME_LIMIT)), Err(PathnameError::TooLong));
        assert!(Pathname::parse(&"a".repeat(PATHNAME_LIMIT - 1)).is_ok());
    }

    #[test]
    fn a_sibling_with_a_longer_name_is_not_within() {
        assert!(path("/a/b").is_within(&path("/a")));
        assert!(!path("/ab").is_within(&path("/a")));
        assert_eq!(path("/a").strip(&path("/a")), Some(Pathname::root()));
    }

    proptest! {
        #[test]
        fn no_text_climbs_out(base in any::<String>(), text in any::<String>()) {
            let Ok(base) = Pathname::parse(&base) else { return Ok(()) };
            let Ok(joined) = base.join(&text) else { return Ok(()) };
            prop_assert!(joined.as_str().starts_with('/'));
            prop_assert!(joined.components().all(|c| !matches!(c, "" | "." | "..") && !c.contains(['/', '\0'])));
            prop_assert_eq!(Pathname::parse(joined.as_str()), Ok(joined));
        }

        #[test]
        fn below_and_strip_are_inverses(home in "[a-c./]{0,8}", inner in "[a-c./]{0,8}") {
            let (home, inner) = (path(&home), path(&inner));
            prop_assert_eq!(inner.below(&home).strip(&home), Some(inner));
        }
    }
}
