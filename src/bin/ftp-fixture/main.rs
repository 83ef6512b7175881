//! The command-line tool: fixtures for clients in any language. It sees only the library's public interface.

mod ending;
mod failure;
mod logging;
mod ready;
#[cfg(feature = "tls")]
mod security;
mod serve;
mod settings;
mod transcript_target;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Real FTP servers for tests.
#[derive(Debug, Parser)]
#[command(name = "ftp-fixture", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a server and keep it until told to end.
    Serve(serve::Serve),
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let outcome = match command {
        Command::Serve(serve) => serve.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
