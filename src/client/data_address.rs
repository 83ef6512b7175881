//! Where the data connection of the next transfer goes: PASV, EPSV, PORT and EPRT.

use std::net::{IpAddr, SocketAddr};

use super::error::{Error, ReplyErrorKind};
use super::parse::{parse227, parse229};
use super::session::UserSession;
use crate::net::user::Socket;
use crate::proto::{ExtendedPort, HostPort, Reply};

/// The half of a data connection that there is before the transfer's command is sent.
pub(super) enum DataPort<S: Socket> {
    Connected(S),
    Listening(S::Listener),
}

impl<S: Socket> UserSession<S> {
    pub(super) async fn data_port(&mut self) -> Result<DataPort<S>, Error> {
        if !self.options.passive {
            return self.makeport().await.map(DataPort::Listening);
        }
        let address = self.makepasv().await?;
        let options = &self.options;
        let socket = S::connect(address, options.source_address, options.timeout).await.map_err(|error| {
            Error::of_socket(error, options.timeout, format!("a data connection to {address}"))
        })?;
        Ok(DataPort::Connected(socket))
    }

    /// Asks the server to listen: by EPSV, or by PASV where it does not know that.
    ///
    /// The address is that of the control connection, whatever a 227 says, unless that is trusted.
    pub(super) async fn makepasv(&mut self) -> Result<SocketAddr, Error> {
        if self.extended_passive {
            match self.sendcmd("EPSV").await.and_then(|reply| self.announced(&reply)) {
                Err(error) if self.control.server().is_ipv4() && is_refused(&error) => {
                    self.extended_passive = false;
                }
                address => return address,
            }
        }
        let reply = self.sendcmd("PASV").await?;
        self.announced(&reply)
    }

    /// Listens for the server, and tells it where: by PORT, or by EPRT over IPv6.
    pub(super) async fn makeport(&mut self) -> Result<S::Listener, Error> {
        let failed = |error| Error::Io { doing: "listening for a data connection".to_owned(), error };
        let listener = S::listen(self.control.local()).map_err(failed)?;
        let address = S::listening_at(&listener).map_err(failed)?;
        match address.ip() {
            IpAddr::V4(_) => self.sendport(address).await?,
            IpAddr::V6(_) => self.sendeprt(address).await?,
        };
        Ok(listener)
    }

    pub(super) async fn sendport(&mut self, address: SocketAddr) -> Result<Reply, Error> {
        let port = match address {
            SocketAddr::V4(address) => HostPort::new(address),
            SocketAddr::V6(_) => None,
        };
        let Some(port) = port else {
            let reason = format!("PORT cannot say {address}, only an IPv4 address with a port; use EPRT");
            return Err(Error::Refused { reason });
        };
        self.voidcmd(format!("PORT {port}")).await
    }

    pub(super) async fn sendeprt(&mut self, address: SocketAddr) -> Result<Reply, Error> {
        let Some(port) = ExtendedPort::new(address) else {
            return Err(Error::Refused { reason: format!("EPRT cannot say {address}: port 0 is none") });
        };
        self.voidcmd(format!("EPRT {port}")).await
    }

    /// Where a 227 or a 229 says that the server listens; some servers answer the one with the other.
    fn announced(&self, reply: &Reply) -> Result<SocketAddr, Error> {
        let own = self.control.server();
        if reply.code().number() != 227 {
            return Ok(SocketAddr::new(own, parse229(reply)?));
        }
        let announced = parse227(reply)?;
        let address = if self.options.trust_pasv_address { IpAddr::V4(*announced.ip()) } else { own };
        Ok(SocketAddr::new(address, announced.port()))
    }
}

/// Whether EPSV is of no use here: not known, or answered by something else.
fn is_refused(error: &Error) -> bool {
    let kind = error.reply_kind();
    matches!(kind, Some(ReplyErrorKind::Perm | ReplyErrorKind::Proto | ReplyErrorKind::Reply))
}
