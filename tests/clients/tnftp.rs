//! tnftp, the ftp of the BSDs: EPSV or PASV, EPRT or PORT, REST to resume, NLST with a pattern for mget and mdelete.

use ftp_fixture::prelude::*;

use crate::desk::Desk;
use crate::payload::{BREAK, TEXT, UTF8_NAME, assert_same, binary};
use crate::program::{Outcome, Program};
use crate::server::{fixture, fixture_on_ipv6};

struct Tnftp {
    program: Program,
    desk: Desk,
}

impl Tnftp {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("tnftp")?, desk: Desk::new() })
    }

    /// Runs `script`, whose commands go on whatever the server replies, as the first user; gives what was printed.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, script: &str) -> String {
        let script = format!("user {} {}\nbinary\n{script}\nquit\n", ftp.user(), ftp.password());
        self.connected(ftp, &script).exits_with(0).text()
    }

    /// Runs `script` without having logged in, asking nothing and printing listings and the server's replies.
    #[track_caller]
    fn connected(&self, ftp: &FtpFixture, script: &str) -> Outcome {
        let (host, port) = (ftp.host().to_string(), ftp.port().to_string());
        self.program.run_on(script, self.desk.path(), ["-n", "-i", "-v", &host, &port])
    }
}

#[test]
fn uploads_arrive_byte_for_byte() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.desk.write("big.bin", &binary());
    tnftp.desk.write("text.csv", TEXT.as_bytes());
    tnftp.run(&ftp, "cd inbox\nput big.bin\nput text.csv");
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    ftp.root().child("inbox/text.csv").assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.run(&ftp, "get pub/big.bin big.bin\nget pub/text.csv text.csv");
    assert_same(&tnftp.desk.read("big.bin"), &binary());
    assert_same(&tnftp.desk.read("text.csv"), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn urls_are_uploaded_to_and_downloaded_from() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.desk.write("big.bin", &binary());
    let url = format!("{}inbox/big.bin", ftp.url());
    tnftp.program.run(tnftp.desk.path(), ["-u", &url, "big.bin"]).exits_with(0);
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    tnftp.program.run(tnftp.desk.path(), ["-o", "back.bin", &url]).exits_with(0);
    assert_same(&tnftp.desk.read("back.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn text_in_ascii_comes_and_goes_as_it_was() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.desk.write("lines.txt", b"one\ntwo\n");
    tnftp.run(&ftp, "ascii\nput lines.txt\nget lines.txt back.txt");
    ftp.root().child("lines.txt").assert("one\ntwo\n");
    assert_same(&tnftp.desk.read("back.txt"), b"one\ntwo\n");
    assert_transcript!(ftp);
}

#[test]
fn a_broken_download_is_resumed() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.desk.write("big.bin", &binary()[..BREAK]);
    tnftp.run(&ftp, "reget pub/big.bin big.bin");
    assert_same(&tnftp.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_broken_upload_is_resumed() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    ftp.write("/inbox/big.bin", &binary()[..BREAK]);
    tnftp.desk.write("big.bin", &binary());
    tnftp.run(&ftp, &format!("restart {BREAK}\nput big.bin inbox/big.bin"));
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn directories_are_listed_in_three_ways() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    let listed = tnftp.run(&ftp, "ls pub\nnlist pub\nmlsd pub\nmlst pub/text.csv");
    for line in ["-rw-r--r--   1 owner    group      204800 Jan 01 00:00 big.bin", "big.bin", "text.csv"] {
        assert!(listed.lines().any(|listed| listed == line), "{line:?} is not in:\n{listed}");
    }
    assert_transcript!(ftp);
}

#[test]
fn a_pattern_gets_puts_and_deletes_what_matches() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.desk.write("a.txt", b"a\n");
    tnftp.desk.write("b.txt", b"b\n");
    tnftp.run(&ftp, "cd pub\nmput *.txt\nmdelete b*\nmget *.csv a.*");
    assert_same(&tnftp.desk.read("text.csv"), TEXT.as_bytes());
    assert!(ftp.exists("/pub/a.txt") && !ftp.exists("/pub/b.txt") && !ftp.exists("/pub/big.bin"));
    assert_transcript!(ftp);
}

#[test]
fn files_are_renamed_and_deleted_and_directories_made_and_removed() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.run(
        &ftp,
        "mkdir new\nmkdir gone\nrename \"two words.txt\" new/2.txt\ndelete pub/text.csv\nrmdir gone\n\
         cd new\npwd\ncdup\nsize new/2.txt\nmodtime new/2.txt",
    );
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub/text.csv") && !ftp.exists("/gone"));
    assert_transcript!(ftp);
}

