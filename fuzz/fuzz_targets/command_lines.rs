//! A client's bytes as commands: the same lines wherever the stream is cut, and each command is what its line says.

#![no_main]

use ftp_fixture::proto::{COMMAND_LINE_LIMIT, Command, CommandDecoder, CommandLine, LineTooLong};
use libfuzzer_sys::fuzz_target;

fn decode<'a>(segments: impl Iterator<Item = &'a [u8]>) -> Vec<Result<Vec<u8>, LineTooLong>> {
    let mut decoder = CommandDecoder::new(COMMAND_LINE_LIMIT);
    let mut lines = Vec::new();
    for segment in segments {
        decoder.buffer(segment);
        lines.extend(std::iter::from_fn(|| decoder.next_line()));
    }
    lines
}

fn command(line: &[u8]) -> Option<Command> {
    let line = CommandLine::parse(line);
    Command::parse(line.verb()?, line.parameter()).ok()
}

fuzz_target!(|stream: &[u8]| {
    let [length, stream @ ..] = stream else { return };
    let lines = decode(std::iter::once(stream));
    assert_eq!(decode(stream.chunks(usize::from(*length).max(1))), lines);
    for parsed in lines.iter().flatten().filter_map(|line| command(line)) {
        assert_eq!(command(parsed.to_line().as_bytes()), Some(parsed));
    }
});
