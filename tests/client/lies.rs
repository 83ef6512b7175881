//! What a server may do wrong, and what the client says of it: each is an error with a type, in time.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use ftp_fixture::client::blocking::{Ftp, FtpBuilder};
use ftp_fixture::client::{self, Error, ReplyErrorKind};
use ftp_fixture::proto::ReplyDecodeError;
use ftp_fixture::tls::ClientTls;

use crate::liar::Step::{
    Close, CloseData, EndOfData, Hear, HearData, KeepStill, ResetData, Say, SayForEver, Send,
};
use crate::liar::{Liar, Step};

/// Short enough to be waited for.
const TIMEOUT: Duration = Duration::from_millis(300);

const EPSV: [Step; 2] = [Hear("EPSV"), Say("229 Here (|||{port}|).")];
const TYPE: [Step; 2] = [Hear("TYPE I"), Say("200 Yes.")];
const TEXT: [Step; 2] = [Hear("TYPE A"), Say("200 Yes.")];

/// A liar that is asked for a file, and answers the RETR as `script` says.
fn asked_for_a_file(script: impl IntoIterator<Item = Step>) -> Liar {
    Liar::start(TYPE.into_iter().chain(EPSV).chain([Hear("RETR a")]).chain(script))
}

fn builder() -> FtpBuilder {
    Ftp::builder().timeout(TIMEOUT)
}

fn connect(liar: &Liar) -> Ftp {
    Ftp::connect(liar.address()).unwrap()
}

fn retrieve(ftp: &mut Ftp) -> Result<Vec<u8>, Error> {
    let mut received = Vec::new();
    ftp.retrbinary("RETR a", |block| received.extend_from_slice(block), None)?;
    Ok(received)
}

#[track_caller]
fn assert_kind(error: &Error, kind: ReplyErrorKind, code: u16) {
    assert_eq!(error.reply_kind(), Some(kind), "{error}");
    assert_eq!(error.reply().map(|reply| reply.code().number()), Some(code), "{error}");
}

#[test]
fn a_foreign_address_in_a_227_is_not_connected_to() {
    let script = [Hear("EPSV"), Say("500 What?"), Hear("PASV"), Say("227 Go there (192,0,2,1,{p1},{p2})")];
    let script = script.into_iter().chain([
        Hear("RETR a"),
        Say("150 Here."),
        Send("data"),
        CloseData,
        Say("226 Done."),
    ]);
    let liar = Liar::start(TYPE.into_iter().chain(script));
    let mut ftp = connect(&liar);
    assert_eq!(retrieve(&mut ftp).unwrap(), b"data");
    let transcript = ftp.transcript().to_string();
    assert!(transcript.contains("227 Go there (192,0,2,1,[P1,P2])"), "{transcript}");
}

#[test]
fn a_foreign_address_in_a_227_is_believed_where_it_is_trusted() {
    let script = [Hear("EPSV"), Say("500 What?"), Hear("PASV"), Say("227 Go there (127,0,0,9,{p1},{p2})")];
    let liar = Liar::start(script);
    let mut ftp = Ftp::builder().trust_pasv_address(true).connect(liar.address()).unwrap();
    assert_eq!(ftp.makepasv().unwrap().ip().to_string(), "127.0.0.9");
}

#[test]
fn an_announced_port_where_nobody_listens_is_named() {
    let liar = Liar::start(TYPE.into_iter().chain([Hear("EPSV"), Say("229 Here (|||1|).")]));
    let error = retrieve(&mut connect(&liar)).unwrap_err();
    assert!(matches!(error, Error::Io { .. }), "{error}");
    assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
}

#[test]
fn a_229_without_a_port_is_against_the_protocol_and_pasv_is_tried() {
    let liar = Liar::start([Hear("EPSV"), Say("229 Somewhere."), Hear("PASV"), Say("227 Somewhere.")]);
    let mut ftp = connect(&liar);
    assert_kind(&ftp.makepasv().unwrap_err(), ReplyErrorKind::Proto, 227);
}

