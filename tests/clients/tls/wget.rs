//! wget over TLS: AUTH TLS, PBSZ and PROT before SYST, and reuse of the session unless it is told not to.

use ftp_fixture::prelude::*;

use super::server::{VERSIONS, fixture, fixture_that_demands_reuse, with_bad_certificates};
use crate::desk::Desk;
use crate::payload::{TEXT, assert_same, binary};
use crate::program::{Outcome, Program};

// As wget(1) lists them.
const SSL_VERIFICATION_FAILED: i32 = 5;

struct Wget {
    program: Program,
    desk: Desk,
}

impl Wget {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("wget")?, desk: Desk::new() })
    }

    /// Runs wget without anyone's settings, and once; the fixture's CA alone is trusted.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, arguments: &[&str]) -> Outcome {
        let always = ["--no-config", "--no-verbose", "--tries=1", "--timeout=30", "--ca-directory=/dev/null"];
        let trust = format!("--ca-certificate={}", ftp.ca_file().display());
        self.program.run(self.desk.path(), always.iter().chain([&trust.as_str()]).chain(arguments))
    }

    /// Downloads and lists.
    #[track_caller]
    fn transfer(&self, ftp: &FtpFixture, options: &[&str]) {
        let run = |arguments: &[&str]| self.run(ftp, &[options, arguments].concat()).exits_with(0);
        run(&["--output-document=big.bin", &url(ftp, "pub/big.bin")]);
        assert_same(&self.desk.read("big.bin"), &binary());
        run(&["--output-document=index.html", &url(ftp, "pub/")]);
        let page = String::from_utf8(self.desk.read("index.html")).expect("a page in UTF-8");
        assert!(page.contains(&format!(">text.csv</a>  ({} bytes)", TEXT.len())), "{page}");
    }
}

/// wget calls it ftps, explicit TLS or implicit.
fn url(ftp: &FtpFixture, path: &str) -> String {
    format!("ftps://{}:{}@{}/{path}", ftp.user(), ftp.password(), ftp.addr())
}

#[test]
fn files_come_over_explicit_tls() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture(Tls::explicit().control_required(true).data_required(true));
    wget.transfer(&ftp, &[]);
    assert_transcript!(ftp);
}

#[test]
fn files_come_over_implicit_tls() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture(Tls::implicit());
    wget.transfer(&ftp, &["--ftps-implicit"]);
    assert_transcript!(ftp);
}

#[test]
fn each_bad_certificate_is_refused() {
    let Some(wget) = Wget::find() else { return };
    let transcript = with_bad_certificates(&Tls::explicit(), |ftp| {
        wget.run(ftp, &[&url(ftp, "pub/text.csv")]).exits_with(SSL_VERIFICATION_FAILED);
    });
    assert_transcript!(transcript);
}

#[test]
fn its_data_connections_resume_the_session() {
    let Some(wget) = Wget::find() else { return };
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        wget.transfer(&ftp, &["--ftps-resume-ssl"]);
        assert_transcript!(ftp, "wget_resumes");
    }
}
