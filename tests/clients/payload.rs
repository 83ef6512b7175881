//! What the clients carry, and how it is compared.

/// Lines that end with LF, but for the last one.
pub(crate) const TEXT: &str = "id,name\n1,Ada\n2,naïve ☃";

/// A name with a blank, a letter of two bytes and one of three.
pub(crate) const UTF8_NAME: &str = "naïve ☃.txt";

/// Where a transfer of [`binary`] broke off that is to be resumed.
pub(crate) const BREAK: usize = 70_001;

/// More bytes than the kernel keeps for a client that does not read: a download of them lasts until it is aborted.
pub(crate) const HUGE: usize = 32 * 1024 * 1024;

/// 200 KB in which every byte stands beside every other, so that one lost, doubled or translated shows.
pub(crate) fn binary() -> Vec<u8> {
    let pairs = (0..=u8::MAX).flat_map(|first| (0..=u8::MAX).flat_map(move |second| [first, second]));
    pairs.cycle().take(204_800).collect()
}

/// Compares without printing 200 KB.
#[track_caller]
pub(crate) fn assert_same(received: &[u8], expected: &[u8]) {
    let first_difference =
        received.iter().zip(expected).position(|(received, expected)| received != expected);
    assert_eq!(
        (first_difference, received.len()),
        (None, expected.len()),
        "the offset of the first byte that differs, and the length: received on the left, expected on the right"
    );
}
