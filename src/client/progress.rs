//! How far a transfer is.

/// How far a transfer is, as [`Ftp::set_progress`](super::Ftp::set_progress) tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes have gone over the data connection.
    pub bytes: u64,
    /// How many there will be, where the server's 150 reply said so.
    pub total: Option<u64>,
}
