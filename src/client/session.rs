//! A client's session: commands out, replies in, and never one taken for another's.

use std::fmt;
use std::net::SocketAddr;

use super::address::{FTP_PORT, FTPS_PORT, ServerAddress};
use super::error::{Error, ReplyError};
use super::options::Options;
use super::outgoing::Outgoing;
use super::progress::Progress;
use super::security::Security;
use crate::net::user::{ControlFailure, Socket, UserControl};
use crate::net::{Deadline, Timer, WireLog};
use crate::proto::{Reply, ReplyClass, ReplyDecodeError, RepresentationType, SessionId, Verb};
use crate::transcript::Transcript;

/// What both kinds of client are, over sockets that wait in one way or the other.
pub(super) struct UserSession<S: Socket> {
    pub(super) control: UserControl<S>,
    pub(super) options: Options,
    pub(super) progress: Option<Box<dyn FnMut(Progress) + Send>>,
    /// The representation type, where the server is known to have it.
    pub(super) representation: Option<RepresentationType>,
    /// Whether EPSV is worth trying.
    pub(super) extended_passive: bool,
    /// Whether MLSD is worth trying.
    pub(super) machine_listings: bool,
    pub(super) security: Security,
    log: WireLog,
    welcome: Reply,
    /// The command, as people may see it, whose last reply has not been read.
    owed: Option<String>,
    debug_level: u8,
}

impl<S: Socket> UserSession<S> {
    /// Connects to the first address of `server` that answers, and reads the greeting.
    pub(super) async fn connect(server: &ServerAddress, options: Options) -> Result<Self, Error> {
        if options.timeout.is_some_and(|timeout| timeout.is_zero()) {
            let reason = "a timeout of nothing leaves no time to wait; give more, or `None` to wait for ever";
            return Err(Error::Refused { reason: reason.to_owned() });
        }
        let security = Security::new(options.tls.as_ref(), server.host())?;
        let port = server.port().unwrap_or(if options.implicit_tls { FTPS_PORT } else { FTP_PORT });
        let (socket, address) = connect_to_any::<S>(server.host(), port, &options).await?;
        let log = WireLog::new(options.record, Timer::system());
        let recorder = log.recorder(SessionId(1));
        let control = UserControl::new(socket, address, options.encoding, options.line_limit, recorder)
            .map_err(|error| Error::Io { doing: format!("connecting to {address}"), error })?;
        let mut session = Self {
            control,
            options,
            progress: None,
            representation: None,
            extended_passive: true,
            machine_listings: true,
            security,
            log,
            welcome: Reply::new(220, ""),
            owed: Some("the connection".to_owned()),
            debug_level: 0,
        };
        if session.options.implicit_tls {
            session.begin_tls().await?;
        }
        // 120 asks to wait for the 220.
        session.welcome = loop {
            let reply = session.receive("the connection").await?;
            if reply.code().is_final() {
                break positive("the connection", reply)?;
            }
        };
        Ok(session)
    }

    pub(super) fn welcome(&self) -> &Reply {
        &self.welcome
    }

    pub(super) fn transcript(&self) -> Transcript {
        self.log.transcript()
    }

    pub(super) fn set_debug_level(&mut self, level: u8) {
        self.debug_level = level;
    }

    /// A command in the session's encoding.
    pub(super) fn outgoing(&self, line: impl Into<String>) -> Result<Outgoing, Error> {
        Outgoing::new(line, self.options.encoding)
    }

    /// Sends `command`, and reads the first reply to it, which is an error if it is 4yz or 5yz.
    pub(super) async fn send(&mut self, command: &Outgoing) -> Result<Reply, Error> {
        let method = match command.verb() {
            Some(Verb::Auth) => "auth",
            Some(Verb::Ccc) => "ccc",
            _ => return self.exchange(command).await,
        };
        let reason = format!(
            "{} was not sent: TLS begins or ends behind it; call `{method}` instead",
            command.shown()
        );
        Err(Error::Refused { reason })
    }

    /// The same, also with commands behind whose reply the connection is another.
    pub(super) async fn exchange(&mut self, command: &Outgoing) -> Result<Reply, Error> {
        self.check_that_nothing_is_owed().await?;
        self.put(command).await?;
        let reply = positive(command.shown(), self.receive(command.shown()).await?)?;
        if reply.code().class() == ReplyClass::Completion {
            self.note(command).await?;
        }
        Ok(reply)
    }

    /// Sends a command whose reply must be 2yz.
    pub(super) async fn voidcmd(&mut self, line: impl Into<String>) -> Result<Reply, Error> {
        let command = self.outgoing(line)?;
        completed(command.shown(), self.send(&command).await?)
    }

    /// Sends a command; any reply but 4yz and 5yz will do.
    pub(super) async fn sendcmd(&mut self, line: &str) -> Result<Reply, Error> {
        let command = self.outgoing(line)?;
        self.send(&command).await
    }

    /// Reads the next reply to the command that awaits one.
    pub(super) async fn getresp(&mut self) -> Result<Reply, Error> {
        let command = self.owed.clone().unwrap_or_else(|| "no command".to_owned());
        positive(&command, self.receive(&command).await?)
    }

