//! The server beside pyftpdlib 2.2.0: the same sessions with both, over the same files.
//!
//! Replies' codes, what clients parse from replies and listings, data and the files left behind are equal, but for what
//! [`differences`] lists. Without pyftpdlib the comparison is skipped with a message, unless
//! `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must be there; `FTP_FIXTURE_PYFTPDLIB` names a Python that has it.
#![cfg(unix)]

mod comparison;
mod conversation;
mod differences;
mod parsed;
mod reference;
mod script;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime};

use ftp_fixture::FtpFixture;
use ftp_fixture::auth::User;
use ftp_fixture::clock::Clock;
use ftp_fixture::proto::Verb;

use crate::comparison::Comparison;
use crate::conversation::Exchange;
use crate::reference::Reference;
use crate::script::{Family, Script, Step};

const SCRIPTS: [(&str, &str); 8] = [
    ("login.txt", include_str!("scripts/login.txt")),
    ("parameters.txt", include_str!("scripts/parameters.txt")),
    ("data_connections.txt", include_str!("scripts/data_connections.txt")),
    ("transfers.txt", include_str!("scripts/transfers.txt")),
    ("listings.txt", include_str!("scripts/listings.txt")),
    ("files.txt", include_str!("scripts/files.txt")),
    ("extensions.txt", include_str!("scripts/extensions.txt")),
    ("lines.txt", include_str!("scripts/lines.txt")),
];

#[test]
fn pyftpdlib_answers_the_same_but_for_the_differences_listed() {
    let [theirs, ours] = [(); 2].map(|()| tempfile::tempdir().expect("make a directory"));
    for root in [&theirs, &ours] {
        tree::plant(root.path()).expect("make the files");
    }
    let Some(reference) = Reference::start(theirs.path()) else { return };
    let mut comparison = Comparison::default();
    for (file, text) in SCRIPTS {
        for script in script::parse(text) {
            let Some(address) = reference.address(script.family) else { continue };
            let seen = [(theirs.path(), Some(address)), (ours.path(), None)].map(|(root, address)| {
                tree::plant(root).expect("make the files");
                let fixture = address.is_none().then(|| start(&script, root));
                let address = address.or(fixture.as_ref().map(FtpFixture::addr)).expect("one of the two");
                let (mut exchanges, unique_names) = conversation::run(&script, address)
                    .unwrap_or_else(|error| panic!("{file}: {script:?}: {error}"));
                drop(fixture);
                exchanges.extend(files_left(root, &unique_names));
                exchanges
            });
            comparison.compare(file, &script, seen);
        }
    }
    comparison.assert_as_listed();
}

#[test]
fn every_verb_is_in_a_script() {
    let scripts: Vec<Script> = SCRIPTS.into_iter().flat_map(|(_, text)| script::parse(text)).collect();
    let sent: BTreeSet<String> = scripts
        .iter()
        .flat_map(|script| &script.steps)
        .filter_map(|step| match step {
            Step::Command { line, .. } => Some(line.to_uppercase()),
            Step::Connect | Step::Hold => None,
        })
        .collect();
    for name in Verb::ALL.iter().flat_map(|verb| verb.info().names) {
        assert!(sent.iter().any(|line| line.starts_with(name)), "no script sends {name}");
    }
}

/// Ours, with the users that `reference.py` gives the other.
fn start(script: &Script, root: &std::path::Path) -> FtpFixture {
    let carol = User::new("carol", "pw").perms("elr");
    let carol = carol.override_perm("/in", "elwmd", true).override_perm("/docs", "elwmd", false);
    // Not fixed, so that modes, sizes and times are the disk's own.
    let clock = Clock::from_fn(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000));
    FtpFixture::builder()
        .serve_dir(root)
        .clock(clock)
        .user("alice:s3cret:elradfmwMT")
        .user("guest:pw:")
        .user("reader:pw:elr")
        .user(User::new("homed", "pw").perms("elradfmwMT").home("/docs"))
        .user(carol)
        .anonymous()
        .listen(match script.family {
            Family::Ipv4 => "127.0.0.1:0",
            Family::Ipv6 => "[::1]:0",
        })
        .start()
}

/// The files below `root` as one more exchange for each; a name that STOU chose is told by its stem.
fn files_left(root: &std::path::Path, unique_names: &[String]) -> Vec<Exchange> {
    let files = tree::state(root).expect("read the files");
    let masked: BTreeMap<String, String> = files
        .into_iter()
        .map(|(path, what)| match path.rsplit_once('/') {
            Some((directory, name)) if unique_names.iter().any(|unique| unique == name) => {
                let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
                (format!("{directory}/{stem}.*"), what)
            }
            _ => (path, what),
        })
        .collect();
    masked
        .into_iter()
        .map(|(path, what)| Exchange { command: format!("(file) {path}"), seen: vec![what] })
        .collect()
}
