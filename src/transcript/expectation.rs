//! What a transcript has to look like, as a person writes it. How one is held against the other is in `comparison`.

use std::fmt;
use std::str::FromStr;

use super::comment::Comment;
use super::heading::write_header;
use super::label::Label;
use super::notation::{ANY_LINES, Misread, OPTIONAL_MARK};
use super::parse_error::ParseError;
use super::parser::{self, Document};
use super::pattern::Pattern;
use super::transcript::{Transcript, write_sessions};
use super::written_line::WrittenLine;
use super::written_session::{WrittenSession, written};

/// What must have happened, and nothing more: a transcript with gaps in it.
///
/// It is written as a [`Transcript`] is, and the text of any transcript is an expectation. Beyond that it may have
///
/// * `...` on a line: any number of lines of the session, or none;
/// * `[..]` within a line: any text, or none; at a line's end also any way in which the line ended;
/// * `C? text` in place of `C> text`: an exchange that may be absent, with all lines below it up to the next command,
///   but for a `...` that stands last, which is there in any case.
///
/// A `C> ` or `C? ` line with nothing written below it before the next command accepts whatever followed it until the
/// next command. Else lines correspond one to one; so do sessions, in printed order. A label is compared where the
/// expectation gives one. Comments are kept, and not compared.
///
/// A hole is matched by the same hole, or by literal text of its form: `[PORT]` by a port, `[PASV]` by six numbers,
/// `[PASSWORD]` by any text, a hole of the user's own by any text that is not blank. A line `D> \@ …` is matched by
/// data of that digest and length, or of that length, also where the transcript shows them as text.
///
/// ```
/// use ftp_fixture::transcript::{Expectation, Transcript};
///
/// let expectation: Expectation = "\
/// == session 1
/// S> 220 [..]
/// ...
/// C? FEAT
/// C> STOR report.csv
/// ...
/// C> QUIT
/// ".parse()?;
/// let transcript = Transcript::parse("\
/// == session 1
/// S> 220 Ready.
/// C> USER alice
/// S> 230 Logged in.
/// C> STOR report.csv
/// S> 425 Cannot open data connection.
/// C> QUIT
/// S> 221 Goodbye.
/// ")?;
/// assert_eq!(transcript.matches(&expectation), Ok(()));
/// # Ok::<(), ftp_fixture::transcript::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expectation {
    comments: Vec<Comment>,
    pub(crate) sessions: Vec<ExpectedSession>,
}

/// What one session has to look like.
#[derive(Debug, Clone)]
pub(crate) struct ExpectedSession {
    /// The number of its header's line.
    pub(crate) header: usize,
    pub(crate) label: Option<Label>,
    pub(crate) lines: Vec<ExpectedLine>,
}

/// A line of an expectation, with its number.
#[derive(Debug, Clone)]
pub(crate) struct ExpectedLine {
    pub(crate) number: usize,
    pub(crate) form: ExpectedForm,
}

/// What a line of an expectation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ExpectedForm {
    /// `...`.
    AnyLines,
    /// A line that must be there; behind `C?`, if its exchange is there.
    Line {
        line: WrittenLine<Pattern>,
        optional: bool,
    },
    Comment(Comment),
}

impl Expectation {
    /// Reads an expectation, with or without a version line.
    ///
    /// # Errors
    /// When a line is none of the notation's, or the version is newer than this reader.
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        let mut expectation = Self::default();
        parser::read(source, &mut expectation)?;
        Ok(expectation)
    }

    /// The expectation that a transcript's text is.
    pub(crate) fn of(transcript: &Transcript) -> Self {
        let session = |session: WrittenSession<'_>| ExpectedSession {
            header: session.header,
            label: session.label.cloned(),
            lines: session
                .lines
                .into_iter()
                .map(|line| ExpectedLine {
                    number: line.number,
                    form: ExpectedForm::Line {
                        line: line.line.map(|text| Pattern::from(&text)),
                        optional: false,
                    },
                })
                .collect(),
        };
        Self {
            comments: transcript.comments().to_vec(),
            sessions: written(transcript).into_iter().map(session).collect(),
        }
    }
}

impl ExpectedLine {
    /// The line, where it says what one line has to be.
    pub(crate) fn as_line(&self) -> Option<&WrittenLine<Pattern>> {
        match &self.form {
            ExpectedForm::Line { line, .. } => Some(line),
            ExpectedForm::AnyLines | ExpectedForm::Comment(_) => None,
        }
    }
}

impl Document for Expectation {
    fn take_comment(&mut self, comment: Comment) {
        match self.sessions.last_mut() {
            None => self.comments.push(comment),
            Some(session) => {
                session.lines.push(ExpectedLine { number: 0, form: ExpectedForm::Comment(comment) });
            }
        }
    }

    fn open_session(&mut self, number: usize, label: Option<Label>) {
        self.sessions.push(ExpectedSession { header: number, label, lines: Vec::new() });
    }

    fn take_line(&mut self, number: usize, line: &str) -> Result<(), Misread> {
        let form = if line == ANY_LINES {
            ExpectedForm::AnyLines
        } else if let Some(rest) = line.strip_prefix(OPTIONAL_MARK) {
            // Both marks are of one length, so that errors point to the right place.
            ExpectedForm::Line { line: WrittenLine::read(&format!("C>{rest}"))?, optional: true }
        } else {
            ExpectedForm::Line { line: WrittenLine::read(line)?, optional: false }
        };
        if let Some(session) = self.sessions.last_mut() {
            session.lines.push(ExpectedLine { number, form });
        }
        Ok(())
    }
}

// Where the lines stood makes no difference.

impl PartialEq for ExpectedSession {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label && self.lines == other.lines
    }
}

impl Eq for ExpectedSession {}

impl PartialEq for ExpectedLine {
    fn eq(&self, other: &Self) -> bool {
        self.form == other.form
    }
}

impl Eq for ExpectedLine {}

impl FromStr for Expectation {
    type Err = ParseError;

    fn from_str(source: &str) -> Result<Self, ParseError> {
        Self::parse(source)
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_sessions(
            f,
            &self.comments,
            (1..).zip(&self.sessions).map(|(number, session)| Numbered(number, session)),
        )
    }
}

/// A session with its number.
struct Numbered<'a>(usize, &'a ExpectedSession);

impl fmt::Display for Numbered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, session) = self;
        write_header(f, *number, session.label.as_ref())?;
        f.write_str("\n")?;
        session.lines.iter().try_for_each(|line| writeln!(f, "{}", line.form))
    }
}

impl fmt::Display for ExpectedForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyLines => f.write_str(ANY_LINES),
            Self::Comment(comment) => write!(f, "{comment}"),
            Self::Line { line, optional: false } => write!(f, "{line}"),
            Self::Line { line, optional: true } => {
                let printed = line.to_string();
                write!(f, "{OPTIONAL_MARK}{}", &printed[OPTIONAL_MARK.len()..])
            }
        }
    }
}
