//! Reply codes, and what their first digit says (RFC 959, 4.2.1; RFC 2228 for the sixth class).

use std::fmt;

/// A code from 100 to 659.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplyCode(u16);

/// What a reply's first digit says of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReplyClass {
    /// 1yz: it has begun; another reply follows.
    Preliminary,
    /// 2yz: it is done.
    Completion,
    /// 3yz: it waits for a further command.
    Intermediate,
    /// 4yz: it failed, and may succeed when given again.
    TransientNegative,
    /// 5yz: it failed, and will fail again.
    PermanentNegative,
    /// 6yz: the reply itself is protected (RFC 2228).
    Protected,
}

impl ReplyCode {
    /// The code with this number; `None` when it is not from 100 to 659.
    pub fn new(number: u16) -> Option<Self> {
        matches!(number, 100..=659).then_some(Self(number))
    }

    /// The code written with these digits.
    pub(super) fn from_digits(digits: [u8; 3]) -> Option<Self> {
        let [hundreds, tens, units] = digits.map(|digit| u16::from(digit.wrapping_sub(b'0')));
        let all_digits = digits.iter().all(u8::is_ascii_digit);
        all_digits.then(|| Self::new(100 * hundreds + 10 * tens + units)).flatten()
    }

    /// Its number.
    pub fn number(self) -> u16 {
        self.0
    }

    /// What its first digit says.
    pub fn class(self) -> ReplyClass {
        match self.0 / 100 {
            1 => ReplyClass::Preliminary,
            2 => ReplyClass::Completion,
            3 => ReplyClass::Intermediate,
            4 => ReplyClass::TransientNegative,
            5 => ReplyClass::PermanentNegative,
            _ => ReplyClass::Protected,
        }
    }

    /// Whether no further reply to the same command follows: any class but 1yz.
    pub fn is_final(self) -> bool {
        self.class() != ReplyClass::Preliminary
    }
}

impl fmt::Display for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_three_digits_and_a_known_class() {
        for (number, class) in [
            (100, ReplyClass::Preliminary),
            (226, ReplyClass::Completion),
            (350, ReplyClass::Intermediate),
            (421, ReplyClass::TransientNegative),
            (550, ReplyClass::PermanentNegative),
            (659, ReplyClass::Protected),
        ] {
            let code = ReplyCode::new(number).unwrap();
            assert_eq!((code.class(), code.number()), (class, number));
            assert_eq!(code.is_final(), number >= 200);
            assert_eq!(ReplyCode::from_digits(code.to_string().as_bytes().try_into().unwrap()), Some(code));
        }
        assert_eq!([0, 99, 660, 999].map(ReplyCode::new), [None; 4]);
        assert_eq!([*b"099", *b"22a", *b"+20", *b"660"].map(ReplyCode::from_digits), [None; 4]);
    }
}
