//! Which session corresponds to which, and what is reported where they do not.

use super::alignment::Strictness;
use super::comparison::{Divergence, compare};
use super::diagnosis::diagnose;
use super::expectation::{Expectation, ExpectedSession};
use super::label::Label;
use super::mismatch::{Mismatch, MismatchKind};
use super::mismatch_report::{self as report, Place};
use super::transcript::Transcript;
use super::written_session::{WrittenSession, written};

/// Holds `transcript` against `expectation`, session by session.
pub(crate) fn check(
    transcript: &Transcript,
    expectation: &Expectation,
    strictness: Strictness,
) -> Result<(), Mismatch> {
    let (expected, received) = (&expectation.sessions, written(transcript));
    let first =
        expected.iter().zip(&received).enumerate().find_map(|(at, (expected, session))| {
            match compare(expected, session, strictness) {
                Err(divergence) => Some((at, Some(divergence))),
                Ok(()) => {
                    (!label_matches(expected.label.as_ref(), session.label, strictness)).then_some((at, None))
                }
            }
        });
    let (at, divergence) = match first {
        Some(first) => first,
        None if expected.len() == received.len() => return Ok(()),
        None => (expected.len().min(received.len()), None),
    };
    let matches = |of_expected: usize, of_received: usize| {
        compare(&expected[of_expected], &received[of_received], strictness).is_ok()
    };
    if expected.len() != received.len() && differ_in_number(at, expected.len(), received.len(), matches) {
        return Err(session_count(transcript, expected, &received, at));
    }
    // One session alone cannot be in another place.
    if expected.len() > at + 1
        && let Some(moved) = reordered(at, expected.len(), received.len(), matches)
    {
        return Err(session_order(expected, &received, &moved));
    }
    let counts = (expected.len() != received.len()).then(|| counts(expected.len(), received.len()));
    let (expected, session) = (&expected[at], &received[at]);
    Err(match divergence {
        Some(divergence) => {
            let mut mismatch = difference(transcript, at, expected, session, divergence, strictness);
            if let Some(counts) = counts {
                mismatch.report.push_str(&format!("\n{counts}\n"));
            }
            mismatch
        }
        None => other_label(transcript, at, expected, session),
    })
}

fn label_matches(expected: Option<&Label>, received: Option<&Label>, strictness: Strictness) -> bool {
    expected == received || strictness == Strictness::Lenient && expected.is_none()
}

/// Whether the sessions from `at` on are those expected, but for some that are missing or too many.
fn differ_in_number(
    at: usize,
    expected: usize,
    received: usize,
    matches: impl Fn(usize, usize) -> bool,
) -> bool {
    let (mut of_expected, mut of_received) = (at, at);
    while of_expected < expected && of_received < received {
        if matches(of_expected, of_received) {
            (of_expected, of_received) = (of_expected + 1, of_received + 1);
        } else if expected < received {
            of_received += 1;
        } else {
            of_expected += 1;
        }
    }
    if expected < received { of_expected == expected } else { of_received == received }
}

/// For each expected session from `at` on, which one came in its place, if they are the same ones in another order.
fn reordered(
    at: usize,
    expected: usize,
    received: usize,
    matches: impl Fn(usize, usize) -> bool,
) -> Option<Vec<(usize, usize)>> {
    if expected != received {
        return None;
    }
    let mut left: Vec<usize> = (at..received).collect();
    let pairs: Option<Vec<(usize, usize)>> = (at..expected)
        .map(|index| {
            let found = left.iter().position(|candidate| matches(index, *candidate))?;
            Some((index, left.remove(found)))
        })
        .collect();
    // All in their places: it is the labels that differ.
    pairs.filter(|pairs| pairs.iter().any(|(expected, received)| expected != received))
}

