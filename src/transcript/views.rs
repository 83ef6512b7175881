//! The parts of a transcript that a test asserts on: a session, a user's sessions, commands, exchanges, transfers.

use super::commands::Commands;
use super::exchange::Exchange;
use super::exchanges::Exchanges;
use super::grouping;
use super::heading::Heading;
use super::session::{Item, Session};
use super::text::Text;
use super::transcript::Transcript;
use super::transfer::Transfers;
use crate::matching::{Matcher, verb};

impl Transcript {
    /// The session printed with `number`, counted from 1.
    ///
    /// # Panics
    /// When there is none; to ask whether there is, take [`sessions`](Self::sessions).
    #[track_caller]
    pub fn session(&self, number: usize) -> &Session {
        match number.checked_sub(1).and_then(|index| self.sessions().get(index)) {
            Some(session) => session,
            None => panic!("the transcript has no session {number}; {}", self.inventory()),
        }
    }

    /// The sessions in which a USER named `name`, whether or not a login came of it, numbered anew.
    pub fn user(&self, name: &str) -> Self {
        let mut of_user = Self::new();
        for session in self.sessions() {
            if !session.exchanges(verb("USER").parameter(name)).is_empty() {
                of_user.push_session(session.clone());
            }
        }
        of_user
    }

    /// The texts of the commands of all sessions, in printed order.
    pub fn commands(&self) -> Commands<'_> {
        Commands::new(self.sessions().iter().flat_map(Session::headed_commands))
    }

    /// The exchanges whose commands match, such as `verb("STOR").path("*.csv")`, in the order of their commands.
    pub fn exchanges(&self, matcher: impl Matcher) -> Exchanges {
        let matcher: &dyn Matcher = &matcher;
        Exchanges(self.all_exchanges().filter(|exchange| exchange.matches(matcher)).collect())
    }

    /// All transfers, in the order of their commands.
    pub fn transfers(&self) -> Transfers {
        Transfers(self.all_exchanges().filter_map(|exchange| exchange.transfer()).collect())
    }

    pub(crate) fn all_exchanges(&self) -> impl Iterator<Item = Exchange> {
        self.sessions().iter().flat_map(grouping::exchanges)
    }

    /// A sentence's end on which sessions there are.
    fn inventory(&self) -> String {
        if self.is_empty() {
            return "no client has connected".to_owned();
        }
        let sessions = self.sessions().iter().map(|session| {
            let label = session.label().map(|label| format!(" {label}")).unwrap_or_default();
            let user = session.exchanges(verb("USER")).last().and_then(|exchange| {
                exchange.view().and_then(|command| command.user().map(|name| format!(" of {name}")))
            });
            let commands = match session.commands().len() {
                1 => "1 command".to_owned(),
                count => format!("{count} commands"),
            };
            format!("\n  session {}{label}{}: {commands}", session.number(), user.unwrap_or_default())
        });
        format!("it has:{}", sessions.collect::<String>())
    }
}

