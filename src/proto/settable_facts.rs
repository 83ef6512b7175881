//! The facts that MFF sets (draft-somers-ftp-mfxx-04, 5): `modify` and `unix.mode`.

use std::fmt;
use std::str::FromStr;

use super::file_mode::FileMode;
use super::parameter::ParameterError;
use super::timeval::Timeval;

const FORM: ParameterError = ParameterError::Invalid("modify=YYYYMMDDHHMMSS; or unix.mode=0644;");

/// What is to be said of a file; at least one of the two in facts that were parsed.
///
/// ```
/// use ftp_fixture::proto::SettableFacts;
///
/// let facts: SettableFacts = "unix.mode=0640;".parse()?;
/// assert_eq!(facts.modified, None);
/// assert_eq!(facts.to_string(), "UNIX.mode=0640;");
/// # Ok::<(), ftp_fixture::proto::ParameterError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SettableFacts {
    /// When it last changed.
    pub modified: Option<Timeval>,
    /// Its mode.
    pub mode: Option<FileMode>,
}

impl FromStr for SettableFacts {
    type Err = ParameterError;

    /// Reads facts as MLST writes them, names in any case; the last semicolon may be missing.
    fn from_str(text: &str) -> Result<Self, ParameterError> {
        let mut facts = Self::default();
        for fact in text.strip_suffix(';').unwrap_or(text).split(';') {
            let (name, value) = fact.split_once('=').ok_or(FORM)?;
            match name.to_ascii_lowercase().as_str() {
                "modify" => facts.modified = Some(value.parse().map_err(|_| FORM)?),
                "unix.mode" => facts.mode = Some(value.parse().map_err(|_| FORM)?),
                _ => return Err(ParameterError::NotImplemented("modify and unix.mode")),
            }
        }
        Ok(facts)
    }
}

impl fmt::Display for SettableFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.modified.iter().try_for_each(|time| write!(f, "Modify={time};"))?;
        self.mode.iter().try_for_each(|mode| write!(f, "UNIX.mode={:04o};", mode.bits()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_and_parse_are_inverses() {
        for text in ["Modify=20010203040506;", "UNIX.mode=0644;", "Modify=20010203040506;UNIX.mode=1777;"] {
            assert_eq!(text.parse::<SettableFacts>().unwrap().to_string(), text);
        }
        assert_eq!("modify=20010203040506".parse(), "Modify=20010203040506;".parse::<SettableFacts>());
    }

    #[test]
    fn other_facts_and_other_values_are_told_apart() {
        for text in ["create=20010203040506;", "size=1;", "modify=20010203040506;type=dir;"] {
            assert!(
                matches!(text.parse::<SettableFacts>(), Err(ParameterError::NotImplemented(_))),
                "{text}"
            );
        }
        for text in ["", ";", "modify", "modify=;", "modify=yesterday;", "unix.mode=9;", "=;;"] {
            assert!(text.parse::<SettableFacts>().is_err(), "{text}");
        }
    }
}
