//! Times in listings and replies that differ from run to run, and where they stand.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

use super::hole::Hole;
use super::text::{Piece, Text};

/// A time that nobody has set, in one line of what a server sends: the first text of that form in the line is the
/// time, since names come last.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct LineTime {
    /// Which line, counted from 0.
    pub(crate) line: usize,
    /// The time as it stands there.
    pub(crate) text: String,
}

/// Puts `[MTIME]` in the place of `times`, which are in the order of their lines, and of which `text` has all the lines from `first_line` on.
pub(crate) fn punch_times(text: &mut Text, first_line: usize, times: &[LineTime]) {
    text.replace(|bytes| places(bytes, first_line, times), &Piece::Hole(Hole::Mtime));
}

fn places(bytes: &[u8], first_line: usize, times: &[LineTime]) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    starts.extend(memchr_iter(b'\n', bytes).map(|end| end + 1));
    let place = |time: &LineTime| {
        let line = time.line.checked_sub(first_line)?;
        let start = *starts.get(line)?;
        let end = starts.get(line + 1).copied().unwrap_or(bytes.len());
        let at = start + memmem::find(&bytes[start..end], time.text.as_bytes())?;
        Some(at..at + time.text.len())
    };
    let from = times.partition_point(|time| time.line < first_line);
    let to = times.partition_point(|time| time.line < first_line + starts.len());
    times[from..to].iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn punched(text: &str, first_line: usize, times: &[(usize, &str)]) -> String {
        let mut text = Text::literal(text);
        let times: Vec<_> =
            times.iter().map(|(line, time)| LineTime { line: *line, text: (*time).to_owned() }).collect();
        punch_times(&mut text, first_line, &times);
        text.to_string().replace(r"\x0A", "|")
    }

    #[test]
    fn the_first_in_its_line_is_the_time_and_the_same_text_elsewhere_is_not() {
        let lines = "6 Jan 01 a\n6 Jan 01 Jan 01\n6 Jan 01 c\n";
        assert_eq!(punched(lines, 0, &[(1, "Jan 01")]), "6 Jan 01 a|6 [MTIME] Jan 01|6 Jan 01 c|");
        assert_eq!(
            punched(lines, 0, &[(0, "Jan 01"), (2, "Jan 01")]),
            "6 [MTIME] a|6 Jan 01 Jan 01|6 [MTIME] c|"
        );
    }

    #[test]
    fn a_line_or_a_time_that_is_not_there_is_left_out() {
        assert_eq!(punched("a Jan 01", 0, &[(0, "Jan 02"), (1, "Jan 01"), (7, "Jan 01")]), "a Jan 01");
        assert_eq!(punched("a Jan 01", 2, &[(0, "Jan 01"), (2, "Jan 01")]), "a [MTIME]");
    }
}
