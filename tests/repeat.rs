//! One transcript for one behaviour of the client, however often it is run and however busy the machine is.

#[expect(
    dead_code,
    unreachable_pub,
    reason = "other tests use the rest of the client, and from other modules"
)]
mod wire;

#[expect(unreachable_pub, reason = "other tests use it from other modules")]
mod load;

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::Duration;

use ftp_fixture::prelude::*;
use ftp_fixture::transcript::Transcript;
use socket2::SockRef;
use tempfile::TempDir;

use load::BusyCores;
use wire::Wire;

/// How often the behaviours run that every test has.
const OFTEN: usize = 2_000;
/// How often those run that are like others.
const FEWER: usize = 200;
/// How many runs of one behaviour there are at once.
const AT_ONCE: usize = 4;

/// More than the sockets of both sides hold, so that a download of it cannot end unless somebody reads.
const ENDLESS: u64 = 256 * 1024 * 1024;

#[test]
fn of_a_client_that_quits() {
    let transcript = repeated(OFTEN, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        client.upload("STOR a.txt", "one\n");
        client.download("RETR a.txt");
        client.download("NLST");
        client.expect(221, "QUIT");
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data passive
    D< one
    S> 226 Transfer complete.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> RETR a.txt
    S> 150 Opening data connection (4 bytes).
    -- data passive
    D> one
    S> 226 Transfer complete.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> NLST
    S> 150 Opening data connection.
    -- data passive ascii
    D> a.txt
    S> 226 Transfer complete.
    C> QUIT
    S> 221 Goodbye.
    ");
}

#[test]
fn of_a_client_that_closes_without_quit() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        client.upload("STOR a.txt", "one\n");
        client.send("DELE a.txt\r\n");
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data passive
    D< one
    S> 226 Transfer complete.
    C> DELE a.txt
    S> 250 File removed.
    -- client closed
    ");
}

#[test]
fn of_a_client_that_resets() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        client.send("MKD a\r\n");
        reset(client);
    });
    assert_transcript!(transcript, @r#"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> MKD a
    S> 257 "/a" created.
    -- client closed
    "#);
}

#[test]
fn of_a_client_that_leaves_at_once() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory(), |ftp| {
        drop(Wire::connect_silently(ftp.addr()));
        reset(Wire::connect_silently(ftp.addr()));
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    -- client closed

    == session 2
    S> 220 ftp-fixture ready.
    -- client closed
    ");
}

#[test]
fn of_a_client_that_pipelines_without_reading() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::connect_silently(ftp.addr());
        client.send("USER user\r\nPASS 12345\r\nMKD a\r\nCWD a\r\n");
        client.send("PWD\r\nSTOR b.txt\r\nQUIT\r\nNOOP\r\n");
    });
    assert_transcript!(transcript, @r#"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> MKD a
    S> 257 "/a" created.
    C> CWD a
    S> 250 "/a" is the working directory.
    C> PWD
    S> 257 "/a" is the working directory.
    C> STOR b.txt
    S> 425 Use PASV, EPSV, PORT or EPRT first.
    C> QUIT
    S> 221 Goodbye.
    "#);
}

#[test]
fn of_a_client_killed_in_mid_upload() {
    let transcript = repeated(OFTEN, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        let mut data = client.data();
        client.expect(150, "STOR a.txt");
        data.write_all(&[b'x'; 1000]).unwrap();
        kill(client, data);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data passive
    -- data interrupted
    -- client closed
    ");
}

#[test]
fn of_a_client_killed_before_it_reads_that_its_upload_may_begin() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        let data = client.data();
        client.send("STOR a.txt\r\n");
        kill(client, data);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data passive
    -- data interrupted
    -- client closed
    ");
}

