//! What is logged, on standard error only: standard output is for programs to read.

use std::io::{self, IsTerminal};

use clap::{ArgAction, Args};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// How much to say. Without `-v` and `-q`, `RUST_LOG` decides; where it is not set, warnings are said.
#[derive(Debug, Args)]
pub(crate) struct Logging {
    /// Log sessions, too, on standard error; twice, every command and reply.
    #[arg(short, long, action = ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,

    /// Log errors only; without -v and -q, RUST_LOG decides.
    #[arg(short, long)]
    quiet: bool,
}

impl Logging {
    /// Whether there is room for a progress bar: nobody wants none, and no log runs through it.
    pub(crate) fn leaves_room(&self) -> bool {
        !self.quiet && self.verbose == 0
    }

    /// Logs from here on.
    pub(crate) fn start(&self) {
        let filter = match (self.quiet, self.verbose) {
            (true, _) => EnvFilter::from(LevelFilter::ERROR.to_string()),
            (false, 0) => {
                EnvFilter::builder().with_default_directive(LevelFilter::WARN.into()).from_env_lossy()
            }
            (false, 1) => EnvFilter::from(LevelFilter::INFO.to_string()),
            (false, _) => EnvFilter::from(LevelFilter::DEBUG.to_string()),
        };
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal())
            .init();
    }
}
