//! rclone over TLS, which trusts what `SSL_CERT_FILE` names.
//!
//! As without TLS, its connections come in no fixed order; where it makes but one, it is a snapshot.

use ftp_fixture::prelude::*;
use ftp_fixture::tls::TlsVersions;

use super::server::{VERSIONS, fixture, fixture_that_demands_reuse, large, with_bad_certificates};
use crate::desk::Desk;
use crate::facts;
use crate::payload::{assert_same, binary};
use crate::program::{Outcome, Program};

struct Rclone {
    program: Program,
    desk: Desk,
}

impl Rclone {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("rclone")?, desk: Desk::new() })
    }

    /// Runs rclone with nobody's settings, and once; the fixture's CA alone is trusted.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, arguments: &[&str]) -> Outcome {
        // A file that does not exist is no configuration.
        let always = ["--config", "rclone.conf", "--retries=1", "--low-level-retries=1", "--timeout=30s"];
        let trusted = [("SSL_CERT_FILE", ftp.ca_file().as_os_str()), ("SSL_CERT_DIR", "/dev/null".as_ref())];
        self.program.run_with(&trusted, self.desk.path(), always.iter().chain(arguments))
    }

    /// The server's name on rclone's command line, as the first user.
    fn remote(&self, ftp: &FtpFixture) -> String {
        let obscured = self.program.run(self.desk.path(), ["obscure", ftp.password()]).exits_with(0).text();
        let server = format!("host=127.0.0.1,port={},user={}", ftp.port(), ftp.user());
        let tls = if ftp.url().starts_with("ftps://") { "tls" } else { "explicit_tls" };
        format!(":ftp,{server},pass={},{tls}=true:", obscured.trim_end())
    }

    /// Uploads, downloads and lists.
    #[track_caller]
    fn transfer(&self, ftp: &FtpFixture) {
        let remote = self.remote(ftp);
        self.desk.write("tree/big.bin", &binary());
        self.run(ftp, &["copy", "tree", &format!("{remote}inbox")]).exits_with(0);
        assert_same(&ftp.read("/inbox/big.bin"), &binary());
        self.run(ftp, &["copy", &format!("{remote}inbox"), "back"]).exits_with(0);
        assert_same(&self.desk.read("back/big.bin"), &binary());
        self.desk.remove("back/big.bin");
        let listed = self.run(ftp, &["lsf", &format!("{remote}pub")]).exits_with(0).text();
        assert_eq!(listed, "big.bin\ntext.csv\n");
        assert_eq!(facts::commands(ftp, &["STOR", "RETR"]), ["RETR inbox/big.bin", "STOR inbox/big.bin"]);
        assert_eq!(facts::refusals(ftp), [""; 0]);
    }
}

#[test]
fn files_go_over_explicit_tls() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture(Tls::explicit().control_required(true).data_required(true));
    rclone.transfer(&ftp);
}

#[test]
fn files_go_over_implicit_tls() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture(Tls::implicit().data_required(true));
    rclone.transfer(&ftp);
}

#[test]
fn a_file_is_read_over_one_connection() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture(Tls::explicit());
    let listed = rclone.run(&ftp, &["lsf", &format!("{}pub", rclone.remote(&ftp))]).exits_with(0).text();
    assert_eq!(listed, "big.bin\ntext.csv\n");
    assert_transcript!(ftp);
}

#[test]
fn each_bad_certificate_is_refused() {
    let Some(rclone) = Rclone::find() else { return };
    let transcript = with_bad_certificates(&Tls::explicit(), |ftp| {
        let outcome = rclone.run(ftp, &["lsf", &rclone.remote(ftp)]).exits_with(1);
        assert!(outcome.stderr.contains("x509: "), "{}", outcome.stderr);
    });
    assert_transcript!(transcript);
}

#[test]
fn its_data_connections_resume_the_session() {
    let Some(rclone) = Rclone::find() else { return };
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        rclone.transfer(&ftp);
    }
}

#[test]
fn a_large_upload_is_whole() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture(Tls::explicit().versions(TlsVersions::Only13));
    rclone.desk.write("large.bin", &large());
    rclone.run(&ftp, &["copyto", "large.bin", &format!("{}large.bin", rclone.remote(&ftp))]).exits_with(0);
    assert_same(&ftp.read("/large.bin"), &large());
}
