//! The client that blocks: [`Ftp`] is [`client::Ftp`](super::Ftp) without tokio.
//!
//! It needs no runtime, and works inside an async test too, where it blocks its thread.

use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncRead, ReadBuf};

use super::address::ServerAddress;
use super::builder_methods::ftp_builder;
use super::commands::with_parameter;
use super::error::Error;
use super::features::Features;
use super::methods::ftp_methods;
use super::options::Options;
use super::progress::Progress;
use super::session::UserSession;
use super::transfer_methods::ftp_transfer;
use super::transferring::Transferring;
use crate::clock::Clock;
use crate::listing::{ListEntry, Listing};
use crate::net::user::BlockingSocket;
use crate::proto::{Reply, TextEncoding};
use crate::transcript::{Record, Transcript};

macro_rules! wait {
    ($future:expr) => {
        ready($future)
    };
}

/// A client whose calls block.
///
/// ```
/// use std::io::Write;
///
/// use ftp_fixture::client::blocking::Ftp;
/// use ftp_fixture::prelude::*;
///
/// let server = FtpFixture::start();
/// let mut ftp = Ftp::from_url(&server.url())?;
/// let mut upload = ftp.store("hello.txt")?;
/// upload.write_all(b"hello\n")?;
/// upload.finish()?;
/// assert_eq!(ftp.nlst("")?, ["hello.txt"]);
/// ftp.quit()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Ftp {
    session: UserSession<BlockingSocket>,
}

impl Ftp {
    ftp_methods!(BlockingSocket, wait);

    /// Runs a command that takes data, such as `STOR a`, in type image, with all that `source` has.
    ///
    /// `rest` is where to begin in the server's file, in bytes.
    ///
    /// # Errors
    /// When the transfer fails, or reading `source` does.
    pub fn storbinary(
        &mut self,
        command: &str,
        source: impl Read,
        rest: Option<u64>,
    ) -> Result<Reply, Error> {
        ready(self.session.storbinary(command, Source(source), rest))
    }

    /// Runs a command that takes data, such as `STOR a`, in type ASCII, with all that `source` has; each line is ended
    /// by CRLF, the last one too.
    ///
    /// # Errors
    /// When the transfer fails, or reading `source` does.
    pub fn storlines(&mut self, command: &str, source: impl Read) -> Result<Reply, Error> {
        ready(self.session.storlines(command, Source(source)))
    }

    /// Has `self` send the file `source` to `target`, which stores it as `name`, without its passing through here
    /// (FXP): ftplib's `ftpcp`.
    ///
    /// # Errors
    /// When either server refuses. Most do, since the address is not the client's.
    pub fn ftpcp(&mut self, source: &str, target: &mut Self, name: &str) -> Result<(), Error> {
        ready(self.session.ftpcp(source, &mut target.session, name))
    }
}

ftp_builder!(wait);

ftp_transfer! {
    /// A file on its way from the server, to be read.
    Download, BlockingSocket, wait
}

ftp_transfer! {
    /// A file on its way to the server, to be written.
    Upload, BlockingSocket, wait
}

ftp_transfer! {
    /// The transfer of any command; which way its data go is the command's matter.
    Transfer, BlockingSocket, wait
}

macro_rules! readable {
    ($name:ident) => {
        impl Read for $name<'_> {
            fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
                let mut buffer = ReadBuf::new(bytes);
                ready_now(|context| self.0.poll_read(context, &mut buffer))?;
                Ok(buffer.filled().len())
            }
        }
    };
}

macro_rules! writable {
    ($name:ident) => {
        impl Write for $name<'_> {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                ready_now(|context| self.0.poll_write(context, bytes))
            }

            fn flush(&mut self) -> io::Result<()> {
                ready_now(|context| self.0.poll_flush(context))
            }
        }
    };
}

readable!(Download);
readable!(Transfer);
writable!(Upload);
writable!(Transfer);

/// What is to be stored, read by blocking.
struct Source<R>(R);

impl<R> Unpin for Source<R> {}

impl<R: Read> AsyncRead for Source<R> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = loop {
            match self.0.read(buffer.initialize_unfilled()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        buffer.advance(count);
        Poll::Ready(Ok(()))
    }
}

/// What `future` gives: over blocking sockets it is ready when it is polled.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    ready_now(|context| future.as_mut().poll(context))
}

fn ready_now<T>(poll: impl FnOnce(&mut Context<'_>) -> Poll<T>) -> T {
    match poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("a blocking socket waits inside its calls"),
    }
}
