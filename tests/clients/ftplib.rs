//! Python's ftplib: PASV on IPv4 and EPSV on IPv6, REST to resume both ways, MLSD, and an urgent ABOR.

use ftp_fixture::prelude::*;

use crate::desk::Desk;
use crate::payload::{BREAK, TEXT, UTF8_NAME, assert_same, binary};
use crate::program::{Outcome, Program};
use crate::server::{fixture, fixture_on_ipv6};

/// Connects; a script goes on from there.
const CONNECT: &str = r#"
import ftplib, io, sys
host, port, user, password = sys.argv[1:]
ftp = ftplib.FTP(encoding="utf-8", timeout=30)
ftp.connect(host, int(port))

def refused(command, *arguments):
    try:
        command(*arguments)
    except ftplib.error_perm as error:
        print(str(error)[:3])
    else:
        raise SystemExit(f"{command.__name__}{arguments} was not refused")
"#;

struct Python {
    program: Program,
    desk: Desk,
}

impl Python {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("python3")?, desk: Desk::new() })
    }

    /// Runs `script` with `ftp` connected but not logged in; the script must not fail.
    #[track_caller]
    fn connected(&self, ftp: &FtpFixture, user: &str, password: &str, script: &str) -> Outcome {
        let script = format!("{CONNECT}{script}");
        let port = ftp.port().to_string();
        let host = ftp.addr().ip().to_string();
        let arguments = ["-I", "-X", "utf8", "-c", &script, &host, &port, user, password];
        self.program.run(self.desk.path(), arguments).exits_with(0)
    }

    /// Runs `script` with the first user logged in, and quits.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, script: &str) -> String {
        let script = format!("ftp.login(user, password)\n{script}\nftp.quit()\n");
        self.connected(ftp, ftp.user(), ftp.password(), &script).text()
    }
}

#[test]
fn uploads_arrive_byte_for_byte() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    python.desk.write("big.bin", &binary());
    python.desk.write("text.csv", TEXT.as_bytes());
    python.run(
        &ftp,
        r#"
ftp.cwd("/inbox")
ftp.storbinary("STOR big.bin", open("big.bin", "rb"))
ftp.storbinary("STOR text.csv", open("text.csv", "rb"))
ftp.storlines("STOR lines.txt", io.BytesIO(b"one\ntwo\n"))
"#,
    );
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    ftp.root().child("inbox/text.csv").assert(TEXT);
    ftp.root().child("inbox/lines.txt").assert("one\ntwo\n");
    assert_transcript!(ftp);
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    let lines = python.run(
        &ftp,
        r#"
ftp.retrbinary("RETR pub/big.bin", open("big.bin", "wb").write)
ftp.retrbinary("RETR pub/text.csv", open("text.csv", "wb").write)
ftp.retrlines("RETR pub/text.csv")
"#,
    );
    assert_same(&python.desk.read("big.bin"), &binary());
    assert_same(&python.desk.read("text.csv"), TEXT.as_bytes());
    assert_eq!(lines.trim_end(), TEXT);
    assert_transcript!(ftp);
}

#[test]
fn a_broken_download_is_resumed() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    python.desk.write("big.bin", &binary()[..BREAK]);
    python.run(
        &ftp,
        r#"
part = open("big.bin", "ab")
ftp.retrbinary("RETR pub/big.bin", part.write, rest=part.tell())
"#,
    );
    assert_same(&python.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_broken_upload_is_resumed_by_rest_or_by_appe() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    ftp.write("/inbox/rest.bin", &binary()[..BREAK]);
    ftp.write("/inbox/appe.bin", &binary()[..BREAK]);
    python.desk.write("big.bin", &binary());
    python.run(
        &ftp,
        r#"
ftp.voidcmd("TYPE I")
for command in "STOR", "APPE":
    path = f"/inbox/{'rest' if command == 'STOR' else 'appe'}.bin"
    file = open("big.bin", "rb")
    done = ftp.size(path)
    file.seek(done)
    ftp.storbinary(f"{command} {path}", file, rest=done if command == "STOR" else None)
"#,
    );
    assert_same(&ftp.read("/inbox/rest.bin"), &binary());
    assert_same(&ftp.read("/inbox/appe.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn directories_are_listed_in_three_ways() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    let listed = python.run(
        &ftp,
        r#"
long = []
ftp.dir("/pub", long.append)
print(len(long))
ftp.cwd("pub")
print(*ftp.nlst())
print(*(f"{name}={facts['type']},{facts['size']}" for name, facts in ftp.mlsd(facts=["type", "size"])
        if facts["type"] == "file"))
"#,
    );
    let size = TEXT.len();
    assert_eq!(listed, format!("2\nbig.bin text.csv\nbig.bin=file,204800 text.csv=file,{size}\n"));
    assert_transcript!(ftp);
}

#[test]
fn files_are_renamed_and_deleted_and_directories_made_and_removed() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    let made = python.run(
        &ftp,
        r#"
print(ftp.mkd("new"), ftp.mkd('say "hi"'))
ftp.rename("two words.txt", "new/2.txt")
ftp.delete("/pub/text.csv")
ftp.rmd('say "hi"')
ftp.cwd("new")
print(ftp.pwd())
"#,
    );
    assert_eq!(made, "/new /say \"hi\"\n/new\n");
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub/text.csv") && !ftp.exists("/say \"hi\""));
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    let names = python.run(
        &ftp,
        r#"
ftp.cwd("inbox")
ftp.storbinary("STOR naïve ☃.txt", io.BytesIO(b"melting\n"))
ftp.retrlines("RETR naïve ☃.txt")
ftp.retrlines("RETR ../two words.txt")
print(*ftp.nlst())
"#,
    );
    assert_eq!(names, format!("melting\ntwo\n{UTF8_NAME}\n"));
    ftp.root().child("inbox").child(UTF8_NAME).assert("melting\n");
    assert_transcript!(ftp);
}

