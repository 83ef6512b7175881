//! How `serve` ends: whenever and however it is told to, nothing is left behind.

use std::fs;
use std::process::Stdio;

use ftp_fixture::transcript::{Item, Transcript};
use insta::assert_snapshot;
use rustix::process::Signal;

use crate::tool::{Tool, connect, log_in};

/// Tells a tool to end.
type End = fn(&mut Tool);

const ENDS: [(&str, End); 3] = [
    ("SIGTERM", |tool| tool.signal(Signal::TERM)),
    ("SIGINT", |tool| tool.signal(Signal::INT)),
    ("the end of standard input", Tool::end_stdin),
];

#[test]
fn it_ends_in_each_way_while_a_client_is_connected() {
    for (how, end) in ENDS {
        let mut tool = Tool::serve(["--json", "--exit-with-stdin"]);
        let ready = tool.ready();
        let mut wire = log_in(&ready);
        wire.upload("STOR a.txt", "a");
        end(&mut tool);
        let ended = tool.ended();
        assert_eq!(ended.status.code(), Some(0), "{how}: {ended:?}");
        assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""), "{how}");
        assert_eq!(wire.read_to_end().unwrap(), "", "{how}");
        assert!(!fs::exists(ready["root"].as_str().unwrap()).unwrap(), "{how}");
    }
}

#[test]
fn it_leaves_nothing_behind_though_tests_were_to_keep_all() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("session.ftp");
    let arguments = ["--json".as_ref(), "--transcript".as_ref(), path.as_os_str()];
    let tool = Tool::start(Tool::command(arguments).env("FTP_FIXTURE_KEEP", "1"));
    drop(log_in(&tool.ready()));
    tool.terminate();
}

#[test]
fn it_records_what_was_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("session.ftp");
    let tool =
        Tool::serve(["--json".as_ref(), "--transcript".as_ref(), path.as_os_str(), "--record=full".as_ref()]);
    let mut wire = log_in(&tool.ready());
    wire.upload("STOR a.bin", b"\0\xFF");
    drop(wire);
    tool.terminate();
    let transcript = Transcript::load(&path).unwrap();
    let payloads = transcript.sessions()[0].items().iter().filter_map(|item| match item {
        Item::Data(data) => data.payload.bytes(),
        _ => None,
    });
    assert_eq!(payloads.collect::<Vec<_>>(), [b"\0\xFF"]);
}

#[test]
fn it_leaves_the_transcript_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("session.ftp");
    fs::write(&path, "an older one").unwrap();
    let tool = Tool::serve(["--json".as_ref(), "--transcript".as_ref(), path.as_os_str()]);
    let ready = tool.ready();
    let mut wire = log_in(&ready);
    wire.upload("STOR report.csv", "id,name\n1,Ada\n");
    let second = connect(&ready);
    assert_eq!(fs::read_to_string(&path).unwrap(), "an older one", "it is written at the end");
    tool.terminate();
    drop((wire, second));
    assert_snapshot!(fs::read_to_string(&path).unwrap(), @r"
    # ftp-transcript 1

    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR report.csv
    S> 150 Opening data connection.
    -- data passive
    D< id,name
    D< 1,Ada
    S> 226 Transfer complete.
    -- session still open

    == session 2
    S> 220 ftp-fixture ready.
    -- session still open
    ");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn a_transfer_that_waits_for_its_client_does_not_keep_it() {
    let tool = Tool::serve(["--json", "--user", "user:12345"]);
    let ready = tool.ready();
    let mut wire = log_in(&ready);
    let data = wire.data();
    wire.expect(150, "STOR a.txt");
    tool.terminate();
    drop(data);
}

#[test]
fn the_end_of_standard_input_is_no_end_unless_it_is_said_to_be() {
    let tool = Tool::start(Tool::command(["--json"]).stdin(Stdio::null()));
    log_in(&tool.ready()).expect(257, "PWD");
    tool.terminate();
}

#[test]
fn more_signals_change_nothing() {
    let tool = Tool::serve(["--json"]);
    let _wire = log_in(&tool.ready());
    // All are sent before it can have ended: a process that is not waited for keeps its id.
    for signal in [Signal::TERM, Signal::INT, Signal::TERM] {
        tool.signal(signal);
    }
    tool.ended().assert_well();
}

#[test]
fn a_signal_before_it_is_ready_leaves_nothing_behind() {
    let tool = Tool::serve(["--json"]);
    tool.signal(Signal::TERM);
    let ended = tool.ended();
    assert!(matches!(ended.status.code(), None | Some(0)), "{ended:?}");
    assert_eq!(ended.stderr, "");
}

#[test]
fn standard_output_that_nobody_reads_is_a_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ended = Tool::start(Tool::command(["--json"]).stdout(writer)).ended();
    assert_eq!(ended.status.code(), Some(125));
    assert_snapshot!(ended.stderr, @"error: nobody reads standard output, where the URL goes: Broken pipe (os error 32)");
}

#[test]
fn standard_output_may_be_closed_after_the_first_line() {
    let (reader, writer) = std::io::pipe().unwrap();
    let tool = Tool::start(Tool::command(["--json"]).stdout(writer));
    let mut line = String::new();
    let mut reader = std::io::BufReader::new(reader);
    std::io::BufRead::read_line(&mut reader, &mut line).unwrap();
    drop(reader);
    log_in(&serde_json::from_str(&line).unwrap()).expect(257, "PWD");
    tool.terminate();
}
