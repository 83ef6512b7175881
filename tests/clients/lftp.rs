//! lftp: FEAT before login, EPSV, REST to resume both ways, MFMT with each uploaded file's own time, and
//! several connections for what can be done at once.

use ftp_fixture::prelude::*;

use crate::desk::Desk;
use crate::facts;
use crate::payload::{BREAK, TEXT, UTF8_NAME, assert_same, binary};
use crate::program::{Outcome, Program};
use crate::server::{fixture, fixture_on_ipv6};

/// What keeps one run like the next: one connection, no retries, no guesses; a command that fails is the end.
const SETTINGS: &str = "\
    set cmd:fail-exit yes; set cmd:interactive no; set cmd:save-cwd-history no; \
    set net:max-retries 1; set net:persist-retries 0; set net:timeout 30; set net:connection-limit 1; \
    set ftp:ssl-allow no; set ftp:use-mdtm-overloaded no; set ftp:client ''; set ftp:anon-pass ada@example.org;";

struct Lftp {
    program: Program,
    desk: Desk,
}

impl Lftp {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("lftp")?, desk: Desk::new() })
    }

    /// Runs `script` against `url`.
    #[track_caller]
    fn at(&self, url: &str, script: &str) -> Outcome {
        let script = format!("{SETTINGS} open {url}; {script}");
        self.program.run(self.desk.path(), ["--norc", "-c", &script])
    }

    /// Runs `script` as the first user; it must not fail.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, script: &str) -> String {
        self.at(&ftp.url(), script).exits_with(0).text()
    }
}

#[test]
fn uploads_arrive_byte_for_byte() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.desk.write("big.bin", &binary());
    lftp.desk.write("text.csv", TEXT.as_bytes());
    lftp.run(&ftp, "cd inbox; put big.bin; put text.csv");
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    ftp.root().child("inbox/text.csv").assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.run(&ftp, "get pub/big.bin; get pub/text.csv");
    assert_same(&lftp.desk.read("big.bin"), &binary());
    assert_same(&lftp.desk.read("text.csv"), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn a_text_in_ascii_is_put_and_got_as_it_was() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.desk.write("lines.txt", b"one\ntwo\n");
    lftp.run(&ftp, "put -a lines.txt -o inbox/lines.txt; get -a inbox/lines.txt -o back.txt");
    ftp.root().child("inbox/lines.txt").assert("one\ntwo\n");
    assert_same(&lftp.desk.read("back.txt"), b"one\ntwo\n");
    assert_transcript!(ftp);
}

#[test]
fn a_broken_download_is_resumed() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.desk.write("big.bin", &binary()[..BREAK]);
    lftp.run(&ftp, "get -c pub/big.bin");
    assert_same(&lftp.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_broken_upload_is_resumed() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    ftp.write("/inbox/big.bin", &binary()[..BREAK]);
    lftp.desk.write("big.bin", &binary());
    lftp.run(&ftp, "put -c big.bin -o inbox/big.bin");
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn directories_are_listed_long_short_and_by_facts() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    let long = lftp.run(&ftp, "ls pub");
    assert_eq!(long.lines().count(), 2, "{long}");
    assert_eq!(lftp.run(&ftp, "nlist pub"), "big.bin\ntext.csv\n");
    assert_eq!(lftp.run(&ftp, "set ftp:use-mlsd yes; cd pub; cls -1"), "big.bin\ntext.csv\n");
    assert_transcript!(ftp);
}

#[test]
fn files_are_renamed_and_deleted_and_directories_made_and_removed() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.run(&ftp, "mkdir new; mkdir gone; mv 'two words.txt' new/2.txt; rm pub/text.csv; rmdir gone");
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub/text.csv") && !ftp.exists("/gone"));
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.desk.write(UTF8_NAME, TEXT.as_bytes());
    let names = lftp.run(
        &ftp,
        &format!(
            "cd inbox; put '{UTF8_NAME}'; get '{UTF8_NAME}' -o back.txt; cat '../two words.txt'; cls -1"
        ),
    );
    assert_eq!(names, format!("two\n{UTF8_NAME}\n"));
    ftp.root().child("inbox").child(UTF8_NAME).assert(TEXT);
    assert_same(&lftp.desk.read("back.txt"), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn anonymous_may_download() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    let outcome = lftp.at(&format!("ftp://{}/", ftp.addr()), "cat 'two words.txt'").exits_with(0);
    assert_eq!(outcome.text(), "two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_wrong_password_is_refused() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    let url = format!("ftp://alice:wrong@{}/", ftp.addr());
    let outcome = lftp.at(&url, "cat 'two words.txt'").exits_with(1);
    assert!(outcome.stderr.contains("Login failed: 530"), "{}", outcome.stderr);
    assert_transcript!(ftp);
}

#[test]
fn a_user_who_may_only_read_changes_nothing() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.desk.write("new.txt", TEXT.as_bytes());
    for script in
        ["put new.txt", "rm 'two words.txt'", "mv 'two words.txt' 2.txt", "mkdir new", "rmdir inbox"]
    {
        let outcome = lftp.at(&ftp.url_for("bob"), script).exits_with(1);
        assert!(outcome.stderr.contains("550"), "{script}: {}", outcome.stderr);
    }
    ftp.root().child("two words.txt").assert("two\n");
    assert!(ftp.exists("/inbox") && !ftp.exists("/new") && !ftp.exists("/new.txt"));
    assert_transcript!(ftp);
}

