//! What a client may take: time, connections, ports. Time is moved by hand, so that nothing here waits for it.

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use ftp_fixture::FtpFixture;
use ftp_fixture::fixture::FtpFixtureBuilder;

use crate::wire::Wire;

const SECOND: Duration = Duration::from_secs(1);

fn by_hand() -> FtpFixtureBuilder {
    FtpFixture::builder().in_memory().file("a", "hello").manual_time()
}

#[test]
fn a_client_that_says_nothing_is_sent_away_after_300_seconds() {
    let ftp = by_hand().start();
    let mut wire = Wire::log_in(&ftp);
    ftp.advance(299 * SECOND);
    wire.expect(200, "NOOP");
    ftp.advance(299 * SECOND);
    wire.expect(200, "NOOP");
    ftp.advance(300 * SECOND);
    wire.expect_reply(421);
    assert_eq!(wire.read_to_end().unwrap(), "");
    assert!(ftp.transcript().to_string().ends_with("-- server closed\n"));
}

#[test]
fn the_transcript_has_what_was_due_when_time_was_moved() {
    let ftp = by_hand().start();
    let _wires: Vec<Wire> = (0..20).map(|_| Wire::connect(&ftp)).collect();
    ftp.advance(300 * SECOND);
    let transcript = ftp.transcript().to_string();
    assert_eq!(transcript.matches("\nS> 421 ").count(), 20, "{transcript}");
}

#[test]
fn idle_time_is_not_counted_while_a_data_connection_is_set_up() {
    let ftp = by_hand().start();
    let mut wire = Wire::log_in(&ftp);
    let _data = wire.data();
    ftp.advance(1000 * SECOND);
    wire.expect(200, "NOOP");
}

#[test]
fn idle_time_is_counted_while_the_client_has_not_connected() {
    for command in ["EPSV", "EPRT"] {
        let ftp = by_hand().handler(|handler| handler.passive_timeout(None)).start();
        let mut wire = Wire::log_in(&ftp);
        match command {
            "EPSV" => drop(wire.passive_port()),
            _ => drop(wire.expect(200, "PORT 127,0,0,1,200,1")),
        }
        ftp.advance(300 * SECOND);
        wire.expect_reply(421);
    }
}

#[test]
fn a_client_that_takes_no_replies_is_given_up() {
    let ftp = by_hand().start();
    let mut wire = Wire::log_in(&ftp);
    // More replies than the sockets of both sides hold.
    wire.send("HELP\r\n".repeat(20_000));
    ftp.advance(300 * SECOND);
    let transcript = ftp.transcript().to_string();
    assert!(transcript.ends_with("-- server closed\n"));
    assert!(!transcript.contains("S> 421"), "it was not idle");
    assert!(transcript.matches("C> HELP\n").count() < 20_000, "every reply found room");
}

#[test]
fn a_limit_too_long_for_any_clock_is_none() {
    let ftp = FtpFixture::builder()
        .in_memory()
        .settle_within(Duration::MAX)
        .handler(|handler| {
            let handler = handler.timeout(Duration::MAX).data_timeout(Duration::MAX);
            handler.passive_timeout(Duration::MAX).active_timeout(Duration::MAX)
        })
        .start();
    let mut wire = Wire::log_in(&ftp);
    wire.upload("STOR a", "hello");
    wire.expect(221, "QUIT");
    assert!(ftp.transcript().to_string().ends_with("S> 221 Goodbye.\n"));
}

#[test]
fn without_a_limit_a_client_may_be_idle_for_ever() {
    let ftp = by_hand().handler(|handler| handler.timeout(None)).start();
    let mut wire = Wire::log_in(&ftp);
    ftp.advance(1_000_000 * SECOND);
    wire.expect(200, "NOOP");
}

#[test]
fn a_passive_listener_is_given_up_after_30_seconds() {
    let ftp = by_hand().start();
    let mut wire = Wire::log_in(&ftp);
    let port = wire.passive_port();
    ftp.advance(30 * SECOND);
    wire.expect(425, "RETR a");
    assert!(TcpStream::connect((ftp.host(), port)).is_err());
    assert_eq!(wire.download("RETR a"), b"hello");
}

