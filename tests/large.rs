//! A gigabyte goes up and comes down again as it was.
//!
//! It is a binary of its own, so that its weight disturbs no other test. Neither side ever has more than a piece of the
//! file in memory; the disk has all of it, in the build's directory, for a temporary one may be in memory.

#[expect(
    dead_code,
    unreachable_pub,
    reason = "other tests use the rest of the client, and from other modules"
)]
mod wire;

use std::io::{Read, Write};

use ftp_fixture::FtpFixture;

use wire::Wire;

const SIZE: u64 = 1 << 30;

/// No multiple or divisor of any buffer's size, so that what is out of its place is seen.
const PIECE: usize = 1_000_003;

/// A file of pieces that differ from each other.
struct Pieces {
    piece: Vec<u8>,
    number: u64,
    left: u64,
}

impl Pieces {
    fn new() -> Self {
        let piece = (0..PIECE).map(|at| (at ^ (at >> 8) ^ (at >> 16)) as u8).collect();
        Self { piece, number: 0, left: SIZE }
    }

    /// The next piece; empty at the end.
    fn next(&mut self) -> &[u8] {
        self.number += 1;
        self.piece[..8].copy_from_slice(&self.number.to_be_bytes());
        let size = self.left.min(PIECE as u64);
        self.left -= size;
        &self.piece[..size as usize]
    }
}

#[test]
fn a_gigabyte_goes_up_and_comes_down_as_it_was() {
    let root = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let ftp = FtpFixture::builder().serve_dir(root.path()).start();
    let mut wire = Wire::log_in(&ftp);

    let mut data = wire.data();
    wire.expect(150, "STOR large");
    let mut pieces = Pieces::new();
    loop {
        let piece = pieces.next();
        if piece.is_empty() {
            break;
        }
        data.write_all(piece).unwrap();
    }
    drop(data);
    wire.expect_reply(226);
    assert_eq!(wire.expect(213, "SIZE large"), format!("213 {SIZE}"));

    let mut data = wire.data();
    wire.expect(150, "RETR large");
    let (mut pieces, mut received) = (Pieces::new(), vec![0; PIECE]);
    loop {
        let piece = pieces.next();
        data.read_exact(&mut received[..piece.len()]).unwrap();
        assert!(received[..piece.len()] == *piece, "piece {} came down as another one", pieces.number);
        if piece.is_empty() {
            break;
        }
    }
    assert_eq!(data.read(&mut [0]).unwrap(), 0);
    wire.expect_reply(226);

    let transcript = ftp.transcript().to_string();
    assert!(transcript.contains(&format!("D< \\@ {SIZE}\n")), "{transcript}");
    assert!(transcript.contains(&format!("D> \\@ {SIZE}\n")), "{transcript}");
}
