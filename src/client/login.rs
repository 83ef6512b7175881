//! Logging in and leaving (RFC 959, 4.1.1).

use super::error::Error;
use super::options::Options;
use super::session::{UserSession, completed};
use super::url::FtpUrl;
use crate::net::user::Socket;
use crate::proto::{Reply, ReplyClass};

const ANONYMOUS: &str = "anonymous";

/// What anonymous users give for a password, by custom.
const ANONYMOUS_PASSWORD: &str = "anonymous@";

impl<S: Socket> UserSession<S> {
    /// USER, then PASS and ACCT as far as the server asks for them; within TLS, if there is to be any.
    pub(super) async fn login(&mut self, user: &str, password: &str, account: &str) -> Result<Reply, Error> {
        let user = if user.is_empty() { ANONYMOUS } else { user };
        let password = match password {
            "" | "-" if user == ANONYMOUS => ANONYMOUS_PASSWORD,
            password => password,
        };
        // All of them are looked at before any is sent.
        let commands = [
            self.outgoing(format!("USER {user}"))?,
            self.outgoing(format!("PASS {password}"))?,
            self.outgoing(format!("ACCT {account}"))?,
        ];
        self.secure_login().await?;
        let [first, rest @ ..] = &commands;
        let (mut last, mut reply) = (first, self.send(first).await?);
        for command in rest {
            if reply.code().class() != ReplyClass::Intermediate {
                break;
            }
            (last, reply) = (command, self.send(command).await?);
        }
        let reply = completed(last.shown(), reply)?;
        self.secure_data().await?;
        Ok(reply)
    }

    /// Connects to the server of `url`, logs in as its user, and goes to its path.
    pub(super) async fn connect_as_told(url: &str, mut options: Options) -> Result<Self, Error> {
        let url: FtpUrl = url.parse()?;
        if url.is_tls() && options.tls.is_none() {
            let reason =
                "ftps:// needs TLS; say whom to trust, as in `Ftp::builder().tls(ClientTls::trusting(..))`";
            return Err(Error::Refused { reason: reason.to_owned() });
        }
        options.implicit_tls |= url.is_tls();
        let mut session = Self::connect(url.server(), options).await?;
        session.login(url.user(), url.password().expose(), "").await?;
        if !url.path().is_empty() {
            session.cwd(url.path()).await?;
        }
        Ok(session)
    }

    /// QUIT; the connection is closed whatever the reply.
    pub(super) async fn quit(&mut self) -> Result<Reply, Error> {
        let reply = self.voidcmd("QUIT").await;
        self.control.close();
        reply
    }

    pub(super) fn close(&mut self) {
        self.control.close();
    }
}