#[test]
fn a_229_that_answers_pasv_and_a_227_that_answers_epsv_are_understood() {
    let liar = Liar::start([
        Hear("EPSV"),
        Say("227 Here (127,0,0,1,4,1)"),
        Hear("EPSV"),
        Say("500 No more."),
        Hear("PASV"),
        Say("229 Here (|||1026|)"),
    ]);
    let mut ftp = connect(&liar);
    assert_eq!(ftp.makepasv().unwrap().port(), 1025);
    assert_eq!(ftp.makepasv().unwrap().port(), 1026);
}

#[test]
fn the_final_reply_before_the_first_is_taken_for_neither() {
    let liar = asked_for_a_file([Say("226 Done."), Say("150 Here."), Send("data"), CloseData]);
    let mut ftp = builder().connect(liar.address()).unwrap();
    let error = retrieve(&mut ftp).unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("\"RETR a\""), "{error}");
    assert!(matches!(ftp.pwd(), Err(Error::OutOfStep { .. })));
}

#[test]
fn a_reply_that_nobody_asked_for_is_not_taken_for_the_next() {
    // Both come in one segment.
    let liar = Liar::start([Hear("NOOP"), Say("200 Yes.\r\n200 Yes, yes.")]);
    let mut ftp = connect(&liar);
    ftp.voidcmd("NOOP").unwrap();
    let error = ftp.pwd().unwrap_err();
    assert_kind(&error, ReplyErrorKind::Reply, 200);
    assert!(error.to_string().contains("no command"), "{error}");
}

#[test]
fn a_reply_that_comes_late_is_not_taken_for_the_next() {
    let script = [
        Hear("NOOP"),
        Say("200 Yes."),
        HearData,
        Say("200 Yes, yes."),
        Send("x"),
        Hear("PWD"),
        Say("257 \"/\""),
    ];
    let liar = Liar::start(EPSV.into_iter().chain(script));
    let mut ftp = connect(&liar);
    let mut data = TcpStream::connect(ftp.makepasv().unwrap()).unwrap();
    ftp.voidcmd("NOOP").unwrap();
    // When the byte is back, the second reply is here.
    data.write_all(b"x").unwrap();
    data.read_exact(&mut [0]).unwrap();
    let error = ftp.pwd().unwrap_err();
    assert!(error.to_string().contains("no command"), "{error}");
    assert_eq!(ftp.pwd().unwrap(), "/");
}

#[test]
fn a_reply_of_another_class_is_an_error_with_it() {
    let liar = Liar::start([Hear("RNFR"), Say("200 Done already."), Hear("PWD"), Say("150 Soon.")]);
    let mut ftp = connect(&liar);
    assert_kind(&ftp.rename("a", "b").unwrap_err(), ReplyErrorKind::Reply, 200);
    assert_kind(&ftp.pwd().unwrap_err(), ReplyErrorKind::Reply, 150);
}

#[test]
fn a_reply_of_endless_lines_ends() {
    let liar = Liar::start([Hear("FEAT"), Say("211-Features:"), SayForEver(" X\r\n")]);
    let error = connect(&liar).feat().unwrap_err();
    assert!(matches!(error, Error::NotAReply { error: ReplyDecodeError::TooManyLines, .. }), "{error}");
    let liar = Liar::start([
        Hear("FEAT"),
        Say("211-Features:"),
        SayForEver(
            " 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\r\n",
        ),
    ]);
    let error = connect(&liar).feat().unwrap_err();
    assert!(matches!(error, Error::NotAReply { error: ReplyDecodeError::TooLong, .. }), "{error}");
}

#[test]
fn an_endless_line_ends() {
    let liar = Liar::start([Hear("FEAT"), SayForEver("211 Features ")]);
    let error = connect(&liar).feat().unwrap_err();
    assert!(matches!(error, Error::LineTooLong { limit: 8192, .. }), "{error}");
}

