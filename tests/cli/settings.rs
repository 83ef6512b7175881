//! The options that change how the server behaves, as pyftpdlib's command line has them.

use insta::assert_snapshot;

use crate::tool::{Tool, address, connect, fails, log_in};
use crate::wire::Wire;

#[test]
fn another_address_and_a_passive_range_are_announced() {
    // Below the ephemeral ports, so that nobody else gets one of them by chance.
    let arguments = ["--json", "--masquerade", "203.0.113.7", "--passive-ports", "21000-21999"];
    let tool = Tool::serve(arguments);
    let mut wire = log_in(&tool.ready());
    assert!(wire.expect(227, "PASV").contains("(203,0,113,7,"));
    assert!((21000..22000).contains(&wire.passive_port()));
    tool.terminate();
}

#[test]
fn numbers_of_sessions_are_limited() {
    for limit in ["--max-cons", "--max-cons-per-ip"] {
        let tool = Tool::serve(["--json", limit, "1"]);
        let ready = tool.ready();
        let _first = connect(&ready);
        Wire::connect_silently(address(&ready)).expect_reply(421);
        tool.terminate();
    }
}

#[test]
fn foreign_addresses_and_privileged_ports_are_permitted_when_asked_for() {
    let tool = Tool::serve(["--json", "--permit-foreign-addresses", "--permit-privileged-ports"]);
    log_in(&tool.ready()).expect(200, "PORT 203,0,113,7,0,21");
    tool.terminate();

    let tool = Tool::serve(["--json"]);
    let mut wire = log_in(&tool.ready());
    wire.expect(501, "PORT 203,0,113,7,8,21");
    wire.expect(501, "PORT 127,0,0,1,0,21");
    tool.terminate();
}

#[test]
fn a_client_that_says_nothing_is_sent_away_in_time() {
    let tool = Tool::serve(["--json", "--timeout", "1", "--data-timeout", "0", "--passive-timeout", "0"]);
    connect(&tool.ready()).expect_reply(421);
    tool.terminate();
}

#[test]
fn times_are_those_of_the_systems_zone_when_asked_for() {
    let mut command = Tool::command(["--json", "--use-localtime", "--fixture", "fixtures/basic.toml"]);
    let tool = Tool::start(command.env("TZ", "UTC-2"));
    assert_eq!(log_in(&tool.ready()).expect(213, "MDTM hello.txt"), "213 20000101020000");
    tool.terminate();
}

#[test]
fn a_server_may_lack_verbs_and_talk_another_encoding() {
    let tool = Tool::serve(["--json", "--without", "EPSV", "--without", "mlsd", "--encoding", "latin1"]);
    let mut wire = log_in(&tool.ready());
    wire.expect(500, "EPSV");
    wire.expect(500, "MLSD");
    let features = wire.expect(211, "FEAT");
    assert!(
        !features.contains("EPSV") && !features.contains("MLST") && !features.contains("UTF8"),
        "{features}"
    );
    tool.terminate();
}

#[test]
fn a_wrong_setting_says_what_to_write() {
    let mut said = String::new();
    for arguments in [
        ["--passive-ports", "40000"],
        ["--passive-ports", "2-1"],
        ["--masquerade", "nat"],
        ["--timeout", "-1"],
        ["--without", "EPSW"],
        ["--encoding", "klingon"],
    ] {
        let (code, stderr) = fails(arguments);
        assert_eq!(code, 2);
        said += &format!("$ serve {}\n{}\n", arguments.join(" "), stderr.trim_end());
    }
    assert_snapshot!(said);
}
