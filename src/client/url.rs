//! `ftp://` URLs, as a client is given them (RFC 1738, 3.2).

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::address::{FTP_PORT, FTPS_PORT, ServerAddress, is_host};
use crate::proto::Secret;

/// What may stand in a part of a URL as it is: RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The same, and what keeps a path a path.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// A server, a user and a pathname, as one text.
///
/// Only [`expose`](Self::expose) shows the password; `Display` and `Debug` hide it.
///
/// ```
/// use ftp_fixture::client::FtpUrl;
///
/// let url: FtpUrl = "ftp://ada:p%40ss@[::1]:2121/pub/a%20b".parse()?;
/// assert_eq!((url.user(), url.path()), ("ada", "pub/a b"));
/// assert_eq!(url.server().to_string(), "[::1]:2121");
/// assert_eq!(url.to_string(), "ftp://ada:******@[::1]:2121/pub/a%20b");
/// assert_eq!(url.expose(), "ftp://ada:p%40ss@[::1]:2121/pub/a%20b");
/// # Ok::<(), ftp_fixture::client::UrlError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FtpUrl {
    server: ServerAddress,
    user: String,
    password: Secret,
    path: String,
    tls: bool,
}

/// A text that is no URL of FTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlError(&'static str);

impl FtpUrl {
    /// The host and the port, which is 21 for `ftp://` and 990 for `ftps://` unless said.
    pub fn server(&self) -> &ServerAddress {
        &self.server
    }

    /// The user; empty where none is given.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The password; empty where none is given.
    pub fn password(&self) -> &Secret {
        &self.password
    }

    /// What stands behind the host and its slash: relative to the user's home, as RFC 1738 has it. `%2F` begins one
    /// that is not.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it is `ftps://`: TLS from the first byte.
    pub fn is_tls(&self) -> bool {
        self.tls
    }

    /// The whole URL, which parses to the same; the password is in it for all to see.
    pub fn expose(&self) -> String {
        self.with_password(&utf8_percent_encode(self.password.expose(), RESERVED).to_string())
    }

    /// The URL with a password that is encoded already.
    fn with_password(&self, password: &str) -> String {
        let Self { server, user, path, .. } = self;
        let scheme = if self.tls { "ftps" } else { "ftp" };
        let mut login = utf8_percent_encode(user, RESERVED).to_string();
        if !password.is_empty() {
            login = format!("{login}:{password}");
        }
        if !login.is_empty() {
            login.push('@');
        }
        // A slash that begins the path would otherwise be taken for the one before it.
        let (slash, path) = path.strip_prefix('/').map_or(("", path.as_str()), |path| ("%2F", path));
        format!("{scheme}://{login}{server}/{slash}{}", utf8_percent_encode(path, RESERVED_IN_PATH))
    }
}

impl FromStr for FtpUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = text.split_once("://").ok_or(UrlError("it has no scheme"))?;
        let tls = match scheme.to_ascii_lowercase().as_str() {
            "ftp" => false,
            "ftps" => true,
            _ => return Err(UrlError("its scheme is neither ftp nor ftps")),
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (login, address) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = login.split_once(':').unwrap_or((login, ""));
        Ok(Self {
            server: server(address, if tls { FTPS_PORT } else { FTP_PORT })?,
            user: decoded(user)?,
            password: Secret::new(decoded(password)?),
            path: decoded(path)?,
            tls,
        })
    }
}

impl fmt::Display for FtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let password = if self.password.expose().is_empty() { "" } else { Secret::MASK };
        f.write_str(&self.with_password(password))
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no URL of FTP: {}; write ftp://user:password@host:port/path, percent-encoded", self.0)
    }
}

impl std::error::Error for UrlError {}

fn server(address: &str, default_port: u16) -> Result<ServerAddress, UrlError> {
    let (host, port) = match address.strip_prefix('[') {
        Some(rest) => {
            let (host, rest) = rest.split_once(']').ok_or(UrlError("a bracket is missing"))?;
            host.parse::<Ipv6Addr>().map_err(|_| UrlError("what is in brackets is no IPv6 address"))?;
            let port = rest.strip_prefix(':');
            if port.is_none() && !rest.is_empty() {
                return Err(UrlError("a colon is missing before the port"));
            }
            (host.to_owned(), port)
        }
        None => {
            let (host, port) =
                address.split_once(':').map_or((address, None), |(host, port)| (host, Some(port)));
            (decoded(host)?, port)
        }
    };
    if !is_host(&host) {
        return Err(UrlError("it has no host"));
    }
    let port = match port {
        None | Some("") => default_port,
        Some(port) => port.parse().map_err(|_| UrlError("its port is none"))?,
    };
    Ok(ServerAddress::new(host, Some(port)))
}

fn decoded(part: &str) -> Result<String, UrlError> {
    let decoded =
        percent_decode_str(part).decode_utf8().map_err(|_| UrlError("something in it is not UTF-8"))?;
    if decoded.contains(['\r', '\n', '\0']) {
        return Err(UrlError("something in it is a line end"));
    }
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn what_is_left_out_has_a_default() {
        let url: FtpUrl = "FTP://localhost".parse().unwrap();
        assert_eq!((url.user(), url.password().expose(), url.path(), url.is_tls()), ("", "", "", false));
        assert_eq!(url.server().port(), Some(21));
        assert_eq!("ftps://localhost/".parse::<FtpUrl>().unwrap().server().port(), Some(990));
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "localhost",
            "http://localhost/",
            "ftp:///pub",
            "ftp://[::1/",
            "ftp://[localhost]/",
            "ftp://[::1]2121/",
            "ftp://localhost:99999/",
            "ftp://localhost/a%0D%0ADELE%20b",
            "ftp://u%FF@localhost/",
        ] {
            assert!(text.parse::<FtpUrl>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_expose_shows_the_password() {
        let url: FtpUrl = "ftp://ada:s3cret@localhost/".parse().unwrap();
        assert!(!format!("{url:?} {url}").contains("s3cret"));
        assert_eq!(url.to_string(), "ftp://ada:******@localhost:21/");
        assert_eq!(url.expose(), "ftp://ada:s3cret@localhost:21/");
    }

    proptest! {
        #[test]
        fn expose_and_parse_are_inverses(
            user in "[^\r\n\0]{0,9}", password in "[^\r\n\0]{0,9}", path in "[^\r\n\0]{0,19}", port in 1u16.., tls in any::<bool>(),
        ) {
            let server = ServerAddress::new("::1", Some(port));
            let url = FtpUrl { server, user, password: Secret::new(password), path, tls };
            prop_assert_eq!(url.expose().parse(), Ok(url));
        }
    }
}
