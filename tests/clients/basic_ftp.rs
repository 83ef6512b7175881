//! basic-ftp, a client for Node.js: EPSV, REST to resume a download and APPE an upload, MLSD. It has no active mode.

use std::path::PathBuf;

use ftp_fixture::prelude::*;

use crate::desk::Desk;
use crate::facts;
use crate::payload::{BREAK, TEXT, UTF8_NAME, assert_same, binary};
use crate::program::{Program, path_named_by};
use crate::server::{fixture, fixture_on_ipv6};

/// What every script begins with. At its end the client closes the connection; it never sends QUIT by itself.
const BEGIN: &str = r#"
const [modules, host, port, user, password] = process.argv.slice(1);
const { Client } = require(modules + "/basic-ftp");
const client = new Client(30_000);
const login = (user, password) => client.access({ host, port: Number(port), user, password });

async function refused(action) {
    try {
        await action;
    } catch (error) {
        return console.log(error.code);
    }
    throw new Error("it was not refused");
}

async function main() {
"#;

const END: &str = r#"
}
main().finally(() => client.close());
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

    /// Runs `script` with nobody connected yet; it must not fail.
    #[track_caller]
    fn start(&self, ftp: &FtpFixture, script: &str) -> String {
        let script = format!("{BEGIN}{script}{END}");
        let modules = self.modules.to_str().expect("a path in UTF-8");
        let (host, port) = (ftp.host().to_string(), ftp.port().to_string());
        let arguments = ["-e", &script, "--", modules, &host, &port, ftp.user(), ftp.password()];
        self.node.run(self.desk.path(), arguments).exits_with(0).text()
    }

    /// Runs `script` with the first user logged in, and quits.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, script: &str) -> String {
        self.start(ftp, &format!("await login(user, password);\n{script}\nawait client.send(\"QUIT\");\n"))
    }
}

#[test]
fn uploads_arrive_byte_for_byte() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    client.desk.write("big.bin", &binary());
    client.desk.write("text.csv", TEXT.as_bytes());
    client.run(
        &ftp,
        r#"
await client.uploadFrom("big.bin", "inbox/big.bin");
await client.uploadFrom("text.csv", "inbox/text.csv");
"#,
    );
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    ftp.root().child("inbox/text.csv").assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    client.run(
        &ftp,
        r#"
await client.downloadTo("big.bin", "pub/big.bin");
await client.downloadTo("text.csv", "pub/text.csv");
"#,
    );
    assert_same(&client.desk.read("big.bin"), &binary());
    assert_same(&client.desk.read("text.csv"), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn a_tree_goes_and_comes_whole() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    client.desk.write("tree/deep/leaf.txt", b"leaf\n");
    client.desk.write("tree/big.bin", &binary());
    client.run(
        &ftp,
        r#"
await client.uploadFromDir("tree", "inbox/tree");
await client.downloadToDir("back", "/inbox");
"#,
    );
    ftp.root().child("inbox/tree/deep/leaf.txt").assert("leaf\n");
    assert_same(&client.desk.read("back/tree/big.bin"), &binary());
    assert_same(&client.desk.read("back/tree/deep/leaf.txt"), b"leaf\n");
    // It goes through a directory of its own in no order of its own, so that there is no snapshot.
    assert_eq!(
        facts::commands(&ftp, &["STOR", "RETR"]),
        ["RETR big.bin", "RETR leaf.txt", "STOR big.bin", "STOR leaf.txt"]
    );
    // OPTS UTF8 before the login, and MKD of what is there.
    assert_eq!(facts::refusals(&ftp), ["530 Log in with USER and PASS first.", "550 File exists."]);
}

#[test]
fn a_broken_download_is_resumed() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    client.desk.write("big.bin", &binary()[..BREAK]);
    client.run(&ftp, &format!("await client.downloadTo('big.bin', 'pub/big.bin', {BREAK});"));
    assert_same(&client.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_broken_upload_is_resumed() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    ftp.write("/inbox/big.bin", &binary()[..BREAK]);
    client.desk.write("big.bin", &binary());
    client.run(
        &ftp,
        r#"
const localStart = await client.size("inbox/big.bin");
await client.appendFrom("big.bin", "inbox/big.bin", { localStart });
"#,
    );
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn directories_are_listed_by_mlsd_and_by_list() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    let listed = client.run(
        &ftp,
        r#"
for (const command of ["MLSD", "LIST -a"]) {
    client.availableListCommands = [command];
    for (const { name, size, isFile } of await client.list("pub")) console.log(name, size, isFile);
}
console.log((await client.lastMod("pub/text.csv")).toISOString());
"#,
    );
    let twice = format!("big.bin 204800 true\ntext.csv {} true\n", TEXT.len()).repeat(2);
    assert_eq!(listed, format!("{twice}2000-01-01T00:00:00.000Z\n"));
    assert_transcript!(ftp);
}

#[test]
fn files_are_renamed_and_deleted_and_directories_made_and_removed() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    let directory = client.run(
        &ftp,
        r#"
await client.ensureDir("new/deep");
console.log(await client.pwd());
await client.cd("/");
await client.rename("two words.txt", "new/2.txt");
await client.remove("pub/text.csv");
await client.ensureDir("gone");
await client.cdup();
await client.removeEmptyDir("gone");
await client.removeDir("pub");
"#,
    );
    assert_eq!(directory, "/new/deep\n");
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub") && !ftp.exists("/gone"));
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    client.desk.write(UTF8_NAME, TEXT.as_bytes());
    let names = client.run(
        &ftp,
        r#"
await client.uploadFrom("naïve ☃.txt", "inbox/naïve ☃.txt");
await client.downloadTo("back.txt", "inbox/naïve ☃.txt");
await client.downloadTo("two.txt", "two words.txt");
for (const { name } of await client.list("inbox")) console.log(name);
"#,
    );
    assert_eq!(names, format!("{UTF8_NAME}\n"));
    ftp.root().child("inbox").child(UTF8_NAME).assert(TEXT);
    assert_same(&client.desk.read("back.txt"), TEXT.as_bytes());
    assert_same(&client.desk.read("two.txt"), b"two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_wrong_password_is_refused_and_the_right_one_then_taken() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    let script = r#"
await refused(login(user, "wrong"));
await login(user, password);
"#;
    assert_eq!(client.start(&ftp, script), "530\n");
    assert_transcript!(ftp);
}

#[test]
fn a_user_who_may_only_read_changes_nothing() {
    let Some(client) = BasicFtp::find() else { return };
    let ftp = fixture();
    client.desk.write("new.txt", b"new\n");
    let script = r#"
await login("bob", "pw");
await refused(client.uploadFrom("new.txt", "new.txt"));
await refused(client.appendFrom("new.txt", "two words.txt"));
await refused(client.remove("two words.txt"));
await refused(client.rename("two words.txt", "2.txt"));
await refused(client.send("MKD new"));
await refused(client.removeEmptyDir("inbox"));
"#;
    assert_eq!(client.start(&ftp, script), "550\n".repeat(6));
    ftp.root().child("two words.txt").assert("two\n");
    assert!(ftp.exists("/inbox") && !ftp.exists("/new") && !ftp.exists("/new.txt"));
    assert_transcript!(ftp);
}

#[test]
fn ipv6_works() {
    let Some(client) = BasicFtp::find() else { return };
    let Some(ftp) = fixture_on_ipv6() else { return };
    client.run(
        &ftp,
        r#"
await client.downloadTo("big.bin", "pub/big.bin");
await client.uploadFrom("big.bin", "inbox/big.bin");
"#,
    );
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}
