//! Several exchanges of a transcript, and how they are printed.

use std::fmt;
use std::ops::Deref;

use super::exchange::Exchange;

/// Exchanges in printed order; a slice of them, such as `exchanges[0]`, `exchanges.len()`.
///
/// `Display` prints each as the transcript does, below the header of its session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchanges(pub(super) Vec<Exchange>);

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
        write_by_session(f, &self.0, Exchange::session)
    }
}

/// Prints parts of sessions, each below the header of its own.
pub(super) fn write_by_session<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    parts: &[T],
    session: impl Fn(&T) -> usize,
) -> fmt::Result {
    for (index, of_one) in parts.chunk_by(|one, next| session(one) == session(next)).enumerate() {
        let blank_line = if index > 0 { "\n" } else { "" };
        writeln!(f, "{blank_line}== session {}", session(&of_one[0]))?;
        of_one.iter().try_for_each(|part| part.fmt(f))?;
    }
    Ok(())
}
