//! Our own server: what is said of the others is true of it, too.

use ftp_fixture::prelude::*;

use crate::account::{PASSWORD, USER};
use crate::server::{Encryption, Setting};

pub(crate) fn start(setting: &Setting) -> FtpFixture {
    let builder = FtpFixture::builder()
        .user(format!("{USER}:{PASSWORD}"))
        .serve_dir(&setting.home)
        .clock(Clock::system());
    match setting.encryption {
        Encryption::Plain => builder,
        Encryption::Explicit => builder.tls(Tls::explicit().control_required(true).data_required(true)),
        Encryption::Implicit => builder.tls(Tls::implicit()),
    }
    .start()
}
