//! Files arrive byte for byte, whole or from an offset, in both representation types (RFC 959, 3.1 and 4.1.3).

use std::io::Write;

use ftp_fixture::FtpFixture;

use crate::servers::Backing;
use crate::wire::Wire;

const KIB: usize = 1024;

/// Around the sizes of the server's buffers, and far beyond them.
const SIZES: [usize; 9] =
    [0, 1, 16 * KIB - 1, 16 * KIB, 16 * KIB + 1, 256 * KIB - 1, 256 * KIB, 256 * KIB + 1, 5 * KIB * KIB];

/// Bytes with every value and without a short period.
fn binary(size: usize) -> Vec<u8> {
    (0..size).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect()
}

/// Lines that end in LF, the last of them perhaps not.
fn text(size: usize) -> Vec<u8> {
    (0..size).map(|at| if at % 61 == 60 { b'\n' } else { b'a' + (at % 23) as u8 }).collect()
}

/// `text` as type ASCII sends it.
fn with_crlf(text: &[u8]) -> Vec<u8> {
    text.iter()
        .flat_map(|byte| if *byte == b'\n' { b"\r\n" } else { std::slice::from_ref(byte) })
        .copied()
        .collect()
}

/// A disk and a memory fixture with these files.
fn servers(files: &[(&str, &[u8])]) -> Vec<FtpFixture> {
    let builder =
        files.iter().fold(FtpFixture::builder(), |builder, (name, content)| builder.file(*name, content));
    let ipv4 = Backing::all().into_iter().take(2);
    ipv4.map(|backing| backing.start(builder.clone())).collect()
}

#[track_caller]
fn assert_stored(ftp: &FtpFixture, path: &str, expected: &[u8]) {
    let stored = ftp.read(path);
    assert!(
        stored == expected,
        "{path}: {} bytes are not the {} expected, or other ones",
        stored.len(),
        expected.len()
    );
}

#[test]
fn binary_files_are_stored_and_retrieved_byte_for_byte() {
    for ftp in servers(&[]) {
        let mut wire = Wire::log_in(&ftp);
        for size in SIZES {
            let content = binary(size);
            wire.upload("STOR a", &content);
            assert_stored(&ftp, "a", &content);
            assert!(wire.download("RETR a") == content, "{size} bytes");
        }
    }
}

#[test]
fn ascii_files_have_crlf_on_the_way_and_lf_in_store() {
    for ftp in servers(&[]) {
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "TYPE A");
        for size in SIZES {
            let content = text(size);
            wire.upload("STOR a", with_crlf(&content));
            assert_stored(&ftp, "a", &content);
            assert!(wire.download("RETR a") == with_crlf(&content), "{size} bytes");
        }
    }
}

#[test]
fn a_line_end_that_is_split_between_two_writes_is_one_line_end() {
    for ftp in servers(&[]) {
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "TYPE A");
        let mut data = wire.data();
        wire.expect(150, "STOR a");
        for part in ["one\r", "\ntwo\r", "three\n", "four\r"] {
            data.write_all(part.as_bytes()).unwrap();
            // The answer shows that the server is at work between the parts.
            wire.expect(211, "STAT");
        }
        drop(data);
        wire.expect_reply(226);
        assert_stored(&ftp, "a", b"one\ntwo\rthree\nfour\r");
    }
}

#[test]
fn an_upload_replaces_a_longer_file_and_an_appended_one_keeps_it() {
    for ftp in servers(&[("a", &binary(300 * KIB)), ("b", b"begun, ")]) {
        let mut wire = Wire::log_in(&ftp);
        wire.upload("STOR a", "short");
        assert_stored(&ftp, "a", b"short");
        for size in SIZES {
            ftp.write("b", "begun, ");
            wire.upload("APPE b", binary(size));
            assert_stored(&ftp, "b", &[b"begun, ", binary(size).as_slice()].concat());
        }
        wire.upload("APPE new", "made");
        assert_stored(&ftp, "new", b"made");
        wire.expect(200, "TYPE A");
        wire.upload("APPE new", " of\r\nlines\r\n");
        assert_stored(&ftp, "new", b"made of\nlines\n");
    }
}

