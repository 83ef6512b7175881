//! The text of an expectation's line: literal bytes, holes and wildcards. What it matches is in `alignment`.

use std::borrow::Cow;

use super::hole::Hole;
use super::notation::{self, Notated, Part};
use super::text::Text;

/// What the text of a line has to look like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pattern(Vec<PatternPiece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum PatternPiece {
    /// At least one byte.
    Literal(Vec<u8>),
    Hole(Hole),
    /// `[..]`.
    AnyText,
}

impl Pattern {
    /// Whether anything may stand at its end.
    pub(crate) fn is_open(&self) -> bool {
        self.0.last() == Some(&PatternPiece::AnyText)
    }

    /// The literal at its start.
    pub(crate) fn start(&self) -> &[u8] {
        match self.0.first() {
            Some(PatternPiece::Literal(bytes)) => bytes,
            _ => &[],
        }
    }
}

impl Notated for Pattern {
    fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.0.iter().map(|piece| match piece {
            PatternPiece::Literal(bytes) => Part::Literal(bytes),
            PatternPiece::Hole(hole) => Part::Hole(hole),
            PatternPiece::AnyText => Part::AnyText,
        })
    }

    fn add_literal(&mut self, bytes: &[u8]) {
        match self.0.last_mut() {
            _ if bytes.is_empty() => {}
            Some(PatternPiece::Literal(last)) => last.extend_from_slice(bytes),
            _ => self.0.push(PatternPiece::Literal(bytes.to_vec())),
        }
    }

    fn add_reserved(&mut self, form: &str) -> Result<(), Cow<'static, str>> {
        self.0.push(match form {
            notation::ANY_TEXT => PatternPiece::AnyText,
            _ => PatternPiece::Hole(notation::read_hole(form)?),
        });
        Ok(())
    }
}

impl From<&Text> for Pattern {
    fn from(text: &Text) -> Self {
        Self(
            text.parts()
                .map(|part| match part {
                    Part::Literal(bytes) => PatternPiece::Literal(bytes.to_vec()),
                    Part::Hole(hole) => PatternPiece::Hole(hole.clone()),
                    Part::AnyText => PatternPiece::AnyText,
                })
                .collect(),
        )
    }
}
