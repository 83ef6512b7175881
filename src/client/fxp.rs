//! Copying between two servers, without the client in between (RFC 959, 5.2): ftplib's `ftpcp`.

use super::error::{Error, ReplyError};
use super::parse::parse227;
use super::session::{UserSession, completed};
use crate::net::user::Socket;
use crate::proto::{Reply, ReplyClass, RepresentationType};

impl<S: Socket> UserSession<S> {
    /// Has this session's server send `source` to that of `target`, which stores it as `name`, in type image.
    pub(super) async fn ftpcp(&mut self, source: &str, target: &mut Self, name: &str) -> Result<(), Error> {
        let retrieve = self.outgoing(format!("RETR {source}"))?;
        let store = target.outgoing(format!("STOR {name}"))?;
        self.set_type(RepresentationType::Image).await?;
        target.set_type(RepresentationType::Image).await?;
        // Here the address in the 227 is what it is all about.
        let address = parse227(&self.sendcmd("PASV").await?)?;
        target.sendport(address.into()).await?;
        // RFC 959: the receiving server first, so that it is there when the other sends.
        preliminary(store.shown(), target.send(&store).await?)?;
        preliminary(retrieve.shown(), self.send(&retrieve).await?)?;
        completed(retrieve.shown(), self.getresp().await?)?;
        completed(store.shown(), target.getresp().await?)?;
        Ok(())
    }
}

fn preliminary(command: &str, reply: Reply) -> Result<(), Error> {
    match reply.code().class() {
        ReplyClass::Preliminary => Ok(()),
        _ => Err(ReplyError::new(command, reply).into()),
    }
}
