//! A server that has no descriptors left: it says so once, serves those inside, ends well, and goes on when it can.

use std::process::{Command, Stdio};

use rustix::process::Signal;

use crate::tool::{Tool, address};
use crate::wire::Wire;

#[test]
fn without_descriptors_clients_wait_and_the_server_ends_well() {
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "ulimit -n 40 && exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_ftp-fixture"),
            "serve",
            "--json",
        ])
        .env_remove("RUST_LOG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let tool = Tool::start(&mut command);
    let address = address(&tool.ready());
    let mut clients: Vec<Wire> = (0..60).map(|_| Wire::connect_silently(address)).collect();
    let mut last = clients.pop().unwrap();
    let warning = tool.first_complaint();
    assert!(warning.contains("no connection can be accepted for now"), "{warning}");
    clients[0].expect_reply(220);
    clients[0].expect(200, "NOOP");
    drop(clients);
    last.expect_reply(220);
    last.expect(200, "NOOP");

    let _others: Vec<Wire> = (0..60).map(|_| Wire::connect_silently(address)).collect();
    tool.signal(Signal::TERM);
    let ended = tool.ended();
    assert_eq!(ended.status.code(), Some(0), "{}", ended.stderr);
    let warnings = ended.stderr.matches("no connection can be accepted for now").count();
    assert!(warnings < 100, "{warnings} more warnings");
}
