//! The README's first test, letter by letter.

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
