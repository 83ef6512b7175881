//! What a client makes of the ways in which TLS ends, and how it ends it itself.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::io::ReadBuf;

use super::{BlockingSocket, Socket, UserControl, UserStream};
use crate::net::{Timer, WireLog};
use crate::proto::{REPLY_LINE_LIMIT, SessionId, TextEncoding};
use crate::tls::{ClientTls, Tls, TlsChannel, TlsVersions};
use crate::transcript::Record;

/// A test that hangs fails instead.
const DEADLINE: Duration = Duration::from_secs(20);

const VERSIONS: [TlsVersions; 2] = [TlsVersions::Only12, TlsVersions::Only13];

/// A server that goes on as `script` says when the handshake is done, and a client's socket to it.
async fn connect<T: Send + 'static>(
    script: impl FnOnce(&mut TcpStream, &mut TlsChannel) -> T + Send + 'static,
) -> (BlockingSocket, JoinHandle<T>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        let mut channel = Tls::explicit().prepare().unwrap().session().on_data().unwrap();
        channel.client_reads(false);
        while channel.is_handshaking() {
            assert!(feed(&mut socket, &mut channel), "the client ends in mid-handshake");
            channel.shake_hands().unwrap();
            send(&mut socket, &mut channel);
        }
        script(&mut socket, &mut channel)
    });
    (BlockingSocket::connect(address, None, Some(DEADLINE)).await.unwrap(), server)
}

/// Whether more came.
fn feed(socket: &mut TcpStream, channel: &mut TlsChannel) -> bool {
    let mut buffer = [0; 4096];
    let count = socket.read(&mut buffer).unwrap();
    channel.feed(&buffer[..count]);
    count > 0
}

fn send(socket: &mut TcpStream, channel: &mut TlsChannel) {
    socket.write_all(channel.outgoing()).unwrap();
    channel.sent(channel.outgoing().len());
}

async fn secured(socket: BlockingSocket, tls: ClientTls) -> UserStream<BlockingSocket> {
    let mut stream = UserStream::new(socket);
    stream.secure(&tls.prepare("localhost").unwrap(), None).await.unwrap();
    stream
}

async fn read_to_end(stream: &mut UserStream<BlockingSocket>) -> (Vec<u8>, io::Result<()>) {
    let mut read = Vec::new();
    loop {
        let mut bytes = [0; 1024];
        let mut buffer = ReadBuf::new(&mut bytes);
        let outcome = poll_fn(|context| stream.poll_read(context, &mut buffer)).await;
        if outcome.is_err() || buffer.filled().is_empty() {
            return (read, outcome);
        }
        read.extend_from_slice(buffer.filled());
    }
}

#[tokio::test]
async fn data_that_end_within_a_record_were_cut() {
    for versions in VERSIONS {
        let (socket, server) = connect(|socket, channel| {
            channel.write(b"data");
            send(socket, channel);
            channel.write(b"more");
            let (_, cut) = channel.outgoing().split_last().unwrap();
            socket.write_all(cut).unwrap();
        })
        .await;
        let mut stream = secured(socket, ClientTls::unverified().versions(versions)).await;
        let (read, outcome) = read_to_end(&mut stream).await;
        assert_eq!(read, b"data");
        assert_eq!(outcome.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        server.join().unwrap();
    }
}

#[tokio::test]
async fn data_that_just_end_were_cut_where_a_close_notify_is_required() {
    for required in [true, false] {
        let (socket, server) = connect(|socket, channel| {
            channel.write(b"data");
            send(socket, channel);
        })
        .await;
        let mut stream = secured(socket, ClientTls::unverified().require_close_notify(required)).await;
        let (read, outcome) = read_to_end(&mut stream).await;
        assert_eq!((read.as_slice(), outcome.is_err()), (&b"data"[..], required));
        server.join().unwrap();
    }
}

#[tokio::test]
async fn a_control_connection_is_left_with_a_close_notify() {
    for versions in VERSIONS {
        let (socket, server) = connect(|socket, channel| {
            let mut buffer = [0; 16];
            while channel.read(&mut buffer).unwrap() != Some(0) {
                assert!(feed(socket, channel), "the connection just ends");
            }
        })
        .await;
        let recorder = WireLog::new(Record::default(), Timer::system()).recorder(SessionId(1));
        let address = (Ipv4Addr::LOCALHOST, 0).into();
        let mut control =
            UserControl::new(socket, address, TextEncoding::UTF_8, REPLY_LINE_LIMIT, recorder).unwrap();
        let tls = ClientTls::unverified().versions(versions).prepare("localhost").unwrap();
        control.secure(&tls, None).await.unwrap();
        drop(control);
        server.join().unwrap();
    }
}

#[tokio::test]
async fn a_server_that_never_stops_does_not_hold_up_who_leaves() {
    let (socket, server) = connect(|socket, channel| {
        while socket.write_all(channel.outgoing()).is_ok() {
            channel.sent(channel.outgoing().len());
            channel.write(&[0; 16 * 1024]);
        }
    })
    .await;
    let mut stream = secured(socket, ClientTls::unverified()).await;
    stream.take_tickets();
    drop(stream);
    server.join().unwrap();
}
