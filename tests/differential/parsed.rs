//! What clients parse: each reply and each listing, brought into a form in which two servers can be compared.
//!
//! Ports, wording, owners, inodes and the time of the test are left out.

use ftp_fixture::proto::{ExtendedPassive, HostPort};

/// What is seen of `reply` to the command `line`.
pub(crate) fn reply(line: &str, reply: &str) -> Vec<String> {
    let (code, text) = (&reply[..3], &reply[4..]);
    let verb = verb(line);
    let is_multi_line = reply.as_bytes()[3] == b'-';
    let code_only = if is_multi_line { format!("{code}-") } else { code.to_owned() };
    let with = |what: String| vec![format!("{code_only} {what}")];
    let all_with = |lines: Vec<String>| [vec![code_only.clone()], lines].concat();
    match (code, verb.as_str()) {
        ("227", _) => {
            with(HostPort::find_in(text).map_or("malformed".to_owned(), |address| {
                format!("address {} and a port", address.addr().ip())
            }))
        }
        ("229", _) => with(ExtendedPassive::find_in(text).map_or("malformed", |_| "a port").to_owned()),
        ("257", _) | ("250", "CWD" | "XCWD" | "CDUP" | "XCUP") => with(pathname(text)),
        ("250", "MLST") => all_with(middle(reply).flat_map(|line| fact_line(line.trim_start())).collect()),
        ("213", "SIZE") | ("215", _) => with(text.to_owned()),
        ("213", "MDTM") => with(moment(text)),
        ("213", "MFMT") => with(text.trim_end_matches('.').to_owned()),
        ("213", "STAT") => all_with(middle(reply).map(|line| list_line(line.trim_start())).collect()),
        ("211", "FEAT") => all_with(middle(reply).map(|line| line.trim().to_owned()).collect()),
        ("214", "HELP") if is_multi_line => {
            all_with(middle(reply).flat_map(str::split_whitespace).map(str::to_owned).collect())
        }
        ("200", "OPTS") if text.contains("MLST") => with(text.trim_end().to_owned()),
        ("350", "REST") => with(text.chars().filter(char::is_ascii_digit).collect()),
        ("125" | "150", "STOU") => match unique_name(reply) {
            Some(name) => with(format!("FILE: {}.*", name.rsplit_once('.').map_or(name, |(stem, _)| stem))),
            None => with("no name".to_owned()),
        },
        _ => vec![code_only],
    }
}

/// The name that STOU has chosen (RFC 1123, 4.1.2.9).
pub(crate) fn unique_name(reply: &str) -> Option<&str> {
    reply.strip_prefix("150 FILE: ").or_else(|| reply.strip_prefix("125 FILE: "))
}

/// What is seen of data that came for `verb`.
pub(crate) fn data(verb: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let lines = || text.split_terminator("\r\n");
    match verb {
        "LIST" => lines().map(list_line).collect(),
        "NLST" => lines().map(|name| format!("name {name}")).collect(),
        "MLSD" => {
            let mut lines: Vec<_> = lines().map(fact_line).collect();
            lines.sort_unstable();
            lines.concat()
        }
        _ => vec![format!("\"{}\"", bytes.escape_ascii())],
    }
}

/// `YYYYMMDDHHMMSS`, if it is not of this test's own time.
pub(crate) fn moment(text: &str) -> String {
    let year = text.get(..4).and_then(|year| year.parse::<u16>().ok());
    let is_one = text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit());
    match year {
        Some(2020..) if is_one => "now".to_owned(),
        _ if is_one => text.to_owned(),
        _ => format!("malformed {text}"),
    }
}

fn verb(line: &str) -> String {
    line.split(' ').next().unwrap_or_default().to_uppercase()
}

/// The lines of a multi-line reply between the first and the last.
fn middle(reply: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = reply.split("\r\n").collect();
    let count = lines.len().saturating_sub(2);
    lines.into_iter().skip(1).take(count)
}

