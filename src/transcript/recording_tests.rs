//! In which order, and with which holes, a recording prints what the connections reported.

use std::time::Duration;

use crate::proto::SessionId;
use crate::transcript::{
    DataMode, Direction, Event, Hole, Payload, PayloadDigest, Recording, Text, WireEvent,
};

fn command(line: &str) -> WireEvent {
    WireEvent::Command(line.into())
}

fn reply(line: &str) -> WireEvent {
    WireEvent::Reply(format!("{line}\r\n").into())
}

fn started(ascii: bool) -> WireEvent {
    let (mode, direction) = (DataMode::Passive, Direction::ToClient);
    WireEvent::TransferStarted { mode, direction, ascii, tls: false }
}

fn ended(text: &str) -> WireEvent {
    WireEvent::TransferEnded(Payload::Inline(Text::literal(text)))
}

fn printed(events: impl IntoIterator<Item = WireEvent>) -> Vec<String> {
    let mut recording = Recording::new();
    recording.push(SessionId(1), WireEvent::Opened { client: [127, 0, 0, 1].into() });
    events.into_iter().for_each(|event| recording.push(SessionId(1), event));
    let transcript = recording.transcript();
    assert_eq!(transcript.to_string().parse().as_ref(), Ok(&transcript));
    transcript.to_string().lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_session_in_which_nothing_happened_is_still_open() {
    assert_eq!(printed([]), ["-- session still open"]);
}

#[test]
fn sessions_are_numbered_in_the_order_of_accepting() {
    let mut recording = Recording::new();
    recording.push(SessionId(7), command("SEVEN"));
    recording.push(SessionId(3), command("THREE"));
    let transcript = recording.transcript();
    assert_eq!(transcript.commands().collect::<Vec<_>>(), ["THREE", "SEVEN"]);
    assert_eq!(transcript.session(2).number(), 2);
}

#[test]
fn a_reply_is_printed_line_by_line_as_it_was_sent() {
    assert_eq!(
        printed([WireEvent::Reply(b"211-Features:\r\n UTF8\n\r\n211 End.".to_vec())]),
        ["S> 211-Features:", "S>  UTF8\\n", "S>", "S> 211 End.\\c", "-- session still open"]
    );
}

#[test]
fn a_password_refused_by_530_is_a_wrong_one() {
    for (code, hole) in
        [("230", "[PASSWORD]"), ("332", "[PASSWORD]"), ("530", "[WRONG-PASSWORD]"), ("503", "[PASSWORD]")]
    {
        let lines = printed([command("PASS s3cret"), reply(&format!("{code}-x\r\n{code} y"))]);
        assert_eq!(lines[0], format!("C> PASS {hole}"));
    }
    let lines = printed([command("PASS s3cret"), reply("230 Ok."), command("CWD a"), reply("530 No.")]);
    assert_eq!(lines[0], "C> PASS [PASSWORD]");
}

#[test]
fn a_value_that_the_server_announced_is_a_hole_in_the_reply_to_that_command_only() {
    let produced = |hole, value: &str| WireEvent::Produced(hole, value.to_owned());
    let lines = printed([
        command("PASV"),
        produced(Hole::Pasv, "127,0,0,1,156,64"),
        reply("227 Entering passive mode (127,0,0,1,156,64)."),
        command("EPSV"),
        produced(Hole::Port, "40213"),
        reply("229 A stub (|||40214|)."),
        command("SIZE a"),
        reply("213 40213"),
        command("PASV"),
        produced(Hole::PasvPort, "156,64"),
        reply("227 Masqueraded (10,0,0,1,156,64)."),
    ]);
    assert_eq!(
        [&lines[1], &lines[3], &lines[5], &lines[7]],
        [
            "S> 227 Entering passive mode ([PASV]).",
            "S> 229 A stub (|||40214|).",
            "S> 213 40213",
            "S> 227 Masqueraded (10,0,0,1,[P1,P2]).",
        ]
    );
}

#[test]
fn data_stand_below_the_1yz_reply_and_commands_of_mid_transfer_behind_them() {
    let expected = [
        "C> RETR a",
        "S> 150 Opening.",
        "-- data passive",
        "D> a",
        "C> STAT",
        "S> 211 Sending.",
        "S> 226 Done.",
        "-- session still open",
    ];
    let events = [reply("150 Opening."), started(false), command("STAT"), reply("211 Sending.")];
    let before_reply = events.clone().into_iter().chain([ended("a\n"), reply("226 Done.")]);
    assert_eq!(printed([command("RETR a")].into_iter().chain(before_reply)), expected);
    let events = [started(false), reply("150 Opening."), command("STAT"), reply("211 Sending.")];
    let started_early = events.into_iter().chain([ended("a\n"), reply("226 Done.")]);
    assert_eq!(printed([command("RETR a")].into_iter().chain(started_early)), expected);
}

#[test]
fn a_transfer_without_1yz_reply_stands_where_it_ended() {
    assert_eq!(
        printed([command("RETR a"), started(false), ended("a\n"), reply("226 Done.")]),
        ["C> RETR a", "-- data passive", "D> a", "S> 226 Done.", "-- session still open"]
    );
}

#[test]
fn data_sent_after_the_final_reply_stand_after_it() {
    assert_eq!(
        printed([
            command("LIST"),
            reply("150 Opening."),
            started(true),
            reply("226 Done."),
            ended("a\r\n"),
            command("NOOP"),
        ]),
        [
            "C> LIST",
            "S> 150 Opening.",
            "-- data passive ascii",
            "S> 226 Done.",
            "D> a",
            "C> NOOP",
            "-- session still open"
        ]
    );
}

#[test]
fn an_empty_transfer_has_no_data_lines() {
    assert_eq!(
        printed([command("LIST"), reply("150 Opening."), started(true), ended(""), reply("226 Done.")]),
        ["C> LIST", "S> 150 Opening.", "-- data passive ascii", "S> 226 Done.", "-- session still open"]
    );
}

#[test]
fn an_aborted_transfer_prints_no_payload_whenever_its_end_is_reported() {
    let start = [command("RETR a"), reply("150 Opening."), started(false), command("ABOR")];
    let (aborted, ok) = (reply("426 Aborted."), reply("226 Ok."));
    for end in [
        [WireEvent::TransferInterrupted { length: 7 }, aborted.clone(), ok.clone()],
        [aborted.clone(), WireEvent::TransferInterrupted { length: 7 }, ok.clone()],
        [aborted, ok, WireEvent::TransferInterrupted { length: 7 }],
    ] {
        assert_eq!(
            printed(start.iter().cloned().chain(end)),
            [
                "C> RETR a",
                "S> 150 Opening.",
                "-- data passive",
                "-- data interrupted",
                "C> ABOR",
                "S> 426 Aborted.",
                "S> 226 Ok.",
                "-- session still open"
            ]
        );
    }
}

#[test]
fn an_upload_whose_final_reply_is_not_read_is_interrupted() {
    let interrupted = printed([
        command("STOR a"),
        reply("150 Opening."),
        started(false),
        command("STAT"),
        reply("211 Receiving."),
        WireEvent::TransferInterrupted { length: 2 },
        reply("426 Lost."),
        WireEvent::UploadForsaken,
        WireEvent::Event(Event::ClientClosed),
    ]);
    assert_eq!(interrupted.last_chunk().unwrap(), &["S> 211 Receiving.", "-- client closed"]);
    let forsaken = printed([
        command("STOR a"),
        reply("150 Opening."),
        started(false),
        command("STAT"),
        reply("211 Receiving."),
        ended("a\n"),
        reply("226 Done."),
        WireEvent::UploadForsaken,
        WireEvent::Event(Event::ClientClosed),
    ]);
    assert_eq!(forsaken, interrupted);
}

#[test]
fn what_a_script_did_in_mid_transfer_stands_below_the_data() {
    let digest = Payload::Digest(PayloadDigest::new([0x9F; 32], 65536));
    assert_eq!(
        printed([
            command("RETR big.bin"),
            reply("150 Opening."),
            started(false),
            WireEvent::Event(Event::ResetData),
            WireEvent::TransferEnded(digest),
            reply("426 Aborted."),
        ])[2..5],
        ["-- data passive", &format!("D> \\@ sha256:{} 65536", "9f".repeat(32)), "-- reset data"]
    );
}

#[test]
fn an_open_transfer_says_so_and_shows_no_payload() {
    let waiting = [command("RETR a"), reply("150 Opening.")];
    let expected = ["C> RETR a", "S> 150 Opening.", "-- transfer still open", "-- session still open"];
    assert_eq!(printed(waiting.clone()), expected);
    let expected =
        [&expected[..2], &["-- data passive", "C> STAT", "S> 211 Sending."], &expected[2..]].concat();
    let under_way = waiting.into_iter().chain([started(false), command("STAT"), reply("211 Sending.")]);
    assert_eq!(printed(under_way), expected);
}

#[test]
fn a_greeting_that_asks_to_wait_opens_no_transfer() {
    assert_eq!(printed([reply("120 Soon.")]), ["S> 120 Soon.", "-- session still open"]);
}

#[test]
fn a_client_that_goes_away_interrupts_its_transfer() {
    assert_eq!(
        printed([
            command("STOR a"),
            reply("150 Opening."),
            started(false),
            WireEvent::Event(Event::ClientClosed),
            WireEvent::TransferInterrupted { length: 7 },
            reply("426 Too late."),
            WireEvent::Event(Event::ServerClosed),
        ])[2..],
        ["-- data passive", "-- data interrupted", "-- client closed"]
    );
    let closed = WireEvent::Event(Event::ClientClosed);
    assert_eq!(
        printed([command("STOR a"), reply("150 Opening."), closed]),
        ["C> STOR a", "S> 150 Opening.", "-- client closed"]
    );
}

#[test]
fn closing_after_a_farewell_goes_without_saying() {
    let farewell = [command("QUIT"), reply("221 Goodbye.")];
    let expected = ["C> QUIT", "S> 221 Goodbye."];
    assert_eq!(printed(farewell.clone()), expected);
    for event in [Event::ServerClosed, Event::ClientClosed] {
        assert_eq!(printed(farewell.iter().cloned().chain([WireEvent::Event(event)])), expected);
    }
    let rest = WireEvent::Unfinished(b"NO".to_vec());
    assert_eq!(printed(farewell.into_iter().chain([rest])), expected);
}

#[test]
fn the_server_says_that_it_closes_unless_it_said_221() {
    let closed = WireEvent::Event(Event::ServerClosed);
    assert_eq!(printed([reply("421 Timeout."), closed.clone()])[1..], ["-- server closed"]);
    assert_eq!(printed([command("CWD a"), reply("221 A stub."), closed])[1..], ["S> 221 A stub."]);
    assert_eq!(printed([command("CWD a"), reply("221 A stub.")])[2..], ["-- session still open"]);
}

#[test]
fn quit_in_mid_transfer_waits_for_the_final_reply() {
    let quit = [command("QUIT"), ended("a"), reply("226 Done."), reply("221 Goodbye.")];
    let events = [command("RETR a"), reply("150 Opening."), started(false)].into_iter().chain(quit);
    assert_eq!(printed(events)[3..], ["D> a\\c", "C> QUIT", "S> 226 Done.", "S> 221 Goodbye."]);
}

#[test]
fn bytes_that_are_no_whole_line_stand_at_the_end_of_the_session() {
    let unfinished = |bytes: &str| WireEvent::Unfinished(bytes.into());
    let noop = [unfinished("NO"), unfinished("NOOP\n")];
    let expected = ["C> NOOP\\x0A\\c", "-- unfinished command"];
    assert_eq!(printed(noop.clone()), [&expected[..], &["-- session still open"]].concat());
    let closed = WireEvent::Event(Event::ClientClosed);
    assert_eq!(printed(noop.into_iter().chain([closed])), [&expected[..], &["-- client closed"]].concat());
    assert_eq!(printed([unfinished("PASS s3cret")])[0], "C> PASS [PASSWORD]\\c");
    for whole in [unfinished(""), command("NOOP")] {
        let lines = printed([unfinished("NOOP"), whole]);
        assert!(!lines.contains(&expected[1].to_owned()), "{lines:?}");
    }
}

#[test]
fn an_overlong_command_is_not_terminated() {
    assert_eq!(printed([WireEvent::OverlongCommand(b"PASS s3cr".to_vec())])[0], "C> PASS [PASSWORD]\\c");
}

#[test]
fn every_item_knows_when_it_happened_and_every_transfer_its_length() {
    let mut recording = Recording::new();
    let events = [
        WireEvent::Opened { client: [127, 0, 0, 1].into() },
        reply("220 Ready."),
        command("RETR a"),
        started(false),
        reply("150 Opening."),
        ended("abc"),
        reply("226 Done."),
        command("STOR b"),
        reply("150 Opening."),
        started(false),
        WireEvent::TransferInterrupted { length: 5 },
        WireEvent::Event(Event::ClientClosed),
    ];
    for (second, event) in events.into_iter().enumerate() {
        recording.push_at(SessionId(1), Duration::from_secs(second as u64), event);
    }
    let transcript = recording.transcript();
    let measured: Vec<_> = transcript.sessions()[0]
        .measured()
        .map(|(_, measure)| (measure.at.map(|at| at.as_secs()), measure.length))
        .collect();
    let expected = [
        (Some(1), None),
        (Some(2), None),
        (Some(4), None),
        // The data connection was there before the 150.
        (Some(4), Some(3)),
        (Some(5), None),
        (Some(6), None),
        (Some(7), None),
        (Some(8), None),
        (Some(9), Some(5)),
        (Some(10), None),
        (Some(11), None),
    ];
    assert_eq!(measured, expected);
    assert_eq!(transcript.to_string().parse(), Ok(transcript));
}

#[test]
fn beyond_the_memory_limit_each_session_says_where_it_was_cut_and_how_it_ended() {
    let mut recording = Recording::with_memory_limit(8 << 10);
    let client = [127, 0, 0, 1].into();
    recording.push(SessionId(1), WireEvent::Opened { client });
    recording.push(SessionId(2), WireEvent::Opened { client });
    for _ in 0..1000 {
        recording.push(SessionId(1), command("NOOP"));
        recording.push(SessionId(1), reply("200 Ok."));
    }
    recording.push(SessionId(1), WireEvent::Unfinished(b"QU".to_vec()));
    recording.push(SessionId(1), WireEvent::Event(Event::ClientClosed));
    recording.push(SessionId(2), reply("220 Ready."));
    for session in 3..10 {
        recording.push(SessionId(session), WireEvent::Opened { client });
        recording.push(SessionId(session), reply("220 Ready."));
    }
    let printed = recording.transcript().to_string();
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines[..5], ["# recording cut: 7 more sessions", "", "== session 1", "C> NOOP", "S> 200 Ok."]);
    assert_eq!(
        lines[lines.len() - 6..],
        [
            "-- recording cut",
            "-- client closed",
            "",
            "== session 2",
            "-- recording cut",
            "-- session still open"
        ]
    );
    assert!(lines.len() < 60, "{printed}");
    assert_eq!(printed.parse(), Ok(recording.transcript()));
}

