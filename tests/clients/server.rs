//! The server that every client meets: its users and its files.

use std::net::TcpListener;

use ftp_fixture::fixture::FtpFixtureBuilder;
use ftp_fixture::prelude::*;

use crate::payload::{TEXT, binary};

/// On 127.0.0.1: `alice` may do everything, `bob` and `anonymous` may read.
pub(crate) fn fixture() -> FtpFixture {
    builder("127.0.0.1:0").start()
}

/// The same on `::1`; says so and gives `None` where there is none.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn fixture_on_ipv6() -> Option<FtpFixture> {
    if TcpListener::bind("[::1]:0").is_err() {
        eprintln!("skipped: there is no ::1 on this machine");
        return None;
    }
    Some(builder("[::1]:0").start())
}

/// What is started at `address`.
pub(crate) fn builder(address: &str) -> FtpFixtureBuilder {
    FtpFixture::builder()
        .listen(address)
        .user("alice:s3cret")
        .user("bob:pw:elr")
        .anonymous()
        .file("pub/big.bin", binary())
        .file("pub/text.csv", TEXT)
        .file("two words.txt", "two\n")
        .dir("inbox")
}
