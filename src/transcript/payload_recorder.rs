//! Decides while a transfer runs how much of it a transcript shows: its bytes, their digest, or their number.

use std::fmt;

use sha2::{Digest, Sha256};

use super::payload::Payload;
use super::payload_digest::PayloadDigest;
use super::text::Text;

/// Up to which length a transcript shows what of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadPolicy {
    /// Text is shown itself up to this many bytes.
    pub inline_limit: u64,
    /// A listing is shown itself up to this many bytes.
    pub listing_limit: u64,
    /// All else is shown as a digest up to this many bytes, and as its length above.
    pub digest_limit: u64,
}

impl Default for PayloadPolicy {
    /// 4 KiB of text, 64 KiB of a listing, a digest up to 4 MiB: above, SHA-256 would cost more than the transfer.
    fn default() -> Self {
        Self { inline_limit: 4 << 10, listing_limit: 64 << 10, digest_limit: 4 << 20 }
    }
}

impl PayloadPolicy {
    /// A digest of every payload, however short or long.
    pub fn digest_all() -> Self {
        Self { inline_limit: 0, listing_limit: 0, digest_limit: u64::MAX }
    }
}

/// Takes a payload as it passes, in pieces of any size, and says at the end what a transcript shows of it.
///
/// Text is valid UTF-8 without control bytes but TAB, CR and LF.
///
/// ```
/// use ftp_fixture::transcript::{Payload, PayloadPolicy, PayloadRecorder, Text};
///
/// let mut recorder = PayloadRecorder::new(PayloadPolicy::default(), false);
/// recorder.push(b"id,name\n1,na\xC3");
/// recorder.push(b"\xAFve");
/// assert_eq!(recorder.finish(), Payload::Inline(Text::literal("id,name\n1,naïve")));
/// ```
pub struct PayloadRecorder {
    inline_limit: u64,
    digest_limit: u64,
    length: u64,
    state: State,
}

enum State {
    /// Text so far; the first `valid` bytes are whole characters, and at most three follow.
    Text {
        bytes: Vec<u8>,
        valid: usize,
    },
    Digest(Sha256),
    Length,
}

impl PayloadRecorder {
    /// A recorder for one transfer; `listing` says whether that is LIST, NLST or MLSD.
    pub fn new(policy: PayloadPolicy, listing: bool) -> Self {
        Self {
            inline_limit: if listing { policy.listing_limit } else { policy.inline_limit },
            digest_limit: policy.digest_limit,
            length: 0,
            state: State::Text { bytes: Vec::new(), valid: 0 },
        }
    }

    /// Says that `length` bytes are to come. Where that is too many to show more than their length, none of them is
    /// looked at, and the length is shown even if fewer come.
    pub fn expect(&mut self, length: u64) {
        if length > self.digest_limit && length > self.inline_limit {
            self.state = State::Length;
        }
    }

    /// Whether it matters which bytes come, and not only how many.
    pub fn looks_at_bytes(&self) -> bool {
        !matches!(self.state, State::Length)
    }

    /// Takes note of `count` bytes that nobody has seen; the length alone is shown then.
    pub fn skip(&mut self, count: u64) {
        self.length += count;
        self.state = State::Length;
    }

    /// Takes the next bytes.
    pub fn push(&mut self, chunk: &[u8]) {
        self.length += chunk.len() as u64;
        self.expect(self.length);
        match &mut self.state {
            State::Length => {}
            State::Digest(hasher) => hasher.update(chunk),
            State::Text { bytes, valid } => {
                if self.length <= self.inline_limit && append_text(bytes, valid, chunk) {
                    return;
                }
                // What `append_text` refused it did not keep.
                self.state = summary_state(bytes, chunk, self.length > self.digest_limit);
            }
        }
    }

    /// What a transcript shows of all that was pushed.
    pub fn finish(self) -> Payload {
        let length = self.length;
        let state = match self.state {
            State::Text { bytes, valid } if valid == bytes.len() => {
                return Payload::Inline(Text::literal(bytes));
            }
            State::Text { bytes, .. } => summary_state(&bytes, &[], length > self.digest_limit),
            state => state,
        };
        match state {
            State::Digest(hasher) => Payload::Digest(PayloadDigest::new(hasher.finalize().into(), length)),
            State::Text { .. } | State::Length => Payload::Length(length),
        }
    }
}

