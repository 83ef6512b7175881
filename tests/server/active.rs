//! Active mode over every backing: the server connects to the client (RFC 959, 5.2; RFC 2428, 2).

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};

use ftp_fixture::FtpFixture;

use crate::servers::{Backing, Family};
use crate::wire::Wire;

/// The commands that name this address: PORT for IPv4 alone, EPRT for both.
fn namings(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    let protocol = if address.is_ipv4() { 1 } else { 2 };
    let mut commands = vec![format!("EPRT |{protocol}|{}|{port}|", address.ip())];
    if let IpAddr::V4(ip) = address.ip() {
        let [a, b, c, d] = ip.octets();
        commands.push(format!("PORT {a},{b},{c},{d},{},{}", port >> 8, port & 0xff));
    }
    commands
}

#[test]
fn files_come_and_go_on_connections_that_the_server_makes() {
    for backing in Backing::all() {
        let ftp = backing.start(FtpFixture::builder().file("a", "hello"));
        let mut wire = Wire::log_in(&ftp);
        let listener = TcpListener::bind((ftp.host(), 0)).unwrap();
        for naming in namings(listener.local_addr().unwrap()) {
            wire.expect(200, &naming);
            wire.expect(150, "RETR a");
            let mut received = String::new();
            listener.accept().unwrap().0.read_to_string(&mut received).unwrap();
            wire.expect_reply(226);
            assert_eq!(received, "hello", "{naming} over {backing}");

            wire.expect(200, &naming);
            wire.expect(150, "STOR b");
            listener.accept().unwrap().0.write_all(naming.as_bytes()).unwrap();
            wire.expect_reply(226);
            assert_eq!(ftp.read("b"), naming.as_bytes(), "{backing}");
        }
    }
}

#[test]
fn a_client_that_does_not_listen_where_it_said_gets_425_and_the_session_goes_on() {
    for backing in Backing::all() {
        let ftp = backing.start(FtpFixture::builder().file("a", "hello"));
        let mut wire = Wire::log_in(&ftp);
        // Below the ephemeral ports, so that nobody gets it by chance.
        let nobody = SocketAddr::new(ftp.host(), 23_999);
        for naming in namings(nobody) {
            wire.expect(200, &naming);
            wire.expect(150, "RETR a");
            wire.expect_reply(425);
            assert_eq!(wire.download("RETR a"), b"hello", "{naming} over {backing}");
        }
        assert_eq!(namings(nobody).len(), if backing.family == Family::Ipv4 { 2 } else { 1 });
    }
}
