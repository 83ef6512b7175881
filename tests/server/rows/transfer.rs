//! Rows of commands that need a data connection, and of REST.

use super::row::rows;

rows! {
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
        Alice ["EPSV"] "STOU missing/new.txt" => "450 *";
        Alice ["EPSV"] "STOU hello.txt/new.txt" => "550 *";
        Alice ["TYPE I", "REST 1", "EPSV"] "STOU new.txt" => "450 *";
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
        Alice ["TYPE I", "REST 3", "REST 1", "EPSV"] "RETR hello.txt" => "150 *", "226 *" brings "ello\n";
        Alice ["TYPE I", "REST 3", "REST 0", "EPSV"] "RETR hello.txt" => "150 *", "226 *" brings "hello\n";
        Alice ["TYPE I", "EPSV", "REST 3"] "RETR hello.txt" => "150 *", "226 *" brings "lo\n";
        Alice ["TYPE I", "REST 3", "EPSV"] "RETR missing" => "550 *";
        Alice ["TYPE I", "REST 7", "EPSV"] "RETR hello.txt" => "554 *";
        Alice ["TYPE I", "REST 6", "EPSV"] "STOR hello.txt" => "150 *", "226 *";
        Alice ["TYPE I", "REST 7", "EPSV"] "STOR hello.txt" => "554 *";
        Alice ["TYPE I", "REST 1", "EPSV"] "STOR missing" => "550 *";
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
        Alice [] "MLST hello.txt/a" => "550 *";
        Alice ["EPSV"] "MLSD hello.txt/a" => "550 *";
        Alice ["EPSV"] "MLSD docs/missing" => "550 *";
        Alice ["OPTS MLST", "EPSV"] "MLSD docs" => "150 *", "226 *" brings " a.txt\r\n b.txt\r\n";
        Nobody [] "MLST" => "530 *";
        Guest [] "MLST" => "550 Permission denied.";
    }
}
