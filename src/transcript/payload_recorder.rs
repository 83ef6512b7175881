//! Decides while a transfer runs how much of it a transcript shows: its bytes, their digest, or their number.

use std::fmt;

use sha2::{Digest, Sha256};

use super::payload::Payload;
use super::payload_digest::PayloadDigest;
use super::record::Record;
use super::text::Text;

/// Takes a payload as it passes, in pieces of any size, and says at the end what a transcript shows of it.
///
/// Text is valid UTF-8 without control bytes but TAB, CR and LF.
pub(crate) struct PayloadRecorder {
    inline_limit: u64,
    digest_limit: u64,
    keeps_bytes: bool,
    length: u64,
    state: State,
}

enum State {
    /// Text so far; the first `valid` bytes are whole characters, and at most three follow.
    Text {
        bytes: Vec<u8>,
        valid: usize,
    },
    Digest {
        hasher: Sha256,
        kept: Option<Vec<u8>>,
    },
    Length,
}

impl PayloadRecorder {
    /// A recorder for one transfer; `listing` says whether that is LIST, NLST or MLSD.
    pub(crate) fn new(record: Record, listing: bool) -> Self {
        Self {
            inline_limit: record.shown_up_to(listing),
            digest_limit: record.digested_up_to(),
            keeps_bytes: record.keeps_bytes(),
            length: 0,
            state: State::Text { bytes: Vec::new(), valid: 0 },
        }
    }

    /// Says that `length` bytes are to come. Where that is too many to show more than their length, none of them is
    /// looked at, and the length is shown even if fewer come.
    pub(crate) fn expect(&mut self, length: u64) {
        if length > self.digest_limit && length > self.inline_limit {
            self.state = State::Length;
        }
    }

    /// Whether it matters which bytes come, and not only how many.
    pub(crate) fn looks_at_bytes(&self) -> bool {
        !matches!(self.state, State::Length)
    }

    /// Takes note of `count` bytes that nobody has seen; the length alone is shown then.
    pub(crate) fn skip(&mut self, count: u64) {
        self.length += count;
        self.state = State::Length;
    }

    /// Takes the next bytes.
    pub(crate) fn push(&mut self, chunk: &[u8]) {
        self.length += chunk.len() as u64;
        self.expect(self.length);
        match &mut self.state {
            State::Length => {}
            State::Digest { hasher, kept } => {
                hasher.update(chunk);
                if let Some(kept) = kept {
                    kept.extend_from_slice(chunk);
                }
            }
            State::Text { bytes, valid } => {
                if self.length > self.inline_limit || !append_text(bytes, valid, chunk) {
                    // What `append_text` refused it did not keep.
                    let bytes = std::mem::take(bytes);
                    self.state = self.summarise(bytes, chunk);
                }
            }
        }
    }

    /// How many bytes it keeps in memory.
    pub(crate) fn held(&self) -> u64 {
        let held = match &self.state {
            State::Text { bytes, .. } => bytes.len(),
            State::Digest { kept, .. } => kept.as_ref().map_or(0, Vec::len),
            State::Length => 0,
        };
        held as u64
    }

    /// Keeps no bytes from here on, nor those it has: the digest is shown, or the length.
    pub(crate) fn forget_bytes(&mut self) {
        self.keeps_bytes = false;
        self.inline_limit = 0;
        match &mut self.state {
            State::Text { bytes, .. } if !bytes.is_empty() => {
                let bytes = std::mem::take(bytes);
                self.state = self.summarise(bytes, &[]);
            }
            State::Digest { kept, .. } => *kept = None,
            State::Text { .. } | State::Length => {}
        }
    }

    /// What a transcript shows of all that was pushed.
    pub(crate) fn finish(mut self) -> Payload {
        let state = match std::mem::replace(&mut self.state, State::Length) {
            State::Text { bytes, valid } if valid == bytes.len() => {
                return Payload::Inline(Text::literal(bytes));
            }
            State::Text { bytes, .. } => self.summarise(bytes, &[]),
            state => state,
        };
        match state {
            State::Digest { hasher, kept } => {
                let sha256 = hasher.finalize().into();
                Payload::Digest(match kept {
                    Some(bytes) => PayloadDigest::kept(sha256, bytes.into()),
                    None => PayloadDigest::new(sha256, self.length),
                })
            }
            State::Text { .. } | State::Length => Payload::Length(self.length),
        }
    }

    /// The state after the bytes of the text so far, and `chunk`: these are not shown themselves.
    fn summarise(&self, mut text: Vec<u8>, chunk: &[u8]) -> State {
        if self.length > self.digest_limit {
            return State::Length;
        }
        let mut hasher = Sha256::new();
        hasher.update(&text);
        hasher.update(chunk);
        let kept = self.keeps_bytes.then(|| {
            text.extend_from_slice(chunk);
            text
        });
        State::Digest { hasher, kept }
    }
}

impl fmt::Debug for PayloadRecorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayloadRecorder").field("length", &self.length).finish_non_exhaustive()
    }
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
        let mut recorder = PayloadRecorder::new(Record::text(), listing);
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
        let mut recorder = PayloadRecorder::new(Record::text(), false);
        recorder.expect(4 << 20);
        assert!(recorder.looks_at_bytes());
        recorder.expect((4 << 20) + 1);
        assert!(!recorder.looks_at_bytes());
        recorder.push(b"abc");
        recorder.skip(4);
        assert_eq!(recorder.finish(), Payload::Length(7));
    }

    #[test]
    fn where_nothing_is_to_be_shown_short_text_is_a_digest_and_no_text_is_none() {
        let mut recorder = PayloadRecorder::new(Record::digests(), true);
        recorder.push(b"a");
        assert_eq!(recorder.finish(), digest(b"a"));
        assert_eq!(PayloadRecorder::new(Record::digests(), true).finish(), Payload::Inline(Text::new()));
    }

    #[test]
    fn a_full_record_keeps_what_it_does_not_show_however_long() {
        let mut recorder = PayloadRecorder::new(Record::full(), false);
        let long = vec![0; (4 << 20) + 1];
        recorder.expect(long.len() as u64);
        recorder.push(&long[..9]);
        recorder.push(&long[9..]);
        assert_eq!(recorder.held(), long.len() as u64);
        let payload = recorder.finish();
        assert_eq!((&payload, payload.bytes()), (&digest(&long), Some(&long[..])));
        let mut recorder = PayloadRecorder::new(Record::full(), false);
        recorder.push(b"text, until ");
        recorder.push(b"\xFF");
        assert_eq!(recorder.finish().bytes(), Some(&b"text, until \xFF"[..]));
    }

    #[test]
    fn bytes_are_forgotten_at_any_moment_and_the_digest_goes_on() {
        for record in [Record::text(), Record::full(), Record::full().inline_limit(0)] {
            for forgotten_after in 0..3 {
                let mut recorder = PayloadRecorder::new(record, false);
                for (index, chunk) in [b"a", b"b", b"c"].into_iter().enumerate() {
                    recorder.push(chunk);
                    if index == forgotten_after {
                        recorder.forget_bytes();
                        assert_eq!(recorder.held(), 0);
                    }
                }
                let payload = recorder.finish();
                assert_eq!((&payload, payload.bytes()), (&digest(b"abc"), None));
            }
        }
        let mut recorder = PayloadRecorder::new(Record::text().digest_limit(1), false);
        recorder.push(b"abc");
        recorder.forget_bytes();
        assert_eq!(recorder.finish(), Payload::Length(3));
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
