//! What `get`, `put` and `ls` say when they cannot do what they were told to, and with which exit code.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};

use ftp_fixture::prelude::*;
use insta::assert_snapshot;
use socket2::{Domain, Socket, Type};
use tempfile::{TempDir, tempdir};

use crate::liar::{Liar, Step};
use crate::tool::{Tool, run};

/// Runs each line, with the server's URL for `URL`, and shows what it says.
fn all_fail(code: i32, server: &FtpFixture, directory: &TempDir, calls: &[&str]) -> String {
    let port = server.port().to_string();
    let mut said = String::new();
    for call in calls {
        let (name, arguments) = call.split_once(' ').unwrap();
        let arguments = arguments.replace("URL/", &server.url());
        let ended = run(name, directory, arguments.split(' '));
        assert_eq!((ended.status.code(), &*ended.stdout), (Some(code), ""), "{call}: {}", ended.stderr);
        said += &format!("$ {call}\n{}\n", ended.stderr.trim_end().replace(&port, "[PORT]"));
    }
    said
}

#[test]
fn a_wrong_call_of_a_client_says_what_to_write() {
    let server = FtpFixture::start();
    let directory = tempdir().unwrap();
    let said = all_fail(
        2,
        &server,
        &directory,
        &[
            "get http://localhost/a",
            "get URL/",
            "get URL/pub/",
            "get URL/..",
            "get URL/a one -o two",
            "get URL/a - --resume",
            "get URL/a --tls",
            "get URL/a --ca ca.pem",
            "get URL/a --tls --ca no-such.pem",
            "get URL/a --tls --ca ca.pem --insecure",
            "get ftps://localhost/a",
            "get URL/a --timeout soon",
            "put a",
            "put - URL/",
            "put .. URL/",
            "ls URL/ -l --json",
        ],
    );
    assert_snapshot!(said);
}

#[test]
fn what_the_server_refuses_is_said_with_its_reply() {
    let server =
        FtpFixture::builder().user("user:12345").user("reader:r:elr").file("pub/a.txt", "one\n").start();
    let directory = tempdir().unwrap();
    fs::write(directory.path().join("file"), "x").unwrap();
    fs::write(directory.path().join("a.txt.part"), "longer").unwrap();
    let said = all_fail(
        1,
        &server,
        &directory,
        &[
            "get URL/none.txt",
            "get URL/none.txt --resume",
            "get URL/pub",
            "get URL/pub/a.txt --resume",
            "get URL/pub/a.txt no/such/directory/a.txt",
            "get URL/pub/a.txt --tls --insecure",
            "put file URL/no/such/directory/",
            "put none.txt URL/",
            "put . URL/pub/x",
            "put file URL/pub/a.txt --resume",
            "ls URL/none",
        ],
    );
    assert_snapshot!(said);
    let left: Vec<_> = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn whoever_may_not_is_told_where_user_and_password_stand() {
    let server = FtpFixture::builder().user("reader:r:elr").start();
    let directory = tempdir().unwrap();
    fs::write(directory.path().join("file"), "x").unwrap();
    let said = all_fail(1, &server, &directory, &["put file URL/x"]);
    let url = format!("ftp://reader:wrong@{}/x", server.addr());
    let ended = run("get", &directory, [&url]);
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(said + &ended.stderr);
}

#[test]
fn a_server_that_is_not_there_or_no_server_of_ftp_is_said() {
    let directory = tempdir().unwrap();
    // Taken, so that no other test's server is there, and nobody listens.
    let silent = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    silent.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).unwrap();
    let nobody = silent.local_addr().unwrap().as_socket().unwrap();
    let ended = run("ls", &directory, [format!("ftp://{nobody}/")]);
    assert_eq!(ended.status.code(), Some(1));
    let said = ended.stderr.replace(&nobody.port().to_string(), "[PORT]");
    let liar = Liar::start_silently([Step::Say("HTTP/1.1 400 Bad Request")]);
    let ended = run("ls", &directory, [format!("ftp://{}/", liar.address())]);
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(said + &ended.stderr);
}

#[test]
fn a_file_that_nobody_reads_is_not_transferred() {
    let server = FtpFixture::builder().file("a.txt", "a\n").start();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Tool::command_of("get");
    let ended = Tool::start(command.args([&*(server.url() + "a.txt"), "-"]).stdout(writer)).ended();
    assert_eq!(ended.status.code(), Some(1));
    assert_snapshot!(ended.stderr, @"error: standard output cannot be written: Broken pipe (os error 32)");
}

#[test]
fn a_transcript_that_cannot_be_written_is_a_failure_of_the_tool() {
    let server = FtpFixture::start();
    let said = all_fail(125, &server, &tempdir().unwrap(), &["ls URL/ --transcript no/such/session.ftp"]);
    assert_snapshot!(said);
}

#[test]
fn help_of_the_clients_says_it_all_with_examples() {
    for name in ["get", "put", "ls"] {
        let ended = run(name, &tempdir().unwrap(), ["--help"]);
        assert_eq!((ended.status.code(), &*ended.stderr), (Some(0), ""));
        assert_snapshot!(format!("{name}_help"), ended.stdout);
    }
}
