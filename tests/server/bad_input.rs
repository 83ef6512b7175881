//! Lines that no client should send: each gets one reply, and the session goes on (RFC 959, 4.2 and 5.3).

use std::io::{ErrorKind, Read, Write};
use std::time::Duration;

use ftp_fixture::prelude::*;
use ftp_fixture::proto::{COMMAND_LINE_LIMIT, Parameter, Verb};
use socket2::{Domain, Socket, Type};

use crate::parameters::before_pathname;
use crate::wire::Wire;

fn server() -> FtpFixture {
    FtpFixture::builder().in_memory().file("a", "hello").dir("d").start()
}

/// Sends a line, and asserts that its reply has `code`, is alone, and carries no control character.
#[track_caller]
fn assert_answered_once(wire: &mut Wire, line: &[u8], code: u16) {
    wire.send([line, b"\r\n"].concat());
    let reply = wire.expect_reply(code);
    assert!(!reply.contains(|character: char| character.is_ascii_control()), "{reply:?}");
    wire.expect(200, "NOOP");
}

#[test]
fn a_line_over_the_limit_gets_one_500() {
    let ftp = server();
    let mut wire = Wire::connect(&ftp);
    let line = |length: usize| [b"CWD ".as_slice(), &vec![b'a'; length - 4]].concat();
    assert_answered_once(&mut wire, &line(COMMAND_LINE_LIMIT + 1), 500);
    assert_answered_once(&mut wire, &line(100 * COMMAND_LINE_LIMIT), 500);
    wire.log_in_as(ftp.user(), ftp.password());
    assert_answered_once(&mut wire, &line(COMMAND_LINE_LIMIT), 550);
    assert_answered_once(&mut wire, &line(COMMAND_LINE_LIMIT + 1), 500);
    assert_answered_once(&mut wire, &[b'\n'; COMMAND_LINE_LIMIT + 1], 500);
}

#[test]
fn a_line_over_the_limit_is_answered_before_it_ends() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    wire.send([b'a'; COMMAND_LINE_LIMIT + 1]);
    wire.expect_reply(500);
    wire.send([b'b'; 4 * COMMAND_LINE_LIMIT]);
    wire.send("\r\n");
    wire.expect(200, "NOOP");
}

#[test]
fn a_line_ends_with_cr_and_lf_only() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    assert_answered_once(&mut wire, b"NOOP\nNOOP", 500);
    assert_answered_once(&mut wire, b"NOOP\rNOOP", 500);
    assert_answered_once(&mut wire, b"NOOP\n", 500);
    assert_answered_once(&mut wire, b"\nNOOP", 500);
    assert_answered_once(&mut wire, b"SIZE a\nDELE a", 550);
    assert!(ftp.exists("a"));
}

#[test]
fn control_characters_are_never_echoed() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    for byte in (0..=0x1F).chain([0x7F]) {
        assert_answered_once(&mut wire, &[b'X', byte, b'Y'], 500);
        for verb in ["CWD", "RETR", "SIZE", "DELE", "HELP", "OPTS", "MDTM"] {
            wire.send([verb.as_bytes(), b" a", &[byte], b"b\r\n"].concat());
            let reply = wire.reply();
            assert!(reply.starts_with('5') || reply.starts_with("425"), "{verb} with {byte:#x}: {reply:?}");
            assert!(!reply.contains(|character: char| character.is_ascii_control()), "{reply:?}");
        }
    }
    wire.send("MKD esc\x1B[31m\r\n");
    assert_eq!(&wire.expect_reply(257)[..16], "257 \"/esc?[31m\" ");
    assert!(ftp.exists("esc\x1B[31m"));
}

#[test]
fn nul_is_in_no_pathname() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let before = ftp.tree();
    for info in Verb::ALL.map(Verb::info).into_iter().filter(|info| info.path) {
        let line = format!("{} {}a\0b", info.verb, before_pathname(info.verb));
        assert_answered_once(&mut wire, line.as_bytes(), 550);
    }
    assert_eq!(ftp.tree(), before);
}

#[test]
fn bytes_that_are_not_utf_8_name_nothing() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    assert_answered_once(&mut wire, b"\xE9\xE8", 500);
    assert_answered_once(&mut wire, b"\xFF", 500);
    for line in [&b"CWD caf\xE9"[..], b"DELE \xFF\xFF", b"SIZE \xC3", b"RMD \xF0\x9F\x98"] {
        assert_answered_once(&mut wire, line, 550);
    }
}

