//! What can go wrong for a client, sorted as Python's ftplib sorts it.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::time::Duration;

use super::address::AddressError;
use super::url::UrlError;
use crate::listing::ListError;
use crate::proto::{Reply, ReplyClass, ReplyDecodeError};

/// Why a command or a transfer failed. It says what was sent and what came; secrets are hidden in it.
///
/// After [`Closed`](Self::Closed), [`Timeout`](Self::Timeout), [`NotAReply`](Self::NotAReply),
/// [`LineTooLong`](Self::LineTooLong) and [`ListingTooLong`](Self::ListingTooLong) the connection is of no use any more,
/// because the next reply might not be the next command's: every later command is [`OutOfStep`](Self::OutOfStep) or
/// `Closed`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The server's reply is not the one that is wanted: ftplib's `error_temp`, `error_perm`, `error_proto` and
    /// `error_reply`.
    Reply(ReplyError),
    /// What came is no reply (ftplib: `error_proto`).
    NotAReply {
        /// What it was to be the reply to.
        to: String,
        /// What is wrong with it.
        error: ReplyDecodeError,
    },
    /// What came is no listing of a form that is known.
    NotAListing {
        /// The command that it was the data of.
        of: String,
        /// What is wrong with it.
        error: ListError,
    },
    /// A line of a reply, or of a text, is longer than the limit (ftplib: `Error`).
    LineTooLong {
        /// What the line was to be a part of.
        of: String,
        /// The limit, in bytes.
        limit: usize,
    },
    /// A listing is longer than the limit.
    ListingTooLong {
        /// The command that it is the data of.
        of: String,
        /// The limit, in bytes.
        limit: usize,
    },
    /// The server has closed the control connection (ftplib: `EOFError`).
    Closed {
        /// What was waited for.
        awaiting: String,
    },
    /// The server took too long (ftplib: `TimeoutError`).
    Timeout {
        /// What was waited for.
        awaiting: String,
        /// For how long.
        after: Duration,
    },
    /// A socket, or what is to be stored, failed (ftplib: `OSError`).
    Io {
        /// What was being done.
        doing: String,
        /// What the system says.
        error: io::Error,
    },
    /// There is no TLS where it must be (ftplib: `ssl.SSLError`).
    Tls {
        /// The connection.
        on: String,
        /// Why not.
        reason: String,
    },
    /// The server has sent the data of a command, and they were not read to their end.
    Incomplete {
        /// The command.
        of: String,
        /// How many bytes were read.
        bytes: u64,
    },
    /// A parameter that cannot be sent; nothing was sent (ftplib: `ValueError`).
    Refused {
        /// What is wrong with it, and what to do.
        reason: String,
    },
    /// The reply to an earlier command was never read: its transfer was dropped without `finish`, its future was
    /// dropped, or it timed out. Nothing was sent.
    OutOfStep {
        /// That command.
        unanswered: String,
    },
}

/// A reply that is not the one that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyError {
    kind: ReplyErrorKind,
    to: String,
    reply: Box<Reply>,
}

/// How a reply is not the one that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReplyErrorKind {
    /// 4yz: it may succeed when tried again (`error_temp`).
    Temp,
    /// 5yz: it will not (`error_perm`).
    Perm,
    /// The reply is against the protocol: 6yz, or without what it must have, such as 227's address (`error_proto`).
    Proto,
    /// 1yz, 2yz or 3yz where another of them must come (`error_reply`).
    Reply,
}

impl Error {
    /// The reply, where one came.
    pub fn reply(&self) -> Option<&Reply> {
        match self {
            Self::Reply(error) => Some(error.reply()),
            _ => None,
        }
    }

    /// How the reply is not the one that is wanted, where one came.
    pub fn reply_kind(&self) -> Option<ReplyErrorKind> {
        match self {
            Self::Reply(error) => Some(error.kind()),
            _ => None,
        }
    }

    /// Whether the server took too long.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }

    /// Sorts a failure of a socket, after a wait of at most `limit`.
    pub(super) fn of_socket(error: io::Error, limit: Option<Duration>, awaiting: impl Into<String>) -> Self {
        let awaiting = awaiting.into();
        match (error.kind(), limit) {
            (io::ErrorKind::TimedOut, Some(after)) => Self::Timeout { awaiting, after },
            _ => Self::Io { doing: format!("waiting for {awaiting}"), error },
        }
    }
}

impl ReplyError {
    /// An error for `reply` to the command `to`, whose kind is that of its class.
    pub(super) fn new(to: impl Into<String>, reply: Reply) -> Self {
        let kind = match reply.code().class() {
            ReplyClass::TransientNegative => ReplyErrorKind::Temp,
            ReplyClass::PermanentNegative => ReplyErrorKind::Perm,
            ReplyClass::Protected => ReplyErrorKind::Proto,
            ReplyClass::Preliminary | ReplyClass::Completion | ReplyClass::Intermediate => {
                ReplyErrorKind::Reply
            }
        };
        Self { kind, to: to.into(), reply: Box::new(reply) }
    }

