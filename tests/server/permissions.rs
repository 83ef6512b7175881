//! What each permission letter lets through, and where: pyftpdlib's ten letters and its overrides.

use std::collections::BTreeSet;
use std::io::Write;

use ftp_fixture::FtpFixture;
use ftp_fixture::auth::User;
use ftp_fixture::proto::{CommandLine, Permission, Verb};

use crate::users::with_files;
use crate::wire::Wire;

/// For each name of each verb that asks for a permission: its letter, and a command that succeeds with it.
const NEEDED: [(char, &str); 34] = [
    ('e', "CWD d"),
    ('e', "XCWD d"),
    ('e', "CDUP"),
    ('e', "XCUP"),
    ('l', "LIST"),
    ('l', "NLST d"),
    ('l', "MLSD"),
    ('l', "MLST a"),
    ('l', "STAT d"),
    ('l', "SIZE a"),
    ('l', "MDTM a"),
    ('r', "RETR a"),
    ('a', "APPE a"),
    ('d', "DELE a"),
    ('d', "RMD d/empty"),
    ('d', "XRMD d/empty"),
    ('f', "RNFR a"),
    ('f', "RNTO b"),
    ('m', "MKD new"),
    ('m', "XMKD new"),
    ('w', "STOR a"),
    ('w', "STOU"),
    ('w', "STOU new"),
    ('w', "STOR new"),
    ('T', "MFMT 20010203040506 a"),
    ('r', "RETR d/b"),
    ('l', "AVBL d"),
    ('l', "HASH a"),
    ('l', "XCRC a"),
    ('l', "XMD5 a"),
    ('l', "XSHA1 a"),
    ('l', "XSHA256 a"),
    ('M', "SITE CHMOD 600 a"),
    ('T', "SITE UTIME 20010203040506 a"),
];

/// Sends a command with all that it needs, and gives its first reply; a transfer is carried to its end.
#[track_caller]
fn attempt(wire: &mut Wire, command: &str) -> String {
    let data = wire.data();
    let reply = wire.command(command);
    if !reply.starts_with("150") {
        return reply;
    }
    if ["STOR", "STOU", "APPE"].iter().any(|verb| command.starts_with(verb)) {
        (&data).write_all(b"uploaded").unwrap();
    }
    drop(data);
    // A client that has closed already may not be told that a download was complete.
    wire.reply();
    reply
}

#[track_caller]
pub(crate) fn assert_allowed(wire: &mut Wire, command: &str, is_allowed: bool) {
    let reply = attempt(wire, command);
    let is_refused = reply == "550 Permission denied.";
    assert_eq!(!is_refused, is_allowed, "{command}: {reply}");
    assert!(is_refused || reply.starts_with(['1', '2', '3']), "{command}: {reply}");
}

#[test]
fn each_letter_alone_lets_its_commands_through() {
    for (letter, command) in NEEDED {
        let letters = letter.to_string();
        let ftp = with_files(&letters);
        let mut wire = Wire::log_in(&ftp);
        if command.starts_with("RNTO") {
            wire.expect(350, "RNFR a");
        }
        assert_allowed(&mut wire, command, true);
    }
}

#[test]
fn all_letters_but_one_do_not_let_its_commands_through() {
    for (letter, command) in NEEDED {
        let ftp = with_files(&"elradfmwMT".replace(letter, ""));
        let before = ftp.tree();
        let mut wire = Wire::log_in(&ftp);
        assert_allowed(&mut wire, command, false);
        assert_allowed(&mut wire, "NOOP", true);
        assert_allowed(&mut wire, "PWD", true);
        assert_eq!((ftp.tree(), ftp.read("a")), (before, b"hello".to_vec()), "{command}");
    }
}

#[test]
fn every_verb_that_asks_for_a_permission_is_tried() {
    let letter_of = |name: &str| {
        let found = NEEDED.iter().find(|(_, command)| CommandLine::parse(command.as_bytes()).name() == name);
        found.map(|(letter, _)| *letter)
    };
    let mut letters = BTreeSet::new();
    for info in Verb::ALL.map(Verb::info) {
        for name in info.names {
            assert_eq!(letter_of(name), info.permission.map(Permission::letter), "{name}");
        }
        letters.extend(info.permission.map(Permission::letter));
    }
    assert_eq!(letters, NEEDED.iter().map(|(letter, _)| *letter).collect());
}

#[test]
fn mff_needs_for_each_fact_what_its_own_command_needs() {
    let (time, mode) = ("modify=20010203040506;", "unix.mode=0600;");
    for (letters, allowed) in [("T", [true, false, false]), ("M", [false, true, false]), ("MT", [true; 3])] {
        let ftp = with_files(letters);
        let mut wire = Wire::log_in(&ftp);
        for (facts, is_allowed) in
            [time.to_owned(), mode.to_owned(), format!("{time}{mode}")].iter().zip(allowed)
        {
            assert_allowed(&mut wire, &format!("MFF {facts} a"), is_allowed);
        }
    }
}

