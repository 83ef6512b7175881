//! The commands of a transcript, without all that was answered.

use std::fmt;

use super::heading::Heading;
use super::secret_left::SecretLeft;
use super::secret_search::search_texts;
use super::text::Text;

/// The texts of commands, in printed order: an iterator that `Display` prints one a line.
#[derive(Debug, Clone)]
pub struct Commands<'a>(std::vec::IntoIter<(&'a Heading, &'a Text)>);

impl<'a> Commands<'a> {
    pub(super) fn new(texts: impl Iterator<Item = (&'a Heading, &'a Text)>) -> Self {
        Self(texts.collect::<Vec<_>>().into_iter())
    }

    /// Searches all that is printed for secrets of the whole transcript.
    pub(crate) fn check_secrets(&self) -> Result<(), SecretLeft> {
        search_texts(self.0.as_slice().iter().copied())
    }
}

impl<'a> Iterator for Commands<'a> {
    type Item = &'a Text;

    fn next(&mut self) -> Option<&'a Text> {
        self.0.next().map(|(_, text)| text)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Commands<'_> {}

impl fmt::Display for Commands<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_slice().iter().try_for_each(|(_, text)| writeln!(f, "{text}"))
    }
}
