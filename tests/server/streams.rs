//! Data connections: when they may come, who may make them, and how they may end (RFC 959, 3.3; RFC 2577, 3).

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use ftp_fixture::FtpFixture;
use socket2::{Domain, SockRef, Socket, Type};

use crate::wire::Wire;

/// More than the kernel keeps for one connection: a download of it stands still until the client reads.
const LARGE: usize = 32 * 1024 * 1024;

fn server() -> FtpFixture {
    FtpFixture::builder().in_memory().file("a", "hello").file("large", vec![b'x'; LARGE]).start()
}

/// Makes the data connection now that EPSV has announced `port`.
#[track_caller]
fn connect(wire: &Wire, port: u16) -> TcpStream {
    let server = wire.socket().peer_addr().unwrap().ip();
    let socket = TcpStream::connect((server, port)).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket
}

/// Closes a connection so that its peer is told of an error rather than of an end.
#[track_caller]
pub(crate) fn reset(socket: TcpStream) {
    SockRef::from(&socket).set_linger(Some(Duration::ZERO)).unwrap();
}

/// Waits until the server has closed a connection.
#[track_caller]
fn assert_closed(mut socket: TcpStream) {
    match socket.read(&mut [0; 16]) {
        Ok(0) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        other => panic!("the connection is still there: {other:?}"),
    }
}

#[test]
fn a_data_connection_may_come_after_the_command() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let port = wire.passive_port();
    wire.expect(150, "RETR a");
    let mut content = String::new();
    connect(&wire, port).read_to_string(&mut content).unwrap();
    assert_eq!(content, "hello");
    wire.expect_reply(226);
    let port = wire.passive_port();
    wire.expect(150, "STOR b");
    connect(&wire, port).write_all(b"stored").unwrap();
    wire.expect_reply(226);
    assert_eq!(ftp.read("b"), b"stored");
}

#[test]
fn what_came_with_its_end_before_stor_is_stored_whole() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    for size in [0, 1, 40_000] {
        let content = vec![b'c'; size];
        let mut data = wire.data();
        data.write_all(&content).unwrap();
        drop(data);
        wire.expect(200, "NOOP");
        wire.expect(150, "STOR b");
        wire.expect_reply(226);
        assert!(ftp.read("b") == content, "{size} bytes");
    }
}

#[test]
fn a_download_needs_no_close_from_the_client() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    wire.expect(150, "RETR a");
    wire.expect_reply(226);
    let mut content = String::new();
    data.read_to_string(&mut content).unwrap();
    assert_eq!(content, "hello");
}

#[test]
fn a_client_that_will_not_send_may_still_receive() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    data.shutdown(Shutdown::Write).unwrap();
    wire.expect(150, "RETR large");
    let mut content = Vec::new();
    data.read_to_end(&mut content).unwrap();
    wire.expect_reply(226);
    assert_eq!(content.len(), LARGE);
}

#[test]
fn a_reset_download_is_aborted_and_the_session_goes_on() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    wire.expect(150, "RETR large");
    data.read_exact(&mut [0; 1000]).unwrap();
    reset(data);
    wire.expect_reply(426);
    assert_eq!(wire.download("RETR a"), b"hello");
    let data = wire.data();
    reset(data);
    wire.expect(150, "RETR large");
    wire.expect_reply(426);
    assert_eq!(wire.download("RETR a"), b"hello");
}

#[test]
fn a_reset_upload_is_aborted_and_keeps_what_had_arrived() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    wire.expect(150, "STOR b");
    data.write_all(&[b'c'; 1000]).unwrap();
    reset(data);
    wire.expect_reply(426);
    assert_eq!(ftp.read("b"), [b'c'; 1000]);
    let mut data = wire.data();
    data.write_all(&[b'd'; 1000]).unwrap();
    reset(data);
    wire.expect(150, "STOR b");
    wire.expect_reply(426);
    assert_eq!(wire.download("RETR a"), b"hello");
}

#[test]
fn a_second_pasv_gives_up_the_first() {
    // On an address of its own: elsewhere another test may be given the port that has become free.
    let address = Ipv4Addr::new(127, 0, 21, 1);
    let ftp = FtpFixture::builder().in_memory().file("a", "hello").listen((address, 0)).start();
    let mut wire = Wire::log_in(&ftp);
    let first = wire.passive_port();
    let mut data = wire.data();
    assert!(TcpStream::connect((address, first)).is_err(), "the first listener is still there");
    wire.expect(150, "RETR a");
    let mut content = String::new();
    data.read_to_string(&mut content).unwrap();
    assert_eq!(content, "hello");
    wire.expect_reply(226);

    let connected = wire.data();
    wire.expect(227, "PASV");
    assert_closed(connected);
    wire.expect(200, "NOOP");
}

#[test]
fn a_data_connection_serves_one_transfer() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    wire.download("RETR a");
    wire.expect(425, "RETR a");
    let _data = wire.data();
    wire.expect(550, "RETR missing");
    // A refused transfer has not used it.
    wire.expect(150, "RETR a");
    wire.expect_reply(226);
}

#[test]
fn a_data_connection_ends_with_its_session_or_login() {
    for (command, code) in [("QUIT", 221), ("REIN", 230), ("USER user", 331), ("ABOR", 225)] {
        let ftp = server();
        let mut wire = Wire::log_in(&ftp);
        let data = wire.data();
        wire.expect(code, command);
        assert_closed(data);
    }
}

/// Connects from another address of the loopback interface, as a stranger would.
#[cfg(target_os = "linux")]
fn connect_as_stranger(port: u16) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from(([127, 0, 0, 2], 0)).into()).unwrap();
    socket.connect(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into()).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    socket.into()
}

#[cfg(target_os = "linux")]
#[test]
fn a_strangers_data_connection_is_refused_and_the_clients_still_comes() {
    let ftp = server();
    let mut wire = Wire::log_in(&ftp);
    for is_first in [true, false] {
        let port = wire.passive_port();
        if is_first {
            assert_closed(connect_as_stranger(port));
            wire.expect(150, "RETR a");
        } else {
            wire.expect(150, "RETR a");
            assert_closed(connect_as_stranger(port));
        }
        let mut content = String::new();
        connect(&wire, port).read_to_string(&mut content).unwrap();
        assert_eq!(content, "hello");
        wire.expect_reply(226);
    }
    let port = wire.passive_port();
    let mut stranger = connect_as_stranger(port);
    // The server may have closed it already.
    let _ = stranger.write_all(b"not the client's");
    wire.expect(150, "STOR b");
    connect(&wire, port).write_all(b"the client's").unwrap();
    wire.expect_reply(226);
    assert_eq!(ftp.read("b"), b"the client's");
}
