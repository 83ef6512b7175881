//! One transcript of one session over TLS, however often it is run.

use ftp_fixture::prelude::*;

use crate::client::{Client, close, read_to_close_notify};

#[test]
fn of_a_client_that_quits() {
    let builder = FtpFixture::builder().tls(Tls::explicit()).in_memory();
    let mut first = None;
    for number in 0..2_000 {
        let ftp = builder.clone().start();
        let mut client = Client::log_in(&ftp);
        client.upload("STOR a.txt", b"one\n");
        // The handshake before the command, and its data before the 150.
        let mut data = client.data();
        std::io::Write::write_all(&mut data, b"two\n").unwrap();
        close(data);
        client.expect("150", "STOR b.txt");
        client.expect_reply("226");
        client.download("NLST");
        let data = client.data();
        client.send("RETR a.txt\r\nQUIT\r\n");
        assert_eq!(read_to_close_notify(data), b"one\n");
        let transcript = ftp.transcript().to_string();
        let first = first.get_or_insert_with(|| transcript.clone());
        assert_eq!(&transcript, first, "run {number}");
    }
}
