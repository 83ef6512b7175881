//! RFC 959's `h1,h2,h3,h4,p1,p2`: the parameter of PORT and the address in the 227 reply to PASV.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::str::FromStr;

use super::decimal::decimal;

/// An IPv4 address and a port other than 0, written as six numbers.
///
/// ```
/// use ftp_fixture::proto::HostPort;
///
/// let local: HostPort = "127,0,0,1,156,64".parse()?;
/// assert_eq!(local.addr().to_string(), "127.0.0.1:40000");
/// assert_eq!(HostPort::find_in("227 Entering passive mode (127,0,0,1,156,64)."), Some(local));
/// # Ok::<(), ftp_fixture::proto::HostPortError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HostPort(SocketAddrV4);

/// A text that is not six numbers from 0 to 255, or whose port is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostPortError(());

impl fmt::Display for HostPortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no address with a port; write it as h1,h2,h3,h4,p1,p2, six numbers from 0 to 255")
    }
}

impl std::error::Error for HostPortError {}

impl HostPort {
    /// This address; `None` when its port is 0, where nobody can connect.
    pub fn new(addr: SocketAddrV4) -> Option<Self> {
        (addr.port() != 0).then_some(Self(addr))
    }

    /// The first one in the text of a 227 reply, with or without parentheses around it.
    ///
    /// RFC 959 fixes the numbers only, not what stands around them (RFC 1123, 4.1.2.6).
    pub fn find_in(text: &str) -> Option<Self> {
        text.split(|c: char| c != ',' && !c.is_ascii_digit()).find_map(|run| {
            let numbers: Vec<_> = run.split(',').map(decimal::<u8>).collect();
            numbers.windows(6).find_map(|window| {
                let six: Option<Vec<u8>> = window.iter().copied().collect();
                Self::from_numbers(six?.try_into().ok()?)
            })
        })
    }

    /// The address and port to connect to.
    pub fn addr(self) -> SocketAddrV4 {
        self.0
    }

    fn from_numbers([h1, h2, h3, h4, p1, p2]: [u8; 6]) -> Option<Self> {
        Self::new(SocketAddrV4::new(Ipv4Addr::new(h1, h2, h3, h4), u16::from_be_bytes([p1, p2])))
    }
}

impl FromStr for HostPort {
    type Err = HostPortError;

    fn from_str(text: &str) -> Result<Self, HostPortError> {
        let numbers: Option<Vec<u8>> = text.split(',').map(decimal).collect();
        numbers.and_then(|six| Self::from_numbers(six.try_into().ok()?)).ok_or(HostPortError(()))
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [h1, h2, h3, h4] = self.0.ip().octets();
        let [p1, p2] = self.0.port().to_be_bytes();
        write!(f, "{h1},{h2},{h3},{h4},{p1},{p2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn anything_but_six_numbers_is_refused() {
        for text in [
            "",
            "127,0,0,1,156",
            "127,0,0,1,156,64,1",
            "127,0,0,256,156,64",
            "127,0,0,1,0,40000",
            "127,0,0,1,0,0",
            "127, 0,0,1,156,64",
            "127,0,0,1,156,+64",
            "127,0,0,1,156,",
            "127.0.0.1,156,64",
        ] {
            assert_eq!(text.parse::<HostPort>(), Err(HostPortError(())), "{text:?}");
        }
    }

    #[test]
    fn is_found_in_the_texts_of_real_servers() {
        let expected = "192,168,1,2,4,1".parse().ok();
        for text in [
            "Entering Passive Mode (192,168,1,2,4,1)",
            "Entering Passive Mode. 192,168,1,2,4,1",
            "=192,168,1,2,4,1",
            "Mode 7, 4 streams: (192,168,1,2,4,1).",
            "Entering passive mode (), 192,168,1,2,4,1,",
        ] {
            assert_eq!(HostPort::find_in(text), expected, "{text:?}");
        }
        for text in ["", "Entering Passive Mode", "(::1,197,241)", "(192,168,1,2,999,1)", "(192,168,1,2,0,0)"]
        {
            assert_eq!(HostPort::find_in(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn print_and_parse_are_inverses(octets in any::<[u8; 4]>(), port in 1u16..) {
            let host_port = HostPort::new(SocketAddrV4::new(Ipv4Addr::from(octets), port)).unwrap();
            prop_assert_eq!(host_port.to_string().parse(), Ok(host_port));
            prop_assert_eq!(HostPort::find_in(&format!("Entering passive mode ({host_port}).")), Some(host_port));
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9,() ]*") {
            if let Ok(host_port) = text.parse::<HostPort>() {
                prop_assert_eq!(HostPort::find_in(&text), Some(host_port));
            }
        }
    }
}
