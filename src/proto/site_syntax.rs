//! How the commands behind SITE are written (RFC 959, 4.1.3): what ProFTPD and Pure-FTPd take.

use super::command::Command;
use super::parameter::ParameterError;
use super::timeval::Timeval;
use super::verb::Verb;

const TIME_FORM: ParameterError =
    ParameterError::Invalid("YYYYMMDDhhmm[ss] and a pathname, or a pathname, three times and UTC");

/// What SITE was given, as the command that it is.
pub(super) fn command(text: &str) -> Result<Command, ParameterError> {
    let (word, parameter) = text.split_once(' ').unwrap_or((text, ""));
    match Verb::from_name(&format!("{} {word}", Verb::Site)) {
        Some(verb) => Command::parse(verb, Some(parameter)),
        None => Err(ParameterError::Invalid("a command that SITE HELP shows")),
    }
}

/// `SITE CHMOD mode pathname`.
pub(super) fn mode(text: &str) -> Result<Command, ParameterError> {
    match text.split_once(' ') {
        Some((mode, path)) if !path.is_empty() => {
            Ok(Command::SiteChmod { mode: mode.parse()?, path: path.to_owned() })
        }
        _ => Err(ParameterError::Invalid("a mode, a space and a pathname")),
    }
}

/// `SITE UTIME time pathname`, or `SITE UTIME pathname accessed modified changed UTC`, of which only `modified` is set.
pub(super) fn time(text: &str) -> Result<Command, ParameterError> {
    let (path, time) = three_times(text).or_else(|| one_time(text)).ok_or(TIME_FORM)?;
    Ok(Command::SiteUtime { time, path: path.to_owned() })
}

fn three_times(text: &str) -> Option<(&str, Timeval)> {
    let (rest, zone) = text.rsplit_once(' ')?;
    let (rest, changed) = rest.rsplit_once(' ')?;
    let (rest, modified) = rest.rsplit_once(' ')?;
    let (path, accessed) = rest.rsplit_once(' ')?;
    if !zone.eq_ignore_ascii_case("UTC") || path.is_empty() {
        return None;
    }
    [accessed, changed].map(seconds_optional).into_iter().collect::<Option<Vec<_>>>()?;
    Some((path, seconds_optional(modified)?))
}

fn one_time(text: &str) -> Option<(&str, Timeval)> {
    let (time, path) = text.split_once(' ').filter(|(_, path)| !path.is_empty())?;
    Some((path, seconds_optional(time)?))
}

/// A time with or without its two digits of seconds.
fn seconds_optional(text: &str) -> Option<Timeval> {
    text.parse().or_else(|_| format!("{text}00").parse()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utime(text: &str) -> Option<(String, String)> {
        match time(text) {
            Ok(Command::SiteUtime { time, path }) => Some((time.to_string(), path)),
            _ => None,
        }
    }

    #[test]
    fn both_forms_of_utime_set_the_time_of_modification() {
        for (text, time, path) in [
            ("200102030405 a b", "20010203040500", "a b"),
            ("20010203040506 a", "20010203040506", "a"),
            ("a b 20000101000000 20010203040506 20000101000000 UTC", "20010203040506", "a b"),
            ("20010203040506 20000101000000 UTC", "20010203040506", "20000101000000 UTC"),
        ] {
            assert_eq!(utime(text), Some((time.to_owned(), path.to_owned())), "{text:?}");
        }
        for text in
            ["", "a", "20010203040506", "20010203040506 ", "2001 a", "20011303040506 a", "a 1 2 3 UTC"]
        {
            assert_eq!(utime(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_mode_stands_before_the_pathname() {
        let chmod = Command::SiteChmod { mode: "644".parse().unwrap(), path: "a b".to_owned() };
        assert_eq!(mode("0644 a b"), Ok(chmod.clone()));
        assert_eq!(command("chmod 644 a b"), Ok(chmod));
        for text in ["644", "644 ", "a 644", " 644 a"] {
            assert!(mode(text).is_err(), "{text:?}");
        }
        for text in ["", " CHMOD 644 a", "FOO", "SITE"] {
            assert!(command(text).is_err(), "{text:?}");
        }
    }
}
