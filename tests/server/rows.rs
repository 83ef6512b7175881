//! The table: each way in which a command succeeds or is refused, one row each. How rows are run is not its concern.

use crate::servers::Family;

/// Who sends the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Nobody has logged in.
    Nobody,
    /// A user with every permission.
    Alice,
    /// A user with none.
    Guest,
}

/// One command, and what must come of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Where the behaviour comes from.
    pub(crate) rfc: &'static str,
    pub(crate) who: Who,
    /// Commands sent before, none of which is refused; behind PASV and EPSV the client connects.
    pub(crate) before: &'static [&'static str],
    pub(crate) send: &'static str,
    /// Patterns of the replies, in which `*` stands for any text and `#` for digits.
    pub(crate) replies: &'static [&'static str],
    /// The pattern of what the data connection brings.
    pub(crate) data: Option<&'static str>,
    /// Where it holds; everywhere if it is not said.
    pub(crate) family: Option<Family>,
}

macro_rules! rows {
    (@optional) => { None };
    (@optional $value:expr) => { Some($value) };
    ($($rfc:literal { $(
        $who:ident [$($before:literal),*] $send:literal => $($reply:literal),+
        $(brings $data:literal)? $(over $family:ident)?;
    )+ })+) => {
        /// The files are `dated.txt` (`dated`, of 1999-02-03), `docs/a.txt` (`a`), `docs/b.txt` (`bb`), the
        /// directory `empty`, and `hello.txt` (`hello` and LF); an upload brings `new` and CRLF.
        pub(crate) const ROWS: &[Row] = &[$($(
            Row {
                rfc: $rfc,
                who: Who::$who,
                before: &[$($before),*],
                send: $send,
                replies: &[$($reply),+],
                data: rows!(@optional $($data)?),
                family: rows!(@optional $(Family::$family)?),
            },
        )+)+];
    };
}

