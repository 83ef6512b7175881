//! Every form of the assertion, in one binary with modules.

mod asynchronous;
mod cases;
mod inline;
mod named;
mod threads;

use ftp_fixture::prelude::*;

/// A fixture in which a client has made a directory.
fn used() -> FtpFixture {
    let ftp = FtpFixture::start();
    make_directory(&ftp, "inbox");
    ftp
}

fn make_directory(ftp: &FtpFixture, name: &str) {
    downstream::make_directory(ftp.addr(), ftp.user(), ftp.password(), name).unwrap();
}

/// An assertion that several tests share.
fn assert_used(ftp: &FtpFixture) {
    assert_transcript!(ftp);
}

#[test]
fn in_the_root() {
    assert_transcript!(used());
}

#[test]
fn through_a_shared_function() {
    assert_used(&used());
}
