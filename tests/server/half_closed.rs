//! Clients that close one way of a connection and go on with the other (RFC 9293, 3.6).

use std::io::{Read, Write};
use std::net::Shutdown;

use ftp_fixture::FtpFixture;

use crate::wire::Wire;

/// More than the kernel keeps for one connection: a download of it stands still until the client reads.
const LARGE: usize = 32 * 1024 * 1024;

fn server() -> FtpFixture {
    FtpFixture::builder().in_memory().file("a", "hello").file("large", vec![b'x'; LARGE]).start()
}

/// Sends `commands`, and says that there will be no more.
#[track_caller]
fn say_all(wire: &mut Wire, commands: &str) {
    wire.send(commands);
    wire.socket().shutdown(Shutdown::Write).unwrap();
}

/// The codes of the replies that come until the server closes the connection.
#[track_caller]
fn codes(wire: &mut Wire) -> Vec<String> {
    let replies = wire.read_to_end().unwrap();
    replies.lines().map(|line| line[..3].to_owned()).collect()
}

#[test]
fn who_has_said_all_gets_every_reply() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    say_all(&mut wire, &"NOOP\r\nPWD\r\n".repeat(500));
    assert_eq!(codes(&mut wire), ["200", "257"].repeat(500));
}

#[test]
fn a_last_command_that_is_no_whole_line_gets_none() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    say_all(&mut wire, "NOOP\r\nDELE a");
    assert_eq!(codes(&mut wire), ["200"]);
    assert!(ftp.exists("a"));
}

#[test]
fn quit_is_answered_though_nothing_more_can_come() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    say_all(&mut wire, "PWD\r\nQUIT\r\n");
    assert_eq!(codes(&mut wire), ["257", "221"]);
}

#[test]
fn transfers_run_to_their_end_for_a_client_that_has_said_quit() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    say_all(&mut wire, "RETR large\r\nQUIT\r\n");
    let mut content = Vec::new();
    data.read_to_end(&mut content).unwrap();
    assert_eq!(content.len(), LARGE);
    assert_eq!(codes(&mut wire), ["150", "226", "221"]);

    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    say_all(&mut wire, "STOR b\r\nQUIT\r\n");
    wire.expect_reply(150);
    data.write_all(b"stored").unwrap();
    drop(data);
    assert_eq!(codes(&mut wire), ["226", "221"]);
    assert_eq!(ftp.read("b"), b"stored");
}

#[test]
fn without_quit_the_end_of_the_control_connection_ends_the_transfer() {
    let ftp = server();
    for command in ["RETR large", "STOR b"] {
        let mut wire = Wire::log_in(&ftp);
        let _data = wire.data();
        say_all(&mut wire, &format!("{command}\r\nNOOP\r\n"));
        assert_eq!(codes(&mut wire), ["150", "426", "200"], "{command}");
    }
}

#[test]
fn an_upload_needs_nobody_who_listens_on_its_data_connection() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    data.shutdown(Shutdown::Read).unwrap();
    wire.expect(150, "STOR b");
    data.write_all(b"stored").unwrap();
    data.shutdown(Shutdown::Write).unwrap();
    wire.expect_reply(226);
    assert_eq!(ftp.read("b"), b"stored");
}
