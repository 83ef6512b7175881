//! The client that is awaited, on tokio.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;

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
use crate::net::user::TokioSocket;
use crate::proto::{Reply, TextEncoding};
use crate::transcript::{Record, Transcript};

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

/// A client, to be awaited within tokio; [`blocking::Ftp`](super::blocking::Ftp) is the same without.
///
/// A command whose future is dropped before it is done leaves a reply behind that is to come; the next command says
/// so ([`Error::OutOfStep`]), and [`abort`](Self::abort) gets rid of it.
///
/// ```
/// use ftp_fixture::client::Ftp;
/// use ftp_fixture::prelude::*;
/// use tokio::io::AsyncWriteExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let server = FtpFixture::start();
/// let mut ftp = Ftp::from_url(&server.url()).await?;
/// let mut upload = ftp.store("hello.txt").await?;
/// upload.write_all(b"hello\n").await?;
/// upload.finish().await?;
/// assert_eq!(ftp.nlst("").await?, ["hello.txt"]);
/// ftp.quit().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Ftp {
    session: UserSession<TokioSocket>,
}

impl Ftp {
    ftp_methods!(TokioSocket, wait, async);

    /// Runs a command that takes data, such as `STOR a`, in type image, with all that `source` has.
    ///
    /// `rest` is where to begin in the server's file, in bytes.
    ///
    /// # Errors
    /// When the transfer fails, or reading `source` does.
    pub async fn storbinary(
        &mut self,
        command: &str,
        source: impl AsyncRead + Unpin,
        rest: Option<u64>,
    ) -> Result<Reply, Error> {
        self.session.storbinary(command, source, rest).await
    }

    /// Runs a command that takes data, such as `STOR a`, in type ASCII, with all that `source` has; each line is ended
    /// by CRLF, the last one too.
    ///
    /// # Errors
    /// When the transfer fails, or reading `source` does.
    pub async fn storlines(&mut self, command: &str, source: impl AsyncRead + Unpin) -> Result<Reply, Error> {
        self.session.storlines(command, source).await
    }

    /// Has `self` send the file `source` to `target`, which stores it as `name`, without its passing through here
    /// (FXP): ftplib's `ftpcp`.
    ///
    /// # Errors
    /// When either server refuses. Most do, since the address is not the client's.
    pub async fn ftpcp(&mut self, source: &str, target: &mut Self, name: &str) -> Result<(), Error> {
        self.session.ftpcp(source, &mut target.session, name).await
    }
}

ftp_builder!(wait, async);

ftp_transfer! {
    /// A file on its way from the server, to be read.
    Download, TokioSocket, wait, async
}

ftp_transfer! {
    /// A file on its way to the server, to be written.
    Upload, TokioSocket, wait, async
}

ftp_transfer! {
    /// The transfer of any command; which way its data go is the command's matter.
    Transfer, TokioSocket, wait, async
}

macro_rules! readable {
    ($name:ident) => {
        impl AsyncRead for $name<'_> {
            fn poll_read(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
                buffer: &mut ReadBuf<'_>,
            ) -> Poll<io::Result<()>> {
                self.0.poll_read(context, buffer)
            }
        }
    };
}

macro_rules! writable {
    ($name:ident) => {
        impl AsyncWrite for $name<'_> {
            fn poll_write(
                mut self: Pin<&mut Self>,
                context: &mut Context<'_>,
                bytes: &[u8],
            ) -> Poll<io::Result<usize>> {
                self.0.poll_write(context, bytes)
            }

            fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
                self.0.poll_flush(context)
            }

            fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
                self.0.poll_close(context)
            }
        }
    };
}

readable!(Download);
readable!(Transfer);
writable!(Upload);
writable!(Transfer);
