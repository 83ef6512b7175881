//! How a line's text is written: escapes, holes, and the marks of its end. What stands before it is not done here.

use std::borrow::Cow;
use std::fmt::{self, Write};

use super::hole::{Hole, reserved_form};
use super::line::Ending;
use super::text::{Piece, Text};

/// What was wrong in a text, and at which byte.
#[derive(Debug)]
pub(crate) struct Misread {
    pub(crate) offset: usize,
    pub(crate) expected: Cow<'static, str>,
}

/// Writes `text`, and how its line ends.
pub(crate) fn write(out: &mut dyn Write, text: &Text, ending: Ending) -> fmt::Result {
    let pieces = text.pieces();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Hole(hole) => write!(out, "{hole}")?,
            Piece::Literal(bytes) => {
                write_literal(out, bytes, ending == Ending::Implied && index + 1 == pieces.len())?;
            }
        }
    }
    out.write_str(match ending {
        Ending::Implied => "",
        Ending::BareLf => r"\n",
        Ending::Unterminated => r"\c",
    })
}

/// Reads the text of a line, and how the line ends.
pub(crate) fn read(source: &str) -> Result<(Text, Ending), Misread> {
    let misread =
        |rest: &str, expected: Cow<'static, str>| Misread { offset: source.len() - rest.len(), expected };
    let mut text = Text::new();
    let mut rest = source;
    while let Some(at) = rest.find(['\\', '[']) {
        text.push_bytes(&rest.as_bytes()[..at]);
        rest = &rest[at..];
        if let Some(form) = reserved_form(rest.as_bytes()) {
            let hole = form.parse().map_err(|error| misread(rest, unknown_hole(form, error)))?;
            text.push_hole(hole);
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
        text.push_bytes(&[byte]);
        rest = &rest[length..];
    }
    text.push_bytes(rest.as_bytes());
    Ok((text, Ending::Implied))
}

/// Whether a character does not show, or changes how its neighbours show: controls, directions, line separators.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(character, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn write_literal(out: &mut dyn Write, bytes: &[u8], ends_the_line: bool) -> fmt::Result {
    let mut offset = 0;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            let behind = offset + character.len_utf8();
            match character {
                '\\' => out.write_str(r"\\")?,
                '\t' => out.write_str(r"\t")?,
                '\r' => out.write_str(r"\r")?,
                '[' if reserved_form(&bytes[offset..]).is_some() => out.write_str(r"\[")?,
                _ if is_hidden(character)
                    || ends_the_line && behind == bytes.len() && character.is_whitespace() =>
                {
                    write_hex(out, &bytes[offset..behind])?;
                }
                _ => out.write_char(character)?,
            }
            offset = behind;
        }
        write_hex(out, chunk.invalid())?;
        offset += chunk.invalid().len();
    }
    Ok(())
}

fn write_hex(out: &mut dyn Write, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(out, r"\x{byte:02X}"))
}

fn hex_value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.to_ascii_uppercase() - b'A' + 10,
    }
}

fn unknown_hole(form: &str, error: <Hole as std::str::FromStr>::Err) -> Cow<'static, str> {
    match form {
        "[..]" => r"recorded text; [..] stands in expectations only, and literally it is \[..]".into(),
        _ => format!("a hole: {error}").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

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
