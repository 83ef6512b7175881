//! The matcher that tests write: `verb("STOR").path("*.csv").user("alice")`.

use std::fmt;
use std::sync::Arc;

use regex::Regex;

use super::command_view::CommandView;
use super::condition::{AnyMatcher, Condition, VerbName};
use super::matcher::Matcher;
use super::path_pattern::PathPattern;

/// Matches the commands of a verb, or [any](any_command), that meet all further conditions.
///
/// Each condition speaks of all that stands before it: `verb("STOR").or(verb("APPE")).user("alice")` means uploads of
/// either kind by alice. `Display` says what is meant.
#[derive(Clone)]
#[must_use = "a matcher does nothing by itself"]
pub struct CommandMatcher {
    /// All must hold.
    conditions: Vec<Condition>,
}

/// Matches the commands of a verb, named in any case.
///
/// Aliases are the verb itself, whichever is sent and whichever is asked for: `verb("MKD")` matches `XMKD`. A name that is
/// no verb's is compared as it stands.
///
/// ```
/// use ftp_fixture::prelude::*;
///
/// # let transcript: ftp_fixture::transcript::Transcript = "== session 1\nC> xmkd a\nS> 257 \"/a\" made.\n".parse()?;
/// assert_eq!(transcript.exchanges(verb("MKD")).len(), 1);
/// # Ok::<(), ftp_fixture::transcript::ParseError>(())
/// ```
pub fn verb(name: &str) -> CommandMatcher {
    CommandMatcher { conditions: vec![Condition::Verb(VerbName::parse(name))] }
}

/// Matches every command.
pub fn any_command() -> CommandMatcher {
    CommandMatcher { conditions: Vec::new() }
}

impl CommandMatcher {
    /// About a pathname that this glob matches, resolved against the working directory, as the user sees it.
    ///
    /// With a leading `/` the glob is for the whole pathname, else for its last components: `report.csv` matches
    /// `/inbox/report.csv`. `*`, `?`, `[a-z]` and `{a,b}` stay within a component; `**` stands for any number of
    /// them; `\` takes the meaning from the character behind it.
    ///
    /// # Panics
    /// When it is no glob.
    #[track_caller]
    pub fn path(self, glob: &str) -> Self {
        match PathPattern::parse(glob) {
            Ok(pattern) => self.with(Condition::Path(pattern)),
            Err(why) => panic!("{why}"),
        }
    }

    /// With exactly this parameter, as it was sent; `""` for none.
    ///
    /// In a transcript a hole is written as it is printed: `verb("PASS").parameter("[WRONG-PASSWORD]")`.
    pub fn parameter(self, text: impl Into<String>) -> Self {
        self.with(Condition::Parameter(text.into()))
    }

    /// With a parameter in which this regular expression finds a match.
    ///
    /// # Panics
    /// When it is no regular expression.
    #[track_caller]
    pub fn parameter_matches(self, regex: &str) -> Self {
        match Regex::new(regex) {
            Ok(regex) => self.with(Condition::ParameterMatches(regex)),
            Err(why) => panic!("{regex:?} is no regular expression for a parameter: {why}"),
        }
    }

    /// Given by this user: the one that the last USER named, whether or not a login came of it.
    pub fn user(self, name: impl Into<String>) -> Self {
        self.with(Condition::User(name.into()))
    }

    /// What both match.
    pub fn and(self, other: impl Matcher + Send + Sync + 'static) -> Self {
        self.with(Condition::Other(Arc::new(other)))
    }

    /// What either matches.
    pub fn or(self, other: impl Matcher + Send + Sync + 'static) -> Self {
        let other: AnyMatcher = Arc::new(other);
        let alternatives = match <[Condition; 1]>::try_from(self.conditions) {
            Ok([Condition::Either(mut alternatives)]) => {
                alternatives.push(other);
                alternatives
            }
            Ok([condition]) => vec![Arc::new(Self { conditions: vec![condition] }), other],
            Err(conditions) => vec![Arc::new(Self { conditions }), other],
        };
        Self { conditions: vec![Condition::Either(alternatives)] }
    }

    /// What this does not match.
    #[expect(clippy::should_implement_trait, reason = "matchers are combined by words, not by operators")]
    pub fn not(self) -> Self {
        Self { conditions: vec![Condition::Not(Arc::new(self))] }
    }

    fn with(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }
}

impl Matcher for CommandMatcher {
    fn matches(&self, command: &CommandView<'_>) -> bool {
        self.conditions.iter().all(|condition| condition.holds(command))
    }

    fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let several = self.conditions.len() > 1;
        if !self.conditions.first().is_some_and(Condition::is_noun) {
            f.write_str("any command")?;
        }
        for (index, condition) in self.conditions.iter().enumerate() {
            match (index, condition.is_noun()) {
                (0, true) => {}
                (_, true) => f.write_str(" and ")?,
                (_, false) => f.write_str(" ")?,
            }
            condition.write(f, several)?;
        }
        Ok(())
    }

    fn nearness(&self, command: &CommandView<'_>) -> usize {
        self.conditions.iter().map(|condition| condition.nearness(command)).sum()
    }
}

