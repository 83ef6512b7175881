//! The search of a transcript for the passwords that were sent in it, before anybody else sees it.

use std::fmt;

use memchr::memmem;

use super::label::Label;
use super::payload::{Data, Payload};
use super::secrets::SentSecret;
use super::session::{Item, Session};
use super::text::{Piece, Text};
use super::transcript::Transcript;
use crate::proto::Secret;

/// A password or account that a client sent, and that a transcript shows in another place than the hole of its command.
///
/// Neither its text nor its `Debug` shows the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretLeft {
    found: Place,
    sent: Place,
}

/// A line of a transcript as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    session: usize,
    line: usize,
    text: String,
}

impl Transcript {
    /// Searches all that is printed, and payloads of which only the digest is, for every password and account that
    /// was sent in the sessions of this transcript.
    ///
    /// Only a recording knows them; there is nothing to look for in a transcript that was parsed. Empty ones, those
    /// shorter than 4 bytes or equal to the user's name, and those of anonymous users are no secrets, nor are the
    /// passwords of a fixture's own users. [`save`](Self::save) and `assert_transcript!` ask first.
    ///
    /// # Errors
    /// When one is found: where it stands, where it was sent, and what to do.
    pub fn check_secrets(&self) -> Result<(), SecretLeft> {
        let secrets: Vec<(&Session, &SentSecret)> = self
            .sessions()
            .iter()
            .flat_map(|session| session.secrets().sent().iter().map(move |secret| (session, secret)))
            .collect();
        if secrets.is_empty() {
            return Ok(());
        }
        let mut commands = Vec::new();
        let mut found = None;
        self.for_each_line(|session, line, part| {
            if let Part::Item(Item::Command(_)) = part {
                commands.push((session.number(), line));
            }
            if found.is_none() {
                found = secrets
                    .iter()
                    .find_map(|secret| Some((secret, session.number(), line + part.find(&secret.1.bytes)?)));
            }
        });
        let Some((&(sender, secret), session, line)) = found else { return Ok(()) };
        let masked = self.masked(&secrets);
        let place = |session, line: usize| Place {
            session,
            line,
            text: masked.lines().nth(line - 1).unwrap_or_default().to_owned(),
        };
        let mut sent = commands.iter().filter(|(session, _)| *session == sender.number());
        let (_, sent_line) = sent.nth(secret.command).copied().unwrap_or((session, line));
        Err(SecretLeft { found: place(session, line), sent: place(sender.number(), sent_line) })
    }

    /// Goes through all that is printed with a session, and the line it begins at.
    fn for_each_line<'a>(&'a self, mut visit: impl FnMut(&'a Session, usize, Part<'a>)) {
        let mut line = self.comments().len();
        for (index, session) in self.sessions().iter().enumerate() {
            if line > 0 || index > 0 {
                line += 1;
            }
            line += 1;
            visit(session, line, Part::Header(session.label()));
            for item in session.items() {
                visit(session, line + 1, Part::Item(item));
                line += match item {
                    Item::Data(data) => data.payload.line_count(),
                    _ => 1,
                };
            }
        }
    }

    /// What is printed, with a mask in the place of every secret.
    fn masked(&self, secrets: &[(&Session, &SentSecret)]) -> String {
        let mut transcript = self.clone();
        let mut sessions = transcript.take_sessions();
        let mask = Piece::Literal(Secret::MASK.into());
        for session in &mut sessions {
            for (_, secret) in secrets {
                let places = |bytes: &[u8]| {
                    let starts = memmem::find_iter(bytes, &secret.bytes);
                    starts.map(|start| start..start + secret.bytes.len()).collect()
                };
                session.texts_mut().for_each(|text| text.replace(places, &mask));
                if let (Some(label), Ok(secret)) = (session.label(), std::str::from_utf8(&secret.bytes))
                    && let Ok(label) = Label::new(&label.as_str().replace(secret, Secret::MASK))
                {
                    session.set_label(label);
                }
            }
        }
        sessions.into_iter().for_each(|session| transcript.push_session(session));
        transcript.to_string()
    }
}

/// What a session prints.
enum Part<'a> {
    Header(Option<&'a Label>),
    Item(&'a Item),
}

impl Part<'_> {
    /// In which of its lines `secret` stands, counted from 0.
    fn find(&self, secret: &[u8]) -> Option<usize> {
        let of_text = |text: &Text| text.line_of(secret);
        match self {
            Self::Header(label) => {
                label.and_then(|label| memmem::find(label.as_str().as_bytes(), secret)).map(|_| 0)
            }
            Self::Item(Item::Command(command)) => of_text(&command.text),
            Self::Item(Item::Reply(line)) => of_text(&line.text),
            Self::Item(Item::Data(Data { payload, .. })) => match payload {
                Payload::Inline(text) => text.line_of(secret),
                _ => payload.bytes().and_then(|bytes| memmem::find(bytes, secret)).map(|_| 0),
            },
            Self::Item(_) => None,
        }
    }
}

impl SecretLeft {
    /// The number of the session that shows it.
    pub fn session(&self) -> usize {
        self.found.session
    }

    /// The line that shows it, counted from 1 in what `Display` prints of the transcript.
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
             it was sent in session {}, line {}:\n  {}\n\
             hide it with a hole, .hole(\"X-SECRET\", r\"token=(\\S+)\") or --hole; or, if everybody may see it, \
             make it the\npassword of a user of the fixture, .user(\"NAME:PASSWORD\") or --user, which is no secret",
            found.session, found.line, found.text, sent.session, sent.line, sent.text
        )
    }
}

impl std::error::Error for SecretLeft {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::SessionId;
    use crate::transcript::{DataMode, Direction, PayloadDigest, Recording, WireEvent};

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
            assert_eq!((left.sent.session, &*left.sent.text), (2, "C> PASS [PASSWORD]"));
            let printed = transcript.to_string();
            let line = |place: &Place| printed.lines().nth(place.line - 1).unwrap().to_owned();
            assert_eq!(line(&left.found).replace(r"s3cret\\", "******"), found);
            assert_eq!(line(&left.sent), "C> PASS [PASSWORD]");
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
        sessions[0].set_label(Label::new("by s3cret").unwrap());
        sessions.into_iter().for_each(|session| transcript.push_session(session));
        assert_eq!(
            transcript.check_secrets().unwrap_err().to_string(),
            "a secret that a client sent is left in the transcript, in session 1, line 1:\n  \
               == session 1 by ******\n\
             it was sent in session 2, line 7:\n  \
               C> PASS [PASSWORD]\n\
             hide it with a hole, .hole(\"X-SECRET\", r\"token=(\\S+)\") or --hole; or, if everybody may see it, \
             make it the\npassword of a user of the fixture, .user(\"NAME:PASSWORD\") or --user, which is no secret"
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
}
