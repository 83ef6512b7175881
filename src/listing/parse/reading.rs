//! The lines of a listing, and what one form made of them.

use super::entry::ListEntry;

/// A line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Counted from 1, blank lines included.
    pub(super) number: usize,
    /// Where it starts in the listing.
    pub(super) start: usize,
    /// Without its end.
    pub(super) bytes: &'a [u8],
}

impl Line<'_> {
    /// Where it ends in the listing, its line end not included.
    pub(super) fn end(&self) -> usize {
        self.start + self.bytes.len()
    }
}

/// The lines of `listing` that are not blank, ended by LF, CRLF or the end.
pub(super) fn lines(listing: &[u8]) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (index, line) in listing.split(|byte| *byte == b'\n').enumerate() {
        let bytes = line.strip_suffix(b"\r").unwrap_or(line);
        if !bytes.trim_ascii().is_empty() {
            lines.push(Line { number: index + 1, start, bytes });
        }
        start += line.len() + 1;
    }
    lines
}

/// What one form made of a listing.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) entries: Vec<ListEntry>,
    /// Headings, totals and error texts.
    pub(super) remarks: Vec<Vec<u8>>,
    /// The number of the first line that is neither, and the line.
    pub(super) unknown: Option<(usize, Vec<u8>)>,
}

impl Reading {
    /// Reads line by line; a line of which `entry` makes nothing is a remark where `is_remark` says so.
    pub(super) fn of<'a>(
        lines: &[Line<'a>],
        entry: impl Fn(&'a [u8]) -> Option<ListEntry>,
        is_remark: impl Fn(&'a [u8]) -> bool,
    ) -> Self {
        let mut reading = Self::default();
        for line in lines {
            if let Some(entry) = entry(line.bytes) {
                reading.entries.push(entry);
            } else if is_remark(line.bytes) {
                reading.remarks.push(line.bytes.to_vec());
            } else if reading.unknown.is_none() {
                reading.unknown = Some((line.number, line.bytes.to_vec()));
            }
        }
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_count_but_are_none() {
        let listing = b"\r\na\r\n \t\nb\rc\nd";
        let lines = lines(listing);
        let found: Vec<_> = lines.iter().map(|line| (line.number, line.bytes)).collect();
        assert_eq!(found, [(2, &b"a"[..]), (4, b"b\rc"), (5, b"d")]);
        for line in lines {
            assert_eq!(&listing[line.start..line.end()], line.bytes);
        }
    }
}
