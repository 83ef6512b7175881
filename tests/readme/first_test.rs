//! The README's first test, letter by letter, so that what people copy is known to work.
#![cfg(feature = "insta")]

use std::io::Cursor;

use ftp_fixture::prelude::*;
use suppaftp::FtpStream; // your client

#[tracing_test::traced_test]
#[test]
fn uploads_the_report() {
    let ftp = FtpFixture::builder()
        .user("alice:s3cret:elradfmwMT") // name:password[:permissions]
        .file("inbox/hello.txt", "hello\n")
        .start(); // listening on return, on a free port

    let mut client = FtpStream::connect(ftp.addr()).unwrap();
    client.login("alice", "s3cret").unwrap();
    client.put_file("report.csv", &mut Cursor::new("id,name\n1,Ada\n")).unwrap();
    client.quit().unwrap();

    ftp.root().child("report.csv").assert("id,name\n1,Ada\n"); // assert_fs
    assert_transcript!(ftp, @r#"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER alice
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> PASV
    S> 227 Entering passive mode ([PASV]).
    C> STOR report.csv
    S> 150 Opening data connection.
    -- data passive ascii
    D< id,name
    D< 1,Ada
    S> 226 Transfer complete.
    C> QUIT
    S> 221 Goodbye.
    "#);
    assert!(logs_contain("logged in")); // the server's events, in this test's log
}

#[test]
fn the_readme_shows_this_very_test() {
    let source = include_str!("readme.rs");
    let start = source.find("use std::io::Cursor;").unwrap();
    let end = source.find("\n#[test]\nfn the_readme_shows").unwrap();
    assert!(
        include_str!("../README.md").contains(&source[start..end]),
        "README.md and tests/readme.rs differ"
    );
}
