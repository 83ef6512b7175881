//! The patterns in which a row says what must come.

/// Whether `text` is of the form `pattern`, in which `*` stands for any text and `#` for digits.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let Some(first) = pattern.chars().next() else { return text.is_empty() };
    let rest = &pattern[first.len_utf8()..];
    match first {
        '*' => (0..=text.len()).any(|at| text.get(at..).is_some_and(|text| matches(rest, text))),
        '#' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            (1..=digits).any(|at| matches(rest, &text[at..]))
        }
        _ => text.strip_prefix(first).is_some_and(|text| matches(rest, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_for_any_text_or_for_digits() {
        for (pattern, text, is_match) in [
            ("213 #", "213 42", true),
            ("213 #", "213 ", false),
            ("213 #", "213 4x", false),
            ("22#*", "226", true),
            ("*(|||#|)*", "229 Entering (|||4021|).", true),
            ("226", "226 ", false),
        ] {
            assert_eq!(matches(pattern, text), is_match, "{pattern:?} {text:?}");
        }
    }
}
