//! The TLS sessions that the connections of one FTP session may resume: those of its own control connection, and what
//! descends from them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::server::StoresServerSessions;

/// The store of one data connection, where reuse is required: a session that was not resumed leaves nothing that could
/// be.
#[derive(Debug)]
pub(super) struct DescendantsOnly {
    of: Arc<dyn StoresServerSessions>,
    resumed: AtomicBool,
}

impl DescendantsOnly {
    pub(super) fn new(of: Arc<dyn StoresServerSessions>) -> Self {
        Self { of, resumed: AtomicBool::new(false) }
    }

    fn note(&self, found: Option<Vec<u8>>) -> Option<Vec<u8>> {
        self.resumed.fetch_or(found.is_some(), Ordering::Relaxed);
        found
    }
}

impl StoresServerSessions for DescendantsOnly {
    fn put(&self, key: Vec<u8>, value: Vec<u8>) -> bool {
        self.resumed.load(Ordering::Relaxed) && self.of.put(key, value)
    }

    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.note(self.of.get(key))
    }

    fn take(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.note(self.of.take(key))
    }

    fn can_cache(&self) -> bool {
        self.of.can_cache()
    }
}
