//! A file's mode as SITE CHMOD, SITE UMASK and MFF write it: its permission bits in octal.

use std::fmt;
use std::str::FromStr;

use super::parameter::ParameterError;

/// The twelve permission bits of a file.
///
/// ```
/// use ftp_fixture::proto::FileMode;
///
/// let mode: FileMode = "0640".parse()?;
/// assert_eq!((mode.bits(), mode.to_string().as_str()), (0o640, "640"));
/// # Ok::<(), ftp_fixture::proto::ParameterError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileMode(u16);

impl FileMode {
    /// The mode with the lower twelve of `bits`.
    pub(crate) fn from_bits(bits: u32) -> Self {
        Self((bits & 0o7777) as u16)
    }

    /// The twelve bits, such as `0o644`.
    pub fn bits(self) -> u32 {
        self.0.into()
    }
}

impl FromStr for FileMode {
    type Err = ParameterError;

    /// Reads three or four octal digits, as pyftpdlib does.
    fn from_str(text: &str) -> Result<Self, ParameterError> {
        let octal = matches!(text.len(), 3 | 4) && text.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
        octal
            .then(|| u16::from_str_radix(text, 8).ok())
            .flatten()
            .map(Self)
            .ok_or(ParameterError::Invalid("a mode of three or four octal digits"))
    }
}

impl fmt::Display for FileMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03o}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_three_or_four_octal_digits() {
        assert_eq!("0644".parse(), "644".parse::<FileMode>());
        assert_eq!("7777".parse(), Ok(FileMode(0o7777)));
        for text in ["", "44", "00644", "648", "+64", "0o644", "u+x"] {
            assert!(text.parse::<FileMode>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn print_and_parse_are_inverses() {
        for bits in 0..=0o7777 {
            assert_eq!(FileMode(bits).to_string().parse(), Ok(FileMode(bits)));
        }
    }
}
