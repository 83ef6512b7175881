//! Snapshots in files.

use ftp_fixture::prelude::*;

use crate::{assert_used, make_directory, used};

#[test]
fn named_after_the_test() {
    assert_transcript!(used());
}

#[test]
fn named_by_hand() {
    assert_transcript!(used(), "a_name_given_by_hand");
}

#[test]
fn through_a_shared_function() {
    assert_used(&used());
}

#[test]
fn a_transcript_on_its_own() {
    assert_transcript!(used().transcript());
    assert_transcript!(used().finish().unwrap().transcript);
}

#[test]
fn several_in_a_loop() {
    let ftp = FtpFixture::start();
    for name in ["a", "b", "c"] {
        make_directory(&ftp, name);
        assert_transcript!(ftp);
    }
}

mod deeper {
    use super::*;

    mod still {
        use super::*;

        #[test]
        fn named_after_the_test() {
            assert_transcript!(used());
        }
    }

    #[test]
    fn named_after_the_test() {
        assert_transcript!(used());
    }
}

#[test]
fn of_what_only_points_to_a_fixture() {
    let ftp = std::sync::Arc::new(used());
    assert_transcript!(ftp);
    assert_transcript!(&*ftp);
}

#[test]
fn of_parts_of_a_transcript() {
    let transcript = used().finish().unwrap().transcript;
    assert_transcript!(transcript.session(1));
    assert_transcript!(transcript.commands());
    assert_transcript!(transcript.exchanges(verb("MKD")));
}
