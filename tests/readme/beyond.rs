//! What the README shows beyond the whole snapshot, letter by letter.

use std::io::Cursor;
use std::thread;

use ftp_fixture::prelude::*;
use suppaftp::FtpStream;
use suppaftp::types::FileType;

fn upload(ftp: &FtpFixture, name: &str, content: &[u8]) {
    let mut client = FtpStream::connect(ftp.addr()).unwrap();
    client.login("user", "12345").unwrap();
    client.transfer_type(FileType::Binary).unwrap();
    client.put_file(name, &mut Cursor::new(content)).unwrap();
    client.quit().unwrap();
}

#[test]
fn uploads_every_byte() {
    let ftp = FtpFixture::builder().record(Record::full()).start();
    thread::scope(|scope| {
        scope.spawn(|| upload(&ftp, "logo.png", b"\x89PNG\r\n"));
        let stored = ftp.wait_for(verb("STOR").path("*.png")); // until its last reply; no sleep
        assert_eq!(stored.code(), Some(226));
    });
    assert_eq!(ftp.transcript().transfers()[0].bytes().unwrap(), &b"\x89PNG\r\n"[..]);
}

#[test]
fn uploads_side_by_side() {
    let ftp = FtpFixture::builder()
        .session_order(SessionOrder::Content) // whichever connects first
        .label(|session| session.exchanges(verb("STOR").path("index.csv")).first().map(|_| "indexer"))
        .hole("X-RUN", r"^STOR run-(\d+)") // another in every run
        .start();
    let run = format!("run-{}.csv", std::process::id());
    thread::scope(|scope| {
        scope.spawn(|| upload(&ftp, "index.csv", b"run\n"));
        scope.spawn(|| upload(&ftp, &run, b"id,name\n"));
    });
    let expected = Expectation::load("tests/data/uploads.ftp").unwrap();
    ftp.transcript().matches(&expected).unwrap();
}
