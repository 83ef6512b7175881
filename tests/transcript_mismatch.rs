//! What a transcript that is not as expected is reported as: one of each kind, as its reader sees it.
#![cfg(feature = "insta")]

use ftp_fixture::transcript::{Expectation, Mismatch, MismatchKind, Transcript};
use insta::assert_snapshot;

const SESSION: &str = "\
== session 1
S> 220 ftp-fixture ready.
C> USER alice
S> 331 Password required.
C> PASS [PASSWORD]
S> 230-Welcome, alice
S> 230 Logged in.
C> TYPE I
S> 200 Type set to binary.
C> PASV
S> 227 Entering passive mode ([PASV]).
C> STOR report.csv
S> 150 Opening data connection.
-- data passive
D< id,name
D< 1,Ada
S> 226 Transfer complete.
C> RETR logo.png
S> 150 Opening data connection.
-- data passive
D> \\@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
S> 226 Transfer complete.
C> QUIT
S> 221 Goodbye.
";

/// The mismatch when a transcript came that differs from the session above by putting `to` in the place of `from`.
fn changed(from: &str, to: &str) -> Mismatch {
    assert_eq!(SESSION.matches(from).count(), 1, "{from}");
    compared(SESSION, &SESSION.replace(from, to))
}

fn compared(expected: &str, received: &str) -> Mismatch {
    transcript(received).compare(&transcript(expected)).unwrap_err()
}

fn matched(expected: &str, received: &str) -> Mismatch {
    transcript(received).matches(&Expectation::parse(expected).unwrap()).unwrap_err()
}

fn transcript(text: &str) -> Transcript {
    Transcript::parse(text).unwrap()
}

#[test]
fn a_wrong_verb() {
    let mismatch = changed("TYPE I", "MODE S");
    assert_eq!(mismatch.kind(), MismatchKind::WrongVerb);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 3: the client sent `MODE S` where `TYPE I` was expected

    expected  8 | C> TYPE I
                |    ^^^^^^
    received  8 | C> MODE S
                |    ^^^^^^

    received, the lines around:
       5 | C> PASS [PASSWORD]
       6 | S> 230-Welcome, alice
       7 | S> 230 Logged in.
    >  8 | C> MODE S
       9 | S> 200 Type set to binary.
      10 | C> PASV
      11 | S> 227 Entering passive mode ([PASV]).
    ");
}

