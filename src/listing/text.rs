//! The pieces lines are put together from, written without a detour through strings.

/// Appends `text` with every control character replaced by `?`.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(may_be_control) {
        let mut encoded = [0; 4];
        for character in text.chars() {
            let character = if character.is_control() { '?' } else { character };
            out.extend_from_slice(character.encode_utf8(&mut encoded).as_bytes());
        }
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// A control character of ASCII, or the byte that the others begin with.
fn may_be_control(byte: u8) -> bool {
    byte.is_ascii_control() || byte == 0xc2
}

/// Appends `text`, and blanks behind it until it is `width` characters wide.
pub(super) fn push_left(out: &mut Vec<u8>, text: &str, width: usize) {
    push_text(out, text);
    push_blanks(out, width.saturating_sub(text.chars().count()));
}

/// Appends `number` in decimal digits, and blanks before it to make it `width` wide.
pub(super) fn push_number(out: &mut Vec<u8>, number: u64, width: usize) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = number;
    loop {
        start -= 1;
        digits[start] = digit(rest % 10);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let digits = &digits[start..];
    push_blanks(out, width.saturating_sub(digits.len()));
    out.extend_from_slice(digits);
}

/// The digit of `value`, which is less than sixteen, as ASCII.
pub(super) fn digit(value: u64) -> u8 {
    b"0123456789abcdef"[(value & 0xf) as usize]
}

fn push_blanks(out: &mut Vec<u8>, count: usize) {
    out.resize(out.len() + count, b' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn control_characters_become_question_marks_and_nothing_else_does() {
        assert_eq!(written(|out| push_text(out, "a\r\nb\0c\td\x7f\u{85}")), "a??b?c?d??");
        assert_eq!(
            written(|out| push_text(out, "\u{a0}na\u{ef}ve \"x\\y\" \u{1f600}")),
            "\u{a0}na\u{ef}ve \"x\\y\" \u{1f600}"
        );
    }

    #[test]
    fn widths_are_at_least_what_is_asked() {
        assert_eq!(written(|out| push_left(out, "\u{e9}va", 5)), "\u{e9}va  ");
        assert_eq!(written(|out| push_left(out, "somebody-else", 8)), "somebody-else");
        assert_eq!(written(|out| push_number(out, 0, 3)), "  0");
        assert_eq!(written(|out| push_number(out, u64::MAX, 3)), u64::MAX.to_string());
    }
}
