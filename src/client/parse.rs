//! What a client reads in replies: ftplib's `parse150`, `parse227`, `parse229` and `parse257`.

use std::net::SocketAddrV4;

use super::error::ReplyError;
use crate::proto::{ExtendedPassive, HostPort, Reply};

/// The number of bytes that a 150 announces, `(1234 bytes)`; `None` where it announces none.
///
/// The last parenthesis counts, in whichever line it stands.
///
/// # Errors
/// When the code is not 150.
///
/// ```
/// use ftp_fixture::client::parse150;
///
/// let reply = "150 Opening data connection for (odd) name (1234 bytes).".parse()?;
/// assert_eq!(parse150(&reply)?, Some(1234));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse150(reply: &Reply) -> Result<Option<u64>, ReplyError> {
    expect(150, reply)?;
    Ok(announced_size(reply))
}

/// The address in a 227, the reply to PASV, with parentheses around it or not.
///
/// # Errors
/// When the code is not 227, or there is none.
///
/// ```
/// use ftp_fixture::client::parse227;
///
/// let reply = "227 Entering passive mode (127,0,0,1,156,64).".parse()?;
/// assert_eq!(parse227(&reply)?.to_string(), "127.0.0.1:40000");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse227(reply: &Reply) -> Result<SocketAddrV4, ReplyError> {
    expect(227, reply)?;
    let found = reply.lines().find_map(HostPort::find_in);
    found.map(HostPort::addr).ok_or_else(|| ReplyError::proto("\"PASV\"", reply.clone()))
}

/// The port in a 229, the reply to EPSV.
///
/// # Errors
/// When the code is not 229, or there is none.
///
/// ```
/// use ftp_fixture::client::parse229;
///
/// let reply = "229 Entering extended passive mode (|||40000|).".parse()?;
/// assert_eq!(parse229(&reply)?, 40000);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse229(reply: &Reply) -> Result<u16, ReplyError> {
    expect(229, reply)?;
    let found = reply.lines().find_map(ExtendedPassive::find_in);
    found.map(ExtendedPassive::port).ok_or_else(|| ReplyError::proto("\"EPSV\"", reply.clone()))
}

/// The pathname in a 257, the reply to PWD and MKD; `None` where it is not in quotes.
///
/// # Errors
/// When the code is not 257.
///
/// ```
/// use ftp_fixture::client::parse257;
///
/// let reply = r#"257 "/say ""hello""" is the current directory."#.parse()?;
/// assert_eq!(parse257(&reply)?.as_deref(), Some(r#"/say "hello""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn parse257(reply: &Reply) -> Result<Option<String>, ReplyError> {
    expect(257, reply)?;
    Ok(reply.lines().find_map(quoted))
}

/// The lines of a reply but the first and the last.
pub(super) fn middle_lines(reply: &Reply) -> impl Iterator<Item = &str> {
    let count = reply.lines().count();
    reply.lines().take(count.saturating_sub(1)).skip(1)
}

/// The number of bytes in the last parenthesis that has one.
pub(super) fn announced_size(reply: &Reply) -> Option<u64> {
    reply.lines().rev().find_map(|line| {
        line.rmatch_indices('(').find_map(|(at, _)| {
            let (number, unit) = line[at + 1..].split_once(' ')?;
            let is_bytes = unit.get(..6).is_some_and(|unit| unit.eq_ignore_ascii_case("bytes)"));
            number.parse().ok().filter(|_| is_bytes)
        })
    })
}

fn expect(code: u16, reply: &Reply) -> Result<(), ReplyError> {
    if reply.code().number() == code {
        return Ok(());
    }
    Err(ReplyError::new(format!("what {code} answers"), reply.clone()))
}

/// What stands at the start of `text` in quotes, doubled ones inside undone. A missing one at the end is overlooked.
fn quoted(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('"')?;
    let mut name = String::new();
    loop {
        let Some((before, after)) = rest.split_once('"') else {
            name.push_str(rest);
            return Some(name);
        };
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                name.push('"');
                rest = after;
            }
            None => return Some(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn reply(text: &str) -> Reply {
        text.parse().unwrap()
    }

    #[test]
    fn the_size_is_in_the_last_parenthesis_that_has_one() {
        for (text, size) in [
            ("150 Opening (5 bytes)", Some(5)),
            ("150 Opening a (1 bytes) b (12 BYTES).", Some(12)),
            ("150 Opening (12 bytes) (of 3)", Some(12)),
            ("150-Opening\n150 for (12 bytes)", Some(12)),
            ("150 Opening (5.00 KB)", None),
            ("150 Opening ( bytes)", None),
            ("150 Opening (5 byteß)", None),
            ("150 ((", None),
        ] {
            assert_eq!(parse150(&reply(text)), Ok(size), "{text}");
        }
        assert!(parse150(&reply("125 (5 bytes)")).is_err());
    }

    #[test]
    fn an_address_that_is_not_there_is_an_error() {
        assert!(parse227(&reply("227 Entering passive mode.")).is_err());
        assert!(parse227(&reply("227 (127,0,0,1,999,999)")).is_err());
        assert!(parse229(&reply("229 (|||x|)")).is_err());
        assert_eq!(parse227(&reply("227-a\n227 =127,0,0,1,4,1")).unwrap().port(), 1025);
    }

    #[test]
    fn a_pathname_is_found_in_quotes_only() {
        for (text, path) in [
            ("257 \"/a\" is current.", Some("/a")),
            ("257 \"/a", Some("/a")),
            ("257 \"\"", Some("")),
            ("257 /a is current.", None),
            ("257  \"/a\"", None),
        ] {
            assert_eq!(parse257(&reply(text)).unwrap().as_deref(), path, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_quoted_pathname_comes_back(path in "[^\\p{Cc}]*") {
            let text = format!("257 \"{}\" created.", path.replace('"', "\"\""));
            prop_assert_eq!(parse257(&reply(&text)).unwrap(), Some(path));
        }
    }
}
