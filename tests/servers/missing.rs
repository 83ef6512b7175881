//! What becomes of a test whose server is not on this machine.

use std::env;
use std::ffi::OsString;

/// Says that `server` is missing: the test is to be skipped.
///
/// # Panics
/// When `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must not be.
#[track_caller]
pub(crate) fn note_missing(server: &str, advice: &str) {
    let required = variable("FTP_FIXTURE_REQUIRE_CLIENTS").is_some_and(|value| value == "1");
    assert!(
        !required,
        "there is no {server}, and FTP_FIXTURE_REQUIRE_CLIENTS=1 requires it; {advice}, or unset the variable"
    );
    note_skipped(&format!("there is no {server} ({advice})"));
}

/// Says why a test is skipped.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn note_skipped(reason: &str) {
    eprintln!("skipped: {reason}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the library's reading of the environment is not a test's matter"
)]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name)
}
