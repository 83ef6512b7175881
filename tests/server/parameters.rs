//! How a verb's parameter begins where its pathname is not all of it.

use ftp_fixture::proto::Verb;

/// What stands before the pathname.
pub(crate) fn before_pathname(verb: Verb) -> &'static str {
    match verb {
        Verb::Mff => "modify=20010203040506; ",
        Verb::Mfmt | Verb::SiteUtime => "20010203040506 ",
        Verb::SiteChmod => "644 ",
        _ => "",
    }
}
