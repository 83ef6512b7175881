//! The TLS sessions that the connections of one FTP session may resume: those of its own control connection, and what
//! descends from them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::server::{ServerSessionMemoryCache, StoresServerSessions};

/// How many sessions of the control connection can be resumed, and how many of data connections.
const REMEMBERED_SESSIONS: usize = 64;

/// The sessions that the connections of one FTP session have left.
///
/// Those of the control connection stand apart, so that no number of data connections displaces them.
#[derive(Debug)]
pub(super) struct SessionStore {
    of_control: Arc<ServerSessionMemoryCache>,
    of_data: Arc<ServerSessionMemoryCache>,
}

/// What the control connection sees of them.
#[derive(Debug)]
struct ControlStore(Arc<SessionStore>);

/// What one data connection sees of them.
#[derive(Debug)]
struct DataStore {
    of: Arc<SessionStore>,
    /// Where a session must be resumed, one that was not leaves nothing that could be.
    must_resume: bool,
    resumed: AtomicBool,
}

impl SessionStore {
    pub(super) fn new() -> Arc<Self> {
        let new = || ServerSessionMemoryCache::new(REMEMBERED_SESSIONS);
        Arc::new(Self { of_control: new(), of_data: new() })
    }

    pub(super) fn for_control(self: &Arc<Self>) -> Arc<dyn StoresServerSessions> {
        Arc::new(ControlStore(Arc::clone(self)))
    }

    pub(super) fn for_data(self: &Arc<Self>, must_resume: bool) -> Arc<dyn StoresServerSessions> {
        Arc::new(DataStore { of: Arc::clone(self), must_resume, resumed: AtomicBool::new(false) })
    }
}

impl StoresServerSessions for ControlStore {
    fn put(&self, key: Vec<u8>, value: Vec<u8>) -> bool {
        self.0.of_control.put(key, value)
    }

    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.0.of_control.get(key)
    }

    fn take(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.get(key)
    }

    fn can_cache(&self) -> bool {
        true
    }
}

impl StoresServerSessions for DataStore {
    fn put(&self, key: Vec<u8>, value: Vec<u8>) -> bool {
        (!self.must_resume || self.resumed.load(Ordering::Relaxed)) && self.of.of_data.put(key, value)
    }

    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let found = self.of.of_control.get(key).or_else(|| self.of.of_data.get(key));
        self.resumed.fetch_or(found.is_some(), Ordering::Relaxed);
        found
    }

    /// A ticket stays good, although RFC 8446 (C.4) would have it used once: servers with OpenSSL take it again, and
    /// curl and Python rely on that, who show the same one for every data connection.
    fn take(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.get(key)
    }

    fn can_cache(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: usize) -> Vec<u8> {
        number.to_be_bytes().to_vec()
    }

    #[test]
    fn a_ticket_of_the_control_connection_is_good_again_and_after_any_number_of_others() {
        let sessions = SessionStore::new();
        assert!(sessions.for_control().put(b"control".to_vec(), b"session".to_vec()));
        for number in 0..10 * REMEMBERED_SESSIONS {
            let data = sessions.for_data(true);
            assert_eq!(data.take(b"control").as_deref(), Some(&b"session"[..]), "{number}");
            assert!(data.put(key(number), b"session".to_vec()));
            assert_eq!(sessions.for_data(true).take(&key(number)).as_deref(), Some(&b"session"[..]));
        }
    }

    #[test]
    fn what_did_not_resume_leaves_nothing_where_it_had_to() {
        let sessions = SessionStore::new();
        assert!(!sessions.for_data(true).put(key(1), b"session".to_vec()));
        assert_eq!(sessions.for_data(true).take(&key(1)), None);
        assert!(sessions.for_data(false).put(key(1), b"session".to_vec()));
        assert!(sessions.for_data(false).take(&key(1)).is_some());
    }
}
