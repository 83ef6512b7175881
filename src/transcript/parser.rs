//! Reads a transcript line by line. What stands within a line is read by the types themselves.

use super::comment::{Comment, CommentError, VERSION_KEY};
use super::event::Event;
use super::label::Label;
use super::line::{Command, Ending, ReplyLine};
use super::notation::{self, Misread};
use super::parse_error::ParseError;
use super::payload::{Data, Direction, LineEnd};
use super::session::{DataContext, Item, Session};
use super::transcript::{Transcript, VERSION};
use super::transfer::Transfer;

const HEADER: &str = "== session ";

/// Reads a transcript, with or without its version line.
pub(crate) fn parse(source: &str) -> Result<Transcript, ParseError> {
    let mut transcript = Transcript::new();
    let mut open: Option<(Session, DataContext)> = None;
    let mut at_start = true;
    let lines = source.strip_prefix('\u{FEFF}').unwrap_or(source).split('\n').enumerate();
    for (index, line) in lines.map(|(index, line)| (index, line.trim_end())) {
        let error = |misread: Misread| ParseError::new(index + 1, line, misread.offset, misread.expected);
        if line.is_empty() {
            continue;
        }
        let first = std::mem::take(&mut at_start);
        if let Some(text) = line.strip_prefix('#') {
            let text = text.strip_prefix(' ').unwrap_or(text);
            match (Comment::new(text), &mut open) {
                (Ok(comment), None) => transcript.push_comment(comment),
                (Ok(comment), Some((session, _))) => session.push(Item::Comment(comment)),
                (Err(CommentError::Version), _) if first => check_version(line).map_err(error)?,
                (Err(_), _) => {
                    return Err(error(misread(0, "the version in the first line alone")));
                }
            }
        } else if line.starts_with("==") {
            let number = transcript.sessions().len() + 1 + usize::from(open.is_some());
            let session = read_header(line, number).map_err(error)?;
            if let Some((finished, _)) = open.replace((session, DataContext::new())) {
                transcript.push_session(finished);
            }
        } else {
            let Some((session, context)) = &mut open else {
                return Err(error(misread(0, "`== session 1` above the first line")));
            };
            let item = read_item(line, context.line_end).map_err(error)?;
            context.pass(&item);
            session.push(item);
        }
    }
    if let Some((session, _)) = open {
        transcript.push_session(session);
    }
    Ok(transcript)
}

fn misread(offset: usize, expected: &'static str) -> Misread {
    Misread { offset, expected: expected.into() }
}

fn check_version(line: &str) -> Result<(), Misread> {
    let offset = line.find(VERSION_KEY).map_or(line.len(), |at| at + VERSION_KEY.len() + 1).min(line.len());
    match line[offset..].parse::<u64>() {
        Ok(0) | Err(_) => Err(misread(offset, "a version number")),
        Ok(version) if version > VERSION => Err(Misread {
            offset,
            expected: format!(
                "version {VERSION} at most; a newer ftp-fixture wrote version {version}, and is needed to read it"
            )
            .into(),
        }),
        Ok(_) => Ok(()),
    }
}

fn read_header(line: &str, number: usize) -> Result<Session, Misread> {
    let wrong = |offset| Misread { offset, expected: format!("`{HEADER}{number}`").into() };
    let rest = line.strip_prefix(HEADER).ok_or_else(|| wrong(0))?;
    let (digits, label) = match rest.split_once(' ') {
        Some((digits, label)) => (digits, Some(label.trim_start())),
        None => (rest, None),
    };
    if digits.parse() != Ok(number) {
        return Err(wrong(HEADER.len()));
    }
    let label = label.map(Label::new).transpose().map_err(|error| Misread {
        offset: HEADER.len() + digits.len() + 1,
        expected: format!("a label: {error}").into(),
    })?;
    Ok(Session::new(label))
}

/// Reads a line but a comment or a header; no blanks at its end.
pub(crate) fn read_item(line: &str, line_end: LineEnd) -> Result<Item, Misread> {
    // Marks are two bytes of ASCII; a line that is shorter, or starts with another character, has none.
    let Some((mark, rest)) = line.split_at_checked(2) else { return Err(no_mark(line)) };
    if !matches!(mark, "C>" | "S>" | "D>" | "D<" | "--") {
        return Err(no_mark(line));
    }
    let source = match rest.strip_prefix(' ') {
        Some(source) => source,
        None if rest.is_empty() => rest,
        None => return Err(misread(2, "a blank")),
    };
    let read = match mark {
        "C>" => read_command(source),
        "S>" => notation::read(source).map(|(text, ending)| Item::Reply(ReplyLine { text, ending })),
        "D>" => Data::read(Direction::ToClient, source, line_end).map(Item::Data),
        "D<" => Data::read(Direction::ToServer, source, line_end).map(Item::Data),
        _ => read_event(source),
    };
    read.map_err(|misread| Misread { offset: misread.offset + line.len() - source.len(), ..misread })
}