#[test]
fn a_transfer_that_was_cut_is_neither_interrupted_nor_open() {
    let mut recording = Recording::with_memory_limit(6 << 10);
    let start = [command("RETR a"), reply("150 Opening."), started(false)];
    start.into_iter().for_each(|event| recording.push(SessionId(1), event));
    recording.push(SessionId(1), ended(&"a".repeat(8 << 10)));
    recording.push(SessionId(1), reply("226 Done."));
    let cut = "== session 1\nC> RETR a\nS> 150 Opening.\n-- data passive\n-- recording cut\n";
    assert_eq!(recording.transcript().to_string(), format!("{cut}-- session still open\n"));
    recording.push(SessionId(1), WireEvent::Event(Event::ClientClosed));
    assert_eq!(recording.transcript().to_string(), format!("{cut}-- client closed\n"));
}

#[test]
fn a_line_that_comes_in_pieces_takes_the_memory_of_one() {
    let mut recording = Recording::with_memory_limit(4 << 10);
    for length in 0..1000 {
        recording.push(SessionId(1), WireEvent::Unfinished(vec![b'x'; length]));
    }
    recording.push(SessionId(1), command("NOOP"));
    assert_eq!(recording.transcript().to_string(), "== session 1\nC> NOOP\n-- session still open\n");
}
