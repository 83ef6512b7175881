//! The bytes of a control connection, seen from the server: one command line after another.
//!
//! What a line says is [`CommandLine`](super::CommandLine)'s to tell.

use super::line_splitter::{LineEnd, LineSplitter, LineTooLong};

/// How many bytes a command line may have before its CRLF, unless told otherwise.
pub const COMMAND_LINE_LIMIT: usize = 2048;

/// Cuts a stream of bytes into command lines.
///
/// Only CRLF ends a line: a bare CR or LF is data, so that nothing can be hidden from what else reads the stream. An
/// over-long line is one error, and what comes after its CRLF is a new line. Where the stream was cut into segments
/// makes no difference.
///
/// ```
/// use ftp_fixture::proto::{COMMAND_LINE_LIMIT, CommandDecoder};
///
/// let mut decoder = CommandDecoder::new(COMMAND_LINE_LIMIT);
/// decoder.buffer(b"NOOP\r\nQU");
/// assert_eq!(decoder.next_line(), Some(Ok(b"NOOP".to_vec())));
/// assert_eq!(decoder.next_line(), None);
/// assert_eq!(decoder.unfinished(), b"QU");
/// ```
#[derive(Debug, Clone)]
pub struct CommandDecoder {
    lines: LineSplitter,
}

impl CommandDecoder {
    /// A decoder for lines of at most `limit` bytes before their CRLF.
    pub fn new(limit: usize) -> Self {
        Self { lines: LineSplitter::new(LineEnd::CrLf, limit) }
    }

    /// Appends bytes that arrived.
    pub fn buffer(&mut self, bytes: &[u8]) {
        self.lines.buffer(bytes);
    }

    /// The next line without its CRLF; `None` until more bytes arrive.
    ///
    /// # Errors
    /// When the line is longer than the limit, once for the whole line, as soon as that is certain.
    pub fn next_line(&mut self) -> Option<Result<Vec<u8>, LineTooLong>> {
        self.lines.next_line()
    }

    /// The bytes that wait for their CRLF, once [`next_line`](Self::next_line) has given out all before them.
    pub fn unfinished(&self) -> &[u8] {
        self.lines.unfinished()
    }

    /// Whether no byte waits.
    pub fn is_empty(&self) -> bool {
        self.unfinished().is_empty()
    }

    /// Forgets all that waits, as after AUTH, where bytes that came in the clear must not count.
    pub fn clear(&mut self) {
        self.lines.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipelined_commands_come_one_by_one() {
        let mut decoder = CommandDecoder::new(COMMAND_LINE_LIMIT);
        decoder.buffer(b"USER a\r\n\r\nPASS");
        decoder.buffer(b" b\r\n");
        let lines: Vec<_> = std::iter::from_fn(|| decoder.next_line()).collect();
        assert_eq!(lines, [Ok(b"USER a".to_vec()), Ok(Vec::new()), Ok(b"PASS b".to_vec())]);
        assert!(decoder.is_empty());
    }

    #[test]
    fn what_was_cleared_never_comes() {
        let mut decoder = CommandDecoder::new(4);
        decoder.buffer(b"too long");
        assert!(decoder.next_line().is_some_and(|line| line.is_err()));
        decoder.buffer(b"QUIT\r\nQUIT");
        decoder.clear();
        decoder.buffer(b"NOOP\r\n");
        assert_eq!(decoder.next_line(), Some(Ok(b"NOOP".to_vec())));
    }
}