#[test]
fn modes_times_and_hashes_ask_for_the_permission_of_their_directory() {
    let ada = User::new("ada", "pw").perms("e").override_perm("/in", "lMT", true);
    let ftp = FtpFixture::builder().user(ada).in_memory().file("in/a", "hello").file("b", "hello").start();
    let mut wire = Wire::log_in(&ftp);
    for command in [
        "SITE CHMOD 600",
        "SITE UTIME 20010203040506",
        "MFF modify=20010203040506;",
        "MFF unix.mode=0600;",
        "MFMT 20010203040506",
        "HASH",
        "XCRC",
    ] {
        assert_allowed(&mut wire, &format!("{command} in/a"), true);
        assert_allowed(&mut wire, &format!("{command} b"), false);
    }
}

#[test]
fn a_refusal_does_not_tell_whether_a_file_exists() {
    let ftp = with_files("");
    let mut wire = Wire::log_in(&ftp);
    for command in ["RETR", "SIZE", "DELE", "CWD", "MLST", "LIST", "RNFR", "STAT"] {
        assert_eq!(wire.command(&format!("{command} a")), wire.command(&format!("{command} missing")));
    }
}

#[test]
fn a_recursive_override_holds_for_all_that_is_below() {
    let ada = User::new("ada", "pw").perms("elr").override_perm("/in", "elwm", true);
    let ftp =
        FtpFixture::builder().user(ada).in_memory().file("in/sub/a", "hello").file("b", "hello").start();
    let mut wire = Wire::log_in(&ftp);
    for (command, is_allowed) in [
        ("STOR in/new", true),
        ("STOR in/sub/new", true),
        ("MKD in/sub/deep", true),
        ("STOR in/sub/deep/new", true),
        ("RETR in/sub/a", false),
        ("DELE in/sub/a", false),
        ("STOR new", false),
        ("STOR in/../new", false),
        ("STOR inside", false),
        ("RETR b", true),
    ] {
        assert_allowed(&mut wire, command, is_allowed);
    }
    wire.expect(250, "CWD in/sub");
    assert_allowed(&mut wire, "STOR relative", true);
    assert_allowed(&mut wire, "STOR ../../relative", false);
    assert_allowed(&mut wire, "STOU", true);
    wire.expect(250, "CWD /");
    assert_allowed(&mut wire, "STOU", false);
}

#[test]
fn another_override_holds_for_the_directory_and_its_files_only() {
    let ada = User::new("ada", "pw").perms("elr").override_perm("/in", "elwmd", false);
    let ftp =
        FtpFixture::builder().user(ada).in_memory().file("in/sub/a", "hello").file("in/b", "hello").start();
    let mut wire = Wire::log_in(&ftp);
    for (command, is_allowed) in [
        ("STOR in/new", true),
        ("STOR in/sub/new", false),
        ("RETR in/b", false),
        ("RETR in/sub/a", true),
        ("DELE in/b", true),
        ("DELE in/sub/a", false),
        ("MKD in/made", true),
        ("RMD in/made", false),
        ("MKD in/made/deep", false),
    ] {
        assert_allowed(&mut wire, command, is_allowed);
    }
}

#[cfg(unix)]
#[test]
fn an_override_is_about_where_a_link_leads() {
    use ftp_fixture::prelude::{PathChild, SymlinkToDir};
    let ada = User::new("ada", "pw").perms("elradfmwMT").override_perm("/locked", "el", true);
    let ftp = FtpFixture::builder().user(ada).file("locked/a", "hello").dir("open").start();
    ftp.root().child("open/link").symlink_to_dir("../locked").unwrap();
    let mut wire = Wire::log_in(&ftp);
    for command in ["RETR open/link/a", "STOR open/link/a", "DELE open/link/a", "MKD open/link/new"] {
        assert_allowed(&mut wire, command, false);
    }
    assert_eq!(ftp.read("locked/a"), b"hello");
}

#[test]
fn an_override_in_a_home_is_seen_from_the_root() {
    let ada =
        User::new("ada", "pw").perms("elr").home("/home/ada").override_perm("/home/ada/in", "elw", true);
    let ftp = FtpFixture::builder().user(ada).in_memory().dir("home/ada/in").start();
    let mut wire = Wire::log_in(&ftp);
    assert_allowed(&mut wire, "STOR in/a", true);
    assert_allowed(&mut wire, "STOR a", false);
    assert_eq!(ftp.read("home/ada/in/a"), b"uploaded");
}
