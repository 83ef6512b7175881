//! The names of months, as `ls` writes them in the languages that servers are set to.

/// For each month its names: what is left of them in ASCII, in lower case, so that UTF-8 and Latin-1 are the same
/// (`fvr` is French février). English, German, French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian,
/// Swedish, Polish, Hungarian, Turkish.
const NAMES: [&[&str]; 12] = [
    &[
        "jan", "january", "januar", "jnner", "janv", "janvier", "ene", "enero", "gen", "gennaio", "janeiro",
        "sty", "oca",
    ],
    &[
        "feb",
        "february",
        "februar",
        "fvr",
        "fvrier",
        "fev",
        "febrero",
        "febbraio",
        "fevereiro",
        "lut",
        "febr",
        "ub",
    ],
    &["mar", "march", "mrz", "mr", "mars", "marzo", "maro", "mrt", "maart", "mrc", "marts"],
    &["apr", "april", "avr", "avril", "abr", "abril", "aprile", "kwi", "pr", "nis"],
    &["may", "mai", "mayo", "mag", "maggio", "maio", "mei", "maj", "mj"],
    &["jun", "june", "juni", "juin", "junio", "giu", "giugno", "junho", "cze", "jn", "haz"],
    &["jul", "july", "juli", "juil", "juillet", "julio", "lug", "luglio", "julho", "lip", "jl", "tem"],
    &["aug", "august", "aot", "ago", "agosto", "augustus", "augusti", "sie", "au"],
    &[
        "sep",
        "sept",
        "september",
        "septembre",
        "septiembre",
        "set",
        "settembre",
        "setembro",
        "wrz",
        "szept",
        "eyl",
    ],
    &[
        "oct", "october", "okt", "oktober", "octobre", "octubre", "ott", "ottobre", "out", "outubro", "pa",
        "eki",
    ],
    &["nov", "november", "novembre", "noviembre", "novembro", "lis", "kas"],
    &[
        "dec",
        "december",
        "dez",
        "dezember",
        "dc",
        "dcembre",
        "dic",
        "diciembre",
        "dicembre",
        "dezembro",
        "des",
        "gru",
        "ara",
    ],
];

/// The month, from 1, that `field` names: `Jan`, `Juli,`, `févr.`, `8月`.
pub(super) fn month(field: &[u8]) -> Option<i8> {
    // The longest name has ten letters; a letter has at most four bytes.
    if field.len() > 40 {
        return None;
    }
    let (letters, has_mark) = plain(field);
    if letters.iter().all(u8::is_ascii_digit) {
        return has_mark
            .then(|| super::number::small_number(&letters, 12))
            .flatten()
            .filter(|month| *month > 0);
    }
    let index = NAMES.iter().position(|names| names.iter().any(|name| name.as_bytes() == letters))?;
    i8::try_from(index + 1).ok()
}

/// The day of a month that `field` is: `2`, `02`, `26.`, `20日`.
pub(super) fn day(field: &[u8]) -> Option<i8> {
    if field.len() > 6 {
        return None;
    }
    super::number::small_number(&plain(field).0, 31).filter(|day| *day > 0)
}

/// The ASCII of `field` in lower case, without a full stop or comma at its end, and whether there was more.
fn plain(field: &[u8]) -> (Vec<u8>, bool) {
    let field = field.strip_suffix(b",").unwrap_or(field);
    let field = field.strip_suffix(b".").unwrap_or(field);
    let letters: Vec<u8> = field.iter().filter(|byte| byte.is_ascii()).map(u8::to_ascii_lowercase).collect();
    let has_mark = letters.len() < field.len();
    (letters, has_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_two_months() {
        for (index, names) in NAMES.iter().enumerate() {
            for name in *names {
                assert_eq!(month(name.as_bytes()), i8::try_from(index + 1).ok(), "{name}");
            }
        }
    }

    #[test]
    fn a_name_is_the_same_in_utf8_and_latin1() {
        for (name, number) in [("févr.", 2), ("août", 8), ("Juli,", 7), ("MÄRZ", 3), ("8月", 8), ("12월", 12)]
        {
            assert_eq!(month(name.as_bytes()), Some(number), "{name}");
        }
        assert_eq!(month(b"ao\xfbt"), Some(8));
        assert_eq!(month(b"M\xe4rz"), Some(3));
    }

    #[test]
    fn what_is_no_month_is_none() {
        for name in ["", ".", "8", "13月", "0月", "foo", "janx", "é"] {
            assert_eq!(month(name.as_bytes()), None, "{name}");
        }
    }

    #[test]
    fn days_have_marks_too() {
        for (text, number) in
            [("2", Some(2)), ("26.", Some(26)), ("20日", Some(20)), ("0", None), ("32", None), ("", None)]
        {
            assert_eq!(day(text.as_bytes()), number, "{text}");
        }
    }
}
