//! Holds one session against what was expected of it, and finds where they part.
//!
//! The expected lines are steps of a small machine that is in several of them at once, so that the time is bounded by
//! the lines on one side times those on the other, whatever the wildcards.

use std::collections::BTreeMap;
use std::iter::Peekable;

use super::alignment::Strictness;
use super::expectation::{ExpectedForm, ExpectedSession};
use super::line::Ending;
use super::pattern::Pattern;
use super::payload::Payload;
use super::payload_digest::PayloadDigest;
use super::text::Text;
use super::written_line::WrittenLine;
use super::written_session::{NumberedLine, WrittenSession};

/// Where a session parts from what was expected of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Divergence {
    /// The index of the line that was expected; that of none where the session should have ended.
    pub(crate) expected: usize,
    /// The index of the line that came instead; that of none where the session ended.
    pub(crate) received: usize,
    /// Whether any lines might have come before the expected one, so that the one received is the nearest at best.
    pub(crate) behind_gap: bool,
}

/// What the machine does in a step.
#[derive(Debug)]
enum Step<'a> {
    /// Takes one line, the expectation's with this index.
    Line(usize, &'a WrittenLine<Pattern>),
    /// Takes any lines.
    AnyLines,
    /// Takes any lines but commands.
    AnyAnswer,
    /// Goes on here, or at that step.
    Fork(usize),
    /// Takes nothing more.
    End,
}

/// A step that the machine is in, and how many expected lines it took to get there.
type Position = (usize, usize);

/// The positions before a line, taken in the order of their steps, each step once.
struct Open {
    /// In the order of their steps.
    ordered: Peekable<std::vec::IntoIter<Position>>,
    /// The one behind the position taken last.
    following: Option<Position>,
    /// Few, in any order.
    stray: Vec<Position>,
}

impl Open {
    fn new(ordered: Vec<Position>, stray: Vec<Position>) -> Self {
        Self { ordered: ordered.into_iter().peekable(), following: None, stray }
    }

    /// The position with the first step, and of several in that step the one that took most lines.
    fn pop(&mut self) -> Option<Position> {
        let strays = self.stray.iter().map(|(step, _)| *step);
        let step = self
            .ordered
            .peek()
            .into_iter()
            .chain(&self.following)
            .map(|(step, _)| *step)
            .chain(strays)
            .min()?;
        let of_step = |position: &Position| position.0 == step;
        let mut taken = 0;
        while let Some(position) = self.ordered.next_if(of_step) {
            taken = taken.max(position.1);
        }
        if let Some(position) = self.following.take_if(|position| of_step(position)) {
            taken = taken.max(position.1);
        }
        self.stray.retain(|position| {
            taken = if of_step(position) { taken.max(position.1) } else { taken };
            !of_step(position)
        });
        Some((step, taken))
    }
}

/// Adds a position for the next line. They come in the order of their steps, since those before this line do.
fn enter(next: &mut Vec<Position>, position: Position) {
    match next.last_mut() {
        Some(last) if last.0 == position.0 => last.1 = last.1.max(position.1),
        _ => next.push(position),
    }
}

/// A line that the machine could not take: how far it had come, and how near the line is to the expected one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Failure {
    taken: usize,
    nearness: usize,
    mandatory: bool,
    step: usize,
    /// Of two that are equal else, the first counts.
    earliness: usize,
}

/// Where `session` parts from `expected`.
pub(crate) fn compare(
    expected: &ExpectedSession,
    session: &WrittenSession<'_>,
    strictness: Strictness,
) -> Result<(), Divergence> {
    let steps = steps(expected, strictness);
    let lines = &session.lines;
    let mut next: Vec<Position> = vec![(0, 0)];
    // Where an expected line took several, by the line behind them.
    let mut later: BTreeMap<usize, Vec<Position>> = BTreeMap::new();
    let mut worst: Option<Failure> = None;
    for at in 0..=lines.len() {
        let line = lines.get(at);
        let mut open = Open::new(std::mem::take(&mut next), later.remove(&at).unwrap_or_default());
        while let Some((step, taken)) = open.pop() {
            let nearness = match (&steps[step], line) {
                (Step::Fork(other), _) => {
                    open.stray.push((*other, taken));
                    open.following = Some((step + 1, taken));
                    continue;
                }
                (gap @ (Step::AnyLines | Step::AnyAnswer), line) => {
                    open.following = Some((step + 1, taken));
                    let takes =
                        |line: &NumberedLine<'_>| matches!(gap, Step::AnyLines) || !line.line.is_command();
                    if line.is_some_and(takes) {
                        enter(&mut next, (step, taken));
                    }
                    continue;
                }
                (Step::End, None) => return Ok(()),
                (Step::End, Some(_)) => 0,
                // The end is nearer than a line of another kind.
                (Step::Line(..), None) => 1,
                (Step::Line(_, expected), Some(line)) => match lines_taken(expected, line, strictness) {
                    Some(1) => {
                        enter(&mut next, (step + 1, taken + 1));
                        continue;
                    }
                    Some(count) => {
                        later.entry(at + count).or_default().push((step + 1, taken + 1));
                        continue;
                    }
                    // What the worst failure is depends on it only then.
                    None if worst.as_ref().is_none_or(|worst| taken >= worst.taken) => {
                        nearness(expected, &line.line)
                    }
                    None => 0,
                },
            };
            let mandatory = !matches!(steps.get(step.wrapping_sub(1)), Some(Step::Fork(_)));
            let failure = Failure { taken, nearness, mandatory, step, earliness: usize::MAX - at };
            worst = worst.max(Some(failure));
        }
    }
    let Some(worst) = worst else { return Ok(()) };
    Err(Divergence {
        expected: match steps[worst.step] {
            Step::Line(index, _) => index,
            _ => expected.lines.len(),
        },
        received: usize::MAX - worst.earliness,
        behind_gap: steps[..worst.step]
            .iter()
            .rev()
            .find(|step| !matches!(step, Step::Fork(_)))
            .is_some_and(|step| matches!(step, Step::AnyLines)),
    })
}

