//! Whole transfers: ftplib's `retrbinary`, `retrlines`, `storbinary` and `storlines`, and the listings.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;

use tokio::io::{AsyncRead, ReadBuf};

use super::commands::with_parameter;
use super::error::Error;
use super::session::UserSession;
use super::transferring::Transferring;
use crate::net::user::Socket;
use crate::proto::{AsciiEncoder, Reply, RepresentationType};

impl<S: Socket> UserSession<S> {
    /// Gives `callback` what comes, block by block, in type image.
    pub(super) async fn retrbinary(
        &mut self,
        line: &str,
        callback: impl FnMut(&[u8]),
        rest: Option<u64>,
    ) -> Result<Reply, Error> {
        self.set_type(RepresentationType::Image).await?;
        self.retrieve_all(line, rest, None, callback).await
    }

    /// Gives `callback` what comes, block by block, in the type that is set; of a listing at most so many bytes.
    pub(super) async fn retrieve_all(
        &mut self,
        line: &str,
        rest: Option<u64>,
        listing_limit: Option<usize>,
        mut callback: impl FnMut(&[u8]),
    ) -> Result<Reply, Error> {
        let mut block = vec![0; self.options.block_size];
        let mut transfer = self.download(line, rest).await?;
        loop {
            match transfer.read(&mut block).await {
                Ok(0) => return transfer.finish().await,
                Ok(count) => {
                    transfer.check_length(listing_limit)?;
                    callback(&block[..count]);
                }
                Err(error) => return Err(transfer.explained(error).await),
            }
        }
    }

    /// Gives `callback` what comes, line by line and without its end, in type ASCII.
    pub(super) async fn retrlines(
        &mut self,
        command: &str,
        callback: impl FnMut(&str),
    ) -> Result<Reply, Error> {
        self.retrieve_lines(command, None, callback).await
    }

    async fn retrieve_lines(
        &mut self,
        command: &str,
        listing_limit: Option<usize>,
        mut callback: impl FnMut(&str),
    ) -> Result<Reply, Error> {
        self.set_type(RepresentationType::Ascii).await?;
        let (encoding, limit) = (self.options.encoding, self.options.line_limit);
        let mut block = vec![0; self.options.block_size];
        let mut transfer = self.download(command, None).await?;
        let mut line = Vec::new();
        let mut give = |line: &mut Vec<u8>| {
            callback(&encoding.decode(line.strip_suffix(b"\r").unwrap_or(line)));
            line.clear();
        };
        loop {
            let count = match transfer.read(&mut block).await {
                Ok(count) => count,
                Err(error) => return Err(transfer.explained(error).await),
            };
            transfer.check_length(listing_limit)?;
            for piece in block[..count].split_inclusive(|byte| *byte == b'\n') {
                let whole = piece.strip_suffix(b"\n");
                line.extend_from_slice(whole.unwrap_or(piece));
                if line.len() > limit {
                    let of = format!("the data of {}", transfer.command().shown());
                    return Err(Error::LineTooLong { of, limit });
                }
                if whole.is_some() {
                    give(&mut line);
                }
            }
            if count == 0 {
                if !line.is_empty() {
                    give(&mut line);
                }
                return transfer.finish().await;
            }
        }
    }

    /// Sends all that `source` has, in type image.
    pub(super) async fn storbinary(
        &mut self,
        line: &str,
        mut source: impl AsyncRead + Unpin,
        rest: Option<u64>,
    ) -> Result<Reply, Error> {
        self.set_type(RepresentationType::Image).await?;
        let mut block = vec![0; self.options.block_size];
        let mut transfer = self.upload(line, rest).await?;
        loop {
            let count = read_source(&mut source, &mut block).await?;
            if count == 0 {
                return transfer.finish().await;
            }
            if let Err(error) = transfer.write_all(&block[..count]).await {
                return Err(transfer.explained(error).await);
            }
        }
    }

    /// Sends all that `source` has, each line ended by CRLF, in type ASCII.
    pub(super) async fn storlines(
        &mut self,
        line: &str,
        mut source: impl AsyncRead + Unpin,
    ) -> Result<Reply, Error> {
        self.set_type(RepresentationType::Ascii).await?;
        let mut block = vec![0; self.options.block_size];
        let mut transfer = self.upload(line, None).await?;
        let (mut encoder, mut encoded, mut last) = (AsciiEncoder::default(), Vec::new(), b'\n');
        loop {
            let count = read_source(&mut source, &mut block).await?;
            encoded.clear();
            match count {
                0 if last != b'\n' => encoder.encode(b"\n", &mut encoded),
                _ => encoder.encode(&block[..count], &mut encoded),
            }
            if let Err(error) = transfer.write_all(&encoded).await {
                return Err(transfer.explained(error).await);
            }
            let Some(new_last) = block[..count].last() else { return transfer.finish().await };
            last = *new_last;
        }
    }

    /// Retrieves in type image.
    pub(super) async fn binary_download(
        &mut self,
        path: &str,
        rest: Option<u64>,
    ) -> Result<Transferring<'_, S>, Error> {
        self.set_type(RepresentationType::Image).await?;
        self.download(&format!("RETR {path}"), rest).await
    }

    /// Stores by `line` in type image.
    pub(super) async fn binary_upload(
        &mut self,
        line: &str,
        rest: Option<u64>,
    ) -> Result<Transferring<'_, S>, Error> {
        self.set_type(RepresentationType::Image).await?;
        self.upload(line, rest).await
    }

    /// The lines of a listing.
    pub(super) async fn lines_of(&mut self, verb: &str, parameter: &str) -> Result<Vec<String>, Error> {
        let mut lines = Vec::new();
        let limit = Some(self.options.listing_limit);
        let command = with_parameter(verb, parameter);
        self.retrieve_lines(&command, limit, |line| lines.push(line.to_owned())).await?;
        Ok(lines)
    }
}

impl<S: Socket> Transferring<'_, S> {
    /// Reads some of the data; 0 at their end.
    async fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let mut buffer = ReadBuf::new(block);
        poll_fn(|context| self.poll_read(context, &mut buffer)).await?;
        Ok(buffer.filled().len())
    }

    async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let count = poll_fn(|context| self.poll_write(context, rest)).await?;
            rest = &rest[count..];
        }
        Ok(())
    }
}

async fn read_source(source: &mut (impl AsyncRead + Unpin), block: &mut [u8]) -> Result<usize, Error> {
    let mut buffer = ReadBuf::new(block);
    match poll_fn(|context| Pin::new(&mut *source).poll_read(context, &mut buffer)).await {
        Ok(()) => Ok(buffer.filled().len()),
        Err(error) => Err(Error::Io { doing: "reading what is to be stored".to_owned(), error }),
    }
}
