//! HASH (draft-bryan-ftpext-hash-02), and XCRC, XMD5, XSHA1, XSHA256 as ProFTPD answers them.
//!
//! Whatever the representation type, the bytes are those that are stored.

use std::fmt::Write;

use crc32fast::Hasher as Crc32;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::replies;
use super::session::{Outcome, Session};
use crate::proto::{FilePart, HashAlgorithm, Pathname, Reply};
use crate::vfs::{FsError, OpenMode};

/// How much is read before other sessions may go on.
const BUFFER_SIZE: usize = 64 * 1024;

impl Session {
    pub(super) async fn hash(&self, name: &str, path: &Pathname) -> Outcome {
        let (hash, range) = self.compute(self.hash_algorithm, path, 0, None).await?;
        Ok(replies::hash(self.hash_algorithm, range, &hash, name))
    }

    pub(super) async fn checksum(
        &self,
        algorithm: HashAlgorithm,
        part: &FilePart,
        path: &Pathname,
    ) -> Outcome {
        let (hash, _) = self.compute(algorithm, path, part.start, part.end).await?;
        Ok(replies::checksum(hash))
    }

    /// The hash in hex digits, and the bytes it is of: from the first to the one after the last.
    async fn compute(
        &self,
        algorithm: HashAlgorithm,
        path: &Pathname,
        start: u64,
        end: Option<u64>,
    ) -> Result<(String, (u64, u64)), Reply> {
        let refused = |error: FsError| replies::file_unavailable(&error);
        let files = &self.home()?.files;
        let info = files.info(path).map_err(refused)?;
        if !info.is_file() {
            return Err(replies::not_a_regular_file(path));
        }
        let mut file = files.open(path, OpenMode::Read { offset: start }).map_err(refused)?;
        let end = end.unwrap_or(info.size);
        if end > info.size {
            return Err(refused(FsError::OffsetBeyondEnd { offset: end, size: info.size }));
        }
        let mut hasher = Hasher::new(algorithm);
        let mut buffer = vec![0; BUFFER_SIZE];
        let mut left = end.saturating_sub(start);
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(BUFFER_SIZE).min(BUFFER_SIZE);
            let count = file.read(&mut buffer[..wanted]).map_err(refused)?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
            left -= count as u64;
            tokio::task::yield_now().await;
        }
        Ok((hasher.finish(), (start, end - left)))
    }
}

/// A hash that is being computed.
enum Hasher {
    Sha256(Sha256),
    Sha1(Sha1),
    Md5(Md5),
    Crc32(Crc32),
}

impl Hasher {
    fn new(algorithm: HashAlgorithm) -> Self {
        match algorithm {
            HashAlgorithm::Sha256 => Self::Sha256(Sha256::new()),
            HashAlgorithm::Sha1 => Self::Sha1(Sha1::new()),
            HashAlgorithm::Md5 => Self::Md5(Md5::new()),
            HashAlgorithm::Crc32 => Self::Crc32(Crc32::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(hasher) => hasher.update(bytes),
            Self::Sha1(hasher) => hasher.update(bytes),
            Self::Md5(hasher) => hasher.update(bytes),
            Self::Crc32(hasher) => hasher.update(bytes),
        }
    }

    fn finish(self) -> String {
        match self {
            Self::Sha256(hasher) => hex(&hasher.finalize()),
            Self::Sha1(hasher) => hex(&hasher.finalize()),
            Self::Md5(hasher) => hex(&hasher.finalize()),
            Self::Crc32(hasher) => hex(&hasher.finalize().to_be_bytes()),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        for (algorithm, nothing, abc) in [
            (
                HashAlgorithm::Sha256,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                HashAlgorithm::Sha1,
                "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "a9993e364706816aba3e25717850c26c9cd0d89d",
            ),
            (HashAlgorithm::Md5, "d41d8cd98f00b204e9800998ecf8427e", "900150983cd24fb0d6963f7d28e17f72"),
            (HashAlgorithm::Crc32, "00000000", "352441c2"),
        ] {
            assert_eq!(Hasher::new(algorithm).finish(), nothing, "{algorithm}");
            let mut hasher = Hasher::new(algorithm);
            hasher.update(b"a");
            hasher.update(b"bc");
            assert_eq!(hasher.finish(), abc, "{algorithm}");
        }
    }
}
