//! What went over a data connection, and the `D> ` and `D< ` lines it is printed in.

use std::fmt;

use memchr::memchr;

use super::line::Ending;
use super::notation::{self, Misread};
use super::payload_digest::PayloadDigest;
use super::text::{Piece, Text};

/// Which way data went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Direction {
    /// From the server: RETR, LIST, NLST, MLSD.
    ToClient,
    /// From the client: STOR, APPE, STOU.
    ToServer,
}

/// Data that went over a data connection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Data {
    /// Which way.
    pub direction: Direction,
    /// What.
    pub payload: Payload,
}

/// What is known of the bytes of a transfer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Payload {
    /// All of them, line ends included.
    Inline(Text),
    /// Their digest and number, and themselves where they were kept.
    Digest(PayloadDigest),
    /// Their number of bytes alone.
    Length(u64),
}

impl Payload {
    /// Whether there was not one byte.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Inline(text) => text.is_empty(),
            Self::Digest(digest) => digest.length() == 0,
            Self::Length(length) => *length == 0,
        }
    }

    /// How many bytes they are; `None` where a hole stands for some of them.
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::Inline(text) => text.as_literal().map(|bytes| bytes.len() as u64),
            Self::Digest(digest) => Some(digest.length()),
            Self::Length(length) => Some(*length),
        }
    }

    /// The bytes themselves: shown without a hole in them, or kept beside their digest.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Inline(text) => text.as_literal(),
            Self::Digest(digest) => digest.bytes(),
            Self::Length(_) => None,
        }
    }

    /// The bytes that are printed themselves.
    pub(crate) fn inline(&self) -> Option<&Text> {
        match self {
            Self::Inline(text) => Some(text),
            _ => None,
        }
    }

    /// How many lines it is printed in.
    pub(crate) fn line_count(&self) -> usize {
        // How lines end makes no difference to their number.
        self.inline().map_or(1, |text| split_lines(text, LineEnd::Lf).len())
    }
}

/// How `D` lines end where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnd {
    Lf,
    CrLf,
}

impl Direction {
    /// What its lines start with.
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Self::ToClient => "D>",
            Self::ToServer => "D<",
        }
    }
}

impl Data {
    /// Data that went that way.
    pub fn new(direction: Direction, payload: Payload) -> Self {
        Self { direction, payload }
    }

    /// Writes its lines.
    pub(crate) fn write(&self, f: &mut fmt::Formatter<'_>, line_end: LineEnd) -> fmt::Result {
        let mark = self.direction.mark();
        match &self.payload {
            Payload::Inline(text) => {
                for (line, ending) in split_lines(text, line_end) {
                    notation::write_marked(f, mark, &line, ending)?;
                    f.write_str("\n")?;
                }
                Ok(())
            }
            Payload::Digest(digest) => writeln!(f, r"{mark} \@ {digest}"),
            Payload::Length(length) => writeln!(f, r"{mark} \@ {length}"),
        }
    }

    /// The lines of inline data, as they are printed behind their marks.
    #[cfg(feature = "serde")]
    pub(crate) fn lines(&self, line_end: LineEnd) -> Vec<String> {
        let Payload::Inline(text) = &self.payload else { return Vec::new() };
        let write = |(line, ending): (Text, Ending)| {
            let mut written = String::new();
            // Writing to a string cannot fail.
            let _ = notation::write(&mut written, &line, ending);
            written
        };
        split_lines(text, line_end).into_iter().map(write).collect()
    }

    /// The data of one line, which ended as said.
    pub(crate) fn of_line(direction: Direction, mut text: Text, ending: Ending, line_end: LineEnd) -> Self {
        text.push_bytes(match (ending, line_end) {
            (Ending::Implied, LineEnd::CrLf) => b"\r\n",
            (Ending::Implied, LineEnd::Lf) | (Ending::BareLf, _) => b"\n",
            (Ending::Unterminated, _) => b"",
        });
        Self { direction, payload: Payload::Inline(text) }
    }
}

/// Reads a summary, what stands behind the mark of a line that shows no text; `None` where the line shows text.
pub(crate) fn read_data_summary(source: &str) -> Option<Result<Payload, Misread>> {
    let summary = source.strip_prefix(r"\@")?;
    Some(read_summary(summary).ok_or(Misread {
        offset: 2,
        expected: "sha256: and 64 hexadecimal digits, then the length in bytes; or the length alone".into(),
    }))
}

/// The lines of inline data, and how each ends.
pub(crate) fn split_lines(text: &Text, line_end: LineEnd) -> Vec<(Text, Ending)> {
    let mut lines = Vec::new();
    let mut line = Text::new();
    for piece in text.pieces() {
        let mut rest = match piece {
            Piece::Literal(bytes) => bytes.as_slice(),
            Piece::Hole(hole) => {
                line.push_hole(hole.clone());
                continue;
            }
        };
        while let Some(at) = memchr(b'\n', rest) {
            let (content, ending) = match (line_end, rest[..at].strip_suffix(b"\r")) {
                (LineEnd::Lf, _) => (&rest[..at], Ending::Implied),
                (LineEnd::CrLf, Some(content)) => (content, Ending::Implied),
                (LineEnd::CrLf, None) => (&rest[..at], Ending::BareLf),
            };
            line.push_bytes(content);
            lines.push((std::mem::take(&mut line), ending));
            rest = &rest[at + 1..];
        }
        line.push_bytes(rest);
    }
    if !line.is_empty() {
        lines.push((line, Ending::Unterminated));
    }
    lines
}

fn read_summary(summary: &str) -> Option<Payload> {
    let summary = summary.strip_prefix(' ')?.trim();
    match summary.parse::<PayloadDigest>() {
        Ok(digest) => Some(Payload::Digest(digest)),
        Err(_) => summary.parse().ok().map(Payload::Length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Printed<'a>(&'a [u8], LineEnd);

    impl fmt::Display for Printed<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let payload = Payload::Inline(Text::literal(self.0));
            Data { direction: Direction::ToClient, payload }.write(f, self.1)
        }
    }

    #[test]
    fn a_line_that_does_not_end_as_implied_says_so() {
        for (bytes, line_end, printed) in [
            (&b"a\nb"[..], LineEnd::Lf, "D> a\nD> b\\c\n"),
            (b"a\r\nb\n", LineEnd::Lf, "D> a\\r\nD> b\n"),
            (b"a\r\nb\n", LineEnd::CrLf, "D> a\nD> b\\n\n"),
            (b"\r\n\n", LineEnd::CrLf, "D>\nD> \\n\n"),
            (b"\n \n", LineEnd::Lf, "D>\nD> \\x20\n"),
            (b"\\@ 5\n", LineEnd::Lf, "D> \\\\@ 5\n"),
            (b"", LineEnd::Lf, ""),
        ] {
            assert_eq!(Printed(bytes, line_end).to_string(), printed);
        }
    }

    #[test]
    fn a_summary_is_a_digest_and_a_length_or_a_length() {
        let hex = "ab".repeat(32);
        let digest = Payload::Digest(PayloadDigest::new([0xAB; 32], 7));
        assert_eq!(read_summary(&format!(" sha256:{hex} 7")), Some(digest));
        assert_eq!(read_summary(" 7"), Some(Payload::Length(7)));
        for wrong in ["", " ", "7", " 7 8", " sha256:ab 7", &format!(" sha256:{hex}"), &format!(" {hex} 7")] {
            assert_eq!(read_summary(wrong), None, "{wrong}");
        }
    }
}
