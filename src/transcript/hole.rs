//! The typed placeholders of a transcript. Where they are put is decided in `command_holes` and `shaping`.

use std::fmt;
use std::str::FromStr;

/// A placeholder for a value that differs from run to run, or that must not be shown.
///
/// ```
/// use ftp_fixture::transcript::Hole;
///
/// assert_eq!("[PORT]".parse(), Ok(Hole::Port));
/// assert_eq!(Hole::PasvPort.to_string(), "[P1,P2]");
/// assert!("[X-VERSION]".parse::<Hole>().is_ok());
/// assert!("[VERSION]".parse::<Hole>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hole {
    /// `[PASV]`: the six numbers of a 227 reply (RFC 959), where the address is the server's own.
    Pasv,
    /// `[P1,P2]`: the two numbers of a port, where the address before them stays literal.
    PasvPort,
    /// `[PORT]`: a decimal port, as in a 229 reply (RFC 2428).
    Port,
    /// `[ADDR]`: the whole parameter of PORT or EPRT, where the address is the client's own.
    Addr,
    /// `[PASSWORD]`: the parameter of a PASS that was not refused.
    Password,
    /// `[WRONG-PASSWORD]`: the parameter of a PASS answered by 530.
    WrongPassword,
    /// `[ACCT]`: the parameter of ACCT.
    Acct,
    /// `[ADAT]`: the parameter of ADAT, authentication data (RFC 2228).
    Adat,
    /// `[MTIME]`: a file's modification time.
    Mtime,
    /// `[ROOT]`: the fixture's root on the host.
    Root,
    /// `[X-…]`: one of the user's own.
    User(UserHole),
}

/// The name of a user's own hole: `X-`, then capital letters, digits and hyphens, at least one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserHole(String);

/// A text that is no hole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoleError {
    text: String,
}

impl Hole {
    /// The holes with a name of their own, all but [`User`](Self::User).
    const NAMED: [Self; 10] = [
        Self::Pasv,
        Self::PasvPort,
        Self::Port,
        Self::Addr,
        Self::Password,
        Self::WrongPassword,
        Self::Acct,
        Self::Adat,
        Self::Mtime,
        Self::Root,
    ];

    /// Its name, without the brackets.
    pub fn name(&self) -> &str {
        match self {
            Self::Pasv => "PASV",
            Self::PasvPort => "P1,P2",
            Self::Port => "PORT",
            Self::Addr => "ADDR",
            Self::Password => "PASSWORD",
            Self::WrongPassword => "WRONG-PASSWORD",
            Self::Acct => "ACCT",
            Self::Adat => "ADAT",
            Self::Mtime => "MTIME",
            Self::Root => "ROOT",
            Self::User(hole) => hole.name(),
        }
    }
}

impl UserHole {
    /// The hole of that name, which starts with `X-`.
    ///
    /// # Errors
    /// When `name` is not `X-` and at least one capital letter, digit or hyphen, nothing else.
    pub fn new(name: &str) -> Result<Self, HoleError> {
        match name.strip_prefix("X-") {
            Some(own) if !own.is_empty() && own.bytes().all(is_name_byte) => Ok(Self(name.to_owned())),
            _ => Err(HoleError { text: format!("[{name}]") }),
        }
    }

    /// Its name, without the brackets.
    pub fn name(&self) -> &str {
        &self.0
    }
}

impl FromStr for Hole {
    type Err = HoleError;

    fn from_str(text: &str) -> Result<Self, HoleError> {
        let error = || HoleError { text: text.to_owned() };
        let name = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).ok_or_else(error)?;
        match Self::NAMED.into_iter().find(|hole| hole.name() == name) {
            Some(hole) => Ok(hole),
            None => UserHole::new(name).map(Self::User).map_err(|_| error()),
        }
    }
}

impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.name())
    }
}

impl fmt::Display for HoleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no hole; the user's own start with [X-, and literal text is written \\[", self.text)
    }
}

impl std::error::Error for HoleError {}

/// The text at the start of `bytes` that is reserved for holes, brackets included: `[NAME]`, `[P1,P2]` or `[..]`.
///
/// Whether there is a hole of that name is another question.
pub(crate) fn reserved_form(bytes: &[u8]) -> Option<&str> {
    let inner = bytes.strip_prefix(b"[")?;
    let length = [&b"..]"[..], b"P1,P2]"]
        .into_iter()
        .find(|form| inner.starts_with(form))
        .map(|form| form.len() + 1)
        .or_else(|| {
            let name = inner.iter().take_while(|byte| is_name_byte(**byte)).count();
            (inner.first()?.is_ascii_uppercase() && inner.get(name) == Some(&b']')).then_some(name + 2)
        })?;
    std::str::from_utf8(&bytes[..length]).ok()
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_hole_is_parsed_from_its_text_and_is_reserved() {
        for hole in Hole::NAMED {
            assert_eq!(hole.to_string().parse(), Ok(hole.clone()));
            assert_eq!(reserved_form(hole.to_string().as_bytes()), Some(&*hole.to_string()));
        }
    }

    #[test]
    fn only_bracketed_capitals_and_the_wildcard_are_reserved() {
        for reserved in ["[A]", "[A-1]", "[X-]", "[..]", "[P1,P2]"] {
            assert_eq!(reserved_form(format!("{reserved} and more").as_bytes()), Some(reserved));
        }
        for literal in ["", "[", "[]", "[a]", "[1A]", "[A b]", "[A", "[...]", "[[A]", "A]", "[A,B]"] {
            assert_eq!(reserved_form(literal.as_bytes()), None, "{literal}");
        }
    }

    #[test]
    fn a_users_hole_starts_with_x() {
        assert!(UserHole::new("X-RUN-7").is_ok());
        for name in ["X-", "X-a", "RUN", "X-A]", ""] {
            assert!(UserHole::new(name).is_err(), "{name}");
        }
        assert_eq!(
            UserHole::new("RUN").unwrap_err().to_string(),
            "[RUN] is no hole; the user's own start with [X-, and literal text is written \\["
        );
    }
}