#[test]
fn a_wrong_parameter() {
    let mismatch = changed("report.csv", "raport.csv");
    assert_eq!(mismatch.kind(), MismatchKind::WrongParameter);
    assert_eq!((mismatch.session(), mismatch.exchange()), (1, 5));
    assert_eq!((mismatch.expected_line(), mismatch.received_line()), (Some(12), Some(12)));
    assert_snapshot!(mismatch, @r"
    session 1, exchange 5: the client sent `STOR raport.csv` where `STOR report.csv` was expected

    expected 12 | C> STOR report.csv
                |          ^
    received 12 | C> STOR raport.csv
                |          ^

    received, the lines around:
       9 | S> 200 Type set to binary.
      10 | C> PASV
      11 | S> 227 Entering passive mode ([PASV]).
    > 12 | C> STOR raport.csv
      13 | S> 150 Opening data connection.
      14 | -- data passive
      15 | D< id,name
    ");
}

#[test]
fn a_missing_command() {
    let mismatch = changed("C> TYPE I\nS> 200 Type set to binary.\n", "");
    assert_eq!(mismatch.kind(), MismatchKind::MissingCommand);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 3: the client did not send `TYPE I`; next came `C> PASV`

    expected  8 | C> TYPE I
    received  8 | C> PASV

    received, the lines around:
       5 | C> PASS [PASSWORD]
       6 | S> 230-Welcome, alice
       7 | S> 230 Logged in.
    >  8 | C> PASV
       9 | S> 227 Entering passive mode ([PASV]).
      10 | C> STOR report.csv
      11 | S> 150 Opening data connection.
    ");
}

#[test]
fn commands_missing_at_the_end() {
    let mismatch = changed("C> QUIT\nS> 221 Goodbye.\n", "");
    assert_eq!(mismatch.kind(), MismatchKind::MissingCommand);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 7: the client did not send `QUIT`; the session ended without it

    expected 23 | C> QUIT
    received    | (nothing more)

    received, the lines around:
      20 | -- data passive
      21 | D> \@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
      22 | S> 226 Transfer complete.
    ");
}

#[test]
fn extra_commands() {
    let mismatch = changed("C> TYPE I", "C> SYST\nS> 215 UNIX Type: L8\nC> FEAT\nS> 211 End.\nC> TYPE I");
    assert_eq!(mismatch.kind(), MismatchKind::ExtraCommand);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 3: the client sent `SYST` and one more command, which were not expected

    expected  8 | C> TYPE I
    received  8 | C> SYST

    received, the lines around:
       5 | C> PASS [PASSWORD]
       6 | S> 230-Welcome, alice
       7 | S> 230 Logged in.
    >  8 | C> SYST
       9 | S> 215 UNIX Type: L8
      10 | C> FEAT
      11 | S> 211 End.
    ");
}

#[test]
fn another_reply_code() {
    let mismatch = changed("200 Type set to binary.", "504 Type not supported.");
    assert_eq!(mismatch.kind(), MismatchKind::ReplyCode);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 3: the server replied `504 Type not supported.` where `200 Type set to binary.` was expected

    expected  9 | S> 200 Type set to binary.
                |    ^^^
    received  9 | S> 504 Type not supported.
                |    ^^^

    received, the lines around:
       6 | S> 230-Welcome, alice
       7 | S> 230 Logged in.
       8 | C> TYPE I
    >  9 | S> 504 Type not supported.
      10 | C> PASV
      11 | S> 227 Entering passive mode ([PASV]).
      12 | C> STOR report.csv
    ");
}

#[test]
fn another_reply_text() {
    let mismatch = changed("331 Password required.", "331 Password, please.");
    assert_eq!(mismatch.kind(), MismatchKind::ReplyText);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 1: the server replied `331 Password, please.` where `331 Password required.` was expected

    expected  4 | S> 331 Password required.
                |                ^^^^^^^^^
    received  4 | S> 331 Password, please.
                |                ^^^^^^^^

    received, the lines around:
      1 | == session 1
      2 | S> 220 ftp-fixture ready.
      3 | C> USER alice
    > 4 | S> 331 Password, please.
      5 | C> PASS [PASSWORD]
      6 | S> 230-Welcome, alice
      7 | S> 230 Logged in.
    ");
}

#[test]
fn a_missing_line_of_a_reply() {
    let mismatch = changed("S> 230-Welcome, alice\n", "");
    assert_eq!(mismatch.kind(), MismatchKind::MissingReply);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 2: the server did not reply `230-Welcome, alice`; next came `S> 230 Logged in.`

    expected  6 | S> 230-Welcome, alice
    received  6 | S> 230 Logged in.

    received, the lines around:
      3 | C> USER alice
      4 | S> 331 Password required.
      5 | C> PASS [PASSWORD]
    > 6 | S> 230 Logged in.
      7 | C> TYPE I
      8 | S> 200 Type set to binary.
      9 | C> PASV
    ");
}

#[test]
fn an_extra_reply() {
    let mismatch = changed("S> 221 Goodbye.", "S> 221 Goodbye.\nS> 421 Timeout.");
    assert_eq!(mismatch.kind(), MismatchKind::ExtraReply);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 7: the server replied `421 Timeout.`, which was not expected

    expected    | (nothing more)
    received 25 | S> 421 Timeout.

    received, the lines around:
      22 | S> 226 Transfer complete.
      23 | C> QUIT
      24 | S> 221 Goodbye.
    > 25 | S> 421 Timeout.
    ");
}

#[test]
fn another_greeting() {
    let mismatch = changed("220 ftp-fixture ready.", "220 (vsFTPd 3.0.5)");
    assert_eq!((mismatch.kind(), mismatch.exchange()), (MismatchKind::ReplyText, 0));
    assert_snapshot!(mismatch, @r"
    session 1, before the first command: the server replied `220 (vsFTPd 3.0.5)` where `220 ftp-fixture ready.` was expected

    expected  2 | S> 220 ftp-fixture ready.
                |        ^^^^^^^^^^^^^^^^^^
    received  2 | S> 220 (vsFTPd 3.0.5)
                |        ^^^^^^^^^^^^^^

    received, the lines around:
      1 | == session 1
    > 2 | S> 220 (vsFTPd 3.0.5)
      3 | C> USER alice
      4 | S> 331 Password required.
      5 | C> PASS [PASSWORD]
    ");
}

#[test]
fn another_text_of_a_payload() {
    let mismatch = changed("1,Ada", "1,Adá☃\\tLovelace");
    assert_eq!(mismatch.kind(), MismatchKind::PayloadText);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 5: the data to the server have `1,Adá☃\tLovelace` where `1,Ada` was expected

    expected 16 | D< 1,Ada
                |        ^
    received 16 | D< 1,Adá☃\tLovelace
                |        ^^^^^^^^^^^^

    received, the lines around:
      13 | S> 150 Opening data connection.
      14 | -- data passive
      15 | D< id,name
    > 16 | D< 1,Adá☃\tLovelace
      17 | S> 226 Transfer complete.
      18 | C> RETR logo.png
      19 | S> 150 Opening data connection.
    ");
}

#[test]
fn a_payload_that_ends_too_soon() {
    let mismatch = changed("D< 1,Ada\n", "");
    assert_eq!(mismatch.kind(), MismatchKind::PayloadText);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 5: the data to the server lack `1,Ada`; next came `S> 226 Transfer complete.`

    expected 16 | D< 1,Ada
    received 16 | S> 226 Transfer complete.

    received, the lines around:
      13 | S> 150 Opening data connection.
      14 | -- data passive
      15 | D< id,name
    > 16 | S> 226 Transfer complete.
      17 | C> RETR logo.png
      18 | S> 150 Opening data connection.
      19 | -- data passive
    ");
}

#[test]
fn another_digest_of_a_payload() {
    let mismatch = changed("9f86d081884c", "ffffd081884c");
    assert_eq!(mismatch.kind(), MismatchKind::PayloadDigest);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 6: the data to the client have another digest than expected

    expected 21 | D> \@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
                |              ^^^^
    received 21 | D> \@ sha256:ffffd081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
                |              ^^^^

    received, the lines around:
      18 | C> RETR logo.png
      19 | S> 150 Opening data connection.
      20 | -- data passive
    > 21 | D> \@ sha256:ffffd081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
      22 | S> 226 Transfer complete.
      23 | C> QUIT
      24 | S> 221 Goodbye.
    ");
}

#[test]
fn another_length_of_a_payload() {
    let mismatch = changed("0f00a08 65536", "0f00a08 512");
    assert_eq!(mismatch.kind(), MismatchKind::PayloadDigest);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 6: the data to the client are 512 bytes where 65536 were expected

    expected 21 | D> \@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
                |                                                                               ^^^^^
    received 21 | D> \@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 512
                |                                                                               ^^^

    received, the lines around:
      18 | C> RETR logo.png
      19 | S> 150 Opening data connection.
      20 | -- data passive
    > 21 | D> \@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 512
      22 | S> 226 Transfer complete.
      23 | C> QUIT
      24 | S> 221 Goodbye.
    ");
}

#[test]
fn a_missing_event() {
    let mismatch = compared(
        "== session 1\nS> 220 Ready.\nC> AUTH TLS\nS> 234 Ok.\n-- tls control\nC> PBSZ 0\nS> 200 Ok.\n",
        "== session 1\nS> 220 Ready.\nC> AUTH TLS\nS> 234 Ok.\nC> PBSZ 0\nS> 200 Ok.\n",
    );
    assert_eq!(mismatch.kind(), MismatchKind::MissingEvent);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 1: the event `tls control` is missing; next came `C> PBSZ 0`

    expected 5 | -- tls control
    received 5 | C> PBSZ 0

    received, the lines around:
      2 | S> 220 Ready.
      3 | C> AUTH TLS
      4 | S> 234 Ok.
    > 5 | C> PBSZ 0
      6 | S> 200 Ok.
    ");
}

#[test]
fn an_extra_event() {
    let mismatch = changed("S> 221 Goodbye.", "S> 221 Goodbye.\n-- control reset");
    assert_eq!(mismatch.kind(), MismatchKind::ExtraEvent);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 7: the event `control reset` came, which was not expected

    expected    | (nothing more)
    received 25 | -- control reset

    received, the lines around:
      22 | S> 226 Transfer complete.
      23 | C> QUIT
      24 | S> 221 Goodbye.
    > 25 | -- control reset
    ");
}

#[test]
fn another_value_where_a_hole_was_expected() {
    let mismatch = changed("([PASV])", "(10,0,0,1,156,64)");
    assert_eq!(mismatch.kind(), MismatchKind::Hole);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 4: the server replied `227 Entering passive mode (10,0,0,1,156,64).` where `227 Entering passive mode ([PASV]).` was expected

    expected 11 | S> 227 Entering passive mode ([PASV]).
                |                               ^^^^^^
    received 11 | S> 227 Entering passive mode (10,0,0,1,156,64).
                |                               ^^^^^^^^^^^^^^^

    received, the lines around:
       8 | C> TYPE I
       9 | S> 200 Type set to binary.
      10 | C> PASV
    > 11 | S> 227 Entering passive mode (10,0,0,1,156,64).
      12 | C> STOR report.csv
      13 | S> 150 Opening data connection.
      14 | -- data passive
    ");
}

#[test]
fn another_hole() {
    let mismatch = changed("[PASSWORD]", "[WRONG-PASSWORD]");
    assert_eq!(mismatch.kind(), MismatchKind::Hole);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 2: the client sent `PASS [WRONG-PASSWORD]` where `PASS [PASSWORD]` was expected

    expected  5 | C> PASS [PASSWORD]
                |         ^^^^^^^^^^
    received  5 | C> PASS [WRONG-PASSWORD]
                |         ^^^^^^^^^^^^^^^^

    received, the lines around:
      2 | S> 220 ftp-fixture ready.
      3 | C> USER alice
      4 | S> 331 Password required.
    > 5 | C> PASS [WRONG-PASSWORD]
      6 | S> 230-Welcome, alice
      7 | S> 230 Logged in.
      8 | C> TYPE I
    ");
}

#[test]
fn a_session_still_open() {
    let mismatch = changed("C> QUIT\nS> 221 Goodbye.", "-- session still open");
    assert_eq!(mismatch.kind(), MismatchKind::Unfinished);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 6: the session was still open, with nothing more to come yet, where `C> QUIT` was expected

    expected 23 | C> QUIT
    received 23 | -- session still open

    received, the lines around:
      20 | -- data passive
      21 | D> \@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
      22 | S> 226 Transfer complete.
    > 23 | -- session still open
    ");
}

#[test]
fn a_transfer_still_open() {
    let mismatch = compared(
        "== session 1\nS> 220 Ready.\nC> STOR a\nS> 150 Ok.\n-- data passive\nD< a\nS> 226 Ok.\n",
        "== session 1\nS> 220 Ready.\nC> STOR a\nS> 150 Ok.\n-- data passive\n-- transfer still open\n-- session still open\n",
    );
    assert_eq!(mismatch.kind(), MismatchKind::Unfinished);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 1: a transfer was still open where `D< a` was expected

    expected 6 | D< a
    received 6 | -- transfer still open

    received, the lines around:
      3 | C> STOR a
      4 | S> 150 Ok.
      5 | -- data passive
    > 6 | -- transfer still open
      7 | -- session still open
    ");
}

#[test]
fn a_command_that_was_never_ended() {
    let mismatch =
        changed("C> QUIT\nS> 221 Goodbye.", "C> QUIT\\x0A\\c\n-- unfinished command\n-- session still open");
    assert_eq!(mismatch.kind(), MismatchKind::Unfinished);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 7: the client's last command, `QUIT\x0A\c`, was never ended by CRLF where `QUIT` was expected

    expected 23 | C> QUIT
                |        ^
    received 23 | C> QUIT\x0A\c
                |        ^^^^^^

    received, the lines around:
      20 | -- data passive
      21 | D> \@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
      22 | S> 226 Transfer complete.
    > 23 | C> QUIT\x0A\c
      24 | -- unfinished command
      25 | -- session still open
    ");
}

#[test]
fn a_client_that_went_away() {
    let mismatch = changed("C> QUIT\nS> 221 Goodbye.", "-- client closed");
    assert_eq!(mismatch.kind(), MismatchKind::Unfinished);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 6: the client closed the connection where `C> QUIT` was expected

    expected 23 | C> QUIT
    received 23 | -- client closed

    received, the lines around:
      20 | -- data passive
      21 | D> \@ sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 65536
      22 | S> 226 Transfer complete.
    > 23 | -- client closed
    ");
}

#[test]
fn another_data_connection() {
    let mismatch = changed("-- data passive\nD< id", "-- data active\nD< id");
    assert_eq!(mismatch.kind(), MismatchKind::OtherLine);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 5: `data active` came where `data passive` was expected

    expected 14 | -- data passive
                |         ^^^^
    received 14 | -- data active
                |         ^^^

    received, the lines around:
      11 | S> 227 Entering passive mode ([PASV]).
      12 | C> STOR report.csv
      13 | S> 150 Opening data connection.
    > 14 | -- data active
      15 | D< id,name
      16 | D< 1,Ada
      17 | S> 226 Transfer complete.
    ");
}

const ALICE: &str = "S> 220 Ready.\nC> USER alice\nS> 331 Password?\n-- client closed\n";
const BOB: &str = "S> 220 Ready.\nC> USER bob\nS> 331 Password?\n-- client closed\n";
const EVE: &str = "S> 220 Ready.\nC> USER eve\nS> 331 Password?\n-- client closed\n";

fn sessions(bodies: &[&str]) -> String {
    bodies.iter().enumerate().map(|(index, body)| format!("== session {}\n{body}\n", index + 1)).collect()
}

#[test]
fn sessions_in_another_order() {
    let mismatch = compared(&sessions(&[ALICE, BOB, EVE]), &sessions(&[EVE, BOB, ALICE]));
    assert_eq!((mismatch.kind(), mismatch.session()), (MismatchKind::SessionOrder, 1));
    assert_snapshot!(mismatch, @r"
    only the order of the sessions differs: all 3 came, 2 of them in another place

    expected session 1 (line 1) came as session 3 (line 13)
    expected session 3 (line 13) came as session 1 (line 1)

    where sessions run at once, their order is chance: sort them with `.session_order(SessionOrder::Content)`, or tell them apart with `.label(…)`
    ");
}

#[test]
fn a_session_too_many() {
    let mismatch = compared(&sessions(&[ALICE, EVE]), &sessions(&[ALICE, BOB, EVE]));
    assert_eq!((mismatch.kind(), mismatch.session()), (MismatchKind::SessionCount, 2));
    assert_snapshot!(mismatch, @r"
    3 sessions came where 2 were expected; session 2 was not expected

    received session 2:
       7 | == session 2
       8 | S> 220 Ready.
       9 | C> USER bob
      10 | S> 331 Password?
      11 | -- client closed
    ");
}

#[test]
fn a_session_that_did_not_come() {
    let mismatch = compared(&sessions(&[ALICE, BOB, EVE]), &sessions(&[ALICE, BOB]));
    assert_eq!((mismatch.kind(), mismatch.session()), (MismatchKind::SessionCount, 3));
    assert_snapshot!(mismatch, @r"
    2 sessions came where 3 were expected; session 3 did not come

    expected session 3, from line 13 on:
      14 | S> 220 Ready.
      15 | C> USER eve
      16 | S> 331 Password?
      17 | -- client closed
    ");
}

#[test]
fn another_number_of_sessions_is_said_where_more_differs() {
    let mismatch = compared(&sessions(&[ALICE, EVE]), &sessions(&[BOB]));
    assert_eq!((mismatch.kind(), mismatch.session()), (MismatchKind::WrongParameter, 1));
    assert!(mismatch.to_string().ends_with("\none session came where 2 were expected\n"), "{mismatch}");
}

#[test]
fn another_label() {
    let labelled = |label: &str| format!("== session 1 {label}\n{ALICE}");
    let mismatch = compared(&labelled("uploader"), &labelled("downloader"));
    assert_eq!(mismatch.kind(), MismatchKind::Label);
    assert_snapshot!(mismatch, @r"
    session 1 came labelled `downloader` and was expected labelled `uploader`

    expected 1 | == session 1 uploader
    received 1 | == session 1 downloader

    received, the lines around:
    > 1 | == session 1 downloader
      2 | S> 220 Ready.
      3 | C> USER alice
      4 | S> 331 Password?
    ");
}

#[test]
fn a_long_line_is_cut_around_what_differs() {
    let line = |name: &str| format!("{}{name}{}", "x".repeat(300), "y".repeat(300));
    let mismatch = changed("1,Ada", &line("☃"));
    assert_snapshot!(mismatch, @r"
    session 1, exchange 5: the data to the server have `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` where `1,Ada` was expected

    expected 16 | D< 1,Ada
                |    ^^^^^
    received 16 | D< xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
                |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    received, the lines around:
      13 | S> 150 Opening data connection.
      14 | -- data passive
      15 | D< id,name
    > 16 | D< xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      17 | S> 226 Transfer complete.
      18 | C> RETR logo.png
      19 | S> 150 Opening data connection.
    ");
    let session = |name: &str| SESSION.replace("1,Ada", &line(name));
    assert_snapshot!(compared(&session("Ada"), &session("Bob")), @r"
    session 1, exchange 5: the data to the server have `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` where `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` was expected

    expected 16 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxAdayyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
                |                                   ^^^
    received 16 | …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxBobyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
                |                                   ^^^

    received, the lines around:
      13 | S> 150 Opening data connection.
      14 | -- data passive
      15 | D< id,name
    > 16 | D< xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      17 | S> 226 Transfer complete.
      18 | C> RETR logo.png
      19 | S> 150 Opening data connection.
    ");
}

#[test]
fn a_line_that_a_gap_did_not_lead_to() {
    let mismatch = matched("== session 1\nS> 220 [..]\n...\nC> STOR rapport.csv\n...\nC> QUIT\n", SESSION);
    assert_eq!((mismatch.kind(), mismatch.exchange()), (MismatchKind::WrongParameter, 5));
    assert_snapshot!(mismatch, @r"
    session 1, exchange 5: `STOR rapport.csv` did not come; the nearest is `STOR report.csv`

    expected  4 | C> STOR rapport.csv
                |          ^^
    received 12 | C> STOR report.csv
                |          ^

    received, the lines around:
       9 | S> 200 Type set to binary.
      10 | C> PASV
      11 | S> 227 Entering passive mode ([PASV]).
    > 12 | C> STOR report.csv
      13 | S> 150 Opening data connection.
      14 | -- data passive
      15 | D< id,name
    ");
}

#[test]
fn a_line_that_a_gap_did_not_lead_to_and_nothing_is_like() {
    let mismatch = matched("== session 1\n...\nC> DELE report.csv\n...\n", SESSION);
    assert_eq!(mismatch.kind(), MismatchKind::MissingCommand);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 7: the client did not send `DELE report.csv`; the session ended without it

    expected  3 | C> DELE report.csv
    received    | (nothing more)

    received, the lines around:
      22 | S> 226 Transfer complete.
      23 | C> QUIT
      24 | S> 221 Goodbye.
    ");
}

#[test]
fn a_reply_below_a_command_that_a_gap_led_to() {
    let mismatch = matched("== session 1\n...\nC> STOR report.csv\nS> 550 [..]\n...\nC> QUIT\n", SESSION);
    assert_eq!((mismatch.kind(), mismatch.exchange()), (MismatchKind::ReplyCode, 5));
    assert_snapshot!(mismatch, @r"
    session 1, exchange 5: the server replied `150 Opening data connection.` where `550 [..]` was expected

    expected  4 | S> 550 [..]
                |    ^^^
    received 13 | S> 150 Opening data connection.
                |    ^^^

    received, the lines around:
      10 | C> PASV
      11 | S> 227 Entering passive mode ([PASV]).
      12 | C> STOR report.csv
    > 13 | S> 150 Opening data connection.
      14 | -- data passive
      15 | D< id,name
      16 | D< 1,Ada
    ");
}

#[test]
fn an_expected_pattern_is_marked_from_where_it_fails() {
    let mismatch = matched(&SESSION.replace("Entering passive mode ([PASV])", "[..] ([PASV]) over"), SESSION);
    assert_snapshot!(mismatch, @r"
    session 1, exchange 4: the server replied `227 Entering passive mode ([PASV]).` where `227 [..] ([PASV]) over.` was expected

    expected 11 | S> 227 [..] ([PASV]) over.
                |                     ^^^^^
    received 11 | S> 227 Entering passive mode ([PASV]).
                |                                      ^

    received, the lines around:
       8 | C> TYPE I
       9 | S> 200 Type set to binary.
      10 | C> PASV
    > 11 | S> 227 Entering passive mode ([PASV]).
      12 | C> STOR report.csv
      13 | S> 150 Opening data connection.
      14 | -- data passive
    ");
}

#[test]
fn a_report_is_short_whatever_the_payload() {
    let lines = |name: &str| format!("D< {name}\n").repeat(2000);
    let mismatch = changed("D< 1,Ada\n", &lines("1,Ada"));
    assert!(mismatch.to_string().lines().count() <= 25, "{mismatch}");
}

#[test]
fn a_test_that_unwraps_shows_the_same_report() {
    let mismatch = changed("TYPE I", "MODE S");
    assert_eq!(format!("{mismatch:?}"), mismatch.to_string());
}
