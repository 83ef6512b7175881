//! Those who wait for something to be recorded: they are told as soon as it is, or at their deadline.

use std::sync::mpsc;

use tokio::sync::oneshot;

use super::serve::Serving;
use crate::net::{Deadline, race};
use crate::transcript::Recording;

/// Where a waiter is told what has been recorded until now, whether or not sessions are still at work.
///
/// It makes a transcript of that itself, so that the sessions need not wait for it.
#[derive(Debug)]
pub(crate) enum Told {
    /// A thread that is blocked.
    Thread(mpsc::Sender<Recording>),
    /// A future; gone when it is dropped.
    Future(oneshot::Sender<Recording>),
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
        let recording = self.log.recording();
        let mut waiting = Vec::new();
        for waiter in self.waiters.drain(..) {
            let is_new = waiter.beyond.is_none_or(|known| known < recording.version());
            if is_new || waiter.deadline.has_passed() {
                waiter.told.tell(recording.clone());
            } else if !waiter.told.is_gone() {
                waiting.push(waiter);
            }
        }
        self.waiters = waiting;
    }
}

impl Told {
    /// Whoever waited may have given up.
    fn tell(self, recording: Recording) {
        match self {
            Self::Thread(sender) => drop(sender.send(recording)),
            Self::Future(sender) => drop(sender.send(recording)),
        }
    }

    fn is_gone(&self) -> bool {
        matches!(self, Self::Future(sender) if sender.is_closed())
    }
}
