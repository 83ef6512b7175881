//! Listings of any server, or of none: no panic, whatever comes.

#![no_main]

use std::time::{Duration, SystemTime};

use ftp_fixture::listing::{ListContext, parse_list, parse_mlsd};
use libfuzzer_sys::fuzz_target;

/// In 2005; what it is does not matter, but that it is the same in every run does.
const NOW: Duration = Duration::from_secs(1_136_070_000);

fuzz_target!(|listing: &[u8]| {
    let _ = parse_list(listing, &ListContext::new(SystemTime::UNIX_EPOCH + NOW));
    let _ = parse_mlsd(listing);
});
