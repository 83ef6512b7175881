//! How a transcript first differs from what was expected. What is said of it is put together in `mismatch_report`.

use std::fmt;

use super::alignment::Strictness;
use super::correspondence;
use super::expectation::Expectation;
use super::transcript::Transcript;

/// The first place where a transcript is not what was expected.
///
/// `Display` is a report of several lines. The first is a sentence that says what differs and where; then come both
/// lines, with what differs in them marked, and the lines around it of what was received. `Debug` is the same, since that
/// is what tests show that say `.unwrap()` or `?`.
///
/// ```
/// use ftp_fixture::transcript::{MismatchKind, Transcript};
///
/// let expected = Transcript::parse("== session 1\nS> 220 Ready.\nC> STOR report.csv\nS> 226 Done.\n")?;
/// let received = Transcript::parse("== session 1\nS> 220 Ready.\nC> STOR raport.csv\nS> 226 Done.\n")?;
/// let mismatch = received.compare(&expected).unwrap_err();
/// assert_eq!(mismatch.kind(), MismatchKind::WrongParameter);
/// assert!(mismatch.to_string().starts_with(
///     "session 1, exchange 1: the client sent `STOR raport.csv` where `STOR report.csv` was expected\n"
/// ));
/// # Ok::<(), ftp_fixture::transcript::ParseError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct Mismatch {
    pub(crate) kind: MismatchKind,
    pub(crate) session: usize,
    pub(crate) exchange: usize,
    pub(crate) expected_line: Option<usize>,
    pub(crate) received_line: Option<usize>,
    pub(crate) report: String,
}

/// What kind of difference it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MismatchKind {
    /// Another command.
    WrongVerb,
    /// The command, with another parameter.
    WrongParameter,
    /// A command that did not come.
    MissingCommand,
    /// A command that nothing was said of.
    ExtraCommand,
    /// A reply with another code.
    ReplyCode,
    /// A reply with that code and another text.
    ReplyText,
    /// A reply's line that did not come.
    MissingReply,
    /// A reply's line that nothing was said of.
    ExtraReply,
    /// Data of which the text differs, or which are more or fewer.
    PayloadText,
    /// Data of which the digest or the length differs.
    PayloadDigest,
    /// An event that did not come, or another one in its place.
    MissingEvent,
    /// An event that nothing was said of.
    ExtraEvent,
    /// A hole on one side, and on the other what is no value of its form.
    Hole,
    /// The record ends before the session does: the session or a transfer was still open, the recording was cut, the
    /// last command was not terminated, or the client had gone away.
    Unfinished,
    /// A session with another label.
    Label,
    /// The sessions that were expected, in another order.
    SessionOrder,
    /// A session too many or too few, and nothing else.
    SessionCount,
    /// Any other line, such as how a data connection was made.
    OtherLine,
}

impl Mismatch {
    /// What kind of difference it is.
    pub fn kind(&self) -> MismatchKind {
        self.kind
    }

    /// The number of the session that differs, counted from 1.
    pub fn session(&self) -> usize {
        self.session
    }

    /// The number of the command in the session at or below which they differ, counted from 1; 0 above the first.
    pub fn exchange(&self) -> usize {
        self.exchange
    }

    /// The number of the line that was expected, counted from 1; `None` where no more was.
    pub fn expected_line(&self) -> Option<usize> {
        self.expected_line
    }

    /// The number of the line that came instead in the transcript's `Display`, counted from 1; `None` where none did.
    pub fn received_line(&self) -> Option<usize> {
        self.received_line
    }
}

impl Transcript {
    /// Holds this transcript against what was expected.
    ///
    /// The time it takes is bounded by the lines of both, multiplied, whatever the wildcards.
    ///
    /// # Errors
    /// When it differs; the first difference.
    pub fn matches(&self, expectation: &Expectation) -> Result<(), Mismatch> {
        correspondence::check(self, expectation, Strictness::Lenient)
    }

    /// Holds this transcript against another, which is to be the same: the labels and all lines but comments.
    ///
    /// # Errors
    /// When it differs; the first difference. Its lines are those that `Display` prints.
    pub fn compare(&self, expected: &Self) -> Result<(), Mismatch> {
        correspondence::check(self, &Expectation::of(expected), Strictness::Exact)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl std::error::Error for Mismatch {}
