//! RFC 2428: the parameter of EPRT, `|1|132.235.1.2|6275|`, and the port in the 229 reply to EPSV, `(|||6446|)`.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use super::decimal::decimal;

/// A network protocol of RFC 2428, written as its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NetworkProtocol {
    /// `1`: IPv4.
    Ipv4,
    /// `2`: IPv6.
    Ipv6,
}

impl NetworkProtocol {
    /// The protocol with this number; `None` for any but 1 and 2.
    pub fn from_number(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::Ipv4),
            2 => Some(Self::Ipv6),
            _ => None,
        }
    }

    /// The protocol of this address.
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self::Ipv4,
            IpAddr::V6(_) => Self::Ipv6,
        }
    }
}

impl fmt::Display for NetworkProtocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ipv4 => "1",
            Self::Ipv6 => "2",
        })
    }
}

/// A text that is no address or port in the form of RFC 2428.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtendedPortError {
    /// It has not the form of one, its address is none, or its port is 0.
    Syntax,
    /// Its protocol is neither 1 nor 2.
    UnknownProtocol,
    /// Its address is of the other protocol.
    AddressMismatch,
}

impl fmt::Display for ExtendedPortError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "no extended address; write it as |1|132.235.1.2|6275| or (|||6446|)",
            Self::UnknownProtocol => "unknown network protocol; use 1 for IPv4 or 2 for IPv6",
            Self::AddressMismatch => "the address is not of the network protocol before it",
        })
    }
}

impl std::error::Error for ExtendedPortError {}

/// An address and a port other than 0, as EPRT gives them.
///
/// Any printable ASCII character may delimit its fields; it is printed with `|`.
///
/// ```
/// use ftp_fixture::proto::ExtendedPort;
///
/// let port: ExtendedPort = "|2|1080::8:800:200C:417A|5282|".parse()?;
/// assert_eq!(port.addr().to_string(), "[1080::8:800:200c:417a]:5282");
/// # Ok::<(), ftp_fixture::proto::ExtendedPortError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExtendedPort(SocketAddr);

impl ExtendedPort {
    /// This address, without the flow and scope that an IPv6 one may have; `None` when its port is 0.
    pub fn new(addr: SocketAddr) -> Option<Self> {
        (addr.port() != 0).then(|| Self(SocketAddr::new(addr.ip(), addr.port())))
    }

    /// The address and port to connect to.
    pub fn addr(self) -> SocketAddr {
        self.0
    }

    /// The protocol of its address.
    pub fn protocol(self) -> NetworkProtocol {
        NetworkProtocol::of(self.0.ip())
    }
}

impl FromStr for ExtendedPort {
    type Err = ExtendedPortError;

    fn from_str(text: &str) -> Result<Self, ExtendedPortError> {
        let Some([protocol, address, port, ""]) = fields(text) else { return Err(ExtendedPortError::Syntax) };
        let protocol = decimal(protocol).ok_or(ExtendedPortError::Syntax)?;
        let protocol = NetworkProtocol::from_number(protocol).ok_or(ExtendedPortError::UnknownProtocol)?;
        let address: IpAddr = address.parse().map_err(|_| ExtendedPortError::Syntax)?;
        let port = decimal(port).ok_or(ExtendedPortError::Syntax)?;
        if NetworkProtocol::of(address) != protocol {
            return Err(ExtendedPortError::AddressMismatch);
        }
        Self::new(SocketAddr::new(address, port)).ok_or(ExtendedPortError::Syntax)
    }
}

impl fmt::Display for ExtendedPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "|{}|{}|{}|", self.protocol(), self.0.ip(), self.0.port())
    }
}

/// A port other than 0, as the 229 reply to EPSV gives it: the address is that of the control connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ExtendedPassive(u16);

impl ExtendedPassive {
    /// This port; `None` for 0.
    pub fn new(port: u16) -> Option<Self> {
        (port != 0).then_some(Self(port))
    }

    /// The first one in the text of a 229 reply, with or without parentheses around it.
    ///
    /// Some servers use another delimiter than `|` (IBM i: `!`) or fill in protocol and address, which RFC 2428
    /// wants empty; these are passed over.
    pub fn find_in(text: &str) -> Option<Self> {
        text.char_indices().find_map(|(at, delimiter)| {
            let [protocol, address, port, _] =
                fields(&text[at..]).filter(|_| delimiter.is_ascii_punctuation())?;
            let plausible = (protocol.is_empty() || decimal::<u64>(protocol).is_some())
                && (address.is_empty() || address.parse::<IpAddr>().is_ok());
            decimal(port).filter(|_| plausible).and_then(Self::new)
        })
    }

