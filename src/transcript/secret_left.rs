//! A password that is left in what is to be shown, and where.

use std::fmt;

/// A password or account that a client sent, and that a transcript shows in another place than the hole of its command.
///
/// Neither its text nor its `Debug` shows the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretLeft {
    found: Place,
    sent: Origin,
}

/// A line as it is printed, with a mask for the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) session: usize,
    pub(super) line: usize,
    pub(super) text: String,
}

/// Where the secret was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) session: usize,
    /// The text of the command.
    pub(crate) command: String,
}

impl SecretLeft {
    pub(super) fn new(found: Place, sent: Origin) -> Self {
        Self { found, sent }
    }

    /// The number of the session that shows it.
    pub fn session(&self) -> usize {
        self.found.session
    }

    /// The line that shows it, counted from 1 in what `Display` prints.
    pub fn line(&self) -> usize {
        self.found.line
    }
}

impl fmt::Display for SecretLeft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { found, sent } = self;
        write!(
            f,
            "a secret that a client sent is left in the transcript, in session {}, line {}:\n  {}\n\
             it was sent in session {}:\n  C> {}\n\
             hide it with a hole, .hole(\"X-SECRET\", r\"token=(\\S+)\") or --hole; or, if everybody may see it, \
             say so:\n.known_password(\"PASSWORD\") or --known-password",
            found.session, found.line, found.text, sent.session, sent.command
        )
    }
}

impl std::error::Error for SecretLeft {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::{any_command, verb};
    use crate::proto::SessionId;
    use crate::transcript::{
        DataMode, Direction, Label, Payload, PayloadDigest, Recording, Text, Transcript, WireEvent,
    };

    fn transcript(sessions: &[&[WireEvent]]) -> Transcript {
        let mut recording = Recording::new();
        for (id, events) in (1..).zip(sessions) {
            events.iter().for_each(|event| recording.push(SessionId(id), event.clone()));
        }
        recording.transcript()
    }

    fn command(line: &str) -> WireEvent {
        WireEvent::Command(line.into())
    }

    fn reply(line: &str) -> WireEvent {
        WireEvent::Reply(format!("{line}\r\n").into())
    }

    fn upload(payload: Payload) -> [WireEvent; 5] {
        let (mode, direction) = (DataMode::Passive, Direction::ToServer);
        [
            command("STOR a"),
            reply("150 Go."),
            WireEvent::TransferStarted { mode, direction, ascii: false, tls: false },
            WireEvent::TransferEnded(payload),
            reply("226 Done."),
        ]
    }

