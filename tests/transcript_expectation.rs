//! What meets a hand-written expectation, and what does not.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ftp_fixture::transcript::{Expectation, Transcript};

const GREETING: &str = "S> 220 Ready.\n";

/// Whether a session of these lines meets what is expected of it.
fn meets(received: &str, expected: &str) -> bool {
    let received = Transcript::parse(&format!("== session 1\n{received}")).unwrap();
    let expected = Expectation::parse(&format!("== session 1\n{expected}")).unwrap();
    received.matches(&expected).is_ok()
}

#[test]
fn a_gap_takes_any_lines_of_its_session_or_none() {
    for (received, met) in [
        ("S> 220 Ready.\nC> QUIT\nS> 221 Bye.", true),
        ("S> 220 Ready.\nC> NOOP\nS> 200 Ok.\n-- delay 5ms\nC> QUIT\nS> 221 Bye.", true),
        ("S> 220 Ready.\nC> QUIT\nS> 221 Bye.\nC> QUIT\nS> 221 Bye.", true),
        ("S> 220 Ready.\nC> NOOP\nS> 200 Ok.", false),
        ("C> QUIT\nS> 221 Bye.", false),
    ] {
        assert_eq!(meets(received, "S> 220 [..]\n...\nC> QUIT\nS> 221 [..]\n"), met, "{received}");
    }
}

#[test]
fn a_command_with_nothing_below_accepts_what_the_server_answered_and_no_command() {
    let expected = "S> 220 Ready.\nC> RETR a\nC> QUIT\n";
    let answered = "C> RETR a\nS> 150 Ok.\n-- data passive\nD> a\nS> 226 Ok.\n";
    assert!(meets(
        &format!("{GREETING}C> RETR a\nS> 550 No.\nC> QUIT\nS> 221-Bye.\nS> 221 Bye.\n"),
        expected
    ));
    assert!(meets(&format!("{GREETING}{answered}C> QUIT\n"), expected));
    assert!(!meets(&format!("{GREETING}{answered}C> NOOP\nS> 200 Ok.\nC> QUIT\n"), expected));
    assert!(!meets(&format!("{GREETING}{answered}C> QUIT\nS> 221 Bye.\nC> NOOP\n"), expected));
    // Where something is written below it, that is all that may come.
    assert!(!meets("C> NOOP\nS> 200 Ok.\nS> 421 Timeout.\n", "C> NOOP\nS> 200 Ok.\n"));
}

#[test]
fn an_optional_exchange_may_be_absent_with_all_its_lines() {
    let expected = "C? FEAT\nS> 211-[..]\n...\nS> 211 End.\nC? SYST\nC> PWD\nS> 257 \"/\"\n";
    let (feat, syst, pwd) = (
        "C> FEAT\nS> 211-Features:\nS>  SIZE\nS> 211 End.\n",
        "C> SYST\nS> 215 UNIX\n",
        "C> PWD\nS> 257 \"/\"\n",
    );
    assert!(meets(pwd, expected));
    assert!(meets(&format!("{feat}{pwd}"), expected));
    assert!(meets(&format!("{syst}{pwd}"), expected));
    assert!(meets(&format!("{feat}{syst}{pwd}"), expected));
    assert!(!meets(&format!("{syst}{feat}{pwd}"), expected));
    assert!(!meets(&format!("C> FEAT\nS> 502 No.\n{pwd}"), expected));
    // A gap that stands last in the exchange is there without it.
    assert!(meets("C> NOOP\nS> 200 Ok.\nC> QUIT\n", "C? FEAT\nS> 211[..]\n...\nC> QUIT\n"));
}

#[test]
fn any_text_may_stand_within_a_line() {
    for (text, met) in [
        ("257 \"/a\" is the directory.", true),
        ("257 \"\"", true),
        ("257 \"/a\\xFF\" ([PORT])", true),
        ("257 /a", false),
        ("550 \"/a\"", false),
    ] {
        assert_eq!(meets(&format!("S> {text}"), "S> 257 \"[..]\"[..]"), met, "{text}");
    }
    assert!(meets("S> 257 /\\n", "S> 257 [..]"), "at the end it also leaves open how the line ended");
    assert!(!meets("S> 257 /\\n", "S> 257 /"));
}

#[test]
fn why_there_is_no_tls_may_be_left_open_but_not_where() {
    let failed = |connection| format!("-- tls {connection} failed: unknown ca\n");
    for connection in ["control", "data"] {
        for pattern in ["unknown ca", "[..]", "unknown [..]"] {
            let expected = format!("-- tls {connection} failed: {pattern}\n");
            assert!(meets(&failed(connection), &expected), "{expected}");
        }
        assert!(!meets(&failed(connection), &format!("-- tls {connection} failed: expired[..]\n")));
    }
    assert!(!meets(&failed("control"), "-- tls data failed: [..]\n"));
}

