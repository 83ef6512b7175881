//! The table: each way in which a command succeeds or is refused, one row each.
//!
//! The files are `dated.txt` (`dated`, of 1999-02-03), `docs/a.txt` (`a`), `docs/b.txt` (`bb`), the directory `empty`,
//! and `hello.txt` (`hello` and LF); an upload brings `new` and CRLF.

mod extension;
mod file;
mod pattern;
pub(crate) mod row;
mod security;
mod session;
mod transfer;

use std::time::{Duration, SystemTime};

use ftp_fixture::FtpFixture;
use ftp_fixture::fixture::FtpFixtureBuilder;

pub(crate) use pattern::matches;
pub(crate) use row::{Row, Who};

/// All of it.
pub(crate) const TABLE: [&[Row]; 5] =
    [session::ROWS, file::ROWS, transfer::ROWS, extension::ROWS, security::ROWS];

/// What every upload of the table brings.
pub(crate) const UPLOADED: &[u8] = b"new\r\n";

/// The users and files that the table is about.
#[track_caller]
pub(crate) fn server() -> FtpFixtureBuilder {
    // 1999-02-03T04:05:06Z: over 180 days before the clock's time.
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(918_014_706);
    FtpFixture::builder()
        .user("alice:s3cret")
        .user("guest:pw:")
        .file_modified("dated.txt", "dated", long_ago)
        .file("docs/a.txt", "a")
        .file("docs/b.txt", "bb")
        .dir("empty")
        .file("hello.txt", "hello\n")
}

/// The port of the data connection that a 227 or a 229 reply announces.
pub(crate) fn announced_port(reply: &str) -> Option<u16> {
    let parenthesis = reply.split(['(', ')']).nth(1).unwrap_or_default();
    let numbers: Vec<u16> = parenthesis.split([',', '|']).filter_map(|number| number.parse().ok()).collect();
    match (reply.get(..3)?, numbers.as_slice()) {
        ("227", [.., high, low]) => Some(high * 256 + low),
        ("229", [port]) => Some(*port),
        _ => None,
    }
}
