//! The `-- data` line: how a data connection was made and used.

use std::fmt;

use super::notation::Misread;

const MODE_EXPECTED: &str = "passive, active or interrupted";

/// Who opened the data connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum DataMode {
    /// The client, after PASV or EPSV.
    Passive,
    /// The server, after PORT or EPRT.
    Active,
}

/// That the transfer command above used a data connection, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DataConnection {
    /// Who opened it.
    pub mode: DataMode,
    /// Whether the representation type was ASCII.
    pub ascii: bool,
    /// Whether it was encrypted (PROT P, RFC 4217).
    pub tls: bool,
}

impl DataConnection {
    /// One that is neither ASCII nor encrypted.
    pub fn new(mode: DataMode) -> Self {
        Self { mode, ascii: false, tls: false }
    }

    /// Reads what stands behind `-- data`.
    pub(crate) fn read(source: &str) -> Result<Self, Misread> {
        let misread = |offset, expected: &'static str| Err(Misread { offset, expected: expected.into() });
        let mut connection: Option<Self> = None;
        let mut offset = 0;
        for word in source.split(' ') {
            match (word, &mut connection) {
                ("", _) => {}
                ("passive", None) => connection = Some(Self::new(DataMode::Passive)),
                ("active", None) => connection = Some(Self::new(DataMode::Active)),
                (_, None) => return misread(offset, MODE_EXPECTED),
                ("ascii", Some(connection)) if !connection.ascii && !connection.tls => {
                    connection.ascii = true
                }
                ("tls", Some(connection)) if !connection.tls => connection.tls = true,
                (_, Some(_)) => return misread(offset, "ascii, then tls, then the end of the line"),
            }
            offset += word.len() + 1;
        }
        connection.map_or_else(|| misread(source.len(), MODE_EXPECTED), Ok)
    }
}

impl fmt::Display for DataConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.mode {
            DataMode::Passive => "data passive",
            DataMode::Active => "data active",
        })?;
        f.write_str(if self.ascii { " ascii" } else { "" })?;
        f.write_str(if self.tls { " tls" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_word_is_pointed_at() {
        assert_eq!(DataConnection::read(" passive ascii tls").unwrap().to_string(), "data passive ascii tls");
        for (source, offset) in [("", 0), ("pasive", 0), ("active tls ascii", 11), ("active ebcdic", 7)] {
            assert_eq!(DataConnection::read(source).unwrap_err().offset, offset, "{source}");
        }
    }
}
