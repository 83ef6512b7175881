//! aioftp over TLS: AUTH TLS, PBSZ and PROT when it is told to, and reuse of the session.

use ftp_fixture::prelude::*;
use ftp_fixture::tls::TlsVersions;

use super::server::{VERSIONS, fixture, fixture_that_demands_reuse, large, with_bad_certificates};
use crate::desk::Desk;
use crate::payload::{assert_same, binary};
use crate::program::{Outcome, Program};

/// Logs in; a script goes on from there, indented.
const BEGIN: &str = r#"
import asyncio, aioftp, ssl, sys
kind, ca_file, host, port, user, password = sys.argv[1:]
context = ssl.create_default_context(cafile=ca_file)

async def main():
    client = aioftp.Client(socket_timeout=30, ssl=context if kind == "implicit" else None)
    await client.connect(host, int(port))
    if kind == "explicit":
        await client.upgrade_to_tls(context)
    await client.login(user, password)
"#;

struct Aioftp {
    python: Program,
    desk: Desk,
}

impl Aioftp {
    fn find() -> Option<Self> {
        Some(Self { python: Program::named_by("FTP_FIXTURE_PYTHON", "aioftp")?, desk: Desk::new() })
    }

    /// Runs `script` as the first user, who trusts the fixture's CA alone, and quits.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, kind: &str, script: &str) -> Outcome {
        let body: String = script.lines().map(|line| format!("    {line}\n")).collect();
        let script = format!("{BEGIN}{body}    await client.quit()\n\nasyncio.run(main())\n");
        let ca_file = ftp.ca_file().to_str().expect("a path in UTF-8");
        let (host, port) = (ftp.host().to_string(), ftp.port().to_string());
        let server = [kind, ca_file, &host, &port, ftp.user(), ftp.password()];
        self.python.run(self.desk.path(), ["-I", "-X", "utf8", "-c", &script].into_iter().chain(server))
    }

    /// Uploads, downloads and lists.
    #[track_caller]
    fn transfer(&self, ftp: &FtpFixture, kind: &str) {
        self.desk.write("big.bin", &binary());
        let script = r#"
await client.upload("big.bin", "/inbox/big.bin", write_into=True)
await client.download("/inbox/big.bin", "back.bin", write_into=True)
print(*(path for path, facts in await client.list("/pub")))
"#;
        assert_eq!(self.run(ftp, kind, script).exits_with(0).text(), "/pub/big.bin /pub/text.csv\n");
        assert_same(&ftp.read("/inbox/big.bin"), &binary());
        assert_same(&self.desk.read("back.bin"), &binary());
    }
}

#[test]
fn files_go_over_explicit_tls() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture(Tls::explicit().control_required(true).data_required(true));
    aioftp.transfer(&ftp, "explicit");
    assert_transcript!(ftp);
}

#[test]
fn files_go_over_implicit_tls() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture(Tls::implicit());
    aioftp.transfer(&ftp, "implicit");
    assert_transcript!(ftp);
}

#[test]
fn each_bad_certificate_is_refused() {
    let Some(aioftp) = Aioftp::find() else { return };
    let transcript = with_bad_certificates(&Tls::explicit(), |ftp| {
        let outcome = aioftp.run(ftp, "explicit", "").exits_with(1);
        assert!(outcome.stderr.contains("CERTIFICATE_VERIFY_FAILED"), "{}", outcome.stderr);
    });
    assert_transcript!(transcript);
}

#[test]
fn its_data_connections_resume_the_session() {
    let Some(aioftp) = Aioftp::find() else { return };
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        aioftp.transfer(&ftp, "explicit");
        assert_transcript!(ftp, "aioftp_resumes");
    }
}

#[test]
fn a_large_upload_is_whole() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture(Tls::explicit().versions(TlsVersions::Only13));
    aioftp.desk.write("large.bin", &large());
    aioftp.run(&ftp, "explicit", r#"await client.upload("large.bin")"#).exits_with(0);
    assert_same(&ftp.read("/large.bin"), &large());
}
