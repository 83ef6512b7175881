//! One entry of a listing, whatever form its line had.

use std::borrow::Cow;

use super::list_time::ListTime;
use crate::proto::{FileKind, FileMode};

/// What a listing says of one file or directory.
///
/// What the line does not say is `None`. Names are bytes as they came, for servers do not say in which encoding
/// they are; [`name_text`](Self::name_text) is for showing them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListEntry {
    /// Its name as it came; `MLST` and some servers give a whole pathname.
    pub name: Vec<u8>,
    /// File, directory or link; [`FileKind::Special`] is all else, and what the line says nothing of.
    pub kind: FileKind,
    /// Length in bytes. Sizes such as `33.5k` are rounded as the server did; VMS counts blocks of 512 bytes.
    pub size: Option<u64>,
    /// When it was last modified, as precisely as the line says it.
    pub modified: Option<ListTime>,
    /// The permissions as they are written: `rwxr-xr-x`, `RWED,RWED,RE,` of VMS, `RWCEAFMS` of NetWare, and the
    /// letters of the fact `perm`.
    pub permissions: Option<String>,
    /// The permissions of Unix as bits.
    pub mode: Option<FileMode>,
    /// Number of hard links.
    pub links: Option<u64>,
    /// The owner's name or number.
    pub owner: Option<String>,
    /// The group's name or number.
    pub group: Option<String>,
    /// Where a link points, as bytes.
    pub link_target: Option<Vec<u8>>,
    /// What else the line says, in its order, names in lower case: every fact of `MLSD` and EPLF, `version` of VMS,
    /// `type` of IBM i, the columns of z/OS.
    pub facts: Vec<(String, Vec<u8>)>,
    /// The line as it came, without its end; an entry that VMS wrote on two lines has both.
    pub raw: Vec<u8>,
}

impl ListEntry {
    pub(super) fn new(name: &[u8], kind: FileKind, raw: &[u8]) -> Self {
        Self {
            name: name.to_vec(),
            kind,
            size: None,
            modified: None,
            permissions: None,
            mode: None,
            links: None,
            owner: None,
            group: None,
            link_target: None,
            facts: Vec::new(),
            raw: raw.to_vec(),
        }
    }

    /// Its name read as UTF-8; what is no character becomes U+FFFD.
    pub fn name_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.name)
    }

    /// The value of the fact `name`, which is given in lower case.
    pub fn fact(&self, name: &str) -> Option<&[u8]> {
        self.facts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_slice())
    }

    /// Whether it is the listed directory itself or its parent: `.` and `..`, or `cdir` and `pdir` of `MLSD`.
    ///
    /// Who walks a tree leaves them out.
    pub fn is_current_or_parent(&self) -> bool {
        let told = |value: &[u8]| value.eq_ignore_ascii_case(b"cdir") || value.eq_ignore_ascii_case(b"pdir");
        matches!(self.name.as_slice(), b"." | b"..") || self.fact("type").is_some_and(told)
    }
}
