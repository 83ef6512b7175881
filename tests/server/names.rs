//! Names as people give them: blanks, quotes, UTF-8, up to 255 bytes, and dots that lead nowhere (RFC 2640; RFC 959,
//! appendix II).

use ftp_fixture::FtpFixture;

use crate::servers::Backing;
use crate::wire::Wire;

const NAMES: [&str; 12] = [
    " first",
    "last ",
    "  two  two  ",
    "a\"b",
    "\"\"",
    "naïve café",
    "日本語",
    "😀",
    "-la",
    "...",
    "back\\slash",
    "[a]*?",
];

fn servers() -> Vec<FtpFixture> {
    let ipv4 = Backing::all().into_iter().take(2);
    ipv4.map(|backing| backing.start(FtpFixture::builder().dir("d").file("a", "kept"))).collect()
}

/// A name of 255 bytes, the longest there is.
fn longest() -> String {
    "ü".repeat(127) + "x"
}

#[test]
fn every_name_is_kept_by_every_command() {
    for ftp in servers() {
        let mut wire = Wire::log_in(&ftp);
        for name in NAMES.map(str::to_owned).into_iter().chain([longest()]) {
            let quoted = format!("\"/d/{}\"", name.replace('"', "\"\""));
            wire.expect(250, "CWD /d");
            let made = wire.expect(257, &format!("MKD {name}"));
            assert!(made.starts_with(&format!("257 {quoted} ")), "{made:?}");
            let entered = wire.expect(250, &format!("CWD {name}"));
            assert!(entered.starts_with(&format!("250 {quoted} ")), "{entered:?}");
            let here = wire.expect(257, "PWD");
            assert!(here.starts_with(&format!("257 {quoted} ")), "{here:?}");
            wire.upload(&format!("STOR {name}"), &name);
            assert_eq!(String::from_utf8(wire.download("NLST")).unwrap(), format!("{name}\r\n"));
            assert!(String::from_utf8(wire.download("LIST")).unwrap().ends_with(&format!(" {name}\r\n")));
            assert!(String::from_utf8(wire.download("MLSD")).unwrap().ends_with(&format!("; {name}\r\n")));
            assert!(wire.expect(250, &format!("MLST {name}")).contains(&format!(" /d/{name}/{name}\r\n")));
            assert_eq!(wire.download(&format!("RETR {name}")), name.as_bytes());
            assert_eq!(wire.expect(213, &format!("SIZE {name}")), format!("213 {}", name.len()));
            wire.expect(350, &format!("RNFR {name}"));
            wire.expect(250, "RNTO plain");
            wire.expect(350, "RNFR plain");
            wire.expect(250, &format!("RNTO {name}"));
            wire.expect(250, &format!("DELE {name}"));
            wire.expect(250, "CDUP");
            wire.expect(250, &format!("RMD {name}"));
            assert_eq!(ftp.tree().paths(), ["/a", "/d/"], "{name:?}");
        }
    }
}

#[test]
fn a_name_over_255_bytes_is_refused() {
    for ftp in servers() {
        let mut wire = Wire::log_in(&ftp);
        let _data = wire.data();
        let name = longest() + "y";
        for command in ["MKD", "STOR", "APPE", "RETR", "CWD", "DELE", "SIZE", "RNFR", "MLST", "LIST"] {
            wire.expect(550, &format!("{command} {name}"));
        }
        wire.expect(350, "RNFR a");
        wire.expect(550, &format!("RNTO {name}"));
        assert_eq!(ftp.tree().paths(), ["/a", "/d/"]);
    }
}

#[test]
fn a_pathname_is_long_and_deep_without_harm() {
    for ftp in servers() {
        let mut wire = Wire::log_in(&ftp);
        let deep = "x/".repeat(1000);
        wire.expect(550, &format!("CWD {deep}"));
        wire.expect(550, &format!("MKD {deep}"));
        wire.expect(250, &format!("CWD {}d", "./".repeat(1000)));
        wire.expect(250, &format!("CWD {}d", "/".repeat(2000)));
    }
}

#[test]
fn dots_stay_at_the_root() {
    for ftp in servers() {
        let mut wire = Wire::log_in(&ftp);
        for path in ["..", "../../..", "/..", "d/../..", "/../../d/.."] {
            let reply = wire.expect(250, &format!("CWD {path}"));
            assert!(reply.starts_with("250 \"/\" "), "{path}: {reply:?}");
        }
        for path in ["../d", "/../../d", "/missing/../d"] {
            let reply = wire.expect(250, &format!("CWD {path}"));
            assert!(reply.starts_with("250 \"/d\" "), "{path}: {reply:?}");
        }
        wire.upload("STOR ../../up", "stored at the root");
        assert_eq!(ftp.read("up"), b"stored at the root");
        assert_eq!(wire.download("RETR /../../../a"), b"kept");
        wire.expect(257, "MKD ../../../made");
        wire.expect(350, "RNFR ../../made");
        wire.expect(250, "RNTO ../../../moved");
        assert_eq!(ftp.tree().paths(), ["/a", "/d/", "/moved/", "/up"]);
    }
}
