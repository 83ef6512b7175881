//! What kind of difference it is where a session parts from what was expected. What is said of one line alone is in
//! `findings`.

use super::alignment::Strictness;
use super::comparison::{Divergence, lines_taken};
use super::event::Event;
use super::expectation::{ExpectedForm, ExpectedSession};
use super::findings::{Finding, extra, missing, quoted, unfinished, way};
use super::mismatch::MismatchKind;
use super::pattern::Pattern;
use super::payload::Payload;
use super::text::Text;
use super::written_line::{Mark, WrittenLine};
use super::written_session::{NumberedLine, WrittenSession};

/// How many lines or commands are looked ahead.
const AHEAD: usize = 32;

type Expected = WrittenLine<Pattern>;

/// Both sides from where they part.
struct Parted<'a> {
    expected: Vec<&'a Expected>,
    received: &'a [NumberedLine<'a>],
    strictness: Strictness,
}

/// What differs at `divergence`.
pub(crate) fn diagnose(
    expected: &ExpectedSession,
    session: &WrittenSession<'_>,
    divergence: Divergence,
    strictness: Strictness,
) -> Finding {
    let parted = Parted {
        // Behind a gap anything goes, so that nothing can be learned there.
        expected: expected.lines[divergence.expected..]
            .iter()
            .take_while(|line| line.form != ExpectedForm::AnyLines)
            .filter_map(|line| line.as_line())
            .collect(),
        received: &session.lines[divergence.received..],
        strictness,
    };
    match (parted.expected.first(), parted.received.first()) {
        (Some(expected), Some(received)) if divergence.behind_gap => Finding {
            what: format!("{} did not come; the nearest is {}", quoted(*expected), quoted(&received.line)),
            ..parted.changed(expected, received)
        },
        (Some(expected), Some(received)) => parted.compared(expected, received),
        (Some(expected), None) => session
            .lines
            .last()
            .and_then(|last| unfinished(&last.line, expected))
            .unwrap_or_else(|| missing(expected, 1, None)),
        (None, Some(received)) => extra(&received.line, parted.received_commands()),
        (None, None) => {
            Finding { kind: MismatchKind::OtherLine, what: "it ends too soon".to_owned(), changed: false }
        }
    }
}

