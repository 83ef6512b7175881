//! How data is represented in a transfer: the parameters of TYPE, MODE and STRU (RFC 959, 3.1 and 3.4).
//!
//! Of each, only what RFC 959 asks of every server, image type, and mode Z are implemented.

use std::fmt;
use std::str::FromStr;

use super::parameter::ParameterError;

/// The representation type that TYPE sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RepresentationType {
    /// `A`, non-print: text, whose lines end in CRLF on the way. What a session starts with.
    #[default]
    Ascii,
    /// `I`: the bytes as they are.
    Image,
}

impl FromStr for RepresentationType {
    type Err = ParameterError;

    /// Reads the type in any case, blanks or not: `A`, `A N` and `L 7` are ASCII, `I` and `L 8` image.
    fn from_str(text: &str) -> Result<Self, ParameterError> {
        match text.replace(' ', "").to_ascii_uppercase().as_str() {
            "A" | "AN" | "L7" => Ok(Self::Ascii),
            "I" | "L8" => Ok(Self::Image),
            _ => Err(ParameterError::NotImplemented("A or I")),
        }
    }
}

impl fmt::Display for RepresentationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ascii => "A",
            Self::Image => "I",
        })
    }
}

/// The transfer mode that MODE sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TransferMode {
    /// `S`: a stream of bytes, ended by the end of the data connection.
    #[default]
    Stream,
    /// `Z`: a stream of deflated bytes (draft-preston-ftpext-deflate-04).
    Deflate,
}

/// How hard to deflate in mode `Z`: from 1, the fastest, to 9, the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeflateLevel(u8);

impl DeflateLevel {
    /// Its number.
    pub fn number(self) -> u32 {
        self.0.into()
    }
}

impl Default for DeflateLevel {
    /// 6, as in zlib.
    fn default() -> Self {
        Self(6)
    }
}

impl FromStr for DeflateLevel {
    type Err = ParameterError;

    fn from_str(text: &str) -> Result<Self, ParameterError> {
        match text.as_bytes() {
            [digit @ b'1'..=b'9'] => Ok(Self(digit - b'0')),
            _ => Err(ParameterError::Invalid("MODE Z LEVEL 1 to 9")),
        }
    }
}

impl fmt::Display for DeflateLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for TransferMode {
    type Err = ParameterError;

    fn from_str(text: &str) -> Result<Self, ParameterError> {
        match text.to_ascii_uppercase().as_str() {
            "S" => Ok(Self::Stream),
            "Z" => Ok(Self::Deflate),
            "B" | "C" => Err(ParameterError::NotImplemented("S")),
            _ => Err(ParameterError::Invalid("S")),
        }
    }
}

impl fmt::Display for TransferMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stream => f.write_str("S"),
            Self::Deflate => f.write_str("Z"),
        }
    }
}

/// The file structure that STRU sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FileStructure {
    /// `F`: a file has no inner structure.
    #[default]
    File,
}

impl FromStr for FileStructure {
    type Err = ParameterError;

    fn from_str(text: &str) -> Result<Self, ParameterError> {
        match text.to_ascii_uppercase().as_str() {
            "F" => Ok(Self::File),
            "P" | "R" => Err(ParameterError::NotImplemented("F")),
            _ => Err(ParameterError::Invalid("F")),
        }
    }
}

impl fmt::Display for FileStructure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("F"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_that_clients_send_are_read_in_any_case() {
        for text in ["A", "a", "A N", "a n", "AN", "L7", "L 7", "l 7"] {
            assert_eq!(text.parse(), Ok(RepresentationType::Ascii), "{text:?}");
        }
        for text in ["I", "i", "L8", "L 8", "l8"] {
            assert_eq!(text.parse(), Ok(RepresentationType::Image), "{text:?}");
        }
    }

    #[test]
    fn what_is_known_but_not_offered_is_not_implemented() {
        for text in ["E", "A T", "A C", "L", "L 16", "X", ""] {
            assert_eq!(
                text.parse::<RepresentationType>(),
                Err(ParameterError::NotImplemented("A or I")),
                "{text:?}"
            );
        }
        for text in ["B", "c"] {
            assert_eq!(text.parse::<TransferMode>(), Err(ParameterError::NotImplemented("S")), "{text:?}");
        }
        for text in ["P", "r"] {
            assert_eq!(text.parse::<FileStructure>(), Err(ParameterError::NotImplemented("F")), "{text:?}");
        }
    }

    #[test]
    fn any_other_mode_or_structure_is_invalid() {
        for text in ["", "S ", "X", "SS"] {
            assert_eq!(text.parse::<TransferMode>(), Err(ParameterError::Invalid("S")), "{text:?}");
            assert_eq!(text.parse::<FileStructure>(), Err(ParameterError::Invalid("F")), "{text:?}");
        }
    }

    #[test]
    fn print_and_parse_are_inverses() {
        for kind in [RepresentationType::Ascii, RepresentationType::Image] {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        for mode in [TransferMode::Stream, TransferMode::Deflate] {
            assert_eq!(mode.to_string().parse(), Ok(mode));
        }
        for level in ('1'..='9').map(String::from) {
            assert_eq!(level.parse::<DeflateLevel>().unwrap().to_string(), level);
        }
        for text in ["", "0", "10", "+1"] {
            assert!(text.parse::<DeflateLevel>().is_err(), "{text:?}");
        }
        assert_eq!(FileStructure::File.to_string().parse(), Ok(FileStructure::File));
    }
}
