//! What a server tells a test of its sessions: pyftpdlib's callbacks.

use std::fmt;
use std::net::IpAddr;

use crate::proto::{Pathname, Reply, SessionId};

/// A session, as callbacks and own commands see it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionInfo {
    /// Its number, counted from 1 in the order of accepting.
    pub id: SessionId,
    /// The client's address.
    pub client: IpAddr,
    /// The address that the client reached the server at.
    pub server: IpAddr,
    /// Who is logged in.
    pub user: Option<String>,
}

/// How a session begins.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Greeting {
    /// With the server's banner.
    Banner,
    /// With this reply.
    Reply(Reply),
    /// With this reply, after which the connection is closed.
    Refuse(Reply),
}

/// pyftpdlib's callbacks, all of which do nothing unless told otherwise.
///
/// They are called on the server's thread, one at a time for each session, and must not block: the whole server waits
/// for them. Pathnames are seen from the root of the server's file system. A panic in one ends the session, and fails
/// the test when the fixture ends.
///
/// A session's calls come in this order: `on_connect` before the greeting; `on_login` after the 230, `on_login_failed`
/// after the 530; those of a transfer after its final reply; `on_logout` at QUIT, REIN, or USER while logged in, and not
/// when the client just goes away; `on_disconnect` last.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use ftp_fixture::prelude::*;
/// use ftp_fixture::proto::Pathname;
/// use ftp_fixture::server::{SessionEvents, SessionInfo};
///
/// #[derive(Debug, Default)]
/// struct Uploads(AtomicUsize);
///
/// impl SessionEvents for Uploads {
///     fn on_file_received(&self, _: &SessionInfo, _: &Pathname) {
///         self.0.fetch_add(1, Ordering::Relaxed);
///     }
/// }
///
/// let uploads = Arc::new(Uploads::default());
/// let ftp = FtpFixture::builder().events(uploads.clone()).start();
/// // … a client uploads …
/// # drop(ftp);
/// assert_eq!(uploads.0.load(Ordering::Relaxed), 0);
/// ```
pub trait SessionEvents: Send + Sync + fmt::Debug {
    /// A client has connected.
    fn on_connect(&self, session: &SessionInfo) -> Greeting {
        let _ = session;
        Greeting::Banner
    }

    /// The connection is closed, whoever closed it.
    fn on_disconnect(&self, session: &SessionInfo) {
        let _ = session;
    }

    /// `user` has logged in.
    fn on_login(&self, session: &SessionInfo, user: &str) {
        let _ = (session, user);
    }

    /// Somebody has tried to log in as `user`.
    fn on_login_failed(&self, session: &SessionInfo, user: &str, password: &str) {
        let _ = (session, user, password);
    }

    /// `user` has logged out.
    fn on_logout(&self, session: &SessionInfo, user: &str) {
        let _ = (session, user);
    }

    /// A download is complete.
    fn on_file_sent(&self, session: &SessionInfo, path: &Pathname) {
        let _ = (session, path);
    }

    /// An upload is complete.
    fn on_file_received(&self, session: &SessionInfo, path: &Pathname) {
        let _ = (session, path);
    }

    /// A download was broken off.
    fn on_incomplete_file_sent(&self, session: &SessionInfo, path: &Pathname) {
        let _ = (session, path);
    }

    /// An upload was broken off; a part of it may have been stored.
    fn on_incomplete_file_received(&self, session: &SessionInfo, path: &Pathname) {
        let _ = (session, path);
    }
}

/// Nobody listens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unheard;

impl SessionEvents for Unheard {}

/// Something to be told of as soon as the reply to the command has been sent.
#[derive(Debug)]
pub(super) enum Happened {
    Login(String),
    LoginFailed { user: String, password: String },
    Logout(String),
    FileSent(Pathname),
    FileReceived(Pathname),
    IncompleteFileSent(Pathname),
    IncompleteFileReceived(Pathname),
}

impl Happened {
    /// Calls the callback for it.
    pub(super) fn tell(&self, events: &dyn SessionEvents, session: &SessionInfo) {
        match self {
            Self::Login(user) => events.on_login(session, user),
            Self::LoginFailed { user, password } => events.on_login_failed(session, user, password),
            Self::Logout(user) => events.on_logout(session, user),
            Self::FileSent(path) => events.on_file_sent(session, path),
            Self::FileReceived(path) => events.on_file_received(session, path),
            Self::IncompleteFileSent(path) => events.on_incomplete_file_sent(session, path),
            Self::IncompleteFileReceived(path) => events.on_incomplete_file_received(session, path),
        }
    }
}