fn difference(
    transcript: &Transcript,
    at: usize,
    expected: &ExpectedSession,
    session: &WrittenSession<'_>,
    divergence: Divergence,
    strictness: Strictness,
) -> Mismatch {
    let finding = diagnose(expected, session, divergence, strictness);
    let expected_line = expected.lines.get(divergence.expected);
    let received_line = session.lines.get(divergence.received);
    let before = session.lines[..divergence.received].iter().filter(|line| line.line.is_command()).count();
    // A command opens the next exchange, all else belongs to the one above.
    let opens = expected_line.is_none_or(|line| line.as_line().is_some_and(|line| line.is_command()))
        && received_line.is_none_or(|line| line.line.is_command())
        && (received_line.is_some() || finding.kind != MismatchKind::Unfinished && !divergence.behind_gap);
    let exchange = before + usize::from(opens);
    let place = Place {
        expected: expected_line.map(|line| (line.number, line.form.to_string())),
        received: received_line.map(|line| (line.number, line.line.to_string())),
        marks: match (expected_line.and_then(|line| line.as_line()), received_line) {
            (Some(expected), Some(received)) if finding.changed => {
                Some(report::marks(finding.kind, expected, &received.line, strictness))
            }
            _ => None,
        },
        session: (session.header, session.last),
    };
    let sentence = match exchange {
        0 => format!("session {}, before the first command: {}", at + 1, finding.what),
        _ => format!("session {}, exchange {exchange}: {}", at + 1, finding.what),
    };
    Mismatch {
        kind: finding.kind,
        session: at + 1,
        exchange,
        expected_line: expected_line.map(|line| line.number),
        received_line: received_line.map(|line| line.number),
        report: report::difference(&sentence, &place, transcript),
    }
}

fn other_label(
    transcript: &Transcript,
    at: usize,
    expected: &ExpectedSession,
    session: &WrittenSession<'_>,
) -> Mismatch {
    let named = |label: Option<&Label>| match label {
        Some(label) => format!("labelled `{label}`"),
        None => "without a label".to_owned(),
    };
    let header = |label: Option<&Label>| match label {
        Some(label) => format!("== session {} {label}", at + 1),
        None => format!("== session {}", at + 1),
    };
    let sentence = format!(
        "session {} came {} and was expected {}",
        at + 1,
        named(session.label),
        named(expected.label.as_ref())
    );
    let place = Place {
        expected: Some((expected.header, header(expected.label.as_ref()))),
        received: Some((session.header, header(session.label))),
        marks: None,
        session: (session.header, session.last),
    };
    Mismatch {
        kind: MismatchKind::Label,
        session: at + 1,
        exchange: 0,
        expected_line: Some(expected.header),
        received_line: Some(session.header),
        report: report::difference(&sentence, &place, transcript),
    }
}

/// How many sessions came, and how many were expected.
fn counts(expected: usize, received: usize) -> String {
    let came = match received {
        0 => "no session".to_owned(),
        1 => "one session".to_owned(),
        count => format!("{count} sessions"),
    };
    match expected {
        0 => format!("{came} came where none was expected"),
        1 => format!("{came} came where one was expected"),
        count => format!("{came} came where {count} were expected"),
    }
}

fn session_count(
    transcript: &Transcript,
    expected: &[ExpectedSession],
    received: &[WrittenSession<'_>],
    at: usize,
) -> Mismatch {
    let (wanted, came) = (expected.get(at), received.get(at));
    let which = if expected.len() < received.len() { "was not expected" } else { "did not come" };
    let sentence = format!("{}; session {} {which}", counts(expected.len(), received.len()), at + 1);
    let (missing, lines) = if expected.len() < received.len() {
        (None, came.map(|session| (session.header, session.last)))
    } else {
        (wanted, None)
    };
    Mismatch {
        kind: MismatchKind::SessionCount,
        session: at + 1,
        exchange: 0,
        expected_line: wanted.map(|session| session.header),
        received_line: came.map(|session| session.header),
        report: report::session_count(&sentence, at + 1, missing, lines, transcript),
    }
}

fn session_order(
    expected: &[ExpectedSession],
    received: &[WrittenSession<'_>],
    pairs: &[(usize, usize)],
) -> Mismatch {
    let moved: Vec<report::Moved> = pairs
        .iter()
        .filter(|(expected, received)| expected != received)
        .map(|(wanted, came)| report::Moved {
            expected: (wanted + 1, expected[*wanted].header),
            received: (came + 1, received[*came].header),
        })
        .collect();
    let first = moved.first();
    Mismatch {
        kind: MismatchKind::SessionOrder,
        session: first.map_or(1, |first| first.expected.0),
        exchange: 0,
        expected_line: first.map(|first| first.expected.1),
        received_line: first.map(|first| first.received.1),
        report: report::session_order(expected.len(), &moved),
    }
}
