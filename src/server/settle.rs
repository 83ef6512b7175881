//! When a server has nothing left to do that its clients have asked for.
//!
//! A client's call returns as soon as its kernel has taken the bytes; the session may not have seen them yet. So the
//! kernel is asked: is a connection waiting to be accepted, has a session something to read, could it write? Or is there
//! something on its way?

use super::serve::Serving;
use crate::net::{Activity, Deadline, Grace, Waits};

/// With more sessions than this, their order of end against a new one's start is left to chance: asking all of them
/// at each connect would cost more than connecting.
const SESSIONS_SETTLED_BEFORE_OPENING: usize = 64;

impl Serving {
    /// Goes on until every session waits for its client; `false` when the deadline came first.
    pub(super) async fn settle(&mut self, deadline: Deadline) -> bool {
        loop {
            let nobody_comes = match self.listener.accept_now() {
                None => true,
                Some(Ok(accepted)) => {
                    self.open(accepted).await;
                    false
                }
                Some(Err(error)) => {
                    self.note_exhaustion(&error);
                    true
                }
            };
            self.reap();
            self.tell_waiters();
            if nobody_comes && self.activity() == Activity::Quiet && !self.is_awaited() {
                return true;
            }
            if deadline.has_passed() {
                return false;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Lets the sessions that are there deal with what they were sent, so that what a client did on one connection
    /// before it opened the next has happened. A session in mid-transfer is waited for only if the client has sent it a
    /// command, or closed its control connection.
    pub(super) async fn settle_before_opening(&mut self) {
        if self.sessions.len() > SESSIONS_SETTLED_BEFORE_OPENING {
            return;
        }
        let mut grace = Grace::new();
        loop {
            self.reap();
            let activity = |waits: &Waits| {
                if waits.in_transfer() { waits.command_activity() } else { waits.activity() }
            };
            if !grace.covers(self.greatest(activity)).await {
                return;
            }
        }
    }

    fn activity(&self) -> Activity {
        self.greatest(Waits::activity)
    }

    /// What the busiest session does.
    fn greatest(&self, activity: impl Fn(&Waits) -> Activity) -> Activity {
        let mut greatest = Activity::Quiet;
        for session in self.sessions.values() {
            greatest = greatest.max(activity(&session.waits));
            if greatest == Activity::Running {
                break;
            }
        }
        greatest
    }

    /// Whether a client waits to be accepted. Without descriptors it waits for longer than anybody who asks.
    fn is_awaited(&self) -> bool {
        !self.exhausted && self.listener.is_awaited(&self.peers)
    }
}
