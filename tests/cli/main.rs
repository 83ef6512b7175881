//! The command-line tool as other programs use it: a child process, its first line, its end.
#![cfg(unix)]

mod contract;
mod definitions;
mod endings;
mod exhaustion;
mod failures;
mod files;
mod security;
mod settings;
mod sweeping;
mod tool;
mod transcripts;
#[expect(unreachable_pub, reason = "other tests use this client as well, and from other modules")]
#[path = "../wire/mod.rs"]
mod wire;