#[test]
fn a_reply_that_never_comes_to_its_last_line_is_not_waited_for_longer_than_said() {
    let liar = Liar::start([Hear("FEAT"), Say("211-Features:"), Say(" SIZE"), KeepStill]);
    let mut ftp = builder().connect(liar.address()).unwrap();
    let error = ftp.feat().unwrap_err();
    assert!(matches!(error, Error::Timeout { after: TIMEOUT, .. }), "{error}");
    // The rest of it may come now; it must not be the next command's.
    assert!(matches!(ftp.pwd(), Err(Error::OutOfStep { .. })));
}

#[test]
fn what_is_no_reply_is_shown() {
    let liar = Liar::start_silently([Say("SSH-2.0-OpenSSH_9.6")]);
    let error = Ftp::connect(liar.address()).unwrap_err();
    assert!(matches!(error, Error::NotAReply { .. }), "{error}");
    assert!(error.to_string().contains("SSH-2.0-OpenSSH_9.6"), "{error}");
}

#[test]
fn a_silent_server_is_given_up() {
    let liar = Liar::start_silently([KeepStill]);
    let error = builder().connect(liar.address()).unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("300ms"), "{error}");
}

#[test]
fn a_greeting_that_asks_to_wait_is_waited_for_and_one_that_refuses_is_an_error() {
    let liar = Liar::start_silently([Say("120 In a minute."), Say("220-Now.\r\n220 Go on.")]);
    assert_eq!(connect(&liar).getwelcome().to_string(), "220-Now.\n220 Go on.");
    let liar = Liar::start_silently([Say("421 Too many users."), Close]);
    assert_kind(&Ftp::connect(liar.address()).unwrap_err(), ReplyErrorKind::Temp, 421);
}

#[test]
fn data_after_the_final_reply_are_read() {
    let liar = asked_for_a_file([Say("150 Here."), Say("226 Done."), Send("late data"), CloseData]);
    assert_eq!(retrieve(&mut connect(&liar)).unwrap(), b"late data");
}

#[test]
fn data_that_never_end_after_the_final_reply_are_not_waited_for() {
    let liar = asked_for_a_file([Say("150 Here."), Say("226 Done."), Send("some"), KeepStill]);
    let error = retrieve(&mut builder().connect(liar.address()).unwrap()).unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("the data of \"RETR a\""), "{error}");
}

#[test]
fn a_server_that_goes_away_in_mid_transfer_has_closed() {
    let liar = asked_for_a_file([Say("150 Here."), Send("half"), Close]);
    let mut ftp = connect(&liar);
    let error = retrieve(&mut ftp).unwrap_err();
    assert!(matches!(error, Error::Closed { .. }), "{error}");
    let transcript = ftp.transcript().to_string();
    assert!(transcript.ends_with("D> half\\c\n-- server closed\n"), "{transcript}");
}

#[test]
fn a_reset_data_connection_is_explained_by_the_server_where_it_does() {
    let liar = asked_for_a_file([Say("150 Here."), Send("half"), ResetData, Say("426 Broken.")]);
    let error = retrieve(&mut connect(&liar)).unwrap_err();
    assert_kind(&error, ReplyErrorKind::Temp, 426);
}

#[test]
fn whoever_reads_may_have_a_reset_explained_too() {
    let liar = asked_for_a_file([Say("150 Here."), Send("half"), ResetData, Say("426 Broken.")]);
    let mut ftp = connect(&liar);
    let mut download = ftp.retrieve("a").unwrap();
    let error = io::copy(&mut download, &mut io::sink()).unwrap_err();
    assert_kind(&download.explained(error), ReplyErrorKind::Temp, 426);
}

#[test]
fn a_transfer_without_a_final_reply_is_not_whole() {
    let liar = asked_for_a_file([Say("150 Here."), Send("data"), CloseData, KeepStill]);
    let mut ftp = builder().connect(liar.address()).unwrap();
    let error = retrieve(&mut ftp).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(matches!(ftp.pwd(), Err(Error::OutOfStep { .. })));
}

