//! Commands that come while a transfer runs: ABOR, STAT, QUIT, and those that wait (RFC 959, 4.1.3; RFC 854).

use std::io::{Read, Write};
use std::net::TcpStream;

use ftp_fixture::FtpFixture;
use socket2::SockRef;

use crate::wire::Wire;

/// More than the kernel keeps for one connection: a download of it stands still until the client reads.
const LARGE: usize = 32 * 1024 * 1024;

fn server() -> FtpFixture {
    FtpFixture::builder().in_memory().file("a", "hello").file("large", vec![b'x'; LARGE]).start()
}

/// A session whose download stands still, because its client does not read.
#[track_caller]
fn blocked_download(ftp: &FtpFixture) -> (Wire, TcpStream) {
    let mut wire = Wire::log_in(ftp);
    let mut data = wire.data();
    wire.expect(150, "RETR large");
    data.read_exact(&mut [0; 1000]).unwrap();
    (wire, data)
}

#[track_caller]
fn send_urgently(wire: &Wire, bytes: &[u8]) {
    assert_eq!(SockRef::from(wire.socket()).send_out_of_band(bytes).unwrap(), bytes.len());
}

#[track_caller]
fn read_rest(data: &mut TcpStream) -> usize {
    data.read_to_end(&mut Vec::new()).unwrap()
}

#[test]
fn a_blocked_download_is_aborted_however_abor_is_sent() {
    type Way = (&'static str, fn(&mut Wire));
    let ways: [Way; 5] = [
        ("plainly", |wire| wire.send("ABOR\r\n")),
        ("behind Telnet's signals", |wire| wire.send(b"\xFF\xF4\xFF\xF2ABOR\r\n")),
        ("behind Telnet's signals, all of them urgent", |wire| {
            send_urgently(wire, b"\xFF\xF4\xFF\xF2");
            wire.send("ABOR\r\n");
        }),
        ("behind Telnet's signals, the mark urgent", |wire| {
            wire.send(b"\xFF\xF4");
            send_urgently(wire, b"\xFF");
            wire.send(b"\xF2ABOR\r\n");
        }),
        ("all of it urgent", |wire| send_urgently(wire, b"ABOR\r\n")),
    ];
    for (way, abort) in ways {
        let ftp = server();
        let (mut wire, mut data) = blocked_download(&ftp);
        abort(&mut wire);
        println!("ABOR sent {way}");
        wire.expect_reply(426);
        wire.expect_reply(226);
        // What was under way may come, and an end or a reset after it.
        let _ = data.read_to_end(&mut Vec::new());
        assert_eq!(wire.download("RETR a"), b"hello");
    }
}

#[test]
fn a_transfer_whose_client_never_connects_is_aborted() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    wire.passive_port();
    wire.expect(150, "RETR a");
    wire.expect(426, "ABOR");
    wire.expect_reply(226);
    wire.expect(425, "RETR a");
}

#[test]
fn an_aborted_upload_keeps_what_had_arrived() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    wire.expect(150, "STOR b");
    data.write_all(b"begun").unwrap();
    wire.expect(211, "STAT");
    wire.expect(426, "ABOR");
    wire.expect_reply(226);
    assert_eq!(ftp.read("b"), b"begun");
}

#[test]
fn there_is_nothing_to_abort_before_and_after_a_transfer() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(225, "ABOR");
    wire.expect(229, "EPSV");
    wire.expect(225, "ABOR");
    wire.expect(425, "RETR a");
    wire.download("RETR a");
    wire.expect(225, "ABOR");
}

#[test]
fn stat_is_answered_during_a_transfer() {
    let ftp = server();
    let (mut wire, mut data) = blocked_download(&ftp);
    for _ in 0..3 {
        wire.expect(211, "STAT");
    }
    assert_eq!(read_rest(&mut data), LARGE - 1000);
    wire.expect_reply(226);
    wire.expect(211, "STAT");
}

#[test]
fn other_commands_are_answered_in_order_after_the_transfer() {
    let ftp = server();
    let (mut wire, mut data) = blocked_download(&ftp);
    wire.send("NOOP\r\nPWD\r\nSTAT\r\nXYZ\r\n");
    assert_eq!(read_rest(&mut data), LARGE - 1000);
    for code in [226, 200, 257, 211, 500] {
        wire.expect_reply(code);
    }
}

#[test]
fn more_commands_than_are_held_are_answered_too() {
    let ftp = server();
    let (mut wire, mut data) = blocked_download(&ftp);
    wire.send("NOOP\r\n".repeat(200));
    assert_eq!(read_rest(&mut data), LARGE - 1000);
    wire.expect_reply(226);
    for _ in 0..200 {
        wire.expect_reply(200);
    }
}

#[test]
fn abor_overtakes_the_commands_that_wait() {
    let ftp = server();
    let (mut wire, _data) = blocked_download(&ftp);
    wire.send("NOOP\r\nABOR\r\n");
    for code in [426, 226, 200] {
        wire.expect_reply(code);
    }
}

#[test]
fn a_transfer_ends_before_the_session_that_quits() {
    let ftp = server();
    let (mut wire, mut data) = blocked_download(&ftp);
    wire.send("QUIT\r\nNOOP\r\n");
    assert_eq!(read_rest(&mut data), LARGE - 1000);
    wire.expect_reply(226);
    wire.expect_reply(221);
    assert_eq!(wire.read_to_end().unwrap(), "");

    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    wire.expect(150, "STOR b");
    wire.send("QUIT\r\n");
    data.write_all(b"stored").unwrap();
    drop(data);
    wire.expect_reply(226);
    wire.expect_reply(221);
    assert_eq!(wire.read_to_end().unwrap(), "");
    assert_eq!(ftp.read("b"), b"stored");
}

#[test]
fn a_blocked_download_holds_up_no_other_session() {
    let ftp = server();
    let (_wire, _data) = blocked_download(&ftp);
    let mut other = Wire::log_in(&ftp);
    assert_eq!(other.download("RETR a"), b"hello");
}
