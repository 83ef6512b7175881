//! Rows of commands that RFC 959 leaves to the server, and of those that later documents added beyond pyftpdlib's.

use super::row::rows;

rows! {
    // SITE, SITE HELP.
    "RFC 959 4.1.3" {
        Alice [] "SITE" => "501 *";
        Alice [] "SITE FOO" => "500 *\"SITE FOO\"*";
        Alice [] "SITE  HELP" => "501 *";
        Nobody [] "SITE FOO" => "500 *";
        Nobody [] "SITE HELP" => "214-*\r\n CHMOD\r\n HELP\r\n UMASK\r\n UTIME\r\n214 *";
        Nobody [] "SITE HELP chmod" => "214 *SITE CHMOD <SP> mode <SP> pathname*";
        Nobody [] "site help UTIME" => "214 *SITE UTIME*";
        Nobody [] "SITE HELP RETR" => "501 *";
        Nobody [] "HELP SITE" => "214 *SITE <SP> command*";
        Nobody [] "HELP SITE CHMOD" => "214 *SITE CHMOD <SP> mode <SP> pathname*";
    }
    // SITE CHMOD.
    "pyftpdlib" {
        Alice [] "SITE CHMOD 640 hello.txt" => "200 *";
        Alice [] "site chmod 0755 docs" => "200 *";
        Alice ["SITE CHMOD 640 hello.txt"] "STAT hello.txt" => "213-*\r\n -rw-r-----*\r\n213 *";
        Alice ["SITE CHMOD 1777 docs", "OPTS MLST unix.mode;"] "MLST docs" => "250-*\r\n unix.mode=1777; /docs\r\n250 *";
        Alice [] "SITE CHMOD 64 hello.txt" => "501 *";
        Alice [] "SITE CHMOD 00640 hello.txt" => "501 *";
        Alice [] "SITE CHMOD 648 hello.txt" => "501 *";
        Alice [] "SITE CHMOD u+x hello.txt" => "501 *";
        Alice [] "SITE CHMOD 640" => "501 *";
        Alice [] "SITE CHMOD" => "501 *";
        Alice [] "SITE CHMOD 640 missing" => "550 *";
        Nobody [] "SITE CHMOD 640 hello.txt" => "530 *";
        Guest [] "SITE CHMOD 640 hello.txt" => "550 Permission denied.";
    }
    // SITE UMASK.
    "ProFTPD" {
        Alice [] "SITE UMASK" => "200 *022*";
        Alice [] "SITE UMASK 077" => "200 *077*";
        Alice ["SITE UMASK 0027"] "SITE UMASK" => "200 *027*";
        Alice ["SITE UMASK 077", "USER alice", "PASS s3cret"] "SITE UMASK" => "200 *022*";
        Alice ["SITE UMASK 027", "MKD new"] "STAT ." => "213-*\r\n drwxr-x---*new\r\n213 *";
        Alice ["MKD new"] "STAT ." => "213-*\r\n drwxr-xr-x*new\r\n213 *";
        Alice [] "SITE UMASK 9" => "501 *";
        Alice [] "SITE UMASK 022 hello.txt" => "501 *";
        Nobody [] "SITE UMASK" => "530 *";
    }
    // SITE UTIME.
    "ProFTPD" {
        Alice [] "SITE UTIME 200102030405 hello.txt" => "200 *";
        Alice ["SITE UTIME 200102030405 hello.txt"] "MDTM hello.txt" => "213 20010203040500";
        Alice ["SITE UTIME 20010203040506 hello.txt"] "MDTM hello.txt" => "213 20010203040506";
        Alice ["SITE UTIME hello.txt 20000101000000 20010203040506 20000101000000 UTC"] "MDTM hello.txt" =>
            "213 20010203040506";
        Alice [] "SITE UTIME 200102030405 docs" => "200 *";
        Alice [] "SITE UTIME 2001 hello.txt" => "501 *";
        Alice [] "SITE UTIME 20011303040506 hello.txt" => "501 *";
        Alice [] "SITE UTIME hello.txt" => "501 *";
        Alice [] "SITE UTIME 200102030405 missing" => "550 *";
        Alice [] "SITE UTIME" => "501 *";
        Nobody [] "SITE UTIME 200102030405 hello.txt" => "530 *";
        Guest [] "SITE UTIME 200102030405 hello.txt" => "550 Permission denied.";
    }
    // MFF.
    "draft-somers-ftp-mfxx-04 5" {
        Alice [] "MFF modify=20010203040506; hello.txt" => "213 Modify=20010203040506; /hello.txt";
        Alice [] "MFF UNIX.mode=0600;Modify=20010203040506; hello.txt" =>
            "213 Modify=20010203040506;UNIX.mode=0600; /hello.txt";
        Alice ["MFF modify=20010203040506; hello.txt"] "MDTM hello.txt" => "213 20010203040506";
        Alice ["MFF unix.mode=600; hello.txt"] "STAT hello.txt" => "213-*\r\n -rw-------*\r\n213 *";
        Alice [] "MFF create=20010203040506; hello.txt" => "504 *";
        Alice [] "MFF modify=yesterday; hello.txt" => "501 *";
        Alice [] "MFF unix.mode=9; hello.txt" => "501 *";
        Alice [] "MFF modify=20010203040506;" => "501 *";
        Alice [] "MFF" => "501 *";
        Alice [] "MFF modify=20010203040506; missing" => "550 *";
        Nobody [] "MFF modify=20010203040506; hello.txt" => "530 *";
        Guest [] "MFF modify=20010203040506; hello.txt" => "550 Permission denied.";
        Guest [] "MFF unix.mode=0644; hello.txt" => "550 Permission denied.";
    }
    // HOST.
    "RFC 7151 3" {
        Nobody [] "HOST ftp.example.org" => "220 *";
        Nobody [] "HOST [::1]" => "220 *";
        Nobody ["HOST ftp.example.org"] "HOST 127.0.0.1" => "220 *";
        Nobody [] "HOST" => "501 *";
        Nobody [] "HOST two names" => "501 *";
        Nobody ["USER alice"] "HOST ftp.example.org" => "503 *";
        Alice [] "HOST ftp.example.org" => "503 *";
        Alice ["REIN"] "HOST ftp.example.org" => "220 *";
    }
    // CLNT, CSID.
    "draft-peterson-ftp-csid-01" {
        Nobody [] "CLNT client 1.0" => "200 *";
        Alice [] "CLNT client 1.0" => "200 *";
        Nobody [] "CLNT" => "501 *";
        Nobody [] "CSID Name=client; Version=1.0;" => "200 Name=ftp-fixture; Version=*;";
        Nobody [] "CSID" => "501 *";
    }
    // OPTS MODE Z, which is off unless asked for.
    "draft-preston-ftpext-deflate-04 3" {
        Alice [] "OPTS MODE Z LEVEL 6" => "501 *";
        Alice [] "OPTS MODE B" => "501 *";
    }
    // LANG.
    "RFC 2640 4" {
        Nobody [] "LANG" => "200 *";
        Nobody [] "LANG en" => "200 *";
        Alice [] "LANG en-GB" => "200 *";
        Nobody [] "LANG fr" => "504 *";
        Nobody [] "LANG English" => "504 *";
    }
    // AVBL.
    "draft-peterson-streamlined-ftp-command-extensions-10 4" {
        Alice [] "AVBL" => "213 1073741824";
        Alice [] "AVBL docs" => "213 1073741824";
        Alice [] "AVBL missing" => "550 *";
        Nobody [] "AVBL" => "530 *";
        Guest [] "AVBL" => "550 Permission denied.";
    }
    // HASH, OPTS HASH.
    "draft-bryan-ftpext-hash-02" {
        Alice [] "HASH hello.txt" =>
            "213 SHA-256 0-6 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03 hello.txt";
        Alice ["TYPE I", "OPTS HASH md5"] "HASH ./hello.txt" => "213 MD5 0-6 b1946ac92492d2347c6235b4d2611184 ./hello.txt";
        Alice ["OPTS HASH SHA-1"] "HASH hello.txt" => "213 SHA-1 0-6 f572d396fae9206628714fb2ce00f72e94f2258f hello.txt";
        Alice ["OPTS HASH CRC32"] "HASH hello.txt" => "213 CRC32 0-6 363a3020 hello.txt";
        Alice [] "OPTS HASH" => "200 SHA-256";
        Alice ["OPTS HASH crc32"] "OPTS HASH" => "200 CRC32";
        Alice ["OPTS HASH MD5"] "FEAT" => "211-*\r\n HASH SHA-256;SHA-1;MD5*;CRC32\r\n*211 *";
        Alice [] "OPTS HASH SHA-3" => "501 *";
        Alice [] "HASH docs" => "550 *";
        Alice [] "HASH missing" => "550 *";
        Alice [] "HASH" => "501 *";
        Nobody [] "HASH hello.txt" => "530 *";
        Guest [] "HASH hello.txt" => "550 Permission denied.";
    }
    // XCRC, XMD5, XSHA1, XSHA256.
    "ProFTPD" {
        Alice [] "XCRC hello.txt" => "250 363a3020";
        Alice [] "XCRC \"hello.txt\"" => "250 363a3020";
        Alice [] "XCRC hello.txt 0 6" => "250 363a3020";
        Alice [] "XCRC hello.txt 1 3" => "250 1d57a06e";
        Alice [] "XCRC hello.txt 0 7" => "554 *";
        Alice [] "XCRC \"hello.txt\" 7" => "554 *";
        Alice [] "XCRC hello.txt 3 2" => "501 *";
        Alice [] "XCRC docs" => "550 *";
        Alice [] "XCRC missing" => "550 *";
        Alice [] "XCRC" => "501 *";
        Nobody [] "XCRC hello.txt" => "530 *";
        Guest [] "XCRC hello.txt" => "550 Permission denied.";
        Alice [] "XMD5 hello.txt" => "250 b1946ac92492d2347c6235b4d2611184";
        Alice [] "XMD5 \"hello.txt\"" => "250 b1946ac92492d2347c6235b4d2611184";
        Alice [] "XMD5 hello.txt 0 6" => "250 b1946ac92492d2347c6235b4d2611184";
        Alice [] "XMD5 hello.txt 0 7" => "554 *";
        Alice [] "XMD5 \"hello.txt\" 7" => "554 *";
        Alice [] "XMD5 hello.txt 3 2" => "501 *";
        Alice [] "XMD5 docs" => "550 *";
        Alice [] "XMD5 missing" => "550 *";
        Alice [] "XMD5" => "501 *";
        Nobody [] "XMD5 hello.txt" => "530 *";
        Guest [] "XMD5 hello.txt" => "550 Permission denied.";
        Alice [] "XSHA1 hello.txt" => "250 f572d396fae9206628714fb2ce00f72e94f2258f";
        Alice [] "XSHA1 \"hello.txt\"" => "250 f572d396fae9206628714fb2ce00f72e94f2258f";
        Alice [] "XSHA1 hello.txt 0 6" => "250 f572d396fae9206628714fb2ce00f72e94f2258f";
        Alice [] "XSHA1 \"hello.txt\" 2" => "250 cd9c8c1ee627b8ce1e8ff4c397e7cb2a7489f20c";
        Alice [] "XSHA1 hello.txt 0 7" => "554 *";
        Alice [] "XSHA1 \"hello.txt\" 7" => "554 *";
        Alice [] "XSHA1 hello.txt 3 2" => "501 *";
        Alice [] "XSHA1 docs" => "550 *";
        Alice [] "XSHA1 missing" => "550 *";
        Alice [] "XSHA1" => "501 *";
        Nobody [] "XSHA1 hello.txt" => "530 *";
        Guest [] "XSHA1 hello.txt" => "550 Permission denied.";
        Alice [] "XSHA256 hello.txt" => "250 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        Alice [] "XSHA256 \"hello.txt\"" => "250 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        Alice [] "XSHA256 hello.txt 0 6" => "250 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        Alice [] "XSHA256 hello.txt 0 7" => "554 *";
        Alice [] "XSHA256 \"hello.txt\" 7" => "554 *";
        Alice [] "XSHA256 hello.txt 3 2" => "501 *";
        Alice [] "XSHA256 docs" => "550 *";
        Alice [] "XSHA256 missing" => "550 *";
        Alice [] "XSHA256" => "501 *";
        Nobody [] "XSHA256 hello.txt" => "530 *";
        Guest [] "XSHA256 hello.txt" => "550 Permission denied.";
    }
}