#[test]
fn a_server_that_does_not_connect_in_active_mode_is_heard_when_it_says_why() {
    let liar = Liar::start([
        Hear("PORT"),
        Say("200 Yes."),
        Hear("LIST"),
        Say("150 Here."),
        Say("425 Cannot connect."),
    ]);
    let mut ftp = Ftp::builder().active().connect(liar.address()).unwrap();
    assert_kind(&ftp.transfercmd("LIST", None).map(|_| ()).unwrap_err(), ReplyErrorKind::Temp, 425);
    let liar = Liar::start([Hear("PORT"), Say("200 Yes."), Hear("LIST"), Say("150 Here."), KeepStill]);
    let mut ftp = builder().active().connect(liar.address()).unwrap();
    assert!(ftp.transfercmd("LIST", None).map(|_| ()).unwrap_err().is_timeout());
}

#[test]
fn abort_gets_back_into_step_whichever_replies_come() {
    for replies in [
        &["426 Gone.", "226 Stopped."][..],
        &["226 Done.", "225 Nothing to stop."],
        &["226 Stopped."],
        &["426 Gone."],
        &["225 Nothing to stop."],
    ] {
        let mut script = vec![Say("150 Here."), Send("half"), Hear("ABOR")];
        script.extend(replies.iter().map(|reply| Say(reply)));
        // 225 can be ABOR's own alone; after another the client must ask whether one more comes.
        if replies.len() == 1 && !replies[0].starts_with("225") {
            script.extend([Hear("NOOP"), Say("200 Yes.")]);
        }
        script.extend([Hear("PWD"), Say("257 \"/\"")]);
        let liar = asked_for_a_file(script);
        let mut ftp = builder().connect(liar.address()).unwrap();
        let transfer = ftp.retrieve("a").unwrap();
        assert_eq!(transfer.abort().unwrap().to_string(), *replies.last().unwrap());
        assert_eq!(ftp.pwd().unwrap(), "/", "{replies:?}");
    }
}

#[test]
fn lines_of_data_have_a_limit() {
    let script = [
        Hear("LIST"),
        Say("150 Here."),
        Send("0123456789012345678901234567890123456789 is too long\r\n"),
        CloseData,
        Say("226 Done."),
    ];
    let liar = Liar::start(TEXT.into_iter().chain(EPSV).chain(script));
    let mut ftp = Ftp::builder().line_limit(40).connect(liar.address()).unwrap();
    let error = ftp.dir("").unwrap_err();
    assert!(matches!(error, Error::LineTooLong { limit: 40, .. }), "{error}");
}

#[test]
fn what_is_said_in_the_clear_behind_the_234_is_not_believed() {
    let liar = Liar::start([Hear("AUTH TLS"), Say("234 Go on.\r\n230 You are in.")]);
    let mut ftp = builder().tls(ClientTls::unverified()).connect(liar.address()).unwrap();
    let error = ftp.login("ada", "s3cret").unwrap_err();
    assert!(matches!(&error, Error::Tls { reason, .. } if reason.contains("plaintext")), "{error}");
    assert!(matches!(ftp.login("ada", "s3cret"), Err(Error::Closed { .. })));
}

#[test]
fn a_server_that_agrees_to_tls_and_falls_silent_is_given_up() {
    let liar = Liar::start([Hear("AUTH TLS"), Say("234 Go on."), KeepStill]);
    let mut ftp = builder().tls(ClientTls::unverified()).connect(liar.address()).unwrap();
    let error = ftp.login("ada", "s3cret").unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("TLS on the control connection"), "{error}");
}

#[tokio::test]
async fn the_client_that_is_awaited_gives_up_as_well() {
    let liar = asked_for_a_file([Say("150 Here."), Send("some"), KeepStill]);
    let mut ftp = client::Ftp::builder().timeout(TIMEOUT).connect(liar.address()).await.unwrap();
    let error = ftp.retrbinary("RETR a", |_| (), None).await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("the data of \"RETR a\""), "{error}");
    drop(ftp);

    let liar = Liar::start([Hear("FEAT"), Say("211-Features:"), KeepStill]);
    let mut ftp = client::Ftp::builder().timeout(TIMEOUT).connect(liar.address()).await.unwrap();
    assert!(ftp.feat().await.unwrap_err().is_timeout());
    drop(ftp);

    let liar = Liar::start([Hear("PORT"), Say("200 Yes."), Hear("LIST"), Say("150 Here."), KeepStill]);
    let mut ftp = client::Ftp::builder().active().timeout(TIMEOUT).connect(liar.address()).await.unwrap();
    assert!(ftp.transfercmd("LIST", None).await.map(|_| ()).unwrap_err().is_timeout());
}

