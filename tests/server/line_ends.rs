//! Text keeps its lines however the network cuts it, in type ASCII (RFC 959, 3.1.1.1).

use std::io::Write;

use ftp_fixture::FtpFixture;

use crate::servers::Backing;
use crate::wire::Wire;

/// Every way in which CR and LF can stand beside each other, one of them at the end.
const SENT: &[u8] = b"a\r\n\r\nb\nc\rd\r\r\n\n\r\r";
const STORED: &[u8] = b"a\n\nb\nc\rd\r\n\n\r\r";

/// Uploads in these pieces, each of which the server has dealt with before the next is sent.
#[track_caller]
fn upload(ftp: &FtpFixture, wire: &mut Wire, pieces: &[&[u8]]) {
    let mut data = wire.data();
    data.set_nodelay(true).unwrap();
    wire.expect(150, "STOR b");
    for piece in pieces {
        data.write_all(piece).unwrap();
        ftp.transcript();
    }
    drop(data);
    wire.expect_reply(226);
}

#[test]
fn an_upload_may_be_split_at_any_byte() {
    for backing in Backing::all() {
        let ftp = backing.start(FtpFixture::builder());
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "TYPE A");
        for split in 0..=SENT.len() {
            let (first, second) = SENT.split_at(split);
            upload(&ftp, &mut wire, &[first, second]);
            assert_eq!(ftp.read("b"), STORED, "split at {split}");
        }
        let bytes: Vec<&[u8]> = SENT.chunks(1).collect();
        upload(&ftp, &mut wire, &bytes);
        assert_eq!(ftp.read("b"), STORED, "byte by byte");
    }
}

#[test]
fn an_upload_that_ends_at_any_byte_is_stored_to_its_last() {
    let ftp = FtpFixture::builder().in_memory().start();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(200, "TYPE A");
    for end in 0..=SENT.len() {
        wire.upload("STOR b", &SENT[..end]);
        let stored = SENT[..end].to_vec();
        let stored = String::from_utf8(stored).unwrap().replace("\r\n", "\n");
        assert_eq!(ftp.read("b"), stored.as_bytes(), "the first {end} bytes");
    }
}

#[test]
fn a_download_may_have_line_ends_where_the_servers_buffers_end() {
    for end in [16 * 1024, 256 * 1024] {
        for (text, sent) in [("\n", "\r\n"), ("\r\n", "\r\n"), ("\r\r\n\n", "\r\r\n\r\n"), ("\r", "\r")] {
            for before in end - text.len() - 1..=end {
                let filled = |text: &str| ["x".repeat(before), text.into(), "y".repeat(end)].concat();
                let ftp = FtpFixture::builder().in_memory().file("t", filled(text)).start();
                let mut wire = Wire::log_in(&ftp);
                wire.expect(200, "TYPE A");
                let content = wire.download("RETR t");
                assert!(content == filled(sent).into_bytes(), "{text:?} after {before} bytes");
            }
        }
    }
}
