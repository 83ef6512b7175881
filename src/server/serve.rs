//! A server: accepts control connections and runs a task for each. The sessions' own work is not here.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::{Id, JoinError, JoinSet};

use super::handler::{FtpHandler, UnicodeErrors};
use super::replies;
use super::session::Session;
use super::waiting::{self, Waiter};
use crate::net::{
    Accepted, ControlConnection, ControlListener, ControlOptions, Deadline, Either, Patience, Peers, Timer,
    Waits, WireLog, race,
};
use crate::proto::{Reply, SessionId};
use crate::tls::TlsServer;
use crate::transcript::{Record, Transcript};

/// How long a server without descriptors waits until it tries to accept again, unless a session ends before.
const RETRY_AFTER: Duration = Duration::from_millis(50);

/// How long one poll goes on while there is something to do.
const POLL_LIMIT: Duration = Duration::from_millis(100);

/// An FTP server: pyftpdlib's `FTPServer`.
///
/// It needs a tokio runtime with I/O and time enabled, of either flavour; its sessions are tasks on it.
///
/// ```
/// use ftp_fixture::server::{FtpHandler, FtpServer};
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let mut server = FtpServer::bind("127.0.0.1:0", FtpHandler::default())?;
/// println!("listening on {}", server.local_addr()?);
/// server.serve_until(async { /* until this ends */ }).await?;
/// # Ok::<(), std::io::Error>(())
/// # })?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct FtpServer {
    /// `None` once it is closed.
    listener: Option<std::net::TcpListener>,
    handler: Arc<FtpHandler>,
    record: Record,
    timer: Option<Timer>,
    tls: Option<Arc<TlsServer>>,
    /// There is one from the first call that needs a runtime on.
    serving: Option<Serving>,
}

/// What the owner of a running server may ask of it.
#[derive(Debug)]
pub(crate) enum Request {
    /// `true` when every session waits for its client; `false` after `within`.
    Settle { within: Duration, reply: Sender<bool> },
    /// The transcript, as soon as every session waits for its client, or after `within`.
    Transcript { within: Duration, reply: Sender<Transcript> },
    /// What has been recorded, as soon as it is more than the waiter knows, or at the deadline.
    Progress(Waiter),
}

/// A session that panicked, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SessionFailure {
    pub(crate) session: SessionId,
    pub(crate) message: String,
}

impl FtpServer {
    /// Listens on the first of the addresses that can be had; port 0 takes an ephemeral one.
    ///
    /// # Errors
    /// When none can be had: in use, not this machine's, or not permitted; or when the handler's TLS has a certificate
    /// or key that is none.
    pub fn bind(addresses: impl ToSocketAddrs, handler: FtpHandler) -> io::Result<Self> {
        let tls = handler.prepare_tls().map_err(io::Error::other)?;
        let mut last_error = io::Error::new(io::ErrorKind::InvalidInput, "no address to listen on");
        for address in addresses.to_socket_addrs()? {
            match ControlListener::bind(address) {
                Ok(listener) => return Ok(Self::new(listener, handler).secured(tls)),
                Err(error) => last_error = error,
            }
        }
        Err(last_error)
    }

    /// Serves on a socket that listens already and does not block.
    pub(crate) fn new(listener: std::net::TcpListener, handler: FtpHandler) -> Self {
        let record = Record::off();
        Self {
            listener: Some(listener),
            handler: Arc::new(handler),
            record,
            timer: None,
            tls: None,
            serving: None,
        }
    }

    /// Records what goes over the wire.
    pub(crate) fn recording(self, record: Record) -> Self {
        Self { record, ..self }
    }

    /// Whether it records anything.
    pub(crate) fn is_recording(&self) -> bool {
        self.record.is_on()
    }

    /// Offers this TLS, made of the handler's settings.
    pub(crate) fn secured(self, tls: Option<Arc<TlsServer>>) -> Self {
        Self { tls, ..self }
    }

    /// Takes the time of limits and delays from `timer` instead of the system's.
    pub(crate) fn timer(self, timer: Timer) -> Self {
        Self { timer: Some(timer), ..self }
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When it is closed.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.as_ref().ok_or_else(closed)?.local_addr()
    }

    /// Serves until the future is dropped; sessions that are open then go on with the runtime until
    /// [`close_all`](Self::close_all), or until the server is dropped.
    ///
    /// # Errors
    /// When the server is closed, or the runtime cannot take the socket.
    pub async fn serve_forever(&mut self) -> io::Result<()> {
        let serving = self.serving()?;
        loop {
            let happened = serving.next_event().await;
            serving.react_to(happened).await;
        }
    }

