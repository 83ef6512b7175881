//! What `serve` says when it cannot do what it was told to, and with which exit code.

use std::fs;
use std::net::TcpListener;

use insta::assert_snapshot;

use crate::tool::{Tool, fails};

/// Runs each and shows what it says.
fn all_fail(code: i32, calls: &[&[&str]]) -> String {
    let mut said = String::new();
    for arguments in calls {
        let (found, stderr) = fails(*arguments);
        assert_eq!(found, code, "{arguments:?}: {stderr}");
        said += &format!("$ serve {}\n{}\n", arguments.join(" "), stderr.trim_end());
    }
    said
}

#[test]
fn a_wrong_call_says_what_to_write() {
    let said = all_fail(
        2,
        &[
            &["--user", "alice"],
            &["--user", "alice:s3:cret:elr"],
            &["--user", "alice:s3cret:elq"],
            &["--anonymous=q"],
            &["--listen", "localhost"],
            &["--clock", "yesterday"],
            &["--max-login-attempts", "many"],
            &["--record", "full"],
            &["--transcript", "session.ftp", "--record", "all"],
            &["--transcrpt", "session.ftp"],
            &["--tls", "starttls"],
            &["--tls-control-required"],
            &["-v", "-q"],
            &["basic.toml"],
        ],
    );
    assert_snapshot!(said);
}

#[test]
fn help_says_it_all_with_examples() {
    let ended = Tool::serve(["--help"]).ended();
    assert_eq!((ended.status.code(), ended.stderr.as_str()), (Some(0), ""));
    assert_snapshot!(ended.stdout);
}

#[test]
fn a_server_that_cannot_start_says_why_and_what_to_do() {
    let said = all_fail(
        125,
        &[
            &["--root", "no/such/directory"],
            &["--user", "alice:a", "--user", "alice:b"],
            &["--anonymous", "--user", "anonymous:x:elr"],
            &["--fixture", "fixtures/no-such.toml"],
            &["--fixture", "fixtures/basic.toml", "--user", "user:other"],
            &["--transcript", "no/such/directory/session.ftp"],
            &["--transcript", "fixtures"],
        ],
    );
    assert_snapshot!(said);
}

#[test]
fn a_port_that_is_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let (code, stderr) = fails(["--listen", &address.to_string()]);
    assert_eq!(code, 125);
    assert_snapshot!(
        stderr.replace(&address.port().to_string(), "[PORT]"),
        @"error: cannot listen on 127.0.0.1:[PORT]: the port is in use; listen on 127.0.0.1:0 to take any free one"
    );
}

#[test]
fn a_mistake_in_a_definition_file_names_its_place() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("broken.toml"), "# a fixture\n\nbaner = \"hello\"\n").unwrap();
    let mut command = Tool::command(["--fixture", "broken.toml"]);
    let ended = Tool::start(command.current_dir(directory.path())).ended();
    assert_eq!(ended.status.code(), Some(125));
    assert_snapshot!(ended.stderr, @"error: broken.toml:3:1: unknown key `baner`; did you mean `banner`?");
}

#[test]
fn a_transcript_that_was_there_survives_a_server_that_cannot_start() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("session.ftp");
    fs::write(&path, "an older one").unwrap();
    let (code, _) = fails(["--root", "no/such/directory", "--transcript", path.to_str().unwrap()]);
    assert_eq!(code, 125);
    assert_eq!(fs::read_to_string(&path).unwrap(), "an older one");
}
