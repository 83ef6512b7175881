//! How recorded sessions are shown: with which holes of the user's, which labels, and in which order.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;

use super::hole::Hole;
use super::hole_rule::HoleRule;
use super::label::{Label, LabelError};
use super::session::Session;
use super::text::Piece;
use super::transcript::Transcript;

/// In which order a transcript prints its sessions.
///
/// Clients that open several connections at once open them in no order of their own; two runs print one transcript
/// only if the sessions are ordered by what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SessionOrder {
    /// As they were accepted: for clients that open one connection after the other.
    #[default]
    Accept,
    /// By what was said in them, as it is printed; which of two equal ones comes first makes no difference.
    Content,
    /// By their labels, those without one at the end; by content where labels are the same.
    Label,
}

/// What names a session.
pub(crate) type Labeller = Arc<dyn Fn(&Session) -> Option<String> + Send + Sync>;

/// How the sessions of a transcript are shown. The default shows them as they were recorded.
#[derive(Clone, Default)]
pub(crate) struct Arrangement {
    order: Option<SessionOrder>,
    labeller: Option<Labeller>,
    rules: Vec<HoleRule>,
    /// The fixture's root on the host.
    root: Option<Vec<u8>>,
    /// Passwords that are no secrets.
    known: Vec<String>,
}

/// A name that can be no label.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WrongLabel {
    text: String,
    session: usize,
    why: LabelError,
}

impl Arrangement {
    pub(crate) fn order(self, order: SessionOrder) -> Self {
        Self { order: Some(order), ..self }
    }

    /// Names sessions, whose holes are in place and whose numbers are those of accepting; orders by name unless an
    /// order was said.
    pub(crate) fn label(self, labeller: Labeller) -> Self {
        Self { labeller: Some(labeller), ..self }
    }

    pub(crate) fn rule(mut self, rule: HoleRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Shows `root` as `[ROOT]`.
    pub(crate) fn root(self, root: impl Into<Vec<u8>>) -> Self {
        Self { root: Some(root.into()), ..self }
    }

    /// Knows a password that may be shown.
    pub(crate) fn know(mut self, password: &str) -> Self {
        self.known.push(password.to_owned());
        self
    }

    /// The sessions of `transcript` as they are to be shown.
    ///
    /// # Errors
    /// When a session is given a name that can be no label.
    pub(crate) fn arrange(&self, mut transcript: Transcript) -> Result<Transcript, WrongLabel> {
        let mut sessions = transcript.take_sessions();
        for session in &mut sessions {
            self.punch(session);
            session.secrets_mut().retain(|secret| !self.known.iter().any(|known| known.as_bytes() == secret));
            if let Some(labeller) = &self.labeller
                && let Some(text) = labeller(session)
            {
                let label = Label::new(&text);
                let wrong = |why| WrongLabel { text, session: session.number(), why };
                session.heading_mut().label = Some(label.map_err(wrong)?);
            }
        }
        match self.effective_order() {
            SessionOrder::Accept => {}
            SessionOrder::Content => sessions.sort_by_cached_key(|session| (content(session), name(session))),
            SessionOrder::Label => {
                sessions.sort_by_cached_key(|session| {
                    (session.label().is_none(), name(session), content(session))
                });
            }
        }
        sessions.into_iter().for_each(|session| transcript.push_session(session));
        transcript.share_secrets();
        Ok(transcript)
    }

    fn effective_order(&self) -> SessionOrder {
        match (self.order, &self.labeller) {
            (Some(order), _) => order,
            (None, Some(_)) => SessionOrder::Label,
            (None, None) => SessionOrder::Accept,
        }
    }

    fn punch(&self, session: &mut Session) {
        if self.rules.is_empty() && self.root.is_none() {
            return;
        }
        for text in session.texts_mut() {
            if let Some(root) = &self.root {
                text.replace(|bytes| whole_paths(bytes, root), &Piece::Hole(Hole::Root));
            }
            for rule in &self.rules {
                text.replace(|bytes| rule.places(bytes), &Piece::Hole(rule.hole()));
            }
        }
    }
}

fn name(session: &Session) -> Option<String> {
    session.label().map(Label::to_string)
}

/// Where the path `root` stands, and no longer name that only begins like it.
fn whole_paths(bytes: &[u8], root: &[u8]) -> Vec<Range<usize>> {
    let goes_on =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
    memmem::find_iter(bytes, root)
        .map(|start| start..start + root.len())
        .filter(|place| !goes_on(bytes.get(place.end)))
        .collect()
}

/// What is printed of a session below its header.
fn content(session: &Session) -> String {
    let printed = session.to_string();
    printed.split_once('\n').map_or(String::new(), |(_, content)| content.to_owned())
}

impl fmt::Debug for Arrangement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { order, rules, .. } = self;
        f.debug_struct("Arrangement").field("order", order).field("rules", rules).finish_non_exhaustive()
    }
}

