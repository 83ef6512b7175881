//! ncftp and its ncftpput, ncftpget and ncftpls: PASV, `NLST -CF`, MFMT with each uploaded file's own time. They know
//! no IPv6.

use ftp_fixture::prelude::*;

use crate::desk::Desk;
use crate::facts;
use crate::payload::{BREAK, TEXT, UTF8_NAME, assert_same, binary};
use crate::program::{Outcome, Program};
use crate::server;

/// The package that has all four programs.
const PACKAGE: &str = "ncftp";

// Exit codes, as ncftpget(1) lists them.
const CONNECTION_FAILED: i32 = 1;
const TRANSFER_FAILED: i32 = 3;

/// Where a transfer of [`TEXT`] broke off that is to be resumed.
const TEXT_BREAK: usize = 8;

struct Ncftp {
    put: Program,
    get: Program,
    ls: Program,
    shell: Program,
    desk: Desk,
}

impl Ncftp {
    fn find() -> Option<Self> {
        Some(Self {
            put: Program::find_of("ncftpput", PACKAGE)?,
            get: Program::find_of("ncftpget", PACKAGE)?,
            ls: Program::find_of("ncftpls", PACKAGE)?,
            shell: Program::find_of("ncftp", PACKAGE)?,
            desk: Desk::new(),
        })
    }

    #[track_caller]
    fn put(&self, ftp: &FtpFixture, options: &[&str], directory: &str, files: &[&str]) -> Outcome {
        let host = ftp.host().to_string();
        self.run(&self.put, ftp, &[options, &["-V", &host, directory], files].concat())
    }

    /// Gets files into the desk.
    #[track_caller]
    fn get(&self, ftp: &FtpFixture, options: &[&str], files: &[&str]) -> Outcome {
        let host = ftp.host().to_string();
        self.run(&self.get, ftp, &[options, &["-V", &host, "."], files].concat())
    }

    #[track_caller]
    fn ls(&self, ftp: &FtpFixture, options: &[&str], path: &str) -> String {
        let url = format!("ftp://{}/{path}", ftp.host());
        self.run(&self.ls, ftp, &[options, &[&url]].concat()).exits_with(0).text()
    }

    /// Runs one of the three as the first user, once, and without CLNT, in which they name the machine they were built
    /// for.
    #[track_caller]
    fn run(&self, program: &Program, ftp: &FtpFixture, arguments: &[&str]) -> Outcome {
        let port = ftp.port().to_string();
        let always =
            ["-P", &port, "-u", ftp.user(), "-p", ftp.password(), "-r", "0", "-t", "30", "-o", "useCLNT=0"];
        program.run(self.desk.path(), always.iter().chain(arguments))
    }

    /// Runs `script` in ncftp as the first user.
    #[track_caller]
    fn script(&self, ftp: &FtpFixture, script: &str) -> String {
        let open = format!("open -u {} -p {} -P {} {}", ftp.user(), ftp.password(), ftp.port(), ftp.host());
        let script = format!("{open}\n{script}\nquit\n");
        self.shell.run_on(&script, self.desk.path(), [""; 0]).exits_with(0).text()
    }
}

/// With MFF an upload ends with the wall time in it.
fn fixture() -> FtpFixture {
    server::builder("127.0.0.1:0").hole("X-CREATED", r"^MFF .*Create=(\d{14}) ").start()
}

