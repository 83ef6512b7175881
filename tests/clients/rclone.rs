//! rclone: EPSV, MLSD to look, MFMT with each uploaded file's own time.
//!
//! It keeps several connections and takes any of them for the next command, so that there are no snapshots: what is
//! asserted is what it did, and which commands came in all. Its transfers look for the directories that they need and
//! make them all at once, so that how many MKD and refused MLSD there are is chance, too.

use ftp_fixture::prelude::*;

use crate::desk::Desk;
use crate::facts;
use crate::payload::{TEXT, UTF8_NAME, assert_same, binary};
use crate::program::{Outcome, Program};
use crate::server::{fixture, fixture_on_ipv6};

/// Where a file of the same length differs.
const BYTE_CHANGED: usize = 100_000;

struct Rclone {
    program: Program,
    desk: Desk,
}

impl Rclone {
    fn find() -> Option<Self> {
        Some(Self { program: Program::find("rclone")?, desk: Desk::new() })
    }

    /// The server's name on rclone's command line, as the first user with this password.
    fn remote(&self, ftp: &FtpFixture, password: &str) -> String {
        let obscured = self.program.run(self.desk.path(), ["obscure", password]).exits_with(0).text();
        let host = match ftp.addr() {
            std::net::SocketAddr::V4(address) => address.ip().to_string(),
            std::net::SocketAddr::V6(address) => format!("\"[{}]\"", address.ip()),
        };
        format!(":ftp,host={host},port={},user={},pass={}:", ftp.port(), ftp.user(), obscured.trim_end())
    }

    /// Runs rclone with nobody's settings, and once.
    #[track_caller]
    fn try_run(&self, arguments: &[&str]) -> Outcome {
        // A file that does not exist is no configuration.
        let always = ["--config", "rclone.conf", "--retries=1", "--low-level-retries=1", "--timeout=30s"];
        self.program.run(self.desk.path(), always.iter().chain(arguments))
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) -> String {
        self.try_run(arguments).exits_with(0).text()
    }

    /// A tree to be uploaded.
    fn write_tree(&self) {
        self.desk.write("tree/big.bin", &binary());
        self.desk.write("tree/deep/er/leaf.txt", b"leaf\n");
        self.desk.write(&format!("tree/deep/{UTF8_NAME}"), TEXT.as_bytes());
        self.desk.write("tree/empty", b"");
    }
}

#[test]
fn a_copied_tree_arrives_byte_for_byte_with_its_times() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    let inbox = format!("{}inbox", rclone.remote(&ftp, ftp.password()));
    rclone.write_tree();
    rclone.run(&["copy", "tree", &inbox]);
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_same(&ftp.read("/inbox/deep/er/leaf.txt"), b"leaf\n");
    assert_same(&ftp.read(&format!("/inbox/deep/{UTF8_NAME}")), TEXT.as_bytes());
    assert_same(&ftp.read("/inbox/empty"), b"");
    rclone.run(&["check", "--download", "tree", &inbox]);
    assert_eq!(
        facts::commands(&ftp, &["STOR", "MFMT"]),
        [
            "MFMT 20010203040506 inbox/big.bin",
            "MFMT 20010203040506 inbox/deep/er/leaf.txt",
            "MFMT 20010203040506 inbox/deep/naïve ☃.txt",
            "MFMT 20010203040506 inbox/empty",
            "STOR inbox/big.bin",
            "STOR inbox/deep/er/leaf.txt",
            "STOR inbox/deep/naïve ☃.txt",
            "STOR inbox/empty",
        ]
    );
}

#[test]
fn a_tree_is_copied_from_the_server() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    rclone.run(&["copy", &rclone.remote(&ftp, ftp.password()), "back"]);
    assert_same(&rclone.desk.read("back/pub/big.bin"), &binary());
    assert_same(&rclone.desk.read("back/pub/text.csv"), TEXT.as_bytes());
    assert_same(&rclone.desk.read("back/two words.txt"), b"two\n");
    assert_eq!(
        facts::commands(&ftp, &["RETR"]),
        ["RETR pub/big.bin", "RETR pub/text.csv", "RETR two words.txt"]
    );
    assert_eq!(facts::refusals(&ftp), [""; 0]);
}

