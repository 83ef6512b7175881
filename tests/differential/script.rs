//! Scripts: what a client does in one session, one session a line.
//!
//! ```text
//! # A comment. A heading names the user of the sessions below it, and `ipv6` where they are not over IPv4.
//! [alice ipv6]
//! TYPE I ; REST 3 ; EPSV ; STOR hello.txt << new\r\n
//! ```
//!
//! ` ; ` stands between commands, and at a line's end continues it. `\r`, `\n`, `\\` and `\xFF` are bytes. `{PORT}`
//! and `{EPRT}` are the address of a socket on which the client listens from then on. What stands behind ` << ` is
//! what the client sends over the data connection. The client makes a passive data connection once it is told that
//! the transfer starts, unless a step says otherwise: `!connect` makes it at once, and `!hold` leaves the next
//! transfer waiting for it.

/// The network protocol of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Ipv4,
    Ipv6,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Script {
    /// Who is logged in before it begins; `nobody` for none.
    pub(crate) user: String,
    pub(crate) family: Family,
    pub(crate) steps: Vec<Step>,
}

/// What a client does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// Connects to where the server listens.
    Connect,
    /// Makes no data connection for the next transfer.
    Hold,
    /// Sends a line, and `content` if the transfer that it starts is an upload.
    Command { line: String, content: Vec<u8> },
}

/// Reads the scripts in `text`.
///
/// # Panics
/// When they are not written as they should be.
pub(crate) fn parse(text: &str) -> Vec<Script> {
    let mut scripts = Vec::new();
    let (mut user, mut family) = ("nobody", Family::Ipv4);
    let mut session = String::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        if let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            (user, family) = match heading.strip_suffix(" ipv6") {
                Some(user) => (user, Family::Ipv6),
                None => (heading, Family::Ipv4),
            };
            continue;
        }
        session.push_str(line);
        if line.ends_with(" ;") {
            session.push(' ');
            continue;
        }
        let steps = session.split(" ; ").map(step).collect();
        scripts.push(Script { user: user.to_owned(), family, steps });
        session.clear();
    }
    assert!(session.is_empty(), "the last session goes on after {session:?}");
    scripts
}

fn step(text: &str) -> Step {
    match text {
        "!connect" => Step::Connect,
        "!hold" => Step::Hold,
        _ => {
            let (line, content) = text.split_once(" << ").unwrap_or((text, "new\\r\\n"));
            Step::Command { line: line.to_owned(), content: unescape(content) }
        }
    }
}

/// `text` with its escapes turned into the bytes that they stand for.
///
/// # Panics
/// When an escape is none.
pub(crate) fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let (byte, length) = match after.as_bytes().first() {
            Some(b'r') => (b'\r', 1),
            Some(b'n') => (b'\n', 1),
            Some(b'\\') => (b'\\', 1),
            Some(b'x') => (u8::from_str_radix(&after[1..3], 16).expect("two hex digits"), 3),
            _ => panic!("{text:?} has an unknown escape"),
        };
        bytes.push(byte);
        rest = &after[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[test]
fn a_line_is_a_session() {
    let command =
        |line: &str, content: &[u8]| Step::Command { line: line.to_owned(), content: content.to_vec() };
    let scripts = parse("# say\n[alice]\nPASV ; !connect ;\nSTOR a << x\\n\n\n[nobody ipv6]\nNOOP\n");
    assert_eq!(scripts.len(), 2);
    assert_eq!(scripts[0].user, "alice");
    assert_eq!(scripts[0].steps, [command("PASV", b"new\r\n"), Step::Connect, command("STOR a", b"x\n")]);
    assert_eq!((scripts[1].user.as_str(), scripts[1].family), ("nobody", Family::Ipv6));
}

#[test]
fn escapes_are_bytes() {
    assert_eq!(unescape("a\\r\\n\\xFFb\\\\"), b"a\r\n\xFFb\\");
}
