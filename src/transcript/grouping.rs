//! Puts the items of a session together to exchanges.

use std::sync::Arc;

use super::event::Event;
use super::exchange::Exchange;
use super::heading::Heading;
use super::line::ReplyLine;
use super::session::{Item, Session};
use super::standing::Standing;
use crate::proto::{ReplyCode, Verb};

/// The exchanges of a session in the order of their commands.
pub(super) fn exchanges(session: &Session) -> Vec<Exchange> {
    let mut grouping = Grouping {
        heading: Arc::new(session.heading().clone()),
        exchanges: Vec::new(),
        standing: Standing::new(),
        transfer: None,
        waiting: None,
        multi_line: None,
    };
    session.items().iter().for_each(|item| grouping.take(item));
    grouping.exchanges
}

struct Grouping {
    heading: Arc<Heading>,
    exchanges: Vec<Exchange>,
    standing: Standing,
    /// The last exchange that got a 1yz reply or used a data connection.
    transfer: Option<usize>,
    /// A command taken up in mid-transfer whose reply comes before, or after, that of the transfer.
    waiting: Option<Interjected>,
    /// The code of a multi-line reply that has not come to its last line.
    multi_line: Option<Vec<u8>>,
}

/// Whose reply comes next while a transfer and another command wait for theirs.
#[derive(Clone, Copy)]
enum Interjected {
    /// STAT is answered at once.
    Before,
    /// ABOR and QUIT are answered after the transfer.
    After,
}

impl Grouping {
    fn take(&mut self, item: &Item) {
        let at = match item {
            Item::Comment(_) => return,
            Item::Command(command) => {
                self.multi_line = None;
                if let Some(last) = self.exchanges.last() {
                    self.standing.pass(last);
                }
                let subject = self.standing.subject(command);
                let in_transfer = self.transfer.is_some_and(|at| !self.exchanges[at].is_complete());
                self.waiting = in_transfer.then_some(match subject.line.verb() {
                    Some(Verb::Abor | Verb::Quit) => Interjected::After,
                    _ => Interjected::Before,
                });
                self.exchanges.push(Exchange::new(Arc::clone(&self.heading), Some(subject)));
                self.last()
            }
            Item::Reply(line) => {
                let at = self.answered();
                self.reply(at, line);
                at
            }
            Item::DataConnection(_) => {
                let at = self.last();
                self.transfer = Some(at);
                at
            }
            Item::Data(_)
            | Item::Event(Event::DataInterrupted | Event::ResetData | Event::TransferStillOpen) => {
                self.transfer.unwrap_or_else(|| self.last())
            }
            Item::Event(Event::SessionStillOpen) => return,
            Item::Event(event) => {
                let at = self.last();
                let of_session = event.ends_session() || *event == Event::RecordingCut;
                if of_session && self.exchanges[at].is_complete() {
                    return;
                }
                at
            }
        };
        self.exchanges[at].push(item.clone());
    }

    /// The latest exchange; what comes before the first command is one without.
    fn last(&mut self) -> usize {
        if self.exchanges.is_empty() {
            self.exchanges.push(Exchange::new(Arc::clone(&self.heading), None));
        }
        self.exchanges.len() - 1
    }

    /// The exchange that the next line of a reply belongs to.
    fn answered(&mut self) -> usize {
        let last = self.last();
        let Some(transfer) = self.transfer.filter(|at| !self.exchanges[*at].is_complete()) else {
            return last;
        };
        match self.waiting {
            Some(Interjected::Before) if !self.exchanges[last].is_complete() => last,
            _ => transfer,
        }
    }

