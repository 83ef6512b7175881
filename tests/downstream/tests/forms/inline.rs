//! Snapshots in the source.

use ftp_fixture::prelude::*;

use crate::used;

#[test]
fn of_a_fixture() {
    assert_transcript!(used(), @r#"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> MKD inbox
    S> 257 "/inbox" created.
    C> QUIT
    S> 221 Goodbye.
    "#);
}

#[test]
fn of_a_transcript() {
    assert_transcript!(FtpFixture::start().transcript(), @"");
    let ftp = FtpFixture::builder().banner("a \"quoted\" \\ banner").start();
    drop(std::net::TcpStream::connect(ftp.addr()).unwrap());
    assert_transcript!(ftp.finish().unwrap().transcript, @r#"
    == session 1
    S> 220 a "quoted" \\ banner
    -- client closed
    "#);
}
