//! The facts of RFC 3659 section 7.5, and which of them a session has selected.

use std::fmt;
use std::fmt::Write;

/// One thing that `MLSD` and `MLST` say of a file, named as on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fact {
    /// `type`: `file`, `dir`, `cdir` or `pdir`.
    Type,
    /// `perm`: what the user may do with it.
    Perm,
    /// `size`: its length in bytes.
    Size,
    /// `modify`: when it was last modified, UTC.
    Modify,
    /// `unique`: the same for two names of one file only.
    Unique,
    /// `unix.mode`: its permission bits in octal digits.
    UnixMode,
    /// `unix.uid`: its owner's number.
    UnixUid,
    /// `unix.gid`: its group's number.
    UnixGid,
}

impl Fact {
    /// All of them, in the order of `FEAT`, which is pyftpdlib's.
    pub const ALL: [Self; 8] = [
        Self::Type,
        Self::Perm,
        Self::Size,
        Self::Modify,
        Self::Unique,
        Self::UnixMode,
        Self::UnixUid,
        Self::UnixGid,
    ];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Perm => "perm",
            Self::Size => "size",
            Self::Modify => "modify",
            Self::Unique => "unique",
            Self::UnixMode => "unix.mode",
            Self::UnixUid => "unix.uid",
            Self::UnixGid => "unix.gid",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The facts selected by `OPTS MLST`, written `type;size;`.
///
/// The default is `type`, `perm`, `size`, `modify` and `unique`.
///
/// ```
/// use ftp_fixture::listing::FactSet;
///
/// let facts = FactSet::from_names("Size;TYPE;no-such-fact;");
/// assert_eq!(facts.to_string(), "type;size;");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FactSet(u8);

impl FactSet {
    /// No fact at all: a bare `OPTS MLST`.
    pub const NONE: Self = Self(0);

    /// Reads the names that `OPTS MLST` brings, each ended by `;`.
    ///
    /// Case does not matter, and names of no known fact are left out (RFC 3659 section 7.9).
    pub fn from_names(names: &str) -> Self {
        names
            .split(';')
            .filter_map(|name| Fact::ALL.into_iter().find(|fact| fact.name().eq_ignore_ascii_case(name)))
            .collect()
    }

    /// Whether `fact` is selected.
    pub fn contains(self, fact: Fact) -> bool {
        self.0 & fact.bit() != 0
    }

    /// The selected facts, in the order of [`Fact::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Fact> {
        Fact::ALL.into_iter().filter(move |fact| self.contains(*fact))
    }

    /// All facts as `FEAT` lists them, the selected ones marked: `type*;perm;…` (RFC 3659 section 7.8).
    pub fn to_feature(self) -> String {
        Fact::ALL.into_iter().fold(String::new(), |mut text, fact| {
            text.push_str(fact.name());
            text.push_str(if self.contains(fact) { "*;" } else { ";" });
            text
        })
    }
}

impl Default for FactSet {
    fn default() -> Self {
        [Fact::Type, Fact::Perm, Fact::Size, Fact::Modify, Fact::Unique].into_iter().collect()
    }
}

impl FromIterator<Fact> for FactSet {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        Self(facts.into_iter().fold(0, |bits, fact| bits | fact.bit()))
    }
}

impl fmt::Display for FactSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|fact| {
            f.write_str(fact.name())?;
            f.write_char(';')
        })
    }
}

impl fmt::Debug for FactSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FactSet({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feature_line_marks_what_is_selected() {
        assert_eq!(
            FactSet::default().to_feature(),
            "type*;perm*;size*;modify*;unique*;unix.mode;unix.uid;unix.gid;"
        );
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for bits in 0..=u8::MAX {
            let facts = FactSet(bits);
            assert_eq!(FactSet::from_names(&facts.to_string()), facts);
        }
    }

    #[test]
    fn unknown_names_and_case_do_not_matter() {
        assert_eq!(FactSet::from_names("UNIX.mode;charset;tYpE").to_string(), "type;unix.mode;");
        assert_eq!(FactSet::from_names(""), FactSet::NONE);
        assert_eq!(FactSet::from_names(";;perm ;").to_string(), "");
    }
}
