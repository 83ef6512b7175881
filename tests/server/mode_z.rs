//! MODE Z: transfers are zlib streams both ways, in each type, where the server was told to have it.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use ftp_fixture::FtpFixture;

use crate::servers::Backing;
use crate::wire::Wire;

const TEXT: &str = "id,name\n1,Ada\n";

fn start() -> FtpFixture {
    FtpFixture::builder()
        .in_memory()
        .file("a.csv", TEXT)
        .dir("d")
        .handler(|handler| handler.mode_z(true))
        .start()
}

fn deflate(content: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn inflate(stream: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    ZlibDecoder::new(stream).read_to_end(&mut content).unwrap();
    content
}

#[test]
fn feat_names_it_and_status_tells_it() {
    let ftp = start();
    let mut wire = Wire::log_in(&ftp);
    assert!(wire.expect(211, "FEAT").contains("\r\n MODE Z\r\n REST STREAM\r\n"));
    wire.expect(200, "OPTS MODE Z LEVEL 9");
    for line in ["OPTS MODE Z LEVEL 0", "OPTS MODE Z LEVEL", "OPTS MODE Z", "OPTS MODE"] {
        wire.expect(501, line);
    }
    assert!(wire.expect(211, "STAT").contains("MODE: Stream"));
    wire.expect(200, "MODE Z");
    assert!(wire.expect(211, "STAT").contains("MODE: Deflate"));
}

#[test]
fn the_mode_and_its_level_are_gone_with_the_login() {
    let ftp = FtpFixture::builder()
        .in_memory()
        .file("zeros", vec![0; 100_000])
        .handler(|handler| handler.mode_z(true))
        .start();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(200, "TYPE I");
    wire.expect(200, "MODE Z");
    let by_default = wire.download("RETR zeros");
    wire.expect(200, "OPTS MODE Z LEVEL 1");
    assert_ne!(wire.download("RETR zeros"), by_default);
    wire.expect(230, "REIN");
    wire.log_in_as(ftp.user(), ftp.password());
    assert!(wire.expect(211, "STAT").contains("MODE: Stream"));
    wire.expect(200, "TYPE I");
    wire.expect(200, "MODE Z");
    assert_eq!(wire.download("RETR zeros"), by_default);
}

#[test]
fn files_and_listings_are_deflated_both_ways_until_mode_s() {
    for backing in Backing::all() {
        let big: Vec<u8> = (0..300_000u32).flat_map(|number| (number % 1000).to_le_bytes()).collect();
        let ftp = backing.start(
            FtpFixture::builder()
                .file("a.csv", TEXT)
                .file("big", &big)
                .handler(|handler| handler.mode_z(true)),
        );
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "MODE Z");
        assert_eq!(inflate(&wire.download("RETR a.csv")), TEXT.as_bytes(), "{backing}");
        let sent = wire.download("RETR big");
        assert!(sent.len() < big.len() / 10, "{backing}");
        assert_eq!(inflate(&sent), big, "{backing}");
        assert_eq!(inflate(&wire.download("NLST")), b"a.csv\r\nbig\r\n", "{backing}");
        wire.upload("STOR stored", deflate(&big));
        wire.upload("APPE stored", deflate(b"end"));
        wire.upload("STOR nothing", b"");
        assert_eq!(ftp.read("stored"), [big.as_slice(), b"end"].concat(), "{backing}");
        assert_eq!(ftp.read("nothing"), b"", "{backing}");
        wire.expect(350, "REST 8");
        assert_eq!(inflate(&wire.download("RETR a.csv")), b"1,Ada\n", "{backing}");
        wire.expect(200, "TYPE A");
        assert_eq!(inflate(&wire.download("RETR a.csv")), b"id,name\r\n1,Ada\r\n", "{backing}");
        wire.upload("STOR text", deflate(b"one\r\ntwo\r\n"));
        assert_eq!(ftp.read("text"), b"one\ntwo\n", "{backing}");
        wire.expect(200, "MODE S");
        assert_eq!(wire.download("NLST"), b"a.csv\r\nbig\r\nnothing\r\nstored\r\ntext\r\n", "{backing}");
    }
}

#[test]
fn an_upload_that_is_damaged_or_cut_off_is_not_complete() {
    let ftp = start();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(200, "MODE Z");
    let whole = deflate(TEXT.as_bytes());
    for stream in [TEXT.as_bytes(), &whole[..whole.len() - 1], &[whole.as_slice(), b"more"].concat()] {
        let mut data = wire.data();
        wire.expect(150, "STOR new");
        data.write_all(stream).unwrap();
        drop(data);
        wire.expect_reply(451);
        wire.expect(200, "NOOP");
    }
    wire.upload("STOR new", whole);
    assert_eq!(ftp.read("new"), TEXT.as_bytes());
}

#[test]
fn a_new_login_begins_in_mode_s() {
    let ftp = start();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(200, "MODE Z");
    wire.expect(230, "REIN");
    wire.log_in_as(ftp.user(), ftp.password());
    assert_eq!(wire.download("RETR a.csv"), b"id,name\r\n1,Ada\r\n");
}

#[test]
fn a_transcript_shows_what_was_on_the_wire() {
    let transcript = || {
        let ftp = start();
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "MODE Z");
        wire.download("RETR a.csv");
        wire.download("LIST");
        wire.upload("STOR b", deflate(&[b'x'; 10_000]));
        wire.expect(221, "QUIT");
        ftp.transcript()
    };
    let text = transcript().to_string();
    assert_eq!(text, transcript().to_string());
    assert!(!text.contains("Ada"), "{text}");
    assert_eq!(text.parse::<ftp_fixture::transcript::Transcript>().unwrap().to_string(), text);
}
