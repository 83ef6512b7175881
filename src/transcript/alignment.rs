//! Lays a pattern's parts along a text, or says how far they go.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::hole::Hole;
use super::hole_grammar::Ends;
use super::notation::{Notated, Part};
use super::pattern::Pattern;
use super::text::{Piece, Text};

/// How freely a pattern is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// A hole is matched by the same hole alone.
    Exact,
    /// A hole is matched by literal text of its form, too.
    Lenient,
}

/// Where a text parts from its pattern. Both places count bytes, a hole or wildcard as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Parting {
    pub(crate) in_pattern: usize,
    pub(crate) in_text: usize,
    /// Whether there is a hole at the place on either side.
    pub(crate) at_hole: bool,
}

impl Pattern {
    /// Whether `text` is such a text.
    pub(crate) fn matches(&self, text: &Text, strictness: Strictness) -> bool {
        // Most patterns fail in the first bytes.
        if !text.start().starts_with(self.start()) {
            return false;
        }
        match text.as_literal().and_then(|bytes| self.matches_literal(bytes)) {
            Some(matches) => matches,
            None => self.part_from(text, strictness).is_none(),
        }
    }

    /// Whether `bytes` are such a text; `None` where that depends on a hole.
    fn matches_literal(&self, bytes: &[u8]) -> Option<bool> {
        let mut rest = bytes;
        let mut behind_any = false;
        let mut parts = self.parts().peekable();
        while let Some(part) = parts.next() {
            match part {
                Part::Hole(_) => return None,
                Part::AnyText => behind_any = true,
                Part::Literal(literal) => {
                    let at = match (behind_any, parts.peek()) {
                        (false, _) => rest.starts_with(literal).then_some(0),
                        (true, None) => rest.ends_with(literal).then(|| rest.len() - literal.len()),
                        (true, Some(_)) => memmem::find(rest, literal),
                    };
                    match at {
                        Some(at) => rest = &rest[at + literal.len()..],
                        None if self.parts().any(|part| matches!(part, Part::Hole(_))) => return None,
                        None => return Some(false),
                    }
                    behind_any = false;
                }
            }
        }
        Some(rest.is_empty() || behind_any)
    }

    /// Where `text` is no such text; `None` where it is one.
    pub(crate) fn part_from(&self, text: &Text, strictness: Strictness) -> Option<Parting> {
        align(self, &Row::of(text), strictness).err()
    }
}

/// A text as one row of bytes, in which a hole takes the place of one.
pub(crate) struct Row<'a> {
    bytes: Cow<'a, [u8]>,
    /// Where the holes are, in ascending order.
    holes: Vec<(usize, &'a Hole)>,
}

impl<'a> Row<'a> {
    /// A row without holes.
    pub(crate) fn literal(bytes: &'a [u8]) -> Self {
        Self { bytes: Cow::Borrowed(bytes), holes: Vec::new() }
    }

    fn of(text: &'a Text) -> Self {
        if let Some(bytes) = text.as_literal() {
            return Self::literal(bytes);
        }
        let (mut bytes, mut holes) = (Vec::new(), Vec::new());
        for piece in text.pieces() {
            match piece {
                Piece::Literal(literal) => bytes.extend_from_slice(literal),
                Piece::Hole(hole) => {
                    holes.push((bytes.len(), hole));
                    bytes.push(b'[');
                }
            }
        }
        Self { bytes: Cow::Owned(bytes), holes }
    }

    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn hole_at(&self, at: usize) -> Option<&'a Hole> {
        let index = self.holes.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        Some(self.holes[index].1)
    }

    /// The bytes from there to the next hole.
    fn literal_from(&self, start: usize) -> &[u8] {
        let next = self.holes.partition_point(|(at, _)| *at < start);
        &self.bytes[start..self.holes.get(next).map_or(self.bytes.len(), |(at, _)| *at)]
    }
}

