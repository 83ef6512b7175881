//! Commands, replies and listings in other encodings than UTF-8.

use std::io::{Read, Write};
use std::net::TcpStream;

use ftp_fixture::FtpFixture;
use ftp_fixture::server::UnicodeErrors;

use crate::wire::Wire;

/// Sends a line and reads a one-line reply, as bytes, and nothing of what comes behind it.
fn command(mut client: &TcpStream, line: &[u8]) -> Vec<u8> {
    client.write_all(&[line, b"\r\n"].concat()).unwrap();
    let mut reply = Vec::new();
    while !reply.ends_with(b"\n") {
        let mut byte = [0];
        client.read_exact(&mut byte).unwrap();
        reply.push(byte[0]);
    }
    reply
}

#[test]
fn names_are_bytes_of_the_encoding_on_the_wire_and_unicode_in_the_files() {
    let latin1 = "latin1".parse().unwrap();
    let ftp = FtpFixture::builder().handler(|handler| handler.encoding(latin1)).start();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    let client = wire.socket().try_clone().unwrap();
    assert_eq!(command(&client, b"MKD na\xEFve"), b"257 \"/na\xEFve\" created.\r\n");
    assert!(ftp.exists("naïve"));
    assert!(command(&client, b"NLST").starts_with(b"150"));
    let mut listing = Vec::new();
    data.read_to_end(&mut listing).unwrap();
    assert_eq!(listing, b"na\xEFve\r\n");
    wire.expect_reply(226);
    wire.expect(504, "OPTS UTF8 ON");
    assert!(!wire.expect(211, "FEAT").contains("UTF8"));
    assert!(ftp.transcript().to_string().contains("C> MKD na\\xEFve\nS> 257 \"/na\\xEFve\" created.\n"));
}

#[test]
fn bytes_that_mean_nothing_are_replaced_or_refused_and_the_session_goes_on() {
    for (errors, code) in [(UnicodeErrors::Replace, "257"), (UnicodeErrors::Strict, "501")] {
        let ftp = FtpFixture::builder().in_memory().handler(|handler| handler.unicode_errors(errors)).start();
        let mut wire = Wire::log_in(&ftp);
        wire.send(b"MKD na\xEFve\r\n");
        assert!(wire.reply().starts_with(code));
        wire.expect(200, "NOOP");
        assert_eq!(ftp.exists("na\u{FFFD}ve"), errors == UnicodeErrors::Replace);
    }
}
