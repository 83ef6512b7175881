//! Decimal numbers as the RFCs write them: digits, with no sign, no blanks and nothing else.

use std::str::FromStr;

/// The number in `text`; `None` when anything but ASCII digits is in it, or it does not fit `T`.
pub(super) fn decimal<T: FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_that_fit_are_a_number() {
        assert_eq!(decimal("007"), Some(7u8));
        for text in ["", "+5", "-0", " 7", "7 ", "1_0", "٣", "256"] {
            assert_eq!(decimal::<u8>(text), None, "{text:?}");
        }
    }
}
