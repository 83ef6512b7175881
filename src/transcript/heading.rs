//! The header of a session, `== session 2 uploader`, and what every part of the session takes along with it.

use std::fmt;

use super::label::Label;
use super::secrets::SharedSecrets;

/// Which session it is. Two are equal when they are printed alike.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    /// Counted from 1 in the order of printing.
    pub(crate) number: usize,
    pub(crate) label: Option<Label>,
    /// Counted from 1 in the order of accepting, where that is known.
    pub(crate) accepted: Option<usize>,
    /// What must not be shown of it.
    pub(crate) secrets: SharedSecrets,
}

impl Heading {
    /// That of a session which belongs to no transcript.
    pub(crate) fn new(label: Option<Label>) -> Self {
        Self { number: 1, label, accepted: None, secrets: SharedSecrets::default() }
    }

    /// Which connection of the server it was, counted from 1; as it is printed where nothing else is known.
    pub(crate) fn connection(&self) -> usize {
        self.accepted.unwrap_or(self.number)
    }
}

impl PartialEq for Heading {
    fn eq(&self, other: &Self) -> bool {
        (self.number, &self.label) == (other.number, &other.label)
    }
}

impl Eq for Heading {}

impl fmt::Display for Heading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_header(f, self.number, self.label.as_ref())
    }
}

/// Writes a header, without the end of its line.
pub(crate) fn write_header(f: &mut fmt::Formatter<'_>, number: usize, label: Option<&Label>) -> fmt::Result {
    write!(f, "== session {number}")?;
    label.map_or(Ok(()), |label| write!(f, " {label}"))
}
