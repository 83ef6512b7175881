//! What one of the user's own holes stands in for: a name, and a regular expression.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use regex::bytes::{Regex, RegexBuilder};

use super::hole::{Hole, UserHole};

/// A user's hole, and the regular expression of the text that it takes the place of.
///
/// The expression sees a line as the transcript prints it, holes that are there already included, and inline data
/// as a whole; `^` and `$` stand for the ends of a line. What it finds is replaced, or its first group alone, if it
/// has one; never a part of another hole. Parsed from `NAME=REGEX`.
///
/// ```
/// use ftp_fixture::transcript::HoleRule;
///
/// let rule: HoleRule = r"X-ID=id=(\d+)".parse()?;
/// assert_eq!((rule.name(), rule.pattern()), ("X-ID", r"id=(\d+)"));
/// # Ok::<(), ftp_fixture::transcript::HoleRuleError>(())
/// ```
#[derive(Debug, Clone)]
pub struct HoleRule {
    hole: UserHole,
    regex: Regex,
}

/// A rule that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HoleRuleError {
    /// The name is none of a user's hole.
    Name(String),
    /// The regular expression is none, and why.
    #[non_exhaustive]
    Pattern {
        /// The expression.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
    /// There is no `=` between a name and an expression.
    Form(String),
}

impl HoleRule {
    /// The rule that puts `[name]` in the place of what `pattern` finds; the syntax is that of the crate
    /// [`regex`](https://docs.rs/regex).
    ///
    /// # Errors
    /// When the name is not `X-` and then capital letters, digits and hyphens, or `pattern` is no regular expression.
    pub fn new(name: &str, pattern: &str) -> Result<Self, HoleRuleError> {
        let hole = UserHole::new(name).map_err(|_| HoleRuleError::Name(name.to_owned()))?;
        let regex =
            RegexBuilder::new(pattern).multi_line(true).crlf(true).build().map_err(|error| {
                HoleRuleError::Pattern { pattern: pattern.to_owned(), why: reason(&error) }
            })?;
        Ok(Self { hole, regex })
    }

    /// The hole's name, without the brackets.
    pub fn name(&self) -> &str {
        self.hole.name()
    }

    /// The regular expression.
    pub fn pattern(&self) -> &str {
        self.regex.as_str()
    }

    pub(crate) fn hole(&self) -> Hole {
        Hole::User(self.hole.clone())
    }

    /// Where in `bytes` the hole belongs.
    pub(crate) fn places(&self, bytes: &[u8]) -> Vec<Range<usize>> {
        // Finding is cheaper than capturing, and most lines have nothing to be found.
        if !self.regex.is_match(bytes) {
            return Vec::new();
        }
        let group = usize::from(self.regex.captures_len() > 1);
        self.regex
            .captures_iter(bytes)
            .filter_map(|captures| captures.get(group))
            .map(|found| found.range())
            .collect()
    }
}

impl FromStr for HoleRule {
    type Err = HoleRuleError;

    /// Reads `NAME=REGEX`.
    fn from_str(text: &str) -> Result<Self, HoleRuleError> {
        match text.split_once('=') {
            Some((name, pattern)) => Self::new(name, pattern),
            None => Err(HoleRuleError::Form(text.to_owned())),
        }
    }
}

impl fmt::Display for HoleRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name(), self.pattern())
    }
}

/// The last line of what the crate says: those before it show the expression again.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

impl fmt::Display for HoleRuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(
                f,
                "{name:?} is no name of a hole of one's own; write X- and then capital letters, digits and hyphens, \
                 as X-ID"
            ),
            Self::Pattern { pattern, why } => {
                write!(
                    f,
                    "{pattern:?} is no regular expression: {why}; a backslash makes a character literal"
                )
            }
            Self::Form(text) => write!(f, "{text:?} is no hole; write NAME=REGEX, such as X-ID=id=(\\d+)"),
        }
    }
}

impl std::error::Error for HoleRuleError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(pattern: &str, bytes: &[u8]) -> Vec<(usize, usize)> {
        let places = HoleRule::new("X-A", pattern).unwrap().places(bytes);
        places.into_iter().map(|place| (place.start, place.end)).collect()
    }

    #[test]
    fn the_first_group_is_found_or_else_all_of_the_match() {
        assert_eq!(places(r"id=(\d+)(;?)", b"id=1;id=22;"), [(3, 4), (8, 10)]);
        assert_eq!(places(r"id=\d+", b"id=1;id=22;"), [(0, 4), (5, 10)]);
        assert_eq!(places(r"id=(?:\d+)", b"id=1"), [(0, 4)]);
        assert_eq!(places(r"(a)|b", b"ba"), [(1, 2)]);
    }

    #[test]
    fn line_ends_are_those_of_every_line_and_bytes_need_be_no_text() {
        assert_eq!(places(r"^.+$", b"a\r\nbc\n"), [(0, 1), (3, 5)]);
        assert_eq!(places(r"(?-u)\xFF", b"a\xFF"), [(1, 2)]);
    }

    #[test]
    fn print_and_parse_are_inverses() {
        let rule: HoleRule = "X-ID=id=(.+)".parse().unwrap();
        assert_eq!(rule.to_string(), "X-ID=id=(.+)");
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line() {
        let error = |text: &str| text.parse::<HoleRule>().unwrap_err().to_string();
        assert_eq!(
            error("X-ID=id=("),
            r#""id=(" is no regular expression: unclosed group; a backslash makes a character literal"#
        );
        assert_eq!(
            error("ID=id"),
            "\"ID\" is no name of a hole of one's own; write X- and then capital letters, digits and hyphens, as X-ID"
        );
        assert_eq!(error("id"), r#""id" is no hole; write NAME=REGEX, such as X-ID=id=(\d+)"#);
    }
}
