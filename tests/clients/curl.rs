//! curl: EPSV, a CWD for each directory, APPE to resume, and an exit code for each kind of refusal.

use ftp_fixture::prelude::*;
use ftp_fixture::proto::Verb;

use crate::desk::Desk;
use crate::facts;
use crate::payload::{BREAK, TEXT, UTF8_NAME, assert_same, binary};
use crate::program::{Outcome, Program};
use crate::server::{fixture, fixture_on_ipv6};

// Exit codes, named as in libcurl-errors(3).
const UPLOAD_FAILED: i32 = 25;
const QUOTE_ERROR: i32 = 21;
const REMOTE_ACCESS_DENIED: i32 = 9;
const LOGIN_DENIED: i32 = 67;
const REMOTE_FILE_NOT_FOUND: i32 = 78;

struct Curl {
    program: Program,
    desk: Desk,
}

impl Curl {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("curl")?, desk: Desk::new() })
    }

    /// Runs curl without anyone's settings, with URLs taken as they are.
    #[track_caller]
    fn run(&self, arguments: &[&str]) -> Outcome {
        let always = ["--disable", "--globoff", "--silent", "--show-error", "--max-time", "30"];
        self.program.run(self.desk.path(), always.iter().chain(arguments))
    }
}

/// The URL of a file, whose name is percent-encoded, for the first user.
fn url(ftp: &FtpFixture, path: &str) -> String {
    format!("{}{path}", ftp.url())
}

#[test]
fn uploads_arrive_byte_for_byte() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    curl.desk.write("big.bin", &binary());
    curl.desk.write("text.csv", TEXT.as_bytes());
    let (big, text) = (url(&ftp, "inbox/big.bin"), url(&ftp, "inbox/text.csv"));
    curl.run(&["--upload-file", "big.bin", &big, "--upload-file", "text.csv", &text]).exits_with(0);
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    ftp.root().child("inbox/text.csv").assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    let (big, text) = (url(&ftp, "pub/big.bin"), url(&ftp, "pub/text.csv"));
    curl.run(&["--remote-name", &big, "--remote-name", &text]).exits_with(0);
    assert_same(&curl.desk.read("big.bin"), &binary());
    assert_same(&curl.desk.read("text.csv"), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn text_in_ascii_comes_and_goes_as_it_was() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    curl.desk.write("lines.txt", b"one\ntwo\n");
    curl.run(&["--use-ascii", "--upload-file", "lines.txt", &url(&ftp, "inbox/lines.txt")]).exits_with(0);
    ftp.root().child("inbox/lines.txt").assert("one\ntwo\n");
    let outcome = curl.run(&["--use-ascii", &url(&ftp, "inbox/lines.txt")]).exits_with(0);
    assert_eq!(outcome.text(), "one\ntwo\n");
    assert_transcript!(ftp);
}

#[test]
fn a_broken_download_is_resumed() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    curl.desk.write("big.bin", &binary()[..BREAK]);
    curl.run(&["--continue-at", "-", "--remote-name", &url(&ftp, "pub/big.bin")]).exits_with(0);
    assert_same(&curl.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_broken_upload_is_resumed() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    ftp.write("/inbox/big.bin", &binary()[..BREAK]);
    curl.desk.write("big.bin", &binary());
    curl.run(&["--continue-at", "-", "--upload-file", "big.bin", &url(&ftp, "inbox/big.bin")]).exits_with(0);
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn directories_are_listed_long_and_short() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    let long = curl.run(&[&url(&ftp, "pub/")]).exits_with(0).text();
    assert_eq!(long.lines().count(), 2, "{long}");
    let short = curl.run(&["--list-only", &url(&ftp, "pub/")]).exits_with(0).text();
    assert_eq!(short.lines().collect::<Vec<_>>(), ["big.bin", "text.csv"]);
    assert_transcript!(ftp);
}

#[test]
fn files_are_renamed_and_deleted_and_directories_made_and_removed() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    let commands =
        ["MKD new", "MKD gone", "RNFR two words.txt", "RNTO new/2.txt", "DELE pub/text.csv", "RMD gone"];
    let mut arguments: Vec<&str> = commands.iter().flat_map(|command| ["--quote", *command]).collect();
    let root = url(&ftp, "");
    arguments.extend(["--list-only", &root]);
    let names = curl.run(&arguments).exits_with(0).text();
    assert_eq!(names.lines().collect::<Vec<_>>(), ["inbox", "new", "pub"]);
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub/text.csv"));
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    curl.desk.write("snowman", TEXT.as_bytes());
    let snowman = url(&ftp, "inbox/na%C3%AFve%20%E2%98%83.txt");
    curl.run(&["--upload-file", "snowman", &snowman]).exits_with(0);
    ftp.root().child("inbox").child(UTF8_NAME).assert(TEXT);
    assert_eq!(curl.run(&[&snowman]).exits_with(0).text(), TEXT);
    assert_eq!(curl.run(&[&url(&ftp, "two%20words.txt")]).exits_with(0).text(), "two\n");
    let names = curl.run(&["--list-only", &url(&ftp, "inbox/")]).exits_with(0).text();
    assert_eq!(names.trim_end(), UTF8_NAME);
    assert_transcript!(ftp);
}