    /// Reads the next reply, which must be 2yz.
    pub(super) async fn voidresp(&mut self) -> Result<Reply, Error> {
        let command = self.owed.clone().unwrap_or_else(|| "no command".to_owned());
        completed(&command, self.getresp().await?)
    }

    /// Sends `command` whatever is owed.
    pub(super) async fn put(&mut self, command: &Outgoing) -> Result<(), Error> {
        self.tell(format_args!("C> {}", command.shown()));
        // Servers set it back when the user or the security is another; which it is, TYPE alone says, and its reply.
        if let Some(Verb::Type | Verb::User | Verb::Auth | Verb::Rein) = command.verb() {
            self.representation = None;
        }
        self.owed = Some(command.shown().to_owned());
        let sent = self.control.send(command.line(), self.options.timeout).await;
        sent.map_err(|failure| self.failed(failure, command.shown()))
    }

    /// Reads one reply to `command`, whatever it says.
    pub(super) async fn receive(&mut self, command: &str) -> Result<Reply, Error> {
        self.receive_within(command, self.options.timeout.map(Deadline::after)).await
    }

    /// Reads one reply until `deadline`.
    pub(super) async fn receive_within(
        &mut self,
        command: &str,
        deadline: Option<Deadline>,
    ) -> Result<Reply, Error> {
        let received = self.control.receive(deadline).await;
        let reply = received.map_err(|failure| self.failed(failure, command))?;
        self.tell(format_args!("S> {reply}"));
        if reply.code().is_final() {
            self.owed = None;
        }
        Ok(reply)
    }

    /// The command whose last reply has not been read.
    pub(super) fn owed(&self) -> Option<&str> {
        self.owed.as_deref()
    }

    /// Says that nothing is owed any more, or that the reply to `command` is.
    pub(super) fn set_owed(&mut self, command: Option<&str>) {
        self.owed = command.map(str::to_owned);
    }

    /// Nothing may be sent while a reply is to come, or one has come that nobody asked for.
    async fn check_that_nothing_is_owed(&mut self) -> Result<(), Error> {
        if let Some(unanswered) = self.owed.clone() {
            return Err(Error::OutOfStep { unanswered });
        }
        self.control.take_unasked().map_err(|error| self.failed(ControlFailure::Io(error), "no command"))?;
        if self.control.has_unread() {
            let reply = self.receive("no command").await?;
            return Err(ReplyError::new("no command", reply).into());
        }
        Ok(())
    }

    /// Remembers what a command that succeeded has changed.
    async fn note(&mut self, command: &Outgoing) -> Result<(), Error> {
        match (command.verb(), command.parameter().map(str::parse)) {
            (Some(Verb::Type), Some(Ok(representation))) => self.representation = Some(representation),
            (Some(Verb::Prot), _) => {
                let level = command.parameter().unwrap_or_default();
                self.security.private = level.trim().eq_ignore_ascii_case("P");
            }
            (Some(Verb::Rein), _) => self.begin_anew().await?,
            _ => {}
        }
        Ok(())
    }

    fn failed(&self, failure: ControlFailure, command: &str) -> Error {
        let awaiting = format!("the reply to {command}");
        match failure {
            ControlFailure::Closed => Error::Closed { awaiting },
            ControlFailure::Undecodable(ReplyDecodeError::LineTooLong(_)) => {
                Error::LineTooLong { of: awaiting, limit: self.options.line_limit }
            }
            ControlFailure::Undecodable(error) => Error::NotAReply { to: command.to_owned(), error },
            ControlFailure::Io(error) => Error::of_socket(error, self.options.timeout, awaiting),
        }
    }

    fn tell(&self, line: fmt::Arguments<'_>) {
        match self.debug_level {
            0 => tracing::debug!(target: "ftp_fixture::client", "{line}"),
            _ => tracing::info!(target: "ftp_fixture::client", "{line}"),
        }
    }
}

async fn connect_to_any<S: Socket>(
    host: &str,
    port: u16,
    options: &Options,
) -> Result<(S, SocketAddr), Error> {
    let server = ServerAddress::new(host, Some(port));
    let failed = |error| Error::of_socket(error, options.timeout, format!("a connection to {server}"));
    let addresses = S::resolve(host, port).await.map_err(failed)?;
    let mut last = std::io::Error::new(std::io::ErrorKind::NotFound, "it has no address");
    for address in addresses {
        match S::connect(address, options.source_address, options.timeout).await {
            Ok(socket) => return Ok((socket, address)),
            Err(error) => last = error,
        }
    }
    Err(failed(last))
}

/// `reply`, unless it is 4yz, 5yz or 6yz.
pub(super) fn positive(command: &str, reply: Reply) -> Result<Reply, Error> {
    match reply.code().class() {
        ReplyClass::Preliminary | ReplyClass::Completion | ReplyClass::Intermediate => Ok(reply),
        _ => Err(ReplyError::new(command, reply).into()),
    }
}

/// `reply`, if it is 2yz.
pub(super) fn completed(command: &str, reply: Reply) -> Result<Reply, Error> {
    match reply.code().class() {
        ReplyClass::Completion => Ok(reply),
        _ => Err(ReplyError::new(command, reply).into()),
    }
}

impl<S: Socket> fmt::Debug for UserSession<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserSession")
            .field("control", &self.control)
            .field("options", &self.options)
            .field("owed", &self.owed)
            .finish_non_exhaustive()
    }
}
