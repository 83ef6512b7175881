//! Reads a text of the notation line by line. What stands within a line is read by the types themselves.

use super::comment::{Comment, CommentError, VERSION_KEY};
use super::label::Label;
use super::notation::{ANY_LINES, Misread, OPTIONAL_MARK};
use super::parse_error::ParseError;
use super::payload::LineEnd;
use super::session::{DataContext, Item, Session};
use super::text::Text;
use super::transcript::{Transcript, VERSION};
use super::written_line::WrittenLine;

const HEADER: &str = "== session ";

/// What a text of the notation is read into.
pub(crate) trait Document {
    /// Takes a comment, of the open session or above the first.
    fn take_comment(&mut self, comment: Comment);

    /// Opens the next session, whose header is line `number`.
    fn open_session(&mut self, number: usize, label: Option<Label>);

    /// Takes line `number`, which belongs to the open session.
    fn take_line(&mut self, number: usize, line: &str) -> Result<(), Misread>;
}

/// Reads a transcript, with or without its version line.
pub(crate) fn parse(source: &str) -> Result<Transcript, ParseError> {
    let mut reader = TranscriptReader::default();
    read(source, &mut reader)?;
    reader.close_session();
    Ok(reader.transcript)
}

/// Reads `source` into `document`.
pub(crate) fn read(source: &str, document: &mut impl Document) -> Result<(), ParseError> {
    let mut at_start = true;
    let mut sessions = 0;
    let lines = source.strip_prefix('\u{FEFF}').unwrap_or(source).split('\n').enumerate();
    for (index, line) in lines.map(|(index, line)| (index, line.trim_end())) {
        let error = |misread: Misread| ParseError::new(index + 1, line, misread.offset, misread.expected);
        if line.is_empty() {
            continue;
        }
        let first = std::mem::take(&mut at_start);
        if let Some(text) = line.strip_prefix('#') {
            match Comment::new(text.strip_prefix(' ').unwrap_or(text)) {
                Ok(comment) => document.take_comment(comment),
                Err(CommentError::Version) if first => check_version(line).map_err(error)?,
                Err(_) => return Err(error(misread(0, "the version in the first line alone"))),
            }
        } else if line.starts_with("==") {
            sessions += 1;
            let label = read_header(line, sessions).map_err(error)?;
            document.open_session(index + 1, label);
        } else if sessions == 0 {
            return Err(error(misread(0, "`== session 1` above the first line")));
        } else {
            document.take_line(index + 1, line).map_err(error)?;
        }
    }
    Ok(())
}

/// Reads a recorded line but a comment or a header; no blanks at its end.
pub(crate) fn read_item(line: &str, line_end: LineEnd) -> Result<Item, Misread> {
    if line == ANY_LINES || line.starts_with(OPTIONAL_MARK) {
        return Err(misread(0, "a recorded line; `C?` and `...` stand in expectations only"));
    }
    Ok(WrittenLine::<Text>::read(line)?.into_item(line_end))
}

#[derive(Default)]
struct TranscriptReader {
    transcript: Transcript,
    open: Option<(Session, DataContext)>,
}

impl TranscriptReader {
    fn close_session(&mut self) {
        if let Some((session, _)) = self.open.take() {
            self.transcript.push_session(session);
        }
    }
}

impl Document for TranscriptReader {
    fn take_comment(&mut self, comment: Comment) {
        match &mut self.open {
            None => self.transcript.push_comment(comment),
            Some((session, _)) => session.push(Item::Comment(comment)),
        }
    }

    fn open_session(&mut self, _: usize, label: Option<Label>) {
        self.close_session();
        self.open = Some((Session::new(label), DataContext::new()));
    }

    fn take_line(&mut self, _: usize, line: &str) -> Result<(), Misread> {
        if let Some((session, context)) = &mut self.open {
            let item = read_item(line, context.line_end)?;
            context.pass(&item);
            session.push(item);
        }
        Ok(())
    }
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

fn read_header(line: &str, number: usize) -> Result<Option<Label>, Misread> {
    let wrong = |offset| Misread { offset, expected: format!("`{HEADER}{number}`").into() };
    let rest = line.strip_prefix(HEADER).ok_or_else(|| wrong(0))?;
    let (digits, label) = match rest.split_once(' ') {
        Some((digits, label)) => (digits, Some(label.trim_start())),
        None => (rest, None),
    };
    if digits.parse() != Ok(number) {
        return Err(wrong(HEADER.len()));
    }
    label.map(Label::new).transpose().map_err(|error| Misread {
        offset: HEADER.len() + digits.len() + 1,
        expected: format!("a label: {error}").into(),
    })
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
