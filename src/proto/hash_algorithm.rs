//! The names of hash algorithms (draft-bryan-ftpext-hash-02). How a hash is computed is not known here.

use std::fmt;
use std::str::FromStr;

use super::parameter::ParameterError;

/// What HASH computes, and XSHA256, XSHA1, XMD5 and XCRC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum HashAlgorithm {
    /// `SHA-256`. What HASH starts with.
    #[default]
    Sha256,
    /// `SHA-1`.
    Sha1,
    /// `MD5`.
    Md5,
    /// `CRC32`, the one of zip and Ethernet.
    Crc32,
}

impl HashAlgorithm {
    /// All of them, the strongest first.
    pub const ALL: [Self; 4] = [Self::Sha256, Self::Sha1, Self::Md5, Self::Crc32];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha1 => "SHA-1",
            Self::Md5 => "MD5",
            Self::Crc32 => "CRC32",
        }
    }
}

impl FromStr for HashAlgorithm {
    type Err = ParameterError;

    /// Reads a name in any case.
    fn from_str(text: &str) -> Result<Self, ParameterError> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name().eq_ignore_ascii_case(text))
            .ok_or(ParameterError::Invalid("HASH SHA-256, SHA-1, MD5 or CRC32"))
    }
}

impl fmt::Display for HashAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_and_parse_are_inverses_in_any_case() {
        for algorithm in HashAlgorithm::ALL {
            assert_eq!(algorithm.to_string().parse(), Ok(algorithm));
            assert_eq!(algorithm.to_string().to_lowercase().parse(), Ok(algorithm));
        }
        for text in ["", "SHA", "SHA256", "SHA-512"] {
            assert!(text.parse::<HashAlgorithm>().is_err(), "{text:?}");
        }
    }
}
