//! The text of a line: literal bytes and holes. How it is written is in `notation`.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use memchr::memmem;

use super::hole::Hole;
use super::line::Ending;
use super::notation::{self, Notated, Part};
use super::parse_error::ParseError;

/// Literal bytes with [`Hole`]s in between; parsed from the notation of a line's text, and printed in it.
///
/// Bytes that are not text are written as escapes, so that none is lost:
///
/// ```
/// use ftp_fixture::transcript::Text;
///
/// let text: Text = r"227 Entering passive mode ([PASV]).".parse()?;
/// assert_eq!(text.pieces().len(), 3);
/// assert_eq!(Text::literal(b"RETR \xFF[PASV] "), *r"RETR \xFF\[PASV]\x20");
/// # Ok::<(), ftp_fixture::transcript::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text(Vec<Piece>);

/// A part of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// Bytes that stand for themselves: at least one.
    Literal(Vec<u8>),
    /// A placeholder.
    Hole(Hole),
}

impl Text {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// A text of these bytes, none of which is notation.
    pub fn literal(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self(if bytes.is_empty() { Vec::new() } else { vec![Piece::Literal(bytes)] })
    }

    /// Appends bytes that stand for themselves.
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        match self.0.last_mut() {
            _ if bytes.is_empty() => {}
            Some(Piece::Literal(last)) => last.extend_from_slice(bytes),
            _ => self.0.push(Piece::Literal(bytes.to_vec())),
        }
    }

    /// Appends a hole.
    pub fn push_hole(&mut self, hole: Hole) {
        self.0.push(Piece::Hole(hole));
    }

    /// Appends another text.
    pub fn append(&mut self, other: Self) {
        for piece in other.0 {
            match piece {
                Piece::Literal(bytes) => self.push_bytes(&bytes),
                Piece::Hole(hole) => self.push_hole(hole),
            }
        }
    }

    /// Its parts in order; no two literals stand side by side.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Its bytes; `None` when there is a hole in it.
    pub fn as_literal(&self) -> Option<&[u8]> {
        match self.0.as_slice() {
            [] => Some(&[]),
            [Piece::Literal(bytes)] => Some(bytes),
            _ => None,
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes before the first hole.
    pub(crate) fn start(&self) -> &[u8] {
        match self.0.first() {
            Some(Piece::Literal(bytes)) => bytes,
            _ => &[],
        }
    }

    /// Puts `to` in the place of each `from`.
    pub(crate) fn swap_hole(&mut self, from: &Hole, to: &Hole) {
        for piece in &mut self.0 {
            if matches!(piece, Piece::Hole(hole) if hole == from) {
                *piece = Piece::Hole(to.clone());
            }
        }
    }

    /// Puts `with` in every place that `find` gives, in their order, of the text with its holes as they are printed;
    /// not where that touches a hole.
    pub(crate) fn replace(&mut self, find: impl FnOnce(&[u8]) -> Vec<Range<usize>>, with: &Piece) {
        let mut places = match self.as_literal() {
            Some(bytes) => find(bytes),
            None => find(&self.with_holes_as_printed()),
        }
        .into_iter()
        .peekable();
        if places.peek().is_none() {
            return;
        }
        let mut start = 0;
        for piece in std::mem::take(&mut self.0) {
            let bytes = match piece {
                Piece::Hole(hole) => {
                    start += hole.to_string().len();
                    self.push_hole(hole);
                    continue;
                }
                Piece::Literal(bytes) => bytes,
            };
            let end = start + bytes.len();
            let mut kept = start;
            while let Some(place) = places.next_if(|place| place.start < end) {
                if place.start < kept || place.end > end || place.is_empty() {
                    continue;
                }
                self.push_bytes(&bytes[kept - start..place.start - start]);
                match with {
                    Piece::Literal(bytes) => self.push_bytes(bytes),
                    Piece::Hole(hole) => self.push_hole(hole.clone()),
                }
                kept = place.end;
            }
            self.push_bytes(&bytes[kept - start..]);
            start = end;
        }
    }

    /// In which of its lines the literal `bytes` begin, counted from 0.
    pub(crate) fn line_of(&self, bytes: &[u8]) -> Option<usize> {
        let mut lines = 0;
        for piece in &self.0 {
            let Piece::Literal(literal) = piece else { continue };
            if let Some(at) = memmem::find(literal, bytes) {
                return Some(lines + memchr::memchr_iter(b'\n', &literal[..at]).count());
            }
            lines += memchr::memchr_iter(b'\n', literal).count();
        }
        None
    }

    fn with_holes_as_printed(&self) -> Vec<u8> {
        self.0.iter().fold(Vec::new(), |mut bytes, piece| {
            match piece {
                Piece::Literal(literal) => bytes.extend_from_slice(literal),
                Piece::Hole(hole) => bytes.extend_from_slice(hole.to_string().as_bytes()),
            }
            bytes
        })
    }

    /// Puts `hole` in the place of the last literal `value` that is no part of a longer number; whether there was one.
    ///
    /// The last, because a port stands behind its address.
    pub(crate) fn punch(&mut self, value: &[u8], hole: &Hole) -> bool {
        let found = self.0.iter().enumerate().rev().find_map(|(index, piece)| match piece {
            Piece::Literal(bytes) => rfind_whole(bytes, value).map(|at| (index, at)),
            Piece::Hole(_) => None,
        });
        let Some((index, at)) = found else { return false };
        let tail = self.0.split_off(index + 1);
        let Some(Piece::Literal(bytes)) = self.0.pop() else { return false };
        self.push_bytes(&bytes[..at]);
        self.push_hole(hole.clone());
        self.push_bytes(&bytes[at + value.len()..]);
        self.0.extend(tail);
        true
    }
}

impl Notated for Text {
    fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.0.iter().map(|piece| match piece {
            Piece::Literal(bytes) => Part::Literal(bytes),
            Piece::Hole(hole) => Part::Hole(hole),
        })
    }

    fn add_literal(&mut self, bytes: &[u8]) {
        self.push_bytes(bytes);
    }

    fn add_reserved(&mut self, form: &str) -> Result<(), Cow<'static, str>> {
        if form == notation::ANY_TEXT {
            return Err(r"recorded text; [..] stands in expectations only, and literally it is \[..]".into());
        }
        self.push_hole(notation::read_hole(form)?);
        Ok(())
    }
}