#[test]
fn anonymous_may_download_and_not_upload() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    let script = r#"
ftp.login()
ftp.retrlines("RETR two words.txt")
refused(ftp.storbinary, "STOR new.txt", io.BytesIO(b"new"))
ftp.quit()
"#;
    assert_eq!(python.connected(&ftp, "", "", script).text(), "two\n550\n");
    assert!(!ftp.exists("/new.txt"));
    assert_transcript!(ftp);
}

#[test]
fn a_wrong_password_is_refused_and_the_right_one_then_taken() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    let script = r#"
refused(ftp.login, user, "wrong")
ftp.login(user, password)
ftp.quit()
"#;
    assert_eq!(python.connected(&ftp, "alice", "s3cret", script).text(), "530\n");
    assert_transcript!(ftp);
}

#[test]
fn a_user_who_may_only_read_changes_nothing() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    let script = r#"
ftp.login(user, password)
refused(ftp.storbinary, "STOR new.txt", io.BytesIO(b"new"))
refused(ftp.storbinary, "APPE two words.txt", io.BytesIO(b"more"))
refused(ftp.delete, "two words.txt")
refused(ftp.rename, "two words.txt", "2.txt")
refused(ftp.mkd, "new")
refused(ftp.rmd, "inbox")
ftp.quit()
"#;
    assert_eq!(python.connected(&ftp, "bob", "pw", script).text(), "550\n".repeat(6));
    ftp.root().child("two words.txt").assert("two\n");
    assert!(ftp.exists("/inbox") && !ftp.exists("/new") && !ftp.exists("/new.txt"));
    assert_transcript!(ftp);
}

#[test]
fn what_is_missing_is_refused_with_550() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    let codes = python.run(
        &ftp,
        r#"
refused(ftp.retrbinary, "RETR nothing.txt", print)
refused(ftp.size, "nothing.txt")
refused(ftp.delete, "nothing.txt")
refused(ftp.cwd, "nowhere")
refused(ftp.rename, "nothing.txt", "something.txt")
"#,
    );
    assert_eq!(codes, "550\n".repeat(5));
    assert_transcript!(ftp);
}

/// ftplib sends the whole of `ABOR` as urgent data, whose last byte is the line's LF.
#[test]
fn an_urgent_abor_is_answered() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    assert_eq!(python.run(&ftp, "print(ftp.abort()[:3])"), "225\n");
    assert_transcript!(ftp);
}

#[test]
fn active_mode_works() {
    let Some(python) = Python::find() else { return };
    let ftp = fixture();
    python.run(
        &ftp,
        r#"
ftp.set_pasv(False)
ftp.retrbinary("RETR pub/big.bin", open("big.bin", "wb").write)
ftp.storbinary("STOR inbox/big.bin", open("big.bin", "rb"))
"#,
    );
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn ipv6_works_passive_and_active() {
    let Some(python) = Python::find() else { return };
    let Some(ftp) = fixture_on_ipv6() else { return };
    let text = python.run(
        &ftp,
        r#"
ftp.retrlines("RETR two words.txt")
ftp.set_pasv(False)
ftp.retrlines("RETR two words.txt")
"#,
    );
    assert_eq!(text, "two\ntwo\n");
    assert_transcript!(ftp);
}