    /// An error for a `reply` to the command `to` that lacks what it must have.
    pub(super) fn proto(to: impl Into<String>, reply: Reply) -> Self {
        Self { kind: ReplyErrorKind::Proto, ..Self::new(to, reply) }
    }

    /// How it is not the one that is wanted.
    pub fn kind(&self) -> ReplyErrorKind {
        self.kind
    }

    /// What it is the reply to: a command, its secret hidden.
    pub fn to(&self) -> &str {
        &self.to
    }

    /// The whole reply.
    pub fn reply(&self) -> &Reply {
        &self.reply
    }
}

impl From<ReplyError> for Error {
    fn from(error: ReplyError) -> Self {
        Self::Reply(error)
    }
}

impl From<UrlError> for Error {
    fn from(error: UrlError) -> Self {
        Self::Refused { reason: error.to_string() }
    }
}

impl From<AddressError> for Error {
    fn from(error: AddressError) -> Self {
        Self::Refused { reason: error.to_string() }
    }
}

impl From<Infallible> for Error {
    /// An address that needs no parsing is always one.
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        let kind = match &error {
            Error::Closed { .. } | Error::Incomplete { .. } => io::ErrorKind::UnexpectedEof,
            Error::Timeout { .. } => io::ErrorKind::TimedOut,
            Error::Refused { .. } => io::ErrorKind::InvalidInput,
            Error::NotAReply { .. }
            | Error::NotAListing { .. }
            | Error::LineTooLong { .. }
            | Error::ListingTooLong { .. } => io::ErrorKind::InvalidData,
            Error::Io { error, .. } => error.kind(),
            Error::Reply(_) | Error::OutOfStep { .. } | Error::Tls { .. } => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply(error) => error.fmt(f),
            Self::NotAReply { to, error } => write!(f, "the reply to {to} is {error}"),
            Self::NotAListing { of, error } => write!(f, "the data of {of} are {error}"),
            Self::LineTooLong { of, limit } => write!(f, "a line of {of} is longer than {limit} bytes"),
            Self::ListingTooLong { of, limit } => {
                write!(f, "the data of {of} are more than {limit} bytes; allow more with `listing_limit`")
            }
            Self::Closed { awaiting } => {
                write!(f, "the server has closed the control connection; it was to send {awaiting}")
            }
            Self::Timeout { awaiting, after } => {
                write!(
                    f,
                    "{awaiting} did not come within {after:?}; connect anew, or allow more with `timeout`"
                )
            }
            Self::Io { doing, error } => write!(f, "{doing}: {error}"),
            Self::Tls { on, reason } => write!(f, "no TLS on {on}: {reason}"),
            Self::Incomplete { of, bytes } => {
                write!(
                    f,
                    "the data of {of} were not read to their end, only {bytes} bytes; read on before `finish`, or \
                     stop it with `abort`"
                )
            }
            Self::Refused { reason } => f.write_str(reason),
            Self::OutOfStep { unanswered } => write!(
                f,
                "the last reply to {unanswered} was not read, so the next would be taken for another's; call `finish` \
                 on every transfer, or get rid of this one with `abort`"
            ),
        }
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, to, reply } = self;
        match kind {
            ReplyErrorKind::Temp => write!(f, "{to} failed for now: {reply}"),
            ReplyErrorKind::Perm => write!(f, "{to} was refused: {reply}"),
            ReplyErrorKind::Proto => write!(f, "the reply to {to} cannot be understood: {reply}"),
            ReplyErrorKind::Reply => write!(f, "unexpected reply to {to}: {reply}"),
        }
    }
}

impl std::error::Error for ReplyError {}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::NotAReply { error, .. } => Some(error),
            Self::NotAListing { error, .. } => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_sorted_by_its_class() {
        for (code, kind) in [
            (450, ReplyErrorKind::Temp),
            (550, ReplyErrorKind::Perm),
            (631, ReplyErrorKind::Proto),
            (150, ReplyErrorKind::Reply),
            (200, ReplyErrorKind::Reply),
            (350, ReplyErrorKind::Reply),
        ] {
            assert_eq!(ReplyError::new("\"NOOP\"", Reply::new(code, "Text.")).kind(), kind, "{code}");
        }
    }

    #[test]
    fn an_error_says_what_was_sent_and_what_came() {
        let error = Error::from(ReplyError::new("\"RETR a\"", Reply::new(550, "No such file.")));
        assert_eq!(error.to_string(), "\"RETR a\" was refused: 550 No such file.");
        let error = Error::of_socket(
            io::ErrorKind::TimedOut.into(),
            Some(Duration::from_secs(30)),
            "the reply to \"NOOP\"",
        );
        assert!(error.to_string().starts_with("the reply to \"NOOP\" did not come within 30s"), "{error}");
    }
}
