//! What is carried to a server and back, and how it is shown.

/// Lines that end with LF.
pub(crate) const TEXT: &str = "one\ntwo\nnaïve ☃\n";

/// A name with a blank, a letter of two bytes and one of three.
pub(crate) const UTF8_NAME: &str = "naïve ☃.txt";

/// Where a transfer of [`binary`] broke off that is to be resumed.
pub(crate) const BREAK: usize = 70_001;

/// More bytes than the kernel keeps for a client that does not read: a download of them lasts until it is aborted.
pub(crate) const HUGE: u64 = 32 << 20;

/// So much of it has come when it is cut off. Of a download that is cut off in the first piece that it sends, Pure-FTPd
/// never says anything.
pub(crate) const BEGUN: usize = 1 << 20;

/// 2001-02-03T04:05:06Z in seconds since the Unix epoch.
pub(crate) const FILE_TIME: u64 = 981_173_106;

/// 200 KB in which every byte stands beside every other, so that one lost, doubled or translated shows.
pub(crate) fn binary() -> Vec<u8> {
    let pairs = (0..=u8::MAX).flat_map(|first| (0..=u8::MAX).flat_map(move |second| [first, second]));
    pairs.cycle().take(204_800).collect()
}

/// `content` itself where it is a short text, or else how long it is, with a sum that shows each change of it.
pub(crate) fn shown(content: &[u8]) -> String {
    match str::from_utf8(content) {
        Ok(text) if text.len() < 100 => format!("{text:?}"),
        _ => format!("{} bytes of sum {:08x}", content.len(), crc32fast::hash(content)),
    }
}