#[test]
fn uploads_arrive_byte_for_byte() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("big.bin", &binary());
    ncftp.desk.write("text.csv", TEXT.as_bytes());
    ncftp.put(&ftp, &[], "inbox", &["big.bin", "text.csv"]).exits_with(0);
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    ftp.root().child("inbox/text.csv").assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn an_upload_gets_its_name_when_it_is_complete() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("text.csv", TEXT.as_bytes());
    ncftp.put(&ftp, &["-m", "-T", "part."], "inbox/new", &["text.csv"]).exits_with(0);
    ftp.root().child("inbox/new/text.csv").assert(TEXT);
    assert!(!ftp.exists("/inbox/new/part.text.csv"));
    assert_transcript!(ftp);
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.get(&ftp, &[], &["pub/big.bin", "pub/text.csv"]).exits_with(0);
    assert_same(&ncftp.desk.read("big.bin"), &binary());
    assert_same(&ncftp.desk.read("text.csv"), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn text_in_ascii_comes_and_goes_as_it_was() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("lines.txt", b"one\ntwo\n");
    ncftp.put(&ftp, &["-a"], "inbox", &["lines.txt"]).exits_with(0);
    ftp.root().child("inbox/lines.txt").assert("one\ntwo\n");
    ncftp.get(&ftp, &["-a"], &["two words.txt"]).exits_with(0);
    assert_same(&ncftp.desk.read("two words.txt"), b"two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_broken_download_is_resumed() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("big.bin", &binary()[..BREAK]);
    // It leaves alone what is newer than the server's.
    ncftp.desk.make_old("big.bin");
    ncftp.get(&ftp, &["-z"], &["pub/big.bin"]).exits_with(0);
    assert_same(&ncftp.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_broken_upload_is_resumed() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    // A short one: ncftpput 3.2.6 sends a long one again from its start, REST or not.
    ftp.write("/inbox/text.csv", &TEXT[..TEXT_BREAK]);
    ncftp.desk.write("text.csv", TEXT.as_bytes());
    // It sends again from the start what is newer than the server's.
    ncftp.desk.make_old("text.csv");
    ncftp.put(&ftp, &["-z"], "inbox", &["text.csv"]).exits_with(0);
    ftp.root().child("inbox/text.csv").assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn a_file_is_appended_to() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("two words.txt", b"three\n");
    ncftp.put(&ftp, &["-A"], "/", &["two words.txt"]).exits_with(0);
    ftp.root().child("two words.txt").assert("two\nthree\n");
    assert_transcript!(ftp);
}

#[test]
fn directories_are_listed_long_and_short() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    let long = ncftp.ls(&ftp, &["-l"], "pub/");
    assert_eq!(long.lines().count(), 2, "{long}");
    assert_eq!(ncftp.ls(&ftp, &["-1"], "pub/"), "big.bin\ntext.csv\n");
    assert_eq!(ncftp.ls(&ftp, &[], "pub/").split_whitespace().collect::<Vec<_>>(), ["big.bin", "text.csv"]);
    assert_transcript!(ftp);
}

#[test]
fn a_tree_goes_and_comes_whole() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("tree/deep/leaf.txt", b"leaf\n");
    ncftp.desk.write("tree/big.bin", &binary());
    ncftp.put(&ftp, &["-R"], "inbox", &["tree"]).exits_with(0);
    assert_same(&ftp.read("/inbox/tree/big.bin"), &binary());
    ftp.root().child("inbox/tree/deep/leaf.txt").assert("leaf\n");
    ncftp.get(&ftp, &["-R"], &["inbox"]).exits_with(0);
    assert_same(&ncftp.desk.read("inbox/tree/big.bin"), &binary());
    assert_same(&ncftp.desk.read("inbox/tree/deep/leaf.txt"), b"leaf\n");
    // ncftpput goes through a directory in no order of its own. ncftpget asks for what some servers make on demand first.
    assert_eq!(
        facts::commands(&ftp, &["MKD", "RETR", "STOR"]),
        [
            "MKD tree",
            "MKD tree/deep",
            "RETR inbox.tar",
            "RETR inbox/tree/big.bin",
            "RETR inbox/tree/deep/leaf.txt",
            "STOR tree/big.bin",
            "STOR tree/deep/leaf.txt",
        ]
    );
}

