//! Rows of logins, information, and what is set up for a transfer.

use super::row::rows;

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
    // What a login had set is gone with it.
    "RFC 959 4.1.1" {
        Alice ["REIN"] "PWD" => "530 *";
        Alice ["USER guest"] "PWD" => "530 *";
        Alice ["CWD docs", "USER alice", "PASS s3cret"] "PWD" => "257 \"/\" *";
        Alice ["TYPE I", "USER alice", "PASS s3cret"] "SIZE hello.txt" => "550 *";
        Alice ["RNFR hello.txt", "USER alice", "PASS s3cret"] "RNTO new.txt" => "503 *";
        Alice ["EPSV", "REIN", "USER alice", "PASS s3cret"] "RETR hello.txt" => "425 *";
        Alice ["EPSV ALL", "REIN", "USER alice", "PASS s3cret"] "PASV" => "227 *" over Ipv4;
        Alice ["TYPE I", "REST 3", "REIN", "USER alice", "PASS s3cret", "TYPE I", "EPSV"] "RETR hello.txt" =>
            "150 *", "226 *" brings "hello\n";
        Alice ["OPTS MLST size;", "REIN", "USER alice", "PASS s3cret"] "MLST hello.txt" =>
            "250-*\r\n modify=20000101000000;perm=radfw;size=6;type=file;unique=*; /hello.txt\r\n250 *";
        Alice ["OPTS MLST size;", "USER alice", "PASS s3cret"] "FEAT" =>
            "211-*\r\n*MLST type*;perm*;size*;modify*;unique*;unix.mode;unix.uid;unix.gid;\r\n*211 *";
        Alice ["OPTS HASH MD5", "REIN", "USER alice", "PASS s3cret"] "OPTS HASH" => "200 SHA-256";
        Alice ["OPTS HASH MD5", "USER alice", "PASS s3cret"] "OPTS HASH" => "200 SHA-256";
        Alice ["SITE UMASK 027", "REIN", "USER alice", "PASS s3cret"] "SITE UMASK" => "200 *022.";
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
            "211-*\r\n AVBL\r\n CLNT\r\n CSID\r\n EPRT\r\n EPSV\r\n\
             \x20HASH SHA-256*;SHA-1;MD5;CRC32\r\n HOST\r\n LANG EN*\r\n\
             \x20MDTM\r\n MFF Modify;UNIX.mode;\r\n MFMT\r\n\
             \x20MLST type*;perm*;size*;modify*;unique*;unix.mode;unix.uid;unix.gid;\r\n\
             \x20REST STREAM\r\n SIZE\r\n TVFS\r\n UTF8\r\n\
             \x20XCRC\r\n XMD5\r\n XSHA1\r\n XSHA256\r\n211 *";
        Alice ["OPTS MLST size;"] "FEAT" =>
            "211-*\r\n*MLST type;perm;size*;modify;unique;unix.mode;unix.uid;unix.gid;\r\n*211 *";
        Nobody [] "FEAT all" => "501 *";
        Alice [] "OPTS UTF8 ON" => "200 *";
        Alice [] "OPTS utf-8" => "200 *";
        Alice [] "OPTS MLST Type;SIZE;charset;" => "200 MLST OPTS type;size;";
        Alice [] "OPTS MLST" => "200 MLST OPTS*";
        Alice [] "OPTS MLST none;" => "200 MLST OPTS*";
        Alice [] "OPTS MLST type" => "501 *";
        Alice [] "OPTS MLST type; size;" => "501 *";
        Alice [] "OPTS NONE" => "501 *";
        Alice [] "OPTS" => "501 *";
        Nobody [] "OPTS UTF8 ON" => "530 *";
    }
    // What is no command.
    "RFC 959 5.4" {
        Nobody [] "XYZ" => "500 *\"XYZ\"*";
        Alice [] "XYZ a b" => "500 *\"XYZ\"*";
        Alice [] "RETRX hello.txt" => "500 *";
        Alice [] "XRETR hello.txt" => "500 *";
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
        Alice [] "PORT 0,0,0,0,200,1" => "200 *" over Ipv4;
        Alice [] "PORT 127,0,0,2,200,1" => "501 *" over Ipv4;
        Alice [] "PORT 127,0,0,1,0,80" => "501 *" over Ipv4;
        Alice [] "PORT 127,0,0,1,200,1" => "522 *(2)*" over Ipv6;
        Alice ["PORT 127,0,0,1,200,1"] "ABOR" => "225 *" over Ipv4;
        Alice ["PORT 127,0,0,1,200,1", "ABOR"] "RETR hello.txt" => "425 *" over Ipv4;
        Alice ["PORT 127,0,0,1,200,1", "EPSV"] "RETR hello.txt" => "150 *", "226 *" brings "hello\r\n" over Ipv4;
        Alice [] "PORT 127,0,0,1,200" => "501 *";
        Alice [] "PORT 127,0,0,1,200,1,1" => "501 *";
        Alice [] "PORT 127,0,0,1,0,40000" => "501 *";
        Alice [] "PORT 127,0,0,1,0,0" => "501 *";
        Alice [] "PORT localhost:51201" => "501 *";
        Alice [] "PORT 127,0,0,256,200,1" => "501 *";
        Alice [] "PORT" => "501 *";
        Alice ["EPSV ALL"] "PORT 127,0,0,1,200,1" => "501 *";
        Nobody [] "PORT 127,0,0,1,200,1" => "530 *";
    }
    // EPRT.
    "RFC 2428 2" {
        Alice [] "EPRT |1|127.0.0.1|51201|" => "200 *" over Ipv4;
        Alice [] "EPRT |2|0:0:0:0:0:0:0:1|51201|" => "200 *" over Ipv6;
        Alice [] "EPRT |1|0.0.0.0|51201|" => "200 *" over Ipv4;
        Alice [] "EPRT |2|::|51201|" => "200 *" over Ipv6;
        Alice [] "EPRT |1|127.0.0.1|51201|" => "522 *(2)*" over Ipv6;
        Alice [] "EPRT |2|::1|51201|" => "522 *(1)*" over Ipv4;
        Alice [] "EPRT |1|127.0.0.2|51201|" => "501 *" over Ipv4;
        Alice [] "EPRT |1|127.0.0.1|80|" => "501 *" over Ipv4;
        Alice [] "EPRT |3|127.0.0.1|51201|" => "522 *";
        Alice [] "EPRT |1|::1|51201|" => "501 *";
        Alice [] "EPRT !1!127.0.0.1!51201!" => "200 *" over Ipv4;
        Alice [] "EPRT |2|::2|51201|" => "501 *" over Ipv6;
        Alice [] "EPRT |2|::1|80|" => "501 *" over Ipv6;
        Alice ["EPRT |1|127.0.0.1|51201|"] "ABOR" => "225 *" over Ipv4;
        Alice [] "EPRT |1|127.0.0.1|51201" => "501 *";
        Alice [] "EPRT |1|127.0.0.1|0|" => "501 *";
        Alice [] "EPRT |1|127.0.0.1|65536|" => "501 *";
        Alice [] "EPRT |1|localhost|51201|" => "501 *";
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
        Alice [] "EPSV all" => "220 *";
        Alice ["EPSV ALL"] "EPSV 1" => "229 *(|||#|)*" over Ipv4;
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
    // ABOR.
    "RFC 959 4.1.3" {
        Alice [] "ABOR" => "225 *";
        Alice ["EPSV"] "ABOR" => "225 *";
        Alice [] "ABOR now" => "501 *";
        Nobody [] "ABOR" => "530 *";
    }
    // ALLO.
    "RFC 959 4.1.3" {
        Alice [] "ALLO 1024" => "202 *";
        Alice [] "ALLO 1024 R 80" => "202 *";
        Alice [] "ALLO much" => "501 *";
        Alice [] "ALLO" => "501 *";
        Nobody [] "ALLO 1024" => "530 *";
    }
}