impl Parted<'_> {
    fn received_commands(&self) -> usize {
        match self.received {
            [first, ..] if first.line.is_command() => {
                self.received.iter().filter(|line| line.line.is_command()).count()
            }
            _ => 1,
        }
    }

    /// What differs where one line came and another was expected.
    fn compared(&self, expected: &Expected, received: &NumberedLine<'_>) -> Finding {
        let never_ended = WrittenLine::Event(Event::UnfinishedCommand);
        if received.line.is_command() && self.received.get(1).is_some_and(|line| line.line == never_ended) {
            let what = format!(
                "the client's last command, {}, was never ended by CRLF where {} was expected",
                quoted(&received.line),
                quoted(expected)
            );
            return Finding { kind: MismatchKind::Unfinished, what, changed: expected.is_command() };
        }
        match self.resynchronised() {
            (0, count) if expected.is_command() => {
                unfinished(&received.line, expected).unwrap_or_else(|| extra(&received.line, count))
            }
            (0, count) => extra(&received.line, count),
            (count, 0) => missing(expected, count, Some(&received.line)),
            _ => unfinished(&received.line, expected).unwrap_or_else(|| self.changed(expected, received)),
        }
    }

    /// How many expected units, and how many received ones, stand before the nearest that match again. A unit is a
    /// command, or a line of the same exchange.
    fn resynchronised(&self) -> (usize, usize) {
        let command_expected = self.expected.first().is_some_and(|line| line.is_command());
        let command_received = self.received.first().is_some_and(|line| line.line.is_command());
        if command_expected != command_received {
            // The exchange came to its end on one side, and goes on on the other.
            return if command_expected { (0, 1) } else { (1, 0) };
        }
        // Lines are looked at up to the exchange's end, commands beyond it.
        let expected: Vec<&Expected> = self
            .expected
            .iter()
            .copied()
            .take_while(|line| command_expected || !line.is_command())
            .filter(|line| line.is_command() == command_expected)
            .take(AHEAD)
            .collect();
        let received: Vec<&NumberedLine<'_>> = self
            .received
            .iter()
            .take_while(|line| command_expected || !line.line.is_command())
            .filter(|line| line.line.is_command() == command_expected)
            .take(AHEAD)
            .collect();
        for distance in 1..AHEAD {
            // Of equal distances, a changed line is likelier than one missing and another one too many.
            let mut splits: Vec<usize> = (0..=distance).collect();
            splits.sort_by_key(|missing| (2 * missing).abs_diff(distance));
            for missing in splits {
                if let (Some(expected), Some(received)) =
                    (expected.get(missing), received.get(distance - missing))
                    && lines_taken(expected, received, self.strictness).is_some()
                {
                    return (missing, distance - missing);
                }
            }
        }
        (1, 1)
    }

    /// What differs between two lines in the same place.
    fn changed(&self, expected: &Expected, received: &NumberedLine<'_>) -> Finding {
        let (wanted, came) = (quoted(expected), quoted(&received.line));
        let (kind, what) = match (expected, &received.line) {
            (WrittenLine::Text(mark, pattern, _), WrittenLine::Text(other, text, _)) if mark == other => {
                let parting = pattern.part_from(text, self.strictness);
                let kind = match (parting, mark) {
                    // How the line ended is all that differs.
                    (None, _) => MismatchKind::OtherLine,
                    (Some(parting), _) if parting.at_hole => MismatchKind::Hole,
                    (_, Mark::Command) if same_verb(pattern, text) => MismatchKind::WrongParameter,
                    (_, Mark::Command) => MismatchKind::WrongVerb,
                    (Some(parting), Mark::Reply) if parting.in_pattern < 3 => MismatchKind::ReplyCode,
                    (_, Mark::Reply) => MismatchKind::ReplyText,
                    (_, Mark::Data(_)) => MismatchKind::PayloadText,
                };
                let what = match mark {
                    Mark::Command => format!("the client sent {came} where {wanted} was expected"),
                    Mark::Reply => format!("the server replied {came} where {wanted} was expected"),
                    Mark::Data(direction) => {
                        format!("the data {} have {came} where {wanted} was expected", way(*direction))
                    }
                };
                (kind, what)
            }
            (WrittenLine::Summary(direction, wanted), line) if is_data(line) => (
                MismatchKind::PayloadDigest,
                match data_length(received) {
                    length if length == wanted.length() => {
                        format!("the data {} have another digest than expected", way(*direction))
                    }
                    Some(length) => format!(
                        "the data {} are {length} bytes where {} were expected",
                        way(*direction),
                        wanted.length().unwrap_or(0)
                    ),
                    None => format!("the data {} are not those expected", way(*direction)),
                },
            ),
            (WrittenLine::Text(Mark::Data(direction), ..), WrittenLine::Summary(..)) => (
                MismatchKind::PayloadDigest,
                format!("the data {} are a digest where the text {wanted} was expected", way(*direction)),
            ),
            (wanted, line) if is_data(wanted) && !is_data(line) => return missing(wanted, 1, Some(line)),
            (wanted, line) if !is_data(wanted) && is_data(line) => return extra(line, 1),
            (WrittenLine::Event(_) | WrittenLine::TlsFailed(..), _) => {
                (MismatchKind::MissingEvent, format!("{came} came where {wanted} was expected"))
            }
            (_, WrittenLine::Event(_) | WrittenLine::TlsFailed(..)) => {
                (MismatchKind::ExtraEvent, format!("{came} came where {wanted} was expected"))
            }
            _ => (MismatchKind::OtherLine, format!("{came} came where {wanted} was expected")),
        };
        Finding { kind, what, changed: true }
    }
}

fn is_data<T>(line: &WrittenLine<T>) -> bool {
    matches!(line, WrittenLine::Text(Mark::Data(_), ..) | WrittenLine::Summary(..))
}

fn data_length(line: &NumberedLine<'_>) -> Option<u64> {
    match (&line.line, line.inline) {
        (WrittenLine::Summary(_, payload), _) => payload.length(),
        (_, Some((text, _))) => Payload::Inline(text.clone()).length(),
        _ => None,
    }
}

fn same_verb(pattern: &Pattern, text: &Text) -> bool {
    let word = |bytes: &[u8]| bytes.split(|byte| *byte == b' ').next().unwrap_or(bytes).to_ascii_uppercase();
    word(pattern.start()) == word(text.start())
}
