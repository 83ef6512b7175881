//! The parameter of XCRC, XMD5, XSHA1 and XSHA256: a file, or some of its bytes.

use std::fmt;
use std::str::FromStr;

use super::decimal::decimal;
use super::parameter::ParameterError;

/// The bytes of a file from one to another.
///
/// A pathname with the range behind it is best quoted, `"a b" 0 99`, its own quotes doubled; the end may then be left
/// out. Without quotes, only two numbers at the end are taken for a range, so that `report 2024` is a file.
///
/// ```
/// use ftp_fixture::proto::FilePart;
///
/// let part: FilePart = "a b 0 99".parse()?;
/// assert_eq!((part.path.as_str(), part.start, part.end), ("a b", 0, Some(99)));
/// assert_eq!(part.to_string(), "\"a b\" 0 99");
/// assert_eq!("report 2024".parse(), Ok(FilePart::whole("report 2024")));
/// # Ok::<(), ftp_fixture::proto::ParameterError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FilePart {
    /// The file, as sent.
    pub path: String,
    /// The first byte.
    pub start: u64,
    /// The byte after the last; `None` for the end of the file.
    pub end: Option<u64>,
}

impl FilePart {
    /// All of a file.
    pub fn whole(path: impl Into<String>) -> Self {
        Self { path: path.into(), start: 0, end: None }
    }
}

impl FromStr for FilePart {
    type Err = ParameterError;

    fn from_str(text: &str) -> Result<Self, ParameterError> {
        let part = quoted(text).or_else(|| with_range(text)).unwrap_or_else(|| Self::whole(text));
        if part.path.is_empty() || part.end.is_some_and(|end| end < part.start) {
            return Err(ParameterError::Invalid(
                "a pathname, or a pathname, a start and an end not before it",
            ));
        }
        Ok(part)
    }
}

impl fmt::Display for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, start, end } = self;
        if (*start, *end) == (0, None) && path.parse().as_ref() == Ok(self) {
            return f.write_str(path);
        }
        write!(f, "\"{}\" {start}", path.replace('"', "\"\""))?;
        end.iter().try_for_each(|end| write!(f, " {end}"))
    }
}

/// `"pathname"`, `"pathname" start` or `"pathname" start end`.
fn quoted(text: &str) -> Option<FilePart> {
    let text = text.strip_prefix('"')?;
    let mut path = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        path.push_str(before);
        let Some(doubled) = after.strip_prefix('"') else {
            rest = after;
            break;
        };
        path.push('"');
        rest = doubled;
    }
    if rest.is_empty() {
        return Some(FilePart::whole(path));
    }
    let (start, end) = match rest.strip_prefix(' ')?.split_once(' ') {
        Some((start, end)) => (start, Some(decimal(end)?)),
        None => (rest.strip_prefix(' ')?, None),
    };
    Some(FilePart { path, start: decimal(start)?, end })
}

/// `pathname start end`.
fn with_range(text: &str) -> Option<FilePart> {
    let (rest, end) = text.rsplit_once(' ')?;
    let (path, start) = rest.rsplit_once(' ')?;
    Some(FilePart { path: path.to_owned(), start: decimal(start)?, end: Some(decimal(end)?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn a_range_stands_behind_the_pathname() {
        for (text, path, start, end) in [
            ("a", "a", 0, None),
            ("a b", "a b", 0, None),
            ("a 5", "a 5", 0, None),
            ("a 5 9", "a", 5, Some(9)),
            ("a -5 9", "a -5 9", 0, None),
            ("\"a 5 9\"", "a 5 9", 0, None),
            ("\"a\" 5", "a", 5, None),
            ("\"a\"\"b\" 5 9", "a\"b", 5, Some(9)),
            ("\"a", "\"a", 0, None),
            ("\"a\"b", "\"a\"b", 0, None),
        ] {
            assert_eq!(text.parse(), Ok(FilePart { path: path.to_owned(), start, end }), "{text:?}");
        }
        for text in ["", "\"\"", "a 9 5", " 5 9"] {
            assert!(text.parse::<FilePart>().is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn print_and_parse_are_inverses(path in "[a\" 1]{1,8}|\\PC+", start in any::<u64>(), length in any::<Option<u64>>()) {
            let end = length.map(|length| start.saturating_add(length));
            for part in [FilePart { path: path.clone(), start, end }, FilePart::whole(path)] {
                prop_assert_eq!(part.to_string().parse(), Ok(part));
            }
        }
    }
}
