//! Python's `ftplib.FTP_TLS`, which resumes no session, and what its users make of it: one that does, and one for
//! implicit TLS, which it does not know.

use ftp_fixture::prelude::*;
use ftp_fixture::tls::{ClientCertificates, TlsVersions};

use super::server::{VERSIONS, fixture, fixture_that_demands_reuse, large, with_bad_certificates};
use crate::desk::Desk;
use crate::payload::{assert_same, binary};
use crate::program::{Outcome, Program};

/// Makes `ftp`, of a class that the first argument names; a script goes on from there.
const BEGIN: &str = r#"
import ftplib, io, os, ssl, sys
kind, ca_file, host, port, user, password = sys.argv[1:]
context = ssl.create_default_context(cafile=ca_file)
if os.path.exists("client.pem"):
    context.load_cert_chain("client.pem", "client.key")

class Resuming(ftplib.FTP_TLS):
    def ntransfercmd(self, cmd, rest=None):
        data, size = ftplib.FTP.ntransfercmd(self, cmd, rest)
        if self._prot_p:
            data = self.context.wrap_socket(data, server_hostname=self.host, session=self.sock.session)
        return data, size

class Implicit(ftplib.FTP_TLS):
    _sock = None

    @property
    def sock(self):
        return self._sock

    @sock.setter
    def sock(self, sock):
        if sock is not None and not isinstance(sock, ssl.SSLSocket):
            sock = self.context.wrap_socket(sock, server_hostname=self.host)
        self._sock = sock

kinds = {"plain": ftplib.FTP_TLS, "resuming": Resuming, "implicit": Implicit}
ftp = kinds[kind](context=context, timeout=30)
ftp.connect(host, int(port))
ftp.login(user, password)
ftp.prot_p()
"#;

const TRANSFER: &str = r#"
ftp.storbinary("STOR inbox/big.bin", open("big.bin", "rb"))
ftp.retrbinary("RETR inbox/big.bin", open("back.bin", "wb").write)
print(*ftp.nlst("pub"))
ftp.quit()
"#;

struct Python {
    program: Program,
    desk: Desk,
}

impl Python {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("python3")?, desk: Desk::new() })
    }

    /// Runs `script` with `ftp` logged in and data protected; the fixture's CA alone is trusted.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, kind: &str, script: &str) -> Outcome {
        let script = format!("{BEGIN}{script}");
        let ca_file = ftp.ca_file().to_str().expect("a path in UTF-8");
        let (host, port) = (ftp.host().to_string(), ftp.port().to_string());
        let who = [ftp.user(), ftp.password()];
        let arguments = ["-I", "-X", "utf8", "-c", &script, kind, ca_file, &host, &port, who[0], who[1]];
        self.program.run(self.desk.path(), arguments)
    }

    /// Uploads, downloads and lists.
    #[track_caller]
    fn transfer(&self, ftp: &FtpFixture, kind: &str) {
        self.desk.write("big.bin", &binary());
        let listed = self.run(ftp, kind, TRANSFER).exits_with(0).text();
        assert_eq!(listed, "big.bin text.csv\n");
        assert_same(&ftp.read("/inbox/big.bin"), &binary());
        assert_same(&self.desk.read("back.bin"), &binary());
    }
}

#[test]
fn files_go_over_explicit_tls() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture(Tls::explicit().control_required(true).data_required(true));
    python.transfer(&ftp, "plain");
    assert_transcript!(ftp);
}

#[test]
fn files_go_over_implicit_tls() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture(Tls::implicit());
    python.transfer(&ftp, "implicit");
    assert_transcript!(ftp);
}

#[test]
fn files_go_over_active_data_connections() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture(Tls::explicit());
    python.desk.write("big.bin", &binary());
    python.run(&ftp, "plain", &format!("ftp.set_pasv(False){TRANSFER}")).exits_with(0);
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_same(&python.desk.read("back.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn each_bad_certificate_is_refused() {
    let Some(python) = Python::find() else { return };
    let transcript = with_bad_certificates(&Tls::explicit(), |ftp| {
        let outcome = python.run(ftp, "plain", "").exits_with(1);
        assert!(outcome.stderr.contains("CERTIFICATE_VERIFY_FAILED"), "{}", outcome.stderr);
    });
    assert_transcript!(transcript);
}

#[test]
fn who_passes_the_session_on_passes_where_reuse_is_demanded() {
    let Some(python) = Python::find() else { return };
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        python.transfer(&ftp, "resuming");
        // The one session serves any number of data connections.
        python
            .run(&ftp, "resuming", "for _ in range(100): ftp.retrbinary('RETR two words.txt', len)")
            .exits_with(0);
        assert_transcript!(ftp.transcript().session(1), "ftplib_resumes");
    }
}

#[test]
fn who_does_not_gets_522() {
    let Some(python) = Python::find() else { return };
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        let outcome = python.run(&ftp, "plain", "ftp.storbinary('STOR new.txt', io.BytesIO(b''))");
        assert_eq!(outcome.code, Some(1), "{}", outcome.stderr);
        assert_transcript!(ftp, "ftplib_does_not_resume");
    }
}

#[test]
fn a_large_upload_is_whole() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture(Tls::explicit().versions(TlsVersions::Only13));
    python.desk.write("large.bin", &large());
    let script = "ftp.storbinary('STOR large.bin', open('large.bin', 'rb')); ftp.quit()";
    python.run(&ftp, "plain", script).exits_with(0);
    assert_same(&ftp.read("/large.bin"), &large());
}

#[test]
fn the_control_connection_is_cleared_with_ccc() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture(Tls::explicit());
    // The reply's reader was made over TLS.
    let script =
        "ftp.ccc(); ftp.file = ftp.sock.makefile('r'); ftp.retrlines('RETR pub/text.csv'); ftp.quit()";
    python.run(&ftp, "plain", script).exits_with(0);
    assert_transcript!(ftp);
}

#[test]
fn a_client_certificate_is_its_user() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture(Tls::explicit().client_certificates(ClientCertificates::Required));
    let identity = ftp.client_identity("alice");
    python.desk.write("client.pem", identity.certificate_pem().as_bytes());
    python.desk.write("client.key", identity.key_pem().as_bytes());
    python.transfer(&ftp, "plain");
    assert_transcript!(ftp);
}
