//! A fixture that is older than the process's subscriber takes nothing from the log of a younger one.
//!
//! A process has one global subscriber, so that this is the only test of its binary.

#[expect(
    dead_code,
    unreachable_pub,
    reason = "other tests use the rest of the client, and from other modules"
)]
mod wire;

use ftp_fixture::prelude::*;
use tracing_test::traced_test;

use wire::Wire;

#[test]
fn a_fixture_without_a_subscriber_silences_no_other() {
    let silent = FtpFixture::start();
    with_a_subscriber(&silent);
}

/// `traced_test` sets the subscriber when this begins.
#[traced_test]
fn with_a_subscriber(silent: &FtpFixture) {
    // Every event's first time is on the older fixture's thread.
    Wire::log_in(silent).expect(221, "QUIT");
    silent.transcript();
    assert!(!logs_contain("logged in"));

    let ftp = FtpFixture::start();
    Wire::log_in(&ftp).expect(221, "QUIT");
    ftp.transcript();
    assert!(logs_contain("logged in"));
}
