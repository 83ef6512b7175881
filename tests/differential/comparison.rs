//! What both servers showed, held against each other and against the list of differences.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::conversation::Exchange;
use crate::differences::{DIFFERENCES, Difference};
use crate::script::Script;

/// What stands for a thing that one server does not show.
const NOTHING: &str = "nothing";

/// All that was found so far.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    sessions: usize,
    unlisted: String,
    /// How often each difference of the list was met.
    uses: BTreeMap<usize, usize>,
}

impl Comparison {
    /// Adds what was seen in one session, by them and by us.
    pub(crate) fn compare(&mut self, file: &str, script: &Script, [theirs, ours]: [Vec<Exchange>; 2]) {
        self.sessions += 1;
        for (command, theirs, ours) in pairs(theirs, ours) {
            if theirs == ours {
                continue;
            }
            let listed = DIFFERENCES.iter().position(|difference| {
                difference.commands.iter().any(|pattern| matches(pattern, &command))
                    && matches(difference.theirs, &theirs)
                    && matches(difference.ours, &ours)
            });
            match listed {
                Some(at) => *self.uses.entry(at).or_default() += 1,
                None => {
                    let Script { user, family, steps } = script;
                    writeln!(
                        self.unlisted,
                        "{command:?}\n  theirs {theirs}\n  ours   {ours}\n  in {file}, [{user} {family:?}] {steps:?}"
                    )
                    .expect("a text takes more");
                }
            }
        }
    }

    /// Panics when a difference is not listed, or one that is was not met.
    pub(crate) fn assert_as_listed(&self) {
        let unused = DIFFERENCES.iter().enumerate().filter(|(at, _)| !self.uses.contains_key(at));
        let unused: Vec<_> = unused
            .map(|(_, Difference { commands, theirs, ours, reason })| {
                format!("{commands:?}: {theirs:?} => {ours:?} because {reason:?}\n")
            })
            .collect();
        assert!(self.unlisted.is_empty(), "{} sessions, and not listed:\n{}", self.sessions, self.unlisted);
        assert!(unused.is_empty(), "listed, and not met in {} sessions:\n{}", self.sessions, unused.concat());
    }
}

/// What is to be equal, with the command that it came of.
fn pairs(theirs: Vec<Exchange>, ours: Vec<Exchange>) -> Vec<(String, String, String)> {
    let is_file = |exchange: &Exchange| exchange.command.starts_with("(file) ");
    let (their_files, theirs): (Vec<_>, Vec<_>) = theirs.into_iter().partition(is_file);
    let (our_files, ours): (Vec<_>, Vec<_>) = ours.into_iter().partition(is_file);
    let mut pairs = Vec::new();
    for (theirs, ours) in theirs.into_iter().zip(ours) {
        let command = theirs.command;
        // These lists say what a server can do, which may be more.
        if ["FEAT", "HELP"].contains(&command.trim().to_uppercase().as_str()) {
            for thing in theirs.seen {
                let ours = if ours.seen.contains(&thing) { thing.clone() } else { NOTHING.to_owned() };
                pairs.push((command.clone(), thing, ours));
            }
        } else if theirs.seen.len() == ours.seen.len() {
            let things = theirs.seen.into_iter().zip(ours.seen);
            pairs.extend(things.map(|(theirs, ours)| (command.clone(), theirs, ours)));
        } else {
            pairs.push((command, theirs.seen.join(" | "), ours.seen.join(" | ")));
        }
    }
    let mut files: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    for (at, left) in [their_files, our_files].into_iter().enumerate() {
        for Exchange { command, seen } in left {
            files.entry(command).or_default()[at] = Some(seen.concat());
        }
    }
    pairs.extend(files.into_iter().map(|(path, left)| {
        let [theirs, ours] = left.map(|what| what.unwrap_or_else(|| NOTHING.to_owned()));
        (path, theirs, ours)
    }));
    pairs
}

/// Whether `text` is of the form `pattern`, in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            text.char_indices().map(|(at, _)| at).chain([text.len()]).any(|at| matches(rest, &text[at..]))
        }),
    }
}

#[test]
fn a_pattern_stands_for_any_text() {
    for (pattern, text, is_match) in [
        ("RETR *", "RETR a", true),
        ("RETR *", "RETR", false),
        ("*: perm=a*", "x: perm=abc", true),
        ("a", "ab", false),
        ("*b", "abb", true),
    ] {
        assert_eq!(matches(pattern, text), is_match, "{pattern:?} {text:?}");
    }
}
