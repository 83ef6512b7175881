//! A `get` that does not come to its end leaves no half file, unless it was told to.

use std::fs;

use ftp_fixture::prelude::*;
use rustix::process::Signal;
use tempfile::{TempDir, tempdir};

use crate::liar::{Liar, Step};
use crate::tool::{Tool, run};

/// Half of a file, and then `end`.
fn half(end: impl IntoIterator<Item = Step>) -> Liar {
    let script = [
        Step::Hear("USER"),
        Step::Say("230 Come in."),
        Step::Hear("TYPE"),
        Step::Say("200 All right."),
        Step::Hear("EPSV"),
        Step::Say("229 There (|||{port}|)."),
        Step::Hear("RETR"),
        Step::Say("150 Here (8 bytes)."),
        Step::Send("one\n"),
    ];
    Liar::start(script.into_iter().chain(end))
}

fn url(liar: &Liar) -> String {
    format!("ftp://{}/a.txt", liar.address())
}

fn names(directory: &TempDir) -> Vec<String> {
    fs::read_dir(directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_transfer_that_breaks_off_leaves_nothing_unless_it_is_to_be_resumed() {
    let broken =
        || half([Step::CloseData, Step::Say("426 Broken."), Step::Hear("QUIT"), Step::Say("221 Bye.")]);
    let directory = tempdir().unwrap();
    let (first, second) = (broken(), broken());
    let ended = run("get", &directory, [url(&first)]);
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(ended.stderr, "error: \"RETR a.txt\" failed for now: 426 Broken.\n");
    assert!(names(&directory).is_empty());

    let ended = run("get", &directory, [&*url(&second), "--resume"]);
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(names(&directory), ["a.txt.part"]);
    let server = FtpFixture::builder().file("a.txt", "one\ntwo\n").start();
    run("get", &directory, [&*(server.url() + "a.txt"), "--resume"]).assert_well();
    assert_eq!(fs::read_to_string(directory.path().join("a.txt")).unwrap(), "one\ntwo\n");
}

#[test]
fn less_than_was_announced_is_no_file_whatever_the_server_says() {
    let liar = half([Step::CloseData, Step::Say("226 Done."), Step::Hear("QUIT"), Step::Say("221 Bye.")]);
    let directory = tempdir().unwrap();
    let ended = run("get", &directory, [url(&liar)]);
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(
        ended.stderr,
        "error: only 4 of 8 bytes came, though the server says \"226 Done.\"; try again\n"
    );
    assert!(names(&directory).is_empty());
}

#[test]
fn a_server_that_stops_is_given_up() {
    let liar = half([Step::KeepStill]);
    let directory = tempdir().unwrap();
    let ended = run("get", &directory, [&*url(&liar), "--timeout", "1"]);
    assert_eq!(ended.status.code(), Some(1));
    assert_eq!(
        ended.stderr,
        "error: the data of \"RETR a.txt\" did not come within 1s; allow more with --timeout\n"
    );
    assert!(names(&directory).is_empty());
}

#[test]
fn the_transcript_of_a_failure_is_written() {
    let server = FtpFixture::builder().start();
    let directory = tempdir().unwrap();
    let ended = run("get", &directory, [&*(server.url() + "none"), "--transcript", "session.ftp"]);
    assert_eq!(ended.status.code(), Some(1));
    let transcript = fs::read_to_string(directory.path().join("session.ftp")).unwrap();
    assert!(transcript.contains("C> RETR none\nS> 550 "), "{transcript}");
}

#[test]
fn a_signal_leaves_nothing_unless_it_is_to_be_resumed() {
    for (signal, code, options, left) in [
        (Signal::INT, 130, &["-q"][..], &[][..]),
        (Signal::TERM, 143, &["-q"], &[]),
        (Signal::INT, 130, &["--resume"], &["a.bin.part"]),
    ] {
        let server = FtpFixture::builder()
            .file("a.bin", vec![0; 1 << 20])
            .handler(|handler| handler.write_limit(1000))
            .start();
        let directory = tempdir().unwrap();
        let url = server.url() + "a.bin";
        let tool = Tool::start(Tool::command_of("get").arg(url).args(options).current_dir(directory.path()));
        server.wait_until(|transcript| transcript.to_string().contains("C> RETR a.bin"));
        assert_eq!(names(&directory).len(), 1);
        tool.signal(signal);
        let ended = tool.ended();
        assert_eq!(ended.status.code(), Some(code), "{ended:?}");
        assert!(ended.stderr.starts_with("error: interrupted; "), "{ended:?}");
        assert_eq!(names(&directory), left);
    }
}

#[test]
fn a_signal_ends_it_also_while_the_server_says_nothing() {
    let liar = Liar::start([Step::Hear("USER"), Step::Say("331 Wait."), Step::KeepStill]);
    let directory = tempdir().unwrap();
    fs::write(directory.path().join("a.txt"), "old").unwrap();
    let tool = Tool::start(Tool::command_of("get").args([&*url(&liar), "-v"]).current_dir(directory.path()));
    while !tool.first_complaint().contains("S> 331") {}
    tool.signal(Signal::INT);
    assert_eq!(tool.ended().status.code(), Some(130));
    assert_eq!(names(&directory), ["a.txt"]);
    assert_eq!(fs::read_to_string(directory.path().join("a.txt")).unwrap(), "old");
}