#[test]
fn a_missing_file_is_not_got() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    let outcome = lftp.at(&ftp.url(), "get nothing.txt").exits_with(1);
    assert!(outcome.stderr.contains("550"), "{}", outcome.stderr);
    assert!(!lftp.desk.has("nothing.txt"));
    assert_transcript!(ftp);
}

#[test]
fn a_tree_is_mirrored_from_the_server() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    ftp.write("/pub/deep/er/leaf.txt", "leaf\n");
    lftp.run(&ftp, "mirror pub back");
    assert_same(&lftp.desk.read("back/big.bin"), &binary());
    assert_same(&lftp.desk.read("back/text.csv"), TEXT.as_bytes());
    assert_same(&lftp.desk.read("back/deep/er/leaf.txt"), b"leaf\n");
    // Once more, nothing is left to do.
    lftp.run(&ftp, "mirror pub back");
    assert_transcript!(ftp);
}

#[test]
fn a_tree_is_mirrored_to_the_server() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    ftp.write("/inbox/tree/gone.txt", "gone\n");
    lftp.desk.write("tree/big.bin", &binary());
    lftp.desk.write("tree/deep/leaf.txt", b"leaf\n");
    lftp.desk.write(&format!("tree/{UTF8_NAME}"), TEXT.as_bytes());
    lftp.run(&ftp, "mirror -R --delete --no-perms tree inbox/tree");
    assert_same(&ftp.read("/inbox/tree/big.bin"), &binary());
    ftp.root().child("inbox/tree/deep/leaf.txt").assert("leaf\n");
    ftp.root().child("inbox/tree").child(UTF8_NAME).assert(TEXT);
    assert!(!ftp.exists("/inbox/tree/gone.txt"));
    assert_transcript!(ftp);
}

/// Its connections are opened and used in no fixed order, so that there is no snapshot.
#[test]
fn a_tree_is_mirrored_over_several_connections() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    let files: Vec<String> = (0..8).map(|number| format!("tree/{number}.bin")).collect();
    for file in &files {
        lftp.desk.write(file, &binary());
    }
    lftp.run(&ftp, "set net:connection-limit 4; mirror -R -P 4 tree inbox/tree; mirror -P 4 inbox/tree back");
    for (number, file) in files.iter().enumerate() {
        assert_same(&ftp.read(&format!("/inbox/{file}")), &binary());
        assert_same(&lftp.desk.read(&format!("back/{number}.bin")), &binary());
    }
    let stored: Vec<String> = (0..8).map(|number| format!("STOR {number}.bin")).collect();
    let retrieved: Vec<String> = (0..8).map(|number| format!("RETR {number}.bin")).collect();
    assert_eq!(facts::commands(&ftp, &["STOR"]), stored);
    assert_eq!(facts::commands(&ftp, &["RETR"]), retrieved);
}

/// Each connection reads until it meets the next one's part, and a late one finds its part taken, so that there is no
/// snapshot. The rate leaves the others a second to log in.
#[test]
fn a_file_is_fetched_in_parts_over_several_connections() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    let large = binary().repeat(20);
    ftp.write("/pub/large.bin", &large);
    lftp.run(
        &ftp,
        "set net:connection-limit 4; set net:limit-rate 1000000; set pget:min-chunk-size 64k; \
         pget -n 4 pub/large.bin",
    );
    assert_same(&lftp.desk.read("large.bin"), &large);
    let parts = [1, 2, 3].map(|part| format!("REST {}", part * large.len() / 4));
    let restarts = facts::commands(&ftp, &["REST"]);
    assert!(!restarts.is_empty() && restarts.iter().all(|restart| parts.contains(restart)), "{restarts:?}");
}

#[test]
fn a_pattern_gets_and_deletes_what_matches() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.run(&ftp, "cd pub; mget *.csv; mrm b*");
    assert_same(&lftp.desk.read("text.csv"), TEXT.as_bytes());
    assert!(!ftp.exists("/pub/big.bin") && ftp.exists("/pub/text.csv"));
    assert_transcript!(ftp);
}

#[test]
fn active_mode_works() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.run(&ftp, "set ftp:passive-mode no; get pub/big.bin; put big.bin -o inbox/big.bin; nlist inbox");
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn passive_mode_works_with_pasv() {
    let Some(lftp) = Lftp::find() else { return };
    let ftp = fixture();
    lftp.run(&ftp, "set ftp:prefer-epsv no; get pub/big.bin; put big.bin -o inbox/big.bin");
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn ipv6_works_passive_and_active() {
    let Some(lftp) = Lftp::find() else { return };
    let Some(ftp) = fixture_on_ipv6() else { return };
    assert_eq!(lftp.run(&ftp, "cat 'two words.txt'"), "two\n");
    assert_eq!(lftp.run(&ftp, "set ftp:passive-mode no; cat 'two words.txt'"), "two\n");
    assert_transcript!(ftp);
}

#[test]
fn deflated_files_and_listings_arrive_byte_for_byte() {
    let Some(lftp) = Lftp::find() else { return };
    lftp.desk.write("big.bin", &binary());
    let ftp = FtpFixture::builder()
        .user("alice:s3cret")
        .file("pub/big.bin", binary())
        .handler(|handler| handler.mode_z(true))
        .start();
    // lftp leaves alone what is compressed already, which it tells by the name.
    lftp.run(&ftp, "set ftp:use-mode-z yes; put big.bin; get pub/big.bin -o got.bin");
    assert_same(&ftp.read("big.bin"), &binary());
    assert_same(&lftp.desk.read("got.bin"), &binary());
    assert_eq!(lftp.run(&ftp, "cls -1"), "big.bin\npub/\n");
    assert!(ftp.transcript().to_string().contains("C> MODE Z\n"));
}
