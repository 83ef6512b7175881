//! suppaftp, a client in Rust, within this process: PASV, or EPSV when told to, REST to resume, `TYPE A N`.

use std::io::{Cursor, Read, Write};
use std::time::Duration;

use ftp_fixture::prelude::*;
use suppaftp::types::{FileType, FormatControl, Mode};
use suppaftp::{FtpError, FtpStream};

use crate::payload::{BREAK, HUGE, TEXT, UTF8_NAME, assert_same, binary};
use crate::server::{fixture, fixture_on_ipv6};

/// How long it waits for the server to connect in active mode.
const ACTIVE_TIMEOUT: Duration = Duration::from_secs(30);

/// The first user's session, in binary.
fn log_in(ftp: &FtpFixture) -> FtpStream {
    let mut client = FtpStream::connect(ftp.addr()).expect("connect");
    client.login(ftp.user(), ftp.password()).expect("log in");
    client.transfer_type(FileType::Binary).expect("set the type");
    client
}

fn retrieve(client: &mut FtpStream, path: &str) -> Vec<u8> {
    client.retr_as_buffer(path).expect("retrieve a file").into_inner()
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(result: Result<T, FtpError>, code: u32) {
    match result {
        Err(FtpError::UnexpectedResponse(reply)) => assert_eq!(reply.status.code(), code, "{reply}"),
        other => panic!("it was to be refused with {code}, and came to {other:?}"),
    }
}

#[test]
fn uploads_arrive_byte_for_byte() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    client.cwd("inbox").unwrap();
    client.put_file("big.bin", &mut Cursor::new(binary())).unwrap();
    client.put_file("text.csv", &mut Cursor::new(TEXT)).unwrap();
    client.quit().unwrap();
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    ftp.root().child("inbox/text.csv").assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    assert_same(&retrieve(&mut client, "pub/big.bin"), &binary());
    assert_same(&retrieve(&mut client, "pub/text.csv"), TEXT.as_bytes());
    client.quit().unwrap();
    assert_transcript!(ftp);
}

#[test]
fn text_in_ascii_is_what_the_wire_carries() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    client.transfer_type(FileType::Ascii(FormatControl::NonPrint)).unwrap();
    client.put_file("lines.txt", &mut Cursor::new("one\r\ntwo\r\n")).unwrap();
    assert_eq!(retrieve(&mut client, "lines.txt"), b"one\r\ntwo\r\n");
    client.quit().unwrap();
    ftp.root().child("lines.txt").assert("one\ntwo\n");
    assert_transcript!(ftp);
}

