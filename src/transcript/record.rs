//! What is recorded, how much of it a transcript shows, and how much memory that may take.

use std::fmt;
use std::str::FromStr;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

/// What a server records: one of four kinds, refined by limits.
///
/// | | text | other payloads | their bytes |
/// |---|---|---|---|
/// | [`text`](Self::text), the default | shown, up to 4 KiB, listings to 64 KiB | digest, above 4 MiB the length alone | not kept |
/// | [`full`](Self::full) | the same | digest, whatever the length | kept |
/// | [`digests`](Self::digests) | digest | digest, above 4 MiB the length alone | not kept |
/// | [`off`](Self::off) | | | nothing is recorded |
///
/// Text is valid UTF-8 without control bytes but TAB, CR and LF. Commands and replies are always shown.
///
/// What one server keeps is limited to 64 MiB, see [`memory_limit`](Self::memory_limit).
///
/// ```
/// use ftp_fixture::prelude::*;
///
/// let ftp = FtpFixture::builder().record(Record::full().inline_limit(0)).start();
/// # drop(ftp);
/// assert_eq!("digests".parse(), Ok(Record::digests()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "it says what to record, and records nothing by itself"]
pub struct Record {
    on: bool,
    inline_limit: u64,
    listing_limit: u64,
    digest_limit: u64,
    keeps_bytes: bool,
    memory_limit: u64,
}

/// A word that is no kind of [`Record`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    word: String,
}

impl Default for Record {
    fn default() -> Self {
        Self::text()
    }
}

impl Record {
    /// Shows short text, a digest of what is longer or no text, and of what is very long its length alone: there,
    /// SHA-256 would cost more than the transfer.
    pub fn text() -> Self {
        Self {
            on: true,
            inline_limit: 4 * KIB,
            listing_limit: 64 * KIB,
            digest_limit: 4 * MIB,
            keeps_bytes: false,
            memory_limit: 64 * MIB,
        }
    }

    /// Shows what [`text`](Self::text) does, takes a digest of every other payload, and keeps the bytes of all of
    /// them: [`Payload::bytes`](super::Payload::bytes) has them, and
    /// [`Transcript::save`](super::Transcript::save) writes them beside the transcript.
    pub fn full() -> Self {
        Self { keeps_bytes: true, ..Self::text().digest_all() }
    }

    /// Shows no payload itself, only digests and lengths.
    pub fn digests() -> Self {
        Self::text().inline_limit(0).listing_limit(0)
    }

    /// Records nothing, which costs nothing. Asking for the transcript is a mistake then.
    pub fn off() -> Self {
        Self { on: false, ..Self::text() }
    }

    /// Shows text up to this many bytes.
    pub fn inline_limit(self, bytes: u64) -> Self {
        Self { inline_limit: bytes, ..self }
    }

    /// Shows listings (LIST, NLST, MLSD) up to this many bytes.
    pub fn listing_limit(self, bytes: u64) -> Self {
        Self { listing_limit: bytes, ..self }
    }

    /// Takes a digest of payloads up to this many bytes; of longer ones the length alone is recorded.
    pub fn digest_limit(self, bytes: u64) -> Self {
        Self { digest_limit: bytes, ..self }
    }

    /// Takes a digest of every payload that is not shown itself, however long.
    pub fn digest_all(self) -> Self {
        self.digest_limit(u64::MAX)
    }

    /// Keeps at most about this many bytes for one server, 64 MiB unless said: commands, replies, payloads, and an
    /// estimate of what each takes beside its text.
    ///
    /// Payloads get seven eighths of it. When that is full, those that come are recorded by their digest alone, also
    /// short text. When all is full, the sessions are cut: each that lost something says `-- recording cut` where
    /// it did, and of the sessions that come later only the number is known, which a comment above the transcript
    /// says. The server itself goes on as ever.
    pub fn memory_limit(self, bytes: u64) -> Self {
        Self { memory_limit: bytes, ..self }
    }

    /// Whether anything is recorded.
    pub fn is_on(&self) -> bool {
        self.on
    }

    /// Up to which length a payload is shown itself, if it is text.
    pub(crate) fn shown_up_to(&self, listing: bool) -> u64 {
        if listing { self.listing_limit } else { self.inline_limit }
    }

    pub(crate) fn digested_up_to(&self) -> u64 {
        self.digest_limit
    }

    pub(crate) fn keeps_bytes(&self) -> bool {
        self.keeps_bytes
    }

    pub(crate) fn memory(&self) -> u64 {
        self.memory_limit
    }
}

impl FromStr for Record {
    type Err = RecordError;

    /// Reads the name of a kind: `text`, `full`, `digests` or `off`.
    fn from_str(word: &str) -> Result<Self, RecordError> {
        match word {
            "text" => Ok(Self::text()),
            "full" => Ok(Self::full()),
            "digests" => Ok(Self::digests()),
            "off" => Ok(Self::off()),
            _ => Err(RecordError { word: word.to_owned() }),
        }
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no way to record; write text, full, digests or off", self.word)
    }
}

impl std::error::Error for RecordError {}
