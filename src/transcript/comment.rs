//! Comments, which survive a rewrite.

use std::fmt;

/// How the version line starts, behind `# `.
pub(crate) const VERSION_KEY: &str = "ftp-transcript";

/// A comment line, without its `# ` and without blanks at its end; `key: value` comments are among them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Comment(String);

/// A text that can be no comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CommentError {
    /// It has more than one line.
    LineBreak,
    /// It would be read as the transcript's version.
    Version,
}

impl Comment {
    /// A comment that says `text`, less the blanks at its end.
    ///
    /// # Errors
    /// When `text` has a line break in it, or would be read as the transcript's version.
    pub fn new(text: &str) -> Result<Self, CommentError> {
        let text = text.trim_end();
        if text.contains('\n') {
            return Err(CommentError::LineBreak);
        }
        if text.split(' ').next() == Some(VERSION_KEY) {
            return Err(CommentError::Version);
        }
        Ok(Self(text.to_owned()))
    }

    /// What it says.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_str() {
            "" => f.write_str("#"),
            text => write!(f, "# {text}"),
        }
    }
}

impl fmt::Display for CommentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LineBreak => "a comment is one line; write several",
            Self::Version => "a comment cannot start with ftp-transcript, which says the version",
        })
    }
}

impl std::error::Error for CommentError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_one_line_and_no_version() {
        assert_eq!(Comment::new("upstream: vsftpd  ").unwrap().to_string(), "# upstream: vsftpd");
        assert_eq!(Comment::new("").unwrap().to_string(), "#");
        assert_eq!(Comment::new("a\nb"), Err(CommentError::LineBreak));
        assert_eq!(Comment::new("ftp-transcript 1"), Err(CommentError::Version));
    }
}
