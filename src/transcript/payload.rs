//! What went over a data connection, and the `D> ` and `D< ` lines it is printed in.

use std::fmt;

use memchr::memchr;

use super::line::Ending;
use super::notation::{self, Misread};
use super::text::{Piece, Text};

/// Which way data went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the server: RETR, LIST, NLST, MLSD.
    ToClient,
    /// From the client: STOR, APPE, STOU.
    ToServer,
}

/// Data that went over a data connection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// Their digest and number.
    Digest {
        /// SHA-256 of them all.
        sha256: [u8; 32],
        /// How many bytes they are.
        length: u64,
    },
    /// Their number of bytes alone.
    Length(u64),
}

impl Payload {
    /// Whether there was not one byte.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Inline(text) => text.is_empty(),
            Self::Digest { length, .. } | Self::Length(length) => *length == 0,
        }
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
    /// Writes its lines.
    pub(crate) fn write(&self, f: &mut fmt::Formatter<'_>, line_end: LineEnd) -> fmt::Result {
        let mark = self.direction.mark();
        match &self.payload {
            Payload::Inline(text) => {
                for (line, ending) in split_lines(text, line_end) {
                    f.write_str(mark)?;
                    if !(line.is_empty() && ending == Ending::Implied) {
                        f.write_str(" ")?;
                    }
                    notation::write(f, &line, ending)?;
                    f.write_str("\n")?;
                }
                Ok(())
            }
            Payload::Digest { sha256, length } => {
                write!(f, r"{mark} \@ sha256:")?;
                sha256.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
                writeln!(f, " {length}")
            }
            Payload::Length(length) => writeln!(f, r"{mark} \@ {length}"),
        }
    }

    /// Reads what stands behind the mark of one line.
    pub(crate) fn read(direction: Direction, source: &str, line_end: LineEnd) -> Result<Self, Misread> {
        let payload = match source.strip_prefix(r"\@") {
            Some(summary) => read_summary(summary).ok_or(Misread {
                offset: 2,
                expected: "sha256: and 64 hexadecimal digits, then the length in bytes; or the length alone"
                    .into(),
            })?,
            None => {
                let (mut text, ending) = notation::read(source)?;
                text.push_bytes(match (ending, line_end) {
                    (Ending::Implied, LineEnd::CrLf) => b"\r\n",
                    (Ending::Implied, LineEnd::Lf) | (Ending::BareLf, _) => b"\n",
                    (Ending::Unterminated, _) => b"",
                });
                Payload::Inline(text)
            }
        };
        Ok(Self { direction, payload })
    }
}

fn split_lines(text: &Text, line_end: LineEnd) -> Vec<(Text, Ending)> {
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
    let mut words = summary.strip_prefix(' ')?.split_whitespace();
    let (first, second) = (words.next()?, words.next());
    let payload = match (first.strip_prefix("sha256:"), second) {
        (Some(hex), Some(length)) => {
            Payload::Digest { sha256: read_digest(hex)?, length: length.parse().ok()? }
        }
        (None, None) => Payload::Length(first.parse().ok()?),
        _ => return None,
    };
    words.next().is_none().then_some(payload)
}

fn read_digest(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut digest = [0; 32];
    for (index, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(digest)
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
        let digest = Payload::Digest { sha256: [0xAB; 32], length: 7 };
        assert_eq!(read_summary(&format!(" sha256:{hex} 7")), Some(digest));
        assert_eq!(read_summary(" 7"), Some(Payload::Length(7)));
        for wrong in ["", " ", "7", " 7 8", " sha256:ab 7", &format!(" sha256:{hex}"), &format!(" {hex} 7")] {
            assert_eq!(read_summary(wrong), None, "{wrong}");
        }
    }
}
