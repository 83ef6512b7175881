//! The label of a session.

use std::fmt;

use super::notation::is_hidden;

/// A name that a test gives a session, printed behind its number: `== session 2 uploader`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label(String);

/// A text that can be no label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelError(());

impl Label {
    /// The label `text`.
    ///
    /// # Errors
    /// When `text` is empty, starts or ends with a blank, or has a character in it that does not show.
    pub fn new(text: &str) -> Result<Self, LabelError> {
        if text.is_empty() || text.trim() != text || text.chars().any(is_hidden) {
            return Err(LabelError(()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a label is one line of visible text without blanks around it")
    }
}

impl std::error::Error for LabelError {}