#[test]
fn a_file_is_appended_to() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.desk.write("three", b"three\n");
    tnftp.run(&ftp, "append three \"two words.txt\"");
    ftp.root().child("two words.txt").assert("two\nthree\n");
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.desk.write(UTF8_NAME, TEXT.as_bytes());
    tnftp.run(
        &ftp,
        &format!(
            "cd inbox\nput \"{UTF8_NAME}\"\nget \"{UTF8_NAME}\" back.txt\nget \"../two words.txt\" two.txt"
        ),
    );
    ftp.root().child("inbox").child(UTF8_NAME).assert(TEXT);
    assert_same(&tnftp.desk.read("back.txt"), TEXT.as_bytes());
    assert_same(&tnftp.desk.read("two.txt"), b"two\n");
    assert_transcript!(ftp);
}

#[test]
fn anonymous_may_download() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    let url = format!("ftp://{}/two%20words.txt", ftp.addr());
    tnftp.program.run(tnftp.desk.path(), ["-o", "two.txt", &url]).exits_with(0);
    assert_same(&tnftp.desk.read("two.txt"), b"two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_wrong_password_is_refused_and_the_right_one_then_taken() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    let script = "user alice wrong\nuser alice s3cret\nget \"two words.txt\" two.txt\nquit\n";
    let said = tnftp.connected(&ftp, script).exits_with(0).text();
    assert!(said.contains("Login failed."), "{said}");
    assert_same(&tnftp.desk.read("two.txt"), b"two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_user_who_may_only_read_changes_nothing() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.desk.write("new.txt", b"new\n");
    let script = "user bob pw\nput new.txt\nappend new.txt \"two words.txt\"\ndelete \"two words.txt\"\n\
                  rename \"two words.txt\" 2.txt\nmkdir new\nrmdir inbox\nquit\n";
    let said = tnftp.connected(&ftp, script).exits_with(0).text();
    assert_eq!(said.matches("\n550 ").count(), 6, "{said}");
    ftp.root().child("two words.txt").assert("two\n");
    assert!(ftp.exists("/inbox") && !ftp.exists("/new") && !ftp.exists("/new.txt"));
    assert_transcript!(ftp);
}

#[test]
fn active_mode_works_with_eprt_and_port() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.run(&ftp, "passive off\nget pub/big.bin big.bin\nput big.bin inbox/eprt.bin\nepsv4 off\nput big.bin inbox/port.bin");
    assert_same(&tnftp.desk.read("big.bin"), &binary());
    assert_same(&ftp.read("/inbox/eprt.bin"), &binary());
    assert_same(&ftp.read("/inbox/port.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn passive_mode_works_with_pasv() {
    let Some(tnftp) = Tnftp::find() else { return };
    let ftp = fixture();
    tnftp.run(&ftp, "epsv4 off\nget pub/big.bin big.bin\nput big.bin inbox/big.bin");
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn ipv6_works_passive_and_active() {
    let Some(tnftp) = Tnftp::find() else { return };
    let Some(ftp) = fixture_on_ipv6() else { return };
    tnftp.run(&ftp, "get pub/big.bin big.bin\npassive off\nput big.bin inbox/big.bin");
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}
