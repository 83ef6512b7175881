//! Where a client is used: inside a runtime though it blocks, in a task, in the log; and a source that fails.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use ftp_fixture::client::{Error, Ftp, blocking};
use ftp_fixture::prelude::*;
use tokio::io::{AsyncRead, ReadBuf};
use tracing_test::traced_test;

/// Has eight bytes, and then an error.
#[derive(Debug, Default)]
pub(crate) struct Failing {
    failed: bool,
}

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if std::mem::replace(&mut self.failed, true) {
            return Err(io::Error::other("the disk is on fire"));
        }
        buffer[..8].fill(b'x');
        Ok(8)
    }
}

impl AsyncRead for Failing {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = self.read(buffer.initialize_unfilled())?;
        buffer.advance(count);
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn the_blocking_client_works_inside_a_runtime() {
    let server = FtpFixture::start();
    let mut ftp = blocking::Ftp::from_url(&server.url()).unwrap();
    assert_eq!(ftp.pwd().unwrap(), "/");
    ftp.quit().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_can_be_sent_to_another_task() {
    let server = FtpFixture::start();
    let mut ftp = Ftp::from_url(&server.url()).await.unwrap();
    let directory = tokio::spawn(async move {
        let mut lines = 0;
        ftp.retrlines("LIST", |_| lines += 1).await.unwrap();
        ftp.storbinary("STOR a", &b"a"[..], None).await.unwrap();
        ftp.retrieve("a").await.unwrap().finish().await.ok();
        ftp.pwd().await.unwrap()
    });
    assert_eq!(directory.await.unwrap(), "/");
}

#[tokio::test]
async fn a_command_whose_future_was_dropped_is_told_of() {
    let server = FtpFixture::start();
    let mut ftp = Ftp::from_url(&server.url()).await.unwrap();
    {
        let mut command = std::pin::pin!(ftp.pwd());
        let polled = std::future::poll_fn(|context| Poll::Ready(command.as_mut().poll(context))).await;
        assert!(polled.is_pending(), "the reply cannot be here before the server's thread has run");
    }
    let error = ftp.voidcmd("NOOP").await.unwrap_err();
    assert!(matches!(&error, Error::OutOfStep { unanswered } if unanswered == "\"PWD\""), "{error}");
    assert_eq!(ftp.getresp().await.unwrap().code().number(), 257);
    ftp.voidcmd("NOOP").await.unwrap();
}

#[traced_test]
#[test]
fn commands_and_replies_are_logged_without_secrets() {
    let server = FtpFixture::builder().user("ada:s3cret").start();
    let mut ftp = blocking::Ftp::connect(server.addr()).unwrap();
    ftp.set_debuglevel(1);
    ftp.login("ada", "s3cret").unwrap();
    drop(ftp.store("a").unwrap());
    assert!(logs_contain("S> 230 Login successful."));
    assert!(logs_contain("C> \"PASS ******\""));
    assert!(logs_contain("dropped before `finish`"));
    assert!(!logs_contain("s3cret"));
}

#[test]
fn a_client_is_a_snapshot_under_the_tests_name() {
    let server = FtpFixture::start();
    let mut ftp = blocking::Ftp::connect(server.addr()).unwrap();
    ftp.quit().unwrap();
    assert_transcript!(ftp);
}

#[test]
fn where_nothing_is_recorded_the_transcript_is_empty() {
    let server = FtpFixture::start();
    let ftp = blocking::Ftp::builder().record(Record::off()).from_url(&server.url()).unwrap();
    assert!(ftp.transcript().is_empty());
}

#[test]
fn a_client_connects_from_the_address_it_was_given() {
    let server = FtpFixture::start();
    let builder = blocking::Ftp::builder().source_address([127, 0, 0, 1]);
    assert_eq!(builder.from_url(&server.url()).unwrap().nlst("").unwrap(), Vec::<String>::new());
    // An address that is nobody's here.
    let error = blocking::Ftp::builder().source_address([192, 0, 2, 1]).connect(server.addr()).unwrap_err();
    assert!(matches!(&error, Error::Io { .. }), "{error}");
}

#[test]
fn who_is_not_there_is_named() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = blocking::Ftp::connect(address).unwrap_err();
    assert!(error.to_string().contains(&address.to_string()), "{error}");
}
