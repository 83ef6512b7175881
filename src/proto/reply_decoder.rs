//! The bytes of a control connection, seen from the client: one reply after another.
//!
//! It takes what real servers send, which is more than RFC 959 allows.

use std::fmt;

use super::line_splitter::{LineEnd, LineSplitter, LineTooLong};
use super::reply::{Head, Reply};
use super::reply_code::ReplyCode;

/// How many bytes a line of a reply may have before its end, unless told otherwise; ftplib's limit.
pub const REPLY_LINE_LIMIT: usize = 8192;

/// How many lines a reply may have.
pub const REPLY_LINES_MAXIMUM: usize = 65_536;

/// How many bytes the lines of a reply may have together.
pub const REPLY_LENGTH_MAXIMUM: usize = 4 << 20;

/// Cuts a stream of bytes into replies.
///
/// A reply of more than one line ends with the first line that has its code and a space after it, or its code alone.
/// A bare LF ends a line too. Where the stream was cut into segments makes no difference.
///
/// ```
/// use ftp_fixture::proto::{REPLY_LINE_LIMIT, Reply, ReplyDecoder};
///
/// let mut decoder = ReplyDecoder::new(REPLY_LINE_LIMIT);
/// decoder.buffer(b"220-Welcome\r\n220 Ready\r\n331");
/// assert_eq!(decoder.next_reply(), Some(Ok(Reply::multi_line(220, "Welcome", [], "Ready"))));
/// assert_eq!(decoder.next_reply(), None);
/// ```
#[derive(Debug, Clone)]
pub struct ReplyDecoder {
    lines: LineSplitter,
    begun: Option<Begun>,
}

/// A reply of more than one line whose last has not come.
#[derive(Debug, Clone)]
struct Begun {
    code: ReplyCode,
    first: String,
    rest: Vec<String>,
    /// How many bytes its lines have.
    length: usize,
}

/// What is no reply. The two ends are out of step then: it is best to close the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplyDecodeError {
    /// A line is longer than the limit.
    LineTooLong(LineTooLong),
    /// This line stands where a reply must begin, and begins with no code.
    NotAReply(Vec<u8>),
    /// A reply has more than [`REPLY_LINES_MAXIMUM`] lines.
    TooManyLines,
    /// The lines of a reply have more than [`REPLY_LENGTH_MAXIMUM`] bytes.
    TooLong,
}

impl fmt::Display for ReplyDecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LineTooLong(error) => write!(f, "no reply: {error}"),
            Self::NotAReply(line) => {
                let line = String::from_utf8_lossy(line);
                write!(f, "no reply: {line:?}; a reply begins with a code from 100 to 659 and a space")
            }
            Self::TooManyLines => write!(f, "no reply: it has more than {REPLY_LINES_MAXIMUM} lines"),
            Self::TooLong => write!(f, "no reply: it has more than {REPLY_LENGTH_MAXIMUM} bytes"),
        }
    }
}

impl std::error::Error for ReplyDecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::LineTooLong(error) => Some(error),
            Self::NotAReply(_) | Self::TooManyLines | Self::TooLong => None,
        }
    }
}

impl ReplyDecoder {
    /// A decoder for lines of at most `line_limit` bytes before their end.
    pub fn new(line_limit: usize) -> Self {
        Self { lines: LineSplitter::new(LineEnd::Lf, line_limit), begun: None }
    }

    /// Appends bytes that arrived.
    pub fn buffer(&mut self, bytes: &[u8]) {
        self.lines.buffer(bytes);
    }

    /// The next reply; `None` until more bytes arrive.
    ///
    /// # Errors
    /// When a line or a reply is too long, or a line is no reply's. A reply that had begun is dropped with it.
    pub fn next_reply(&mut self) -> Option<Result<Reply, ReplyDecodeError>> {
        loop {
            let line = match self.lines.next_line()? {
                Ok(line) => line,
                Err(error) => {
                    self.begun = None;
                    return Some(Err(ReplyDecodeError::LineTooLong(error)));
                }
            };
            if let Some(reply) = self.add(line).transpose() {
                return Some(reply);
            }
        }
    }

    /// The bytes that wait, but for the lines of a reply that has begun.
    pub(crate) fn unfinished(&self) -> &[u8] {
        self.lines.unfinished()
    }

    /// Whether nothing waits: neither bytes nor a reply that has begun.
    pub fn is_empty(&self) -> bool {
        self.lines.unfinished().is_empty() && self.begun.is_none()
    }

    /// Forgets all that waits, as before a TLS handshake.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.begun = None;
    }

    /// Adds a line to the reply that has begun, or begins one; `None` when its last line has not come.
    fn add(&mut self, line: Vec<u8>) -> Result<Option<Reply>, ReplyDecodeError> {
        let head = Head::of(&line);
        let Some(mut begun) = self.begun.take() else {
            let Some(head) = head else { return Err(ReplyDecodeError::NotAReply(line)) };
            let first = text(line.get(Head::LEN..).unwrap_or_default());
            if head.continues {
                self.begun = Some(Begun { code: head.code, first, rest: Vec::new(), length: line.len() });
                return Ok(None);
            }
            return Ok(Some(Reply::received(head.code, first, Vec::new())));
        };
        if head.is_some_and(|head| head.ends(begun.code)) {
            begun.rest.push(text(line.get(Head::LEN..).unwrap_or_default()));
            return Ok(Some(Reply::received(begun.code, begun.first, begun.rest)));
        }
        // The first line stands apart, and the last is still to come.
        if begun.rest.len() + 2 >= REPLY_LINES_MAXIMUM {
            return Err(ReplyDecodeError::TooManyLines);
        }
        begun.length += line.len();
        if begun.length > REPLY_LENGTH_MAXIMUM {
            return Err(ReplyDecodeError::TooLong);
        }
        begun.rest.push(text(&line));
        self.begun = Some(begun);
        Ok(None)
    }
}

