//! Several exchanges of a transcript, and how they are printed.

use std::fmt;
use std::ops::Deref;

use super::exchange::Exchange;
use super::heading::Heading;
use super::secret_left::SecretLeft;
use super::secret_search::{Part, search};
use super::session::Item;

/// Exchanges in printed order; a slice of them, such as `exchanges[0]`, `exchanges.len()`.
///
/// `Display` prints each as the transcript does, below the header of its session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchanges(pub(super) Vec<Exchange>);

impl Exchanges {
    /// Searches all that is printed for secrets of the whole transcript.
    pub(crate) fn check_secrets(&self) -> Result<(), SecretLeft> {
        search_by_session(&self.0, Exchange::heading, Exchange::items)
    }
}

impl Deref for Exchanges {
    type Target = [Exchange];

    fn deref(&self) -> &[Exchange] {
        &self.0
    }
}

impl IntoIterator for Exchanges {
    type Item = Exchange;
    type IntoIter = std::vec::IntoIter<Exchange>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Exchanges {
    type Item = &'a Exchange;
    type IntoIter = std::slice::Iter<'a, Exchange>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Exchanges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_by_session(f, &self.0, Exchange::heading)
    }
}

/// Prints parts of sessions, each below the header of its own.
pub(super) fn write_by_session<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    parts: &[T],
    heading: impl Fn(&T) -> &Heading,
) -> fmt::Result {
    for (index, of_one) in parts.chunk_by(|one, next| heading(one) == heading(next)).enumerate() {
        let blank_line = if index > 0 { "\n" } else { "" };
        writeln!(f, "{blank_line}{}", heading(&of_one[0]))?;
        of_one.iter().try_for_each(|part| part.fmt(f))?;
    }
    Ok(())
}

/// Searches for secrets what [`write_by_session`] prints.
pub(super) fn search_by_session<'a, T, I: IntoIterator<Item = &'a Item>>(
    parts: &'a [T],
    heading: impl Fn(&T) -> &Heading,
    items: impl Fn(&'a T) -> I,
) -> Result<(), SecretLeft> {
    let by_session = parts.chunk_by(|one, next| heading(one) == heading(next));
    search(
        0,
        by_session.map(|of_one| Part {
            heading: heading(&of_one[0]),
            with_header: true,
            items: of_one.iter().flat_map(&items).collect(),
        }),
    )
}