#[test]
fn telnets_commands_are_no_part_of_a_line() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    wire.send(b"\xFF\xFB\x03NO\xFF\xF1OP\r\n");
    wire.expect_reply(200);
    wire.send(b"\xFF\xF4\xFF\xF2ABOR\r\n");
    wire.expect_reply(225);
}

#[test]
fn a_verb_that_nobody_knows_gets_500() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    for line in ["", " ", " NOOP", "  ", "NOOPE", "NOOP\t", "X", "RÉTR a", "SMNT /", "220 hello", "-"] {
        assert_answered_once(&mut wire, line.as_bytes(), 500);
    }
    for line in ["noop", "NoOp", "NOOP "] {
        assert_answered_once(&mut wire, line.as_bytes(), 200);
    }
}

#[test]
fn a_parameter_that_is_missing_or_too_much_gets_501() {
    let ftp = FtpFixture::builder().in_memory().tls(Tls::explicit()).start();
    let mut wire = Wire::connect(&ftp);
    for logged_in in [false, true] {
        if logged_in {
            wire.log_in_as(ftp.user(), ftp.password());
        }
        for info in Verb::ALL.map(Verb::info) {
            for name in info.names {
                match info.parameter {
                    Parameter::Required => {
                        assert_answered_once(&mut wire, name.as_bytes(), 501);
                        assert_answered_once(&mut wire, format!("{name} ").as_bytes(), 501);
                    }
                    Parameter::Forbidden => {
                        assert_answered_once(&mut wire, format!("{name} a").as_bytes(), 501);
                    }
                    Parameter::Optional => {}
                }
            }
        }
    }
}

#[test]
fn ten_thousand_commands_in_one_write_are_all_answered() {
    const COUNT: usize = 10_000;
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let mut socket = wire.socket().try_clone().unwrap();
    let writer = std::thread::spawn(move || socket.write_all("NOOP\r\n".repeat(COUNT).as_bytes()));
    for _ in 0..COUNT {
        wire.expect_reply(200);
    }
    writer.join().unwrap().unwrap();
    wire.expect(257, "PWD");
    let transcript = ftp.transcript();
    assert_eq!(transcript.commands().filter(|command| **command == "NOOP").count(), COUNT);
}

#[test]
fn commands_may_come_byte_by_byte() {
    let ftp = server();
    let mut wire = Wire::connect(&ftp);
    wire.socket().set_nodelay(true).unwrap();
    for (line, code) in [
        (format!("USER {}", ftp.user()), 331),
        (format!("PASS {}", ftp.password()), 230),
        ("CWD d".into(), 250),
    ] {
        for byte in line.bytes().chain(*b"\r\n") {
            wire.send([byte]);
        }
        wire.expect_reply(code);
    }
}

#[test]
fn a_command_that_never_ends_is_none() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    wire.send("DELE a");
    wire.socket().shutdown(std::net::Shutdown::Write).unwrap();
    assert_eq!(wire.read_to_end().unwrap(), "");
    assert!(ftp.exists("a"));
}

#[test]
fn a_client_that_never_reads_stops_no_other_session() {
    /// Far more than the kernel keeps of the replies.
    const ROUNDS: usize = 100_000;
    let ftp = server();
    let deaf = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    deaf.set_recv_buffer_size(4096).unwrap();
    deaf.connect(&ftp.addr().into()).unwrap();
    deaf.set_nonblocking(true).unwrap();
    let mut deaf = std::net::TcpStream::from(deaf);
    let mut other = Wire::log_in(&ftp);
    let commands = "HELP\r\n".repeat(200);
    // Once the server cannot write, it does not read either, and in the end nor can the client write.
    let mut refused = 0;
    for _ in 0..ROUNDS {
        match deaf.write(commands.as_bytes()) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => refused += 1,
            result => {
                result.unwrap();
                refused = 0;
            }
        }
        other.expect(200, "NOOP");
        if refused == 50 {
            break;
        }
    }
    assert_eq!(refused, 50, "the server read on and on");
    assert_eq!(other.download("RETR a"), b"hello");
    let mut third = Wire::log_in(&ftp);
    third.expect(250, "CWD d");
    assert!(ftp.transcript().commands().any(|command| *command == "HELP"));
}

#[test]
fn a_client_that_reads_late_gets_every_reply() {
    const COUNT: usize = 2000;
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    wire.send("HELP\r\n".repeat(COUNT));
    wire.send("QUIT\r\n");
    let mut replies = String::new();
    wire.socket().set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    wire.socket().read_to_string(&mut replies).unwrap();
    assert_eq!(replies.matches("\r\n214 ").count(), COUNT);
    assert!(replies.contains("\r\n221 "), "{:?}", replies.lines().last());
}
