//! One thing that a command must be for a matcher to accept it.

use std::fmt;
use std::sync::Arc;

use regex::Regex;

use super::command_view::CommandView;
use super::matcher::{Described, Matcher};
use super::path_pattern::PathPattern;
use crate::proto::Verb;

pub(super) type AnyMatcher = Arc<dyn Matcher + Send + Sync>;

/// One condition of several that must all hold.
#[derive(Clone)]
pub(super) enum Condition {
    Verb(VerbName),
    Path(PathPattern),
    Parameter(String),
    ParameterMatches(Regex),
    User(String),
    Other(AnyMatcher),
    /// At least one of these.
    Either(Vec<AnyMatcher>),
    Not(AnyMatcher),
}

/// What a command must be called.
#[derive(Debug, Clone)]
pub(super) enum VerbName {
    /// Any of the names of this verb.
    Known(Verb),
    /// This one, in capitals.
    Unknown(String),
}

impl VerbName {
    pub(super) fn parse(name: &str) -> Self {
        match Verb::from_name(name) {
            Some(verb) => Self::Known(verb),
            None => Self::Unknown(name.to_ascii_uppercase()),
        }
    }
}

impl Condition {
    pub(super) fn holds(&self, command: &CommandView<'_>) -> bool {
        match self {
            Self::Verb(VerbName::Known(verb)) => command.verb() == Some(*verb),
            Self::Verb(VerbName::Unknown(name)) => command.name() == name,
            Self::Path(pattern) => command.path().is_some_and(|path| pattern.matches(path)),
            Self::Parameter(text) => command.parameter().unwrap_or_default() == text,
            Self::ParameterMatches(regex) => regex.is_match(command.parameter().unwrap_or_default()),
            Self::User(name) => command.user() == Some(name),
            Self::Other(matcher) => matcher.matches(command),
            Self::Either(matchers) => matchers.iter().any(|matcher| matcher.matches(command)),
            Self::Not(matcher) => !matcher.matches(command),
        }
    }

    /// How near a command comes; that the verb is right says the most.
    pub(super) fn nearness(&self, command: &CommandView<'_>) -> usize {
        match self {
            Self::Verb(_) => 4 * usize::from(self.holds(command)),
            Self::Path(_) | Self::Parameter(_) | Self::ParameterMatches(_) => {
                2 * usize::from(self.holds(command))
            }
            Self::Other(matcher) => matcher.nearness(command),
            Self::Either(matchers) => {
                matchers.iter().map(|matcher| matcher.nearness(command)).max().unwrap_or_default()
            }
            Self::User(_) => usize::from(self.holds(command)),
            // Nearly every command is not what it must not be.
            Self::Not(_) => 0,
        }
    }

    /// Whether it names commands by itself, and does not say more of those that another names.
    pub(super) fn is_noun(&self) -> bool {
        matches!(self, Self::Verb(_) | Self::Other(_) | Self::Either(_) | Self::Not(_))
    }

    /// Prints it; in brackets, if it is one of several and of more than one word.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, one_of_several: bool) -> fmt::Result {
        match self {
            Self::Verb(VerbName::Known(verb)) => write!(f, "{verb}"),
            Self::Verb(VerbName::Unknown(name)) => f.write_str(name),
            Self::Path(pattern) => write!(f, "with path {pattern}"),
            Self::Parameter(text) => write!(f, "with parameter {text:?}"),
            Self::ParameterMatches(regex) => write!(f, "with a parameter that matches /{regex}/"),
            Self::User(name) => write!(f, "by user {name}"),
            Self::Other(matcher) => write_operand(f, &Described(&**matcher).to_string(), one_of_several),
            Self::Either(matchers) => {
                let texts: Vec<_> =
                    matchers.iter().map(|matcher| Described(&**matcher).to_string()).collect();
                write_operand(f, &texts.join(" or "), one_of_several)
            }
            Self::Not(matcher) => {
                f.write_str("not ")?;
                write_operand(f, &Described(&**matcher).to_string(), true)
            }
        }
    }
}

fn write_operand(f: &mut fmt::Formatter<'_>, text: &str, one_of_several: bool) -> fmt::Result {
    match one_of_several && text.contains(' ') {
        true => write!(f, "({text})"),
        false => f.write_str(text),
    }
}