    /// Serves until `shutdown` is ready, then closes every connection at once.
    ///
    /// # Errors
    /// When the server is closed, or the runtime cannot take the socket.
    pub async fn serve_until(&mut self, shutdown: impl Future<Output = ()>) -> io::Result<()> {
        match race(shutdown, self.serve_forever()).await {
            Either::First(()) => {
                self.close_all();
                Ok(())
            }
            Either::Second(result) => result,
        }
    }

    /// Does what there is to do, and returns when every session waits for its client: for a loop of one's own.
    ///
    /// # Errors
    /// When the server is closed, or the runtime cannot take the socket.
    pub async fn poll_once(&mut self) -> io::Result<()> {
        // A session that has no end of work, such as a download to a client as fast as we are, goes on next time.
        self.serving()?.settle(Deadline::after(POLL_LIMIT)).await;
        Ok(())
    }

    /// Stops listening and closes every connection, at once and for good.
    pub fn close_all(&mut self) {
        self.listener = None;
        self.serving = None;
    }

    fn serving(&mut self) -> io::Result<&mut Serving> {
        match &mut self.serving {
            Some(serving) => Ok(serving),
            empty => {
                let listener = self.listener.as_ref().ok_or_else(closed)?.try_clone()?;
                let timer = self.timer.take().unwrap_or_else(Timer::system);
                Ok(empty.insert(Serving {
                    listener: ControlListener::new(listener)?,
                    peers: Arc::default(),
                    to_open: VecDeque::new(),
                    exhausted: false,
                    handler: Arc::clone(&self.handler),
                    log: WireLog::new(self.record, timer.clone()),
                    timer,
                    tls: self.tls.clone(),
                    tasks: JoinSet::new(),
                    sessions: HashMap::new(),
                    opened: 0,
                    failures: Vec::new(),
                    waiters: Vec::new(),
                }))
            }
        }
    }

    /// Serves, and answers requests, until nobody can make any more; then closes every connection at once.
    pub(crate) async fn serve_requests(
        mut self,
        mut requests: UnboundedReceiver<Request>,
    ) -> io::Result<Vec<SessionFailure>> {
        let serving = self.serving()?;
        loop {
            match race(requests.recv(), serving.next_event()).await {
                Either::First(Some(Request::Settle { within, reply })) => {
                    let settled = serving.settle(Deadline::after(within)).await;
                    let _ = reply.send(settled);
                }
                Either::First(Some(Request::Transcript { within, reply })) => {
                    let transcript = serving.transcript(Deadline::after(within)).await;
                    // Whoever asked may have given up waiting.
                    let _ = reply.send(transcript);
                }
                Either::First(Some(Request::Progress(waiter))) => serving.add_waiter(waiter),
                Either::First(None) => {
                    serving.reap();
                    return Ok(std::mem::take(&mut serving.failures));
                }
                Either::Second(happened) => serving.react_to(happened).await,
            }
        }
    }
}

fn closed() -> io::Error {
    io::Error::new(io::ErrorKind::NotConnected, "the server is closed; bind another one")
}

/// What a server at work reacts to.
#[derive(Debug)]
enum Happened {
    Connected(io::Result<Accepted>),
    Ended(Result<(Id, ()), JoinError>),
    /// Something was recorded that someone waits for, or it is too late for that.
    Recorded,
    /// It is time to go on: with a connection whose opening was broken off, or with accepting.
    Resumed,
}

/// A server at work.
#[derive(Debug)]
pub(super) struct Serving {
    pub(super) listener: ControlListener,
    pub(super) peers: Arc<Peers>,
    /// Accepted, and not opened yet.
    to_open: VecDeque<Accepted>,
    /// The process can have no more descriptors.
    pub(super) exhausted: bool,
    handler: Arc<FtpHandler>,
    pub(super) log: WireLog,
    timer: Timer,
    tls: Option<Arc<TlsServer>>,
    tasks: JoinSet<()>,
    pub(super) sessions: HashMap<Id, Running>,
    opened: u32,
    failures: Vec<SessionFailure>,
    pub(super) waiters: Vec<Waiter>,
}

/// A session at work.
#[derive(Debug)]
pub(super) struct Running {
    id: SessionId,
    client: IpAddr,
    pub(super) waits: Arc<Waits>,
}

