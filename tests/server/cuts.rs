//! Transfers that are cut at any byte: what is there afterwards, who is told, and that the session still answers.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ftp_fixture::FtpFixture;
use ftp_fixture::fixture::FtpFixtureBuilder;
use ftp_fixture::proto::Pathname;
use ftp_fixture::server::{SessionEvents, SessionInfo};

use crate::servers::Backing;
use crate::streams::reset;
use crate::wire::Wire;

const CONTENT: &[u8] = b"one\r\ntwo\r\n";
const SECOND: Duration = Duration::from_secs(1);

/// Writes down how transfers end.
#[derive(Debug, Default)]
struct Ends(Mutex<Vec<&'static str>>);

impl Ends {
    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl SessionEvents for Ends {
    fn on_file_sent(&self, _: &SessionInfo, _: &Pathname) {
        self.0.lock().unwrap().push("sent");
    }

    fn on_file_received(&self, _: &SessionInfo, _: &Pathname) {
        self.0.lock().unwrap().push("received");
    }

    fn on_incomplete_file_sent(&self, _: &SessionInfo, _: &Pathname) {
        self.0.lock().unwrap().push("incomplete sent");
    }

    fn on_incomplete_file_received(&self, _: &SessionInfo, _: &Pathname) {
        self.0.lock().unwrap().push("incomplete received");
    }
}

/// A disk and a memory fixture of each family, made by `change`.
fn servers(change: impl Fn(FtpFixtureBuilder) -> FtpFixtureBuilder) -> Vec<(FtpFixture, Arc<Ends>)> {
    let start = |backing: Backing| {
        let ends = Arc::new(Ends::default());
        let builder = FtpFixture::builder().file("a", CONTENT).events(ends.clone());
        (backing.start(change(builder)), ends)
    };
    Backing::all().into_iter().map(start).collect()
}

#[test]
fn an_upload_that_is_reset_at_any_byte_leaves_what_had_come() {
    for (ftp, ends) in servers(|builder| builder) {
        let mut wire = Wire::log_in(&ftp);
        for kept in 0..=CONTENT.len() {
            let mut data = wire.data();
            wire.expect(150, "STOR b");
            data.write_all(&CONTENT[..kept]).unwrap();
            reset(data);
            wire.expect_reply(426);
            wire.expect(200, "NOOP");
            assert_eq!(ftp.read("b"), &CONTENT[..kept]);
            assert_eq!(ends.take(), ["incomplete received"], "after {kept} bytes");
        }
        wire.upload("STOR b", CONTENT);
        assert_eq!(ftp.read("b"), CONTENT);
        assert_eq!(ftp.tree().paths(), ["/a", "/b"]);
    }
}

#[test]
fn a_text_that_is_reset_at_any_byte_leaves_what_is_certain_of_it() {
    for (ftp, ends) in servers(|builder| builder) {
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "TYPE A");
        // A CR whose next byte never came may have been half a line end.
        let stored = ["", "o", "on", "one", "one", "one\n", "one\nt", "one\ntw", "one\ntwo", "one\ntwo"];
        for (kept, stored) in stored.into_iter().enumerate() {
            let mut data = wire.data();
            wire.expect(150, "STOR b");
            data.write_all(&CONTENT[..kept]).unwrap();
            reset(data);
            wire.expect_reply(426);
            wire.expect(200, "NOOP");
            assert_eq!(ftp.read("b"), stored.as_bytes());
            assert_eq!(ends.take(), ["incomplete received"], "after {kept} bytes");
        }
    }
}

#[test]
fn an_upload_whose_client_vanishes_at_any_byte_leaves_what_had_come() {
    for (ftp, ends) in servers(|builder| builder) {
        for kept in 0..=CONTENT.len() {
            let mut wire = Wire::log_in(&ftp);
            let mut data = wire.data();
            wire.expect(150, "STOR b");
            data.write_all(&CONTENT[..kept]).unwrap();
            drop(wire);
            ftp.transcript();
            assert_eq!(ends.take(), ["incomplete received"], "after {kept} bytes");
            assert_eq!(ftp.read("b"), &CONTENT[..kept]);
        }
        Wire::log_in(&ftp).upload("STOR b", CONTENT);
        assert_eq!(ftp.read("b"), CONTENT);
        assert_eq!(ftp.tree().paths(), ["/a", "/b"]);
    }
}

/// One byte a second, so that a test says how many were sent.
fn slow(builder: FtpFixtureBuilder) -> FtpFixtureBuilder {
    builder.handler(|handler| handler.write_limit(1)).manual_time()
}

/// Starts a download, and takes `count` bytes of it, but the first, which comes by itself.
#[track_caller]
fn download(ftp: &FtpFixture, wire: &mut Wire, count: usize) -> std::net::TcpStream {
    let mut data = wire.data();
    wire.expect(150, "RETR a");
    let mut content = vec![0; count];
    for at in 0..count {
        data.read_exact(&mut content[at..=at]).unwrap();
        if at + 1 < count {
            ftp.advance(SECOND);
        }
    }
    assert_eq!(content, CONTENT[..count]);
    data
}

#[test]
fn a_download_that_is_reset_at_any_byte_leaves_a_session_that_answers() {
    for (ftp, ends) in servers(slow) {
        let mut wire = Wire::log_in(&ftp);
        for taken in 1..CONTENT.len() {
            let data = download(&ftp, &mut wire, taken);
            reset(data);
            ftp.advance(SECOND);
            wire.expect_reply(426);
            wire.expect(200, "NOOP");
            assert_eq!(ends.take(), ["incomplete sent"], "after {taken} bytes");
        }
        let whole = download(&ftp, &mut wire, CONTENT.len());
        wire.expect_reply(226);
        drop(whole);
        wire.expect(200, "NOOP");
        assert_eq!(ends.take(), ["sent"]);
        assert_eq!(ftp.read("a"), CONTENT);
        assert_eq!(ftp.tree().paths(), ["/a"]);
    }
}

#[test]
fn a_download_whose_client_vanishes_at_any_byte_leaves_a_server_that_answers() {
    for (ftp, ends) in servers(slow) {
        for taken in 1..CONTENT.len() {
            let mut wire = Wire::log_in(&ftp);
            let mut data = download(&ftp, &mut wire, taken);
            drop(wire);
            assert_eq!(data.read(&mut [0]).unwrap(), 0, "the transfer ends with its session");
            ftp.transcript();
            assert_eq!(ends.take(), ["incomplete sent"], "after {taken} bytes");
        }
        let mut wire = Wire::log_in(&ftp);
        drop(download(&ftp, &mut wire, CONTENT.len()));
        wire.expect_reply(226);
        assert_eq!(ftp.tree().paths(), ["/a"]);
    }
}
