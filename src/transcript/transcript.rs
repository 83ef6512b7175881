//! A whole transcript: its sessions, and how they are printed one below the other. Parsing is in `parser`.

use std::fmt;
use std::str::FromStr;

use super::comment::{Comment, VERSION_KEY};
use super::parse_error::ParseError;
use super::parser;
use super::payload::{Data, Payload};
use super::payload_digest::PayloadDigest;
use super::secret_left::SecretLeft;
use super::secret_search::search;
use super::secrets::SharedSecrets;
use super::session::{Item, Session};

/// The version of the notation that is written, and the newest that is read.
pub(crate) const VERSION: u64 = 1;

/// Everything that went over the wire, session by session.
///
/// `Display` prints what a snapshot holds; [`to_file_string`](Self::to_file_string) what a file does. Both parse back
/// to an equal value, also after the blanks at the lines' ends were trimmed and LF was turned into CRLF.
///
/// ```
/// use ftp_fixture::transcript::Transcript;
///
/// let transcript = Transcript::parse("== session 1\nS> 220 Ready.\nC> QUIT\nS> 221 Goodbye.\n")?;
/// assert_eq!(transcript.commands().collect::<Vec<_>>(), ["QUIT"]);
/// assert_eq!(transcript.to_string().parse(), Ok(transcript));
/// # Ok::<(), ftp_fixture::transcript::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Transcript {
    comments: Vec<Comment>,
    sessions: Vec<Session>,
}

impl Transcript {
    /// A transcript of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a transcript, with or without its version line.
    ///
    /// # Errors
    /// When a line is none of the notation's, or the version is newer than this reader.
    pub fn parse(source: &str) -> Result<Self, ParseError> {
        parser::parse(source)
    }

    /// The comments above the first session.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Its sessions in printed order.
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// Whether no client ever connected.
    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty()
    }

    /// Appends a comment above the first session.
    pub fn push_comment(&mut self, comment: Comment) {
        self.comments.push(comment);
    }

    /// Appends a session, which gets the next number.
    pub fn push_session(&mut self, mut session: Session) {
        session.heading_mut().number = self.sessions.len() + 1;
        self.sessions.push(session);
    }

    /// The payloads of which it shows the digest.
    pub(crate) fn digests(&self) -> impl Iterator<Item = &PayloadDigest> {
        self.sessions.iter().flat_map(Session::items).filter_map(|item| match item {
            Item::Data(Data { payload: Payload::Digest(digest), .. }) => Some(digest),
            _ => None,
        })
    }

    /// The same, for who has their bytes: a digest is to be replaced by an equal one only.
    pub(crate) fn digests_mut(&mut self) -> impl Iterator<Item = &mut PayloadDigest> {
        self.sessions.iter_mut().flat_map(Session::items_mut).filter_map(|item| match item {
            Item::Data(Data { payload: Payload::Digest(digest), .. }) => Some(digest),
            _ => None,
        })
    }

    /// Takes its sessions out, to be pushed again.
    pub(crate) fn take_sessions(&mut self) -> Vec<Session> {
        std::mem::take(&mut self.sessions)
    }

    /// Searches all that is printed, and payloads of which only the digest is, for every password and account that
    /// was sent in the sessions that were recorded together.
    ///
    /// Only a recording knows them; there is nothing to look for in a transcript that was parsed. Empty ones, those
    /// shorter than 4 bytes or equal to the user's name, and those of anonymous users are no secrets, nor are the
    /// passwords of a fixture's own users and those that it was told of with
    /// [`known_password`](crate::fixture::FtpFixtureBuilder::known_password). [`save`](Self::save) and `assert_transcript!` ask first, the latter also of
    /// a part of a transcript.
    ///
    /// # Errors
    /// When one is found: where it stands, where it was sent, and what to do.
    pub fn check_secrets(&self) -> Result<(), SecretLeft> {
        search(self.comments.len(), self.sessions.iter().map(Session::part))
    }

    /// Says that its sessions stand in the order of accepting, also where they will be printed in another.
    pub(crate) fn accepted_as_printed(&mut self) {
        for session in &mut self.sessions {
            let heading = session.heading_mut();
            heading.accepted = Some(heading.number);
        }
    }

    /// Lets every session know the secrets of all of them.
    pub(crate) fn share_secrets(&mut self) {
        let secrets = SharedSecrets::of(&self.sessions);
        for session in &mut self.sessions {
            session.heading_mut().secrets = secrets.clone();
        }
    }

    /// What a file holds: the version line, a blank line, and what `Display` prints.
    pub fn to_file_string(&self) -> String {
        match self.to_string() {
            body if body.is_empty() => format!("# {VERSION_KEY} {VERSION}\n"),
            body => format!("# {VERSION_KEY} {VERSION}\n\n{body}"),
        }
    }
}

impl FromStr for Transcript {
    type Err = ParseError;

    fn from_str(source: &str) -> Result<Self, ParseError> {
        Self::parse(source)
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_sessions(f, &self.comments, &self.sessions)
    }
}

/// Prints comments and sessions, with a blank line above each session.
pub(super) fn write_sessions(
    f: &mut fmt::Formatter<'_>,
    comments: &[Comment],
    sessions: impl IntoIterator<Item = impl fmt::Display>,
) -> fmt::Result {
    comments.iter().try_for_each(|comment| writeln!(f, "{comment}"))?;
    for (index, session) in sessions.into_iter().enumerate() {
        let blank_line = if index > 0 || !comments.is_empty() { "\n" } else { "" };
        write!(f, "{blank_line}{session}")?;
    }
    Ok(())
}