#[test]
fn a_transfer_that_waits_for_its_client_gets_425_after_30_seconds() {
    let ftp = by_hand().start();
    let mut wire = Wire::log_in(&ftp);
    wire.passive_port();
    wire.expect(150, "RETR a");
    ftp.advance(30 * SECOND);
    wire.expect_reply(425);
    wire.expect(200, "NOOP");
}

#[test]
fn a_transfer_that_stands_still_for_300_seconds_ends_the_session() {
    let ftp = by_hand().start();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    wire.expect(150, "STOR b");
    // Nothing runs by itself once the transcript is there: the upload waits.
    assert!(ftp.transcript().to_string().ends_with("-- transfer still open\n-- session still open\n"));
    ftp.advance(300 * SECOND);
    wire.expect_reply(421);
    assert_eq!(wire.read_to_end().unwrap(), "");
    assert_eq!(data.read(&mut [0]).unwrap(), 0);
}

#[test]
fn the_reply_to_a_wrong_password_is_held_back() {
    let ftp = by_hand().handler(|handler| handler.auth_failed_timeout(3 * SECOND)).start();
    let mut wire = Wire::connect(&ftp);
    wire.expect(331, "USER user");
    wire.send("PASS wrong\r\nNOOP\r\n");
    let waiting = ftp.transcript().to_string();
    assert!(waiting.ends_with("C> PASS [PASSWORD]\n-- session still open\n"), "{waiting}");
    ftp.advance(3 * SECOND);
    wire.expect_reply(530);
    wire.expect_reply(200);
}

#[test]
fn the_transcript_waits_for_a_delay_of_the_servers_own() {
    let delay = Duration::from_millis(50);
    let ftp = FtpFixture::builder().in_memory().handler(|handler| handler.auth_failed_timeout(delay)).start();
    let mut wire = Wire::connect(&ftp);
    wire.send("USER user\r\nPASS wrong\r\n");
    assert!(ftp.transcript().to_string().contains("C> PASS [WRONG-PASSWORD]\nS> 530 "));
}

#[test]
fn one_session_too_many_gets_421_and_those_inside_are_served() {
    let ftp = FtpFixture::builder().in_memory().handler(|handler| handler.max_cons(2)).start();
    let mut first = Wire::log_in(&ftp);
    let second = Wire::connect(&ftp);
    let mut third = Wire::connect_silently(ftp.addr());
    third.expect_reply(421);
    assert_eq!(third.read_to_end().unwrap(), "");
    first.expect(200, "NOOP");
    drop(second);
    Wire::log_in(&ftp);
}

#[test]
fn one_session_too_many_of_an_address_gets_421() {
    let ftp = FtpFixture::builder().in_memory().handler(|handler| handler.max_cons_per_ip(1)).start();
    let _first = Wire::connect(&ftp);
    Wire::connect_silently(ftp.addr()).expect_reply(421);
}

#[test]
fn passive_ports_come_from_the_range_and_from_elsewhere_when_it_is_used_up() {
    // Below the ephemeral ports, so that nobody else gets it by chance.
    let taken = (22000..23000).find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()).unwrap();
    let port = taken.local_addr().unwrap().port();
    let ftp = FtpFixture::builder().in_memory().handler(|handler| handler.passive_ports(port..=port)).start();
    let mut wire = Wire::log_in(&ftp);
    assert_ne!(wire.passive_port(), port);
    drop(taken);
    assert_eq!(wire.passive_port(), port);
    assert_eq!(wire.passive_port(), port, "the one before is given up first");
}

#[test]
fn another_address_is_announced_behind_a_nat() {
    let nat = Ipv4Addr::new(203, 0, 113, 7);
    let ftp = FtpFixture::builder().in_memory().handler(|handler| handler.masquerade_address(nat)).start();
    let mut wire = Wire::log_in(&ftp);
    assert!(wire.expect(227, "PASV").contains("(203,0,113,7,"));
    assert!(ftp.transcript().to_string().contains("S> 227 Entering passive mode (203,0,113,7,[P1,P2]).\n"));

    let local = IpAddr::from(Ipv4Addr::LOCALHOST);
    let ftp = FtpFixture::builder()
        .in_memory()
        .handler(|handler| {
            handler.masquerade_address(nat).masquerade_address_map(local, Ipv4Addr::new(198, 51, 100, 1))
        })
        .start();
    assert!(Wire::log_in(&ftp).expect(227, "PASV").contains("(198,51,100,1,"));
}
