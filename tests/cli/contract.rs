//! What `serve` says, and where: the first line is what other programs rely on.

use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;

use crate::tool::{Tool, address, connect, log_in};
use crate::wire::Wire;

/// The object, with what differs from run to run left out.
fn stable(mut ready: Value) -> String {
    let port = ready["port"].to_string();
    let urls = |text: &mut Value| *text = text.as_str().unwrap().replace(&port, "[PORT]").into();
    urls(&mut ready["url"]);
    ready["users"].as_array_mut().unwrap().iter_mut().for_each(|user| urls(&mut user["url"]));
    ready["port"] = "[PORT]".into();
    ready["pid"] = "[PID]".into();
    if ready["root"].is_string() {
        ready["root"] = "[ROOT]".into();
    }
    serde_json::to_string_pretty(&ready).unwrap()
}

#[test]
fn with_json_the_first_line_is_one_object() {
    let tool = Tool::serve(["--json", "--user", "alice:p@:elr", "--user", "bob:"]);
    let ready = tool.ready();
    assert_eq!(ready["pid"], tool.id());
    assert!(Path::new(ready["root"].as_str().unwrap()).is_dir());
    assert_snapshot!(stable(ready), @r#"
    {
      "ca_cert": null,
      "host": "127.0.0.1",
      "pid": "[PID]",
      "port": "[PORT]",
      "root": "[ROOT]",
      "url": "ftp://alice:p%40@127.0.0.1:[PORT]/",
      "users": [
        {
          "home": "/",
          "name": "alice",
          "password": "p@",
          "perms": "elr",
          "url": "ftp://alice:p%40@127.0.0.1:[PORT]/"
        },
        {
          "home": "/",
          "name": "bob",
          "password": "",
          "perms": "elradfmwMT",
          "url": "ftp://bob:@127.0.0.1:[PORT]/"
        }
      ]
    }
    "#);
    tool.terminate();
}

#[test]
fn without_json_the_first_line_is_the_url() {
    let tool = Tool::serve([] as [&str; 0]);
    let url = tool.first_line();
    let port: u16 = url
        .strip_prefix("ftp://user:12345@127.0.0.1:")
        .and_then(|rest| rest.strip_suffix('/'))
        .and_then(|port| port.parse().ok())
        .unwrap_or_else(|| panic!("{url}"));
    log_in(&serde_json::json!({
        "host": "127.0.0.1",
        "port": port,
        "users": [{ "name": "user", "password": "12345" }],
    }));
    tool.terminate();
}

#[test]
fn the_root_of_a_fixture_in_memory_is_null() {
    let directory = tempfile::tempdir().unwrap();
    let definition = directory.path().join("memory.toml");
    std::fs::write(&definition, "root = \"memory\"\nfiles = { \"a.txt\" = \"a\" }\n").unwrap();
    let tool = Tool::serve(["--json".as_ref(), "--fixture".as_ref(), definition.as_os_str()]);
    let ready = tool.ready();
    assert_eq!(ready["root"], Value::Null);
    assert_eq!(log_in(&ready).download("RETR a.txt"), b"a");
    tool.terminate();
}

#[test]
fn anonymous_alone_is_the_only_user() {
    let tool = Tool::serve(["--json", "--anonymous"]);
    let ready = tool.ready();
    assert_eq!(ready["users"].as_array().unwrap().len(), 1);
    assert_eq!(ready["users"][0]["perms"], "elr");
    let mut wire = connect(&ready);
    wire.log_in_as("anonymous", "ada@example.org");
    wire.expect(550, "MKD x");
    tool.terminate();
}

#[test]
fn anonymous_may_be_given_permissions() {
    let tool = Tool::serve(["--json", "-q", "--anonymous=elm", "--user", "alice:pw"]);
    let ready = tool.ready();
    assert_eq!(ready["users"][1]["perms"], "elm");
    let mut wire = connect(&ready);
    wire.log_in_as("anonymous", "");
    wire.expect(257, "MKD x");
    tool.terminate();
}

#[test]
fn the_greeting_and_the_limit_of_logins_are_what_was_said() {
    let tool = Tool::serve(["--json", "--banner", "hello there", "--max-login-attempts", "1"]);
    let mut wire = Wire::connect_silently(address(&tool.ready()));
    assert_eq!(wire.reply(), "220 hello there");
    wire.expect(331, "USER user");
    wire.expect(530, "PASS wrong");
    assert_eq!(wire.read_to_end().unwrap(), "");
    tool.terminate();
}

#[test]
fn it_listens_where_it_is_told_to() {
    if std::net::TcpListener::bind("[::1]:0").is_err() {
        eprintln!("skipped: this machine has no ::1");
        return;
    }
    let tool = Tool::serve(["--json", "--listen", "[::1]:0"]);
    let ready = tool.ready();
    assert_eq!(ready["host"], "::1");
    assert!(ready["url"].as_str().unwrap().starts_with("ftp://user:12345@[::1]:"), "{ready}");
    log_in(&ready);
    tool.terminate();
}

#[test]
fn logs_go_to_standard_error() {
    let tool = Tool::serve(["--json", "-vv"]);
    connect(&tool.ready()).expect(215, "SYST");
    tool.signal(rustix::process::Signal::TERM);
    let ended = tool.ended();
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(0), ""));
    for logged in ["session opened", "SYST", "215 UNIX"] {
        assert!(ended.stderr.contains(logged), "{logged} is missing: {}", ended.stderr);
    }
    assert!(!ended.stderr.contains('\x1b'), "colours are for terminals: {:?}", ended.stderr);
}

#[test]
fn rust_log_says_what_is_logged_unless_an_option_does() {
    for (argument, logged) in [("--json", true), ("-q", false)] {
        let mut command = Tool::command(["--json", "--exit-with-stdin"]);
        if argument != "--json" {
            command.arg(argument);
        }
        let mut tool = Tool::start(command.env("RUST_LOG", "ftp_fixture::server=debug"));
        connect(&tool.ready()).expect(215, "SYST");
        tool.end_stdin();
        assert_eq!(tool.ended().stderr.contains("SYST"), logged, "{argument}");
    }
}
