//! The README's tests, letter by letter, so that what people copy is known to work.
#![cfg(feature = "insta")]

mod beyond;
mod first_test;

const README: &str = include_str!("../../README.md");

/// A file without the line that says what it is for.
fn shown(source: &str) -> &str {
    source.split_once("\n\n").expect("a first line").1
}

#[test]
fn the_readme_shows_these_very_tests() {
    for source in [include_str!("first_test.rs"), include_str!("beyond.rs")] {
        let source = format!("```rust\n{}```\n", shown(source));
        assert!(README.contains(&source), "README.md has not:\n{source}");
    }
}

#[test]
fn the_readme_shows_this_very_expectation() {
    let source = format!("```text\n{}```\n", include_str!("../data/uploads.ftp"));
    assert!(README.contains(&source), "README.md has not:\n{source}");
}
