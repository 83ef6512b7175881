//! `ls`, for people and for programs.

use ftp_fixture::prelude::*;
use insta::assert_snapshot;
use tempfile::tempdir;

use crate::tool::{Ended, Tool, run};

fn server() -> FtpFixture {
    FtpFixture::builder().file("pub/a b.txt", "one\n").file("pub/big", vec![0; 12_345]).dir("pub/sub").start()
}

fn ls(server: &FtpFixture, arguments: &[&str]) -> Ended {
    run("ls", &tempdir().unwrap(), [&[&*(server.url() + "pub")], arguments].concat())
}

fn listed(server: &FtpFixture, arguments: &[&str]) -> String {
    let ended = ls(server, arguments);
    assert_eq!((ended.status.code(), &*ended.stderr), (Some(0), ""), "{ended:?}");
    ended.stdout
}

#[test]
fn entries_stand_in_columns() {
    assert_snapshot!(listed(&server(), &[]), @r"
        4  2000-01-01 00:00:00Z  a b.txt
    12345  2000-01-01 00:00:00Z  big
        -  2000-01-01 00:00:00Z  sub/
    ");
}

#[test]
fn raw_lines_are_those_of_list() {
    assert_snapshot!(listed(&server(), &["-l"]), @r"
    -rw-r--r--   1 owner    group           4 Jan 01 00:00 a b.txt
    -rw-r--r--   1 owner    group       12345 Jan 01 00:00 big
    drwxr-xr-x   1 owner    group           0 Jan 01 00:00 sub
    ");
}

#[test]
fn each_entry_is_an_object() {
    assert_snapshot!(listed(&server(), &["--json"]), @r#"
    {"group":null,"kind":"file","modified":"2000-01-01 00:00:00Z","name":"a b.txt","owner":null,"permissions":"radfw","size":4,"target":null}
    {"group":null,"kind":"file","modified":"2000-01-01 00:00:00Z","name":"big","owner":null,"permissions":"radfw","size":12345,"target":null}
    {"group":null,"kind":"directory","modified":"2000-01-01 00:00:00Z","name":"sub","owner":null,"permissions":"eldfmcp","size":0,"target":null}
    "#);
}

#[test]
fn a_server_without_mlsd_is_asked_for_list() {
    let without = |handler: ftp_fixture::server::FtpHandler| handler.without(ftp_fixture::proto::Verb::Mlsd);
    let server = FtpFixture::builder().file("pub/a.txt", "one\n").handler(without).start();
    // The year, which LIST leaves out, is guessed by the system's clock.
    let listed = listed(&server, &[]);
    let fields: Vec<_> = listed.split_whitespace().collect();
    assert!(matches!(fields[..], ["4", date, "00:00", "a.txt"] if date.ends_with("-01-01")), "{listed}");
}

#[test]
fn an_empty_directory_has_no_lines() {
    let server = FtpFixture::builder().dir("pub").start();
    for arguments in [&[][..], &["-l"], &["--json"]] {
        assert_eq!(listed(&server, arguments), "");
    }
}

#[test]
fn the_log_shows_what_was_said_but_no_password() {
    let server = FtpFixture::builder().user("ada:s3cret").dir("pub").start();
    let ended = ls(&server, &["-v"]);
    for logged in ["C> \"USER ada\"", "S> 230", "C> \"MLSD pub\""] {
        assert!(ended.stderr.contains(logged), "{logged} is missing: {}", ended.stderr);
    }
    assert!(!ended.stderr.contains("s3cret"), "{}", ended.stderr);
}

#[test]
fn whoever_has_seen_enough_may_close_standard_output() {
    let server = server();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    Tool::start(Tool::command_of("ls").arg(server.url()).stdout(writer)).ended().assert_well();
}
