//! A server's bytes as replies: the same ones wherever the stream is cut, and each is what its text says.

#![no_main]

use ftp_fixture::proto::{REPLY_LINE_LIMIT, Reply, ReplyDecodeError, ReplyDecoder};
use libfuzzer_sys::fuzz_target;

fn decode<'a>(segments: impl Iterator<Item = &'a [u8]>) -> Vec<Result<Reply, ReplyDecodeError>> {
    let mut decoder = ReplyDecoder::new(REPLY_LINE_LIMIT);
    let mut replies = Vec::new();
    for segment in segments {
        decoder.buffer(segment);
        replies.extend(std::iter::from_fn(|| decoder.next_reply()));
    }
    replies
}

fuzz_target!(|stream: &[u8]| {
    let [length, stream @ ..] = stream else { return };
    let replies = decode(std::iter::once(stream));
    assert_eq!(decode(stream.chunks(usize::from(*length).max(1))), replies);
    for reply in replies.into_iter().flatten() {
        assert_eq!(reply.to_string().parse(), Ok(reply));
    }
});
