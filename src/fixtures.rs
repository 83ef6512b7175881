//! The fixture for [`rstest`](https://docs.rs/rstest): `use ftp_fixture::fixtures::ftp;`.

use rstest::fixture;

use crate::fixture::FtpFixture;

/// A running fixture, with `user:12345` or the users of `#[with(…)]`.
///
/// ```
/// use ftp_fixture::fixtures::ftp;
/// use ftp_fixture::prelude::*;
/// use rstest::rstest;
///
/// #[rstest]
/// fn greets(ftp: FtpFixture) {
///     assert_eq!(ftp.user(), "user");
/// }
///
/// #[rstest]
/// fn greets_alice(#[with(&["alice:s3cret:elr"])] ftp: FtpFixture) {
///     assert_eq!(ftp.user(), "alice");
/// }
/// ```
#[fixture]
pub fn ftp(#[default(&[])] users: &[&str]) -> FtpFixture {
    users.iter().fold(FtpFixture::builder(), |builder, user| builder.user(*user)).start()
}