#[test]
fn no_time_at_all_is_refused() {
    let error = Ftp::builder().timeout(Duration::ZERO).connect("127.0.0.1:1").unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
}

#[test]
fn a_port_that_is_not_said_is_that_of_the_protocol() {
    // Where nobody listens, the error names it.
    let plain = builder().connect("127.9.9.9").unwrap_err();
    assert!(plain.to_string().contains("127.9.9.9:21"), "{plain}");
    let implicit = builder().implicit_tls(ClientTls::unverified()).connect("127.9.9.9").unwrap_err();
    assert!(implicit.to_string().contains("127.9.9.9:990"), "{implicit}");
}

#[test]
fn what_is_no_address_is_refused_before_anyone_is_asked() {
    for address in ["localhost:99999", "localhost:ftp", "[::1]x", "ftp://localhost/"] {
        let error = Ftp::connect(address).unwrap_err();
        assert!(matches!(&error, Error::Refused { reason } if reason.contains(address)), "{error}");
    }
}

#[test]
fn a_type_that_the_server_may_not_have_is_set_again() {
    let size = [Hear("SIZE"), Say("213 1")];
    let script = TYPE.into_iter().chain(size.clone()).chain(size.clone());
    let script = script.chain([Hear("TYPE E"), Say("504 No.")]).chain(TYPE).chain(size.clone());
    let script = script.chain([Hear("USER ada"), Say("331 And?")]).chain(TYPE).chain(size);
    let liar = Liar::start(script);
    let mut ftp = connect(&liar);
    ftp.size("a").unwrap();
    ftp.size("a").unwrap();
    ftp.voidcmd("TYPE E").unwrap_err();
    ftp.size("a").unwrap();
    ftp.sendcmd("USER ada").unwrap();
    ftp.size("a").unwrap();
}

#[test]
fn a_download_that_was_not_read_to_its_end_is_not_whole_though_the_server_is_content() {
    let liar = asked_for_a_file([Say("150 Here (3 bytes)."), Send("abc"), CloseData, Say("226 Done.")]);
    let mut ftp = connect(&liar);
    let mut download = ftp.retrieve("a").unwrap();
    download.read_exact(&mut [0]).unwrap();
    let error = download.finish().unwrap_err();
    assert!(matches!(&error, Error::Incomplete { of, bytes: 1 } if of == "\"RETR a\""), "{error}");
}

#[test]
fn an_upload_over_a_broken_connection_is_not_whole_though_the_server_is_content() {
    let script = [Hear("STOR a"), Say("150 Go on."), HearData, ResetData, Say("226 Done.")];
    let liar = Liar::start(TYPE.into_iter().chain(EPSV).chain(script));
    let mut ftp = connect(&liar);
    let mut upload = ftp.store("a").unwrap();
    while upload.write(b"x").is_ok() {}
    let error = upload.finish().unwrap_err();
    assert!(matches!(&error, Error::Io { .. }), "{error}");
}

#[test]
fn a_store_by_a_verb_that_is_not_known_ends_as_any_other() {
    let script = [Hear("XSTO a"), Say("150 Go on."), HearData, EndOfData, Say("226 Done.")];
    let by_hand = TEXT.into_iter().chain(EPSV).chain(script.clone());
    let liar = Liar::start(TYPE.into_iter().chain(EPSV).chain(script).chain(by_hand));
    let mut ftp = connect(&liar);
    ftp.storbinary("XSTO a", &b"x"[..], None).unwrap();
    ftp.voidcmd("TYPE A").unwrap();
    let mut transfer = ftp.transfercmd("XSTO a", None).unwrap();
    transfer.write_all(b"x").unwrap();
    transfer.finish().unwrap();
}
