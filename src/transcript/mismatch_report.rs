//! The text of a mismatch: both lines with what differs marked, and the lines around.

use std::ops::Range;

use super::alignment::Strictness;
use super::expectation::ExpectedSession;
use super::mismatch::MismatchKind;
use super::notation::{Unit, units};
use super::pattern::Pattern;
use super::text::Text;
use super::transcript::Transcript;
use super::written_line::{Mark, WrittenLine};

/// Lines shown on each side of the one in question.
const AROUND: usize = 3;

/// Lines shown of a whole session, and sessions shown in another order.
const SHOWN: usize = 8;

/// Characters shown of one line.
const WIDTH: usize = 100;

/// Where a difference is.
pub(crate) struct Place {
    /// The line that was expected, with its number.
    pub(crate) expected: Option<(usize, String)>,
    /// The line that came, with its number.
    pub(crate) received: Option<(usize, String)>,
    /// Which characters of them differ.
    pub(crate) marks: Option<Marks>,
    /// The numbers of the session's first and last line.
    pub(crate) session: (usize, usize),
}

/// The characters of two lines that differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) expected: Range<usize>,
    pub(crate) received: Range<usize>,
}

/// A session in another place: its number and its header's line on both sides.
pub(crate) struct Moved {
    pub(crate) expected: (usize, usize),
    pub(crate) received: (usize, usize),
}

/// The report of a line that differs.
pub(crate) fn difference(sentence: &str, place: &Place, transcript: &Transcript) -> String {
    let mut report = format!("{sentence}\n\n");
    let numbers = [&place.expected, &place.received].into_iter().flatten().map(|(number, _)| *number);
    let width = numbers.chain([place.session.1]).max().unwrap_or(0).to_string().len();
    let mut side =
        |name: &str, line: &Option<(usize, String)>, nothing: &str, mark: Option<&Range<usize>>| {
            let Some((number, line)) = line else {
                report.push_str(&format!("{name} {:width$} | ({nothing})\n", ""));
                return;
            };
            let (line, mark) = cut(line, mark);
            report.push_str(&format!("{name} {number:>width$} | {line}\n"));
            if let Some(mark) = mark {
                let (blanks, carets) = (" ".repeat(mark.start), "^".repeat(mark.len().max(1)));
                report.push_str(&format!(
                    "{:name_width$} {:width$} | {blanks}{carets}\n",
                    "",
                    "",
                    name_width = name.len()
                ));
            }
        };
    let marks = place.marks.as_ref();
    side("expected", &place.expected, "nothing more", marks.map(|marks| &marks.expected));
    side("received", &place.received, "nothing more", marks.map(|marks| &marks.received));
    let center = place.received.as_ref().map_or(place.session.1 + 1, |(number, _)| *number);
    let first = center.saturating_sub(AROUND).max(place.session.0);
    let last = (center + AROUND).min(place.session.1);
    report.push_str("\nreceived, the lines around:\n");
    excerpt(&mut report, transcript, first..=last, Some(center));
    report
}

/// The report of a session that is missing, or of lines that are those of one too many.
pub(crate) fn session_count(
    sentence: &str,
    number: usize,
    missing: Option<&ExpectedSession>,
    extra: Option<(usize, usize)>,
    transcript: &Transcript,
) -> String {
    let mut report = format!("{sentence}\n\n");
    if let Some(session) = missing {
        report.push_str(&format!("expected session {number}, from line {} on:\n", session.header));
        let width = session.lines.last().map_or(0, |line| line.number).to_string().len();
        for line in session.lines.iter().filter(|line| line.number > 0).take(SHOWN) {
            report.push_str(&format!(
                "  {:>width$} | {}\n",
                line.number,
                cut(&line.form.to_string(), None).0
            ));
        }
    }
    if let Some((first, last)) = extra {
        report.push_str(&format!("received session {number}:\n"));
        excerpt(&mut report, transcript, first..=last.min(first + SHOWN), None);
    }
    report
}

/// The report of sessions that are the ones expected, in another order.
pub(crate) fn session_order(count: usize, moved: &[Moved]) -> String {
    let mut report = format!(
        "only the order of the sessions differs: all {count} came, {} of them in another place\n\n",
        moved.len()
    );
    for Moved { expected, received } in moved.iter().take(SHOWN) {
        report.push_str(&format!(
            "expected session {} (line {}) came as session {} (line {})\n",
            expected.0, expected.1, received.0, received.1
        ));
    }
    if moved.len() > SHOWN {
        report.push_str(&format!("… and {} more\n", moved.len() - SHOWN));
    }
    report.push_str(
        "\nwhere sessions run at once, their order is chance: sort them with \
         `.session_order(SessionOrder::Content)`, or tell them apart with `.label(…)`\n",
    );
    report
}

