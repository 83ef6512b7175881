//! What decides whether a command is meant.

use std::fmt;

use super::command_matcher::CommandMatcher;
use super::command_view::CommandView;

/// Decides whether a command is meant: a [`CommandMatcher`](super::CommandMatcher), a closure, or a type of one's own.
///
/// ```
/// use ftp_fixture::matching::{CommandView, Matcher, verb};
///
/// fn is_hidden(command: &CommandView<'_>) -> bool {
///     command.path().and_then(|path| path.name()).is_some_and(|name| name.starts_with('.'))
/// }
///
/// let hidden_uploads = verb("STOR").and(is_hidden);
/// assert_eq!(hidden_uploads.to_string(), "STOR and (what a closure accepts)");
/// # let _: &dyn Matcher = &hidden_uploads;
/// ```
pub trait Matcher {
    /// Whether `command` is meant.
    fn matches(&self, command: &CommandView<'_>) -> bool;

    /// Writes what is meant, to stand in a sentence such as "no exchange matched …".
    ///
    /// # Errors
    /// When `f` cannot be written to.
    fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what a closure accepts")
    }

    /// How near `command` comes to what is meant: 0 for not at all, more for nearer. Messages show the nearest first.
    fn nearness(&self, command: &CommandView<'_>) -> usize {
        usize::from(self.matches(command))
    }
}

impl<F: Fn(&CommandView<'_>) -> bool> Matcher for F {
    fn matches(&self, command: &CommandView<'_>) -> bool {
        self(command)
    }
}

// Closures take the place of an implementation for every `&M`, `Box<M>` and `Arc<M>`.
macro_rules! matcher_behind {
    ($($pointer:ty),+) => {
        $(
            impl Matcher for $pointer {
                fn matches(&self, command: &CommandView<'_>) -> bool {
                    (**self).matches(command)
                }

                fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    (**self).describe(f)
                }

                fn nearness(&self, command: &CommandView<'_>) -> usize {
                    (**self).nearness(command)
                }
            }
        )+
    };
}

matcher_behind!(&CommandMatcher, &dyn Matcher, Box<dyn Matcher + '_>);

/// Prints what a matcher means.
pub(crate) struct Described<'a>(pub(crate) &'a dyn Matcher);

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.describe(f)
    }
}
