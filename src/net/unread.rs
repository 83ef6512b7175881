//! What a peer has sent that nobody is going to read: closing over it would send a reset, which can overtake what was
//! said before. A peer that never stops gets one nevertheless.

use std::io;

/// How often a socket is read: more than any client or server says behind the end of a transfer.
const ROUNDS: usize = 64;

const READ_BUFFER: usize = 16 * 1024;

/// Takes what `read` gives, until it has no more or it was enough.
pub(super) fn take_unread(mut read: impl FnMut(&mut [u8]) -> io::Result<usize>, mut take: impl FnMut(&[u8])) {
    let mut buffer = [0; READ_BUFFER];
    for _ in 0..ROUNDS {
        match read(&mut buffer) {
            Ok(count @ 1..) => take(&buffer[..count]),
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_taken_up_to_the_end_or_a_failure() {
        for end in [|| Ok(0), || Err(io::ErrorKind::WouldBlock.into())] {
            let mut left = vec![3, 2, 1];
            let mut taken = Vec::new();
            let read = |buffer: &mut [u8]| match left.pop() {
                Some(byte) => {
                    buffer[0] = byte;
                    Ok(1)
                }
                None => end(),
            };
            take_unread(read, |bytes| taken.extend_from_slice(bytes));
            assert_eq!(taken, [1, 2, 3]);
        }
    }

    #[test]
    fn a_peer_that_never_stops_is_not_heard_to_the_end() {
        let mut rounds = 0;
        take_unread(|buffer| Ok(buffer.len()), |_| rounds += 1);
        assert_eq!(rounds, ROUNDS);
    }
}
