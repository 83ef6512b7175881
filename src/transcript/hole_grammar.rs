//! Which literal texts a hole stands for.

use super::hole::Hole;

/// Where the text of a hole may end that starts where a literal does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ends {
    /// At these offsets, in ascending order.
    At(Vec<usize>),
    /// At this offset and at each one behind it.
    From(usize),
}

impl Hole {
    /// Whether `text` is of the form of the values that it stands for.
    pub(crate) fn stands_for(&self, text: &[u8]) -> bool {
        match self.ends_in(text) {
            Ends::At(ends) => ends.contains(&text.len()),
            Ends::From(end) => end <= text.len(),
        }
    }

    /// Where a value that starts with `text` may end.
    pub(crate) fn ends_in(&self, text: &[u8]) -> Ends {
        match self {
            Self::Pasv => Ends::At(bytes_in_decimal(text, 6)),
            Self::PasvPort => Ends::At(bytes_in_decimal(text, 2)),
            Self::Port => Ends::At(port(text)),
            Self::Addr => Ends::At(match text.first() {
                Some(first) if first.is_ascii_digit() => bytes_in_decimal(text, 6),
                _ => extended_address(text),
            }),
            Self::Password | Self::WrongPassword | Self::Acct | Self::Adat => Ends::From(1),
            Self::Mtime => Ends::At(time(text)),
            Self::Root if is_absolute(text) => Ends::From(1),
            Self::Root => Ends::At(Vec::new()),
            Self::User(_) => match text.iter().position(|byte| !byte.is_ascii_whitespace()) {
                Some(first) => Ends::From(first + 1),
                None => Ends::At(Vec::new()),
            },
        }
    }
}

/// `count` numbers up to 255, with commas in between.
fn bytes_in_decimal(text: &[u8], count: usize) -> Vec<usize> {
    let mut start = 0;
    for _ in 1..count {
        let length = digits(&text[start..]);
        let is_byte = number_ends(&text[start..], 3, 255).contains(&length);
        if !is_byte || text.get(start + length) != Some(&b',') {
            return Vec::new();
        }
        start += length + 1;
    }
    number_ends(&text[start..], 3, 255).into_iter().map(|end| start + end).collect()
}

/// RFC 2428's `|2|::1|40213|`.
fn extended_address(text: &[u8]) -> Vec<usize> {
    let Some(delimiter) = text.first().filter(|byte| byte.is_ascii_punctuation()) else { return Vec::new() };
    let mut fields = text[1..].split(|byte| byte == delimiter);
    let (Some(family), Some(address), Some(number)) = (fields.next(), fields.next(), fields.next()) else {
        return Vec::new();
    };
    let is_family = matches!(family, b"1" | b"2");
    if !is_family || address.is_empty() || fields.next().is_none() || !port(number).contains(&number.len()) {
        return Vec::new();
    }
    vec![family.len() + address.len() + number.len() + 4]
}

fn port(text: &[u8]) -> Vec<usize> {
    number_ends(text, 5, 65_535)
}

/// RFC 3659's `20000101000000.123`, or the date of a listing's line.
fn time(text: &[u8]) -> Vec<usize> {
    let digits_at_start = digits(text);
    if digits_at_start == 14 {
        let fraction = match text.get(14) {
            Some(b'.') => digits(&text[15..]),
            _ => 0,
        };
        return std::iter::once(14).chain((1..=fraction).map(|length| 15 + length)).collect();
    }
    let is_listed = text.first_chunk::<12>().is_some_and(|date| {
        let is = |range: std::ops::Range<usize>, kind: fn(&u8) -> bool| date[range].iter().all(kind);
        let blank_or_digit: fn(&u8) -> bool = |byte| byte.is_ascii_digit() || *byte == b' ';
        let time_or_year = date[9] == b':' && is(7..9, u8::is_ascii_digit) && is(10..12, u8::is_ascii_digit)
            || date[7] == b' ' && is(8..12, u8::is_ascii_digit);
        is(0..3, u8::is_ascii_alphabetic)
            && date[3] == b' '
            && is(4..6, blank_or_digit)
            && date[6] == b' '
            && time_or_year
    });
    if is_listed { vec![12] } else { Vec::new() }
}

fn is_absolute(path: &[u8]) -> bool {
    matches!(path, [b'/', ..])
        || matches!(path, [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic())
}

fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The ends of the numbers at the start of `text` with at most `most` digits, none above `maximum`.
fn number_ends(text: &[u8], most: usize, maximum: u32) -> Vec<usize> {
    let mut value = 0;
    (1..=digits(text).min(most))
        .take_while(|end| {
            value = value * 10 + u32::from(text[end - 1] - b'0');
            value <= maximum
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_of_its_holes_form_and_nothing_else_is() {
        for (hole, values, others) in [
            (
                "[PASV]",
                &["127,0,0,1,156,64", "0,0,0,0,0,0"][..],
                &["127,0,0,1,156", "127,0,0,1,156,256", "a"][..],
            ),
            ("[P1,P2]", &["156,64"], &["156", "156,", "1560,64", "156,64,1"]),
            ("[PORT]", &["1", "65535"], &["", "65536", "123456", "80a"]),
            (
                "[ADDR]",
                &["127,0,0,1,156,64", "|1|127.0.0.1|40213|", "|2|::1|40213|", "!1!127.0.0.1!1!"],
                &["", "|1|127.0.0.1|40213", "|3|::1|40213|", "|1||40213|", "|1|127.0.0.1|70000|"],
            ),
            ("[PASSWORD]", &["s3cret with blanks", " "], &[""]),
            (
                "[MTIME]",
                &["20000101000000", "20000101000000.123", "Jan 01 00:00", "Jan  1  2000"],
                &["2000010100000", "200001010000000", "20000101000000.", "Jan 01 0000", "Jan 01"],
            ),
            ("[ROOT]", &["/tmp/ftp-fixture-1", "C:\\Temp"], &["", "tmp", "C:"]),
            ("[X-ID]", &["7", " seven "], &["", "  "]),
        ] {
            let hole: Hole = hole.parse().unwrap();
            values.iter().for_each(|value| assert!(hole.stands_for(value.as_bytes()), "{hole} {value}"));
            others.iter().for_each(|other| assert!(!hole.stands_for(other.as_bytes()), "{hole} {other}"));
        }
    }
}