    #[test]
    fn it_is_found_in_commands_replies_and_data_on_the_very_line() {
        let login = [command("USER ada"), command("PASS s3cret\\"), reply("230 In.")];
        let inline = |text: &str| upload(Payload::Inline(Text::literal(text))).to_vec();
        for (more, found) in [
            (vec![command(r"CWD /s3cret\/x")], "C> CWD /******/x"),
            (vec![reply(r"250-a"), reply(r"250 s3cret\")], "S> 250 ******"),
            (inline("one\ntwo s3cret\\\nthree\n"), "D< two ******"),
            (inline("one\n\ns3cret\\"), r"D< ******\c"),
        ] {
            let transcript =
                transcript(&[&[command("NOOP")], &[&login[..], &more].concat(), &[command("NOOP")]]);
            let left = transcript.check_secrets().unwrap_err();
            assert_eq!((left.session(), &*left.found.text), (2, found));
            assert_eq!((left.sent.session, &*left.sent.command), (2, "PASS [PASSWORD]"));
            let printed = transcript.to_string();
            let line = |place: &Place| printed.lines().nth(place.line - 1).unwrap().to_owned();
            assert_eq!(line(&left.found).replace(r"s3cret\\", "******"), found);
            assert!(!format!("{left} {left:?}").contains("s3cret"));
        }
    }

    #[test]
    fn it_is_found_in_a_payload_of_which_the_bytes_were_kept() {
        let kept = Payload::Digest(PayloadDigest::of(*b"\0s3cret\0"));
        let login = [command("USER ada"), command("PASS s3cret")];
        let transcript = transcript(&[&[&login[..], &upload(kept)].concat()]);
        assert!(transcript.check_secrets().unwrap_err().found.text.starts_with(r"D< \@ sha256:"));
    }

    #[test]
    fn it_is_found_in_another_session_and_in_a_label() {
        let login = [command("USER ada"), command("PASS s3cret")];
        let mut transcript = transcript(&[&[command("NOOP")], &login]);
        assert_eq!(transcript.check_secrets(), Ok(()));
        let mut sessions = transcript.take_sessions();
        sessions[0].heading_mut().label = Label::new("by s3cret").ok();
        sessions.into_iter().for_each(|session| transcript.push_session(session));
        assert_eq!(
            transcript.check_secrets().unwrap_err().to_string(),
            "a secret that a client sent is left in the transcript, in session 1, line 1:\n  \
               == session 1 by ******\n\
             it was sent in session 2:\n  \
               C> PASS [PASSWORD]\n\
             hide it with a hole, .hole(\"X-SECRET\", r\"token=(\\S+)\") or --hole; or, if everybody may see it, \
             say so:\n.known_password(\"PASSWORD\") or --known-password"
        );
    }

    #[test]
    fn nothing_is_looked_for_in_holes_or_in_a_parsed_transcript() {
        let transcript = transcript(&[&[command("USER ada"), command("PASS PASSWORD")]]);
        assert_eq!(transcript.check_secrets(), Ok(()));
        let parsed =
            Transcript::parse("== session 1\nC> USER ada\nC> PASS [PASSWORD]\nS> 230 s3cret\n").unwrap();
        assert_eq!(parsed.check_secrets(), Ok(()));
    }

    #[test]
    fn every_part_of_a_transcript_is_searched_for_the_secrets_of_all_sessions() {
        let upload = upload(Payload::Inline(Text::literal("one\nkey=hunter22\n")));
        let login = [command("USER ada"), command("PASS hunter22"), reply("530 No.")];
        let shown = [&[command("USER bob")][..], &upload, &[command("CWD hunter22")]].concat();
        let transcript = transcript(&[&login, &shown]);
        let (stor, exchanges) = (&transcript.exchanges(verb("STOR"))[0], transcript.exchanges(any_command()));
        let (transfer, transfers) = (&transcript.transfers()[0], transcript.transfers());
        let (session, of_bob) = (transcript.session(2), transcript.user("bob"));
        for (part, printed, found) in [
            ("transcript", transcript.to_string(), transcript.check_secrets()),
            ("session", session.to_string(), session.check_secrets()),
            ("user", of_bob.to_string(), of_bob.check_secrets()),
            ("exchange", stor.to_string(), stor.check_secrets()),
            ("exchanges", exchanges.to_string(), exchanges.check_secrets()),
            ("transfer", transfer.to_string(), transfer.check_secrets()),
            ("transfers", transfers.to_string(), transfers.check_secrets()),
            ("commands", transcript.commands().to_string(), transcript.commands().check_secrets()),
        ] {
            let left = found.expect_err(part);
            let line = printed.lines().nth(left.line() - 1).unwrap();
            assert!(line.contains("hunter22"), "{part}: {line}");
            assert_eq!(line.replace("hunter22", "******"), left.found.text, "{part}");
            assert_eq!(left.sent.command, "PASS [WRONG-PASSWORD]", "{part}");
        }
        assert_eq!(transcript.session(1).check_secrets(), Ok(()));
        assert_eq!(transcript.exchanges(verb("PASS")).check_secrets(), Ok(()));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_transcript_with_a_secret_left_in_it_is_not_made_json() {
        let transcript = transcript(&[&[command("PASS hunter22"), command("CWD hunter22")]]);
        let error = serde_json::to_string(&transcript).unwrap_err().to_string();
        assert_eq!(error, transcript.check_secrets().unwrap_err().to_string());
    }

    #[test]
    fn a_password_in_a_line_that_never_ended_is_looked_for_too() {
        let unfinished = WireEvent::Unfinished(b"USER a\nPASS hunter22\n".to_vec());
        let transcript = transcript(&[&[command("NOOP"), unfinished], &[command("CWD hunter22")]]);
        let left = transcript.check_secrets().unwrap_err();
        assert_eq!(left.found.text, "C> CWD ******");
        assert_eq!(left.sent.command, r"USER a\x0APASS [PASSWORD]\x0A");
    }
}
