//! Transcripts as anybody writes them: what can be read is printed, and read again as the same.

#![no_main]

use ftp_fixture::transcript::Transcript;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let Ok(transcript) = Transcript::parse(source) else { return };
    let printed = transcript.to_string();
    let again = Transcript::parse(&printed).expect("what is printed can be read");
    assert_eq!(again.to_string(), printed);
    assert_eq!(again, transcript);
});
