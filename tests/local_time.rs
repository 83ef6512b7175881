//! Listings in the system's time zone. A test binary of its own: it starts a process, which for a moment keeps open what
//! other tests of the binary have closed.

#[expect(
    dead_code,
    unreachable_pub,
    reason = "other tests use the rest of the client, and from other modules"
)]
mod wire;

use std::process::Command;

use ftp_fixture::FtpFixture;

use wire::Wire;

/// Set in the process that the test starts in another time zone.
const ELSEWHERE: &str = "FTP_FIXTURE_TEST_ELSEWHERE";

#[test]
fn mlsd_shows_every_entry_in_the_systems_zone_when_asked_for() {
    #[expect(
        clippy::disallowed_methods,
        reason = "this test runs itself in a process of its own, which is in another time zone"
    )]
    if std::env::var_os(ELSEWHERE).is_some() {
        let ftp = FtpFixture::builder()
            .in_memory()
            .file("d/a", "a")
            .handler(|handler| handler.current_and_parent(true).use_gmt_times(false))
            .start();
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "OPTS MLST type;modify;");
        let listed = String::from_utf8(wire.download("MLSD d")).unwrap();
        let entry = |kind: &str, name: &str| format!("modify=20000101020000;type={kind}; {name}\r\n");
        assert_eq!(listed, [entry("cdir", "."), entry("pdir", ".."), entry("file", "a")].concat());
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "mlsd_shows_every_entry_in_the_systems_zone_when_asked_for"])
        .envs([(ELSEWHERE, "1"), ("TZ", "UTC-2")])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}
