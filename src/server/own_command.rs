//! Commands of a test's own: new ones, or others in place of the built-in ones.

use std::fmt;
use std::sync::Arc;

use super::events::SessionInfo;
use crate::proto::{CommandLine, Parameter, Reply};

/// Answers a command; implemented for closures.
pub trait Responder: Send + Sync {
    /// The final reply to `command`.
    fn respond(&self, command: &CommandLine, session: &SessionInfo) -> Reply;
}

impl<F> Responder for F
where
    F: Fn(&CommandLine, &SessionInfo) -> Reply + Send + Sync,
{
    fn respond(&self, command: &CommandLine, session: &SessionInfo) -> Reply {
        self(command, session)
    }
}

/// A command of one's own: its name, what it demands, and what answers it.
///
/// ```
/// use ftp_fixture::proto::Reply;
/// use ftp_fixture::server::{FtpHandler, OwnCommand};
///
/// let lock = OwnCommand::new("XLCK", |command, _| match command.parameter() {
///     Some(path) => Reply::new(250, format!("{path} is locked.")),
///     None => Reply::new(501, "Lock what?"),
/// });
/// let handler = FtpHandler::default().command(lock);
/// # let _ = handler;
/// ```
#[derive(Clone)]
pub struct OwnCommand {
    pub(super) name: String,
    pub(super) login: bool,
    pub(super) parameter: Parameter,
    pub(super) responder: Arc<dyn Responder>,
}

impl OwnCommand {
    /// A command for users who are logged in, with or without a parameter. A built-in one of that name is replaced.
    pub fn new<F>(name: impl Into<String>, respond: F) -> Self
    where
        F: Fn(&CommandLine, &SessionInfo) -> Reply + Send + Sync + 'static,
    {
        Self::with_responder(name, Arc::new(respond))
    }

    /// Like [`new`](Self::new), with a responder that exists already.
    pub fn with_responder(name: impl Into<String>, responder: Arc<dyn Responder>) -> Self {
        Self {
            name: name.into().to_ascii_uppercase(),
            login: true,
            parameter: Parameter::Optional,
            responder,
        }
    }

    /// Needs no login.
    #[must_use]
    pub fn for_anyone(self) -> Self {
        Self { login: false, ..self }
    }

    /// Whether there must be a parameter; without one, or with one, it is answered 501.
    #[must_use]
    pub fn parameter(self, parameter: Parameter) -> Self {
        Self { parameter, ..self }
    }
}

impl fmt::Debug for OwnCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, login, parameter, .. } = self;
        f.debug_struct("OwnCommand")
            .field("name", name)
            .field("login", login)
            .field("parameter", parameter)
            .finish_non_exhaustive()
    }
}
