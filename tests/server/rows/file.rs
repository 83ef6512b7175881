//! Rows of commands about one file or directory.

use super::row::rows;

rows! {
    // CWD, CDUP.
    "RFC 959 4.1.1" {
        Alice [] "CWD docs" => "250 \"/docs\" *";
        Alice ["CWD docs"] "CWD ../empty/." => "250 \"/empty\" *";
        Alice ["CWD docs"] "CWD" => "250 \"/\" *";
        Alice ["CWD docs"] "CWD /empty" => "250 \"/empty\" *";
        Alice [] "CWD missing" => "550 *";
        Alice [] "CWD hello.txt" => "550 *";
        Alice [] "CWD hello.txt/docs" => "550 *";
        Alice ["CWD docs"] "CWD ../../.." => "250 \"/\" *";
        Alice ["MKD a\"b"] "CWD a\"b" => "250 \"/a\"\"b\" *";
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
        Alice ["RNFR docs/a.txt", "RNFR hello.txt"] "RNTO docs/b.txt" => "250 *";
        Alice ["RNFR hello.txt"] "RNTO hello.txt" => "250 *";
        Alice ["RNFR hello.txt"] "RNTO" => "501 *";
        Alice ["RNFR empty"] "RNTO hello.txt" => "550 *";
        Alice ["RNFR hello.txt"] "RNTO missing/new.txt" => "550 *";
        Alice ["RNFR hello.txt"] "RNTO docs" => "550 *";
        Alice ["RNFR empty"] "RNTO docs" => "550 *";
        Alice ["RNFR docs"] "RNTO docs/below" => "550 *";
        Alice ["RNFR hello.txt"] "RNTO /" => "550 *";
        Alice [] "RNTO" => "501 *";
        Nobody [] "RNTO new.txt" => "530 *";
        Guest [] "RNTO new.txt" => "550 Permission denied.";
    }
    // DELE.
    "RFC 959 4.1.3" {
        Alice [] "DELE hello.txt" => "250 *";
        Alice [] "DELE missing" => "550 *";
        Alice [] "DELE empty" => "550 *";
        Alice [] "DELE docs" => "550 *";
        Alice [] "DELE hello.txt/a" => "550 *";
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
        Alice [] "RMD hello.txt/a" => "550 *";
        Alice ["CWD docs"] "RMD .." => "550 *";
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
        Alice [] "MKD hello.txt/new" => "550 *";
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
    // MDTM.
    "RFC 3659 3" {
        Alice [] "MDTM hello.txt" => "213 20000101000000";
        Alice [] "MDTM dated.txt" => "213 19990203040506";
        Alice [] "MDTM missing" => "550 *";
        Alice [] "MDTM docs" => "550 *";
        Alice [] "MDTM /" => "550 *";
        Alice [] "MDTM hello.txt/a" => "550 *";
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
        Alice ["TYPE I"] "SIZE hello.txt/a" => "550 *";
        Alice [] "SIZE missing" => "550 *";
        Alice [] "SIZE" => "501 *";
        Nobody [] "SIZE hello.txt" => "530 *";
        Guest ["TYPE I"] "SIZE hello.txt" => "550 Permission denied.";
    }
    // MFMT.
    "draft-somers-ftp-mfxx-04 3" {
        Alice [] "MFMT 20010203040506 hello.txt" => "213 Modify=20010203040506; /hello.txt*";
        Alice ["MFMT 20010203040506 docs/a.txt"] "MDTM docs/a.txt" => "213 20010203040506";
        Alice ["MFMT 19691231235959 hello.txt"] "MDTM hello.txt" => "213 19691231235959";
        Alice ["MFMT 00000101000000 hello.txt"] "MDTM hello.txt" => "213 *";
        Alice ["MFMT 99991229235959 hello.txt"] "MDTM hello.txt" => "213 99991229235959";
        Alice [] "MFMT 20011303040506 hello.txt" => "550 *";
        Alice [] "MFMT 20010203040506.5 hello.txt" => "213 Modify=20010203040506; /hello.txt*";
        Alice [] "MFMT hello.txt" => "501 *";
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
        Alice [] "STAT hello.txt/a" => "550 *";
        Alice [] "STAT docs/b*" => "213-*\r\n -* docs/b.txt\r\n213 *";
        Alice ["USER alice"] "STAT" => "211-*alice*\r\n*211 *";
        Alice ["USER alice"] "STAT docs" => "530 *";
        Nobody [] "STAT docs" => "530 *";
        Guest [] "STAT docs" => "550 Permission denied.";
    }
}
