//! Why a text is no transcript.

use std::borrow::Cow;
use std::fmt;

/// Where a text is no transcript, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    line: usize,
    column: usize,
    expected: Cow<'static, str>,
}

impl ParseError {
    /// An error at byte `offset` of the text of line `line`.
    pub(crate) fn new(
        line: usize,
        text: &str,
        offset: usize,
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        let column = text.char_indices().take_while(|(index, _)| *index < offset).count() + 1;
        Self { line, column, expected: expected.into() }
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The character in the line, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// What should have stood there.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: expected {}", self.line, self.column, self.expected)
    }
}

impl std::error::Error for ParseError {}
