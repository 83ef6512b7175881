//! A glob for pathnames.

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};

use crate::proto::Pathname;

/// A glob, with a leading `/` for the whole of a pathname, else for its last components.
#[derive(Debug, Clone)]
pub(super) struct PathPattern {
    source: String,
    matcher: GlobMatcher,
}

impl PathPattern {
    /// Reads `*`, `?`, `[a-z]` and `{a,b}` within a component, and `**` for any number of them.
    ///
    /// # Errors
    /// When it is no glob; the text says why, and what to write.
    pub(super) fn parse(source: &str) -> Result<Self, String> {
        let (start, rest) = match source.strip_prefix('/') {
            Some(rest) => ("/", rest),
            None => ("**/", source),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let matcher = GlobBuilder::new(&format!("{start}{rest}"))
            .literal_separator(true)
            .backslash_escape(true)
            .empty_alternates(true)
            .build()
            .map_err(|error| {
                format!(
                    "{source:?} is no glob for a path: {}; write \\ before a character that stands for itself",
                    error.kind()
                )
            })?
            .compile_matcher();
        Ok(Self { source: source.to_owned(), matcher })
    }

    pub(super) fn matches(&self, path: &Pathname) -> bool {
        self.matcher.is_match(path.as_str())
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leading_slash_means_the_whole_pathname_and_none_the_last_components() {
        for (pattern, path, expected) in [
            ("report.csv", "/report.csv", true),
            ("report.csv", "/a/b/report.csv", true),
            ("b/report.csv", "/a/b/report.csv", true),
            ("port.csv", "/report.csv", false),
            ("a", "/a/b", false),
            ("/report.csv", "/report.csv", true),
            ("/report.csv", "/a/report.csv", false),
            ("/", "/", true),
            ("/", "/a", false),
            ("a/", "/x/a", true),
        ] {
            let found = PathPattern::parse(pattern).unwrap().matches(&Pathname::parse(path).unwrap());
            assert_eq!(found, expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_star_stays_within_a_component_and_two_do_not() {
        for (pattern, path, expected) in [
            ("*.csv", "/a/b.csv", true),
            ("/*.csv", "/a/b.csv", false),
            ("/a/**", "/a/b/c", true),
            ("/a/**", "/b/c", false),
            ("/**/*.csv", "/a/b/c.csv", true),
            ("{a,b}.txt", "/b.txt", true),
            ("[ab].txt", "/c.txt", false),
            (r"\[ab].txt", "/[ab].txt", true),
            ("*.CSV", "/a.csv", false),
        ] {
            let found = PathPattern::parse(pattern).unwrap().matches(&Pathname::parse(path).unwrap());
            assert_eq!(found, expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_text_that_is_no_glob_is_refused_with_the_reason() {
        assert_eq!(
            PathPattern::parse("a[b").unwrap_err(),
            "\"a[b\" is no glob for a path: unclosed character class; missing ']'; write \\ before a character \
             that stands for itself"
        );
    }
}