impl FromStr for Text {
    type Err = ParseError;

    fn from_str(source: &str) -> Result<Self, ParseError> {
        match notation::read(source) {
            Ok((text, Ending::Implied)) => Ok(text),
            Ok(_) => {
                Err(ParseError::new(1, source, source.len() - 2, "text without a mark of how its line ends"))
            }
            Err(misread) => Err(ParseError::new(1, source, misread.offset, misread.expected)),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        notation::write(f, self, Ending::Implied)
    }
}

impl PartialEq<str> for Text {
    /// Whether it is printed as `notation`.
    fn eq(&self, notation: &str) -> bool {
        let printed = self.to_string();
        printed == notation
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, notation: &&str) -> bool {
        *self == **notation
    }
}

fn rfind_whole(bytes: &[u8], value: &[u8]) -> Option<usize> {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    memmem::find_iter(bytes, value)
        .filter(|at| {
            let (before, behind) = (&bytes[..*at], &bytes[at + value.len()..]);
            let cut_in_front = is_digit(value.first()) && is_digit(before.last());
            let cut_behind = is_digit(value.last()) && is_digit(behind.first());
            !cut_in_front && !cut_behind
        })
        .last()
        .filter(|_| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn punched(text: &str, value: &str, hole: Hole) -> String {
        let mut text = Text::literal(text);
        text.punch(value.as_bytes(), &hole);
        text.to_string()
    }

    #[test]
    fn neighbouring_literals_are_one_and_empty_ones_none() {
        let mut text = Text::literal("");
        text.push_bytes(b"");
        assert!(text.is_empty());
        text.push_bytes(b"a");
        text.append(Text::literal("b"));
        assert_eq!(text, Text::literal("ab"));
        assert_eq!(text.as_literal(), Some(&b"ab"[..]));
    }

    #[test]
    fn a_value_gets_its_hole_only_as_a_whole_number_and_at_its_last_place() {
        assert_eq!(punched("(|||40213|)", "40213", Hole::Port), "(|||[PORT]|)");
        assert_eq!(punched("(|||140213|)", "40213", Hole::Port), "(|||140213|)");
        assert_eq!(punched("(1,2,3,4,1,2)", "1,2", Hole::PasvPort), "(1,2,3,4,[P1,P2])");
        assert_eq!(punched("(1,2,3,4,1,20)", "1,2", Hole::PasvPort), "([P1,P2],3,4,1,20)");
        assert_eq!(punched("any", "", Hole::Port), "any");
    }

    #[test]
    fn a_text_compares_with_its_notation() {
        assert_eq!(Text::literal("a\tb"), r"a\tb");
        assert_eq!(r"a\c".parse::<Text>().unwrap_err().column(), 2);
    }
}
