//! AUTH, PBSZ, PROT and CCC (RFC 4217): TLS on the control connection, and on the data connections to come.

use super::error::{Error, ReplyError};
use super::outgoing::Outgoing;
use super::session::{UserSession, completed};
use crate::net::Deadline;
use crate::net::user::{Socket, UserStream};
use crate::proto::Reply;
use crate::tls::{ClientTls, TlsFailure, UserTls};
use crate::transcript::{Event, Text, WireEvent};

/// What a client has of TLS.
#[derive(Debug)]
pub(super) struct Security {
    pub(super) tls: Option<UserTls>,
    /// Whether data connections are encrypted.
    pub(super) private: bool,
    /// CCC has ended TLS on the control connection, and no login begins it again.
    cleared: bool,
}

impl Security {
    /// What `settings` ask for of the server `host`, before any of it has begun.
    pub(super) fn new(settings: Option<&ClientTls>, host: &str) -> Result<Self, Error> {
        // A zone is of this machine alone, and in no certificate.
        let name = host.split('%').next().unwrap_or(host);
        let tls = settings.map(|settings| settings.prepare(name)).transpose();
        let failed = |reason| Error::Tls { on: format!("connections to {host}"), reason };
        Ok(Self { tls: tls.map_err(|error| failed(error.to_string()))?, private: false, cleared: false })
    }
}

impl<S: Socket> UserSession<S> {
    /// `socket`, encrypted where PROT P was agreed.
    pub(super) async fn secured(&mut self, socket: S, command: &Outgoing) -> Result<UserStream<S>, Error> {
        let mut stream = UserStream::new(socket);
        let deadline = self.options.timeout.map(Deadline::after);
        if let Security { tls: Some(tls), private: true, .. } = &self.security
            && let Err(failure) = stream.secure(tls, deadline).await
        {
            let event = Event::TlsDataFailed(Text::literal(failure.to_string()));
            self.control.recorder().record(|| WireEvent::Event(event));
            drop(stream);
            // What the server says of it is the better reason.
            return Err(match self.receive(command.shown()).await {
                Ok(reply) if reply.code().number() >= 400 => ReplyError::new(command.shown(), reply).into(),
                _ => self.tls_failed(format!("the data connection of {}", command.shown()), failure),
            });
        }
        stream.set_limit(self.options.timeout);
        Ok(stream)
    }

    /// AUTH TLS, and the handshake.
    pub(super) async fn auth(&mut self) -> Result<Reply, Error> {
        if self.security.tls.is_none() {
            return Err(no_tls());
        }
        if self.control.is_secure() {
            return Err(Error::Refused { reason: "the control connection is encrypted already".to_owned() });
        }
        let command = self.outgoing("AUTH TLS")?;
        let reply = completed(command.shown(), self.exchange(&command).await?)?;
        self.begin_tls().await?;
        self.security.private = false;
        Ok(reply)
    }

    /// CCC, and the end of TLS on the control connection.
    pub(super) async fn ccc(&mut self) -> Result<Reply, Error> {
        self.check_that_it_is_secure()?;
        let command = self.outgoing("CCC")?;
        let reply = completed(command.shown(), self.exchange(&command).await?)?;
        self.go_clear().await?;
        self.security.cleared = true;
        Ok(reply)
    }

    /// What REIN does: the control connection is in the clear again, unless it never was (RFC 4217, 11).
    pub(super) async fn begin_anew(&mut self) -> Result<(), Error> {
        self.security.private = false;
        self.security.cleared = false;
        match self.control.is_secure() && !self.options.implicit_tls {
            true => self.go_clear().await,
            false => Ok(()),
        }
    }

    async fn go_clear(&mut self) -> Result<(), Error> {
        let limit = self.options.timeout;
        let ended = self.control.go_clear(limit).await;
        ended.map_err(|error| Error::of_socket(error, limit, "the end of TLS on the control connection"))
    }

    /// PBSZ 0 and PROT P: data connections are encrypted.
    pub(super) async fn prot_p(&mut self) -> Result<Reply, Error> {
        self.check_that_it_is_secure()?;
        self.voidcmd("PBSZ 0").await?;
        self.voidcmd("PROT P").await
    }

    /// PROT C: data connections are in the clear.
    pub(super) async fn prot_c(&mut self) -> Result<Reply, Error> {
        self.check_that_it_is_secure()?;
        self.voidcmd("PROT C").await
    }

    /// AUTH before a login, where there is to be TLS and is none yet.
    pub(super) async fn secure_login(&mut self) -> Result<(), Error> {
        if self.security.tls.is_some() && !self.security.cleared && !self.control.is_secure() {
            self.auth().await?;
        }
        Ok(())
    }

    /// PROT P after a login, where there is TLS.
    pub(super) async fn secure_data(&mut self) -> Result<(), Error> {
        if self.control.is_secure() && !self.security.private {
            self.prot_p().await?;
        }
        Ok(())
    }

    fn check_that_it_is_secure(&self) -> Result<(), Error> {
        match self.control.is_secure() {
            true => Ok(()),
            false => {
                let reason = "there is no TLS on the control connection; call `auth` first";
                Err(Error::Refused { reason: reason.to_owned() })
            }
        }
    }

    /// Encrypts the control connection.
    pub(super) async fn begin_tls(&mut self) -> Result<(), Error> {
        let deadline = self.options.timeout.map(Deadline::after);
        let Some(tls) = &self.security.tls else { return Err(no_tls()) };
        let begun = self.control.secure(tls, deadline).await;
        begun.map_err(|failure| self.tls_failed("the control connection".to_owned(), failure))
    }

    fn tls_failed(&self, on: String, failure: TlsFailure) -> Error {
        match (failure, self.options.timeout) {
            (TlsFailure::TimedOut, Some(after)) => Error::Timeout { awaiting: format!("TLS on {on}"), after },
            _ => Error::Tls { on, reason: failure.to_string() },
        }
    }
}

fn no_tls() -> Error {
    let reason = "this client has no TLS; build it with `Ftp::builder().tls(ClientTls::trusting(..))`";
    Error::Refused { reason: reason.to_owned() }
}
