//! Starts a fixture, drives a session of upload, listing and download with a real client, prints the transcript.
//!
//! `cargo run --example quickstart`

use std::io::Cursor;

use ftp_fixture::prelude::*;
use suppaftp::FtpStream;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ftp = FtpFixture::builder().user("alice:s3cret").file("inbox/hello.txt", "hello\n").start();

    let mut client = FtpStream::connect(ftp.addr())?;
    client.login(ftp.user(), ftp.password())?;
    client.put_file("report.csv", &mut Cursor::new("id,name\n1,Ada\n"))?;
    client.list(Some("/"))?;
    client.retr_as_buffer("inbox/hello.txt")?;
    client.quit()?;

    ftp.root().child("report.csv").assert("id,name\n1,Ada\n");
    #[expect(clippy::print_stdout, reason = "an example shows what it did")]
    {
        print!("{}", ftp.transcript());
    }
    Ok(())
}
