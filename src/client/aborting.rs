//! ABOR, and getting back in step (RFC 959, 4.1.3).
//!
//! A transfer under way has two replies to come: its own, 426 as a rule, and ABOR's. Servers leave out either. Whoever
//! then goes on takes the second for that to the next command, so it is waited for; and where it does not come, NOOP is
//! sent, whose reply shows where they end.

use std::time::Duration;

use super::error::{Error, ReplyError};
use super::outgoing::Outgoing;
use super::session::UserSession;
use crate::net::Deadline;
use crate::net::user::{Socket, UserTransfer};
use crate::proto::{Reply, ReplyClass};

/// How long a second reply is waited for before the server is asked whether one will come.
const SECOND_REPLY_LIMIT: Duration = Duration::from_secs(2);

impl<S: Socket> UserSession<S> {
    /// Sends ABOR, and reads its reply and that of the transfer which was dropped, if one was. Gives the last of them.
    pub(super) async fn abort(&mut self) -> Result<Reply, Error> {
        self.abort_transfer(None).await
    }

    /// Sends ABOR, and then closes the data connection `data`, because some servers look at nothing else.
    pub(super) async fn abort_transfer(&mut self, data: Option<UserTransfer<S>>) -> Result<Reply, Error> {
        let abort = self.outgoing("ABOR")?;
        let transfer = self.owed().map(str::to_owned);
        self.put(&abort).await?;
        drop(data);
        let first = self.last_reply_to(&abort).await?;
        // 225 says that there is no transfer, which only ABOR's own reply can.
        let Some(transfer) = transfer.filter(|_| first.code().number() != 225) else {
            return abort_reply(&abort, first);
        };
        // Should this one be given up, it must be known that more is to come.
        self.set_owed(Some(&transfer));
        let limit = self.options.timeout.map_or(SECOND_REPLY_LIMIT, |limit| limit.min(SECOND_REPLY_LIMIT));
        match self.receive_within(abort.shown(), Some(Deadline::after(limit))).await {
            Ok(second) => abort_reply(&abort, second),
            Err(error) if error.is_timeout() => self.last_before_noop(&abort, first).await,
            Err(error) => Err(error),
        }
    }

    /// The last reply before that to NOOP, of which `last` is the first.
    async fn last_before_noop(&mut self, abort: &Outgoing, mut last: Reply) -> Result<Reply, Error> {
        let noop = self.outgoing("NOOP")?;
        self.put(&noop).await?;
        loop {
            let reply = self.last_reply_to(&noop).await?;
            if !may_end_a_transfer(&reply) {
                return abort_reply(abort, last);
            }
            // It was ABOR's after all.
            self.set_owed(Some(noop.shown()));
            last = reply;
        }
    }

    /// The next reply that is not 1yz: the transfer may not even have begun.
    async fn last_reply_to(&mut self, command: &Outgoing) -> Result<Reply, Error> {
        loop {
            let reply = self.receive(command.shown()).await?;
            if reply.code().is_final() {
                return Ok(reply);
            }
        }
    }
}

/// Whether a reply is one to ABOR, or the last of a transfer, and not one to NOOP.
fn may_end_a_transfer(reply: &Reply) -> bool {
    matches!(reply.code().number(), 225 | 226 | 250) || reply.code().class() == ReplyClass::TransientNegative
}

/// `reply`, if it says that there is no transfer any more.
fn abort_reply(abort: &Outgoing, reply: Reply) -> Result<Reply, Error> {
    match reply.code().number() {
        // Where the transfer's own, 426, is the only one, it says so too.
        225 | 226 | 426 => Ok(reply),
        _ => Err(ReplyError::proto(abort.shown(), reply).into()),
    }
}
