//! The notation of transcripts: known texts, and that parsing and printing are inverses for arbitrary transcripts.

use ftp_fixture::transcript::{
    Command, Comment, Data, DataConnection, DataMode, Direction, Ending, Event, Expectation, Hole, Item,
    Label, Payload, PayloadDigest, ReplyLine, Session, Text, Transcript, UserHole,
};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};

const LOGIN_LIST_STORE: &str = include_str!("data/transcripts/login_list_store.ftp");
const DATA_RESET: &str = include_str!("data/transcripts/data_reset.ftp");

fn inline(session: &Session) -> Vec<(Direction, &[u8])> {
    session
        .items()
        .iter()
        .filter_map(|item| match item {
            Item::Data(Data { direction, payload: Payload::Inline(text), .. }) => {
                Some((*direction, text.as_literal()?))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn a_session_with_tls_a_listing_and_an_upload_is_read_and_printed_as_it_stands() {
    let transcript = Transcript::parse(LOGIN_LIST_STORE).unwrap();
    assert_eq!(transcript.to_file_string(), LOGIN_LIST_STORE);
    assert_eq!(format!("# ftp-transcript 1\n\n{transcript}"), LOGIN_LIST_STORE);
    assert_eq!(
        inline(transcript.session(1)),
        [
            (
                Direction::ToClient,
                &b"-rw-r--r--   1 owner    group           6 Jan 01 00:00 hello.txt\r\n\
                   drwxr-xr-x   1 owner    group           0 Jan 01 00:00 incoming\r\n"[..],
            ),
            (Direction::ToServer, "id,name\n1,naïve".as_bytes()),
        ]
    );
    assert_eq!(
        transcript.commands().map(Text::to_string).collect::<Vec<_>>()[..5],
        ["AUTH TLS", "PBSZ 0", "PROT P", "USER alice", "PASS [PASSWORD]"]
    );
}

#[test]
fn a_fault_with_comments_and_an_unknown_event_is_read_and_printed_as_it_stands() {
    let transcript = Transcript::parse(DATA_RESET).unwrap();
    assert_eq!(transcript.to_file_string(), DATA_RESET);
    assert_eq!(transcript.comments()[0].as_str(), "upstream: none");
    let [downloader, other] = transcript.sessions() else { panic!("two sessions: {transcript}") };
    assert_eq!(downloader.label().map(Label::as_str), Some("downloader"));
    assert_eq!((other.number(), other.items()), (2, &[Item::Event(Event::ClientClosed)][..]));
    assert!(downloader.items().iter().any(|item| matches!(
        item,
        Item::Data(Data { payload: Payload::Digest(digest), .. })
            if digest.length() == 65536 && digest.sha256()[..2] == [0x9F, 0x86]
    )));
}

#[test]
fn an_empty_transcript_is_read_and_printed() {
    assert_eq!(Transcript::parse(""), Ok(Transcript::new()));
    assert_eq!(Transcript::parse("# ftp-transcript 1\n"), Ok(Transcript::new()));
    assert_eq!(Transcript::new().to_file_string(), "# ftp-transcript 1\n");
    assert!(Transcript::new().is_empty());
}

/// Arbitrary bytes, with what the notation treats in its own way much more often than chance has it.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<Vec<u8>>(),
        any::<String>().prop_map(String::into_bytes),
        prop::sample::select(vec![
            "\n",
            "\r\n",
            "\r",
            "\t",
            " ",
            "\\",
            "\\n",
            "\\c",
            "\\@ ",
            "[",
            "]",
            "[PASV]",
            "[P1,P2]",
            "[..]",
            "[X-A]",
            "[",
            "PORT]",
            "#",
            "== session 1",
            "\u{202E}",
            "\u{3000}",
            "\u{FEFF}",
            "\u{85}",
            "é",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn hole() -> impl Strategy<Value = Hole> {
    prop_oneof![
        Just(Hole::Pasv),
        Just(Hole::PasvPort),
        Just(Hole::Root),
        "X-[A-Z0-9-]{1,5}".prop_map(|name| Hole::User(UserHole::new(&name).unwrap())),
    ]
}

fn text() -> impl Strategy<Value = Text> {
    (bytes(), prop::collection::vec((hole(), bytes()), 0..3)).prop_map(|(start, rest)| {
        let mut text = Text::literal(start);
        for (hole, bytes) in rest {
            text.push_hole(hole);
            text.push_bytes(&bytes);
        }
        text
    })
}

fn command() -> impl Strategy<Value = Item> {
    let verb = prop::sample::select(vec!["LIST", "list ", "RETR a", "STOR ", "TYPE A", ""]);
    (verb, text(), any::<bool>()).prop_map(|(verb, more, terminated)| {
        let mut text = Text::literal(verb);
        text.append(more);
        let mut command = Command::new(text);
        command.terminated = terminated;
        Item::Command(command)
    })
}

fn data() -> impl Strategy<Value = Item> {
    let payload = prop_oneof![
        4 => text().prop_map(Payload::Inline),
        1 => any::<([u8; 32], u64)>().prop_map(|(sha256, length)| Payload::Digest(PayloadDigest::new(sha256, length))),
        1 => any::<u64>().prop_map(Payload::Length),
    ];
    let direction = prop_oneof![Just(Direction::ToClient), Just(Direction::ToServer)];
    (direction, payload).prop_map(|(direction, payload)| Item::Data(Data::new(direction, payload)))
}

/// The event that is read from `text`, if it is none of ours.
fn unknown_event(text: &str) -> Option<Event> {
    let transcript = Transcript::parse(&format!("== session 1\n-- {text}")).ok()?;
    match transcript.sessions()[0].items() {
        [Item::Event(event @ Event::Unknown(_))] => Some(event.clone()),
        _ => None,
    }
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::TlsControl),
        Just(Event::DataInterrupted),
        text().prop_map(Event::TlsDataFailed),
        any::<u64>().prop_map(|milliseconds| Event::Delay { milliseconds }),
        Just(Event::RecordingCut),
        "[!-~é][ -~é]{0,20}".prop_filter_map("an event of another writer", |text| unknown_event(&text)),
    ]
}

fn comment() -> impl Strategy<Value = Comment> {
    any::<String>().prop_filter_map("one line, no version", |text| Comment::new(&text).ok())
}

fn item() -> impl Strategy<Value = Item> {
    let ending = prop_oneof![Just(Ending::Implied), Just(Ending::BareLf), Just(Ending::Unterminated)];
    let mode = prop_oneof![Just(DataMode::Passive), Just(DataMode::Active)];
    prop_oneof![
        3 => command(),
        3 => (text(), ending).prop_map(|(text, ending)| {
            let mut line = ReplyLine::new(text);
            line.ending = ending;
            Item::Reply(line)
        }),
        2 => (mode, any::<bool>(), any::<bool>()).prop_map(|(mode, ascii, tls)| {
            let mut connection = DataConnection::new(mode);
            (connection.ascii, connection.tls) = (ascii, tls);
            Item::DataConnection(connection)
        }),
        4 => data(),
        1 => event().prop_map(Item::Event),
        1 => comment().prop_map(Item::Comment),
    ]
}

fn session() -> impl Strategy<Value = Session> {
    let label =
        prop::option::of("[a-z\\[é][a-z é]{0,5}[a-z\\]]".prop_map(|label| Label::new(&label).unwrap()));
    (label, prop::collection::vec(item(), 0..10)).prop_map(|(label, items)| {
        let mut session = Session::new(label);
        items.into_iter().for_each(|item| session.push(item));
        session
    })
}

fn transcript() -> impl Strategy<Value = Transcript> {
    let comments = prop::collection::vec(comment(), 0..3);
    (comments, prop::collection::vec(session(), 0..3)).prop_map(|(comments, sessions)| {
        let mut transcript = Transcript::new();
        comments.into_iter().for_each(|comment| transcript.push_comment(comment));
        sessions.into_iter().for_each(|session| transcript.push_session(session));
        transcript
    })
}

#[test]
fn what_another_writer_added_survives_a_rewrite() {
    let source = "# ftp-transcript 1\n# upstream: vsftpd 3.0.5\n#no blank\n\n== session 1\n# moon: full\nS> 220 Hi.\n\
                  -- moon phase: full, [PASV] \\q\n# between\n\n# above the next\n== session 2 other\n-- client closed\n# end";
    let written = Transcript::parse(source).unwrap().to_file_string();
    for line in source.lines().filter(|line| !line.is_empty()) {
        let line = line.replace("#no", "# no");
        assert!(written.lines().any(|written| written == line), "{line:?} is lost in\n{written}");
    }
    assert_eq!(Transcript::parse(&written).unwrap().to_file_string(), written);
}

#[cfg(feature = "serde")]
mod json {
    use std::time::Duration;

    use ftp_fixture::transcript::{Measure, Session, Transcript};
    use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

    /// A transcript with whole microseconds and lengths in it.
    fn measured() -> impl Strategy<Value = Transcript> {
        (super::transcript(), any::<u32>()).prop_map(|(transcript, seed)| {
            let mut measured = Transcript::new();
            transcript.comments().iter().for_each(|comment| measured.push_comment(comment.clone()));
            for session in transcript.sessions() {
                let mut copy = Session::new(session.label().cloned());
                for (index, item) in session.items().iter().enumerate() {
                    let at = Duration::from_micros(u64::from(seed).wrapping_mul(index as u64));
                    let measure = if seed % 2 == 0 { Measure::at(at) } else { Measure::default() };
                    copy.push_measured(item.clone(), measure);
                }
                measured.push_session(copy);
            }
            measured
        })
    }

    proptest! {
        #[test]
        fn what_was_serialised_is_read_as_it_was(transcript in measured()) {
            let json = serde_json::to_string(&transcript)?;
            let read: Transcript = serde_json::from_str(&json)?;
            prop_assert_eq!(&read, &transcript);
            for (read, session) in read.sessions().iter().zip(transcript.sessions()) {
                prop_assert_eq!(read.measures(), session.measures());
            }
            prop_assert_eq!(serde_json::to_string(&read)?, json);
        }
    }

    fn error(items: &str) -> String {
        let json = format!(r#"{{"version": 1, "sessions": [{{"number": 1, "items": [{items}]}}]}}"#);
        serde_json::from_str::<Transcript>(&json).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_transcript_is_refused_with_the_place() {
        for (items, why) in [
            (r#"{"kind": "reply", "text": "220 \\q"}"#, r"session 1, item 1: expected one of the escapes"),
            (r#"{"kind": "command", "text": "NOOP\nQUIT"}"#, r"session 1, item 1: expected one line"),
            (r#"{"kind": "event", "text": "data passive"}"#, "session 1, item 1: expected an event"),
            (r#"{"kind": "comment", "text": "ftp-transcript 2"}"#, "session 1, item 1: a comment cannot"),
            (
                r#"{"kind": "data", "direction": "to-client"}"#,
                "session 1, item 1: expected lines, or a length",
            ),
            (
                r#"{"kind": "data", "direction": "to-client", "lines": ["\\@ 7"]}"#,
                "session 1, item 1: expected data themselves",
            ),
            (
                r#"{"kind": "data", "direction": "to-client", "length": 1, "sha256": "ab"}"#,
                "session 1, item 1: expected 64 hexadecimal digits",
            ),
        ] {
            let found = error(items);
            assert!(found.starts_with(why), "{found}");
        }
        let newer = serde_json::from_str::<Transcript>(r#"{"version": 2, "sessions": []}"#).unwrap_err();
        assert!(newer.to_string().starts_with("a transcript of version 2; this ftp-fixture reads version 1"));
    }
}

proptest! {
    #[test]
    fn parsing_and_printing_are_inverses(transcript in transcript()) {
        let printed = transcript.to_string();
        let read: Transcript = printed.parse()?;
        prop_assert_eq!(&read, &transcript);
        prop_assert_eq!(read.to_string(), printed);
        prop_assert_eq!(Transcript::parse(&transcript.to_file_string())?, transcript);
    }

    #[test]
    fn trimmed_lines_and_crlf_change_nothing(transcript in transcript()) {
        let trimmed: String =
            transcript.to_file_string().split('\n').map(|line| format!("{}\r\n", line.trim_end())).collect();
        prop_assert_eq!(Transcript::parse(&trimmed)?, transcript);
    }

    #[test]
    fn a_printed_transcript_ends_with_one_lf_and_has_no_trailing_blanks(transcript in transcript()) {
        let printed = transcript.to_file_string();
        prop_assert_eq!(printed.trim_end().len() + 1, printed.len());
        for line in printed.split('\n') {
            prop_assert_eq!(line.trim_end(), line);
        }
    }

    #[test]
    fn a_text_is_read_from_its_notation(text in text()) {
        prop_assert_eq!(text.to_string().parse(), Ok(text));
    }

    #[test]
    fn a_transcripts_text_is_an_expectation_which_it_meets(transcript in transcript()) {
        let printed = transcript.to_string();
        let expectation: Expectation = printed.parse()?;
        prop_assert_eq!(expectation.to_string(), printed);
        prop_assert_eq!(transcript.matches(&expectation), Ok(()));
        prop_assert_eq!(transcript.compare(&transcript), Ok(()));
    }

    #[test]
    fn transcripts_compare_as_their_texts_do(one in transcript(), other in transcript()) {
        let without_comments = |transcript: &Transcript| -> Vec<String> {
            let printed = transcript.to_string();
            printed.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(str::to_owned).collect()
        };
        let same = without_comments(&one) == without_comments(&other);
        match one.compare(&other) {
            Ok(()) => prop_assert!(same),
            Err(mismatch) => {
                prop_assert!(!same);
                let printed = one.to_string();
                let lines = printed.lines().count();
                prop_assert!(mismatch.received_line().is_none_or(|line| (1..=lines).contains(&line)));
                prop_assert!(mismatch.to_string().lines().count() <= 25, "{mismatch}");
            }
        }
    }

    #[test]
    fn an_expectation_with_gaps_is_read_and_printed(
        transcript in transcript(),
        changes in prop::collection::vec(0..4_u8, 20),
    ) {
        let mut source = String::new();
        for (line, change) in transcript.to_string().lines().zip(changes.iter().cycle()) {
            source.push_str(&match (change, &line.get(..2)) {
                (1, Some("C>")) => line.replacen("C>", "C?", 1),
                (2, Some("S>" | "D<")) if !line.contains("\\@") => line.replacen("> ", "> [..]", 1),
                (3, Some("S>" | "C>" | "--")) => format!("{line}\n..."),
                _ => line.to_owned(),
            });
            source.push('\n');
        }
        let expectation: Expectation = source.parse()?;
        prop_assert_eq!(expectation.to_string(), source);
        // Whatever was left open, the transcript still is one.
        prop_assert_eq!(transcript.matches(&expectation), Ok(()));
        let trimmed: String = expectation.to_string().lines().map(|line| format!("{}\r\n", line.trim_end())).collect();
        prop_assert_eq!(Expectation::parse(&trimmed)?, expectation);
    }
}
