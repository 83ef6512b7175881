//! What is known of an item and not printed: when it happened, and how much went over.

use std::time::Duration;

/// When an item of a [`Session`](super::Session) happened, and how long its transfer was.
///
/// It differs from run to run, so it is neither printed nor compared; what was read from the notation has none. In
/// JSON (feature `serde`) it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Measure {
    /// When it happened, from the server's start; `None` where that is not known, and for what is no happening, such
    /// as a comment or [`SessionStillOpen`](super::Event::SessionStillOpen).
    ///
    /// Data have the time at which they were complete, all lines of a reply the same.
    pub at: Option<Duration>,
    /// For an [`Item::DataConnection`](super::Item::DataConnection): how many bytes went over the data connection, also if it was
    /// interrupted; `None` while it goes on.
    pub length: Option<u64>,
}

impl Measure {
    /// Of something that happened so long after the server's start.
    pub fn at(at: Duration) -> Self {
        Self { at: Some(at), length: None }
    }
}
