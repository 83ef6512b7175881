//! A client such as users of the fixture have, and unit tests beside it.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};

/// Logs in and makes a directory.
///
/// # Errors
/// When the connection breaks, or a reply says no.
pub fn make_directory(server: SocketAddr, user: &str, password: &str, name: &str) -> io::Result<()> {
    let mut connection = BufReader::new(TcpStream::connect(server)?);
    expect(&mut connection, "220")?;
    for (command, code) in [
        (format!("USER {user}"), "331"),
        (format!("PASS {password}"), "230"),
        (format!("MKD {name}"), "257"),
        ("QUIT".to_owned(), "221"),
    ] {
        connection.get_mut().write_all(format!("{command}\r\n").as_bytes())?;
        expect(&mut connection, code)?;
    }
    Ok(())
}

fn expect(connection: &mut BufReader<TcpStream>, code: &str) -> io::Result<()> {
    let mut reply = String::new();
    connection.read_line(&mut reply)?;
    if reply.starts_with(code) { Ok(()) } else { Err(io::Error::other(reply)) }
}

#[cfg(test)]
mod tests {
    use ftp_fixture::prelude::*;

    use super::*;

    #[test]
    fn a_directory_is_made() {
        let ftp = FtpFixture::start();
        make_directory(ftp.addr(), ftp.user(), ftp.password(), "inbox").unwrap();
        assert_transcript!(ftp);
    }

    mod refusals {
        use super::*;

        #[test]
        fn a_directory_is_made() {
            let ftp = FtpFixture::builder().user("user:12345:elr").start();
            make_directory(ftp.addr(), ftp.user(), ftp.password(), "inbox").unwrap_err();
            assert_transcript!(ftp);
        }
    }
}
