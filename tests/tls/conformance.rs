//! Runs the server's table of rows over TLS, on every backing: what is encrypted is answered as what is not.
//!
//! TLS is implicit here, so that it is still there after REIN.

use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::panic::catch_unwind;

use ftp_fixture::FtpFixture;
use ftp_fixture::tls::Tls;

use crate::client::{Client, close, secure, socket};
use crate::rows::{Row, TABLE, UPLOADED, Who, announced_port, matches, server};
use crate::servers::Backing;

#[test]
fn every_command_is_answered_over_tls_as_the_table_says_on_every_backing() {
    let mut differences = String::new();
    for backing in Backing::all() {
        // A server with TLS knows the security commands, and FEAT and HELP name them.
        let differs = |row: &&Row| row.rfc == "RFC 4217" || ["FEAT", "HELP"].contains(&row.name().as_str());
        let rows = TABLE.into_iter().flatten().filter(|row| !differs(row));
        for row in rows.filter(|row| row.family.is_none_or(|family| family == backing.family)) {
            // The client panics where the server closes the connection or is silent.
            let outcome = catch_unwind(|| run(row, &backing.start(server().tls(Tls::implicit()))));
            if let Err(difference) = outcome.unwrap_or_else(|_| Err("see the panic above".to_owned())) {
                let Row { rfc, who, before, send, .. } = row;
                differences += &format!("{rfc} ({backing}): {who:?} {before:?} {send:?} {difference}\n");
            }
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}

/// Sends a row's commands in a session of its own, and says what came instead of what was expected.
fn run(row: &Row, ftp: &FtpFixture) -> Result<(), String> {
    let mut client = Client::connect(ftp);
    match row.who {
        Who::Nobody => {}
        Who::Guest => client.log_in_as("guest", "pw"),
        Who::Alice => client.log_in_as("alice", "s3cret"),
    }
    let mut port = None;
    for line in row.before {
        let reply = client.command(line);
        if reply.starts_with(['4', '5']) {
            return Err(format!("was not sent: {line:?} was answered {reply:?}"));
        }
        port = announced_port(&reply).or(port);
    }
    let mut transferred = None;
    let mut replies = row.replies.iter();
    let mut reply = client.command(row.send);
    while let Some(pattern) = replies.next() {
        if !matches(pattern, &reply) {
            return Err(format!("was answered {reply:?} instead of {pattern:?}"));
        }
        if let (true, Some(port)) = (reply.starts_with('1'), port.take()) {
            let address = SocketAddr::new(ftp.host(), port);
            transferred = Some(transfer(row, &client, address).map_err(|error| error.to_string())?);
        }
        if replies.len() > 0 {
            reply = client.reply();
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
        return match client.read_to_end() {
            Ok(rest) if rest.is_empty() => Ok(()),
            rest => Err(format!("the session went on: {rest:?}")),
        };
    }
    let reply = client.command("NOOP");
    if reply.starts_with("200") { Ok(()) } else { Err(format!("NOOP afterwards was answered {reply:?}")) }
}

fn transfer(row: &Row, client: &Client, address: SocketAddr) -> io::Result<String> {
    let mut data = secure(socket(address), &client.config)?;
    let mut received = String::new();
    if ["STOR", "STOU", "APPE"].iter().any(|verb| row.send.starts_with(verb)) {
        data.write_all(UPLOADED)?;
        close(data);
    } else {
        data.read_to_string(&mut received)?;
    }
    Ok(received)
}
