//! basic-ftp over TLS: AUTH TLS first, PBSZ and PROT last, and reuse of the session.

use std::path::PathBuf;

use ftp_fixture::prelude::*;
use ftp_fixture::tls::TlsVersions;

use super::server::{VERSIONS, fixture, fixture_that_demands_reuse, large, with_bad_certificates};
use crate::desk::Desk;
use crate::payload::{assert_same, binary};
use crate::program::{Outcome, Program, path_named_by};

/// What every script begins with: the first user's session. At its end the client closes the connection.
const BEGIN: &str = r#"
const [modules, secure, ca, host, port, user, password] = process.argv.slice(1);
const { Client } = require(modules + "/basic-ftp");
const client = new Client(30_000);
const secureOptions = { ca: require("fs").readFileSync(ca) };

async function main() {
    await client.access({
        host, port: Number(port), user, password, secureOptions, secure: secure === "implicit" ? secure : true,
    });
"#;

const END: &str = r#"
    await client.send("QUIT");
}

main()
    .catch((error) => { console.error(error.message ?? error); process.exitCode = 1; })
    .finally(() => client.close());
"#;

struct BasicFtp {
    node: Program,
    modules: PathBuf,
    desk: Desk,
}

impl BasicFtp {
    fn find() -> Option<Self> {
        Some(Self {
            node: Program::find_of("node", "nodejs")?,
            modules: path_named_by("FTP_FIXTURE_NODE_MODULES", "basic-ftp")?,
            desk: Desk::new(),
        })
    }

    /// Runs `script` as the first user, who trusts the fixture's CA alone, and quits.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, secure: &str, script: &str) -> Outcome {
        let script = format!("{BEGIN}{script}{END}");
        let ca_file = ftp.ca_file().to_str().expect("a path in UTF-8");
        let (host, port) = (ftp.host().to_string(), ftp.port().to_string());
        let modules = self.modules.to_str().expect("a path in UTF-8");
        let server = [secure, ca_file, &host, &port, ftp.user(), ftp.password()];
        self.node.run(self.desk.path(), ["-e", &script, "--", modules].into_iter().chain(server))
    }

    /// Uploads, downloads and lists.
    #[track_caller]
    fn transfer(&self, ftp: &FtpFixture, secure: &str) {
        self.desk.write("big.bin", &binary());
        let script = r#"
await client.uploadFrom("big.bin", "inbox/big.bin");
await client.downloadTo("back.bin", "inbox/big.bin");
console.log((await client.list("pub")).map((file) => file.name).join(" "));
"#;
        assert_eq!(self.run(ftp, secure, script).exits_with(0).text(), "big.bin text.csv\n");
        assert_same(&ftp.read("/inbox/big.bin"), &binary());
        assert_same(&self.desk.read("back.bin"), &binary());
    }
}

#[test]
fn files_go_over_explicit_tls() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture(Tls::explicit().control_required(true).data_required(true));
    client.transfer(&ftp, "explicit");
    assert_transcript!(ftp);
}

#[test]
fn files_go_over_implicit_tls() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture(Tls::implicit());
    client.transfer(&ftp, "implicit");
    assert_transcript!(ftp);
}

#[test]
fn each_bad_certificate_is_refused() {
    let Some(client) = BasicFtp::find() else { return };
    let transcript = with_bad_certificates(&Tls::explicit(), |ftp| {
        client.run(ftp, "explicit", "").exits_with(1);
    });
    assert_transcript!(transcript);
}

#[test]
fn its_data_connections_resume_the_session() {
    let Some(client) = BasicFtp::find() else { return };
    for versions in VERSIONS {
        let ftp = fixture_that_demands_reuse(versions);
        client.transfer(&ftp, "explicit");
        assert_transcript!(ftp, "basic_ftp_resumes");
    }
}

#[test]
fn a_large_upload_is_whole() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture(Tls::explicit().versions(TlsVersions::Only13));
    client.desk.write("large.bin", &large());
    client.run(&ftp, "explicit", r#"await client.uploadFrom("large.bin", "large.bin");"#).exits_with(0);
    assert_same(&ftp.read("/large.bin"), &large());
}
