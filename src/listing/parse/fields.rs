//! A line cut at its blanks, each field knowing where it stood, so that a name is taken as it is.

use std::ops::Range;

/// More fields than stand before the name in any form; what comes behind them is not cut.
const MOST: usize = 32;

/// The fields of a line.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    line: &'a [u8],
    spans: Vec<Range<usize>>,
}

impl<'a> Fields<'a> {
    /// The first fields of `line`; line ends within it are blanks.
    pub(super) fn of(line: &'a [u8]) -> Self {
        let mut spans = Vec::with_capacity(12);
        let mut at = 0;
        while spans.len() < MOST {
            let Some(start) = line[at..].iter().position(|byte| !is_blank(*byte)) else { break };
            let start = at + start;
            let end =
                line[start..].iter().position(|byte| is_blank(*byte)).map_or(line.len(), |end| start + end);
            spans.push(start..end);
            at = end;
        }
        Self { line, spans }
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The field at `index`; nothing behind the last one.
    pub(super) fn get(&self, index: usize) -> &'a [u8] {
        self.spans.get(index).map_or(b"", |span| &self.line[span.clone()])
    }

    /// The text from the first field of `range` to its last, blanks between them included; `None` when there is none.
    pub(super) fn text(&self, range: Range<usize>) -> Option<String> {
        let (first, last) = (range.start, range.end.checked_sub(1)?);
        if first > last {
            return None;
        }
        let bytes = &self.line[self.spans.get(first)?.start..self.spans.get(last)?.end];
        Some(String::from_utf8_lossy(bytes).into_owned())
    }

    /// How many blanks there are before the field at `index`.
    pub(super) fn gap_before(&self, index: usize) -> usize {
        let end = index.checked_sub(1).and_then(|before| self.spans.get(before)).map_or(0, |span| span.end);
        self.spans.get(index).map_or(0, |span| span.start - end)
    }

    /// All that stands behind the field at `index`.
    pub(super) fn behind(&self, index: usize) -> &'a [u8] {
        self.spans.get(index).map_or(b"", |span| &self.line[span.end..])
    }

    /// What stands behind the field at `index` and one blank; `None` when that is nothing.
    pub(super) fn name_behind(&self, index: usize) -> Option<&'a [u8]> {
        self.behind(index).get(1..).filter(|name| !name.is_empty())
    }

    /// What stands behind the field at `index` and all blanks after it; `None` when that is nothing.
    pub(super) fn trimmed_name_behind(&self, index: usize) -> Option<&'a [u8]> {
        Some(self.behind(index).trim_ascii_start()).filter(|name| !name.is_empty())
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_blanks() {
        let fields = Fields::of(b" a \t bc   the  name ");
        assert_eq!((fields.get(0), fields.get(1), fields.get(9)), (&b"a"[..], &b"bc"[..], &b""[..]));
        assert_eq!(fields.name_behind(1), Some(&b"  the  name "[..]));
        assert_eq!(fields.trimmed_name_behind(1), Some(&b"the  name "[..]));
        assert_eq!(fields.text(0..2).as_deref(), Some("a \t bc"));
        assert_eq!((fields.gap_before(0), fields.gap_before(1), fields.gap_before(9)), (1, 3, 0));
        assert_eq!((fields.text(1..1), fields.text(3..9)), (None, None));
    }

    #[test]
    fn nothing_behind_is_no_name() {
        assert_eq!(Fields::of(b"a ").name_behind(0), None);
        assert_eq!(Fields::of(b"a").name_behind(0), None);
        assert_eq!(Fields::of(b"a   ").trimmed_name_behind(0), None);
        assert_eq!(Fields::of(b"").len(), 0);
    }
}
