//! Which parts of a command are holes: secrets, and addresses that the client chose by chance.

use std::net::IpAddr;

use super::hole::Hole;
use super::line::verb_range;
use super::text::Text;

/// The text of a command line as a transcript shows it.
///
/// A secret is hidden wherever its verb stands in the line, because a client that ends lines by LF alone sends
/// several commands as one line.
pub(crate) fn command_text(line: &[u8], client: Option<IpAddr>) -> Text {
    let mut start = 0;
    for part in line.split_inclusive(|byte| *byte == b'\n') {
        let verb = verb_range(part);
        if let Some(hole) = secret(&part[verb.clone()]) {
            return hide(line, start + verb.end, hole);
        }
        start += part.len();
    }
    let verb = verb_range(line);
    let parameter = &line[(verb.end + 1).min(line.len())..];
    let parameter_text = if line[verb.clone()].eq_ignore_ascii_case(b"PORT") {
        port_parameter(parameter, client)
    } else if line[verb].eq_ignore_ascii_case(b"EPRT") {
        eprt_parameter(parameter, client)
    } else {
        None
    };
    match parameter_text {
        Some(parameter_text) => {
            let mut text = Text::literal(&line[..line.len() - parameter.len()]);
            text.append(parameter_text);
            text
        }
        None => Text::literal(line),
    }
}

fn secret(verb: &[u8]) -> Option<Hole> {
    match verb.to_ascii_uppercase().as_slice() {
        b"PASS" => Some(Hole::Password),
        b"ACCT" => Some(Hole::Acct),
        b"ADAT" => Some(Hole::Adat),
        _ => None,
    }
}

/// `line` with all behind the byte after its verb in a hole, but for an LF at the end, which may be why it hangs.
fn hide(line: &[u8], verb_end: usize, hole: Hole) -> Text {
    let shown = (verb_end + 1).min(line.len());
    let tail = if line[shown..].ends_with(b"\n") { &b"\n"[..] } else { b"" };
    let mut text = Text::literal(&line[..shown]);
    if line.len() > shown + tail.len() {
        text.push_hole(hole);
    }
    text.push_bytes(tail);
    text
}

/// RFC 959's `h1,h2,h3,h4,p1,p2`.
fn port_parameter(parameter: &[u8], client: Option<IpAddr>) -> Option<Text> {
    let text = std::str::from_utf8(parameter).ok()?;
    let numbers: Vec<&str> = text.split(',').collect();
    if numbers.len() != 6 || !numbers.iter().all(|number| is_decimal::<u8>(number)) {
        return None;
    }
    let address = numbers[..4].join(".");
    Some(match client.map(|client| client.to_canonical().to_string()) {
        Some(own) if own == address => whole(),
        _ => {
            with_port_hole(&text[..text.len() - numbers[4].len() - numbers[5].len() - 1], Hole::PasvPort, "")
        }
    })
}

/// RFC 2428's `|1|132.235.1.2|6275|`.
fn eprt_parameter(parameter: &[u8], client: Option<IpAddr>) -> Option<Text> {
    let text = std::str::from_utf8(parameter).ok()?;
    let delimiter = text.chars().next()?;
    let fields: Vec<&str> = text.split(delimiter).collect();
    let ["", family, address, port, ""] = fields[..] else { return None };
    if !is_decimal::<u16>(port) {
        return None;
    }
    let own = client.map(|client| client.to_canonical());
    let own_family = if own.is_some_and(|own| own.is_ipv6()) { "2" } else { "1" };
    Some(match own {
        Some(own) if delimiter == '|' && family == own_family && address == own.to_string() => whole(),
        _ => {
            let end = text.len() - delimiter.len_utf8();
            with_port_hole(&text[..end - port.len()], Hole::Port, &text[end..])
        }
    })
}

fn is_decimal<N: std::str::FromStr>(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<N>().is_ok()
}

fn whole() -> Text {
    with_port_hole("", Hole::Addr, "")
}

fn with_port_hole(before: &str, hole: Hole, behind: &str) -> Text {
    let mut text = Text::literal(before);
    text.push_hole(hole);
    text.push_bytes(behind.as_bytes());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &[u8], client: &str) -> String {
        command_text(line, Some(client.parse().unwrap())).to_string()
    }

    #[test]
    fn a_secret_is_a_hole_however_its_verb_is_written() {
        for (line, printed) in [
            (&b"PASS s3cret"[..], "PASS [PASSWORD]"),
            (b"pass s3cret with blanks ", "pass [PASSWORD]"),
            (b"\xFF\xF4\xFF\xF2PASS s3cret", r"\xFF\xF4\xFF\xF2PASS [PASSWORD]"),
            (b" PASS\ts3cret", r" PASS\t[PASSWORD]"),
            (b"PASS", "PASS"),
            (b"PASS ", r"PASS\x20"),
            (b"ACCT books", "ACCT [ACCT]"),
            (b"ADAT Zm9v", "ADAT [ADAT]"),
            (b"PASSIVE s3cret", "PASSIVE s3cret"),
            (b"PASS s3cret\n", r"PASS [PASSWORD]\x0A"),
            (b"USER alice\nPASS s3\ncret\nNOOP", r"USER alice\x0APASS [PASSWORD]"),
        ] {
            assert_eq!(shown(line, "127.0.0.1"), printed);
        }
    }

    #[test]
    fn the_clients_own_address_is_a_hole_and_of_another_only_the_port() {
        for (line, client, printed) in [
            ("PORT 127,0,0,1,156,64", "127.0.0.1", "PORT [ADDR]"),
            ("PORT 127,0,0,1,156,64", "::ffff:127.0.0.1", "PORT [ADDR]"),
            ("port 10,0,0,1,156,64", "127.0.0.1", "port 10,0,0,1,[P1,P2]"),
            ("PORT 127,0,0,01,156,64", "127.0.0.1", "PORT 127,0,0,01,[P1,P2]"),
            ("PORT 127,0,0,1,256,64", "127.0.0.1", "PORT 127,0,0,1,256,64"),
            ("PORT 127,0,0,1,156", "127.0.0.1", "PORT 127,0,0,1,156"),
            ("PORT", "127.0.0.1", "PORT"),
            ("EPRT |1|127.0.0.1|40213|", "127.0.0.1", "EPRT [ADDR]"),
            ("EPRT |2|::1|40213|", "::1", "EPRT [ADDR]"),
            ("EPRT |2|127.0.0.1|40213|", "127.0.0.1", "EPRT |2|127.0.0.1|[PORT]|"),
            ("EPRT !1!127.0.0.1!40213!", "127.0.0.1", "EPRT !1!127.0.0.1![PORT]!"),
            ("EPRT |1|127.0.0.1|70000|", "127.0.0.1", "EPRT |1|127.0.0.1|70000|"),
            ("EPRT |1|127.0.0.1|40213", "127.0.0.1", "EPRT |1|127.0.0.1|40213"),
        ] {
            assert_eq!(shown(line.as_bytes(), client), printed);
        }
    }
}
