//! The parameter of OPTS (RFC 2389): a verb or feature, and its options.

use std::fmt;
use std::str::FromStr;

use super::hash_algorithm::HashAlgorithm;
use super::parameter::ParameterError;
use super::representation::DeflateLevel;

/// Options for one feature.
///
/// ```
/// use ftp_fixture::proto::Options;
///
/// let options: Options = "mlst Type;Size".parse()?;
/// assert_eq!(options, Options::Mlst(vec!["Type".to_owned(), "Size".to_owned()]));
/// assert_eq!(options.to_string(), "MLST Type;Size;");
/// # Ok::<(), ftp_fixture::proto::ParameterError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Options {
    /// `UTF8` or `UTF-8`, and what follows it: `ON`, or nothing.
    Utf8(Option<String>),
    /// `MLST`: the facts to give from now on, named as sent; none for no facts at all (RFC 3659, 7.9).
    Mlst(Vec<String>),
    /// `HASH`: the algorithm to use from now on; `None` asks for the one in use (draft-bryan-ftpext-hash-02).
    Hash(Option<HashAlgorithm>),
    /// `MODE Z LEVEL`: how hard to deflate (draft-preston-ftpext-deflate-04).
    Deflate(DeflateLevel),
    /// Options for something else.
    Other {
        /// What they are for, as sent.
        name: String,
        /// The options; `None` when there are none.
        value: Option<String>,
    },
}

impl FromStr for Options {
    type Err = ParameterError;

    fn from_str(text: &str) -> Result<Self, ParameterError> {
        let (name, value) = text.split_once(' ').unwrap_or((text, ""));
        let some_value = || Some(value.to_owned()).filter(|value| !value.is_empty());
        match name.to_ascii_uppercase().as_str() {
            "UTF8" | "UTF-8" => Ok(Self::Utf8(some_value())),
            "MLST" if value.is_empty() => Ok(Self::Mlst(Vec::new())),
            "MLST" if value.contains(' ') || !value.contains(';') => {
                Err(ParameterError::Invalid("facts as MLST type;size;"))
            }
            "MLST" => {
                Ok(Self::Mlst(value.split(';').filter(|fact| !fact.is_empty()).map(str::to_owned).collect()))
            }
            "HASH" if value.is_empty() => Ok(Self::Hash(None)),
            "HASH" => value.parse().map(|algorithm| Self::Hash(Some(algorithm))),
            "MODE" => match value.to_ascii_uppercase().strip_prefix("Z LEVEL ") {
                Some(level) => level.parse().map(Self::Deflate),
                None => Err(ParameterError::Invalid("MODE Z LEVEL 1 to 9")),
            },
            _ => Ok(Self::Other { name: name.to_owned(), value: some_value() }),
        }
    }
}

impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, value) = match self {
            Self::Mlst(facts) if facts.is_empty() => return f.write_str("MLST"),
            Self::Mlst(facts) => {
                f.write_str("MLST ")?;
                return facts.iter().try_for_each(|fact| write!(f, "{fact};"));
            }
            Self::Deflate(level) => return write!(f, "MODE Z LEVEL {level}"),
            Self::Hash(None) => return f.write_str("HASH"),
            Self::Hash(Some(algorithm)) => return write!(f, "HASH {algorithm}"),
            Self::Utf8(value) => ("UTF8", value),
            Self::Other { name, value } => (name.as_str(), value),
        };
        f.write_str(name)?;
        value.iter().try_for_each(|value| write!(f, " {value}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn utf8_is_known_in_both_spellings() {
        for text in ["UTF8 ON", "utf8 ON", "UTF-8 ON"] {
            assert_eq!(text.parse(), Ok(Options::Utf8(Some("ON".to_owned()))));
        }
        assert_eq!("utf8".parse(), Ok(Options::Utf8(None)));
    }

    #[test]
    fn facts_end_in_semicolons_and_none_is_allowed() {
        for text in ["MLST", "MLST ", "MLST ;"] {
            assert_eq!(text.parse(), Ok(Options::Mlst(Vec::new())), "{text:?}");
        }
        for text in ["MLST type", "MLST type; size;", "MLST  type;"] {
            assert!(text.parse::<Options>().is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_was_parsed_survives_print_and_parse(text in "(?i:(mlst|utf-?8|hash|x|))[ a;]{0,8}|hash (md5|crc32|sha-(1|256))|mode z level [0-9]") {
            if let Ok(options) = text.parse::<Options>() {
                prop_assert_eq!(options.to_string().parse(), Ok(options));
            }
        }
    }
}
