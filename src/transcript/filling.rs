//! Puts values into a text's holes, and takes them out of a line again.

use std::fmt;

use super::alignment::{Row, Strictness, align};
use super::hole::Hole;
use super::text::{Piece, Text};

/// A hole for which there was no value, or none of its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfilledHole {
    hole: Hole,
    given: bool,
}

impl UnfilledHole {
    /// The hole.
    pub fn hole(&self) -> &Hole {
        &self.hole
    }
}

impl Text {
    /// The bytes of this text with values in place of its holes.
    ///
    /// ```
    /// use ftp_fixture::transcript::{Hole, Text};
    ///
    /// let text: Text = "229 Extended passive mode (|||[PORT]|).".parse()?;
    /// let line = text.fill(|hole| (*hole == Hole::Port).then(|| b"40213".to_vec())).unwrap();
    /// assert_eq!(line, b"229 Extended passive mode (|||40213|).");
    /// assert_eq!(text.capture(&line), Some(vec![(Hole::Port, b"40213".to_vec())]));
    /// # Ok::<(), ftp_fixture::transcript::ParseError>(())
    /// ```
    ///
    /// # Errors
    /// When `value` is `None` for a hole, or is no value of the hole's form; the first such hole.
    pub fn fill(&self, mut value: impl FnMut(&Hole) -> Option<Vec<u8>>) -> Result<Vec<u8>, UnfilledHole> {
        let mut line = Vec::new();
        for piece in self.pieces() {
            match piece {
                Piece::Literal(bytes) => line.extend_from_slice(bytes),
                Piece::Hole(hole) => match value(hole) {
                    Some(value) if hole.stands_for(&value) => line.extend(value),
                    value => return Err(UnfilledHole { hole: hole.clone(), given: value.is_some() }),
                },
            }
        }
        Ok(line)
    }

    /// What stands in `line` in place of this text's holes, in order; `None` when `line` is not this text, filled.
    ///
    /// Where a line can be divided in several ways, the first holes get as little as they can.
    pub fn capture(&self, line: &[u8]) -> Option<Vec<(Hole, Vec<u8>)>> {
        let spans = align(self, &Row::literal(line), Strictness::Lenient).ok()?;
        Some(
            self.pieces()
                .iter()
                .zip(spans)
                .filter_map(|(piece, span)| match piece {
                    Piece::Literal(_) => None,
                    Piece::Hole(hole) => Some((hole.clone(), line[span].to_vec())),
                })
                .collect(),
        )
    }
}

impl fmt::Display for UnfilledHole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.given {
            true => write!(f, "the value given for {} is not of its form", self.hole),
            false => write!(f, "no value was given for {}", self.hole),
        }
    }
}

impl std::error::Error for UnfilledHole {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{Just, Strategy, prop, prop_assert_eq, prop_oneof, proptest};

    fn text(source: &str) -> Text {
        source.parse().unwrap()
    }

    #[test]
    fn a_hole_without_a_value_of_its_form_is_named() {
        let error = |value: Option<&[u8]>| {
            text("a [PORT] [X-B]").fill(|_| value.map(<[u8]>::to_vec)).unwrap_err().to_string()
        };
        assert_eq!(error(None), "no value was given for [PORT]");
        assert_eq!(error(Some(b"x")), "the value given for [PORT] is not of its form");
        assert_eq!(error(Some(b"")), "the value given for [PORT] is not of its form");
    }

    #[test]
    fn another_line_is_not_captured() {
        for line in [&b"229 (|||a|)"[..], b"229 (|||1|) ", b"229 (|||1|", b""] {
            assert_eq!(text("229 (|||[PORT]|)").capture(line), None);
        }
        assert_eq!(text("PWD").capture(b"PWD"), Some(vec![]));
    }

    #[test]
    fn of_several_ways_the_first_holes_get_the_least() {
        let values = text("[X-A][X-B] [X-C]").capture(b"12 3 4").unwrap();
        let values: Vec<&[u8]> = values.iter().map(|(_, value)| value.as_slice()).collect();
        assert_eq!(values, [&b"1"[..], b"2", b"3 4"]);
    }

    /// A hole and a value of it without a semicolon.
    fn filled() -> impl Strategy<Value = (Hole, Vec<u8>)> {
        let byte = || proptest::prelude::any::<u8>();
        prop_oneof![
            (byte(), byte()).prop_map(|(a, b)| (Hole::PasvPort, format!("{a},{b}").into_bytes())),
            proptest::array::uniform6(byte()).prop_map(|numbers| (
                Hole::Pasv,
                numbers.map(|number| number.to_string()).join(",").into_bytes()
            )),
            proptest::prelude::any::<u16>().prop_map(|port| (Hole::Port, port.to_string().into_bytes())),
            Just((Hole::Addr, b"|2|::1|40213|".to_vec())),
            "[0-9]{14}(\\.[0-9]{1,6})?".prop_map(|time| (Hole::Mtime, time.into_bytes())),
            prop::collection::vec(byte().prop_filter("no separator", |byte| *byte != b';'), 1..9)
                .prop_map(|secret| (Hole::Password, secret)),
            " ?[a-z]{1,3}".prop_map(|value| ("[X-ID]".parse().unwrap(), value.into_bytes())),
        ]
    }

    proptest! {
        #[test]
        fn what_was_filled_in_is_captured(values in prop::collection::vec((filled(), "[a-z ]{0,3};"), 0..5)) {
            let mut text = Text::literal("start;");
            for ((hole, _), literal) in &values {
                text.push_hole(hole.clone());
                text.push_bytes(literal.as_bytes());
            }
            let values: Vec<(Hole, Vec<u8>)> = values.into_iter().map(|(value, _)| value).collect();
            let mut next = values.iter();
            let line = text.fill(|_| next.next().map(|(_, value)| value.clone())).unwrap();
            prop_assert_eq!(text.capture(&line), Some(values));
        }
    }
}