impl fmt::Display for CommandMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe(f)
    }
}

impl fmt::Debug for CommandMatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommandMatcher({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::pathname_of;
    use crate::proto::{CommandLine, Pathname};

    /// Whether the matcher accepts `line`, given by alice in `/inbox`.
    fn accepts(matcher: &CommandMatcher, line: &str) -> bool {
        seen(line, |command| matcher.matches(command))
    }

    fn seen<T>(line: &str, judge: impl FnOnce(&CommandView<'_>) -> T) -> T {
        let line = CommandLine::parse(line.as_bytes());
        let path = pathname_of(&line, &Pathname::parse("inbox").unwrap());
        judge(&CommandView::new(&line, path.as_ref(), Some("alice"), 1))
    }

    #[test]
    fn a_verb_is_matched_by_any_of_its_names_in_any_case() {
        for (name, line, expected) in [
            ("MKD", "xmkd a", true),
            ("xmkd", "MKD a", true),
            ("SITE CHMOD", "site chmod 644 a", true),
            ("SITE", "SITE CHMOD 644 a", false),
            ("STOR", "STORE a", false),
            ("spam", "SPAM", true),
            ("SPAM", "SPAMS", false),
        ] {
            assert_eq!(accepts(&verb(name), line), expected, "{name}: {line}");
        }
        assert!(accepts(&any_command(), "NOOP"));
    }

    #[test]
    fn all_conditions_must_hold() {
        let matcher = verb("STOR").path("/inbox/*.csv").user("alice").parameter_matches("^[a-z]");
        assert!(accepts(&matcher, "STOR a.csv"));
        assert!(accepts(&matcher, "STOR x/../a.csv"));
        for line in ["RETR a.csv", "STOR a.txt", "STOR ../a.csv", "STOR A.csv"] {
            assert!(!accepts(&matcher, line), "{line}");
        }
        assert!(!accepts(&matcher.user("bob"), "STOR a.csv"));
    }

    #[test]
    fn a_parameter_is_compared_as_it_was_sent() {
        assert!(accepts(&verb("CWD").parameter("../outbox"), "CWD ../outbox"));
        assert!(!accepts(&verb("CWD").parameter("/outbox"), "CWD ../outbox"));
        assert!(accepts(&verb("LIST").parameter(""), "LIST"));
        assert!(!accepts(&verb("LIST").parameter(""), "LIST -a"));
    }

    #[test]
    fn matchers_are_combined_by_words() {
        let matcher = verb("STOR").or(verb("APPE")).or(verb("STOU")).path("*.csv");
        assert!(accepts(&matcher, "APPE a.csv") && accepts(&matcher, "STOR a.csv"));
        assert!(!accepts(&matcher, "APPE a.txt"));
        assert!(!accepts(&matcher, "RETR a.csv"));
        assert!(accepts(&matcher.clone().not(), "RETR a.csv"));
        let closure = |command: &CommandView<'_>| command.parameter().is_some_and(|text| text.len() > 5);
        assert!(!accepts(&matcher.clone().and(closure), "STOR a.csv"));
        assert!(accepts(&matcher.and(closure), "STOR ab.csv"));
    }

    #[test]
    fn a_matcher_reads_as_what_it_means() {
        for (matcher, text) in [
            (verb("stor").path("report.csv").user("alice"), "STOR with path report.csv by user alice"),
            (any_command(), "any command"),
            (any_command().user("alice"), "any command by user alice"),
            (verb("SPAM").parameter("a \"b\""), r#"SPAM with parameter "a \"b\"""#),
            (verb("RETR").parameter_matches("^a"), "RETR with a parameter that matches /^a/"),
            (verb("STOR").or(verb("APPE")).or(verb("DELE")), "STOR or APPE or DELE"),
            (verb("STOR").or(verb("APPE")).user("bob"), "(STOR or APPE) by user bob"),
            (verb("STOR").path("a").or(verb("APPE")).not(), "not (STOR with path a or APPE)"),
            (verb("STOR").not().and(verb("RETR").not()), "not STOR and (not RETR)"),
            (verb("STOR").and(|_: &CommandView<'_>| true), "STOR and (what a closure accepts)"),
        ] {
            assert_eq!(matcher.to_string(), text);
        }
    }

    #[test]
    fn the_right_verb_comes_nearer_than_the_right_path() {
        let matcher = verb("STOR").path("a.csv").user("alice");
        let nearness = |line: &str| seen(line, |command| matcher.nearness(command));
        assert!(nearness("STOR a.csv") > nearness("STOR b.csv"));
        assert!(nearness("STOR b.csv") > nearness("RETR a.csv"));
        assert!(nearness("RETR a.csv") > nearness("NOOP"));
    }

    #[test]
    #[should_panic(expected = "\"a[\" is no glob for a path: unclosed character class; missing ']'")]
    fn a_text_that_is_no_glob_panics() {
        let _ = verb("STOR").path("a[");
    }

    #[test]
    #[should_panic(expected = "\"(\" is no regular expression for a parameter: regex parse error")]
    fn a_text_that_is_no_regular_expression_panics() {
        let _ = verb("STOR").parameter_matches("(");
    }
}