#[test]
fn a_broken_download_is_resumed() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    let mut received = binary()[..BREAK].to_vec();
    client.resume_transfer(BREAK).unwrap();
    received.extend(retrieve(&mut client, "pub/big.bin"));
    client.quit().unwrap();
    assert_same(&received, &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_broken_upload_is_resumed_by_rest_or_by_appe() {
    let ftp = fixture();
    ftp.write("/inbox/rest.bin", &binary()[..BREAK]);
    ftp.write("/inbox/appe.bin", &binary()[..BREAK]);
    let mut client = log_in(&ftp);
    let done = client.size("inbox/rest.bin").unwrap();
    client.resume_transfer(done).unwrap();
    client.put_file("inbox/rest.bin", &mut Cursor::new(&binary()[done..])).unwrap();
    client.append_file("inbox/appe.bin", &mut Cursor::new(&binary()[done..])).unwrap();
    client.quit().unwrap();
    assert_same(&ftp.read("/inbox/rest.bin"), &binary());
    assert_same(&ftp.read("/inbox/appe.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn directories_are_listed_in_four_ways() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    assert_eq!(client.list(Some("pub")).unwrap().len(), 2);
    assert_eq!(client.nlst(Some("pub")).unwrap(), ["big.bin", "text.csv"]);
    assert_eq!(client.mlsd(Some("pub")).unwrap().len(), 2);
    assert!(client.mlst(Some("pub/big.bin")).unwrap().contains("size=204800;"));
    assert_eq!(client.mdtm("pub/big.bin").unwrap().to_string(), "2000-01-01 00:00:00");
    assert!(client.feat().unwrap().contains_key("SIZE"));
    client.quit().unwrap();
    assert_transcript!(ftp);
}

#[test]
fn files_are_renamed_and_deleted_and_directories_made_and_removed() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    client.mkdir("new").unwrap();
    client.mkdir("say \"hi\"").unwrap();
    client.rename("two words.txt", "new/2.txt").unwrap();
    client.rm("pub/text.csv").unwrap();
    client.rmdir("say \"hi\"").unwrap();
    client.cwd("new").unwrap();
    assert_eq!(client.pwd().unwrap(), "/new");
    client.cdup().unwrap();
    client.noop().unwrap();
    client.quit().unwrap();
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub/text.csv") && !ftp.exists("/say \"hi\""));
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    client.cwd("inbox").unwrap();
    client.put_file(UTF8_NAME, &mut Cursor::new(TEXT)).unwrap();
    assert_same(&retrieve(&mut client, UTF8_NAME), TEXT.as_bytes());
    assert_same(&retrieve(&mut client, "../two words.txt"), b"two\n");
    assert_eq!(client.nlst(None).unwrap(), [UTF8_NAME]);
    client.quit().unwrap();
    ftp.root().child("inbox").child(UTF8_NAME).assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn a_download_that_is_aborted_leaves_a_session_that_works() {
    let ftp = fixture();
    ftp.write("/pub/huge.bin", vec![0; HUGE]);
    let mut client = log_in(&ftp);
    let mut transfer = client.retr_as_stream("pub/huge.bin").unwrap();
    transfer.read_exact(&mut [0; 1000]).unwrap();
    client.abort(transfer).unwrap();
    // How much of the file was sent is chance, so that there is no snapshot.
    assert_same(&retrieve(&mut client, "two words.txt"), b"two\n");
    client.quit().unwrap();
}

#[test]
fn an_upload_that_is_written_piece_by_piece_is_one_file() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    let mut upload = client.put_with_stream("inbox/pieces").unwrap();
    for piece in ["one", "two", "three"] {
        upload.write_all(piece.as_bytes()).unwrap();
        upload.flush().unwrap();
    }
    upload.finish().unwrap();
    client.quit().unwrap();
    ftp.root().child("inbox/pieces").assert("onetwothree");
    assert_transcript!(ftp);
}

#[test]
fn a_wrong_password_is_refused_and_the_right_one_then_taken() {
    let ftp = fixture();
    let mut client = FtpStream::connect(ftp.addr()).unwrap();
    assert_refused(client.login("alice", "wrong"), 530);
    client.login("alice", "s3cret").unwrap();
    client.quit().unwrap();
    assert_transcript!(ftp);
}

#[test]
fn a_user_who_may_only_read_changes_nothing() {
    let ftp = fixture();
    let mut client = FtpStream::connect(ftp.addr()).unwrap();
    client.login("bob", "pw").unwrap();
    assert_refused(client.put_file("new.txt", &mut Cursor::new("new")), 550);
    assert_refused(client.append_file("two words.txt", &mut Cursor::new("more")), 550);
    assert_refused(client.rm("two words.txt"), 550);
    assert_refused(client.rename("two words.txt", "2.txt"), 550);
    assert_refused(client.mkdir("new"), 550);
    assert_refused(client.rmdir("inbox"), 550);
    client.quit().unwrap();
    ftp.root().child("two words.txt").assert("two\n");
    assert!(ftp.exists("/inbox") && !ftp.exists("/new") && !ftp.exists("/new.txt"));
    assert_transcript!(ftp);
}

#[test]
fn passive_mode_works_with_epsv_and_active_with_port() {
    let ftp = fixture();
    let mut client = log_in(&ftp);
    client.set_mode(Mode::ExtendedPassive);
    assert_same(&retrieve(&mut client, "pub/big.bin"), &binary());
    let mut client = client.active_mode(ACTIVE_TIMEOUT);
    client.put_file("inbox/big.bin", &mut Cursor::new(binary())).unwrap();
    assert_same(&retrieve(&mut client, "inbox/big.bin"), &binary());
    client.quit().unwrap();
    assert_transcript!(ftp);
}

#[test]
fn ipv6_works_passive_and_active() {
    let Some(ftp) = fixture_on_ipv6() else { return };
    let mut client = log_in(&ftp);
    client.set_mode(Mode::ExtendedPassive);
    assert_same(&retrieve(&mut client, "pub/big.bin"), &binary());
    let mut client = client.active_mode(ACTIVE_TIMEOUT);
    client.put_file("inbox/big.bin", &mut Cursor::new(binary())).unwrap();
    client.quit().unwrap();
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}
