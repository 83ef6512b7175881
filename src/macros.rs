//! `assert_transcript!`.

/// Asserts that a transcript is what the snapshot says, through [`insta`](https://insta.rs).
///
/// * `assert_transcript!(ftp)`: the snapshot is named after the test, in the `snapshots` directory beside it;
/// * `assert_transcript!(ftp, "name")`: it has that name;
/// * `assert_transcript!(ftp, @"…")`: it stands in the source.
///
/// `ftp` is a fixture, whose [`transcript`](crate::FtpFixture::transcript) is taken, or a transcript, such as
/// `ftp.finish().unwrap().transcript`; or a part of one:
/// [`session(1)`](crate::transcript::Transcript::session), [`commands()`](crate::transcript::Transcript::commands),
/// [`transfers()`](crate::transcript::Transcript::transfers), and one or all of
/// [`exchanges(..)`](crate::transcript::Transcript::exchanges). References to these and `Arc`s of them are taken, too. It is
/// evaluated once. A new or changed snapshot is reviewed with `cargo insta review`, or accepted with
/// `INSTA_UPDATE=always cargo test`.
///
/// ```
/// use ftp_fixture::prelude::*;
///
/// let ftp = FtpFixture::start();
/// drop(std::net::TcpStream::connect(ftp.addr())?);
/// assert_transcript!(ftp, @r"
/// == session 1
/// S> 220 ftp-fixture ready.
/// -- client closed
/// ");
/// assert_transcript!(ftp.transcript().commands(), @"");
/// # Ok::<(), std::io::Error>(())
/// ```
#[macro_export]
macro_rules! assert_transcript {
    // A `match`, and not `let`, keeps temporaries of the expression until the end.
    ($source:expr, @$inline:literal $(,)?) => {
        match &$source {
            source => $crate::__private::assert_inline(source, |text| {
                $crate::__private::insta::assert_snapshot!(text, @$inline)
            }),
        }
    };
    ($source:expr $(,)?) => {
        match &$source {
            source => {
                fn here() {}
                $crate::__private::assert_named_after_test(
                    source,
                    ::core::module_path!(),
                    ::core::any::type_name_of_val(&here),
                    |name, text| {
                        $crate::__private::insta::assert_snapshot!(name, text, ::core::stringify!($source))
                    },
                )
            }
        }
    };
    ($source:expr, $name:expr $(,)?) => {
        match (&$source, $name) {
            (source, name) => $crate::__private::assert_named(source, |text| {
                $crate::__private::insta::assert_snapshot!(name, text, ::core::stringify!($source))
            }),
        }
    };
}