/// Whether the line matches, and if so, how many lines the expected one takes.
pub(crate) fn lines_taken(
    expected: &WrittenLine<Pattern>,
    received: &NumberedLine<'_>,
    strictness: Strictness,
) -> Option<usize> {
    let matches = |pattern: &Pattern, text: &Text| pattern.matches(text, strictness);
    let one = |matches: bool| matches.then_some(1);
    match (expected, &received.line) {
        (WrittenLine::Text(mark, pattern, ending), WrittenLine::Text(other, text, how)) => {
            let ending_matches = ending == how || pattern.is_open() && *ending == Ending::Implied;
            one(mark == other && ending_matches && matches(pattern, text))
        }
        (WrittenLine::Summary(direction, payload), WrittenLine::Summary(other, received)) => one(direction
            == other
            && (payload == received
                || strictness == Strictness::Lenient
                    && matches!(payload, Payload::Length(length) if received.length() == Some(*length)))),
        (WrittenLine::Summary(direction, payload), line) if strictness == Strictness::Lenient => {
            let (text, count) = received.inline?;
            let bytes = text.as_literal()?;
            let same_direction =
                matches!(line, WrittenLine::Text(mark, ..) if mark.as_str() == direction.mark());
            let same_bytes = payload.length() == Some(bytes.len() as u64)
                && match payload {
                    Payload::Digest(digest) => *digest == PayloadDigest::of(bytes),
                    _ => true,
                };
            (same_direction && same_bytes).then_some(count)
        }
        (WrittenLine::DataConnection(connection), WrittenLine::DataConnection(other)) => {
            one(connection == other)
        }
        (WrittenLine::TlsFailed(failed, pattern), WrittenLine::TlsFailed(other, reason)) => {
            one(failed == other && matches(pattern, reason))
        }
        (WrittenLine::Event(event), WrittenLine::Event(other)) => one(event == other),
        _ => None,
    }
}

/// How much a line that does not match is like the expected one: from 2 on, it is the same thing said of another.
fn nearness(expected: &WrittenLine<Pattern>, received: &WrittenLine<Text>) -> usize {
    let (WrittenLine::Text(mark, pattern, _), WrittenLine::Text(other, text, _)) = (expected, received)
    else {
        return 0;
    };
    let parting = pattern.part_from(text, Strictness::Lenient);
    let same = parting.map_or(usize::MAX, |parting| parting.in_pattern);
    let word = pattern.start().iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if mark == other && same > 0 && same >= word { same.saturating_add(2) } else { 0 }
}

fn steps(expected: &ExpectedSession, strictness: Strictness) -> Vec<Step<'_>> {
    let lines: Vec<(usize, &ExpectedForm)> = expected
        .lines
        .iter()
        .enumerate()
        .map(|(index, line)| (index, &line.form))
        .filter(|(_, form)| !matches!(form, ExpectedForm::Comment(_)))
        .collect();
    let mut steps = Vec::new();
    // A fork of which it is not known yet where it leads.
    let mut open: Option<usize> = None;
    for (index, (number, form)) in lines.iter().enumerate() {
        let next = lines.get(index + 1).map(|(_, form)| *form);
        let last_of_exchange = next.is_none_or(is_command);
        match form {
            ExpectedForm::Line { line, optional } => {
                if is_command(form) {
                    close(&mut steps, &mut open);
                    if *optional {
                        open = Some(steps.len());
                        steps.push(Step::End);
                    }
                }
                steps.push(Step::Line(*number, line));
                if is_command(form) && last_of_exchange && strictness == Strictness::Lenient {
                    steps.push(Step::AnyAnswer);
                }
            }
            ExpectedForm::AnyLines => {
                // The one that stands last in an exchange is there without it.
                if last_of_exchange {
                    close(&mut steps, &mut open);
                }
                steps.push(Step::AnyLines);
            }
            ExpectedForm::Comment(_) => {}
        }
    }
    close(&mut steps, &mut open);
    steps.push(Step::End);
    steps
}

/// Lets the fork that is open lead to the next step.
fn close(steps: &mut [Step<'_>], open: &mut Option<usize>) {
    if let Some(fork) = open.take() {
        steps[fork] = Step::Fork(steps.len());
    }
}

fn is_command(form: &ExpectedForm) -> bool {
    matches!(form, ExpectedForm::Line { line, .. } if line.is_command())
}
