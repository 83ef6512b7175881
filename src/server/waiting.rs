//! Those who wait for something to be recorded: they are told as soon as it is, or at their deadline.

use std::sync::mpsc;

use tokio::sync::oneshot;

use super::serve::Serving;
use crate::net::{Deadline, race};
use crate::transcript::Transcript;

/// What has been recorded until now, whether or not sessions are still at work.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    /// How many events it was made of.
    pub(crate) version: u64,
    pub(crate) transcript: Transcript,
}

/// Where a waiter is told.
#[derive(Debug)]
pub(crate) enum Told {
    /// A thread that is blocked.
    Thread(mpsc::Sender<Progress>),
    /// A future; gone when it is dropped.
    Future(oneshot::Sender<Progress>),
}

/// Someone who waits for more than a version.
#[derive(Debug)]
pub(crate) struct Waiter {
    /// The version that they know; `None` for none, so that they are told at once.
    pub(crate) beyond: Option<u64>,
    pub(crate) deadline: Deadline,
    pub(crate) told: Told,
}

/// Waits until there may be something to tell: something was `recorded`, or a deadline has come. May be cancelled.
pub(super) async fn due(waiters: &[Waiter], recorded: impl Future<Output = ()>) {
    let deadlines = waiters.iter().map(|waiter| waiter.deadline);
    match deadlines.reduce(Deadline::earlier) {
        Some(deadline) => {
            race(recorded, deadline.wait()).await;
        }
        None => std::future::pending().await,
    }
}

impl Serving {
    pub(super) fn add_waiter(&mut self, waiter: Waiter) {
        self.waiters.push(waiter);
        self.tell_waiters();
    }

    /// Tells those for whom there is something new, or whose deadline has passed.
    pub(super) fn tell_waiters(&mut self) {
        if self.waiters.is_empty() {
            return;
        }
        // Asked for first: what is recorded meanwhile is told again.
        let (version, mut transcript) = (self.log.version(), None);
        let mut waiting = Vec::new();
        for waiter in self.waiters.drain(..) {
            if waiter.beyond.is_none_or(|known| known < version) || waiter.deadline.has_passed() {
                let transcript = transcript.get_or_insert_with(|| self.log.transcript()).clone();
                waiter.told.tell(Progress { version, transcript });
            } else if !waiter.told.is_gone() {
                waiting.push(waiter);
            }
        }
        self.waiters = waiting;
    }
}

impl Told {
    /// Whoever waited may have given up.
    fn tell(self, progress: Progress) {
        match self {
            Self::Thread(sender) => drop(sender.send(progress)),
            Self::Future(sender) => drop(sender.send(progress)),
        }
    }

    fn is_gone(&self) -> bool {
        matches!(self, Self::Future(sender) if sender.is_closed())
    }
}
