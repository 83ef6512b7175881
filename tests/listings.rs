//! Listings of many servers, each family a file of `fixtures/listings`, with what is read from it beside it.
//!
//! The lines were written from what the servers' documents and users say of their forms. All are read as on
//! 31 December 2005, late.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use ftp_fixture::clock::Clock;
use ftp_fixture::listing::{ListContext, ListEntry, ListError, Listing, parse_list, parse_mlsd};

fn samples() -> io::Result<Vec<PathBuf>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/listings");
    let paths = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    let mut samples: Vec<_> =
        paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    samples.sort();
    Ok(samples)
}

fn read(family: &str, listing: &[u8]) -> Result<Listing, ListError> {
    if family.starts_with("mlsd") {
        return parse_mlsd(listing);
    }
    let now = "2005-12-31T23:00:00Z".parse::<Clock>().expect("a time").now();
    parse_list(listing, &ListContext::new(now))
}

/// One line for each entry, in which only what the listing says has a place.
fn shown(entry: &ListEntry) -> String {
    let mut line = format!("{:?} \"{}\"", entry.kind, entry.name.escape_ascii());
    let mut add = |what: &str, value: Option<String>| {
        if let Some(value) = value {
            write!(line, " {what}={value}").expect("a string takes all");
        }
    };
    add("target", entry.link_target.as_ref().map(|target| format!("\"{}\"", target.escape_ascii())));
    add("size", entry.size.map(|size| size.to_string()));
    add("modified", entry.modified.map(|time| format!("{time} ({:?})", time.precision())));
    add("permissions", entry.permissions.clone());
    add("mode", entry.mode.map(|mode| mode.to_string()));
    add("links", entry.links.map(|links| links.to_string()));
    add("owner", entry.owner.as_ref().map(|owner| format!("{owner:?}")));
    add("group", entry.group.as_ref().map(|group| format!("{group:?}")));
    for (name, value) in &entry.facts {
        write!(line, " [{name}={}]", value.escape_ascii()).expect("a string takes all");
    }
    line
}

fn report(result: &Result<Listing, ListError>) -> String {
    match result {
        Ok(listing) => {
            let form = listing.form.map_or_else(|| "no form".to_owned(), |form| form.to_string());
            let entries = listing.entries.iter().map(shown);
            let remarks =
                listing.remarks.iter().map(|remark| format!("remark \"{}\"", remark.escape_ascii()));
            std::iter::once(form).chain(entries).chain(remarks).collect::<Vec<_>>().join("\n")
        }
        Err(error) => format!("refused: {error}"),
    }
}

#[test]
fn each_sample_is_read_as_it_is_written_beside_it() {
    let samples = samples().expect("the directory of samples");
    assert!(samples.len() > 20, "only {} samples", samples.len());
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path("../fixtures/listings");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for path in samples {
            let family = path.file_stem().expect("a name").to_string_lossy();
            let listing = fs::read(&path).expect("a sample");
            insta::assert_snapshot!(&*family, report(&read(&family, &listing)));
        }
    });
}

#[test]
fn line_ends_and_the_last_one_make_no_difference() {
    for path in samples().expect("the directory of samples") {
        let family = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let listing = fs::read(&path).expect("a sample");
        let without_cr: Vec<u8> = listing.iter().copied().filter(|byte| *byte != b'\r').collect();
        let without_end = without_cr.strip_suffix(b"\n").unwrap_or(&without_cr);
        let whole = report(&read(&family, &listing));
        assert_eq!(report(&read(&family, &without_cr)), whole, "{family}");
        assert_eq!(report(&read(&family, without_end)), whole, "{family}");
    }
}