impl fmt::Display for WrongLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, session, why } = self;
        write!(f, "session {session} cannot be labelled {text:?}: {why}; give None for no label")
    }
}

impl std::error::Error for WrongLabel {}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::matching::CommandView;
    use crate::proto::SessionId;
    use crate::transcript::{DataMode, Direction, LineTime, Payload, Recording, Text, WireEvent};

    fn transcript(sessions: &[&str]) -> Transcript {
        let text: String =
            (1..).zip(sessions).map(|(n, lines)| format!("== session {n}\n{lines}\n")).collect();
        Transcript::parse(&text).unwrap()
    }

    fn arranged(arrangement: &Arrangement, sessions: &[&str]) -> String {
        arrangement.arrange(transcript(sessions)).unwrap().to_string()
    }

    /// Labels each session with the parameter of its first command, if that has one.
    fn by_parameter() -> Arrangement {
        Arrangement::default().label(Arc::new(|session| {
            let command = session.commands().next()?.to_string();
            command.split_once(' ').map(|(_, parameter)| parameter.to_owned())
        }))
    }

    #[test]
    fn by_default_sessions_stay_as_they_were_accepted() {
        let sessions = ["C> B", "C> A"];
        assert_eq!(arranged(&Arrangement::default(), &sessions), transcript(&sessions).to_string());
    }

    #[test]
    fn content_orders_by_all_that_is_printed() {
        let arrangement = Arrangement::default().order(SessionOrder::Content);
        assert_eq!(
            arranged(&arrangement, &["C> B", "C> A\nS> 2", "C> A\nS> 1"]),
            "== session 1\nC> A\nS> 1\n\n== session 2\nC> A\nS> 2\n\n== session 3\nC> B\n"
        );
    }

    #[test]
    fn labels_are_printed_and_order_the_unlabelled_behind() {
        assert_eq!(
            arranged(&by_parameter(), &["C> AAA", "C> Y b", "C> X b", "C> Z a"]),
            "== session 1 a\nC> Z a\n\n== session 2 b\nC> X b\n\n== session 3 b\nC> Y b\n\n== session 4\nC> AAA\n"
        );
    }

    #[test]
    fn an_order_that_was_said_goes_before_the_labels() {
        let sessions = ["C> A z", "C> B a"];
        for order in [SessionOrder::Accept, SessionOrder::Content] {
            let shown = arranged(&by_parameter().order(order), &sessions);
            assert_eq!(shown, "== session 1 z\nC> A z\n\n== session 2 a\nC> B a\n", "{order:?}");
        }
        let unlabelled = Arrangement::default().order(SessionOrder::Label);
        assert_eq!(arranged(&unlabelled, &["C> B", "C> A"]), transcript(&["C> A", "C> B"]).to_string());
    }

    #[test]
    fn what_is_no_label_is_refused_with_its_session() {
        let error = by_parameter().arrange(transcript(&["C> A", "C> B  blank"])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "session 2 cannot be labelled \" blank\": a label is one line of visible text without blanks around it; \
             give None for no label"
        );
    }

    #[test]
    fn holes_are_made_everywhere_but_in_holes_and_before_sessions_are_ordered() {
        let rule = |rule: &str| rule.parse::<HoleRule>().unwrap();
        let arrangement = Arrangement::default()
            .order(SessionOrder::Content)
            .rule(rule("X-ID=id=([0-9]+)"))
            .rule(rule("X-WORD=PASS|ID"));
        assert_eq!(
            arranged(
                &arrangement,
                &["C> PASS [PASSWORD]\nS> 230 id=2 id=3", "C> RETR id=1\nD> a\nD> id=9\\c\n-- id=4"]
            ),
            "== session 1\nC> RETR id=[X-ID]\nD> a\nD> id=[X-ID]\\c\n-- id=4\n\n\
             == session 2\nC> [X-WORD] [PASSWORD]\nS> 230 id=[X-ID] id=[X-ID]\n"
        );
    }

    #[test]
    fn a_rule_sees_the_holes_that_are_there() {
        let arrangement = Arrangement::default().rule(r"X-A=\[PORT\](.)".parse().unwrap());
        assert_eq!(arranged(&arrangement, &["S> 1 a[PORT]b"]), "== session 1\nS> 1 a[PORT][X-A]\n");
    }

    #[test]
    fn the_root_is_a_hole_as_a_whole_path_only() {
        let arrangement = Arrangement::default().root("/tmp/f-1");
        assert_eq!(
            arranged(&arrangement, &["C> A /tmp/f-1/a.txt\nS> 550 /tmp/f-12 /tmp/f-1: no"]),
            "== session 1\nC> A [ROOT]/a.txt\nS> 550 /tmp/f-12 [ROOT]: no\n"
        );
    }

    #[test]
    fn a_connection_is_the_one_that_was_accepted_wherever_it_is_printed() {
        let mut recording = Recording::new();
        for (session, line) in [(4, "NOOP b"), (5, "NOOP a")] {
            recording.push(SessionId(session), WireEvent::Command(line.into()));
        }
        let transcript =
            Arrangement::default().order(SessionOrder::Content).arrange(recording.transcript()).unwrap();
        let second = transcript.exchanges(|command: &CommandView<'_>| command.connection() == 2);
        assert_eq!(second.to_string(), "== session 1\nC> NOOP a\n");
        let parsed: Transcript = transcript.to_string().parse().unwrap();
        assert_eq!(
            parsed.exchanges(|command: &CommandView<'_>| command.connection() == 1)[0].to_string(),
            "C> NOOP a\n"
        );
    }

    #[test]
    fn listings_of_many_names_take_seconds_at_most() {
        const NAMES: usize = 100_000;
        let times = || (0..NAMES).map(|line| LineTime { line, text: "Jan 01".to_owned() }).collect();
        let lines: String = (0..NAMES).map(|name| format!("Jan 01 a{name}\r\n")).collect();
        let (mode, direction) = (DataMode::Passive, Direction::ToClient);
        let events = [
            WireEvent::Command(b"LIST".to_vec()),
            WireEvent::TimesInListing(times()),
            WireEvent::TransferStarted { mode, direction, ascii: true, tls: false },
            WireEvent::TransferEnded(Payload::Inline(Text::literal(lines.as_str()))),
            WireEvent::Reply(b"226 Done.\r\n".to_vec()),
            WireEvent::Command(b"STAT /".to_vec()),
            WireEvent::TimesInReply(times()),
            WireEvent::Reply(lines.into_bytes()),
        ];
        let mut recording = Recording::new();
        events.into_iter().for_each(|event| recording.push(SessionId(1), event));
        let arrangement = Arrangement::default().rule(HoleRule::new("X-NUMBER", r"a(\d+)").unwrap());
        let (arranged, arranging) = mpsc::channel();
        thread::spawn(move || {
            arranged.send(arrangement.arrange(recording.transcript()).unwrap().to_string())
        });
        let shown = arranging.recv_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(shown.matches("[MTIME] a[X-NUMBER]\n").count(), 2 * NAMES);
    }
}
