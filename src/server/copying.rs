//! Bytes between files and data connections, translated in type ASCII (RFC 959, 3.1.1.1).

use std::io;

use super::transfer::Failure;
use crate::net::DataTransfer;
use crate::proto::{AsciiDecoder, AsciiEncoder};
use crate::vfs::File;

/// The most that is moved at a time.
const BUFFER_SIZE: usize = 256 * 1024;
/// What a transfer of unknown length begins with: most files in tests are smaller.
const FIRST_BUFFER_SIZE: usize = 16 * 1024;

/// Sends a file as it is, of which `size` bytes are left if that is known; `by_kernel` alone if that is possible.
pub(super) async fn send_image(
    mut file: Box<dyn File>,
    size: Option<u64>,
    by_kernel: bool,
    data: &mut DataTransfer,
) -> Result<(), Failure> {
    if let Some(size) = size {
        data.expect(size);
    }
    #[cfg(unix)]
    if by_kernel && let Some(descriptor) = file.as_fd() {
        match data.send_file(descriptor).await {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            result => return Ok(result?),
        }
    }
    let mut buffer = Buffer::for_all_of(file.as_ref());
    loop {
        match file.read(buffer.as_mut_slice())? {
            0 => return Ok(()),
            count => {
                data.write_all(buffer.filled(count)).await?;
                buffer.grow_after(count);
            }
        }
    }
}

/// Sends a text file, each line ended by CR LF.
pub(super) async fn send_ascii(mut file: Box<dyn File>, data: &mut DataTransfer) -> Result<(), Failure> {
    let mut buffer = Buffer::for_all_of(file.as_ref());
    let (mut encoder, mut encoded) = (AsciiEncoder::default(), Vec::new());
    loop {
        match file.read(buffer.as_mut_slice())? {
            0 => return Ok(()),
            count => {
                encoded.clear();
                encoder.encode(buffer.filled(count), &mut encoded);
                data.write_all(&encoded).await?;
                buffer.grow_after(count);
            }
        }
    }
}

/// Stores what comes until the client closes the data connection.
pub(super) async fn receive(
    mut file: Box<dyn File>,
    ascii: bool,
    data: &mut DataTransfer,
) -> Result<(), Failure> {
    let (mut buffer, mut decoder, mut decoded) = (Buffer::new(), AsciiDecoder::default(), Vec::new());
    loop {
        let count = data.read(buffer.as_mut_slice()).await?;
        let received = buffer.filled(count);
        if ascii {
            decoded.clear();
            if count == 0 {
                decoder.finish(&mut decoded)
            } else {
                decoder.decode(received, &mut decoded)
            }
            file.write_all(&decoded)?;
        } else {
            file.write_all(received)?;
        }
        if count == 0 {
            return Ok(file.finish()?);
        }
        buffer.grow_after(count);
    }
}

/// A buffer that is small for a small file and large for a large one.
#[derive(Debug)]
struct Buffer(Vec<u8>);

impl Buffer {
    fn new() -> Self {
        Self(vec![0; FIRST_BUFFER_SIZE])
    }

    /// One that takes the whole file if it can: sent in one write, a file arrives whole or not at all, however fast
    /// its client goes away.
    fn for_all_of(file: &dyn File) -> Self {
        let size = file.size().ok().and_then(|size| usize::try_from(size).ok()).unwrap_or(BUFFER_SIZE);
        Self(vec![0; size.clamp(FIRST_BUFFER_SIZE, BUFFER_SIZE)])
    }

    fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.0
    }

    fn filled(&self, count: usize) -> &[u8] {
        &self.0[..count]
    }

    fn grow_after(&mut self, count: usize) {
        if count == self.0.len() && count < BUFFER_SIZE {
            self.0 = vec![0; BUFFER_SIZE];
        }
    }
}
