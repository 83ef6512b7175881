//! How a command fails: a sentence on standard error, and an exit code that is the tool's own.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// The fixture failed; no code of the command under test, nor of the shell.
const FIXTURE_FAILED: u8 = 125;

/// Why a command could not do its work: what is wrong, and what to do.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(what: impl Display) -> Self {
        Self(what.to_string())
    }

    /// Says it, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        // Where standard error is closed, the exit code is all that can be said.
        let _ = writeln!(io::stderr(), "error: {}", self.0);
        ExitCode::from(FIXTURE_FAILED)
    }
}
