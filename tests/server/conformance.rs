//! Runs the table of `rows` over every backing: each command is answered as the RFCs and the clients ask for.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::panic::catch_unwind;

use ftp_fixture::FtpFixture;
use ftp_fixture::proto::Verb;

use crate::rows::{Row, TABLE, UPLOADED, Who, announced_port, matches, server};
use crate::servers::Backing;
use crate::wire::Wire;

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLE.into_iter().flatten()
}

fn start(backing: Backing) -> FtpFixture {
    backing.start(server())
}

#[test]
fn every_command_is_answered_as_the_table_says_on_every_backing() {
    let mut differences = String::new();
    for backing in Backing::all() {
        for row in rows().filter(|row| row.family.is_none_or(|family| family == backing.family)) {
            // The client panics where the server closes the connection or is silent.
            let outcome = catch_unwind(|| run(row, &start(backing)));
            if let Err(difference) = outcome.unwrap_or_else(|_| Err("see the panic above".to_owned())) {
                let Row { rfc, who, before, send, .. } = row;
                differences += &format!("{rfc} ({backing}): {who:?} {before:?} {send:?} {difference}\n");
            }
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn every_name_of_every_verb_succeeds_in_one_row_and_is_refused_in_another() {
    let (mut done, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for row in rows() {
        let refuses = row.replies[0].starts_with(['4', '5']);
        if refuses { &mut refused } else { &mut done }.insert(row.name());
    }
    // SITE alone is but the first word of its commands.
    done.insert(Verb::Site.name().to_owned());
    // Without TLS these are unknown; tests/tls has what they do with it.
    done.extend([Verb::Auth, Verb::Ccc, Verb::Pbsz, Verb::Prot].map(|verb| verb.name().to_owned()));
    for name in Verb::ALL.iter().flat_map(|verb| verb.info().names) {
        assert!(done.contains(*name), "no row in which {name} succeeds");
        assert!(refused.contains(*name), "no row in which {name} is refused");
    }
}

#[test]
fn every_login_and_permission_that_a_verb_needs_is_asked_for_in_a_row() {
    let has_row = |who: Who, reply: &str, name: &str| {
        rows().any(|row| row.who == who && row.replies == [reply] && row.name() == name)
    };
    for info in Verb::ALL.map(Verb::info) {
        for name in info.names {
            assert!(!info.login || has_row(Who::Nobody, "530 *", name), "{name} without a login");
            assert!(
                info.permission.is_none() || has_row(Who::Guest, "550 Permission denied.", name),
                "{name} without its permission"
            );
        }
    }
}

/// Sends a row's commands in a session of its own, and says what came instead of what was expected.
fn run(row: &Row, ftp: &FtpFixture) -> Result<(), String> {
    let mut wire = Wire::connect(ftp);
    match row.who {
        Who::Nobody => {}
        Who::Guest => wire.log_in_as("guest", "pw"),
        Who::Alice => wire.log_in_as("alice", "s3cret"),
    }
    let mut data = None;
    for line in row.before {
        let reply = wire.command(line);
        if reply.starts_with(['4', '5']) {
            return Err(format!("was not sent: {line:?} was answered {reply:?}"));
        }
        data = connection(&wire, &reply)?.or(data);
    }
    let mut transferred = None;
    let mut replies = row.replies.iter();
    let mut reply = wire.command(row.send);
    while let Some(pattern) = replies.next() {
        if !matches(pattern, &reply) {
            return Err(format!("was answered {reply:?} instead of {pattern:?}"));
        }
        if let (true, Some(data)) = (reply.starts_with('1'), data.take()) {
            transferred = Some(transfer(row, data).map_err(|error| error.to_string())?);
        }
        if replies.len() > 0 {
            reply = wire.reply();
        }
    }
    match (row.data, transferred) {
        (Some(pattern), Some(listing)) if !matches(pattern, &listing) => {
            return Err(format!("brought {listing:?} instead of {pattern:?}"));
        }
        (Some(pattern), None) => return Err(format!("brought nothing instead of {pattern:?}")),
        _ => {}
    }
    if row.replies.last().is_some_and(|last| last.starts_with("221")) {
        return match wire.read_to_end() {
            Ok(rest) if rest.is_empty() => Ok(()),
            rest => Err(format!("the session went on: {rest:?}")),
        };
    }
    let reply = wire.command("NOOP");
    if reply.starts_with("200") { Ok(()) } else { Err(format!("NOOP afterwards was answered {reply:?}")) }
}

/// The data connection that a 227 or a 229 reply announces.
fn connection(wire: &Wire, reply: &str) -> Result<Option<TcpStream>, String> {
    let Some(port) = announced_port(reply) else { return Ok(None) };
    let server = wire.socket().peer_addr().map_err(|error| error.to_string())?;
    TcpStream::connect((server.ip(), port)).map(Some).map_err(|error| format!("{reply:?}: {error}"))
}

fn transfer(row: &Row, mut data: TcpStream) -> std::io::Result<String> {
    let mut received = String::new();
    if ["STOR", "STOU", "APPE"].iter().any(|verb| row.send.starts_with(verb)) {
        data.write_all(UPLOADED)?;
    } else {
        data.read_to_string(&mut received)?;
    }
    Ok(received)
}
