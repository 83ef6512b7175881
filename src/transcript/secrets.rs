//! The passwords and accounts that a session sent, kept only for its transcript to be searched for them.

use std::fmt;

use super::line::verb_range;

/// Shorter ones are found everywhere by chance.
const SHORTEST: usize = 4;

/// Who needs no password, and sends any text as one.
const ANONYMOUS: [&[u8]; 2] = [b"anonymous", b"ftp"];

/// What one session sent with PASS and ACCT that must not be shown. It is not printed, not even for debugging.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    /// The parameter of the last USER.
    user: Vec<u8>,
    sent: Vec<SentSecret>,
}

/// One of them.
#[derive(Clone)]
pub(crate) struct SentSecret {
    /// Which of the session's commands it was sent with, counted from 0.
    pub(crate) command: usize,
    /// Bytes, because clients send passwords in other encodings, too.
    pub(crate) bytes: Vec<u8>,
}

impl Secrets {
    /// Looks for a secret in the session's next command. A client that ends lines by LF alone sends several as one.
    pub(crate) fn note(&mut self, command: usize, line: &[u8]) {
        for part in line.split(|byte| *byte == b'\n') {
            let verb = verb_range(part);
            let parameter = &part[(verb.end + 1).min(part.len())..];
            match part[verb].to_ascii_uppercase().as_slice() {
                b"USER" => self.user = parameter.to_vec(),
                b"PASS" | b"ACCT" if self.is_secret(parameter) => {
                    self.sent.push(SentSecret { command, bytes: parameter.to_vec() });
                }
                _ => {}
            }
        }
    }

    pub(crate) fn sent(&self) -> &[SentSecret] {
        &self.sent
    }

    /// Forgets those that are known to be none.
    pub(crate) fn retain(&mut self, is_secret: impl Fn(&[u8]) -> bool) {
        self.sent.retain(|secret| is_secret(&secret.bytes));
    }

    fn is_secret(&self, text: &[u8]) -> bool {
        text.len() >= SHORTEST
            && text != self.user
            && !ANONYMOUS.iter().any(|name| self.user.eq_ignore_ascii_case(name))
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(lines: &[&[u8]]) -> Vec<(usize, Vec<u8>)> {
        let mut secrets = Secrets::default();
        lines.iter().enumerate().for_each(|(command, line)| secrets.note(command, line));
        assert!(!format!("{secrets:?}").contains("s3cret"));
        secrets.sent().iter().map(|secret| (secret.command, secret.bytes.clone())).collect()
    }

    #[test]
    fn passwords_and_accounts_are_secrets_with_their_command() {
        let lines = [&b"USER alice"[..], b"pass s3cret", b"NOOP", b"\xFF\xF4ACCT caf\xE9"];
        assert_eq!(noted(&lines), [(1, b"s3cret".to_vec()), (3, b"caf\xE9".to_vec())]);
        assert_eq!(noted(&[b"USER alice\nPASS s3cret\nNOOP"]), [(0, b"s3cret".to_vec())]);
    }

    #[test]
    fn what_hides_nothing_is_no_secret() {
        for lines in [
            [&b"USER alice"[..], b"PASS"],
            [b"USER alice", b"PASS 123"],
            [b"USER alice", b"PASS alice"],
            [b"USER Anonymous", b"PASS me@example.org"],
            [b"user ftp", b"PASS me@example.org"],
            [b"USER alice", b"PASSIVE s3cret"],
        ] {
            assert_eq!(noted(&lines), [], "{lines:?}");
        }
    }
}