#[test]
fn a_download_takes_the_original_away() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.get(&ftp, &["-DD"], &["pub/text.csv"]).exits_with(0);
    assert_same(&ncftp.desk.read("text.csv"), TEXT.as_bytes());
    assert!(!ftp.exists("/pub/text.csv"));
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write(UTF8_NAME, TEXT.as_bytes());
    ncftp.put(&ftp, &[], "inbox", &[UTF8_NAME]).exits_with(0);
    ftp.root().child("inbox").child(UTF8_NAME).assert(TEXT);
    let snowman = format!("inbox/{UTF8_NAME}");
    ncftp.desk.remove(UTF8_NAME);
    ncftp.get(&ftp, &[], &["two words.txt", &snowman]).exits_with(0);
    assert_same(&ncftp.desk.read("two words.txt"), b"two\n");
    assert_same(&ncftp.desk.read(UTF8_NAME), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn a_user_who_may_only_read_changes_nothing() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("new.txt", b"new\n");
    let bob = ["-u", "bob", "-p", "pw"];
    ncftp.put(&ftp, &bob, "/", &["new.txt"]).exits_with(TRANSFER_FAILED);
    let commands = ["DELE two words.txt", "RNFR two words.txt", "MKD new", "RMD inbox"];
    let quotes: Vec<&str> = commands.iter().flat_map(|command| ["-W", command]).collect();
    ncftp.get(&ftp, &[&bob, &quotes[..]].concat(), &["two words.txt"]).exits_with(0);
    ftp.root().child("two words.txt").assert("two\n");
    assert!(ftp.exists("/inbox") && !ftp.exists("/new") && !ftp.exists("/new.txt"));
    assert_transcript!(ftp);
}

#[test]
fn a_wrong_password_is_exit_code_1() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.get(&ftp, &["-p", "wrong"], &["two words.txt"]).exits_with(CONNECTION_FAILED);
    assert_transcript!(ftp);
}

#[test]
fn a_missing_file_is_exit_code_3() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.get(&ftp, &[], &["nothing.txt"]).exits_with(TRANSFER_FAILED);
    assert!(!ncftp.desk.has("nothing.txt"));
    assert_transcript!(ftp);
}

#[test]
fn active_mode_works() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.get(&ftp, &["-E"], &["pub/big.bin"]).exits_with(0);
    ncftp.put(&ftp, &["-E"], "inbox", &["big.bin"]).exits_with(0);
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_eq!(ncftp.ls(&ftp, &["-E", "-1"], "inbox/"), "big.bin\n");
    assert_transcript!(ftp);
}

/// The server cannot set the time of creation that MFF brings and refuses all of it; MFMT then sets the other.
#[test]
fn a_time_of_creation_is_no_hindrance() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("text.csv", TEXT.as_bytes());
    ncftp.put(&ftp, &[], "inbox", &["text.csv"]).exits_with(0);
    assert_eq!(facts::commands(&ftp, &["MFF"]), ["MFF Modify=20010203040506;Create=[X-CREATED] text.csv"]);
    assert_eq!(facts::commands(&ftp, &["MFMT"]), ["MFMT 20010203040506 text.csv"]);
}

/// Its CLNT names the machine it was built for, so that there is no snapshot.
#[test]
fn the_interactive_client_does_it_all_in_one_session() {
    let Some(ncftp) = Ncftp::find() else { return };
    let ftp = fixture();
    ncftp.desk.write("text.csv", TEXT.as_bytes());
    ncftp.script(
        &ftp,
        "mkdir new\nmkdir gone\nrename \"two words.txt\" new/2.txt\nrmdir gone\nput text.csv\n\
         cd pub\nls\nget big.bin\nrm text.csv",
    );
    assert_same(&ncftp.desk.read("big.bin"), &binary());
    ftp.root().child("text.csv").assert(TEXT);
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub/text.csv") && !ftp.exists("/gone"));
    assert_eq!(facts::connections(&ftp), 1);
    assert!(facts::commands(&ftp, &["CLNT"])[0].starts_with("CLNT NcFTP "));
}
