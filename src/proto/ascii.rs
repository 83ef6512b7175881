//! Representation type ASCII on a server whose own line end is LF (RFC 959, 3.1.1.1): NVT-ASCII on the wire.
//!
//! Both directions work on a stream that may be cut anywhere, also between CR and LF.

use memchr::{memchr, memchr_iter};

/// From stored bytes to the wire: a bare LF becomes CR LF, a CR LF stays.
#[derive(Debug, Clone, Default)]
pub struct AsciiEncoder {
    after_cr: bool,
}

impl AsciiEncoder {
    /// Appends what `bytes` are on the wire to `out`.
    pub fn encode(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let mut copied = 0;
        for lf in memchr_iter(b'\n', bytes) {
            let follows_cr = if lf == 0 { self.after_cr } else { bytes[lf - 1] == b'\r' };
            if !follows_cr {
                out.extend_from_slice(&bytes[copied..lf]);
                out.push(b'\r');
                copied = lf;
            }
        }
        out.extend_from_slice(&bytes[copied..]);
        if let Some(last) = bytes.last() {
            self.after_cr = *last == b'\r';
        }
    }
}

/// From the wire to stored bytes: CR LF becomes LF; a CR or LF alone stays.
#[derive(Debug, Clone, Default)]
pub struct AsciiDecoder {
    holds_cr: bool,
}

impl AsciiDecoder {
    /// Appends what is to be stored of `bytes` to `out`; a CR at their end is held until more is known.
    pub fn decode(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        if self.holds_cr && bytes[0] != b'\n' {
            out.push(b'\r');
        }
        self.holds_cr = false;
        let mut rest = bytes;
        while let Some(cr) = memchr(b'\r', rest) {
            match rest.get(cr + 1) {
                Some(b'\n') => out.extend_from_slice(&rest[..cr]),
                Some(_) => out.extend_from_slice(&rest[..=cr]),
                None => {
                    out.extend_from_slice(&rest[..cr]);
                    self.holds_cr = true;
                }
            }
            rest = &rest[cr + 1..];
        }
        out.extend_from_slice(rest);
    }

    /// Appends the CR that is still held when the data has ended.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        if std::mem::take(&mut self.holds_cr) {
            out.push(b'\r');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, any, prop_assert_eq, prop_oneof, proptest};
    use proptest::strategy::{Just, Strategy};

    fn text() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), any::<u8>()], 0..40)
    }

    fn encode<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
        let (mut encoder, mut out) = (AsciiEncoder::default(), Vec::new());
        chunks.into_iter().for_each(|chunk| encoder.encode(chunk, &mut out));
        out
    }

    fn decode<'a>(chunks: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
        let (mut decoder, mut out) = (AsciiDecoder::default(), Vec::new());
        chunks.into_iter().for_each(|chunk| decoder.decode(chunk, &mut out));
        decoder.finish(&mut out);
        out
    }

    #[test]
    fn line_ends_are_translated_and_lone_carriage_returns_kept() {
        assert_eq!(encode([b"a\nb\r\nc\rd\n".as_slice()]), b"a\r\nb\r\nc\rd\r\n");
        assert_eq!(decode([b"a\r\nb\nc\rd\r\r\n\r".as_slice()]), b"a\nb\nc\rd\r\n\r");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_split_of_the_stream_gives_the_same(bytes in text(), first in 0usize..40, second in 0usize..40) {
            let first = first.min(bytes.len());
            let second = second.clamp(first, bytes.len());
            let chunks = || [&bytes[..first], &bytes[first..second], &bytes[second..]];
            prop_assert_eq!(encode(chunks()), encode([bytes.as_slice()]));
            prop_assert_eq!(decode(chunks()), decode([bytes.as_slice()]));
        }

        #[test]
        fn a_text_without_carriage_returns_comes_back_as_it_was(bytes in text()) {
            let bytes: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\r').collect();
            prop_assert_eq!(decode([encode([bytes.as_slice()]).as_slice()]), bytes);
        }
    }
}