impl Serving {
    /// Waits for the next connection, or for a session to end. May be cancelled without losing anything.
    async fn next_event(&mut self) -> Happened {
        if !self.to_open.is_empty() {
            return Happened::Resumed;
        }
        let Self { listener, tasks, exhausted, waiters, log, .. } = self;
        let ended = async {
            match tasks.join_next_with_id().await {
                Some(ended) => ended,
                None => std::future::pending().await,
            }
        };
        let connected = async {
            if *exhausted {
                Deadline::after(RETRY_AFTER).wait().await;
                return Happened::Resumed;
            }
            Happened::Connected(listener.accept().await)
        };
        match race(race(ended, connected), waiting::due(waiters, log.recorded())).await {
            Either::First(Either::First(ended)) => Happened::Ended(ended),
            Either::First(Either::Second(happened)) => happened,
            Either::Second(()) => Happened::Recorded,
        }
    }

    async fn react_to(&mut self, happened: Happened) {
        match happened {
            Happened::Connected(Ok(accepted)) => self.open(accepted).await,
            Happened::Connected(Err(error)) => self.note_exhaustion(&error),
            Happened::Ended(ended) => self.note_end(ended),
            Happened::Recorded => self.tell_waiters(),
            Happened::Resumed => {
                self.exhausted = false;
                self.open_all().await;
            }
        }
    }

    /// Without descriptors clients wait in the kernel's queue; that is said once.
    pub(super) fn note_exhaustion(&mut self, error: &io::Error) {
        if !std::mem::replace(&mut self.exhausted, true) {
            tracing::warn!(target: "ftp_fixture::server", %error, "no connection can be accepted for now");
        }
    }

    /// Opens a session on a connection, after the older ones have dealt with what they were sent.
    pub(super) async fn open(&mut self, accepted: Accepted) {
        self.to_open.push_back(accepted);
        self.open_all().await;
    }

    /// May be cancelled: the connections that are left are opened the next time.
    async fn open_all(&mut self) {
        while !self.to_open.is_empty() {
            self.settle_before_opening().await;
            if let Some(accepted) = self.to_open.pop_front() {
                self.spawn_session(accepted);
            }
        }
    }

    fn spawn_session(&mut self, accepted: Accepted) {
        self.opened += 1;
        let id = SessionId(self.opened);
        let waits = Arc::new(Waits::new(Arc::clone(&self.peers)));
        let control = ControlConnection::new(
            accepted,
            ControlOptions {
                line_limit: self.handler.command_line_limit,
                no_delay: self.handler.tcp_no_delay,
                encoding: self.handler.encoding,
                strict: self.handler.unicode_errors == UnicodeErrors::Strict,
            },
            Patience::new(&self.timer, self.handler.timeout),
            Arc::clone(&waits),
            self.log.recorder(id),
        )
        .without(self.handler.not_built_in());
        let client = control.client();
        let tls = self.tls.as_ref().map(TlsServer::session);
        let session = Session::new(id, control, Arc::clone(&self.handler), self.timer.clone(), tls);
        let task = match self.refusal(client) {
            Some(reply) => self.tasks.spawn(session.refuse(reply)),
            None => self.tasks.spawn(session.run()),
        };
        self.sessions.insert(task.id(), Running { id, client, waits });
    }

    /// What one client too many is told.
    fn refusal(&self, client: IpAddr) -> Option<Reply> {
        let (max_cons, max_cons_per_ip) = (self.handler.max_cons, self.handler.max_cons_per_ip);
        let of_client = || self.sessions.values().filter(|session| session.client == client).count();
        if max_cons > 0 && self.sessions.len() >= max_cons {
            Some(replies::too_many_connections())
        } else if max_cons_per_ip > 0 && of_client() >= max_cons_per_ip {
            Some(replies::too_many_connections_of_one_address())
        } else {
            None
        }
    }

    /// Takes note of the sessions that have ended.
    pub(super) fn reap(&mut self) {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.note_end(ended);
        }
    }

    fn note_end(&mut self, ended: Result<(Id, ()), JoinError>) {
        let task = match &ended {
            Ok((task, ())) => *task,
            Err(error) => error.id(),
        };
        self.exhausted = false;
        let session = self.sessions.remove(&task);
        if let (Some(session), Err(error)) = (session, ended)
            && error.is_panic()
        {
            let message = panic_message(error.into_panic().as_ref());
            tracing::error!(target: "ftp_fixture::server", session = %session.id, message, "session panicked");
            self.failures.push(SessionFailure { session: session.id, message });
        }
    }

    async fn transcript(&mut self, deadline: Deadline) -> Transcript {
        if !self.settle(deadline).await {
            tracing::warn!(target: "ftp_fixture::server", "a session was still busy when the transcript was taken");
        }
        self.log.transcript()
    }
}

/// What a panic said.
pub(crate) fn panic_message(payload: &(dyn Any + Send)) -> String {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => "a panic without a message".to_owned(),
    }
}
