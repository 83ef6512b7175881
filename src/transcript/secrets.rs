//! The passwords and accounts that a session sent, kept only for its transcript to be searched for them.

use std::collections::HashSet;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use super::line::verb_range;
use super::secret_left::Origin;
use super::secret_search::masked;
use super::session::Session;
use super::text::Text;

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
struct SentSecret {
    /// Which of the session's commands it was sent with, counted from 0.
    command: usize,
    /// Bytes, because clients send passwords in other encodings, too.
    bytes: Vec<u8>,
}

/// The secrets of all sessions of a transcript, each once; every part of it has them all. They make no difference
/// to equality: what was printed and read again knows none.
#[derive(Clone, Default)]
pub(crate) struct SharedSecrets(Arc<[SharedSecret]>);

/// A secret, and where it was sent.
pub(crate) struct SharedSecret {
    pub(crate) bytes: Vec<u8>,
    /// The number of that session.
    session: usize,
    /// What is shown of the command.
    command: Text,
}

impl SharedSecrets {
    /// Those of sessions that are numbered and have their holes.
    pub(crate) fn of(sessions: &[Session]) -> Self {
        let mut known = HashSet::new();
        let mut secrets = Vec::new();
        for session in sessions {
            for SentSecret { command, bytes } in &session.secrets().sent {
                if known.insert(bytes) {
                    let command = session.commands().nth(*command).cloned().unwrap_or_default();
                    secrets.push(SharedSecret { bytes: bytes.clone(), session: session.number(), command });
                }
            }
        }
        Self(secrets.into())
    }
}

impl Deref for SharedSecrets {
    type Target = [SharedSecret];

    fn deref(&self) -> &[SharedSecret] {
        &self.0
    }
}

impl SharedSecret {
    /// Where it was sent, without what is secret there.
    pub(crate) fn sent_in(&self, all: &SharedSecrets) -> Origin {
        Origin { session: self.session, command: masked(&self.command, all).to_string() }
    }
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

impl fmt::Debug for SharedSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedSecrets").finish_non_exhaustive()
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
        secrets.sent.iter().map(|secret| (secret.command, secret.bytes.clone())).collect()
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
