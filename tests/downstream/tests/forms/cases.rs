//! rstest: each case has a snapshot of its own.

use std::time::Duration;

use ftp_fixture::fixtures::ftp;
use ftp_fixture::prelude::*;
use rstest::rstest;

use crate::make_directory;

#[rstest]
fn the_default_fixture(ftp: FtpFixture) {
    make_directory(&ftp, "inbox");
    assert_transcript!(ftp);
}

#[rstest]
fn a_fixture_with_users(#[with(&["alice:s3cret"])] ftp: FtpFixture) {
    make_directory(&ftp, "inbox");
    assert_transcript!(ftp);
}

#[rstest]
#[case("one")]
#[case::with_a_name("two")]
#[case::with_a_blank("three and four")]
fn cases(ftp: FtpFixture, #[case] name: &str) {
    make_directory(&ftp, name);
    assert_transcript!(ftp);
}

#[rstest]
fn values(ftp: FtpFixture, #[values("one", "two")] first: &str, #[values("three", "four")] second: &str) {
    make_directory(&ftp, first);
    make_directory(&ftp, second);
    assert_transcript!(ftp);
}

#[rstest]
#[case("one")]
#[case("two")]
#[tokio::test]
async fn asynchronous_cases(ftp: FtpFixture, #[case] name: &str) {
    make_directory(&ftp, name);
    assert_transcript!(ftp);
}

#[rstest]
#[case("one")]
#[case("two")]
#[timeout(Duration::from_secs(60))]
fn cases_with_a_timeout(ftp: FtpFixture, #[case] name: &str) {
    make_directory(&ftp, name);
    assert_transcript!(ftp);
}

#[rstest]
#[case("one")]
#[case("two")]
fn several_in_each_case(ftp: FtpFixture, #[case] name: &str) {
    assert_transcript!(ftp);
    make_directory(&ftp, name);
    assert_transcript!(ftp);
}
