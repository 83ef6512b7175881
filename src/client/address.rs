//! Where a server is: a name or an address, and a port.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// FTP's port.
pub const FTP_PORT: u16 = 21;

/// The host and port of a server, as [`Ftp::connect`](super::Ftp::connect) takes it.
///
/// ```
/// use ftp_fixture::client::ServerAddress;
///
/// assert_eq!(ServerAddress::from("ftp.example.org").to_string(), "ftp.example.org:21");
/// assert_eq!(ServerAddress::from("[::1]:2121").port(), 2121);
/// assert_eq!(ServerAddress::from(("localhost", 2121)).host(), "localhost");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ServerAddress {
    host: String,
    port: Option<u16>,
}

impl ServerAddress {
    pub(super) fn new(host: impl Into<String>, port: Option<u16>) -> Self {
        Self { host: host.into(), port }
    }

    /// The name or address, without the brackets of an IPv6 one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port: 21 unless said.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(FTP_PORT)
    }
}

impl From<&str> for ServerAddress {
    /// Reads `host`, `host:port`, `[::1]`, `[::1]:port` or `::1`.
    fn from(text: &str) -> Self {
        if let Some((host, rest)) = text.strip_prefix('[').and_then(|rest| rest.split_once(']'))
            && host.parse::<IpAddr>().is_ok()
        {
            let port = rest.strip_prefix(':').and_then(|port| port.parse().ok());
            if port.is_some() || rest.is_empty() {
                return Self::new(host, port);
            }
        }
        match text.split_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => Self::new(host, port.parse().ok()),
            _ => Self::new(text, None),
        }
    }
}

impl From<String> for ServerAddress {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<SocketAddr> for ServerAddress {
    fn from(address: SocketAddr) -> Self {
        Self::new(address.ip().to_string(), Some(address.port()))
    }
}

impl From<(&str, u16)> for ServerAddress {
    fn from((host, port): (&str, u16)) -> Self {
        Self::new(host, Some(port))
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let port = self.port();
        match self.host.contains(':') {
            true => write!(f, "[{}]:{port}", self.host),
            false => write!(f, "{}:{port}", self.host),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_every_form() {
        for (text, shown) in [
            ("localhost", "localhost:21"),
            ("localhost:2121", "localhost:2121"),
            ("127.0.0.1", "127.0.0.1:21"),
            ("::1", "[::1]:21"),
            ("[::1]", "[::1]:21"),
            ("[::1]:2121", "[::1]:2121"),
            ("localhost:ftp", "[localhost:ftp]:21"),
        ] {
            assert_eq!(ServerAddress::from(text).to_string(), shown, "{text}");
        }
        let address: SocketAddr = "[::1]:2121".parse().unwrap();
        assert_eq!(ServerAddress::from(address).to_string(), address.to_string());
    }
}
