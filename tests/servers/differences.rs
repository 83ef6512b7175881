//! Every way in which a server shows something else than the conversations expect, and why.
//!
//! In patterns, `*` stands for any text.

use crate::server::{Encryption, Server};

/// One thing that a server shows otherwise.
#[derive(Debug)]
pub(crate) struct Difference {
    pub(crate) server: Server,
    pub(crate) encryptions: &'static [Encryption],
    /// The pattern of what is looked at.
    pub(crate) what: &'static str,
    /// The pattern of what is seen.
    pub(crate) seen: &'static str,
    #[expect(dead_code, reason = "it is for the reader")]
    pub(crate) reason: &'static str,
}

const PLAIN: &[Encryption] = &[Encryption::Plain];
const EXPLICIT: &[Encryption] = &[Encryption::Explicit];
const ALWAYS: &[Encryption] = &[Encryption::Plain, Encryption::Explicit, Encryption::Implicit];

/// Makes the table from lines such as `Vsftpd ALWAYS "mlsd": "refused with 500" because "…";`.
macro_rules! differences {
    ($($server:ident $encryptions:ident $what:literal: $seen:literal because $reason:literal;)+) => {
        pub(crate) const DIFFERENCES: &[Difference] = &[$(Difference {
            server: Server::$server,
            encryptions: $encryptions,
            what: $what,
            seen: $seen,
            reason: $reason,
        },)+];
    };
}

differences! {
    Pyftpdlib ALWAYS "the size that its 150 announces": "none" because "pyftpdlib's 150 has no size, nor must it";

    Vsftpd ALWAYS "the entries by MLSD": "refused with 500" because "vsftpd does not know RFC 3659's MLSD";
    Vsftpd ALWAYS "MLST": "refused with 500" because "nor MLST";
    Vsftpd ALWAYS "MFMT": "refused with 500" because "nor MFMT, which is in no RFC";
    Vsftpd ALWAYS "MDTM after MFMT": "981173106" because "as above";
    Vsftpd ALWAYS "FEAT": "EPSV MDTM no MLST REST SIZE no UTF8"
        because "as above; and Debian's names UTF8 only where it is told that the disk has it, but changes no name";
    Vsftpd ALWAYS "an upload to nowhere": "refused with 553" because "RFC 959 has 553 for a name that is not allowed";
    Vsftpd ALWAYS "NLST of what is missing": "" because "vsftpd lists what matches, be it nothing";

    Proftpd ALWAYS "ABOR without a transfer": "226" because "RFC 959 has both 225 and 226 for ABOR";
    Proftpd ALWAYS "NLST of what is missing": "refused with 450" because "RFC 959 knows but 450 of NLST, and no 550";
    Proftpd EXPLICIT "a command before the login": "refused with 550" because "TLS comes first, where it must be";

    PureFtpd ALWAYS "ABOR without a transfer": "226" because "RFC 959 has both 225 and 226 for ABOR";
    PureFtpd ALWAYS "a new directory": "new" because "Pure-FTPd's 257 to MKD has the name as it was given";
    PureFtpd ALWAYS "a directory with quotes": "say " because "as above; and it does not double quotes in it";
    PureFtpd ALWAYS "being in quotes": "/new/say " because "nor in that to PWD";
    PureFtpd ALWAYS "the size that its 150 announces": "none" because "it is told in kilobytes";
    PureFtpd ALWAYS "an upload to nowhere": "refused with 553" because "RFC 959 has 553 for a name that is not allowed";
    PureFtpd ALWAYS "NLST of nothing": ". | .." because "Pure-FTPd names the directory itself, and its parent";
    PureFtpd ALWAYS "NLST": ". | .. | *" because "as above";
    PureFtpd ALWAYS "a download that is finished early": "refused with 150"
        because "Pure-FTPd ends a transfer that broke with one more 150, and no other reply";
    PureFtpd ALWAYS "NOOP after the early end": "error: the last reply to \"RETR huge\" was not read*"
        because "as above: a final reply is still to come, as far as anybody can tell, until ABOR shows that none is";

    Libunftp ALWAYS "ABOR without a transfer": "226" because "RFC 959 has both 225 and 226 for ABOR";
    Libunftp ALWAYS "a new directory": "new" because "libunftp's 257 to MKD has the name as it was given";
    Libunftp ALWAYS "a directory with quotes": "say \"hello\"" because "as above";
    Libunftp ALWAYS "being in quotes": "/new/say " because "libunftp does not double quotes in a 257 to PWD";
    Libunftp ALWAYS "the size that its 150 announces": "none" because "its 150 has no size, nor must it";
    Libunftp ALWAYS "the uploaded text": "\"one\\r\\ntwo\\r\\nnaïve ☃\\r\\n\""
        because "to libunftp TYPE A is as TYPE I";
    Libunftp ALWAYS "its line ends": "\"one\\ntwo\\nnaïve ☃\\n\"" because "as above";
    Libunftp ALWAYS "MFMT": "refused with 500" because "libunftp does not know it";
    Libunftp ALWAYS "MDTM after MFMT": "981173106" because "as above";
    Libunftp PLAIN "EPRT": "refused with 500" because "libunftp does not know it; PORT it does";
}

/// Whether `text` is as `pattern` says.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn a_pattern_matches_what_its_pieces_stand_in() {
    for (pattern, text, expected) in [
        ("a", "a", true),
        ("a", "ab", false),
        ("*", "", true),
        ("a*", "ab", true),
        ("*b", "ab", true),
        ("a*c*e", "abcde", true),
        ("a*a", "a", false),
        ("a*c*b", "abc", false),
    ] {
        assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
    }
}
