//! What a disk has and memory has not: links, which never lead out of the root, and files that are none.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use ftp_fixture::FtpFixture;
use ftp_fixture::auth::User;
use ftp_fixture::proto::Verb;
use tempfile::TempDir;

use crate::parameters::before_pathname;
use crate::wire::Wire;

/// A directory with the fixture's root in it, and with things beside the root that no client may see.
fn outside() -> (TempDir, PathBuf) {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("root");
    fs::create_dir_all(root.join("home")).unwrap();
    fs::create_dir_all(root.join("other")).unwrap();
    fs::create_dir(outer.path().join("beside")).unwrap();
    fs::write(outer.path().join("beside/secret"), "secret").unwrap();
    fs::write(root.join("inside"), "inside").unwrap();
    fs::write(root.join("other/file"), "other").unwrap();
    symlink("../beside/secret", root.join("up")).unwrap();
    symlink("../beside", root.join("up-dir")).unwrap();
    symlink("../beside/new", root.join("up-new")).unwrap();
    symlink(outer.path().join("beside/secret"), root.join("absolute")).unwrap();
    symlink(outer.path().join("beside"), root.join("absolute-dir")).unwrap();
    symlink(root.join("inside"), root.join("back-in")).unwrap();
    symlink("up-dir", root.join("twice")).unwrap();
    symlink("inside", root.join("good")).unwrap();
    symlink("../other", root.join("home/out-of-home")).unwrap();
    symlink("../other/file", root.join("home/file-out-of-home")).unwrap();
    (outer, root)
}

/// Every pathname below a directory, with a file's content or a link's target.
fn tree(directory: &Path) -> BTreeMap<PathBuf, String> {
    let mut entries = BTreeMap::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.symlink_metadata().unwrap().file_type();
        if kind.is_dir() {
            entries.extend(tree(&path));
            entries.insert(path, "a directory".to_owned());
        } else if kind.is_symlink() {
            entries.insert(path.clone(), format!("to {:?}", fs::read_link(&path).unwrap()));
        } else if kind.is_file() {
            entries.insert(path.clone(), fs::read_to_string(&path).unwrap());
        } else {
            entries.insert(path, "something else".to_owned());
        }
    }
    entries
}

/// Sends every verb that takes a pathname with each of these, and asserts that it is refused and tells nothing.
#[track_caller]
fn assert_refused(wire: &mut Wire, ftp: &FtpFixture, existing: &str, paths: &[&str]) {
    for info in Verb::ALL.map(Verb::info).into_iter().filter(|info| info.path) {
        for (path, name) in paths.iter().flat_map(|path| info.names.iter().map(move |name| (path, name))) {
            let data = wire.data();
            if info.verb == Verb::Rnto {
                wire.expect(350, &format!("RNFR {existing}"));
            }
            let before = before_pathname(info.verb);
            let reply = wire.expect(550, &format!("{name} {before}{path}"));
            assert!(!reply.contains("secret") && !reply.contains("beside"), "{name} {path}: {reply:?}");
            wire.expect(200, "NOOP");
            drop(data);
        }
    }
    assert!(!ftp.transcript().is_empty());
}

#[test]
fn links_that_leave_the_root_are_refused_to_every_verb() {
    let (outer, root) = outside();
    let before = tree(outer.path());
    let ftp = FtpFixture::builder().serve_dir(&root).start();
    let mut wire = Wire::log_in(&ftp);
    let paths = [
        "up",
        "up-dir",
        "up-new",
        "absolute",
        "absolute-dir",
        "back-in",
        "twice",
        "up-dir/secret",
        "up-dir/new",
        "absolute-dir/secret",
        "absolute-dir/new",
        "twice/secret",
        "good/../up",
    ];
    assert_refused(&mut wire, &ftp, "inside", &paths);
    assert_eq!(tree(outer.path()), before);
    assert_eq!(wire.download("RETR good"), b"inside");
}

