//! lftp over TLS: AUTH TLS before USER, PBSZ and PROT when it is logged in, and reuse of the session.

use ftp_fixture::prelude::*;
use ftp_fixture::tls::TlsVersions;

use super::server::{VERSIONS, fixture, fixture_that_demands_reuse, large, with_bad_certificates};
use crate::desk::Desk;
use crate::payload::{assert_same, binary};
use crate::program::{Outcome, Program};

/// What keeps one run like the next: one connection, no retries, no guesses; and nothing in the clear.
const SETTINGS: &str = "\
    set cmd:fail-exit yes; set cmd:interactive no; set cmd:save-cwd-history no; \
    set net:max-retries 1; set net:persist-retries 0; set net:timeout 30; set net:connection-limit 1; \
    set ftp:ssl-force yes; set ftp:ssl-protect-data yes; set ftp:ssl-protect-list yes; \
    set ftp:use-mdtm-overloaded no; set ftp:client ''; set ftp:anon-pass ada@example.org;";

struct Lftp {
    program: Program,
    desk: Desk,
}

impl Lftp {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("lftp")?, desk: Desk::new() })
    }

    /// Runs `script` as the first user, who trusts the fixture's CA alone.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, script: &str) -> Outcome {
        let (ca_file, url) = (ftp.ca_file().display(), ftp.url());
        let script = format!("{SETTINGS} set ssl:ca-file {ca_file}; open {url}; {script}");
        self.program.run(self.desk.path(), ["--norc", "-c", &script])
    }

    /// Uploads, downloads and lists.
    #[track_caller]
    fn transfer(&self, ftp: &FtpFixture) {
        self.desk.write("big.bin", &binary());
        let script = "put big.bin -o inbox/big.bin; get inbox/big.bin -o back.bin; nlist pub";
        let listed = self.run(ftp, script).exits_with(0).text();
        assert_eq!(listed, "big.bin\ntext.csv\n");
        assert_same(&ftp.read("/inbox/big.bin"), &binary());
        assert_same(&self.desk.read("back.bin"), &binary());
        self.desk.remove("back.bin");
    }
}

#[test]
fn files_go_over_explicit_tls() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture(Tls::explicit().control_required(true).data_required(true));
    lftp.transfer(&ftp);
    assert_transcript!(ftp);
}

#[test]
fn files_go_over_implicit_tls() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture(Tls::implicit());
    lftp.transfer(&ftp);
    assert_transcript!(ftp);
}

#[test]
fn files_go_over_active_data_connections() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture(Tls::explicit());
    lftp.desk.write("big.bin", &binary());
    lftp.run(&ftp, "set ftp:passive-mode no; put big.bin; get big.bin -o back.bin; nlist").exits_with(0);
    assert_same(&ftp.read("/big.bin"), &binary());
    assert_same(&lftp.desk.read("back.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn each_bad_certificate_is_refused() {
    let Some(lftp) = Lftp::find() else { return };
    let transcript = with_bad_certificates(&Tls::explicit(), |ftp| {
        let outcome = lftp.run(ftp, "cat pub/text.csv").exits_with(1);
        assert!(outcome.stderr.contains("Certificate verification"), "{}", outcome.stderr);
    });
    assert_transcript!(transcript);
}

#[test]
fn its_data_connections_resume_the_session() {
    let Some(lftp) = Lftp::find() else { return };
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        lftp.transfer(&ftp);
        lftp.run(&ftp, "put big.bin -o 1; put big.bin -o 2; cat 1; cat 2; nlist").exits_with(0);
        assert_transcript!(ftp, "lftp_resumes");
    }
}

#[test]
fn a_large_upload_is_whole() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture(Tls::explicit().versions(TlsVersions::Only13));
    lftp.desk.write("large.bin", &large());
    lftp.run(&ftp, "put large.bin").exits_with(0);
    assert_same(&ftp.read("/large.bin"), &large());
}
