//! Why a listing was not read.

use std::borrow::Cow;
use std::fmt;

use super::list::ListForm;

/// How many bytes of a line a message shows.
const MOST_SHOWN: usize = 200;

/// A listing with a line that nothing is known about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListError {
    /// A line that is no entry, no heading and no remark in the form that understands most of the listing.
    UnknownLine {
        /// Which line it is, counted from 1.
        number: usize,
        /// The line.
        line: Vec<u8>,
        /// The form of the other lines; `None` where none was understood.
        form: Option<ListForm>,
    },
    /// Jobs of z/OS (JES), which are no files.
    Jobs {
        /// Which line the first of them is, counted from 1.
        number: usize,
        /// The line.
        line: Vec<u8>,
    },
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownLine { number, line, form: Some(form) } => write!(
                f,
                "line {number} of the listing is unlike the others, which are in the form of {form}: {:?}",
                shown(line)
            ),
            Self::UnknownLine { number, line, form: None } => {
                write!(f, "the listing is in no known form; its line {number} is {:?}", shown(line))
            }
            Self::Jobs { number, line } => write!(
                f,
                "line {number} of the listing is a job of z/OS and no file, send SITE FILETYPE=SEQ first: {:?}",
                shown(line)
            ),
        }
    }
}

impl std::error::Error for ListError {}

/// The start of `line`: enough to know it, however long a file was sent in the place of a listing.
fn shown(line: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&line[..line.len().min(MOST_SHOWN)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_shown_in_part() {
        let error = ListError::UnknownLine { number: 1, line: vec![b'x'; 1 << 20], form: None };
        assert!(error.to_string().len() < 300);
        assert!(error.to_string().ends_with("xxx\""));
    }
}