#[test]
fn a_second_sync_sends_what_has_changed_and_removes_what_is_gone() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    let inbox = format!("{}inbox", rclone.remote(&ftp, ftp.password()));
    rclone.write_tree();
    rclone.run(&["sync", "tree", &inbox]);
    rclone.desk.write("tree/empty", b"no more\n");
    rclone.desk.remove("tree/big.bin");
    rclone.run(&["sync", "tree", &inbox]);
    assert_same(&ftp.read("/inbox/empty"), b"no more\n");
    assert!(!ftp.exists("/inbox/big.bin") && ftp.exists("/inbox/deep/er/leaf.txt"));
    assert_eq!(facts::commands(&ftp, &["DELE"]), ["DELE inbox/big.bin"]);
    assert_eq!(facts::commands(&ftp, &["STOR"]).len(), 5);
}

#[test]
fn check_finds_a_difference() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    let remote = rclone.remote(&ftp, ftp.password());
    rclone.desk.write("tree/text.csv", TEXT.as_bytes());
    rclone.desk.write("tree/big.bin", &binary());
    rclone.run(&["check", "--download", "tree", &format!("{remote}pub")]);
    let mut changed = binary();
    changed[BYTE_CHANGED] ^= 1;
    ftp.write("/pub/big.bin", changed);
    let outcome = rclone.try_run(&["check", "--download", "tree", &format!("{remote}pub")]).exits_with(1);
    assert!(outcome.stderr.contains("1 differences found"), "{}", outcome.stderr);
}

#[test]
fn everything_is_listed() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    ftp.write(&format!("/inbox/{UTF8_NAME}"), TEXT);
    let listed = rclone.run(&["lsf", "--recursive", "--format=ps", &rclone.remote(&ftp, ftp.password())]);
    let mut lines: Vec<&str> = listed.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "inbox/;-1",
            "inbox/naïve ☃.txt;26",
            "pub/;-1",
            "pub/big.bin;204800",
            "pub/text.csv;26",
            "two words.txt;4"
        ]
    );
    assert_eq!(facts::refusals(&ftp), [""; 0]);
}

#[test]
fn files_are_moved_and_deleted_and_directories_made_and_removed() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    let remote = rclone.remote(&ftp, ftp.password());
    rclone.run(&["mkdir", &format!("{remote}new")]);
    rclone.run(&["mkdir", &format!("{remote}gone")]);
    rclone.run(&["moveto", &format!("{remote}two words.txt"), &format!("{remote}new/2.txt")]);
    rclone.run(&["deletefile", &format!("{remote}pub/text.csv")]);
    rclone.run(&["rmdir", &format!("{remote}gone")]);
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub/text.csv") && !ftp.exists("/gone"));
    rclone.run(&["purge", &format!("{remote}pub")]);
    assert!(!ftp.exists("/pub"));
    assert_eq!(
        facts::commands(&ftp, &["MKD", "RNFR", "RNTO", "DELE", "RMD"]),
        [
            "DELE pub/big.bin",
            "DELE pub/text.csv",
            "MKD gone",
            "MKD new",
            "RMD gone",
            "RMD pub",
            "RNFR two words.txt",
            "RNTO new/2.txt"
        ]
    );
}

#[test]
fn a_file_is_read_from_its_middle() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    let text = format!("{}pub/text.csv", rclone.remote(&ftp, ftp.password()));
    assert_eq!(rclone.run(&["cat", "--offset=8", "--count=5", &text]), "1,Ada");
    assert_eq!(facts::commands(&ftp, &["REST"]), ["REST 8"]);
}

#[test]
fn what_is_missing_is_exit_code_3() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    let nowhere = format!("{}nowhere", rclone.remote(&ftp, ftp.password()));
    rclone.try_run(&["lsf", &nowhere]).exits_with(3);
}

#[test]
fn a_wrong_password_is_refused() {
    let Some(rclone) = Rclone::find() else { return };
    let ftp = fixture();
    let outcome = rclone.try_run(&["lsf", &rclone.remote(&ftp, "wrong")]).exits_with(1);
    assert!(outcome.stderr.contains("530"), "{}", outcome.stderr);
}

#[test]
fn ipv6_works() {
    let Some(rclone) = Rclone::find() else { return };
    let Some(ftp) = fixture_on_ipv6() else { return };
    let inbox = format!("{}inbox", rclone.remote(&ftp, ftp.password()));
    rclone.write_tree();
    rclone.run(&["copy", "tree", &inbox]);
    rclone.run(&["check", "--download", "tree", &inbox]);
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
}
