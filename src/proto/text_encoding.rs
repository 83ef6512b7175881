//! The character encoding of a control connection and of listings: UTF-8 (RFC 2640), or what old servers talk.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use encoding_rs::{EncoderResult, Encoding, UTF_8};

/// What stands for a character that the encoding does not have.
const UNMAPPABLE: u8 = b'?';

/// How characters are bytes on the wire: UTF-8 unless said otherwise.
///
/// ```
/// use ftp_fixture::proto::TextEncoding;
///
/// let latin1: TextEncoding = "latin1".parse()?;
/// assert_eq!(latin1.decode(b"na\xEFve"), "naïve");
/// assert_eq!(*latin1.encode("naïve ☃"), *b"na\xEFve ?");
/// # Ok::<(), ftp_fixture::proto::TextEncodingError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(UTF_8);

    /// Whether it is UTF-8.
    pub fn is_utf8(self) -> bool {
        self.0 == UTF_8
    }

    /// The text that `bytes` are; what is no character becomes U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        self.0.decode_without_bom_handling(bytes).0
    }

    /// The text that `bytes` are; `None` when something in them is no character.
    pub fn decode_strictly(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        self.0.decode_without_bom_handling_and_without_replacement(bytes)
    }

    /// The bytes that `text` is; a character that the encoding does not have becomes `?`.
    pub fn encode(self, text: &str) -> Cow<'_, [u8]> {
        if self.is_utf8() || text.is_ascii() {
            return Cow::Borrowed(text.as_bytes());
        }
        let mut encoder = self.0.new_encoder();
        let (mut bytes, mut rest) = (Vec::with_capacity(text.len() * 4), text);
        loop {
            let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut bytes, true);
            rest = &rest[read..];
            match result {
                EncoderResult::InputEmpty => return Cow::Owned(bytes),
                EncoderResult::OutputFull => bytes.reserve(rest.len() * 4 + 16),
                EncoderResult::Unmappable(_) => bytes.push(UNMAPPABLE),
            }
        }
    }
}

impl Default for TextEncoding {
    fn default() -> Self {
        Self::UTF_8
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl fmt::Debug for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextEncoding({self})")
    }
}

/// A name of no encoding that FTP could be talked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEncodingError(String);

impl fmt::Display for TextEncodingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no encoding {:?}; write utf-8, latin1, windows-1251, shift_jis or the like", self.0)
    }
}

impl std::error::Error for TextEncodingError {}

impl FromStr for TextEncoding {
    type Err = TextEncodingError;

    /// Reads a label of the Encoding Standard, in any case; one in which ASCII is not ASCII, such as UTF-16, is refused.
    fn from_str(label: &str) -> Result<Self, TextEncodingError> {
        Encoding::for_label_no_replacement(label.as_bytes())
            .filter(|encoding| encoding.is_ascii_compatible())
            .map(Self)
            .ok_or_else(|| TextEncodingError(label.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn an_encoding_without_ascii_is_refused_and_so_is_an_unknown_one() {
        for label in ["utf-16", "iso-2022-jp", "klingon", ""] {
            assert!(label.parse::<TextEncoding>().is_err(), "{label}");
        }
    }

    #[test]
    fn what_is_no_character_is_replaced_or_refused() {
        assert_eq!(TextEncoding::UTF_8.decode(b"a\xFFb"), "a\u{FFFD}b");
        assert_eq!(TextEncoding::UTF_8.decode_strictly(b"a\xFFb"), None);
    }

    proptest! {
        #[test]
        fn every_text_is_encoded_and_utf8_without_loss(text in any::<String>()) {
            prop_assert_eq!(&*TextEncoding::UTF_8.encode(&text), text.as_bytes());
            let japanese: TextEncoding = "shift_jis".parse().unwrap();
            japanese.encode(&text);
        }
    }
}
