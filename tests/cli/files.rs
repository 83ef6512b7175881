//! The files that `serve` serves: in place, and with which times.

use std::fs::{self, File};
use std::time::{Duration, UNIX_EPOCH};

use crate::tool::{Tool, log_in};

#[test]
fn a_directory_is_served_in_place_and_stays() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("tree")).unwrap();
    fs::write(directory.path().join("tree/hello.txt"), "hello\n").unwrap();
    let mut command = Tool::command(["--json", "--root", "tree"]);
    let tool = Tool::start(command.current_dir(directory.path()));
    let ready = tool.ready();
    let root = directory.path().canonicalize().unwrap().join("tree");
    assert_eq!(ready["root"], root.to_str().unwrap(), "relative to the tool, absolute for all others");
    let mut wire = log_in(&ready);
    assert_eq!(wire.download("RETR hello.txt"), b"hello\n");
    wire.upload("STOR report.csv", "id\n");
    tool.terminate();
    assert_eq!(fs::read_to_string(root.join("report.csv")).unwrap(), "id\n");
}

#[test]
fn the_clock_decides_which_time_a_file_shows() {
    let directory = tempfile::tempdir().unwrap();
    let file = File::create(directory.path().join("a.txt")).unwrap();
    // 2001-09-09T01:46:40Z.
    file.set_modified(UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
    let root = directory.path().to_str().unwrap();
    for (clock, modified) in
        [("", "20000101000000"), ("--clock=fixed", "20000101000000"), ("--clock=system", "20010909014640")]
    {
        let arguments = ["--json", "--root", root, clock];
        let tool = Tool::serve(arguments.into_iter().filter(|argument| !argument.is_empty()));
        let mut wire = log_in(&tool.ready());
        assert_eq!(wire.command("MDTM a.txt"), format!("213 {modified}"), "{clock}");
        tool.terminate();
    }
}
