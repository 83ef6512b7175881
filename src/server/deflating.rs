//! MODE Z (draft-preston-ftpext-deflate-04): transfers deflated on their way, each a zlib stream of its own (RFC 1950).
//!
//! What is recorded is what is on the wire.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};

use super::transfer::Failure;
use crate::net::DataTransfer;
use crate::proto::{AsciiDecoder, AsciiEncoder, DeflateLevel};
use crate::vfs::File;

/// How much is moved at a time.
const BUFFER_SIZE: usize = 64 * 1024;

/// Sends a listing.
pub(super) async fn send_listing(
    listing: &[u8],
    level: DeflateLevel,
    data: &mut DataTransfer,
) -> Result<(), Failure> {
    let mut deflater = Deflater::new(level);
    deflater.push(listing);
    Ok(data.write_all(&deflater.finish()).await?)
}

/// Sends a file.
pub(super) async fn send(
    mut file: Box<dyn File>,
    ascii: bool,
    level: DeflateLevel,
    data: &mut DataTransfer,
) -> Result<(), Failure> {
    let mut deflater = Deflater::new(level);
    let (mut encoder, mut encoded) = (AsciiEncoder::default(), Vec::new());
    let mut buffer = vec![0; BUFFER_SIZE];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(data.write_all(&deflater.finish()).await?);
        }
        if ascii {
            encoded.clear();
            encoder.encode(&buffer[..count], &mut encoded);
            deflater.push(&encoded);
        } else {
            deflater.push(&buffer[..count]);
        }
        data.write_all(&deflater.take()).await?;
    }
}

/// Stores what comes until the client closes the data connection, which must be at the end of the stream.
pub(super) async fn receive(
    mut file: Box<dyn File>,
    ascii: bool,
    data: &mut DataTransfer,
) -> Result<(), Failure> {
    let mut inflater = Inflater::new();
    let (mut decoder, mut decoded) = (AsciiDecoder::default(), Vec::new());
    let mut buffer = vec![0; BUFFER_SIZE];
    loop {
        let count = data.read(&mut buffer).await?;
        if count == 0 {
            inflater.finish()?;
            decoded.clear();
            decoder.finish(&mut decoded);
            file.write_all(&decoded)?;
            return Ok(file.finish()?);
        }
        inflater.inflate(&buffer[..count], |inflated| {
            if !ascii {
                return Ok(file.write_all(inflated)?);
            }
            decoded.clear();
            decoder.decode(inflated, &mut decoded);
            Ok(file.write_all(&decoded)?)
        })?;
    }
}

/// Bytes on their way out. Its memory is a vector, so that writing to it cannot fail.
#[derive(Debug)]
struct Deflater(ZlibEncoder<Vec<u8>>);

impl Deflater {
    fn new(level: DeflateLevel) -> Self {
        Self(ZlibEncoder::new(Vec::new(), Compression::new(level.number())))
    }

    fn push(&mut self, bytes: &[u8]) {
        let _ = self.0.write_all(bytes);
    }

    /// What can be sent already.
    fn take(&mut self) -> Vec<u8> {
        std::mem::take(self.0.get_mut())
    }

    /// The rest of the stream.
    fn finish(self) -> Vec<u8> {
        self.0.finish().unwrap_or_default()
    }
}

/// Bytes on their way in.
#[derive(Debug)]
struct Inflater {
    stream: Decompress,
    inflated: Vec<u8>,
    ended: bool,
}

impl Inflater {
    fn new() -> Self {
        Self { stream: Decompress::new(true), inflated: vec![0; BUFFER_SIZE], ended: false }
    }

    /// Gives `store` what `bytes` are, piece by piece, however much it is.
    fn inflate(
        &mut self,
        mut bytes: &[u8],
        mut store: impl FnMut(&[u8]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        loop {
            if self.ended {
                return if bytes.is_empty() { Ok(()) } else { Err(Failure::Damaged) };
            }
            let (taken, given) = (self.stream.total_in(), self.stream.total_out());
            let status = self
                .stream
                .decompress(bytes, &mut self.inflated, FlushDecompress::None)
                .map_err(|_| Failure::Damaged)?;
            // Neither is longer than the slice it is about.
            let taken = (self.stream.total_in() - taken) as usize;
            let given = (self.stream.total_out() - given) as usize;
            bytes = &bytes[taken..];
            store(&self.inflated[..given])?;
            self.ended = status == Status::StreamEnd;
            if taken == 0 && given == 0 && !self.ended {
                return Ok(());
            }
        }
    }

    /// An empty file may be sent as nothing at all; any other must have its end.
    fn finish(&self) -> Result<(), Failure> {
        if self.ended || self.stream.total_in() == 0 { Ok(()) } else { Err(Failure::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    fn deflated(pieces: &[Vec<u8>]) -> Vec<u8> {
        let mut deflater = Deflater::new(DeflateLevel::default());
        let mut sent = Vec::new();
        for piece in pieces {
            deflater.push(piece);
            sent.extend(deflater.take());
        }
        sent.extend(deflater.finish());
        sent
    }

    fn inflated<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
        let (mut inflater, mut out) = (Inflater::new(), Vec::new());
        for piece in pieces {
            inflater
                .inflate(piece, |bytes| {
                    out.extend_from_slice(bytes);
                    Ok(())
                })
                .ok()?;
        }
        inflater.finish().ok().map(|()| out)
    }

    #[test]
    fn much_that_is_sent_as_little_comes_whole() {
        let zeros = vec![0; 10_000_000];
        let sent = deflated(std::slice::from_ref(&zeros));
        assert!(sent.len() < 20_000, "{}", sent.len());
        assert_eq!(inflated([sent.as_slice()]), Some(zeros));
    }

    #[test]
    fn what_is_cut_off_or_goes_on_is_damaged() {
        let sent = deflated(&[b"hello\n".to_vec()]);
        for end in 1..sent.len() {
            assert_eq!(inflated([&sent[..end]]), None, "{end}");
        }
        assert_eq!(inflated([sent.as_slice(), b"x"]), None);
        assert_eq!(inflated([b"hello".as_slice()]), None);
        assert_eq!(inflated([]), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn every_split_comes_whole_and_is_sent_alike(pieces in any::<Vec<Vec<u8>>>(), size in 1usize..9) {
            let sent = deflated(&pieces);
            let whole = pieces.concat();
            prop_assert_eq!(&sent, &deflated(std::slice::from_ref(&whole)));
            prop_assert_eq!(inflated(sent.chunks(size)), Some(whole));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
            let _ = inflated([bytes.as_slice()]);
        }
    }
}