#[test]
fn links_that_leave_the_home_are_refused_to_every_verb() {
    let (outer, root) = outside();
    fs::write(root.join("home/mine"), "mine").unwrap();
    let before = tree(outer.path());
    let ftp = FtpFixture::builder().user(User::new("ada", "pw").home("/home")).serve_dir(&root).start();
    let mut wire = Wire::log_in(&ftp);
    let paths = ["out-of-home", "out-of-home/file", "out-of-home/new", "file-out-of-home"];
    assert_refused(&mut wire, &ftp, "mine", &paths);
    assert_eq!(tree(outer.path()), before);
    assert_eq!(wire.download("NLST"), b"file-out-of-home\r\nmine\r\nout-of-home\r\n");
}

#[test]
fn listings_tell_of_no_place_on_the_host() {
    let (outer, root) = outside();
    let ftp = FtpFixture::builder().serve_dir(&root).start();
    let mut wire = Wire::log_in(&ftp);
    let host = outer.path().to_str().unwrap();
    for command in ["LIST", "NLST", "MLSD"] {
        let listing = String::from_utf8(wire.download(command)).unwrap();
        assert!(listing.contains("inside") && !listing.contains(host), "{listing}");
    }
    let reply = wire.expect(213, "STAT /");
    assert!(reply.contains("absolute") && !reply.contains(host), "{reply}");
    assert!(!ftp.transcript().to_string().contains(host));
}

#[test]
fn links_inside_are_followed_and_removed_as_links() {
    let (_outer, root) = outside();
    symlink("other", root.join("to-dir")).unwrap();
    let ftp = FtpFixture::builder().serve_dir(&root).start();
    let mut wire = Wire::log_in(&ftp);
    assert_eq!(wire.download("RETR to-dir/file"), b"other");
    assert_eq!(wire.download("NLST to-dir"), b"file\r\n");
    let reply = wire.expect(250, "CWD to-dir");
    assert!(reply.starts_with("250 \"/to-dir\" "), "{reply:?}");
    wire.expect(250, "CDUP");
    wire.upload("STOR good", "changed");
    assert_eq!(ftp.read("inside"), b"changed");
    wire.expect(250, "DELE good");
    assert!(!ftp.exists("good") && ftp.exists("inside"));
    wire.expect(250, "DELE to-dir");
    assert_eq!(ftp.read("other/file"), b"other");
}

#[test]
fn what_is_no_regular_file_stops_nobody() {
    let (_outer, root) = outside();
    assert!(Command::new("mkfifo").arg(root.join("fifo")).status().unwrap().success());
    let _socket = UnixListener::bind(root.join("socket")).unwrap();
    let ftp = FtpFixture::builder().serve_dir(&root).start();
    let mut wire = Wire::log_in(&ftp);
    let mut refuse_all = || {
        for name in ["fifo", "socket"] {
            for command in ["RETR", "STOR", "APPE", "SIZE", "MDTM", "MFMT 20010203040506"] {
                let _data = wire.data();
                wire.expect(550, &format!("{command} {name}"));
            }
            for offset in [0, 1] {
                for command in ["RETR", "STOR"] {
                    let _data = wire.data();
                    wire.expect(350, &format!("REST {offset}"));
                    let reply = wire.command(&format!("{command} {name}"));
                    assert!(reply.starts_with("55"), "{command} {name}: {reply:?}");
                }
            }
        }
    };
    refuse_all();
    // With somebody at the other end, opening it would succeed.
    let _other_end = fs::File::options().read(true).write(true).open(root.join("fifo")).unwrap();
    refuse_all();
    let listing = String::from_utf8(wire.download("LIST fifo")).unwrap();
    assert!(listing.starts_with('p'), "{listing}");
    wire.expect(250, "DELE fifo");
}

#[test]
fn a_link_that_leads_nowhere_is_listed_like_any_other_by_its_name() {
    let (_outer, root) = outside();
    symlink("nowhere", root.join("dangling")).unwrap();
    let ftp = FtpFixture::builder().serve_dir(&root).start();
    let mut wire = Wire::log_in(&ftp);
    let listed = String::from_utf8(wire.download("LIST dangling")).unwrap();
    assert!(listed.starts_with('l') && listed.ends_with(" dangling -> nowhere\r\n"), "{listed}");
    assert_eq!(wire.download("NLST dangling"), b"dangling\r\n");
    assert!(wire.expect(213, "STAT dangling").contains(listed.trim_end()));
    wire.expect(550, "MLST dangling");
}