/// The pathname in double quotes at the start, its own ones doubled (RFC 959, appendix II).
fn pathname(text: &str) -> String {
    let Some(quoted) = text.strip_prefix('"') else { return "malformed".to_owned() };
    let mut pathname = String::new();
    let mut characters = quoted.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '"' && characters.next_if_eq(&'"').is_none() {
            return pathname;
        }
        pathname.push(character);
    }
    "malformed".to_owned()
}

/// A line of `ls -l`: type and mode, a file's size, the date if it is not of this test's own time, the name.
fn list_line(line: &str) -> String {
    let mut rest = line;
    let mut fields = Vec::new();
    for _ in 0..8 {
        let (field, after) = rest.split_once(' ').unwrap_or((rest, ""));
        fields.push(field);
        // One blank ends the year or the minute; all that follow are the name's.
        rest = if fields.len() == 8 { after } else { after.trim_start() };
    }
    let [mode, links, _owner, _group, size, month, day, time] = fields[..] else { unreachable!() };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_well_formed = mode.len() == 10
        && [links, size, day].into_iter().all(is_number)
        && month.len() == 3
        && (is_number(time) && time.len() == 4 || time.len() == 5 && time.as_bytes()[2] == b':');
    if !is_well_formed {
        return format!("malformed line {line:?}");
    }
    let is_now = time.contains(':') || time >= "2020";
    let date = if is_now { "now".to_owned() } else { format!("{month} {day} {time}") };
    match mode.as_bytes()[0] {
        b'-' => format!("line {mode} {size} {date} {rest}"),
        _ => format!("line {mode} {rest}"),
    }
}

/// A line of MLSD or MLST: each fact by itself, after the name that it is about.
fn fact_line(line: &str) -> Vec<String> {
    let Some((facts, name)) = line.split_once(' ') else { return vec![format!("malformed line {line:?}")] };
    let is_directory = facts.contains("type=dir") || facts.contains("type=cdir");
    let fact = |fact: &str| match fact.split_once('=') {
        Some(("unique" | "unix.uid" | "unix.gid", value)) if !value.is_empty() => fact.replace(value, "*"),
        Some(("size" | "modify", _)) if is_directory => fact.split('=').next().unwrap_or_default().to_owned(),
        Some(("modify", value)) => format!("modify={}", moment(value)),
        _ => fact.to_owned(),
    };
    std::iter::once(format!("entry {name}"))
        .chain(facts.split_terminator(';').map(|text| format!("{name}: {}", fact(text))))
        .collect()
}

#[test]
fn what_clients_parse_is_seen() {
    for (line, text, seen) in [
        ("PASV", "227 Here (127,0,0,1,4,5).", vec!["227 address 127.0.0.1 and a port"]),
        ("EPSV", "229 Here (|||1029|)", vec!["229 a port"]),
        ("PWD", "257 \"/a\"\"b\" is it", vec!["257 /a\"b"]),
        ("CWD a\"b", "250 \"/a\"b\" is it", vec!["250 /a"]),
        ("NOOP", "200 Done.", vec!["200"]),
        ("STAT", "211-Status:\r\n some\r\n211 End", vec!["211-"]),
        ("FEAT", "211-Features:\r\n EPSV\r\n SIZE\r\n211 End", vec!["211-", "EPSV", "SIZE"]),
        ("MDTM a", "213 20261123010203", vec!["213 now"]),
        ("STOU", "150 FILE: ftpd.abcdefgh", vec!["150 FILE: ftpd.*"]),
    ] {
        assert_eq!(reply(line, text), seen);
    }
    let listing = b"-rw-r--r--   1 owner    group           6 Feb 03  1999  a b\r\n\
                    drwxr-xr-x   2 owner    group        4096 Nov 23 01:02 d\r\n";
    assert_eq!(data("LIST", listing), ["line -rw-r--r-- 6 Feb 03 1999  a b", "line drwxr-xr-x d"]);
    let facts = b"size=4096;type=dir; d\r\nmodify=19990203040506;unique=1g2; a b\r\n";
    assert_eq!(
        data("MLSD", facts),
        ["entry a b", "a b: modify=19990203040506", "a b: unique=*", "entry d", "d: size", "d: type=dir"]
    );
}