rows! {
    // USER, PASS, ACCT.
    "RFC 959 4.1.1" {
        Nobody [] "USER alice" => "331 *";
        Nobody [] "USER nobody" => "331 *";
        Alice [] "USER guest" => "331 *";
        Nobody [] "USER" => "501 *";
        Nobody [] "PASS s3cret" => "503 *";
        Nobody ["USER alice"] "PASS s3cret" => "230 *";
        Nobody ["USER alice"] "PASS wrong" => "530 *";
        Nobody ["USER alice"] "PASS" => "530 *";
        Nobody ["USER nobody"] "PASS s3cret" => "530 *";
        Nobody ["USER anonymous"] "PASS ada@example.org" => "530 *";
        Alice [] "PASS s3cret" => "503 *";
        Nobody [] "ACCT accounting" => "202 *";
        Nobody [] "ACCT" => "501 *";
    }
    // CWD, CDUP.
    "RFC 959 4.1.1" {
        Alice [] "CWD docs" => "250 \"/docs\" *";
        Alice ["CWD docs"] "CWD ../empty/." => "250 \"/empty\" *";
        Alice ["CWD docs"] "CWD" => "250 \"/\" *";
        Alice ["CWD docs"] "CWD /empty" => "250 \"/empty\" *";
        Alice [] "CWD missing" => "550 *";
        Alice [] "CWD hello.txt" => "550 *";
        Nobody [] "CWD docs" => "530 *";
        Guest [] "CWD docs" => "550 Permission denied.";
        Alice [] "XCWD docs" => "250 \"/docs\" *";
        Alice [] "XCWD missing" => "550 *";
        Nobody [] "XCWD docs" => "530 *";
        Guest [] "XCWD docs" => "550 Permission denied.";
        Alice ["CWD docs"] "CDUP" => "250 \"/\" *";
        Alice [] "CDUP" => "250 \"/\" *";
        Alice [] "CDUP docs" => "501 *";
        Nobody [] "CDUP" => "530 *";
        Guest [] "CDUP" => "550 Permission denied.";
        Alice ["CWD docs"] "XCUP" => "250 \"/\" *";
        Alice [] "XCUP docs" => "501 *";
        Nobody [] "XCUP" => "530 *";
        Guest [] "XCUP" => "550 Permission denied.";
    }
    // REIN, QUIT.
    "RFC 959 4.1.1" {
        Alice [] "REIN" => "230 *";
        Alice [] "REIN now" => "501 *";
        Nobody [] "REIN" => "530 *";
        Nobody [] "QUIT" => "221 *";
        Alice [] "QUIT" => "221 *";
        Alice ["EPSV"] "QUIT" => "221 *";
        Alice [] "QUIT now" => "501 *";
    }
    // PASV.
    "RFC 959 4.1.2" {
        Alice [] "PASV" => "227 *(#,#,#,#,#,#)*" over Ipv4;
        Alice ["PASV"] "PASV" => "227 *(127,0,0,1,#,#)*" over Ipv4;
        Alice [] "PASV" => "425 *" over Ipv6;
        Alice [] "PASV 1" => "501 *";
        Alice ["EPSV ALL"] "PASV" => "501 *";
        Nobody [] "PASV" => "530 *";
    }
    // PORT.
    "RFC 959 4.1.2" {
        Alice [] "PORT 127,0,0,1,200,1" => "200 *" over Ipv4;
        Alice [] "PORT 127,0,0,2,200,1" => "501 *" over Ipv4;
        Alice [] "PORT 127,0,0,1,0,80" => "501 *" over Ipv4;
        Alice [] "PORT 127,0,0,1,200,1" => "522 *(2)*" over Ipv6;
        Alice [] "PORT 127,0,0,1,200" => "501 *";
        Alice [] "PORT 127,0,0,256,200,1" => "501 *";
        Alice [] "PORT" => "501 *";
        Alice ["EPSV ALL"] "PORT 127,0,0,1,200,1" => "501 *";
        Nobody [] "PORT 127,0,0,1,200,1" => "530 *";
    }
    // EPRT.
    "RFC 2428 2" {
        Alice [] "EPRT |1|127.0.0.1|51201|" => "200 *" over Ipv4;
        Alice [] "EPRT |2|0:0:0:0:0:0:0:1|51201|" => "200 *" over Ipv6;
        Alice [] "EPRT |1|127.0.0.1|51201|" => "522 *(2)*" over Ipv6;
        Alice [] "EPRT |2|::1|51201|" => "522 *(1)*" over Ipv4;
        Alice [] "EPRT |1|127.0.0.2|51201|" => "501 *" over Ipv4;
        Alice [] "EPRT |1|127.0.0.1|80|" => "501 *" over Ipv4;
        Alice [] "EPRT |3|127.0.0.1|51201|" => "522 *";
        Alice [] "EPRT |1|::1|51201|" => "501 *";
        Alice [] "EPRT 127.0.0.1" => "501 *";
        Alice [] "EPRT" => "501 *";
        Alice ["EPSV ALL"] "EPRT |1|127.0.0.1|51201|" => "501 *";
        Nobody [] "EPRT |1|127.0.0.1|51201|" => "530 *";
    }
    // EPSV.
    "RFC 2428 3" {
        Alice [] "EPSV" => "229 *(|||#|)*";
        Alice ["EPSV"] "EPSV" => "229 *(|||#|)*";
        Alice [] "EPSV 1" => "229 *(|||#|)*" over Ipv4;
        Alice [] "EPSV 2" => "229 *(|||#|)*" over Ipv6;
        Alice [] "EPSV 2" => "522 *(1)*" over Ipv4;
        Alice [] "EPSV 1" => "522 *(2)*" over Ipv6;
        Alice [] "EPSV 3" => "522 *";
        Alice [] "EPSV x" => "501 *";
        Nobody [] "EPSV" => "530 *";
    }
    // EPSV ALL.
    "RFC 2428 4" {
        Alice [] "EPSV ALL" => "220 *";
        Alice ["EPSV ALL"] "EPSV" => "229 *(|||#|)*";
    }
    // TYPE, STRU, MODE.
    "RFC 959 4.1.2" {
        Alice [] "TYPE A" => "200 *";
        Alice [] "TYPE A N" => "200 *";
        Alice [] "type i" => "200 *";
        Alice [] "TYPE I" => "200 *";
        Alice [] "TYPE L 8" => "200 *";
        Alice [] "TYPE L7" => "200 *";
        Alice [] "TYPE E" => "504 *";
        Alice [] "TYPE A T" => "504 *";
        Alice [] "TYPE L 9" => "504 *";
        Alice [] "TYPE" => "501 *";
        Nobody [] "TYPE I" => "530 *";
        Alice [] "STRU F" => "200 *";
        Alice [] "STRU R" => "504 *";
        Alice [] "STRU P" => "504 *";
        Alice [] "STRU X" => "501 *";
        Alice [] "STRU" => "501 *";
        Nobody [] "STRU F" => "530 *";
        Alice [] "MODE S" => "200 *";
        Alice [] "MODE B" => "504 *";
        Alice [] "MODE C" => "504 *";
        Alice [] "MODE Z" => "504 *";
        Alice [] "MODE X" => "501 *";
        Alice [] "MODE" => "501 *";
        Nobody [] "MODE S" => "530 *";
    }
    // RETR.
    "RFC 959 4.1.3" {
        Alice ["EPSV"] "RETR hello.txt" => "150 *", "226 *" brings "hello\r\n";
        Alice ["TYPE I", "EPSV"] "RETR hello.txt" => "150 *(6 bytes)*", "226 *" brings "hello\n";
        Alice ["PASV"] "RETR /docs/./a.txt" => "150 *", "226 *" brings "a" over Ipv4;
        Alice ["EPSV ALL", "EPSV"] "RETR docs/a.txt" => "150 *", "226 *" brings "a";
        Alice [] "RETR hello.txt" => "425 *";
        Alice ["EPSV"] "RETR missing" => "550 *";
        Alice ["EPSV"] "RETR docs" => "550 *";
        Alice ["EPSV"] "RETR hello.txt/a" => "550 *";
        Alice [] "RETR" => "501 *";
        Nobody [] "RETR hello.txt" => "530 *";
        Guest ["EPSV"] "RETR hello.txt" => "550 Permission denied.";
        Guest [] "RETR missing" => "550 Permission denied.";
    }
    // STOR.
    "RFC 959 4.1.3" {
        Alice ["EPSV"] "STOR new.txt" => "150 *", "226 *";
        Alice ["EPSV"] "STOR hello.txt" => "150 *", "226 *";
        Alice [] "STOR new.txt" => "425 *";
        Alice ["EPSV"] "STOR docs" => "550 *";
        Alice ["EPSV"] "STOR /" => "550 *";
        Alice ["EPSV"] "STOR missing/new.txt" => "550 *";
        Alice ["EPSV"] "STOR hello.txt/new.txt" => "550 *";
        Alice [] "STOR" => "501 *";
        Nobody [] "STOR new.txt" => "530 *";
        Guest ["EPSV"] "STOR new.txt" => "550 Permission denied.";
    }
    // STOU.
    "RFC 1123 4.1.2.9" {
        Alice ["EPSV"] "STOU" => "150 FILE: ftpd.#", "226 *";
        Alice ["EPSV"] "STOU new.txt" => "150 FILE: new.txt.#", "226 *";
        Alice ["CWD docs", "EPSV"] "STOU" => "150 FILE: ftpd.#", "226 *";
        Alice [] "STOU" => "425 *";
        Alice ["TYPE I", "REST 1", "EPSV"] "STOU" => "450 *";
        Alice ["EPSV"] "STOU missing/new.txt" => "550 *";
        Nobody [] "STOU" => "530 *";
        Guest ["EPSV"] "STOU" => "550 Permission denied.";
    }
    // APPE.
    "RFC 959 4.1.3" {
        Alice ["EPSV"] "APPE hello.txt" => "150 *", "226 *";
        Alice ["EPSV"] "APPE new.txt" => "150 *", "226 *";
        Alice [] "APPE hello.txt" => "425 *";
        Alice ["TYPE I", "REST 1", "EPSV"] "APPE hello.txt" => "450 *";
        Alice ["EPSV"] "APPE docs" => "550 *";
        Alice ["EPSV"] "APPE missing/new.txt" => "550 *";
        Alice [] "APPE" => "501 *";
        Nobody [] "APPE hello.txt" => "530 *";
        Guest ["EPSV"] "APPE hello.txt" => "550 Permission denied.";
    }
    // ALLO.
    "RFC 959 4.1.3" {
        Alice [] "ALLO 1024" => "202 *";
        Alice [] "ALLO 1024 R 80" => "202 *";
        Alice [] "ALLO much" => "501 *";
        Alice [] "ALLO" => "501 *";
        Nobody [] "ALLO 1024" => "530 *";
    }
    // REST.
    "RFC 3659 5" {
        Alice ["TYPE I"] "REST 3" => "350 *";
        Alice [] "REST 0" => "350 *";
        Alice [] "REST 3" => "501 *";
        Alice ["TYPE I"] "REST x" => "501 *";
        Alice ["TYPE I"] "REST -1" => "501 *";
        Alice ["TYPE I"] "REST 18446744073709551616" => "501 *";
        Alice [] "REST" => "501 *";
        Nobody [] "REST 0" => "530 *";
        Alice ["TYPE I", "REST 3", "EPSV"] "RETR hello.txt" => "150 *(3 bytes)*", "226 *" brings "lo\n";
        Alice ["TYPE I", "REST 3", "NOOP", "EPSV"] "RETR hello.txt" => "150 *", "226 *" brings "lo\n";
        Alice ["TYPE I", "REST 6", "EPSV"] "RETR hello.txt" => "150 *", "226 *" brings "";
        Alice ["TYPE I", "REST 7", "EPSV"] "RETR hello.txt" => "554 *";
        Alice ["TYPE I", "REST 6", "EPSV"] "STOR hello.txt" => "150 *", "226 *";
        Alice ["TYPE I", "REST 7", "EPSV"] "STOR hello.txt" => "554 *";
        Alice ["TYPE I", "REST 1", "EPSV"] "STOR missing" => "550 *";
    }
    // RNFR, RNTO.
    "RFC 959 4.1.3" {
        Alice [] "RNFR hello.txt" => "350 *";
        Alice [] "RNFR docs" => "350 *";
        Alice [] "RNFR missing" => "550 *";
        Alice [] "RNFR /" => "550 *";
        Alice [] "RNFR" => "501 *";
        Nobody [] "RNFR hello.txt" => "530 *";
        Guest [] "RNFR hello.txt" => "550 Permission denied.";
        Alice ["RNFR hello.txt"] "RNTO docs/moved.txt" => "250 *";
        Alice ["RNFR hello.txt", "NOOP"] "RNTO dated.txt" => "250 *";
        Alice ["RNFR docs"] "RNTO moved" => "250 *";
        Alice [] "RNTO new.txt" => "503 *";
        Alice ["RNFR hello.txt", "RNTO new.txt"] "RNTO newer.txt" => "503 *";
        Alice ["RNFR hello.txt"] "RNTO missing/new.txt" => "550 *";
        Alice ["RNFR hello.txt"] "RNTO docs" => "550 *";
        Alice ["RNFR empty"] "RNTO docs" => "550 *";
        Alice ["RNFR docs"] "RNTO docs/below" => "550 *";
        Alice ["RNFR hello.txt"] "RNTO /" => "550 *";
        Alice [] "RNTO" => "501 *";
        Nobody [] "RNTO new.txt" => "530 *";
        Guest [] "RNTO new.txt" => "550 Permission denied.";
    }
    // ABOR.
    "RFC 959 4.1.3" {
        Alice [] "ABOR" => "225 *";
        Alice ["EPSV"] "ABOR" => "225 *";
        Alice [] "ABOR now" => "501 *";
        Nobody [] "ABOR" => "530 *";
    }
    // DELE.
    "RFC 959 4.1.3" {
        Alice [] "DELE hello.txt" => "250 *";
        Alice [] "DELE missing" => "550 *";
        Alice [] "DELE empty" => "550 *";
        Alice [] "DELE /" => "550 *";
        Alice [] "DELE" => "501 *";
        Nobody [] "DELE hello.txt" => "530 *";
        Guest [] "DELE hello.txt" => "550 Permission denied.";
    }
    // RMD, MKD, PWD.
    "RFC 959 4.1.3" {
        Alice [] "RMD empty" => "250 *";
        Alice ["CWD empty"] "RMD ." => "250 *";
        Alice [] "RMD docs" => "550 *";
        Alice [] "RMD missing" => "550 *";
        Alice [] "RMD hello.txt" => "550 *";
        Alice [] "RMD /" => "550 *";
        Alice [] "RMD" => "501 *";
        Nobody [] "RMD empty" => "530 *";
        Guest [] "RMD empty" => "550 Permission denied.";
        Alice [] "XRMD empty" => "250 *";
        Alice [] "XRMD docs" => "550 *";
        Nobody [] "XRMD empty" => "530 *";
        Guest [] "XRMD empty" => "550 Permission denied.";
        Alice [] "MKD new" => "257 \"/new\" *";
        Alice ["CWD docs"] "MKD new" => "257 \"/docs/new\" *";
        Alice [] "MKD a\"b" => "257 \"/a\"\"b\" *";
        Alice [] "MKD docs" => "550 *";
        Alice [] "MKD hello.txt" => "550 *";
        Alice [] "MKD missing/new" => "550 *";
        Alice [] "MKD /" => "550 *";
        Alice [] "MKD" => "501 *";
        Nobody [] "MKD new" => "530 *";
        Guest [] "MKD new" => "550 Permission denied.";
        Alice [] "XMKD new" => "257 \"/new\" *";
        Alice [] "XMKD docs" => "550 *";
        Nobody [] "XMKD new" => "530 *";
        Guest [] "XMKD new" => "550 Permission denied.";
        Alice [] "PWD" => "257 \"/\" *";
        Alice ["CWD docs"] "PWD" => "257 \"/docs\" *";
        Alice ["MKD a\"b", "CWD a\"b"] "PWD" => "257 \"/a\"\"b\" *";
        Alice [] "PWD docs" => "501 *";
        Nobody [] "PWD" => "530 *";
        Guest [] "PWD" => "257 \"/\" *";
        Alice [] "XPWD" => "257 \"/\" *";
        Alice [] "XPWD docs" => "501 *";
        Nobody [] "XPWD" => "530 *";
    }
    // LIST.
    "RFC 959 4.1.3" {
        Alice ["EPSV"] "LIST" => "150 *", "226 *" brings
            "-rw-r--r--   1 owner    group           5 Feb 03  1999 dated.txt\r\n\
             drwxr-xr-x   1 owner    group           0 Jan 01 00:00 docs\r\n\
             drwxr-xr-x   1 owner    group           0 Jan 01 00:00 empty\r\n\
             -rw-r--r--   1 owner    group           6 Jan 01 00:00 hello.txt\r\n";
        Alice ["EPSV"] "LIST docs" => "150 *", "226 *" brings "* a.txt\r\n* b.txt\r\n";
        Alice ["EPSV"] "LIST docs/a.txt" => "150 *", "226 *" brings
            "-rw-r--r--   1 owner    group           1 Jan 01 00:00 a.txt\r\n";
        Alice ["EPSV"] "LIST empty" => "150 *", "226 *" brings "";
        Alice ["EPSV"] "LIST -a" => "150 *", "226 *" brings "* docs\r\n*";
        Alice ["EPSV"] "LIST -la docs" => "150 *", "226 *" brings "* a.txt\r\n* b.txt\r\n";
        Alice ["EPSV"] "LIST docs/b*" => "150 *", "226 *" brings "-* docs/b.txt\r\n";
        Alice [] "LIST" => "425 *";
        Alice ["EPSV"] "LIST missing" => "550 *";
        Alice ["EPSV"] "LIST hello.txt/a" => "550 *";
        Nobody [] "LIST" => "530 *";
        Guest ["EPSV"] "LIST" => "550 Permission denied.";
    }
    // NLST.
    "RFC 959 4.1.3" {
        Alice ["EPSV"] "NLST" => "150 *", "226 *" brings "dated.txt\r\ndocs\r\nempty\r\nhello.txt\r\n";
        Alice ["EPSV"] "NLST docs" => "150 *", "226 *" brings "a.txt\r\nb.txt\r\n";
        Alice ["EPSV"] "NLST -CF docs" => "150 *", "226 *" brings "a.txt\r\nb.txt\r\n";
        Alice ["EPSV"] "NLST -1" => "150 *", "226 *" brings "dated.txt\r\ndocs\r\nempty\r\nhello.txt\r\n";
        Alice ["EPSV"] "NLST hello.txt" => "150 *", "226 *" brings "hello.txt\r\n";
        Alice ["EPSV"] "NLST *.txt" => "150 *", "226 *" brings "dated.txt\r\nhello.txt\r\n";
        Alice ["EPSV"] "NLST docs/?.txt" => "150 *", "226 *" brings "docs/a.txt\r\ndocs/b.txt\r\n";
        Alice ["EPSV"] "NLST [h-z]*" => "150 *", "226 *" brings "hello.txt\r\n";
        Alice ["EPSV"] "NLST *.none" => "150 *", "226 *" brings "";
        Alice ["EPSV"] "NLST empty" => "150 *", "226 *" brings "";
        Alice [] "NLST" => "425 *";
        Alice ["EPSV"] "NLST missing" => "550 *";
        Alice ["EPSV"] "NLST missing/*" => "550 *";
        Nobody [] "NLST" => "530 *";
        Guest ["EPSV"] "NLST" => "550 Permission denied.";
    }
    // MLSD, MLST.
    "RFC 3659 7" {
        Alice ["EPSV"] "MLSD docs" => "150 *", "226 *" brings
            "modify=20000101000000;perm=radfw;size=1;type=file;unique=*; a.txt\r\n\
             modify=20000101000000;perm=radfw;size=2;type=file;unique=*; b.txt\r\n";
        Alice ["EPSV"] "MLSD" => "150 *", "226 *" brings
            "modify=19990203040506;*; dated.txt\r\n\
             *type=dir;* docs\r\n\
             *; empty\r\n\
             *; hello.txt\r\n";
        Alice ["EPSV"] "MLSD ./docs" => "150 *", "226 *" brings "*; a.txt\r\n*; b.txt\r\n";
        Alice ["EPSV"] "MLSD empty" => "150 *", "226 *" brings "";
        Alice ["OPTS MLST type;", "EPSV"] "MLSD docs" => "150 *", "226 *" brings
            "type=file; a.txt\r\n\
             type=file; b.txt\r\n";
        Alice [] "MLSD" => "425 *";
        Alice ["EPSV"] "MLSD missing" => "550 *";
        Alice ["EPSV"] "MLSD hello.txt" => "501 *";
        Nobody [] "MLSD" => "530 *";
        Guest ["EPSV"] "MLSD" => "550 Permission denied.";
        Alice [] "MLST hello.txt" =>
            "250-*\r\n modify=20000101000000;perm=radfw;size=6;type=file;unique=*; /hello.txt\r\n250 *";
        Alice ["CWD docs"] "MLST" => "250-*\r\n modify=#;*type=dir;* /docs\r\n250 *";
        Alice ["OPTS MLST"] "MLST hello.txt" => "250-*\r\n  /hello.txt\r\n250 *";
        Alice [] "MLST missing" => "550 *";
        Nobody [] "MLST" => "530 *";
        Guest [] "MLST" => "550 Permission denied.";
    }
    // MDTM.
    "RFC 3659 3" {
        Alice [] "MDTM hello.txt" => "213 20000101000000";
        Alice [] "MDTM dated.txt" => "213 19990203040506";
        Alice [] "MDTM missing" => "550 *";
        Alice [] "MDTM docs" => "550 *";
        Alice [] "MDTM" => "501 *";
        Nobody [] "MDTM hello.txt" => "530 *";
        Guest [] "MDTM hello.txt" => "550 Permission denied.";
    }
    // SIZE.
    "RFC 3659 4" {
        Alice ["TYPE I"] "SIZE hello.txt" => "213 6";
        Alice [] "SIZE hello.txt" => "550 *";
        Alice ["TYPE I"] "SIZE missing" => "550 *";
        Alice ["TYPE I"] "SIZE docs" => "550 *";
        Alice [] "SIZE" => "501 *";
        Nobody [] "SIZE hello.txt" => "530 *";
        Guest ["TYPE I"] "SIZE hello.txt" => "550 Permission denied.";
    }
    // MFMT.
    "draft-somers-ftp-mfxx-04 3" {
        Alice [] "MFMT 20010203040506 hello.txt" => "213 Modify=20010203040506; /hello.txt*";
        Alice ["MFMT 20010203040506 docs/a.txt"] "MDTM docs/a.txt" => "213 20010203040506";
        Alice [] "MFMT 20011303040506 hello.txt" => "550 *";
        Alice [] "MFMT yesterday hello.txt" => "550 *";
        Alice [] "MFMT 20010203040506" => "501 *";
        Alice [] "MFMT 20010203040506 missing" => "550 *";
        Alice [] "MFMT 20010203040506 docs" => "550 *";
        Alice [] "MFMT" => "501 *";
        Nobody [] "MFMT 20010203040506 hello.txt" => "530 *";
        Guest [] "MFMT 20010203040506 hello.txt" => "550 Permission denied.";
    }
    // STAT.
    "RFC 959 4.1.3" {
        Nobody [] "STAT" => "211-*\r\n*211 *";
        Alice [] "STAT" => "211-*alice*\r\n*211 *";
        Guest ["EPSV"] "STAT" => "211-*\r\n*211 *";
        Alice [] "STAT docs" => "213-*\r\n -* a.txt\r\n -* b.txt\r\n213 *";
        Alice [] "STAT -l hello.txt" => "213-*\r\n -* hello.txt\r\n213 *";
        Alice [] "STAT empty" => "213-*\r\n213 *";
        Alice [] "STAT missing" => "550 *";
        Nobody [] "STAT docs" => "530 *";
        Guest [] "STAT docs" => "550 Permission denied.";
    }
    // SYST, HELP, NOOP.
    "RFC 959 4.1.3" {
        Nobody [] "SYST" => "215 UNIX *";
        Nobody [] "SYST now" => "501 *";
        Nobody [] "HELP" => "214-*\r\n* RETR *\r\n214 *";
        Nobody [] "HELP retr" => "214 *RETR <SP> pathname*";
        Nobody [] "HELP NONE" => "501 *";
        Nobody [] "NOOP" => "200 *";
        Alice [] "noop" => "200 *";
        Nobody [] "NOOP now" => "501 *";
    }
    // FEAT, OPTS.
    "RFC 2389" {
        Nobody [] "FEAT" =>
            "211-*\r\n EPRT\r\n EPSV\r\n MDTM\r\n MFMT\r\n\
             \x20MLST type*;perm*;size*;modify*;unique*;unix.mode;unix.uid;unix.gid;\r\n\
             \x20REST STREAM\r\n SIZE\r\n TVFS\r\n UTF8\r\n211 *";
        Alice ["OPTS MLST size;"] "FEAT" =>
            "211-*\r\n MLST type;perm;size*;modify;unique;unix.mode;unix.uid;unix.gid;\r\n*211 *";
        Nobody [] "FEAT all" => "501 *";
        Alice [] "OPTS UTF8 ON" => "200 *";
        Alice [] "OPTS utf-8" => "200 *";
        Alice [] "OPTS MLST Type;SIZE;charset;" => "200 MLST OPTS type;size;";
        Alice [] "OPTS MLST" => "200 MLST OPTS*";
        Alice [] "OPTS MLST type" => "501 *";
        Alice [] "OPTS MLST type; size;" => "501 *";
        Alice [] "OPTS NONE" => "501 *";
        Alice [] "OPTS" => "501 *";
        Nobody [] "OPTS UTF8 ON" => "530 *";
    }
    // what is no command.
    "RFC 959 5.4" {
        Nobody [] "XYZ" => "500 *\"XYZ\"*";
        Alice [] "XYZ a b" => "500 *\"XYZ\"*";
        Alice [] "RETRX hello.txt" => "500 *";
        Alice [] "XRETR hello.txt" => "500 *";
    }
}