#[test]
fn a_hole_is_met_by_itself_and_by_a_value_of_its_form() {
    for (received, expected, met) in [
        ("S> 227 ([PASV])", "S> 227 ([PASV])", true),
        ("S> 227 (127,0,0,1,4,5)", "S> 227 ([PASV])", true),
        ("S> 227 (127,0,0,1,4)", "S> 227 ([PASV])", false),
        ("S> 227 (127,0,0,1,[P1,P2])", "S> 227 ([PASV])", false),
        ("S> 227 (127,0,0,1,[P1,P2])", "S> 227 (127,0,0,1,4,5)", false),
        ("C> PASS s3cret", "C> PASS [PASSWORD]", true),
        ("C> PASS [WRONG-PASSWORD]", "C> PASS [PASSWORD]", false),
        ("C> EPRT |2|::1|40213|", "C> EPRT [ADDR]", true),
        ("S> 213 20000101000000", "S> 213 [MTIME]", true),
        ("S> 200 id 7 of 9.", "S> 200 id [X-ID] of [X-COUNT].", true),
    ] {
        assert_eq!(meets(received, expected), met, "{received} {expected}");
    }
}

#[test]
fn a_digest_or_length_is_met_by_the_text_it_is_of() {
    // What `printf 'id,name\n1,Ada\n' | sha256sum` says.
    let hex = "b57e1a894aa62a12ddad0a68f4caa364a9f5b111631f10e146e28df2f88a7068";
    let data = "-- data passive\nD< id,name\nD< 1,Ada\nS> 226 Ok.\n";
    assert!(meets(data, &format!("-- data passive\nD< \\@ sha256:{hex} 14\nS> 226 Ok.\n")));
    assert!(meets(data, "-- data passive\nD< \\@ 14\nS> 226 Ok.\n"));
    assert!(!meets(data, "-- data passive\nD< \\@ 15\nS> 226 Ok.\n"));
    assert!(!meets(data, "-- data passive\nD> \\@ 14\nS> 226 Ok.\n"));
    assert!(!meets(data, &format!("-- data passive\nD< \\@ sha256:{} 14\nS> 226 Ok.\n", "0".repeat(64))));
    assert!(meets(&format!("D< \\@ sha256:{hex} 14"), "D< \\@ 14"));
    assert!(!meets("D< \\@ 14", &format!("D< \\@ sha256:{hex} 14")));
    assert!(meets(data, "-- data passive\nD< id,name\n...\nS> 226 [..]\n"));
}

#[test]
fn sessions_correspond_in_order_and_labels_where_they_are_given() {
    let received = Transcript::parse("== session 1 a\nC> NOOP\n\n== session 2 b\nC> QUIT\n").unwrap();
    for (expected, met) in [
        ("== session 1\n...\n== session 2\n...\n", true),
        ("== session 1 a\nC> NOOP\n== session 2\nC> QUIT\n", true),
        ("== session 1 b\nC> NOOP\n== session 2\nC> QUIT\n", false),
        ("== session 1\nC> QUIT\n== session 2\nC> NOOP\n", false),
        ("== session 1\n...\n", false),
    ] {
        assert_eq!(received.matches(&expected.parse().unwrap()).is_ok(), met, "{expected}");
    }
}

#[test]
fn comments_are_kept_and_mean_nothing() {
    let source = "# upstream: none\n\n== session 1\n# the greeting\nS> 220 [..]\nC> QUIT\n# goodbye\n";
    let expectation: Expectation = source.parse().unwrap();
    assert_eq!(expectation.to_string(), source);
    assert!(meets(
        "S> 220 Ready.\n# aside\nC> QUIT\nS> 221 Bye.\n",
        &source[source.find("# the").unwrap()..]
    ));
}

#[test]
fn a_mistake_is_named_with_its_place() {
    for (source, message) in [
        ("== session 1\nC? NOOP\\n", "line 2, column 8: expected the end of the line or"),
        ("== session 1\nC?NOOP", "line 2, column 3: expected a blank"),
        ("== session 1\n....", "line 2, column 1: expected `# `, `== session`"),
        ("== session 1\nS> [HOST]", "line 2, column 4: expected a hole"),
        ("...", "line 1, column 1: expected `== session 1` above"),
    ] {
        let error = Expectation::parse(source).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn many_gaps_in_a_long_transcript_take_seconds_at_most() {
    let exchange =
        |number: usize| format!("C> RETR {number}\nS> 150 Ok.\n-- data passive\nD> a\nS> 226 Ok.\n");
    let received = format!("== session 1\n{}", (0..10_000).map(exchange).collect::<String>());
    let received = Transcript::parse(&received).unwrap();
    // Each line may come at almost any place, and the last one nowhere.
    let expected = "...\nC? RETR [..]\nS> [..]\n...\nS> 226 [..]\n".repeat(20);
    let met = Expectation::parse(&format!("== session 1\n{expected}...\n")).unwrap();
    let unmet = Expectation::parse(&format!("== session 1\n{expected}...\nC> QUIT\n")).unwrap();
    let (compared, comparison) = mpsc::channel();
    thread::spawn(move || compared.send((received.matches(&met), received.matches(&unmet))).unwrap());
    let (met, unmet) = comparison.recv_timeout(Duration::from_secs(30)).unwrap();
    assert!(met.is_ok());
    let mismatch = unmet.unwrap_err();
    assert!(
        mismatch.to_string().starts_with("session 1, exchange 10000: the client did not send `QUIT`"),
        "{mismatch}"
    );
}
