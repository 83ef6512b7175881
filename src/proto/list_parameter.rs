//! The parameter of LIST, NLST and STAT: a pathname, and the flags of `ls` that clients put before it.
//!
//! RFC 959 knows no flags, but wget sends `LIST -a` first of all, and a server that takes it for a name lists nothing.

use std::fmt;

/// Flags, and the pathname after them.
///
/// ```
/// use ftp_fixture::proto::ListParameter;
///
/// let parameter = ListParameter::parse("-l -a pub dir");
/// assert_eq!((parameter.flags(), parameter.path()), ("la", Some("pub dir")));
/// assert_eq!(parameter.to_string(), "-la pub dir");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ListParameter {
    flags: String,
    path: String,
}

impl ListParameter {
    /// Reads the words at the start that are `-` and ASCII letters or digits as flags, and the rest as a pathname.
    pub fn parse(text: &str) -> Self {
        let mut flags = String::new();
        let mut path = text;
        while let Some((letters, rest)) = split_flags(path) {
            flags.push_str(letters);
            path = rest;
        }
        Self { flags, path: path.to_owned() }
    }

    /// The letters and digits of all flags in the order sent, without `-`.
    pub fn flags(&self) -> &str {
        &self.flags
    }

    /// The pathname as sent; `None` for the working directory.
    pub fn path(&self) -> Option<&str> {
        Some(self.path.as_str()).filter(|path| !path.is_empty())
    }

    /// Whether there are neither flags nor a pathname, as in a bare `LIST`.
    pub fn is_empty(&self) -> bool {
        self.flags.is_empty() && self.path.is_empty()
    }
}

impl fmt::Display for ListParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.flags.is_empty(), self.path.is_empty()) {
            (true, _) => f.write_str(&self.path),
            (false, true) => write!(f, "-{}", self.flags),
            (false, false) => write!(f, "-{} {}", self.flags, self.path),
        }
    }
}

/// The letters of the flags at the start of `text`, and what follows them and one space.
fn split_flags(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let letters = word.strip_prefix('-')?;
    let is_flags = !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_flags.then_some((letters, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn flags_are_not_names_and_names_are_not_flags() {
        for (text, flags, path) in [
            ("", "", None),
            ("-a", "a", None),
            ("-la ", "la", None),
            ("-CF", "CF", None),
            ("-1 pub", "1", Some("pub")),
            ("-la pub dir", "la", Some("pub dir")),
            ("-l  pub", "l", Some(" pub")),
            ("pub -la", "", Some("pub -la")),
            ("-", "", Some("-")),
            ("-a.txt", "", Some("-a.txt")),
            ("-l ./-a", "l", Some("./-a")),
            ("-é", "", Some("-é")),
        ] {
            let parameter = ListParameter::parse(text);
            assert_eq!((parameter.flags(), parameter.path()), (flags, path), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn print_and_parse_are_inverses(text in "[-a1. ]{0,12}") {
            let parameter = ListParameter::parse(&text);
            prop_assert_eq!(ListParameter::parse(&parameter.to_string()), parameter);
        }
    }
}
