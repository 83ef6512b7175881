//! What goes wrong with a server, as a sentence that ends in what to do.

use ftp_fixture::client::{Error, ReplyError};

use crate::failure::Failure;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::of_transfer(match &error {
            Error::Timeout { awaiting, after } => {
                format!("{awaiting} did not come within {after:?}; allow more with --timeout")
            }
            _ => match hint(&error) {
                Some(hint) => format!("{}; {hint}", error.to_string().trim_end_matches('.')),
                None => error.to_string(),
            },
        })
    }
}

fn hint(error: &Error) -> Option<&'static str> {
    match error {
        Error::Reply(error) => hint_on_reply(error),
        Error::Tls { .. } => Some("--ca names the authorities to trust, and --insecure trusts anybody"),
        Error::Io { doing, .. } if doing.starts_with("waiting for a connection") => {
            Some("see that host and port are right, and that the server runs")
        }
        Error::NotAListing { .. } => Some("-l shows it as it is"),
        _ => None,
    }
}

fn hint_on_reply(error: &ReplyError) -> Option<&'static str> {
    let to = |verb: &str| error.to().trim_start_matches('"').starts_with(verb);
    match error.reply().code().number() {
        530 => Some("user and password stand in the URL, as in ftp://user:password@host/"),
        550 if to("RETR") || to("MLSD") || to("LIST") => Some("ftp-fixture ls shows what is there"),
        550 | 553 if to("STOR") || to("APPE") => {
            Some("see that the directory is there, and that the user may write to it")
        }
        _ if to("AUTH") => {
            Some("this server has no TLS, or has it from the first byte, which ftps:// asks for")
        }
        _ => None,
    }
}
