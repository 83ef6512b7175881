//! Async tests, of either flavour.

use ftp_fixture::prelude::*;

use crate::{make_directory, used};

#[tokio::test]
async fn on_one_thread() {
    let ftp = FtpFixture::start();
    make_directory(&ftp, "inbox");
    assert_transcript!(ftp);
    // What a task of the test's made is the test's when it is asserted on here.
    let transcript = tokio::task::spawn_blocking(|| used().transcript()).await.unwrap();
    assert_transcript!(transcript);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_many_threads() {
    let ftp = FtpFixture::start();
    let ftp = tokio::task::spawn_blocking(move || {
        make_directory(&ftp, "inbox");
        ftp
    });
    let ftp = ftp.await.unwrap();
    tokio::spawn(async move { assert_transcript!(ftp) }).await.unwrap();
}
