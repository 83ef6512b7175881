//! Commands without a transfer.

use std::time::SystemTime;

use super::error::{Error, ReplyError};
use super::features::Features;
use super::parse::parse257;
use super::session::{UserSession, completed};
use crate::net::user::Socket;
use crate::proto::{Reply, ReplyClass, RepresentationType, Timeval};

impl<S: Socket> UserSession<S> {
    /// The working directory.
    pub(super) async fn pwd(&mut self) -> Result<String, Error> {
        let reply = self.voidcmd("PWD").await?;
        match parse257(&reply) {
            Ok(Some(path)) => Ok(path),
            _ => Err(ReplyError::proto("\"PWD\"", reply).into()),
        }
    }

    /// Goes to a directory: `..` by CDUP, where the server knows it.
    pub(super) async fn cwd(&mut self, path: &str) -> Result<Reply, Error> {
        if path == ".." {
            match self.voidcmd("CDUP").await {
                Err(error) if is_unknown_command(&error) => {}
                reply => return reply,
            }
        }
        let path = if path.is_empty() { "." } else { path };
        self.voidcmd(format!("CWD {path}")).await
    }

    /// Makes a directory; its pathname, as the server names it, or else as it was given.
    pub(super) async fn mkd(&mut self, path: &str) -> Result<String, Error> {
        let reply = self.voidcmd(format!("MKD {path}")).await?;
        Ok(parse257(&reply).ok().flatten().unwrap_or_else(|| path.to_owned()))
    }

    pub(super) async fn rename(&mut self, from: &str, to: &str) -> Result<Reply, Error> {
        let to = self.outgoing(format!("RNTO {to}"))?;
        let from = self.outgoing(format!("RNFR {from}"))?;
        let reply = self.send(&from).await?;
        if reply.code().class() != ReplyClass::Intermediate {
            return Err(ReplyError::new(from.shown(), reply).into());
        }
        completed(to.shown(), self.send(&to).await?)
    }

    /// The size of a file, in bytes as type image has them.
    pub(super) async fn size(&mut self, path: &str) -> Result<u64, Error> {
        self.set_type(RepresentationType::Image).await?;
        self.value(format!("SIZE {path}"), |text| text.split_whitespace().next()?.parse().ok()).await
    }

    /// When a file was modified.
    pub(super) async fn mdtm(&mut self, path: &str) -> Result<SystemTime, Error> {
        self.value(format!("MDTM {path}"), |text| text.trim().parse::<Timeval>().ok().map(Into::into)).await
    }

    pub(super) async fn mfmt(&mut self, path: &str, time: SystemTime) -> Result<Reply, Error> {
        self.voidcmd(format!("MFMT {} {path}", Timeval::from(time))).await
    }

    pub(super) async fn feat(&mut self) -> Result<Features, Error> {
        Ok(Features::of(&self.voidcmd("FEAT").await?))
    }

    /// Sets the representation type, unless the server is known to have it.
    pub(super) async fn set_type(&mut self, representation: RepresentationType) -> Result<(), Error> {
        if self.representation != Some(representation) {
            self.voidcmd(format!("TYPE {representation}")).await?;
        }
        Ok(())
    }

    /// What `read` makes of the text behind 213.
    async fn value<T>(&mut self, line: String, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Error> {
        let reply = self.voidcmd(line.clone()).await?;
        let value = reply.lines().next().filter(|_| reply.code().number() == 213).and_then(read);
        value.ok_or_else(|| ReplyError::proto(format!("{line:?}"), reply).into())
    }
}

/// `verb`, and `parameter` behind it unless that is empty.
pub(super) fn with_parameter(verb: &str, parameter: &str) -> String {
    if parameter.is_empty() { verb.to_owned() } else { format!("{verb} {parameter}") }
}

/// Whether the server does not know the command: 500, or 502.
pub(super) fn is_unknown_command(error: &Error) -> bool {
    error.reply().is_some_and(|reply| matches!(reply.code().number(), 500 | 502))
}
