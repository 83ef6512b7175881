//! `get` and `put` with a server that lets them.

use std::fs;
use std::path::Path;

use ftp_fixture::prelude::*;
use ftp_fixture::tls::Certificate;
use ftp_fixture::transcript::Transcript;
use insta::assert_snapshot;
use tempfile::{TempDir, tempdir};

use crate::tool::{Tool, run};

fn server() -> FtpFixture {
    FtpFixture::builder().user("ada:p@ss").file("pub/a b.txt", "one\ntwo\n").start()
}

/// The names in a directory.
fn names(directory: &TempDir) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn read(directory: &TempDir, name: impl AsRef<Path>) -> String {
    fs::read_to_string(directory.path().join(name)).unwrap()
}

#[test]
fn get_keeps_the_name_unless_there_is_another() {
    let server = server();
    let directory = tempdir().unwrap();
    fs::create_dir(directory.path().join("sub")).unwrap();
    fs::write(directory.path().join("old.txt"), "old").unwrap();
    let url = server.url() + "pub/a%20b.txt";
    run("get", &directory, [&*url]).assert_well();
    run("get", &directory, [&url, "sub"]).assert_well();
    run("get", &directory, [&url, "-o", "old.txt"]).assert_well();
    for name in ["a b.txt", "sub/a b.txt", "old.txt"] {
        assert_eq!(read(&directory, name), "one\ntwo\n", "{name}");
    }
    assert_eq!(names(&directory), ["a b.txt", "old.txt", "sub"]);
}

#[test]
fn a_file_that_was_got_is_as_any_other() {
    use std::os::unix::fs::PermissionsExt;

    let server = server();
    let directory = tempdir().unwrap();
    run("get", &directory, [&*(server.url() + "pub/a%20b.txt"), "got"]).assert_well();
    fs::write(directory.path().join("made"), "").unwrap();
    let mode = |name: &str| fs::metadata(directory.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("got"), mode("made"));
}

#[test]
fn get_writes_to_standard_output_and_to_devices() {
    let server = server();
    let directory = tempdir().unwrap();
    let url = server.url() + "pub/a%20b.txt";
    let ended = run("get", &directory, [&*url, "-"]);
    assert_eq!((ended.status.code(), &*ended.stdout, &*ended.stderr), (Some(0), "one\ntwo\n", ""));
    run("get", &directory, [&*url, "-o", "/dev/null"]).assert_well();
    assert!(names(&directory).is_empty());
}

#[test]
fn get_goes_on_where_an_earlier_one_broke_off() {
    let server = server();
    let directory = tempdir().unwrap();
    fs::write(directory.path().join("a b.txt.part"), "ONE\n").unwrap();
    let url = server.url() + "pub/a%20b.txt";
    run("get", &directory, [&*url, "--resume", "--transcript", "session.ftp"]).assert_well();
    assert_eq!(read(&directory, "a b.txt"), "ONE\ntwo\n");
    assert_eq!(names(&directory), ["a b.txt", "session.ftp"]);
    assert_snapshot!(read(&directory, "session.ftp"));

    fs::write(directory.path().join("whole.part"), "ONE\nTWO\n").unwrap();
    run("get", &directory, [&*url, "whole", "--resume"]).assert_well();
    assert_eq!(read(&directory, "whole"), "ONE\nTWO\n");
    run("get", &directory, [&*url, "new", "--resume"]).assert_well();
    assert_eq!(read(&directory, "new"), "one\ntwo\n");
    assert_eq!(names(&directory), ["a b.txt", "new", "session.ftp", "whole"]);
}

#[test]
fn put_keeps_the_name_where_the_url_ends_with_a_slash() {
    let server = server();
    let directory = tempdir().unwrap();
    fs::write(directory.path().join("c d.txt"), "three\n").unwrap();
    for path in ["", "pub/", "pub/x.txt", "%2Fpub/y.txt"] {
        run("put", &directory, ["c d.txt", &*(server.url() + path)]).assert_well();
    }
    for path in ["/c d.txt", "/pub/c d.txt", "/pub/x.txt", "/pub/y.txt"] {
        assert_eq!(server.read(path), b"three\n", "{path}");
    }
}

#[test]
fn put_sends_standard_input() {
    let server = server();
    let mut tool = Tool::start(Tool::command_of("put").args(["-", &*(server.url() + "in.txt")]));
    tool.say("said\n");
    tool.ended().assert_well();
    assert_eq!(server.read("/in.txt"), b"said\n");
}

#[test]
fn put_appends_what_the_server_lacks() {
    let server = server();
    let directory = tempdir().unwrap();
    fs::write(directory.path().join("local"), "ONE\nTWO\nthree\n").unwrap();
    let url = server.url() + "pub/a%20b.txt";
    run("put", &directory, ["local", &url, "--resume", "--transcript", "session.ftp"]).assert_well();
    assert_eq!(server.read("/pub/a b.txt"), b"one\ntwo\nthree\n");
    assert_snapshot!(read(&directory, "session.ftp"));

    run("put", &directory, ["local", &url, "--resume"]).assert_well();
    let mut tool = Tool::start(Tool::command_of("put").args(["-", &*url, "--resume"]));
    tool.say("ONE\nTWO\nTHREE\nfour\n");
    tool.ended().assert_well();
    assert_eq!(server.read("/pub/a b.txt"), b"one\ntwo\nthree\nfour\n");
    run("put", &directory, ["local", &*(server.url() + "new"), "--resume"]).assert_well();
    assert_eq!(server.read("/new"), b"ONE\nTWO\nthree\n");
}

#[test]
fn data_go_over_a_connection_from_the_server_where_it_is_told_so() {
    let server = server();
    let directory = tempdir().unwrap();
    let url = server.url() + "pub/a%20b.txt";
    run("get", &directory, [&*url, "--active", "--timeout", "9", "--transcript", "session.ftp"])
        .assert_well();
    let transcript = Transcript::load(directory.path().join("session.ftp")).unwrap();
    assert_transcript!(transcript);
}

#[test]
fn tls_begins_on_demand_or_at_once_with_somebody_to_trust() {
    let strict = Tls::explicit().control_required(true).data_required(true);
    for (tls, options) in [(strict, &["--tls"][..]), (Tls::implicit(), &[])] {
        let start = |tls| FtpFixture::builder().file("a.txt", "a\n").tls(tls).start();
        let directory = tempdir().unwrap();
        let get = |server: &FtpFixture, name: &str, trust: &[&str]| {
            let url = server.url() + "a.txt";
            run("get", &directory, [&[&*url, name], options, trust].concat())
        };
        let server = start(tls.clone());
        let ca = server.ca_file().to_str().unwrap();
        get(&server, "a.txt", &["--ca", ca]).assert_well();
        get(&server, "b.txt", &["--insecure"]).assert_well();
        let ended = get(&start(tls.certificate(Certificate::expired())), "c.txt", &["--ca", ca]);
        assert_eq!(ended.status.code(), Some(1), "{ended:?}");
        assert!(ended.stderr.ends_with("--insecure trusts anybody\n"), "{ended:?}");
        assert_eq!(names(&directory), ["a.txt", "b.txt"]);
        assert_eq!(read(&directory, "a.txt") + &read(&directory, "b.txt"), "a\na\n");
    }
}
