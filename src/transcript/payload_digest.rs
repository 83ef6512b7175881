//! A payload that is not shown itself: its digest and length, and its bytes where they were kept.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// SHA-256 and length of a payload; printed `sha256:HEX LENGTH`.
///
/// Its bytes may have been kept, and then they are those of the digest. Whether they were makes no difference to
/// equality: a transcript that was printed and read again is the same without them.
///
/// ```
/// use ftp_fixture::transcript::PayloadDigest;
///
/// let kept = PayloadDigest::of(*b"\0\x01");
/// let read: PayloadDigest = kept.to_string().parse()?;
/// assert_eq!(read, kept);
/// assert_eq!((read.bytes(), kept.bytes()), (None, Some(&b"\0\x01"[..])));
/// # Ok::<(), ftp_fixture::transcript::PayloadDigestError>(())
/// ```
#[derive(Clone)]
pub struct PayloadDigest {
    sha256: [u8; 32],
    length: u64,
    bytes: Option<Arc<[u8]>>,
}

/// A text that is no payload's digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadDigestError(());

impl PayloadDigest {
    /// The payload of that digest, whose `length` bytes nobody kept.
    pub fn new(sha256: [u8; 32], length: u64) -> Self {
        Self { sha256, length, bytes: None }
    }

    /// The digest of `bytes`, which it keeps.
    pub fn of(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self::kept(Sha256::digest(&bytes).into(), bytes)
    }

    /// Keeps `bytes`, whose digest the caller has just computed.
    pub(crate) fn kept(sha256: [u8; 32], bytes: Arc<[u8]>) -> Self {
        Self { sha256, length: bytes.len() as u64, bytes: Some(bytes) }
    }

    /// SHA-256 of all the bytes.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// SHA-256 of all the bytes, in 64 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        self.sha256.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// How many bytes they are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The bytes themselves, where they were kept.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.bytes.as_deref()
    }
}

impl PartialEq for PayloadDigest {
    fn eq(&self, other: &Self) -> bool {
        (self.sha256, self.length) == (other.sha256, other.length)
    }
}

impl Eq for PayloadDigest {}

impl Hash for PayloadDigest {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.sha256, self.length).hash(state);
    }
}

impl FromStr for PayloadDigest {
    type Err = PayloadDigestError;

    fn from_str(text: &str) -> Result<Self, PayloadDigestError> {
        let (hex, length) = text
            .strip_prefix("sha256:")
            .and_then(|rest| rest.split_once(' '))
            .ok_or(PayloadDigestError(()))?;
        let length = length.trim_start().parse().map_err(|_| PayloadDigestError(()))?;
        Ok(Self::new(read_hex(hex).ok_or(PayloadDigestError(()))?, length))
    }
}

impl fmt::Display for PayloadDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.sha256.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        write!(f, " {}", self.length)
    }
}

impl fmt::Debug for PayloadDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PayloadDigest({self}{})", if self.bytes.is_some() { ", kept" } else { "" })
    }
}

impl fmt::Display for PayloadDigestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a payload's digest is sha256: and 64 hexadecimal digits, then the length in bytes")
    }
}

impl std::error::Error for PayloadDigestError {}

fn read_hex(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut digest = [0; 32];
    for (index, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_bytes_are_those_of_the_digest_and_make_no_difference() {
        let kept = PayloadDigest::of(*b"abc");
        assert_eq!(kept.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let read: PayloadDigest = kept.to_string().parse().unwrap();
        assert_eq!((&read, read.bytes()), (&kept, None));
        assert_ne!(read, PayloadDigest::new(*kept.sha256(), 4));
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let hex = "ab".repeat(32);
        for wrong in ["", "7", "sha256:", "sha256:ab 7", &format!("sha256:{hex}"), &format!("{hex} 7")] {
            assert_eq!(wrong.parse::<PayloadDigest>(), Err(PayloadDigestError(())), "{wrong}");
        }
    }
}