    /// The port to connect to.
    pub fn port(self) -> u16 {
        self.0
    }
}

impl FromStr for ExtendedPassive {
    type Err = ExtendedPortError;

    fn from_str(text: &str) -> Result<Self, ExtendedPortError> {
        match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).and_then(fields) {
            Some(["", "", port, ""]) => decimal(port).and_then(Self::new).ok_or(ExtendedPortError::Syntax),
            _ => Err(ExtendedPortError::Syntax),
        }
    }
}

impl fmt::Display for ExtendedPassive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(|||{}|)", self.0)
    }
}

/// The three delimited fields of `text`, and what follows the last delimiter.
fn fields(text: &str) -> Option<[&str; 4]> {
    let delimiter = text.chars().next().filter(char::is_ascii_graphic)?;
    let mut parts = text[1..].splitn(4, delimiter);
    Some([parts.next()?, parts.next()?, parts.next()?, parts.next()?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn any_graphic_delimiter_is_read_and_a_bar_is_printed() {
        for text in ["|1|132.235.1.2|6275|", "!1!132.235.1.2!6275!", "$1$132.235.1.2$6275$"] {
            assert_eq!(text.parse::<ExtendedPort>().unwrap().to_string(), "|1|132.235.1.2|6275|");
        }
        for text in ["(|||6446|)", "(!!!6446!)"] {
            assert_eq!(text.parse::<ExtendedPassive>().unwrap().to_string(), "(|||6446|)");
        }
    }

    #[test]
    fn one_address_written_in_two_ways_is_one() {
        assert_eq!(
            "|2|0:0:0:0:0:0:0:1|21|".parse::<ExtendedPort>().unwrap(),
            "|2|::1|21|".parse::<ExtendedPort>().unwrap()
        );
    }

    #[test]
    fn an_error_says_what_is_wrong() {
        for (text, error) in [
            ("", ExtendedPortError::Syntax),
            ("|1|132.235.1.2|6275", ExtendedPortError::Syntax),
            ("|1|132.235.1.2|6275|x", ExtendedPortError::Syntax),
            ("|1|132.235.1.2|0|", ExtendedPortError::Syntax),
            ("|1|132.235.1.2|65536|", ExtendedPortError::Syntax),
            ("|1|132.235.1|6275|", ExtendedPortError::Syntax),
            ("|x|132.235.1.2|6275|", ExtendedPortError::Syntax),
            (" 1 132.235.1.2 6275 ", ExtendedPortError::Syntax),
            ("é1é132.235.1.2é6275é", ExtendedPortError::Syntax),
            ("|3|132.235.1.2|6275|", ExtendedPortError::UnknownProtocol),
            ("|2|132.235.1.2|6275|", ExtendedPortError::AddressMismatch),
            ("|1|::1|6275|", ExtendedPortError::AddressMismatch),
        ] {
            assert_eq!(text.parse::<ExtendedPort>(), Err(error), "{text:?}");
        }
        for text in ["|||6446|", "(|||0|)", "(|||x|)", "(|1||6446|)", "(||6446|)"] {
            assert_eq!(text.parse::<ExtendedPassive>(), Err(ExtendedPortError::Syntax), "{text:?}");
        }
    }

    #[test]
    fn is_found_in_the_texts_of_real_servers() {
        for text in [
            "Entering Extended Passive Mode (|||6446|)",
            "Entering Extended Passive Mode (|||6446|).",
            "Entering Extended Passive Mode (!!!6446!)",
            "(EPSV) Entering, (|1|132.235.1.2|6446|)",
            "Extended passive: |||6446|",
        ] {
            assert_eq!(ExtendedPassive::find_in(text).map(ExtendedPassive::port), Some(6446), "{text:?}");
        }
        for text in ["", "Entering Extended Passive Mode", "(|||)", "(|||0|)", "(127,0,0,1,156,64)"] {
            assert_eq!(ExtendedPassive::find_in(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn print_and_parse_are_inverses(address in any::<IpAddr>(), number in 1u16..) {
            let port = ExtendedPort::new(SocketAddr::new(address, number)).unwrap();
            prop_assert_eq!(port.to_string().parse(), Ok(port));
            let passive = ExtendedPassive::new(number).unwrap();
            prop_assert_eq!(passive.to_string().parse(), Ok(passive));
            prop_assert_eq!(ExtendedPassive::find_in(&format!("Entering extended passive mode {passive}.")), Some(passive));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = (text.parse::<ExtendedPort>(), text.parse::<ExtendedPassive>(), ExtendedPassive::find_in(&text));
        }
    }
}
