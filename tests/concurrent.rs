//! One transcript for one set of clients, however their sessions fall together, on a busy machine.

#[expect(unreachable_pub, reason = "other tests use it from other modules")]
mod load;
#[expect(
    dead_code,
    unreachable_pub,
    reason = "other tests use the rest of the client, and from other modules"
)]
mod wire;

use std::thread;

use ftp_fixture::prelude::*;

use load::BusyCores;
use wire::Wire;

const CLIENTS: usize = 10;
const SESSIONS_OF_EACH: usize = 20;
/// How many fixtures are to see the same, where `FTP_FIXTURE_RUNS` says nothing: each has two hundred sessions.
const RUNS: usize = 8;

#[test]
fn ten_clients_at_once_have_one_transcript_ordered_by_content() {
    let builder = FtpFixture::builder().in_memory().session_order(SessionOrder::Content);
    assert_one_text(&builder, |ftp| {
        thread::scope(|scope| {
            for client in 0..CLIENTS {
                scope.spawn(move || (0..SESSIONS_OF_EACH).for_each(|_| visit(ftp, client)));
            }
        });
    });
}

#[test]
fn two_hundred_sessions_one_after_another_keep_the_order_in_which_they_were_accepted() {
    let builder = FtpFixture::builder().in_memory();
    assert_one_text(&builder, |ftp| {
        (0..CLIENTS * SESSIONS_OF_EACH).for_each(|session| visit(ftp, session % CLIENTS));
    });
}

/// One session: a directory of the client's own, an upload into it, and its listing.
fn visit(ftp: &FtpFixture, client: usize) {
    let mut wire = Wire::log_in(ftp);
    // It is there from the second time on; which session is the first is known to the client alone.
    wire.command(&format!("MKD {client}"));
    wire.expect(250, &format!("CWD {client}"));
    wire.upload("STOR a.txt", format!("{client}\n"));
    assert_eq!(wire.download("NLST"), b"a.txt\r\n");
    if client.is_multiple_of(2) {
        wire.expect(221, "QUIT");
    }
}

#[track_caller]
fn assert_one_text(builder: &ftp_fixture::fixture::FtpFixtureBuilder, clients: impl Fn(&FtpFixture)) {
    let _busy = BusyCores::shared(1);
    let run = || {
        let ftp = builder.clone().start();
        clients(&ftp);
        ftp.transcript().to_string()
    };
    let first = run();
    assert_eq!(first.matches("== session ").count(), CLIENTS * SESSIONS_OF_EACH);
    for number in 2..=runs() {
        let text = run();
        let differing = first.lines().zip(text.lines()).position(|(first, this)| first != this);
        assert!(text == first, "run {number} differs from the first, in line {differing:?}\n{text}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "five hundred runs take minutes: too long for each time, not for once"
)]
fn runs() -> usize {
    match std::env::var("FTP_FIXTURE_RUNS") {
        Ok(runs) => runs.parse().expect("FTP_FIXTURE_RUNS is a number"),
        Err(_) => RUNS,
    }
}
