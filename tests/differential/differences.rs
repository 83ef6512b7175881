//! Every way in which we answer otherwise than pyftpdlib, and why. There is no other.
//!
//! In patterns, `*` stands for any text. What is compared is one thing seen: a reply's code with what is parsed from it,
//! or one line, fact or name of a listing. Where one server shows more things than the other for a command, all of
//! them are taken together, with ` | ` between them. A file that is left behind is a thing, too.

/// One way in which we answer otherwise.
#[derive(Debug)]
pub(crate) struct Difference {
    /// Patterns of the commands.
    pub(crate) commands: &'static [&'static str],
    /// The pattern of what pyftpdlib shows.
    pub(crate) theirs: &'static str,
    /// The pattern of what we show.
    pub(crate) ours: &'static str,
    pub(crate) reason: &'static str,
}

/// Makes the table from lines such as `"NOOP" "noop": "500" => "200" because "…";`.
macro_rules! differences {
    ($($($command:literal)+: $theirs:literal => $ours:literal because $reason:literal;)+) => {
        pub(crate) const DIFFERENCES: &[Difference] = &[$(Difference {
            commands: &[$($command),+],
            theirs: $theirs,
            ours: $ours,
            reason: $reason,
        },)+];
    };
}

differences! {
    // Data connections.
    "RETR *" "STOR *" "APPE *" "NLST *" "LIST *" "MLSD *": "150" => "425"
        because "RFC 959 has 425 for a transfer that no data connection was set up for; pyftpdlib keeps it for the next one";
    "STOU" "STOU *": "150 FILE: *" => "425" because "as above";
    "(file) /hello.txt": "file 0644 of now with \"\"" => "file 0644 of 19990203040506 with \"hello\\n\""
        because "as above: a refused STOR leaves a file as it was";
    "(file) /new" "(file) /*.*": "file *" => "nothing" because "as above: a refused STOR or STOU makes no file";
    "RETR *" "STOR *" "APPE *" "LIST *" "NLST *": "550" => "425"
        because "whether there is a data connection is asked before the files are";
    "MLSD *": "501" => "425" because "as above";
    "RETR *" "STOR *" "APPE *" "NLST *" "LIST *" "MLSD *": "125" => "150"
        because "one reply whether the client has connected or not, or transcripts would depend on who was first";
    "STOU": "125 FILE: ftpd.*" => "150 FILE: ftpd.*" because "as above";
    "ABOR": "225" => "426 | 226" because "RFC 959: a transfer that has had its 150 has a final reply, too";
    "PASV": "227 malformed" => "425" because "a 227 cannot tell an IPv6 address; pyftpdlib sends it all the same";
    "PASV": "501" => "227 address 127.0.0.1 and a port" because "REIN starts anew, and so ends EPSV ALL";
    "EPSV *" "EPRT *": "501" => "522" because "RFC 2428 has 522 for a protocol that is not supported, known or not";
    "PORT *": "501" => "522" because "an IPv4 address over IPv6 is well-formed, and of a protocol that is not supported";
    "EPRT |1|127.0.0.1|51201|x": "425" => "501" because "RFC 2428: nothing stands behind the last delimiter";

    // Parameters.
    "TYPE A N": "504" => "200" because "RFC 959: N is the default form of A, and suppaftp sends it";
    "REST 0": "501" => "350 0" because "it means no restart, which ASCII allows, and curl sends it";
    "REST +5" "REST 1_0" "REST  7" "REST 7 ": "350 *" => "501" because "RFC 3659: digits, not what Python's int() takes";
    "REST 18446744073709551616": "350 *" => "501" because "no file is so long";
    "ALLO much": "202" => "501" because "RFC 959: a number";
    "OPTS MLST *": "200 MLST OPTS *" => "200 MLST OPTS *" because "the selected facts are named in FEAT's order";
    "MLST hello.txt": "250- | entry /hello.txt | /hello.txt: size=6" => "250- | *: modify=* | *: type=file | *"
        because "what OPTS has set is a parameter, and goes back to its default with the login";
    "FEAT": "MLST type;perm;size*;*" => "nothing" because "as above";
    "OPTS UTF8 ON OFF": "501" => "200" because "it is always on, whatever is said of it";
    "ACCT *": "500" => "202" because "RFC 959 has 202 for an account that is not needed";
    "ACCT": "500" => "501" because "as above";

    // Listings.
    "MLSD" "MLSD *" "MLST" "MLST *": "*: perm=radfwMT" => "*: perm=radfw" because "RFC 3659 knows neither M nor T";
    "MLSD" "MLSD *" "MLST" "MLST *": "*: perm=eldfmMTcp" => "*: perm=eldfmcp" because "as above";
    "MLSD *" "MLST *": "*: unix.mode=0o*" => "*: unix.mode=0*" because "octal digits, not what Python's oct() makes";
    "MLSD *": "501" => "550" because "rclone takes 501 for fatal, and makes a folder that is missing after a 550";
    "MLSD" "MLSD ..": "150 | *entry outside | *" => "150 | *"
        because "nothing is told of what a link leads to outside the root";
    "LIST" "LIST *" "STAT *": "line lrwxrwxrwx outside* -> /etc*" => "line lrwxrwxrwx outside*"
        because "where an absolute link points is the host's affair";
    "LIST -R" "LIST -t" "LIST -l*" "NLST -*": "*" => "150 | *"
        because "a word of flags at the start is no name: wget and ncftp send such";
    "STAT -l*": "*" => "213- | *" because "as above";
    "LIST *": "550" => "150 | *" because "patterns are expanded, as vsftpd does: tnftp's mget asks for it";
    "NLST *": "550" => "150 | *" because "as above";
    "STAT *": "550" => "213-*" because "as above";

    // Files.
    "CWD qu\"ote": "250 /qu" => "250 /qu\"ote" because "RFC 959, appendix II: a quote in a quoted name is doubled";
    "STOU hello.txt/new": "450" => "550" because "whether the user may write there is asked first, and there is no such place";
    "STOR link-dir/new": "550" => "150 | 226" because "an override holds for where a link leads";
    "(file) /docs/new": "nothing" => "file *" because "as above";
    "(file) */ftpd.*" "(file) /*.*": "file 0600 *" => "file 0644 *"
        because "a file that STOU made is a file like any other, not a temporary one of its owner's";
    "(file) /new": "file 0644 of now with \"a\"" => "file 0644 of now with \"a\\r\""
        because "nothing that was uploaded is lost, not even CR at the very end";
    "RNTO moved": "250" => "503" because "a failed RNFR takes back the one before it, or another file than the last would go";
    "(file) /hello.txt": "nothing" => "file *" because "as above";
    "(file) /moved": "file *" => "nothing" because "as above";
    "MFMT 20010203040506.5 hello.txt" "MFMT 20010203040560 hello.txt": "550" => "213 Modify=*"
        because "RFC 3659: a time may have a fraction or a leap second";
    "(file) /hello.txt": "file 0644 of 19990203040506 *" => "file 0644 of 20010203* *" because "as above";
    "MFMT 20010203040506 ": "550" => "501" because "there is a time, and no pathname";

    // Lines.
    "CWD docs\\x00" "RETR hello\\x00.txt" "MKD a\\x00b" "SIZE \\x00": "closed" => "550"
        because "a name that cannot be is refused; pyftpdlib breaks off";
    "PWD": "closed" => "257 /" because "as above";

    // What only we know.
    "HOST *" "CLNT *" "CSID *" "LANG *" "AVBL" "HASH *" "X* hello.txt" "MFF *" "SITE UMASK" "SITE UTIME *": "500" => "*"
        because "pyftpdlib does not know it";
    "SITE HELP CHMOD": "501" => "214" because "pyftpdlib looks among the verbs, so that it helps with SITE HELP RETR only";
    "SITE CHMOD x hello.txt": "550" => "501" because "a command is understood before it is asked whether it may be done";
    "MODE Z": "501" => "504" because "not known there, known but switched off here";
}
