//! Where a server is: a name or an address, and a port.

use std::fmt;
use std::net::{Ipv6Addr, SocketAddr};
use std::str::FromStr;

/// FTP's port.
pub const FTP_PORT: u16 = 21;

/// The port of FTP within TLS from the first byte (`ftps://`).
pub const FTPS_PORT: u16 = 990;

/// The host and port of a server, as [`Ftp::connect`](super::Ftp::connect) takes it.
///
/// ```
/// use ftp_fixture::client::ServerAddress;
///
/// let address: ServerAddress = "[::1]:2121".parse()?;
/// assert_eq!((address.host(), address.port()), ("::1", Some(2121)));
/// assert_eq!("ftp.example.org".parse::<ServerAddress>()?.port(), None);
/// assert!("ftp.example.org:ftp".parse::<ServerAddress>().is_err());
/// # Ok::<(), ftp_fixture::client::AddressError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ServerAddress {
    host: String,
    port: Option<u16>,
}

/// A text that is no address of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError {
    text: String,
    reason: &'static str,
}

impl ServerAddress {
    /// An address whose host has been looked at; see [`is_host`].
    pub(super) fn new(host: impl Into<String>, port: Option<u16>) -> Self {
        Self { host: host.into(), port }
    }

    /// The name or address, without the brackets of an IPv6 one, but with its zone (`fe80::1%eth0`).
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port, where it was said. Otherwise it is 21, or 990 where TLS is there from the first byte.
    pub fn port(&self) -> Option<u16> {
        self.port
    }
}

impl FromStr for ServerAddress {
    type Err = AddressError;

    /// Reads `host`, `host:port`, `[::1]`, `[::1]:port` or `::1`.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let refused = |reason| AddressError { text: text.to_owned(), reason };
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, rest) = rest.split_once(']').ok_or(refused("a bracket is missing"))?;
                if !is_ipv6(host) {
                    return Err(refused("what is in brackets is no IPv6 address"));
                }
                match rest.strip_prefix(':') {
                    None if !rest.is_empty() => return Err(refused("a colon is missing before the port")),
                    port => (host, port),
                }
            }
            None if is_ipv6(text) => (text, None),
            None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
        };
        if !is_host(host) {
            return Err(refused("it has no host"));
        }
        let port = port.map(|port| port.parse().map_err(|_| refused("its port is no number up to 65535")));
        Ok(Self::new(host, port.transpose()?))
    }
}

impl TryFrom<&str> for ServerAddress {
    type Error = AddressError;

    fn try_from(text: &str) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl TryFrom<String> for ServerAddress {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl TryFrom<(&str, u16)> for ServerAddress {
    type Error = AddressError;

    /// A host, where an IPv6 address has no brackets, and a port.
    fn try_from((host, port): (&str, u16)) -> Result<Self, AddressError> {
        match is_host(host) {
            true => Ok(Self::new(host, Some(port))),
            false => Err(AddressError { text: host.to_owned(), reason: "it is no host" }),
        }
    }
}

impl From<SocketAddr> for ServerAddress {
    fn from(address: SocketAddr) -> Self {
        let host = match address {
            SocketAddr::V6(address) if address.scope_id() != 0 => {
                format!("{}%{}", address.ip(), address.scope_id())
            }
            _ => address.ip().to_string(),
        };
        Self::new(host, Some(address.port()))
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.contains(':') {
            true => write!(f, "[{}]", self.host)?,
            false => f.write_str(&self.host)?,
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text, reason } = self;
        write!(f, "{text:?} is no address of a server: {reason}; write host, host:port or [::1]:port")
    }
}

impl std::error::Error for AddressError {}

/// Whether it can be asked for: a name, or an address without brackets.
pub(super) fn is_host(text: &str) -> bool {
    let stands_for_more = |c: char| c.is_whitespace() || c.is_control() || "[]:/@%".contains(c);
    is_ipv6(text) || !text.is_empty() && !text.contains(stands_for_more)
}

/// Whether it is an IPv6 address, perhaps with a zone (RFC 4007, 11).
fn is_ipv6(text: &str) -> bool {
    let (address, zone) = text.split_once('%').unwrap_or((text, "lo"));
    address.parse::<Ipv6Addr>().is_ok()
        && !zone.is_empty()
        && zone.chars().all(|c| c.is_ascii_graphic() && c != ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_every_form() {
        for (text, shown) in [
            ("localhost", "localhost"),
            ("localhost:2121", "localhost:2121"),
            ("127.0.0.1", "127.0.0.1"),
            ("::1", "[::1]"),
            ("[::1]", "[::1]"),
            ("[::1]:2121", "[::1]:2121"),
            ("[fe80::1%eth0]:2121", "[fe80::1%eth0]:2121"),
        ] {
            let address: ServerAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), shown, "{text}");
            assert_eq!(shown.parse(), Ok(address), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            ":21",
            "localhost:99999",
            "localhost:",
            "localhost:ftp",
            "[::1]x",
            "[::1",
            "[localhost]:21",
            "1::2::3",
            "fe80::1%",
            "ftp://localhost/",
            "ada@localhost",
            "local host",
        ] {
            let error = text.parse::<ServerAddress>().unwrap_err().to_string();
            assert!(error.contains(&format!("{text:?}")), "{error}");
        }
        assert!(ServerAddress::try_from(("localhost:21", 21)).is_err());
        assert_eq!(ServerAddress::try_from(("::1", 21)).unwrap().to_string(), "[::1]:21");
    }

    #[test]
    fn a_socket_address_keeps_all_it_has() {
        for text in ["[::1]:2121", "[fe80::1%3]:2121", "127.0.0.1:2121"] {
            let address: SocketAddr = text.parse().unwrap();
            assert_eq!(ServerAddress::from(address).to_string(), text);
        }
    }
}
