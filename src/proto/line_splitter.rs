//! Bytes as they arrive, cut into lines: what the decoders of commands and of replies have in common.
//!
//! What a line says is not known here. Where the bytes were cut into segments makes no difference.

use std::fmt;

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// CRLF alone: a bare CR or LF is data.
    CrLf,
    /// CRLF or a bare LF.
    Lf,
}

/// A line longer than its limit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineTooLong {
    /// Its first bytes, as many as the limit allows.
    pub start: Vec<u8>,
}

impl fmt::Display for LineTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a line is longer than {} bytes", self.start.len())
    }
}

impl std::error::Error for LineTooLong {}

/// A buffer that gives out one line at a time.
#[derive(Clone)]
pub(super) struct LineSplitter {
    end: LineEnd,
    /// How many bytes a line may have before its end.
    limit: usize,
    bytes: Vec<u8>,
    /// Where in `bytes` the current line starts: what stands before has been given out.
    start: usize,
    /// Up to where in `bytes` the current line is known not to end.
    scanned: usize,
    /// The last byte thrown away, while the rest of an over-long line is.
    discarded: Option<u8>,
}

impl LineSplitter {
    pub(super) fn new(end: LineEnd, limit: usize) -> Self {
        Self { end, limit, bytes: Vec::new(), start: 0, scanned: 0, discarded: None }
    }

    /// Appends bytes that arrived.
    pub(super) fn buffer(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.start);
        self.scanned -= self.start;
        self.start = 0;
        self.bytes.extend_from_slice(bytes);
    }

    /// The next line without its end; `None` when none is complete, or too long already.
    pub(super) fn next_line(&mut self) -> Option<Result<Vec<u8>, LineTooLong>> {
        if let Some(last) = self.discarded {
            self.discard_after(last)?;
        }
        let found = self.find_end();
        // A CR that came last may be the first half of the line's end.
        let pending = self.bytes.len() - usize::from(self.unfinished().ends_with(b"\r"));
        let end = found.map_or(pending, |(end, _)| end);
        if end - self.start > self.limit {
            let start = self.take(self.start + self.limit, self.start + self.limit);
            self.discarded = Some(0);
            return Some(Err(LineTooLong { start }));
        }
        found.map(|(end, next)| Ok(self.take(end, next)))
    }

    /// What has not been given out yet.
    pub(super) fn unfinished(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Forgets all that was buffered.
    pub(super) fn clear(&mut self) {
        *self = Self::new(self.end, self.limit);
    }

    /// Where the current line ends, and where the next begins.
    fn find_end(&mut self) -> Option<(usize, usize)> {
        while let Some(distance) = memchr::memchr(b'\n', &self.bytes[self.scanned..]) {
            let line_feed = self.scanned + distance;
            self.scanned = line_feed + 1;
            if self.bytes[self.start..line_feed].ends_with(b"\r") {
                return Some((line_feed - 1, line_feed + 1));
            }
            if self.end == LineEnd::Lf {
                return Some((line_feed, line_feed + 1));
            }
        }
        self.scanned = self.bytes.len();
        None
    }

    /// Throws away what is buffered of an over-long line; `None` when its end has not come.
    fn discard_after(&mut self, mut last: u8) -> Option<()> {
        let rest = &self.bytes[self.start..];
        let end = memchr::memchr_iter(b'\n', rest).find(|&line_feed| {
            let before = if line_feed == 0 { last } else { rest[line_feed - 1] };
            self.end == LineEnd::Lf || before == b'\r'
        });
        last = rest.last().copied().unwrap_or(last);
        self.discarded = if end.is_some() { None } else { Some(last) };
        self.advance(end.map_or(self.bytes.len(), |line_feed| self.start + line_feed + 1));
        end.map(|_| ())
    }

    /// The current line up to `end`, leaving `next` as the start of the next.
    fn take(&mut self, end: usize, next: usize) -> Vec<u8> {
        let line = self.bytes[self.start..end].to_vec();
        self.advance(next);
        line
    }

    fn advance(&mut self, start: usize) {
        self.start = start;
        self.scanned = start;
        if start == self.bytes.len() {
            self.bytes.clear();
            self.start = 0;
            self.scanned = 0;
        }
    }
}

impl fmt::Debug for LineSplitter {
    /// Shows how much waits, not what: it may be a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineSplitter").field("unfinished", &self.unfinished().len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection;
    use proptest::prelude::{Just, Strategy, prop_assert_eq, prop_oneof, proptest};

