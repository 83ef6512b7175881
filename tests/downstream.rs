//! A crate that uses ours as its users do, `tests/downstream`: its tests pass under each runner, its snapshots are in
//! use, every one, and are accepted where they stand; ours are not touched.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// This package.
const OURS: &str = env!("CARGO_MANIFEST_DIR");

/// Where the crate is built, once for all tests of this file.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("downstream")
}

/// Runs cargo in the crate that is at `directory`, and asserts that it succeeds.
#[track_caller]
fn cargo(directory: &Path, arguments: &[&str], update: &str) -> String {
    let output = Command::new("cargo")
        .args(arguments)
        .current_dir(directory)
        .env("CARGO_TARGET_DIR", target())
        // What it needs was fetched for us, in the versions of its lock file.
        .env("CARGO_NET_OFFLINE", "true")
        .env("INSTA_UPDATE", update)
        .env_remove("INSTA_FORCE_PASS")
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {}\n{text}", output.status);
    text.into_owned()
}

/// Whether cargo has this subcommand. When it has not, says so: the test is to be skipped.
///
/// # Panics
/// When it has not and `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must.
#[track_caller]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn has(subcommand: &str) -> bool {
    let found = Command::new("cargo").args([subcommand, "--version"]).output();
    if found.is_ok_and(|output| output.status.success()) {
        return true;
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "the library's reading of the environment is not a test's matter"
    )]
    let required = env::var_os("FTP_FIXTURE_REQUIRE_CLIENTS").is_some_and(|value| value == "1");
    let advice = format!("`cargo install cargo-{subcommand} --locked`, or `.ci/run`, which installs it");
    assert!(!required, "FTP_FIXTURE_REQUIRE_CLIENTS=1 requires cargo {subcommand}: {advice}");
    eprintln!("skipped: there is no cargo {subcommand} ({advice})");
    false
}

/// Every file below `directory` with its content.
fn files(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else {
                files.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Runs the crate's tests where it stands, and asserts that this leaves no trace in it or in our sources.
#[track_caller]
fn leaves_no_trace(run: impl FnOnce(&Path) -> String) -> String {
    let (ours, theirs) = (Path::new(OURS).join("src"), Path::new(OURS).join("tests/downstream"));
    let before = (files(&ours), files(&theirs));
    let text = run(&theirs);
    let after = (files(&ours), files(&theirs));
    assert!(before == after, "something was written into src or tests/downstream:\n{text}");
    text
}

#[test]
fn its_tests_pass_under_cargo_test() {
    let text = leaves_no_trace(|crate_| cargo(crate_, &["test", "--locked"], "no"));
    assert!(text.contains("test cases::cases::case_2_with_a_name ... ok"), "{text}");
    leaves_no_trace(|crate_| cargo(crate_, &["test", "--locked", "--", "--test-threads=1"], "no"));
}

#[test]
fn its_tests_pass_under_nextest_where_each_has_a_process() {
    if has("nextest") {
        leaves_no_trace(|crate_| cargo(crate_, &["nextest", "run", "--locked"], "no"));
    }
}

#[test]
fn every_snapshot_of_it_is_in_use() {
    if has("insta") {
        leaves_no_trace(|crate_| cargo(crate_, &["insta", "test", "--unreferenced=reject"], "no"));
    }
}

/// A copy of the crate that depends on us where we are. It has a version of its own: cargo takes two packages for one
/// that are called the same and differ in nothing but their directories, and would mix up what it built of them.
fn copy() -> tempfile::TempDir {
    let (from, to) = (Path::new(OURS).join("tests/downstream"), tempfile::tempdir().unwrap());
    for (path, content) in files(&from) {
        let path = to.path().join(path.strip_prefix(&from).unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let version = ("version = \"0.0.0\"", "version = \"0.0.1\"".to_owned());
    replace(&to.path().join("Cargo.lock"), version.clone());
    replace(&to.path().join("Cargo.toml"), version);
    replace(&to.path().join("Cargo.toml"), ("path = \"../..\"", format!("path = {OURS:?}")));
    to
}

fn replace(path: &Path, (from, to): (&str, String)) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "no {from} in {text}");
    fs::write(path, text.replace(from, &to)).unwrap();
}

/// Takes the text out of every inline snapshot.
fn without_inline_snapshots(source: &str) -> String {
    let mut parts = source.split("@r#\"");
    let mut emptied = parts.next().unwrap().to_owned();
    for part in parts {
        emptied += "@\"";
        emptied += &part[part.find("\"#").unwrap()..].replacen("\"#", "\"", 1);
    }
    emptied
}

#[test]
fn snapshots_are_accepted_where_they_stand() {
    if !has("insta") {
        return;
    }
    let crate_ = copy();
    let ours = files(&Path::new(OURS).join("src"));
    let accepted = files(crate_.path());
    let source = crate_.path().join("tests/forms/inline.rs");
    let emptied = without_inline_snapshots(std::str::from_utf8(&accepted[&source]).unwrap());
    assert!(!emptied.contains("S> "), "{emptied}");
    fs::write(&source, emptied).unwrap();
    let snapshots = crate_.path().join("tests/forms/snapshots");
    fs::remove_file(snapshots.join("forms__in_the_root.snap")).unwrap();
    fs::remove_file(snapshots.join("forms__cases__cases__case_1.snap")).unwrap();

    // Those in files are accepted by the tests themselves, those in the source by insta's tool.
    cargo(
        crate_.path(),
        &["test", "--locked", "--test", "forms", "--", "in_the_root", "cases::cases"],
        "always",
    );
    assert!(snapshots.join("forms__in_the_root.snap").exists());
    cargo(crate_.path(), &["insta", "test", "--accept", "--test", "forms"], "no");

    let left = files(crate_.path());
    let changed: Vec<_> = left
        .iter()
        .filter(|(path, content)| accepted.get(*path) != Some(*content))
        .map(|(path, content)| format!("{}:\n{}", path.display(), String::from_utf8_lossy(content)))
        .collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
    assert_eq!(left.len(), accepted.len());
    assert!(ours == files(&Path::new(OURS).join("src")), "something was written into src");
}
