//! Telnet's commands, taken out of a command line.
//!
//! RFC 959 lets the control connection speak RFC 854, and clients do when they abort: `IAC IP IAC DM ABOR`. Nothing
//! is negotiated here: what asks for an option gets no answer.

use std::borrow::Cow;

/// "Interpret as command": the byte that introduces every Telnet command.
const IAC: u8 = 0xFF;

/// `line` without its Telnet commands.
///
/// `IAC` and a byte from `SE` to `GA` go, `WILL`, `WONT`, `DO`, `DONT` go with their option, and `IAC IAC` is one
/// byte of data. An `IAC` before anything else is kept: it is the `ÿ` of a client that speaks Latin-1.
pub(super) fn strip(line: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr::memchr(IAC, line) else { return Cow::Borrowed(line) };
    let mut data = line[..first].to_vec();
    let mut rest = &line[first..];
    while let Some((&byte, after)) = rest.split_first() {
        rest = match (byte, after) {
            (IAC, [0xF0..=0xF9, after @ ..]) | (IAC, [0xFB..=0xFE, _, after @ ..]) => after,
            (IAC, [IAC, after @ ..]) => {
                data.push(IAC);
                after
            }
            _ => {
                data.push(byte);
                after
            }
        };
    }
    Cow::Owned(data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    #[test]
    fn commands_go_and_data_stays() {
        for (line, data) in [
            (&b"NOOP"[..], &b"NOOP"[..]),
            (b"\xFF\xF4\xFF\xF2ABOR", b"ABOR"),
            (b"ABOR\xFF\xF1", b"ABOR"),
            (b"\xFF\xFB\x03NOOP", b"NOOP"),
            (b"CWD a\xFF\xFFb", b"CWD a\xFFb"),
            (b"CWD a\xFF\xFF\xF4", b"CWD a\xFF\xF4"),
            (b"CWD \xFFb", b"CWD \xFFb"),
            (b"CWD \xFF", b"CWD \xFF"),
            (b"CWD \xFF\xFD", b"CWD \xFF\xFD"),
        ] {
            assert_eq!(strip(line).as_ref(), data, "{line:x?}");
        }
    }

    proptest! {
        #[test]
        fn data_with_every_iac_doubled_comes_back(data in any::<Vec<u8>>()) {
            let mut line = Vec::new();
            for &byte in &data {
                line.push(byte);
                if byte == IAC {
                    line.push(IAC);
                }
            }
            prop_assert_eq!(strip(&line).into_owned(), data);
        }

        #[test]
        fn a_line_without_iac_is_not_copied(line in "\\PC*") {
            prop_assert!(matches!(strip(line.as_bytes()), Cow::Borrowed(same) if same == line.as_bytes()));
        }
    }
}