impl Session {
    /// The texts of the commands, in order.
    pub fn commands(&self) -> Commands<'_> {
        Commands::new(self.headed_commands())
    }

    fn headed_commands(&self) -> impl Iterator<Item = (&Heading, &Text)> {
        self.items().iter().filter_map(|item| match item {
            Item::Command(command) => Some((self.heading(), &command.text)),
            _ => None,
        })
    }

    /// The exchanges whose commands match, in the order of their commands.
    pub fn exchanges(&self, matcher: impl Matcher) -> Exchanges {
        let matcher: &dyn Matcher = &matcher;
        let exchanges = grouping::exchanges(self).into_iter();
        Exchanges(exchanges.filter(|exchange| exchange.matches(matcher)).collect())
    }

    /// All transfers, in the order of their commands.
    pub fn transfers(&self) -> Transfers {
        Transfers(grouping::exchanges(self).iter().filter_map(Exchange::transfer).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
== session 1
S> 220 Ready.
C> USER alice
S> 331 Password.
C> PASS [PASSWORD]
S> 230 In.
C> STOR a.csv
S> 150 Go.
-- data passive
D< 1
S> 226 Done.

== session 2 other
S> 220 Ready.
C> USER bob
S> 331 Password.

== session 3
C> USER alice
S> 331 Password.
C> CWD d
S> 250 Now.
C> STOR b.csv
S> 150 Go.
-- data active
S> 226 Done.
";

    fn transcript() -> Transcript {
        SOURCE.parse().unwrap()
    }

    #[test]
    fn a_users_sessions_are_numbered_anew() {
        let of_alice = transcript().user("alice");
        assert_eq!(of_alice.sessions().len(), 2);
        assert_eq!(of_alice.session(2).commands().last().unwrap(), &"STOR b.csv");
        assert!(transcript().user("Alice").is_empty());
    }

    #[test]
    fn commands_are_printed_one_a_line() {
        let transcript = transcript();
        assert_eq!(transcript.session(1).commands().to_string(), "USER alice\nPASS [PASSWORD]\nSTOR a.csv\n");
        assert_eq!(transcript.commands().len(), 7);
    }

    #[test]
    fn exchanges_are_printed_below_their_sessions() {
        assert_eq!(
            transcript().exchanges(verb("STOR")).to_string(),
            "== session 1\nC> STOR a.csv\nS> 150 Go.\n-- data passive\nD< 1\nS> 226 Done.\n\n\
             == session 3\nC> STOR b.csv\nS> 150 Go.\n-- data active\nS> 226 Done.\n"
        );
        assert_eq!(transcript().exchanges(verb("STOR").path("/d/*.csv").user("alice")).len(), 1);
        assert_eq!(transcript().session(1).exchanges(verb("STOR")).len(), 1);
        assert_eq!(transcript().exchanges(verb("DELE")).to_string(), "");
    }

    #[test]
    fn what_is_printed_of_a_session_stands_below_its_whole_header() {
        let transcript: Transcript =
            "== session 1 uploader\nC> STOR a\nS> 150 Go.\n-- data passive\n".parse().unwrap();
        let header = "== session 1 uploader\n";
        assert_eq!(transcript.exchanges(verb("STOR")).to_string(), transcript.to_string());
        assert_eq!(transcript.transfers().to_string(), format!("{header}C> STOR a\n-- data passive\n"));
    }

    #[test]
    fn transfers_are_printed_without_replies() {
        assert_eq!(
            transcript().transfers().to_string(),
            "== session 1\nC> STOR a.csv\n-- data passive\nD< 1\n\n== session 3\nC> STOR b.csv\n-- data active\n"
        );
        assert_eq!(transcript().session(3).transfers().len(), 1);
    }

    #[test]
    #[should_panic(
        expected = "the transcript has no session 4; it has:\n  session 1 of alice: 3 commands\n  \
                    session 2 other of bob: 1 command\n  session 3 of alice: 3 commands"
    )]
    fn a_session_that_is_not_there_panics_with_those_that_are() {
        transcript().session(4);
    }

    #[test]
    #[should_panic(expected = "the transcript has no session 1; no client has connected")]
    fn of_nobody_there_is_no_session() {
        Transcript::new().session(1);
    }

    #[test]
    fn a_matcher_is_one_behind_a_pointer_too() {
        let stor = verb("STOR");
        let behind: &dyn Matcher = &stor;
        let boxed: Box<dyn Matcher> = Box::new(stor.clone());
        let transcript = transcript();
        let exchanges = transcript.exchanges(&stor);
        assert!(exchanges.len() == 2 && exchanges[0].matches(&stor) && exchanges[0].matches(behind));
        assert_eq!(transcript.exchanges(behind), exchanges);
        assert_eq!(transcript.exchanges(boxed), exchanges);
        assert!(!transcript.exchanges(verb("CWD"))[0].matches(stor));
    }
}