#[test]
fn anonymous_may_download() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    let url = format!("ftp://{}/two%20words.txt", ftp.addr());
    assert_eq!(curl.run(&[&url]).exits_with(0).text(), "two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_wrong_password_is_exit_code_67() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    let url = format!("ftp://alice:wrong@{}/two%20words.txt", ftp.addr());
    curl.run(&[&url]).exits_with(LOGIN_DENIED);
    assert_transcript!(ftp);
}

#[test]
fn a_user_who_may_only_read_changes_nothing() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    curl.desk.write("text.csv", TEXT.as_bytes());
    let root = ftp.url_for("bob");
    let upload = format!("{root}inbox/text.csv");
    curl.run(&["--upload-file", "text.csv", &upload]).exits_with(UPLOAD_FAILED);
    for command in ["DELE two words.txt", "RNFR two words.txt", "MKD new", "RMD inbox"] {
        curl.run(&["--quote", command, &root]).exits_with(QUOTE_ERROR);
    }
    ftp.root().child("two words.txt").assert("two\n");
    assert!(ftp.exists("/inbox") && !ftp.exists("/new") && !ftp.exists("/inbox/text.csv"));
    assert_transcript!(ftp);
}

#[test]
fn a_missing_file_is_exit_code_78_and_a_missing_directory_9() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    curl.run(&[&url(&ftp, "nothing.txt")]).exits_with(REMOTE_FILE_NOT_FOUND);
    curl.run(&[&url(&ftp, "nowhere/nothing.txt")]).exits_with(REMOTE_ACCESS_DENIED);
    assert_transcript!(ftp);
}

#[test]
fn ipv6_works_passive_and_active() {
    let Some(curl) = Curl::find() else { return };
    let Some(ftp) = fixture_on_ipv6() else { return };
    let text = url(&ftp, "pub/text.csv");
    assert_eq!(curl.run(&[&text]).exits_with(0).text(), TEXT);
    assert_eq!(curl.run(&["--ftp-port", "-", &text]).exits_with(0).text(), TEXT);
    assert_transcript!(ftp);
}

#[test]
fn a_server_without_epsv_and_eprt_is_used_with_pasv_and_port() {
    let Some(curl) = Curl::find() else { return };
    let ftp = FtpFixture::builder()
        .user("alice:s3cret")
        .file("pub/text.csv", TEXT)
        .without(Verb::Epsv)
        .without(Verb::Eprt)
        .start();
    let text = url(&ftp, "pub/text.csv");
    assert_eq!(curl.run(&[&text]).exits_with(0).text(), TEXT);
    assert_eq!(curl.run(&["--ftp-port", "-", &text]).exits_with(0).text(), TEXT);
    assert_transcript!(ftp);
}

#[test]
fn passive_mode_works_with_pasv() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    let text = url(&ftp, "pub/text.csv");
    assert_eq!(curl.run(&["--disable-epsv", &text]).exits_with(0).text(), TEXT);
    assert_transcript!(ftp);
}

/// Its connections come in no fixed order, so that there is no snapshot.
#[test]
fn many_files_at_once_each_arrive_whole() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    let names: Vec<String> = (0..8).map(|number| format!("{number}.bin")).collect();
    let mut arguments = vec!["--parallel".to_owned()];
    for name in &names {
        ftp.write(&format!("/pub/{name}"), binary());
        arguments.extend(["--remote-name".to_owned(), url(&ftp, &format!("pub/{name}"))]);
    }
    curl.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).exits_with(0);
    for name in &names {
        assert_same(&curl.desk.read(name), &binary());
    }
    let retrieved: Vec<String> = names.iter().map(|name| format!("RETR {name}")).collect();
    assert_eq!(facts::commands(&ftp, &["RETR"]), retrieved);
}

#[test]
fn active_mode_works_with_eprt_and_port() {
    let Some(curl) = Curl::find() else { return };
    let ftp = fixture();
    let text = url(&ftp, "pub/text.csv");
    assert_eq!(curl.run(&["--ftp-port", "-", &text]).exits_with(0).text(), TEXT);
    assert_eq!(curl.run(&["--ftp-port", "-", "--disable-eprt", &text]).exits_with(0).text(), TEXT);
    assert_transcript!(ftp);
}
