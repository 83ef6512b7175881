//! Transfers that may go only so fast. Time is moved by hand, so that nothing here waits for it.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use ftp_fixture::FtpFixture;
use ftp_fixture::fixture::FtpFixtureBuilder;

use crate::servers::Backing;
use crate::wire::Wire;

const SECOND: Duration = Duration::from_secs(1);

fn builder() -> FtpFixtureBuilder {
    FtpFixture::builder().file("a", "0123456789").manual_time()
}

/// A download whose bytes are looked at as they come.
struct Download(TcpStream);

impl Download {
    #[track_caller]
    fn start(wire: &mut Wire, command: &str) -> Self {
        let data = wire.data();
        wire.expect(150, command);
        Self(data)
    }

    /// What there is at this moment.
    fn arrived(&mut self, ftp: &FtpFixture) -> String {
        // The server has sent what it may when the transcript is there.
        ftp.transcript();
        self.0.set_nonblocking(true).unwrap();
        let mut content = Vec::new();
        match self.0.read_to_end(&mut content) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            result => assert!(result.is_ok(), "{result:?}"),
        }
        String::from_utf8(content).unwrap()
    }
}

#[test]
fn a_download_gets_its_share_of_each_second() {
    for backing in Backing::all() {
        let ftp = backing.start(builder().handler(|handler| handler.write_limit(4)));
        let mut wire = Wire::log_in(&ftp);
        let mut download = Download::start(&mut wire, "RETR a");
        assert_eq!(download.arrived(&ftp), "0123");
        ftp.advance(SECOND / 2);
        assert_eq!(download.arrived(&ftp), "");
        ftp.advance(SECOND / 2);
        assert_eq!(download.arrived(&ftp), "4567");
        ftp.advance(SECOND);
        assert_eq!(download.arrived(&ftp), "89");
        wire.expect_reply(226);
    }
}

#[test]
fn what_was_not_used_of_a_second_is_not_to_be_had_later() {
    let ftp = builder().in_memory().handler(|handler| handler.write_limit(4)).start();
    let mut wire = Wire::log_in(&ftp);
    let mut download = Download::start(&mut wire, "RETR a");
    assert_eq!(download.arrived(&ftp), "0123");
    ftp.advance(60 * SECOND);
    assert_eq!(download.arrived(&ftp), "4567");
}

#[test]
fn an_upload_is_read_as_fast_as_it_may_come() {
    let ftp = builder().in_memory().handler(|handler| handler.read_limit(4)).start();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    wire.expect(150, "STOR b");
    data.write_all(b"0123456789").unwrap();
    drop(data);
    for stored in ["0123", "01234567", "0123456789"] {
        ftp.transcript();
        assert_eq!(ftp.read("b"), stored.as_bytes());
        ftp.advance(SECOND);
    }
    wire.expect_reply(226);
}

#[test]
fn the_limits_are_those_of_their_direction() {
    let ftp = builder().in_memory().handler(|handler| handler.read_limit(1).write_limit(0)).start();
    assert_eq!(Wire::log_in(&ftp).download("RETR a"), b"0123456789");
    let ftp = builder().in_memory().handler(|handler| handler.write_limit(1)).start();
    Wire::log_in(&ftp).upload("STOR b", "0123456789");
    assert_eq!(ftp.read("b"), b"0123456789");
}

#[test]
fn text_and_listings_are_held_back_too() {
    let ftp = builder().in_memory().file("t", "1\n2\n").handler(|handler| handler.write_limit(4)).start();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(200, "TYPE A");
    let mut download = Download::start(&mut wire, "RETR t");
    assert_eq!(download.arrived(&ftp), "1\r\n2");
    ftp.advance(SECOND);
    assert_eq!(download.arrived(&ftp), "\r\n");
    wire.expect_reply(226);
    let mut download = Download::start(&mut wire, "NLST");
    assert_eq!(download.arrived(&ftp), "a\r\nt");
    ftp.advance(SECOND);
    assert_eq!(download.arrived(&ftp), "\r\n");
    wire.expect_reply(226);
}

#[test]
fn one_session_is_not_held_back_for_another() {
    let ftp = builder().in_memory().handler(|handler| handler.write_limit(4)).start();
    let (mut first, mut second) = (Wire::log_in(&ftp), Wire::log_in(&ftp));
    let mut downloads = [Download::start(&mut first, "RETR a"), Download::start(&mut second, "RETR a")];
    for arrived in ["0123", "4567", "89"] {
        for download in &mut downloads {
            assert_eq!(download.arrived(&ftp), arrived);
        }
        ftp.advance(SECOND);
    }
}

#[test]
fn a_transfer_that_is_held_back_can_be_aborted() {
    let ftp = builder().in_memory().handler(|handler| handler.write_limit(4)).start();
    let mut wire = Wire::log_in(&ftp);
    let mut download = Download::start(&mut wire, "RETR a");
    assert_eq!(download.arrived(&ftp), "0123");
    wire.expect(426, "ABOR");
    wire.expect_reply(226);
    wire.expect(200, "NOOP");
}

#[test]
fn standing_still_for_the_servers_sake_is_no_stall() {
    let ftp =
        builder().in_memory().handler(|handler| handler.write_limit(4).data_timeout(SECOND / 4)).start();
    let mut wire = Wire::log_in(&ftp);
    let mut download = Download::start(&mut wire, "RETR a");
    for arrived in ["0123", "4567", "89"] {
        assert_eq!(download.arrived(&ftp), arrived);
        ftp.advance(SECOND);
    }
    wire.expect_reply(226);
}