#[test]
fn of_a_client_killed_in_mid_download() {
    let directory = endless_file();
    let transcript = repeated(OFTEN, &serving(directory.path()), |ftp| {
        let mut client = Wire::log_in(ftp);
        let mut data = client.data();
        client.expect(150, "RETR endless.bin");
        data.read_exact(&mut [0; 1000]).unwrap();
        kill(client, data);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> RETR endless.bin
    S> 150 Opening data connection (268435456 bytes).
    -- data passive
    -- data interrupted
    S> 426 Connection closed; transfer aborted.
    -- client closed
    ");
}

#[test]
fn of_a_client_killed_when_a_small_download_begins() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory().file("a.txt", "one\n"), |ftp| {
        let mut client = Wire::log_in(ftp);
        let data = client.data();
        client.expect(150, "RETR a.txt");
        kill(client, data);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> RETR a.txt
    S> 150 Opening data connection (4 bytes).
    -- data passive
    D> one
    S> 226 Transfer complete.
    -- client closed
    ");
}

#[test]
fn of_a_client_killed_when_a_download_of_many_segments_begins() {
    let builder = FtpFixture::builder().in_memory().file("b.bin", vec![0; 60_000]);
    let transcript = repeated(FEWER, &builder, |ftp| {
        let mut client = Wire::log_in(ftp);
        let data = client.data();
        client.expect(150, "RETR b.bin");
        kill(client, data);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> RETR b.bin
    S> 150 Opening data connection (60000 bytes).
    -- data passive
    D> \@ sha256:0946e2eb0fb9ea7ddd935efd1922bc7d1f27101c69ce6d2f5145c7ee28f1b6ba 60000
    S> 226 Transfer complete.
    -- client closed
    ");
}

#[test]
fn of_a_client_that_aborts_an_upload() {
    let transcript = repeated(OFTEN, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        let mut data = client.data();
        client.expect(150, "STOR a.txt");
        data.write_all(&[b'x'; 1000]).unwrap();
        client.send("ABOR\r\n");
        drop(data);
        client.expect_reply(426);
        client.expect_reply(226);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data passive
    -- data interrupted
    C> ABOR
    S> 426 Transfer aborted.
    S> 226 ABOR done.
    -- client closed
    ");
}

#[test]
fn of_a_client_that_aborts_a_download() {
    let directory = endless_file();
    let transcript = repeated(FEWER, &serving(directory.path()), |ftp| {
        let mut client = Wire::log_in(ftp);
        let data = client.data();
        client.expect(150, "RETR endless.bin");
        client.send("ABOR\r\n");
        drop(data);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> RETR endless.bin
    S> 150 Opening data connection (268435456 bytes).
    -- data passive
    -- data interrupted
    C> ABOR
    S> 426 Transfer aborted.
    S> 226 ABOR done.
    -- client closed
    ");
}

#[test]
fn of_a_client_that_pipelines_abor_behind_a_small_download() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory().file("a.txt", "one\n"), |ftp| {
        let mut client = Wire::log_in(ftp);
        let _data = client.data();
        client.send("RETR a.txt\r\nABOR\r\n");
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> RETR a.txt
    S> 150 Opening data connection (4 bytes).
    -- data passive
    D> one
    S> 226 Transfer complete.
    C> ABOR
    S> 225 No transfer to abort.
    -- client closed
    ");
}

#[test]
fn of_two_sessions_one_after_the_other() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory().file("a.txt", "one\n"), |ftp| {
        let mut first = Wire::log_in(ftp);
        first.send("DELE a.txt\r\n");
        drop(first);
        let mut second = Wire::connect_silently(ftp.addr());
        second.send("USER user\r\nPASS 12345\r\nSTAT a.txt\r\nMKD a.txt\r\nQUIT\r\n");
    });
    assert_transcript!(transcript, @r#"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> DELE a.txt
    S> 250 File removed.
    -- client closed

    == session 2
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> STAT a.txt
    S> 550 No such file or directory.
    C> MKD a.txt
    S> 257 "/a.txt" created.
    C> QUIT
    S> 221 Goodbye.
    "#);
}

#[test]
fn of_a_session_after_one_killed_in_mid_upload() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory(), |ftp| {
        let mut first = Wire::log_in(ftp);
        let mut data = first.data();
        first.expect(150, "STOR a.txt");
        data.write_all(b"one\n").unwrap();
        kill(first, data);
        let mut second = Wire::connect_silently(ftp.addr());
        second.send("USER user\r\nPASS 12345\r\nTYPE I\r\nSIZE a.txt\r\nQUIT\r\n");
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data passive
    -- data interrupted
    -- client closed

    == session 2
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> SIZE a.txt
    S> 213 4
    C> QUIT
    S> 221 Goodbye.
    ");
}

#[test]
fn of_a_client_in_active_mode() {
    let transcript = repeated(OFTEN, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        let listener = TcpListener::bind((ftp.addr().ip(), 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        client.expect(200, &format!("PORT 127,0,0,1,{},{}", port >> 8, port & 0xff));
        client.expect(150, "STOR a.txt");
        let (mut data, _) = listener.accept().unwrap();
        data.write_all(b"one\n").unwrap();
        drop(data);
        client.expect_reply(226);
        client.expect(200, &format!("EPRT |1|127.0.0.1|{port}|"));
        client.expect(150, "RETR a.txt");
        let mut content = String::new();
        listener.accept().unwrap().0.read_to_string(&mut content).unwrap();
        assert_eq!(content, "one\n");
        client.expect_reply(226);
        client.expect(221, "QUIT");
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> PORT [ADDR]
    S> 200 Data port noted.
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data active
    D< one
    S> 226 Transfer complete.
    C> EPRT [ADDR]
    S> 200 Data port noted.
    C> RETR a.txt
    S> 150 Opening data connection (4 bytes).
    -- data active
    D> one
    S> 226 Transfer complete.
    C> QUIT
    S> 221 Goodbye.
    ");
}

#[test]
fn of_a_client_killed_in_mid_upload_in_active_mode() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        let listener = TcpListener::bind((ftp.addr().ip(), 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        client.expect(200, &format!("EPRT |1|127.0.0.1|{port}|"));
        client.expect(150, "STOR a.txt");
        let (mut data, _) = listener.accept().unwrap();
        data.write_all(&[b'x'; 1000]).unwrap();
        kill(client, data);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPRT [ADDR]
    S> 200 Data port noted.
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data active
    -- data interrupted
    -- client closed
    ");
}

#[test]
fn of_a_client_that_closes_its_upload_and_reads_no_reply() {
    let transcript = repeated(FEWER, &FtpFixture::builder().in_memory(), |ftp| {
        let mut client = Wire::log_in(ftp);
        let mut data = client.data();
        client.expect(150, "STOR a.txt");
        data.write_all(&[b'x'; 1000]).unwrap();
        drop(data);
        drop(client);
    });
    assert_transcript!(transcript, @r"
    == session 1
    S> 220 ftp-fixture ready.
    C> USER user
    S> 331 Password required.
    C> PASS [PASSWORD]
    S> 230 Login successful.
    C> TYPE I
    S> 200 Type set to binary.
    C> EPSV
    S> 229 Entering extended passive mode (|||[PORT]|).
    C> STOR a.txt
    S> 150 Opening data connection.
    -- data passive
    -- data interrupted
    -- client closed
    ");
}

/// Runs `client` against as many fixtures, some at once, on a busy machine; gives the one transcript of all.
#[track_caller]
fn repeated(
    count: usize,
    builder: &ftp_fixture::fixture::FtpFixtureBuilder,
    client: impl Fn(&FtpFixture) + Sync,
) -> Transcript {
    let _busy = BusyCores::shared(4);
    let run = || {
        let ftp = builder.clone().start();
        client(&ftp);
        ftp.transcript()
    };
    let first = run();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                for run_number in 1..=count / AT_ONCE {
                    let transcript = run();
                    assert!(
                        transcript == first,
                        "run {run_number} differs\n{transcript}\nfrom the first\n{first}"
                    );
                }
            });
        }
    });
    first
}

/// Closes a control connection with a reset instead of an orderly end.
fn reset(client: Wire) {
    SockRef::from(client.socket()).set_linger(Some(Duration::ZERO)).unwrap();
}

/// Closes sockets in the order in which they were opened; a killed process's kernel does it either way.
fn kill(client: Wire, data: TcpStream) {
    drop(client);
    drop(data);
}

fn endless_file() -> TempDir {
    let directory = TempDir::new().unwrap();
    File::create(directory.path().join("endless.bin")).unwrap().set_len(ENDLESS).unwrap();
    directory
}

fn serving(directory: &Path) -> ftp_fixture::fixture::FtpFixtureBuilder {
    FtpFixture::builder().serve_dir(directory)
}
