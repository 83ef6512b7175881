//! The command-line tool: fixtures for clients in any language, and a client. It sees only the library's public
//! interface.

mod connection;
mod destination;
mod ending;
mod explanation;
mod failure;
mod get;
mod interruption;
mod logging;
mod ls;
mod part_file;
mod printing;
mod progress;
mod put;
mod ready;
#[cfg(feature = "tls")]
mod security;
mod serve;
mod settings;
mod transcript_target;
#[cfg(feature = "tls")]
mod trust;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Real FTP servers for tests, and a client for any server.
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

    /// Get a file from any FTP server.
    Get(get::Get),

    /// Put a file on any FTP server.
    Put(put::Put),

    /// List a directory of any FTP server.
    Ls(ls::Ls),
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let outcome = match command {
        Command::Serve(serve) => serve.run(),
        Command::Get(get) => get.run(),
        Command::Put(put) => put.run(),
        Command::Ls(ls) => ls.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
