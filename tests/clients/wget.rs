//! wget: PASV, or EPSV 2 on IPv6, `LIST -a`, REST to resume, and no QUIT. It only downloads.

use ftp_fixture::prelude::*;

use crate::desk::Desk;
use crate::payload::{BREAK, TEXT, UTF8_NAME, assert_same, binary};
use crate::program::{Outcome, Program};
use crate::server::{fixture, fixture_on_ipv6};

// Exit codes, as wget(1) lists them.
const LOGIN_DENIED: i32 = 6;
const REFUSED_BY_SERVER: i32 = 8;

struct Wget {
    program: Program,
    desk: Desk,
}

impl Wget {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("wget")?, desk: Desk::new() })
    }

    /// Runs wget without anyone's settings, and once.
    #[track_caller]
    fn run(&self, arguments: &[&str]) -> Outcome {
        let always = ["--no-config", "--no-verbose", "--tries=1", "--timeout=30"];
        self.program.run(self.desk.path(), always.iter().chain(arguments))
    }
}

/// The URL of a file, whose name is percent-encoded, for the first user.
fn url(ftp: &FtpFixture, path: &str) -> String {
    format!("{}{path}", ftp.url())
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    wget.run(&[&url(&ftp, "pub/big.bin"), &url(&ftp, "pub/text.csv")]).exits_with(0);
    assert_same(&wget.desk.read("big.bin"), &binary());
    assert_same(&wget.desk.read("text.csv"), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn text_in_ascii_comes_as_it_was() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    let text = wget.run(&["--output-document=-", &url(&ftp, "two%20words.txt;type=a")]).exits_with(0).text();
    // wget writes what is on the wire.
    assert_eq!(text, "two\r\n");
    assert_transcript!(ftp);
}

#[test]
fn a_broken_download_is_resumed() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    wget.desk.write("big.bin", &binary()[..BREAK]);
    wget.run(&["--continue", &url(&ftp, "pub/big.bin")]).exits_with(0);
    assert_same(&wget.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_directory_is_listed_as_a_page_of_links() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    wget.run(&["--output-document=index.html", &url(&ftp, "pub/")]).exits_with(0);
    let page = String::from_utf8(wget.desk.read("index.html")).expect("a page in UTF-8");
    assert!(page.contains(">big.bin</a>  (204800 bytes)"), "{page}");
    assert!(page.contains(&format!(">text.csv</a>  ({} bytes)", TEXT.len())), "{page}");
    assert_transcript!(ftp);
}

#[test]
fn a_tree_is_taken_whole() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    ftp.write("/pub/deep/er/leaf.txt", "leaf\n");
    wget.run(&["--recursive", "--no-host-directories", &url(&ftp, "")]).exits_with(0);
    assert_same(&wget.desk.read("pub/big.bin"), &binary());
    assert_same(&wget.desk.read("pub/text.csv"), TEXT.as_bytes());
    assert_same(&wget.desk.read("pub/deep/er/leaf.txt"), b"leaf\n");
    assert_same(&wget.desk.read("two words.txt"), b"two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_pattern_takes_what_matches() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    wget.run(&[&url(&ftp, "pub/*.csv")]).exits_with(0);
    assert!(wget.desk.has("text.csv") && !wget.desk.has("big.bin"));
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    ftp.write(&format!("/inbox/{UTF8_NAME}"), TEXT);
    let snowman = url(&ftp, "inbox/na%C3%AFve%20%E2%98%83.txt");
    let outcome = wget.run(&["--output-document=-", &snowman, &url(&ftp, "two%20words.txt")]).exits_with(0);
    assert_eq!(outcome.text(), format!("{TEXT}two\n"));
    assert_transcript!(ftp);
}

#[test]
fn anonymous_may_download() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    let url = format!("ftp://{}/two%20words.txt", ftp.addr());
    assert_eq!(wget.run(&["--output-document=-", &url]).exits_with(0).text(), "two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_wrong_password_is_exit_code_6() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    let url = format!("ftp://alice:wrong@{}/two%20words.txt", ftp.addr());
    wget.run(&[&url]).exits_with(LOGIN_DENIED);
    assert_transcript!(ftp);
}

#[test]
fn what_is_missing_is_exit_code_8() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    wget.run(&[&url(&ftp, "nothing.txt")]).exits_with(REFUSED_BY_SERVER);
    wget.run(&[&url(&ftp, "nowhere/nothing.txt")]).exits_with(REFUSED_BY_SERVER);
    assert!(!wget.desk.has("nothing.txt"));
    assert_transcript!(ftp);
}

#[test]
fn active_mode_works() {
    let Some(wget) = Wget::find() else { return };
    let ftp = fixture();
    wget.run(&["--no-passive-ftp", &url(&ftp, "pub/big.bin")]).exits_with(0);
    assert_same(&wget.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn ipv6_works_passive_and_active() {
    let Some(wget) = Wget::find() else { return };
    let Some(ftp) = fixture_on_ipv6() else { return };
    let text = url(&ftp, "pub/text.csv");
    assert_eq!(wget.run(&["--output-document=-", &text]).exits_with(0).text(), TEXT);
    let active = ["--no-passive-ftp", "--output-document=-", &text];
    assert_eq!(wget.run(&active).exits_with(0).text(), TEXT);
    assert_transcript!(ftp);
}
