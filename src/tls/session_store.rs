//! The TLS sessions that the connections of one FTP session may resume: those of its own control connection, and what
//! descends from them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::server::{ProducesTickets, ServerSessionMemoryCache, StoresServerSessions};

use super::provider::provider;

/// How many sessions of the control connection can be resumed, and how many of data connections.
const REMEMBERED_SESSIONS: usize = 64;

/// How long a client may keep a ticket, in seconds; longer than any test.
const LIFETIME: u32 = 24 * 60 * 60;

/// The length of the name of a session, which is all that a ticket holds.
const NAME_SIZE: usize = 32;

/// The sessions that the connections of one FTP session have left.
///
/// Those of the control connection stand apart, so that no number of data connections displaces them.
#[derive(Debug)]
pub(super) struct SessionStore {
    of_control: Arc<ServerSessionMemoryCache>,
    of_data: Arc<ServerSessionMemoryCache>,
}

/// What one connection sees of them, and adds to them.
///
/// A session is good any number of times. RFC 8446 (C.4) would have a ticket used once, but servers with OpenSSL take it
/// again, and Python shows the control connection's for every data connection. Clients of TLS 1.2 find theirs by ticket,
/// as Go's do, or by number.
#[derive(Debug)]
pub(super) struct ConnectionSessions {
    of: Arc<SessionStore>,
    is_control: bool,
    /// Whether the connection's own session can be resumed.
    keeps: AtomicBool,
    gives_tickets: AtomicBool,
}

impl SessionStore {
    pub(super) fn new() -> Arc<Self> {
        let new = || ServerSessionMemoryCache::new(REMEMBERED_SESSIONS);
        Arc::new(Self { of_control: new(), of_data: new() })
    }

    pub(super) fn for_control(self: &Arc<Self>) -> Arc<ConnectionSessions> {
        self.for_connection(true, true)
    }

    /// Those of a data connection: where it `must_resume` one and does not, it leaves none that could be resumed.
    pub(super) fn for_data(self: &Arc<Self>, must_resume: bool) -> Arc<ConnectionSessions> {
        self.for_connection(false, !must_resume)
    }

    fn for_connection(self: &Arc<Self>, is_control: bool, keeps: bool) -> Arc<ConnectionSessions> {
        Arc::new(ConnectionSessions {
            of: Arc::clone(self),
            is_control,
            keeps: AtomicBool::new(keeps),
            gives_tickets: AtomicBool::new(true),
        })
    }
}

impl ConnectionSessions {
    /// Sends no ticket on this connection.
    pub(super) fn withhold_tickets(&self) {
        self.gives_tickets.store(false, Ordering::Relaxed);
    }
}

impl StoresServerSessions for ConnectionSessions {
    fn put(&self, key: Vec<u8>, value: Vec<u8>) -> bool {
        let own = if self.is_control { &self.of.of_control } else { &self.of.of_data };
        self.keeps.load(Ordering::Relaxed) && own.put(key, value)
    }

    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let found = self.of.of_control.get(key).or_else(|| self.of.of_data.get(key));
        self.keeps.fetch_or(found.is_some(), Ordering::Relaxed);
        found
    }

    fn take(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.get(key)
    }

    fn can_cache(&self) -> bool {
        true
    }
}

impl ProducesTickets for ConnectionSessions {
    fn enabled(&self) -> bool {
        true
    }

    fn lifetime(&self) -> u32 {
        LIFETIME
    }

    fn encrypt(&self, session: &[u8]) -> Option<Vec<u8>> {
        if !self.gives_tickets.load(Ordering::Relaxed) {
            return None;
        }
        let mut name = vec![0; NAME_SIZE];
        provider().secure_random.fill(&mut name).ok()?;
        self.put(name.clone(), session.to_vec()).then_some(name)
    }

    fn decrypt(&self, name: &[u8]) -> Option<Vec<u8>> {
        self.get(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_of_the_control_connection_is_good_again_and_after_any_number_of_others() {
        let sessions = SessionStore::new();
        let control = sessions.for_control().encrypt(b"control").unwrap();
        for _ in 0..10 * REMEMBERED_SESSIONS {
            let data = sessions.for_data(true);
            assert_eq!(data.decrypt(&control).as_deref(), Some(&b"control"[..]));
            let ticket = data.encrypt(b"data").unwrap();
            assert_eq!(sessions.for_data(true).decrypt(&ticket).as_deref(), Some(&b"data"[..]));
        }
    }

    #[test]
    fn what_did_not_resume_leaves_nothing_where_it_had_to() {
        let sessions = SessionStore::new();
        assert_eq!(sessions.for_data(true).encrypt(b"session"), None);
        assert!(!sessions.for_data(true).put(vec![1], b"session".to_vec()));
        assert_eq!(sessions.for_data(true).get(&[1]), None);
        let ticket = sessions.for_data(false).encrypt(b"session").unwrap();
        assert!(sessions.for_data(false).decrypt(&ticket).is_some());
    }

    #[test]
    fn a_ticket_that_is_withheld_is_none() {
        let data = SessionStore::new().for_data(false);
        data.withhold_tickets();
        assert_eq!(data.encrypt(b"session"), None);
    }
}
