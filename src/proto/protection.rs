//! The parameters of AUTH and PROT (RFC 2228, 3; RFC 4217, 12).

use std::fmt;
use std::str::FromStr;

use super::parameter::ParameterError;

/// The security mechanism that AUTH asks for. All of them mean TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SecurityMechanism {
    /// `TLS`.
    Tls,
    /// `TLS-C`, the same by another name.
    TlsC,
    /// `SSL`, as curl and old clients say.
    Ssl,
    /// `TLS-P`: the drafts before RFC 4217 meant PROT P by it, which must be said all the same.
    TlsP,
}

impl SecurityMechanism {
    const ALL: [Self; 4] = [Self::Tls, Self::TlsC, Self::Ssl, Self::TlsP];
}

impl FromStr for SecurityMechanism {
    type Err = ParameterError;

    fn from_str(text: &str) -> Result<Self, ParameterError> {
        let named = |mechanism: &Self| mechanism.to_string().eq_ignore_ascii_case(text);
        Self::ALL.into_iter().find(named).ok_or(ParameterError::NotImplemented("TLS or SSL"))
    }
}

impl fmt::Display for SecurityMechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tls => "TLS",
            Self::TlsC => "TLS-C",
            Self::Ssl => "SSL",
            Self::TlsP => "TLS-P",
        })
    }
}

/// How PROT wants data connections protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProtectionLevel {
    /// `C`: not at all.
    #[default]
    Clear,
    /// `S`: against changes; TLS has no such level.
    Safe,
    /// `E`: against readers; TLS has no such level.
    Confidential,
    /// `P`: against both.
    Private,
}

impl ProtectionLevel {
    const ALL: [Self; 4] = [Self::Clear, Self::Safe, Self::Confidential, Self::Private];
}

impl FromStr for ProtectionLevel {
    type Err = ParameterError;

    fn from_str(text: &str) -> Result<Self, ParameterError> {
        let named = |level: &Self| level.to_string().eq_ignore_ascii_case(text);
        Self::ALL.into_iter().find(named).ok_or(ParameterError::NotImplemented("C or P"))
    }
}

impl fmt::Display for ProtectionLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Clear => "C",
            Self::Safe => "S",
            Self::Confidential => "E",
            Self::Private => "P",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_read_from_its_text_in_any_case() {
        for mechanism in SecurityMechanism::ALL {
            assert_eq!(mechanism.to_string().to_lowercase().parse(), Ok(mechanism));
        }
        for level in ProtectionLevel::ALL {
            assert_eq!(level.to_string().to_lowercase().parse(), Ok(level));
        }
        assert_eq!(
            "KERBEROS_V4".parse::<SecurityMechanism>(),
            Err(ParameterError::NotImplemented("TLS or SSL"))
        );
        assert_eq!("X".parse::<ProtectionLevel>(), Err(ParameterError::NotImplemented("C or P")));
    }
}
