//! What a client is told before it connects.

use std::net::IpAddr;
use std::time::Duration;

use crate::clock::Clock;
use crate::proto::{REPLY_LINE_LIMIT, TextEncoding};
use crate::tls::ClientTls;
use crate::transcript::Record;

/// How long the server may take for anything, unless told otherwise.
pub(super) const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// How many bytes are read or written at once, unless told otherwise; ftplib's number.
pub(super) const DEFAULT_BLOCK_SIZE: usize = 8192;

/// How many bytes a listing may have, unless told otherwise: more than a directory of half a million files needs.
pub(super) const DEFAULT_LISTING_LIMIT: usize = 64 * 1024 * 1024;

#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) timeout: Option<Duration>,
    pub(super) source_address: Option<IpAddr>,
    pub(super) encoding: TextEncoding,
    pub(super) block_size: usize,
    pub(super) line_limit: usize,
    pub(super) listing_limit: usize,
    pub(super) passive: bool,
    pub(super) trust_pasv_address: bool,
    pub(super) record: Record,
    /// What guesses the years that LIST leaves out.
    pub(super) clock: Clock,
    pub(super) tls: Option<ClientTls>,
    /// Whether TLS is there from the first byte, and not after AUTH.
    pub(super) implicit_tls: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Some(DEFAULT_TIMEOUT),
            source_address: None,
            encoding: TextEncoding::UTF_8,
            block_size: DEFAULT_BLOCK_SIZE,
            line_limit: REPLY_LINE_LIMIT,
            listing_limit: DEFAULT_LISTING_LIMIT,
            passive: true,
            trust_pasv_address: false,
            record: Record::default(),
            clock: Clock::system(),
            tls: None,
            implicit_tls: false,
        }
    }
}