    type Items = Vec<Result<Vec<u8>, LineTooLong>>;

    fn too_long(start: &[u8]) -> Result<Vec<u8>, LineTooLong> {
        Err(LineTooLong { start: start.to_vec() })
    }

    /// What comes of `segments`, and what is left.
    fn split(end: LineEnd, limit: usize, segments: &[&[u8]]) -> (Items, Vec<u8>) {
        let mut splitter = LineSplitter::new(end, limit);
        let mut items = Vec::new();
        for segment in segments {
            splitter.buffer(segment);
            while let Some(item) = splitter.next_line() {
                items.push(item);
            }
        }
        (items, splitter.unfinished().to_vec())
    }

    /// The same by the simplest means, from all bytes at once.
    fn expected(end: LineEnd, limit: usize, bytes: &[u8]) -> Items {
        let mut items = Vec::new();
        let mut line = Vec::new();
        for &byte in bytes {
            line.push(byte);
            let content = match end {
                _ if line.ends_with(b"\r\n") => &line[..line.len() - 2],
                LineEnd::Lf if byte == b'\n' => &line[..line.len() - 1],
                _ => continue,
            };
            items.push(if content.len() > limit {
                too_long(&content[..limit])
            } else {
                Ok(content.to_vec())
            });
            line.clear();
        }
        if line.strip_suffix(b"\r").unwrap_or(&line).len() > limit {
            items.push(too_long(&line[..limit]));
        }
        items
    }

    #[test]
    fn what_comes_after_an_over_long_line_is_in_step() {
        let (items, left) = split(LineEnd::CrLf, 4, &[b"abcdef", b"gh\r", b"\nNOOP\r\nQU"]);
        assert_eq!(items, [too_long(b"abcd"), Ok(b"NOOP".to_vec())]);
        assert_eq!(left, b"QU");
    }

    #[test]
    fn a_line_is_too_long_as_soon_as_it_must_be() {
        assert_eq!(split(LineEnd::CrLf, 4, &[b"abcd"]).0, []);
        assert_eq!(split(LineEnd::CrLf, 4, &[b"abcd\r"]).0, []);
        assert_eq!(split(LineEnd::CrLf, 4, &[b"abcd\r", b"\r"]).0, [too_long(b"abcd")]);
        assert_eq!(split(LineEnd::CrLf, 4, &[b"abcd", b"e"]).0, [too_long(b"abcd")]);
        assert_eq!(split(LineEnd::CrLf, 4, &[b"abcd\r", b"\n"]).0, [Ok(b"abcd".to_vec())]);
    }

    #[test]
    fn a_bare_line_feed_ends_a_line_only_where_it_may() {
        assert_eq!(split(LineEnd::CrLf, 9, &[b"a\nb\rc\r\n"]).0, [Ok(b"a\nb\rc".to_vec())]);
        assert_eq!(split(LineEnd::Lf, 9, &[b"a\nb\rc\r\n"]).0, [Ok(b"a".to_vec()), Ok(b"b\rc".to_vec())]);
    }

    #[test]
    fn an_over_long_line_is_not_kept() {
        let mut splitter = LineSplitter::new(LineEnd::CrLf, 4);
        splitter.buffer(&[b'a'; 4096]);
        assert!(splitter.next_line().is_some());
        for _ in 0..4096 {
            splitter.buffer(&[b'a'; 4096]);
            assert_eq!(splitter.next_line(), None);
            assert_eq!(splitter.unfinished(), b"");
        }
        assert!(splitter.bytes.capacity() <= 3 * 4096);
    }

    fn segments() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let byte = prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'a')];
        collection::vec(collection::vec(byte, 0..8), 0..8)
    }

    proptest! {
        #[test]
        fn segments_make_no_difference(segments in segments(), limit in 0usize..6) {
            let whole = segments.concat();
            let segments: Vec<_> = segments.iter().map(Vec::as_slice).collect();
            let bytewise: Vec<_> = whole.chunks(1).collect();
            for end in [LineEnd::CrLf, LineEnd::Lf] {
                let result = split(end, limit, &segments);
                prop_assert_eq!(&result.0, &expected(end, limit, &whole));
                prop_assert_eq!(&result, &split(end, limit, &[&whole]));
                prop_assert_eq!(&result, &split(end, limit, &bytewise));
            }
        }
    }
}
