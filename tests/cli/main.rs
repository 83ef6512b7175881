//! The command-line tool as other programs use it: a child process, its first line, its end.
#![cfg(unix)]

mod contract;
mod definitions;
mod endings;
mod exhaustion;
mod failures;
mod files;
mod interruptions;
#[expect(dead_code, reason = "other tests have it tell more lies")]
#[path = "../client/liar.rs"]
mod liar;
mod listings;
mod progress;
mod refusals;
mod security;
mod settings;
mod sweeping;
mod tool;
mod transcripts;
mod transfers;
#[expect(unreachable_pub, reason = "other tests use this client as well, and from other modules")]
#[path = "../wire/mod.rs"]
mod wire;
