//! What a session is suspended on, so that somebody else can ask the kernel whether it could go on.
//!
//! A runtime's own idea of readiness lags behind the kernel's: bytes that a client has written may not have reached
//! the session yet. A session therefore says which sockets it waits for, and `Waits::activity` asks the kernel about
//! just those, and about their other ends (`peers`). This is the one thing of a session that another task looks at, and only while the session stands
//! still; the lock is never held over an `await`.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::grace::Grace;
use super::peers::Peers;
use super::platform::{self, Interest};

/// How things stand with a session; the more it has to do, the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Activity {
    /// It waits for its peer, and the kernel has nothing for it.
    Quiet,
    /// Its peer has sent it something, which is on its way.
    Expecting,
    /// It has something to do, or will be woken to do it.
    Running,
}

/// The sockets a session waits for.
#[derive(Debug)]
pub(crate) struct Waits {
    peers: Arc<Peers>,
    /// The session's client can be asked about.
    knows_client: AtomicBool,
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
    /// Those of a session that is about to begin.
    pub(crate) fn new(peers: Arc<Peers>) -> Self {
        Self {
            peers,
            knows_client: AtomicBool::new(false),
            sockets: Mutex::default(),
            transfers: AtomicUsize::new(0),
            underway: AtomicUsize::new(0),
        }
    }

    /// Takes note of whether the client at the other end of the control connection can be asked about.
    pub(super) fn meet(&self, control: &TcpStream) {
        self.knows_client.store(self.peers.know(control), Ordering::Relaxed);
    }

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
        self.greatest(|_| true).unwrap_or(Activity::Running)
    }

    /// Asks the kernel whether it has a command for the session, or the end of its control connection.
    pub(crate) fn command_activity(&self) -> Activity {
        self.greatest(|waited| matches!(waited, Waited::Command(_))).unwrap_or(Activity::Quiet)
    }

    /// Asks the kernel whether it has a connection or data for the session's transfer.
    pub(crate) fn upload_activity(&self) -> Activity {
        let is_incoming =
            |waited: &Waited| matches!(waited, Waited::Stream(_, Interest::Readable) | Waited::Listener(_));
        self.greatest(is_incoming).unwrap_or(Activity::Quiet)
    }

    /// Asks the kernel whether it has something to be read from a connection.
    pub(super) fn activity_of(&self, socket: &Arc<TcpStream>) -> Activity {
        self.ask(&Waited::Command(Arc::clone(socket)))
    }

    /// Whether the client's end of a connection that has ended was closed before it had read all that was sent.
    ///
    /// Its kernel says so with a reset, then or when more comes in.
    pub(super) async fn was_left_unread(&self, socket: &TcpStream) -> bool {
        let _underway = self.underway();
        let knows_client = self.knows_client.load(Ordering::Relaxed);
        let mut grace = Grace::new();
        loop {
            let sending = knows_client && self.peers.are_being_sent_to(socket);
            if !grace.covers(if sending { Activity::Expecting } else { Activity::Quiet }).await {
                break;
            }
        }
        // A socket that was reset has no peer's address any more.
        socket.peer_addr().is_err() || (knows_client && self.peers.have_left(socket))
    }

    /// The greatest activity of those; `None` without any.
    fn greatest(&self, among: impl Fn(&Waited) -> bool) -> Option<Activity> {
        let sockets = self.sockets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut greatest = None;
        for waited in sockets.iter().flatten().filter(|waited| among(waited)) {
            greatest = greatest.max(Some(self.ask(waited)));
            if greatest == Some(Activity::Running) {
                break;
            }
        }
        greatest
    }

    fn ask(&self, waited: &Waited) -> Activity {
        if waited.is_over() {
            Activity::Running
        } else if !self.knows_client.load(Ordering::Relaxed) {
            Activity::Quiet
        } else if waited.is_about_to_end(&self.peers) {
            Activity::Expecting
        } else if waited.is_over() {
            // It has arrived between the questions.
            Activity::Running
        } else {
            Activity::Quiet
        }
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

    fn is_about_to_end(&self, peers: &Peers) -> bool {
        match self {
            Self::Command(socket) | Self::Stream(socket, Interest::Readable) => peers.have_sent_to(socket),
            Self::Stream(socket, Interest::Writable) => peers.have_left(socket),
            Self::Listener(listener) => peers.have_connected_to(listener),
            Self::Moment(..) => false,
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