/// Which characters of two lines differ.
pub(crate) fn marks(
    kind: MismatchKind,
    expected: &WrittenLine<Pattern>,
    received: &WrittenLine<Text>,
    strictness: Strictness,
) -> Marks {
    match (expected, received) {
        // A code differs as a whole, and all behind it follows from that.
        _ if kind == MismatchKind::ReplyCode => {
            let code = Mark::Reply.as_str().len() + 1;
            Marks { expected: code..code + 3, received: code..code + 3 }
        }
        (WrittenLine::Text(mark, pattern, ending), WrittenLine::Text(other, text, how)) if mark == other => {
            let expected = units(pattern, *ending);
            let received = units(text, *how);
            let (in_pattern, in_text) = pattern
                .part_from(text, strictness)
                .map_or((usize::MAX, usize::MAX), |parting| (parting.in_pattern, parting.in_text));
            differing(
                &expected,
                units_within(&expected, in_pattern),
                &received,
                units_within(&received, in_text),
                mark.as_str().len() + 1,
            )
        }
        _ => {
            let units = |line: String| -> Vec<Unit> {
                line.chars().map(|character| Unit { printed: character.to_string(), length: 1 }).collect()
            };
            let (expected, received) = (units(expected.to_string()), units(received.to_string()));
            let same = expected.iter().zip(&received).take_while(|(a, b)| a == b).count();
            differing(&expected, same, &received, same, 0)
        }
    }
}

/// The differing characters of two lines whose first units are the same, `offset` characters behind their marks.
fn differing(
    expected: &[Unit],
    same_expected: usize,
    received: &[Unit],
    same_received: usize,
    offset: usize,
) -> Marks {
    let (rest_expected, rest_received) = (&expected[same_expected..], &received[same_received..]);
    let tail = rest_expected.iter().rev().zip(rest_received.iter().rev()).take_while(|(a, b)| a == b).count();
    let range = |units: &[Unit], start: usize| {
        let end = units.len() - tail;
        offset + characters(&units[..start])..offset + characters(&units[..end])
    };
    Marks { expected: range(expected, same_expected), received: range(received, same_received) }
}

/// How many units lie whole before byte `end`.
fn units_within(units: &[Unit], end: usize) -> usize {
    let mut behind = 0;
    units
        .iter()
        .take_while(|unit| {
            behind += unit.length;
            unit.length > 0 && behind <= end
        })
        .count()
}

fn characters(units: &[Unit]) -> usize {
    units.iter().map(|unit| unit.printed.chars().count()).sum()
}

fn excerpt(
    report: &mut String,
    transcript: &Transcript,
    lines: std::ops::RangeInclusive<usize>,
    center: Option<usize>,
) {
    let width = lines.end().to_string().len();
    let printed = transcript.to_string();
    for (index, line) in printed.lines().enumerate().take(*lines.end()).skip(lines.start() - 1) {
        let mark = if center == Some(index + 1) { '>' } else { ' ' };
        report.push_str(&format!("{mark} {:>width$} | {}\n", index + 1, cut(line, None).0));
    }
}

/// A line no longer than is shown, cut around `mark`, and where that is then.
fn cut(line: &str, mark: Option<&Range<usize>>) -> (String, Option<Range<usize>>) {
    let length = line.chars().count();
    let (start, end) = mark.map_or((0, 0), |mark| (mark.start, mark.end));
    if length <= WIDTH && end <= WIDTH {
        return (line.to_owned(), mark.cloned());
    }
    // A third before what differs, so that most of it is seen.
    let first = if start < WIDTH * 2 / 3 { 0 } else { start - WIDTH / 3 };
    let last = (first + WIDTH).min(length);
    let mut shown: String = line.chars().skip(first).take(last - first).collect();
    let shift = usize::from(first > 0);
    if first > 0 {
        shown.insert(0, '…');
    }
    if last < length {
        shown.push('…');
    }
    let mark = mark.map(|mark| mark.start - first + shift..mark.end.min(last) - first + shift);
    (shown, mark)
}
