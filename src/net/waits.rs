//! What a session is suspended on, so that somebody else can ask the kernel whether it could go on.
//!
//! A runtime's own idea of readiness lags behind the kernel's: bytes that a client has written may not have reached
//! the session yet. A session therefore says which sockets it waits for, and `Waits::activity` asks the kernel about
//! just those. This is the one thing of a session that another task looks at, and only while the session stands
//! still; the lock is never held over an `await`.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::platform::{self, Interest};

/// How things stand with a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activity {
    /// It has something to do, or will be woken to do it.
    Running,
    /// It waits for its peer, and the kernel has nothing for it.
    Quiet,
}

/// The sockets a session waits for.
#[derive(Debug, Default)]
pub(crate) struct Waits {
    sockets: Mutex<Vec<Option<Waited>>>,
    transfers: AtomicUsize,
    /// What the kernel will do without the peer, such as connecting.
    underway: AtomicUsize,
}

#[derive(Debug)]
enum Waited {
    Command(Arc<TcpStream>),
    Stream(Arc<TcpStream>, Interest),
    Listener(Arc<TcpListener>),
    /// A moment of a time that is moved by hand.
    Moment(watch::Receiver<Duration>, Duration),
}

/// While it lives, its session is said to wait for one socket.
#[derive(Debug)]
#[must_use]
pub(crate) struct Waiting<'a> {
    waits: &'a Waits,
    slot: usize,
}

/// While it lives, its session is said to be in mid-transfer.
#[derive(Debug)]
#[must_use]
pub(crate) struct InTransfer(Arc<Waits>);

/// While it lives, its session is said to go on by itself.
#[derive(Debug)]
#[must_use]
pub(crate) struct Underway<'a>(&'a Waits);

impl Waits {
    /// For a command, or the end of the control connection.
    pub(crate) fn command(&self, socket: &Arc<TcpStream>) -> Waiting<'_> {
        self.enter(Waited::Command(Arc::clone(socket)))
    }

    pub(crate) fn readable(&self, socket: &Arc<TcpStream>) -> Waiting<'_> {
        self.enter(Waited::Stream(Arc::clone(socket), Interest::Readable))
    }

    pub(crate) fn writable(&self, socket: &Arc<TcpStream>) -> Waiting<'_> {
        self.enter(Waited::Stream(Arc::clone(socket), Interest::Writable))
    }

    pub(crate) fn incoming(&self, listener: &Arc<TcpListener>) -> Waiting<'_> {
        self.enter(Waited::Listener(Arc::clone(listener)))
    }

    pub(crate) fn moment(&self, now: watch::Receiver<Duration>, moment: Duration) -> Waiting<'_> {
        self.enter(Waited::Moment(now, moment))
    }

    pub(crate) fn transfer(self: &Arc<Self>) -> InTransfer {
        self.transfers.fetch_add(1, Ordering::Relaxed);
        InTransfer(Arc::clone(self))
    }

    /// Whether a transfer is under way, from its 1yz reply to its final one.
    pub(crate) fn in_transfer(&self) -> bool {
        self.transfers.load(Ordering::Relaxed) > 0
    }

    /// Says that the session will go on by itself, however its sockets stand.
    pub(crate) fn underway(&self) -> Underway<'_> {
        self.underway.fetch_add(1, Ordering::Relaxed);
        Underway(self)
    }

    /// Asks the kernel whether the session could go on.
    pub(crate) fn activity(&self) -> Activity {
        if self.underway.load(Ordering::Relaxed) > 0 {
            return Activity::Running;
        }
        let sockets = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut waits = sockets.iter().flatten().peekable();
        if waits.peek().is_none() {
            return Activity::Running;
        }
        if waits.any(Waited::is_over) { Activity::Running } else { Activity::Quiet }
    }

    /// Asks the kernel whether it has a command for the session, or the end of its control connection.
    pub(crate) fn has_command(&self) -> bool {
        let sockets = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        sockets.iter().flatten().any(|waited| matches!(waited, Waited::Command(_)) && waited.is_over())
    }

    fn enter(&self, waited: Waited) -> Waiting<'_> {
        let mut sockets = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = sockets.iter().position(Option::is_none).unwrap_or_else(|| {
            sockets.push(None);
            sockets.len() - 1
        });
        sockets[slot] = Some(waited);
        Waiting { waits: self, slot }
    }
}

impl Waited {
    fn is_over(&self) -> bool {
        match self {
            Self::Command(socket) | Self::Stream(socket, Interest::Readable) => {
                platform::acknowledge_now(socket.as_ref());
                platform::is_ready(socket.as_ref(), Interest::Readable)
            }
            Self::Stream(socket, Interest::Writable) => {
                platform::is_ready(socket.as_ref(), Interest::Writable)
            }
            Self::Moment(now, moment) => *now.borrow() >= *moment,
            Self::Listener(listener) => platform::is_ready(listener.as_ref(), Interest::Readable),
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.waits.sockets.lock().unwrap_or_else(PoisonError::into_inner)[self.slot] = None;
    }
}

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        self.0.underway.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for InTransfer {
    fn drop(&mut self) {
        self.0.transfers.fetch_sub(1, Ordering::Relaxed);
    }
}
