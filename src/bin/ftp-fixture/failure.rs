//! How a command fails: a sentence on standard error, and an exit code.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// The server refused, or the transfer failed.
const TRANSFER_FAILED: u8 = 1;

/// The call cannot be meant so; clap's code, too.
const WRONG_CALL: u8 = 2;

/// The fixture failed; no code of the command under test, nor of the shell.
const FIXTURE_FAILED: u8 = 125;

/// A signal ended it; its number is added, as shells do.
const SIGNALLED: u8 = 128;

/// Why a command could not do its work: what is wrong, and what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    code: u8,
}

impl Failure {
    /// A failure of the tool's own.
    pub(crate) fn new(what: impl Display) -> Self {
        Self::with_code(what, FIXTURE_FAILED)
    }

    /// A server that refused, or a transfer that failed at either end.
    pub(crate) fn of_transfer(what: impl Display) -> Self {
        Self::with_code(what, TRANSFER_FAILED)
    }

    /// A call that cannot be meant so.
    pub(crate) fn of_call(what: impl Display) -> Self {
        Self::with_code(what, WRONG_CALL)
    }

    /// An end by a signal.
    pub(crate) fn of_signal(what: impl Display, signal: u8) -> Self {
        Self::with_code(what, SIGNALLED + signal)
    }

    fn with_code(what: impl Display, code: u8) -> Self {
        Self { what: what.to_string(), code }
    }

    /// Says it, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        // Where standard error is closed, the exit code is all that can be said.
        let _ = writeln!(io::stderr(), "error: {}", self.what);
        ExitCode::from(self.code)
    }
}
