//! The server without a fixture, on a runtime of the user's own.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use ftp_fixture::auth::{DummyAuthorizer, User};
use ftp_fixture::server::{FtpHandler, FtpServer};
use ftp_fixture::vfs::MemoryFs;

use crate::wire::Wire;

fn server() -> (FtpServer, SocketAddr) {
    let mut authorizer = DummyAuthorizer::new();
    authorizer.add_user(User::new("ada", "pw").perms("elradfmwMT")).unwrap();
    let handler =
        FtpHandler::default().authorizer(Arc::new(authorizer)).file_system(Arc::new(MemoryFs::new()));
    let server = FtpServer::bind("127.0.0.1:0", handler).unwrap();
    let address = server.local_addr().unwrap();
    (server, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn it_serves_until_it_is_told_to_stop_and_then_closes_everything() {
    let (mut server, address) = server();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let task = tokio::spawn(async move {
        let result = server.serve_until(async { drop(stopped.await) }).await;
        (result.is_ok(), server.local_addr().is_err())
    });
    let mut wire = tokio::task::spawn_blocking(move || {
        let mut wire = Wire::connect_silently(address);
        wire.expect_reply(220);
        wire.log_in_as("ada", "pw");
        wire.upload("STOR a", "hello");
        wire
    })
    .await
    .unwrap();
    stop.send(()).unwrap();
    assert_eq!(task.await.unwrap(), (true, true));
    assert_eq!(wire.read_to_end().unwrap(), "");
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn it_can_be_polled_from_a_loop_of_ones_own() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (mut server, address) = server();
    let mut client = TcpStream::connect(address).unwrap();
    runtime.block_on(server.poll_once()).unwrap();
    let mut reply = [0; 1024];
    let count = client.read(&mut reply).unwrap();
    assert!(reply[..count].starts_with(b"220 "));

    client.write_all(b"NOOP\r\nNOOP\r\n").unwrap();
    runtime.block_on(server.poll_once()).unwrap();
    let mut replies = [0; 4];
    client.read_exact(&mut replies).unwrap();
    assert_eq!(&replies, b"200 ");

    server.close_all();
    // The tasks end when the runtime runs again.
    runtime.block_on(tokio::task::yield_now());
    assert!(TcpStream::connect(address).is_err());
    assert!(runtime.block_on(server.poll_once()).is_err());
}
