//! What holds of a transcript whose sessions interleave, where no snapshot can: which commands came, in whatever order
//! and on whichever connection, and what was refused.

use ftp_fixture::FtpFixture;
use ftp_fixture::transcript::{Item, Session};

/// The commands with one of these verbs, sorted.
#[track_caller]
pub(crate) fn commands(ftp: &FtpFixture, verbs: &[&str]) -> Vec<String> {
    let mut commands: Vec<String> = ftp
        .transcript()
        .commands()
        .map(ToString::to_string)
        .filter(|command| command.split(' ').next().is_some_and(|verb| verbs.contains(&verb)))
        .collect();
    commands.sort();
    commands
}

/// The replies that refuse something (4yz and 5yz), sorted, each once.
#[track_caller]
pub(crate) fn refusals(ftp: &FtpFixture) -> Vec<String> {
    let mut refusals: Vec<String> = ftp
        .transcript()
        .sessions()
        .iter()
        .flat_map(Session::items)
        .filter_map(|item| match item {
            Item::Reply(reply) => Some(reply.text.to_string()),
            _ => None,
        })
        .filter(|reply| reply.starts_with(['4', '5']))
        .collect();
    refusals.sort();
    refusals.dedup();
    refusals
}

/// How many connections the client opened.
#[track_caller]
pub(crate) fn connections(ftp: &FtpFixture) -> usize {
    ftp.transcript().sessions().len()
}