#[test]
fn an_upload_under_a_unique_name_tells_the_name_and_replaces_nothing() {
    for ftp in servers(&[("a", b"kept")]) {
        let mut wire = Wire::log_in(&ftp);
        for (command, content) in [
            ("STOU", binary(0)),
            ("STOU", binary(1)),
            ("STOU a", binary(16 * KIB + 1)),
            ("STOU a", binary(256 * KIB)),
        ] {
            let before = ftp.tree();
            let mut data = wire.data();
            let reply = wire.expect(150, command);
            let name = reply.strip_prefix("150 FILE: ").unwrap();
            assert!(
                before.paths().iter().all(|path| path.trim_start_matches('/') != name),
                "{name} was there"
            );
            data.write_all(&content).unwrap();
            drop(data);
            wire.expect_reply(226);
            assert_stored(&ftp, name, &content);
        }
        assert_stored(&ftp, "a", b"kept");
        assert_eq!(ftp.tree().paths().len(), 5);
    }
}

#[test]
fn a_download_goes_on_from_the_offset() {
    let content = binary(256 * KIB + 1);
    for ftp in servers(&[("a", &content)]) {
        let mut wire = Wire::log_in(&ftp);
        for offset in [0, 1, 16 * KIB, 256 * KIB, content.len()] {
            wire.expect(350, &format!("REST {offset}"));
            assert!(wire.download("RETR a") == content[offset..], "from {offset}");
        }
        assert!(wire.download("RETR a") == content, "an offset holds for one transfer");
    }
}

#[test]
fn an_upload_goes_on_from_the_offset_and_keeps_what_is_behind_it() {
    for ftp in servers(&[("a", b"0123456789")]) {
        let mut wire = Wire::log_in(&ftp);
        wire.expect(350, "REST 4");
        wire.upload("STOR a", "xy");
        assert_stored(&ftp, "a", b"0123xy6789");
        wire.expect(350, "REST 10");
        wire.upload("STOR a", "more");
        assert_stored(&ftp, "a", b"0123xy6789more");
        wire.upload("STOR a", "anew");
        assert_stored(&ftp, "a", b"anew");
    }
}

#[test]
fn an_offset_beyond_the_end_is_refused_and_forgotten() {
    for ftp in servers(&[("a", b"0123456789")]) {
        let mut wire = Wire::log_in(&ftp);
        for command in ["RETR a", "STOR a"] {
            wire.expect(350, "REST 11");
            let _data = wire.data();
            wire.expect(554, command);
            assert_stored(&ftp, "a", b"0123456789");
            assert_eq!(wire.download("RETR a"), b"0123456789");
        }
    }
}

#[test]
fn an_offset_outlives_commands_that_cannot_use_it() {
    for ftp in servers(&[("a", b"0123456789")]) {
        let mut wire = Wire::log_in(&ftp);
        for command in ["APPE a", "STOU", "STOU a"] {
            wire.expect(350, "REST 7");
            let data = wire.data();
            wire.expect(450, command);
            wire.expect(200, "NOOP");
            drop(data);
            assert_eq!(wire.download("RETR a"), b"789", "after {command}");
        }
        wire.expect(350, "REST 7");
        wire.expect(425, "RETR a");
        assert_eq!(wire.download("RETR a"), b"789", "after RETR without a data connection");
        assert_eq!(ftp.tree().paths().len(), 1);
    }
}

#[test]
fn a_refused_upload_changes_nothing() {
    for ftp in servers(&[("a", b"kept"), ("d/b", b"kept")]) {
        let mut wire = Wire::log_in(&ftp);
        wire.expect(425, "STOR a");
        let _data = wire.data();
        wire.expect(550, "STOR d");
        wire.expect(550, "STOR missing/a");
        assert_stored(&ftp, "a", b"kept");
        assert_eq!(ftp.tree().paths().len(), 3);
    }
}