    fn reply(&mut self, at: usize, line: &ReplyLine) {
        let start = line.text.start();
        let (code, mark) = start.split_at(start.len().min(3));
        if let Some(open) = &self.multi_line {
            if open != code || mark.starts_with(b"-") || mark.first().is_some_and(|mark| *mark != b' ') {
                return;
            }
        } else if mark.starts_with(b"-") {
            self.multi_line = Some(code.to_vec());
            return;
        }
        self.multi_line = None;
        if code.starts_with(b"1") {
            self.transfer = Some(at);
        } else {
            let number = std::str::from_utf8(code).ok().and_then(|code| code.parse().ok());
            self.exchanges[at].answer(number.and_then(ReplyCode::new));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    /// The exchanges of a session with these lines, with an empty line after each.
    fn grouped(lines: &str) -> String {
        let transcript = Transcript::parse(&format!("== session 1\n{lines}")).unwrap();
        exchanges(transcript.session(1)).iter().map(|exchange| format!("{exchange}\n")).collect()
    }

    fn codes(lines: &str) -> Vec<Option<u16>> {
        let transcript = Transcript::parse(&format!("== session 1\n{lines}")).unwrap();
        exchanges(transcript.session(1)).iter().map(Exchange::code).collect()
    }

    #[test]
    fn the_greeting_is_an_exchange_without_a_command() {
        assert_eq!(
            grouped("S> 220-Hello.\nS> 220 Ready.\nC> NOOP\nS> 200 Done.\n-- client closed\n"),
            "S> 220-Hello.\nS> 220 Ready.\n\nC> NOOP\nS> 200 Done.\n\n"
        );
        assert_eq!(grouped("C> NOOP\n"), "C> NOOP\n\n");
        assert_eq!(grouped("-- client closed\n"), "-- client closed\n\n");
        assert_eq!(grouped(""), "");
    }

    #[test]
    fn a_multi_line_reply_ends_with_its_own_code() {
        let lines =
            "C> STAT\nS> 213-One\nS>  213 no\nS> 226 no\nS> 213-no\nS> 213 End\nC> NOOP\nS> 200 Done.\n";
        assert_eq!(codes(lines), [Some(213), Some(200)]);
        assert_eq!(codes("C> STAT\nS> 213-One\n"), [None]);
        assert_eq!(codes("C> STAT\nS> 213-One\nC> NOOP\nS> 200 Done.\n"), [None, Some(200)]);
        assert_eq!(codes("C> SPAM\nS> 200\n"), [Some(200)]);
    }

    #[test]
    fn a_transfer_stands_in_the_exchange_of_its_command() {
        assert_eq!(
            grouped("C> RETR a\nS> 150 Go.\n-- data passive\nD> a\nS> 226 Done.\nC> NOOP\nS> 200 Ok.\n"),
            "C> RETR a\nS> 150 Go.\n-- data passive\nD> a\nS> 226 Done.\n\nC> NOOP\nS> 200 Ok.\n\n"
        );
    }

    #[test]
    fn abor_in_mid_transfer_is_answered_after_the_transfer() {
        assert_eq!(
            grouped(
                "C> RETR a\nS> 150 Go.\n-- data passive\n-- data interrupted\nC> ABOR\nS> 426 Cut.\nS> 226 Done.\n"
            ),
            "C> RETR a\nS> 150 Go.\n-- data passive\n-- data interrupted\nS> 426 Cut.\n\nC> ABOR\nS> 226 Done.\n\n"
        );
        assert_eq!(codes("C> ABOR\nS> 225 Nothing.\n"), [Some(225)]);
    }

    #[test]
    fn quit_in_mid_transfer_is_answered_after_the_transfer() {
        assert_eq!(
            grouped("C> RETR a\nS> 150 Go.\n-- data passive\nD> a\nC> QUIT\nS> 226 Done.\nS> 221 Bye.\n"),
            "C> RETR a\nS> 150 Go.\n-- data passive\nD> a\nS> 226 Done.\n\nC> QUIT\nS> 221 Bye.\n\n"
        );
    }

    #[test]
    fn stat_in_mid_transfer_is_answered_before_the_transfer() {
        let lines = "C> RETR a\nS> 150 Go.\n-- data passive\nD> a\nC> STAT\nS> 213-One\nS> 213 End\nC> STAT\n\
                     S> 213 Two\nS> 226 Done.\n";
        assert_eq!(
            grouped(lines),
            "C> RETR a\nS> 150 Go.\n-- data passive\nD> a\nS> 226 Done.\n\nC> STAT\nS> 213-One\nS> 213 End\n\n\
             C> STAT\nS> 213 Two\n\n"
        );
        let aborted = "C> RETR a\nS> 150 Go.\n-- data passive\n-- data interrupted\nC> STAT\nS> 213 One\nC> ABOR\n\
                       S> 426 Cut.\nS> 226 Done.\n";
        assert_eq!(codes(aborted), [Some(426), Some(213), Some(226)]);
    }

    #[test]
    fn a_command_without_a_final_reply_has_the_end_of_the_session() {
        assert_eq!(
            grouped("C> STOR a\nS> 150 Go.\n-- data passive\n-- data interrupted\n-- client closed\n"),
            "C> STOR a\nS> 150 Go.\n-- data passive\n-- data interrupted\n-- client closed\n\n"
        );
        assert_eq!(grouped("C> NO\\c\n-- unfinished command\n-- session still open\n"), {
            "C> NO\\c\n-- unfinished command\n\n"
        });
    }

    #[test]
    fn a_cut_in_the_record_shows_where_it_cut_an_exchange() {
        let cut = "C> STOR a\nS> 150 Go.\n-- data passive\n-- recording cut\n";
        assert_eq!(grouped(cut), format!("{cut}\n"));
        let transcript = Transcript::parse(&format!("== session 1\n{cut}")).unwrap();
        assert_eq!(transcript.transfers()[0].length(), None);
        assert_eq!(grouped("C> NOOP\nS> 200 Ok.\n-- recording cut\n"), "C> NOOP\nS> 200 Ok.\n\n");
    }

    #[test]
    fn data_after_the_final_reply_belong_to_the_transfer() {
        assert_eq!(
            grouped("C> RETR a\nS> 150 Go.\n-- data active\nS> 226 Done.\nC> NOOP\nD> late\nS> 200 Ok.\n"),
            "C> RETR a\nS> 150 Go.\n-- data active\nS> 226 Done.\nD> late\n\nC> NOOP\nS> 200 Ok.\n\n"
        );
    }

    #[test]
    fn a_reply_that_nobody_asked_for_belongs_to_the_last_command() {
        assert_eq!(grouped("C> NOOP\nS> 200 Ok.\nS> 421 Bye.\n"), "C> NOOP\nS> 200 Ok.\nS> 421 Bye.\n\n");
        assert_eq!(codes("C> NOOP\nS> 200 Ok.\nS> 421 Bye.\n"), [Some(200)]);
    }
}
