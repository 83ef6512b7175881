//! Who may come in, and where they then stand: logins, homes, and what ends a login (RFC 959, 4.1.1).

use ftp_fixture::FtpFixture;
use ftp_fixture::auth::User;

use crate::permissions::assert_allowed;
use crate::servers::Backing;
use crate::wire::Wire;

/// A server whose user `ada`, with the password `pw`, has these permissions.
pub(crate) fn with_files(perms: &str) -> FtpFixture {
    FtpFixture::builder()
        .user(User::new("ada", "pw").perms(perms))
        .in_memory()
        .file("a", "hello")
        .file("d/b", "hello")
        .dir("d/empty")
        .start()
}

#[test]
fn a_home_is_all_that_its_user_sees() {
    for backing in Backing::all() {
        let builder = FtpFixture::builder()
            .user(User::new("ada", "pw").home("/home/ada"))
            .user("root:pw")
            .file("home/ada/mine", "mine")
            .file("secret", "secret");
        let ftp = backing.start(builder);
        let mut wire = Wire::log_in(&ftp);
        for path in ["/", "..", "../..", "/../../.."] {
            wire.expect(250, &format!("CWD {path}"));
            assert!(wire.expect(257, "PWD").starts_with("257 \"/\" "));
        }
        wire.expect(250, "CDUP");
        assert_eq!(wire.download("NLST"), b"mine\r\n");
        assert_eq!(wire.download("NLST /"), b"mine\r\n");
        for path in ["secret", "../secret", "../../secret", "/home/ada/mine", "/secret"] {
            wire.expect(550, &format!("SIZE {path}"));
        }
        wire.upload("STOR ../../new", "new");
        assert_eq!(ftp.read("home/ada/new"), b"new");
        wire.expect(350, "RNFR mine");
        wire.expect(250, "RNTO ../../../moved");
        assert!(ftp.exists("home/ada/moved"));
        wire.expect(550, "RMD /");

        let mut wire = Wire::connect(&ftp);
        wire.log_in_as("root", "pw");
        assert_eq!(wire.download("NLST"), b"home\r\nsecret\r\n");
    }
}

#[test]
fn anonymous_comes_in_with_any_password_and_may_read() {
    let ftp = FtpFixture::builder().anonymous().in_memory().file("a", "hello").start();
    for password in ["PASS ada@example.org", "PASS", "PASS "] {
        let mut wire = Wire::connect(&ftp);
        wire.expect(331, "USER anonymous");
        wire.expect(230, password);
        assert_eq!(wire.download("RETR a"), b"hello");
        assert_allowed(&mut wire, "STOR b", false);
        assert_allowed(&mut wire, "DELE a", false);
    }
    let ftp = FtpFixture::builder().in_memory().start();
    let mut wire = Wire::connect(&ftp);
    wire.expect(331, "USER anonymous");
    wire.expect(530, "PASS ada@example.org");
}

#[test]
fn a_wrong_password_and_an_unknown_user_are_told_alike() {
    let ftp = with_files("elr");
    let mut wire = Wire::connect(&ftp);
    let known = wire.expect(331, "USER ada");
    let wrong = wire.expect(530, "PASS wrong");
    assert_eq!(wire.expect(331, "USER nobody"), known);
    assert_eq!(wire.expect(530, "PASS pw"), wrong);
    wire.log_in_as("ada", "pw");
}

#[test]
fn the_user_must_be_named_again_after_a_wrong_password() {
    let ftp = with_files("elr");
    let mut wire = Wire::connect(&ftp);
    wire.expect(503, "PASS pw");
    wire.expect(331, "USER ada");
    wire.expect(530, "PWD");
    wire.expect(530, "PASS wrong");
    wire.expect(503, "PASS pw");
    wire.log_in_as("ada", "pw");
    wire.expect(503, "PASS pw");
    wire.expect(257, "PWD");
}

#[test]
fn the_third_wrong_password_ends_the_session() {
    let ftp = with_files("elr");
    let mut wire = Wire::connect(&ftp);
    for _ in 0..3 {
        wire.expect(331, "USER ada");
        wire.expect(530, "PASS wrong");
    }
    assert_eq!(wire.read_to_end().unwrap(), "");
    let mut wire = Wire::connect(&ftp);
    for _ in 0..2 {
        wire.expect(331, "USER ada");
        wire.expect(530, "PASS wrong");
    }
    wire.log_in_as("ada", "pw");
    wire.expect(331, "USER ada");
    wire.expect(530, "PASS wrong");
    wire.log_in_as("ada", "pw");
}

/// Sets everything that a login carries.
#[track_caller]
fn with_state(ftp: &FtpFixture) -> Wire {
    let mut wire = Wire::log_in(ftp);
    wire.expect(250, "CWD d");
    wire.expect(350, "REST 3");
    wire.expect(350, "RNFR b");
    wire.expect(229, "EPSV");
    wire
}

/// Asserts that a new login has nothing of the one before.
#[track_caller]
fn assert_anew(wire: &mut Wire) {
    wire.log_in_as("ada", "pw");
    assert!(wire.expect(257, "PWD").starts_with("257 \"/\" "));
    wire.expect(425, "RETR a");
    wire.expect(503, "RNTO c");
    wire.expect(550, "SIZE a");
    wire.expect(200, "TYPE I");
    assert_eq!(wire.download("RETR a"), b"hello");
}

#[test]
fn rein_and_user_end_the_login_and_all_that_was_set_in_it() {
    for (command, code) in [("REIN", 230), ("USER other", 331)] {
        let ftp = with_files("elradfmwMT");
        let mut wire = with_state(&ftp);
        wire.expect(code, command);
        wire.expect(530, "PWD");
        wire.expect(530, "REIN");
        assert_anew(&mut wire);
    }
}

#[test]
fn epsv_all_shuts_out_the_other_ways_until_rein() {
    let ftp = with_files("elr");
    let mut wire = Wire::log_in(&ftp);
    wire.expect(220, "EPSV ALL");
    for command in ["PASV", "PORT 127,0,0,1,200,1", "EPRT |1|127.0.0.1|51201|"] {
        wire.expect(501, command);
    }
    assert_eq!(wire.download("RETR a"), b"hello");
    wire.expect(230, "REIN");
    wire.log_in_as("ada", "pw");
    wire.expect(227, "PASV");
}

#[test]
fn a_users_own_texts_are_sent() {
    let ada = User::new("ada", "pw").msg_login("Welcome.\nNo uploads today.").msg_quit("Bye.");
    let ftp = FtpFixture::builder().user(ada).in_memory().start();
    let mut wire = Wire::connect(&ftp);
    wire.expect(331, "USER ada");
    assert_eq!(wire.command("PASS pw"), "230-Welcome.\r\n230 No uploads today.");
    assert_eq!(wire.command("QUIT"), "221 Bye.");
}