/// Which part of the text each part of the pattern matches. Of several ways, the one in which holes are shortest.
pub(crate) fn align(
    pattern: &impl Notated,
    text: &Row<'_>,
    strictness: Strictness,
) -> Result<Vec<Range<usize>>, Parting> {
    // For each part: where it may end, and where it starts then.
    let mut reached: Vec<BTreeMap<usize, usize>> = Vec::new();
    let mut starts = vec![0];
    let mut in_pattern = 0;
    for part in pattern.parts() {
        let mut ends = BTreeMap::new();
        let progress = part_ends(part, text, &starts, strictness, &mut ends);
        if ends.is_empty() {
            let (matched, in_text) = progress;
            let at_hole = matches!(part, Part::Hole(_)) || text.hole_at(in_text).is_some();
            return Err(Parting { in_pattern: in_pattern + matched, in_text, at_hole });
        }
        in_pattern += match part {
            Part::Literal(bytes) => bytes.len(),
            Part::Hole(_) | Part::AnyText => 1,
        };
        starts = ends.keys().copied().collect();
        reached.push(ends);
    }
    if starts.last() != Some(&text.len()) {
        let in_text = starts.last().copied().unwrap_or(0);
        return Err(Parting { in_pattern, in_text, at_hole: text.hole_at(in_text).is_some() });
    }
    let mut end = text.len();
    let mut spans: Vec<Range<usize>> = Vec::with_capacity(reached.len());
    for ends in reached.iter().rev() {
        let start = ends.get(&end).copied().unwrap_or(end);
        spans.push(start..end);
        end = start;
    }
    spans.reverse();
    Ok(spans)
}

/// Fills `ends` with where `part` may end if it starts at one of `starts`; says how many bytes of it matched at best,
/// and where in the text the match stopped.
fn part_ends(
    part: Part<'_>,
    text: &Row<'_>,
    starts: &[usize],
    strictness: Strictness,
    ends: &mut BTreeMap<usize, usize>,
) -> (usize, usize) {
    let first = starts.first().copied().unwrap_or(0);
    let mut best = (0, first);
    match part {
        Part::AnyText => ends.extend((first..=text.len()).map(|end| (end, first))),
        Part::Literal(literal) => {
            for &start in starts {
                let rest = text.literal_from(start);
                let matched =
                    literal.iter().zip(rest).take_while(|(expected, byte)| expected == byte).count();
                if matched == literal.len() {
                    ends.entry(start + matched).or_insert(start);
                } else if matched > best.0 {
                    best = (matched, start + matched);
                }
            }
        }
        Part::Hole(hole) => {
            // From there to the next hole every end is known already.
            let mut covered = 0;
            for &start in starts {
                if text.hole_at(start) == Some(hole) {
                    ends.entry(start + 1).or_insert(start);
                } else if strictness == Strictness::Lenient && start >= covered {
                    let literal = text.literal_from(start);
                    let lengths = match hole.ends_in(literal) {
                        Ends::At(lengths) => lengths,
                        Ends::From(length) => {
                            covered = start + literal.len();
                            (length..=literal.len()).collect()
                        }
                    };
                    for length in lengths {
                        ends.entry(start + length).or_insert(start);
                    }
                }
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::notation;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn pattern(source: &str) -> Pattern {
        notation::read(source).unwrap().0
    }

    fn parting(source: &str, text: &str) -> Option<(usize, usize, bool)> {
        let parting = pattern(source).part_from(&text.parse().unwrap(), Strictness::Lenient)?;
        Some((parting.in_pattern, parting.in_text, parting.at_hole))
    }

    #[test]
    fn the_place_where_a_text_parts_from_its_pattern_is_the_furthest() {
        for (source, text, place) in [
            ("abc", "abc", None),
            ("abc", "abd", Some((2, 2, false))),
            ("abc", "ab", Some((2, 2, false))),
            ("abc", "abcd", Some((3, 3, false))),
            ("a [..] (bcd)", "a x (b) (bcx)", Some((7, 11, false))),
            ("a [PORT]", "a x", Some((2, 2, true))),
            ("a [PORT]", "a [PASV]", Some((2, 2, true))),
            ("a x", "a [PASV]", Some((2, 2, true))),
            ("a [PORT]b", "a [PORT]c", Some((3, 3, false))),
            ("[..]", "", None),
            ("[..][X-A][..]", " ", Some((1, 0, true))),
        ] {
            assert_eq!(parting(source, text), place, "{source} {text}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_for_patterns_without_holes_is_right(
            pieces in proptest::collection::vec("(a|b|ab|\\[\\.\\.\\])", 0..6),
            text in "[ab]{0,7}",
        ) {
            let pattern = pattern(&pieces.concat());
            let text = Text::literal(text);
            let aligned = pattern.part_from(&text, Strictness::Lenient).is_none();
            prop_assert_eq!(pattern.matches(&text, Strictness::Lenient), aligned);
        }
    }
}