impl fmt::Debug for PayloadRecorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayloadRecorder").field("length", &self.length).finish_non_exhaustive()
    }
}

fn summary_state(kept: &[u8], chunk: &[u8], too_long: bool) -> State {
    if too_long {
        return State::Length;
    }
    let mut hasher = Sha256::new();
    hasher.update(kept);
    hasher.update(chunk);
    State::Digest(hasher)
}

/// Keeps `chunk` if all is still text; else leaves `bytes` as they were and says `false`.
fn append_text(bytes: &mut Vec<u8>, valid: &mut usize, chunk: &[u8]) -> bool {
    if chunk.iter().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n')) {
        return false;
    }
    let before = bytes.len();
    bytes.extend_from_slice(chunk);
    match std::str::from_utf8(&bytes[*valid..]) {
        Ok(_) => *valid = bytes.len(),
        Err(error) if error.error_len().is_none() => *valid += error.valid_up_to(),
        Err(_) => {
            bytes.truncate(before);
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    fn recorded(listing: bool, chunks: &[&[u8]]) -> Payload {
        let mut recorder = PayloadRecorder::new(PayloadPolicy::default(), listing);
        chunks.iter().for_each(|chunk| recorder.push(chunk));
        recorder.finish()
    }

    fn digest(bytes: &[u8]) -> Payload {
        Payload::Digest(PayloadDigest::of(bytes))
    }

    #[test]
    fn text_is_inline_up_to_its_limit_and_a_digest_above() {
        let text = vec![b'a'; 4097];
        assert_eq!(recorded(false, &[&text[..4096]]), Payload::Inline(Text::literal(&text[..4096])));
        assert_eq!(recorded(false, &[&text[..4000], &text[4000..]]), digest(&text));
        assert_eq!(recorded(true, &[&text]), Payload::Inline(Text::literal(text.clone())));
        let listing = vec![b'a'; (64 << 10) + 1];
        assert_eq!(recorded(true, &[&listing]), digest(&listing));
    }

    #[test]
    fn bytes_that_are_no_text_are_a_digest_wherever_they_come() {
        for bytes in [&b"a\0b"[..], b"a\x1Bb", b"\x7F", b"a\xFF", b"caf\xC3"] {
            assert_eq!(recorded(false, &[bytes]), digest(bytes));
            assert_eq!(recorded(false, &[b"text ", bytes]), digest(&[b"text ", bytes].concat()));
        }
    }

    #[test]
    fn no_byte_at_all_is_an_empty_text() {
        assert_eq!(recorded(false, &[]), Payload::Inline(Text::new()));
    }

    #[test]
    fn above_four_mebibytes_the_length_alone_is_kept() {
        let mebibyte = vec![0; 1 << 20];
        let chunks = [&mebibyte[..], &mebibyte, &mebibyte, &mebibyte, b"x"];
        assert_eq!(recorded(false, &chunks[..4]), digest(&vec![0; 4 << 20]));
        assert_eq!(recorded(false, &chunks), Payload::Length((4 << 20) + 1));
    }

    #[test]
    fn bytes_that_only_count_need_not_be_seen() {
        let mut recorder = PayloadRecorder::new(PayloadPolicy::default(), false);
        recorder.expect(4 << 20);
        assert!(recorder.looks_at_bytes());
        recorder.expect((4 << 20) + 1);
        assert!(!recorder.looks_at_bytes());
        recorder.push(b"abc");
        recorder.skip(4);
        assert_eq!(recorder.finish(), Payload::Length(7));
    }

    #[test]
    fn digest_all_digests_short_text_too() {
        let mut recorder = PayloadRecorder::new(PayloadPolicy::digest_all(), true);
        recorder.push(b"a");
        assert_eq!(recorder.finish(), digest(b"a"));
    }

    proptest! {
        #[test]
        fn where_the_chunks_are_cut_makes_no_difference(text in any::<String>(), cuts in any::<[usize; 3]>()) {
            let bytes = text.as_bytes();
            let mut cuts = cuts.map(|cut| cut % (bytes.len() + 1));
            cuts.sort_unstable();
            let [a, b, c] = cuts;
            let cut = recorded(false, &[&bytes[..a], &bytes[a..b], &bytes[b..c], &bytes[c..]]);
            prop_assert_eq!(cut, recorded(false, &[bytes]));
        }
    }
}
