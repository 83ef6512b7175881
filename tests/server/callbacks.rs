//! What a test is told of sessions, in which order, and what it can say itself.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};

use ftp_fixture::FtpFixture;
use ftp_fixture::proto::{Parameter, Pathname, Reply};
use ftp_fixture::server::{Greeting, OwnCommand, SessionEvents, SessionInfo};

use crate::wire::Wire;

/// Writes down every call.
#[derive(Debug, Default)]
struct Diary(Mutex<Vec<String>>);

impl Diary {
    fn note(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl SessionEvents for Diary {
    fn on_connect(&self, session: &SessionInfo) -> Greeting {
        self.note(format!("connect {}", session.id));
        Greeting::Banner
    }

    fn on_disconnect(&self, session: &SessionInfo) {
        self.note(format!("disconnect {}", session.id));
    }

    fn on_login(&self, session: &SessionInfo, user: &str) {
        assert_eq!(session.user.as_deref(), Some(user));
        self.note(format!("login {user}"));
    }

    fn on_login_failed(&self, _: &SessionInfo, user: &str, password: &str) {
        self.note(format!("login failed {user} {password}"));
    }

    fn on_logout(&self, _: &SessionInfo, user: &str) {
        self.note(format!("logout {user}"));
    }

    fn on_file_sent(&self, _: &SessionInfo, path: &Pathname) {
        self.note(format!("sent {path}"));
    }

    fn on_file_received(&self, _: &SessionInfo, path: &Pathname) {
        self.note(format!("received {path}"));
    }

    fn on_incomplete_file_sent(&self, _: &SessionInfo, path: &Pathname) {
        self.note(format!("incomplete sent {path}"));
    }

    fn on_incomplete_file_received(&self, _: &SessionInfo, path: &Pathname) {
        self.note(format!("incomplete received {path}"));
    }
}

fn told() -> (FtpFixture, Arc<Diary>) {
    let diary = Arc::new(Diary::default());
    let ftp = FtpFixture::builder()
        .user(ftp_fixture::auth::User::new("ada", "pw").home("/home/ada"))
        .file("home/ada/a", "hello")
        .file("home/ada/big", vec![b'x'; 64 << 20])
        .in_memory()
        .events(diary.clone())
        .start();
    (ftp, diary)
}

#[test]
fn a_session_is_told_of_in_pyftpdlibs_order() {
    let (ftp, diary) = told();
    let mut wire = Wire::connect(&ftp);
    wire.expect(331, "USER ada");
    wire.expect(530, "PASS wrong");
    wire.log_in_as("ada", "pw");
    wire.download("RETR a");
    wire.download("LIST");
    wire.upload("STOR b", "new");
    wire.expect(331, "USER ada");
    wire.expect(230, "PASS pw");
    wire.expect(230, "REIN");
    wire.log_in_as("ada", "pw");
    wire.expect(221, "QUIT");
    ftp.transcript();
    let told = [
        "connect 1",
        "login failed ada wrong",
        "login ada",
        "sent /home/ada/a",
        "received /home/ada/b",
        "logout ada",
        "login ada",
        "logout ada",
        "login ada",
        "logout ada",
        "disconnect 1",
    ];
    assert_eq!(diary.take(), told);
}

#[test]
fn a_client_that_just_goes_away_is_not_logged_out() {
    let (ftp, diary) = told();
    drop(Wire::log_in(&ftp));
    ftp.transcript();
    assert_eq!(diary.take(), ["connect 1", "login ada", "disconnect 1"]);
}

#[test]
fn a_connection_that_the_server_closes_is_told_of_too() {
    let (ftp, diary) = told();
    let _wire = Wire::log_in(&ftp);
    drop(ftp);
    assert_eq!(diary.take(), ["connect 1", "login ada", "disconnect 1"]);
}

#[test]
fn transfers_that_are_broken_off_are_told_of_as_incomplete() {
    let (ftp, diary) = told();
    let mut wire = Wire::log_in(&ftp);
    let mut data = wire.data();
    wire.expect(150, "RETR big");
    data.read_exact(&mut [0; 10]).unwrap();
    wire.expect(426, "ABOR");
    wire.expect_reply(226);
    drop(data);

    let mut data = wire.data();
    wire.expect(150, "STOR c");
    data.write_all(b"part").unwrap();
    drop(wire);
    drop(data);
    ftp.transcript();
    let told = [
        "connect 1",
        "login ada",
        "incomplete sent /home/ada/big",
        "incomplete received /home/ada/c",
        "disconnect 1",
    ];
    assert_eq!(diary.take(), told);
}

/// Lets every second client in.
#[derive(Debug)]
struct EverySecond;

impl SessionEvents for EverySecond {
    fn on_connect(&self, session: &SessionInfo) -> Greeting {
        if session.id.0.is_multiple_of(2) {
            Greeting::Reply(Reply::new(220, "Your turn."))
        } else {
            Greeting::Refuse(Reply::new(421, "Not yours."))
        }
    }
}

#[test]
fn a_callback_greets_or_refuses() {
    let ftp = FtpFixture::builder().in_memory().events(Arc::new(EverySecond)).start();
    let mut first = Wire::connect_silently(ftp.addr());
    assert_eq!(first.reply(), "421 Not yours.");
    assert_eq!(first.read_to_end().unwrap(), "");
    let mut second = Wire::connect_silently(ftp.addr());
    assert_eq!(second.reply(), "220 Your turn.");
    second.expect(200, "NOOP");
}

/// Panics at the first login.
#[derive(Debug)]
struct Clumsy;

impl SessionEvents for Clumsy {
    fn on_login(&self, _: &SessionInfo, user: &str) {
        panic!("{user} was not expected");
    }
}

#[test]
fn a_panic_in_a_callback_ends_its_session_and_is_told_at_the_end() {
    let ftp = FtpFixture::builder().in_memory().events(Arc::new(Clumsy)).start();
    let mut wire = Wire::connect(&ftp);
    wire.log_in_as("user", "12345");
    assert_eq!(wire.read_to_end().unwrap(), "");
    Wire::connect(&ftp).expect(200, "NOOP");
    let unmet = ftp.finish().unwrap_err();
    assert_eq!(unmet.problems(), ["session 1 panicked: user was not expected"]);
}

#[test]
fn a_replaced_command_waits_for_a_running_transfer_like_any_other() {
    let stat = OwnCommand::new("STAT", |_, _| Reply::new(211, "Replaced."));
    let quit = OwnCommand::new("QUIT", |_, _| Reply::new(221, "Not yet."));
    let ftp = FtpFixture::builder().in_memory().command(stat).command(quit).start();
    let mut wire = Wire::log_in(&ftp);
    for _ in 0..2 {
        let mut data = wire.data();
        wire.expect(150, "STOR a");
        wire.send("STAT\r\nQUIT\r\n");
        data.write_all(b"hello").unwrap();
        drop(data);
        wire.expect_reply(226);
        assert_eq!(wire.reply(), "211 Replaced.");
        assert_eq!(wire.reply(), "221 Not yet.");
    }
    let _data = wire.data();
    wire.expect(150, "STOR a");
    wire.expect(426, "ABOR");
    wire.expect_reply(226);
}

#[test]
fn a_command_of_the_tests_own_is_answered_as_it_says() {
    let lock = OwnCommand::new("xlck", |command, session| {
        let user = session.user.as_deref().unwrap_or("nobody");
        Reply::new(250, format!("{} is locked by {user}.", command.parameter().unwrap_or("all")))
    })
    .parameter(Parameter::Required);
    let who = OwnCommand::new("NOOP", |_, _| Reply::new(200, "Replaced.")).for_anyone();
    let ftp = FtpFixture::builder().in_memory().command(lock).command(who).start();
    let mut wire = Wire::connect(&ftp);
    assert_eq!(wire.command("noop"), "200 Replaced.");
    wire.expect(530, "XLCK a");
    wire.log_in_as("user", "12345");
    wire.expect(501, "XLCK");
    assert_eq!(wire.command("XLCK a"), "250 a is locked by user.");
    wire.expect(500, "XULK a");
}
