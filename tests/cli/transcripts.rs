//! The transcript that `serve` leaves behind: its order, its holes, and no password.

use std::fs;

use insta::assert_snapshot;
use rustix::process::Signal;

use crate::tool::{Tool, connect, fails, log_in};

#[test]
fn sessions_are_ordered_and_holes_made_as_the_options_say() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("session.ftp");
    let options =
        ["--json", "--session-order", "content", "--hole", r"X-VERSION=^CLNT \w+/(\S+)", "--transcript"];
    let tool = Tool::serve(options.iter().map(AsRef::as_ref).chain([path.as_os_str()]));
    let ready = tool.ready();
    for name in ["two/2.22", "one/1.1"] {
        let mut wire = connect(&ready);
        wire.command(&format!("CLNT {name}"));
        wire.expect(221, "QUIT");
    }
    tool.terminate();
    assert_snapshot!(fs::read_to_string(path).unwrap());
}

#[test]
fn a_definition_says_the_same() {
    let directory = tempfile::tempdir().unwrap();
    let (definition, path) = (directory.path().join("x.toml"), directory.path().join("session.ftp"));
    fs::write(&definition, "session_order = \"content\"\n\n[holes]\n\"X-VERSION\" = '^CLNT \\w+/(\\S+)'\n")
        .unwrap();
    let tool = Tool::serve([
        "--json".as_ref(),
        "--fixture".as_ref(),
        definition.as_os_str(),
        "--transcript".as_ref(),
        path.as_os_str(),
    ]);
    let ready = tool.ready();
    for line in ["NOOP", "CLNT one/1.1"] {
        connect(&ready).command(line);
    }
    tool.terminate();
    let transcript = fs::read_to_string(path).unwrap();
    let commands: Vec<&str> = transcript.lines().filter(|line| line.starts_with("C> ")).collect();
    assert_eq!(commands, ["C> CLNT one/[X-VERSION]", "C> NOOP"]);
}

#[test]
fn a_password_that_is_known_may_be_shown() {
    let directory = tempfile::tempdir().unwrap();
    let definition = directory.path().join("x.toml");
    fs::write(&definition, "known_passwords = [\"hunter22\"]\n").unwrap();
    for said in [["--known-password", "hunter22"], ["--fixture", definition.to_str().unwrap()]] {
        let path = directory.path().join("session.ftp");
        let options = ["--json", "--transcript", path.to_str().unwrap()];
        let tool = Tool::serve(said.iter().chain(&options));
        let ready = tool.ready();
        let mut wire = connect(&ready);
        wire.expect(331, "USER user");
        wire.expect(530, "PASS hunter22");
        log_in(&ready).command("CWD hunter22");
        tool.terminate();
        assert!(fs::read_to_string(&path).unwrap().contains("C> CWD hunter22\n"));
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_transcript_with_a_password_in_it_is_not_written() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("session.ftp");
    let tool = Tool::serve(["--json".as_ref(), "--transcript".as_ref(), path.as_os_str()]);
    let ready = tool.ready();
    let mut wire = connect(&ready);
    wire.expect(331, "USER user");
    wire.expect(530, "PASS hunter22");
    log_in(&ready).upload("STOR settings.ini", "token=hunter22\n");
    tool.signal(Signal::TERM);
    let ended = tool.ended();
    assert_eq!(ended.status.code(), Some(125));
    assert!(!path.exists());
    assert_snapshot!(ended.stderr.replace(path.to_str().unwrap(), "[PATH]"));
}

#[test]
fn wrong_options_say_what_to_write() {
    let mut said = String::new();
    for arguments in
        [["--hole", "ID=a"], ["--hole", "X-ID"], ["--hole", "X-ID=("], ["--session-order", "size"]]
    {
        let (code, stderr) = fails(arguments);
        assert_eq!(code, 2);
        said += &format!("$ serve {}\n{}\n", arguments.join(" "), stderr.trim_end());
    }
    assert_snapshot!(said);
}
