//! Numbers in listings: plain, with their thousands marked, and rounded with a unit.

/// The number that `field` is, all of it digits.
pub(super) fn number(field: &[u8]) -> Option<u64> {
    if field.is_empty() {
        return None;
    }
    field.iter().try_fold(0u64, |sum, byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        sum.checked_mul(10)?.checked_add(digit)
    })
}

/// A number of at most `most` as small as those of dates.
pub(super) fn small_number(field: &[u8], most: i8) -> Option<i8> {
    if field.len() > 2 {
        return None;
    }
    number(field).and_then(|value| i8::try_from(value).ok()).filter(|value| *value <= most)
}

/// A number whose thousands may be marked: `9,730`, `9.730`, `9'730`.
pub(super) fn grouped_number(field: &[u8]) -> Option<u64> {
    let mut groups = field.split(|byte| matches!(byte, b',' | b'.' | b'\''));
    let first = groups.next()?;
    let mut digits = first.to_vec();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first.len()) {
            return None;
        }
        digits.extend_from_slice(group);
    }
    number(&digits)
}

/// A number of bytes, or of units of 1024 and its powers: `531`, `33.5k`, `1,2M`, `4GB`.
pub(super) fn size(field: &[u8]) -> Option<u64> {
    let digits = field.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = number(&field[..digits])?;
    let (tenths, unit) = match &field[digits..] {
        [b'.' | b',', tenth @ b'0'..=b'9', unit @ ..] => (u64::from(tenth - b'0'), unit),
        unit => (0, unit),
    };
    let power = match unit {
        [] if tenths == 0 && digits == field.len() => return Some(whole),
        b"B" if tenths == 0 => return Some(whole),
        [prefix] | [prefix, b'B'] | [prefix, b'i', b'B'] => {
            b"kmgtp".iter().position(|known| *known == prefix.to_ascii_lowercase())? + 1
        }
        _ => return None,
    };
    let unit = 1u64 << (10 * power);
    whole.checked_mul(unit)?.checked_add(tenths * unit / 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_digits_that_fit() {
        assert_eq!(number(b"18446744073709551615"), Some(u64::MAX));
        for field in [&b""[..], b"+1", b"1x", b"18446744073709551616"] {
            assert_eq!(number(field), None);
        }
    }

    #[test]
    fn thousands_are_groups_of_three() {
        assert_eq!(grouped_number(b"9,730"), Some(9_730));
        assert_eq!(grouped_number(b"1.234'567"), Some(1_234_567));
        assert_eq!(grouped_number(b"9730"), Some(9_730));
        for field in [&b"9,73"[..], b"9730,000", b",730", b"9,", b""] {
            assert_eq!(grouped_number(field), None, "{field:?}");
        }
    }

    #[test]
    fn sizes_have_units_of_1024() {
        assert_eq!(size(b"531"), Some(531));
        assert_eq!(size(b"33.5k"), Some(34_304));
        assert_eq!(size(b"1,5M"), Some(1_572_864));
        assert_eq!((size(b"4GB"), size(b"4GiB")), (Some(4 << 30), Some(4 << 30)));
        assert_eq!(size(b"12B"), Some(12));
        for field in [&b""[..], b"k", b"1.k", b"1.5", b"1.25M", b"1x", b"99999999999999999999P", b"99999999P"]
        {
            assert_eq!(size(field), None, "{field:?}");
        }
    }
}
