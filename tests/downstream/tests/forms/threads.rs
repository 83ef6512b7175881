//! Threads inside a test.

use std::thread;

use ftp_fixture::prelude::*;
use rstest::rstest;

use crate::{make_directory, used};

#[test]
fn a_fixture_that_moved() {
    let ftp = FtpFixture::start();
    let moved = thread::spawn(move || {
        make_directory(&ftp, "inbox");
        assert_transcript!(ftp);
    });
    moved.join().unwrap();
}

#[rstest]
#[case("one")]
#[case("two")]
fn a_fixture_that_moved_in_each_case(#[case] name: &'static str) {
    let ftp = FtpFixture::start();
    let moved = thread::spawn(move || {
        make_directory(&ftp, name);
        assert_transcript!(ftp);
    });
    moved.join().unwrap();
}

#[test]
fn a_fixture_that_was_told_its_test() {
    let told = thread::spawn(|| {
        let ftp = FtpFixture::builder().test_name("threads::a_fixture_that_was_told_its_test").start();
        assert_transcript!(ftp);
    });
    told.join().unwrap();
}

#[test]
fn a_fixture_that_knows_no_test_asks_for_a_name() {
    let unnamed = thread::spawn(|| assert_transcript!(used()));
    let panic = unnamed.join().unwrap_err();
    assert!(panic.downcast_ref::<&str>().unwrap().contains("this thread is no test's"));
    thread::spawn(|| assert_transcript!(used(), "a_name_given_in_a_thread")).join().unwrap();
}