fn read_command(source: &str) -> Result<Item, Misread> {
    match notation::read(source)? {
        (_, Ending::BareLf) => Err(misread(
            source.len() - 2,
            r"the end of the line or \c: LF does not end a command, inside it LF is \x0A",
        )),
        (text, ending) => Ok(Item::Command(Command { text, terminated: ending == Ending::Implied })),
    }
}

fn read_event(source: &str) -> Result<Item, Misread> {
    let text = source.trim_start();
    let mut offset = source.len() - text.len();
    let read = match text.strip_prefix("data") {
        Some(rest) if text != "data interrupted" && (rest.is_empty() || rest.starts_with(' ')) => {
            offset += text.len() - rest.len();
            Transfer::read(rest).map(Item::Transfer)
        }
        _ => Event::read(text).map(Item::Event),
    };
    read.map_err(|misread| Misread { offset: misread.offset + offset, ..misread })
}

fn no_mark(line: &str) -> Misread {
    misread(
        0,
        if line == "..." || line.starts_with("C?") {
            "a recorded line; `C?` and `...` stand in expectations only"
        } else {
            "`# `, `== session`, `C> `, `S> `, `D> `, `D< ` or `-- `"
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, proptest};

    fn error(source: &str) -> String {
        parse(source).unwrap_err().to_string()
    }

    #[test]
    fn an_error_names_line_column_and_what_was_expected() {
        for (source, message) in [
            ("C> NOOP", "line 1, column 1: expected `== session 1` above the first line"),
            ("== session 2", "line 1, column 12: expected `== session 1`"),
            ("== session 1\n\n== session 1", "line 3, column 12: expected `== session 2`"),
            ("==session 1", "line 1, column 1: expected `== session 1`"),
            (
                "== session 1 a\tb",
                "line 1, column 14: expected a label: a label is one line of visible text without blanks around it",
            ),
            ("== session 1\nC>NOOP", "line 2, column 3: expected a blank"),
            (
                "== session 1\nX> NOOP",
                "line 2, column 1: expected `# `, `== session`, `C> `, `S> `, `D> `, `D< ` or `-- `",
            ),
            (
                "== session 1\nC? NOOP",
                "line 2, column 1: expected a recorded line; `C?` and `...` stand in expectations only",
            ),
            (
                "== session 1\nS> naïve \\q",
                "line 2, column 10: expected one of the escapes \\\\ \\t \\r \\xHH \\[ or, at the end, \\n \\c",
            ),
            (
                "== session 1\nC> NOOP\\n",
                "line 2, column 8: expected the end of the line or \\c: LF does not end a command, inside it LF is \\x0A",
            ),
            ("== session 1\n-- data pasive", "line 2, column 9: expected passive, active or interrupted"),
            ("== session 1\n-- delay 2h", "line 2, column 10: expected a duration such as 250ms"),
            ("== session 1\n--", "line 2, column 3: expected an event"),
            ("# a\n# ftp-transcript 1", "line 2, column 1: expected the version in the first line alone"),
            ("# ftp-transcript", "line 1, column 17: expected a version number"),
            ("# ftp-transcript one", "line 1, column 18: expected a version number"),
        ] {
            assert_eq!(error(source), message);
        }
    }

    #[test]
    fn a_newer_version_is_refused() {
        assert_eq!(
            error("# ftp-transcript 2\n"),
            "line 1, column 18: expected version 1 at most; a newer ftp-fixture wrote version 2, and is needed to read it"
        );
    }

    #[test]
    fn blank_lines_and_a_byte_order_mark_mean_nothing() {
        let plain = parse("== session 1\nC> NOOP\nS> 200 Ok.\n").unwrap();
        assert_eq!(
            parse("\u{FEFF}# ftp-transcript 1\r\n\r\n== session 1\n\nC> NOOP \nS> 200 Ok.\n\n\n"),
            Ok(plain)
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(source in any::<String>()) {
            let _ = parse(&source);
        }

        #[test]
        fn no_line_makes_it_panic(lines in proptest::collection::vec(
            "(C> |S> |D> |D< |-- |-- data |D> \\\\@ |# |== session 1|)[ -~é\\\\\\[\\]\r]{0,12}", 0..8,
        )) {
            let _ = parse(&format!("== session 1\n{}", lines.join("\n")));
        }
    }
}
