//! What a test needs, in one line: `use ftp_fixture::prelude::*;`.

pub use assert_fs::assert::PathAssert;
pub use assert_fs::fixture::{
    FileTouch, FileWriteBin, FileWriteFile, FileWriteStr, PathChild, PathCopy, PathCreateDir, SymlinkToDir,
    SymlinkToFile,
};

pub use crate::auth::User;
pub use crate::clock::Clock;
pub use crate::fixture::FtpFixture;
pub use crate::matching::{CommandView, any_command, verb};
#[cfg(feature = "tls")]
pub use crate::tls::Tls;
pub use crate::transcript::{Expectation, Record, SessionOrder, Transcript};

#[cfg(feature = "insta")]
pub use crate::assert_transcript;
