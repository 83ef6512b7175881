//! How a line's text is written: escapes, holes, and the marks of its end. What stands before it is not done here.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::hole::{Hole, reserved_form};
use super::line::Ending;

/// How any text is written, in expectations only.
pub(crate) const ANY_TEXT: &str = "[..]";

/// How any lines are written, in expectations only.
pub(crate) const ANY_LINES: &str = "...";

/// What an exchange that may be absent starts with, in expectations only.
pub(crate) const OPTIONAL_MARK: &str = "C?";

/// What was wrong in a text, and at which byte.
#[derive(Debug)]
pub(crate) struct Misread {
    pub(crate) offset: usize,
    pub(crate) expected: Cow<'static, str>,
}

/// What is written in a line: a recorded text, or a pattern for one.
pub(crate) trait Notated: Default {
    /// Its parts in order; no two literals stand side by side.
    fn parts(&self) -> impl Iterator<Item = Part<'_>>;

    /// Appends bytes that stand for themselves.
    fn add_literal(&mut self, bytes: &[u8]);

    /// Appends what a reserved form such as `[PASV]` or `[..]` means, or says what it should have been.
    fn add_reserved(&mut self, form: &str) -> Result<(), Cow<'static, str>>;
}

/// A part of what is written in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    Literal(&'a [u8]),
    Hole(&'a Hole),
    /// `[..]`.
    AnyText,
}

/// What is printed for one character, escaped byte, hole or wildcard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) printed: String,
    /// How many bytes it stands for; 1 for a hole or a wildcard, 0 for the mark of the line's end.
    pub(crate) length: usize,
}

/// Writes `text`, and how its line ends.
pub(crate) fn write(out: &mut dyn Write, text: &impl Notated, ending: Ending) -> fmt::Result {
    write_units(text, ending, &mut |printed, _| out.write_fmt(printed))
}

/// Writes `mark`, and behind a blank, where there is anything, `text` and how its line ends.
pub(crate) fn write_marked(
    out: &mut dyn Write,
    mark: &str,
    text: &impl Notated,
    ending: Ending,
) -> fmt::Result {
    out.write_str(mark)?;
    if text.parts().next().is_some() || ending != Ending::Implied {
        out.write_str(" ")?;
    }
    write(out, text, ending)
}

/// What `write` writes, unit by unit.
pub(crate) fn units(text: &impl Notated, ending: Ending) -> Vec<Unit> {
    let mut units = Vec::new();
    let written = write_units(text, ending, &mut |printed, length| {
        units.push(Unit { printed: printed.to_string(), length });
        Ok(())
    });
    debug_assert!(written.is_ok(), "memory takes all");
    units
}

/// Reads the text of a line, and how the line ends.
pub(crate) fn read<T: Notated>(source: &str) -> Result<(T, Ending), Misread> {
    let misread =
        |rest: &str, expected: Cow<'static, str>| Misread { offset: source.len() - rest.len(), expected };
    let mut text = T::default();
    let mut rest = source;
    while let Some(at) = rest.find(['\\', '[']) {
        text.add_literal(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        if let Some(form) = reserved_form(rest.as_bytes()) {
            text.add_reserved(form).map_err(|expected| misread(rest, expected))?;
            rest = &rest[form.len()..];
            continue;
        }
        let (byte, length) = match rest.as_bytes() {
            [b'[', ..] => (b'[', 1),
            [b'\\', b'n'] => return Ok((text, Ending::BareLf)),
            [b'\\', b'c'] => return Ok((text, Ending::Unterminated)),
            [b'\\', b'\\', ..] => (b'\\', 2),
            [b'\\', b'[', ..] => (b'[', 2),
            [b'\\', b't', ..] => (b'\t', 2),
            [b'\\', b'r', ..] => (b'\r', 2),
            [b'\\', b'x', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                (hex_value(*high) << 4 | hex_value(*low), 4)
            }
            [b'\\', b'x', ..] => return Err(misread(rest, r"two hexadecimal digits after \x".into())),
            [b'\\', b'n', ..] => {
                return Err(misread(rest, r"\n at the end of the line alone; LF inside it is \x0A".into()));
            }
            [b'\\', b'c', ..] => return Err(misread(rest, r"\c at the end of the line alone".into())),
            _ => {
                return Err(misread(
                    rest,
                    r"one of the escapes \\ \t \r \xHH \[ or, at the end, \n \c".into(),
                ));
            }
        };
        text.add_literal(&[byte]);
        rest = &rest[length..];
    }
    text.add_literal(rest.as_bytes());
    Ok((text, Ending::Implied))
}

/// The hole of that form, or what should have stood there.
pub(crate) fn read_hole(form: &str) -> Result<Hole, Cow<'static, str>> {
    form.parse::<Hole>().map_err(|error| format!("a hole: {error}").into())
}