/// The text of a line, without the CRs that servers in text mode send before its end.
fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line).trim_end_matches('\r').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection;
    use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

    fn decode(segments: &[&[u8]]) -> Vec<Result<Reply, ReplyDecodeError>> {
        let mut decoder = ReplyDecoder::new(REPLY_LINE_LIMIT);
        let mut replies = Vec::new();
        for segment in segments {
            decoder.buffer(segment);
            replies.extend(std::iter::from_fn(|| decoder.next_reply()));
        }
        replies
    }

    #[test]
    fn a_reply_has_a_limit_however_long_its_lines_are() {
        let line = format!(" {}\r\n", "x".repeat(REPLY_LINE_LIMIT - 1));
        let lines = line.repeat(REPLY_LENGTH_MAXIMUM / REPLY_LINE_LIMIT);
        let at_the_limit = format!("{}211 End\r\n", &lines[line.len()..]);
        assert!(matches!(&decode(&[b"211-\r\n", at_the_limit.as_bytes()])[..], [Ok(_)]));
        assert_eq!(decode(&[b"211-\r\n", lines.as_bytes()]), [Err(ReplyDecodeError::TooLong)]);
    }

    #[test]
    fn middle_lines_are_kept_as_they_came() {
        let bytes = b"211-Features:\r\n MDTM\r\n211-SIZE\r\n\r\n2110\r\n226 x\r\n211 End\r\n";
        let middle = [" MDTM", "211-SIZE", "", "2110", "226 x"].map(str::to_owned);
        assert_eq!(decode(&[bytes]), [Ok(Reply::multi_line(211, "Features:", middle, "End"))]);
    }

    #[test]
    fn what_real_servers_send_is_taken() {
        for bytes in [&b"220 a\r\n"[..], b"220 a\n", b"220 a\r\r\n", b"220\ta\r\n"] {
            assert_eq!(decode(&[bytes]), [Ok(Reply::new(220, "a"))], "{bytes:?}");
        }
        assert_eq!(decode(&[b"220\r\n"]), [Ok(Reply::new(220, ""))]);
        assert_eq!(decode(&[b"220-a\n220\n"]), [Ok(Reply::multi_line(220, "a", [], ""))]);
        assert_eq!(decode(&[b"220 caf\xE9\r\n"]), [Ok(Reply::new(220, "caf\u{FFFD}"))]);
    }

    #[test]
    fn a_line_without_a_code_is_an_error_and_the_next_may_be_a_reply() {
        for line in ["", "hello", "22", "2200", "22x a", "099 a", "660 a", "220a"] {
            let bytes = format!("{line}\r\n220 a\r\n");
            let error = ReplyDecodeError::NotAReply(line.as_bytes().to_vec());
            assert_eq!(decode(&[bytes.as_bytes()]), [Err(error), Ok(Reply::new(220, "a"))], "{line:?}");
        }
    }

    #[test]
    fn a_line_or_a_reply_that_is_too_long_is_an_error() {
        let mut decoder = ReplyDecoder::new(8);
        decoder.buffer(b"220-a\r\n123456789\r\n220 a\r\n");
        let start = b"12345678".to_vec();
        assert_eq!(decoder.next_reply(), Some(Err(ReplyDecodeError::LineTooLong(LineTooLong { start }))));
        assert_eq!(decoder.next_reply(), Some(Ok(Reply::new(220, "a"))));

        let middle = "a\r\n".repeat(REPLY_LINES_MAXIMUM - 2);
        let longest = format!("220-a\r\n{middle}220 a\r\n");
        assert!(matches!(decode(&[longest.as_bytes()])[..], [Ok(_)]));
        let too_long = format!("220-a\r\n{middle}a\r\n");
        assert_eq!(decode(&[too_long.as_bytes()]), [Err(ReplyDecodeError::TooManyLines)]);
    }

    fn replies() -> impl Strategy<Value = Reply> {
        let middle = collection::vec(prop_oneof![any::<String>(), "(200|201)?[- ]?a?"], 0..4);
        let code = prop_oneof![100u16..=659, 200u16..=201];
        (code, any::<String>(), middle, any::<String>(), any::<bool>()).prop_map(
            |(code, first, middle, last, one)| {
                if one { Reply::new(code, first) } else { Reply::multi_line(code, first, middle, last) }
            },
        )
    }

    proptest! {
        #[test]
        fn encode_and_decode_are_inverses(replies in collection::vec(replies(), 0..4), cut in 1usize..16) {
            let mut bytes = Vec::new();
            replies.iter().for_each(|reply| reply.encode(&mut bytes));
            let segments: Vec<_> = bytes.chunks(cut).collect();
            let decoded: Result<Vec<_>, _> = decode(&segments).into_iter().collect();
            prop_assert_eq!(decoded, Ok(replies));
        }

        #[test]
        fn what_was_decoded_survives_encode_and_decode(bytes in "(200|201|-| |\r\n|\r|\n|\t|a){0,16}") {
            for reply in decode(&[bytes.as_bytes()]).into_iter().flatten() {
                let mut encoded = Vec::new();
                reply.encode(&mut encoded);
                prop_assert_eq!(decode(&[&encoded]), [Ok(reply)]);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>(), limit in 0usize..16) {
            let mut decoder = ReplyDecoder::new(limit);
            decoder.buffer(&bytes);
            while decoder.next_reply().is_some() {}
            prop_assert!(decoder.lines.unfinished().len() <= limit + 1);
        }
    }
}