/// Whether a character does not show, or changes how its neighbours show: controls, directions, line separators.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(character, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Where the units of a line go: what is printed, and for how many bytes.
type Sink<'a> = &'a mut dyn FnMut(fmt::Arguments<'_>, usize) -> fmt::Result;

fn write_units(text: &impl Notated, ending: Ending, sink: Sink<'_>) -> fmt::Result {
    let mut parts = text.parts().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Hole(hole) => sink(format_args!("{hole}"), 1)?,
            Part::AnyText => sink(format_args!("{ANY_TEXT}"), 1)?,
            Part::Literal(bytes) => {
                write_literal(bytes, ending == Ending::Implied && parts.peek().is_none(), sink)?;
            }
        }
    }
    match ending {
        Ending::Implied => Ok(()),
        Ending::BareLf => sink(format_args!(r"\n"), 0),
        Ending::Unterminated => sink(format_args!(r"\c"), 0),
    }
}

fn write_literal(bytes: &[u8], ends_the_line: bool, sink: Sink<'_>) -> fmt::Result {
    let mut offset = 0;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            let behind = offset + character.len_utf8();
            match character {
                '\\' => sink(format_args!(r"\\"), 1)?,
                '\t' => sink(format_args!(r"\t"), 1)?,
                '\r' => sink(format_args!(r"\r"), 1)?,
                '[' if reserved_form(&bytes[offset..]).is_some() => sink(format_args!(r"\["), 1)?,
                _ if is_hidden(character)
                    || ends_the_line && behind == bytes.len() && character.is_whitespace() =>
                {
                    write_hex(&bytes[offset..behind], sink)?;
                }
                _ => sink(format_args!("{character}"), character.len_utf8())?,
            }
            offset = behind;
        }
        write_hex(chunk.invalid(), sink)?;
        offset += chunk.invalid().len();
    }
    Ok(())
}

fn write_hex(bytes: &[u8], sink: Sink<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| sink(format_args!(r"\x{byte:02X}"), 1))
}

fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.to_ascii_uppercase() - b'A' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Text;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    fn read(source: &str) -> Result<(Text, Ending), Misread> {
        super::read(source)
    }

    fn written(bytes: &[u8]) -> String {
        let mut out = String::new();
        write(&mut out, &Text::literal(bytes), Ending::Implied).unwrap();
        out
    }

    #[test]
    fn what_would_not_show_is_escaped_and_all_else_is_literal() {
        for (bytes, notation) in [
            (&b"a\\b"[..], r"a\\b"),
            (b"a\tb\rc\nd", r"a\tb\rc\x0Ad"),
            (b"\0\x1B[0m\x7F", r"\x00\x1B[0m\x7F"),
            (b"\xFF\xF4\xFF\xF2ABOR", r"\xFF\xF4\xFF\xF2ABOR"),
            ("naïve ☃".as_bytes(), "naïve ☃"),
            ("a\u{85}b\u{202E}c\u{FEFF}".as_bytes(), r"a\xC2\x85b\xE2\x80\xAEc\xEF\xBB\xBF"),
            ("\u{2028}\u{2029}\u{61C}".as_bytes(), r"\xE2\x80\xA8\xE2\x80\xA9\xD8\x9C"),
            (b"caf\xE9", r"caf\xE9"),
            (b"a  ", r"a \x20"),
            ("a\u{3000}".as_bytes(), r"a\xE3\x80\x80"),
            (b"[PASV] [a] [..] [", r"\[PASV] [a] \[..] ["),
            (b"\\[PASV]", r"\\\[PASV]"),
            (b"\\n", r"\\n"),
        ] {
            assert_eq!(written(bytes), notation);
            assert_eq!(read(notation).unwrap(), (Text::literal(bytes), Ending::Implied));
        }
    }

    #[test]
    fn the_end_of_a_line_is_said_at_its_end_only() {
        assert_eq!(read(r"a\n").unwrap(), (Text::literal("a"), Ending::BareLf));
        assert_eq!(read(r"a \c").unwrap(), (Text::literal("a "), Ending::Unterminated));
        for (source, offset) in
            [(r"a\nb", 1), (r"\c ", 0), (r"ab\q", 2), (r"\x0", 0), (r"\xGG", 0), ("\\", 0)]
        {
            assert_eq!(read(source).unwrap_err().offset, offset, "{source}");
        }
    }

    #[test]
    fn an_unknown_hole_and_a_wildcard_are_refused() {
        assert!(read("[HOST]").unwrap_err().expected.contains("[HOST] is no hole"));
        assert!(read("220 [..]").unwrap_err().expected.contains("expectations only"));
    }

    proptest! {
        #[test]
        fn any_bytes_survive(bytes in any::<Vec<u8>>()) {
            prop_assert_eq!(read(&written(&bytes)).unwrap(), (Text::literal(bytes), Ending::Implied));
        }

        #[test]
        fn any_text_survives_trimming(text in any::<String>()) {
            prop_assert_eq!(read(written(text.as_bytes()).trim_end()).unwrap().0, Text::literal(text));
        }
    }
}
