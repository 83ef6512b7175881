//! Why there is no TLS on a connection, in the words of a transcript: no versions, ciphers or library's texts, so that
//! they last.

use std::fmt;

use rustls::{AlertDescription, CertificateError, Error, PeerIncompatible};

/// Why a handshake, or what came after it, failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TlsFailure {
    /// What came is no TLS; on a control connection, commands sent in the clear behind AUTH.
    Plaintext,
    /// The client ended the connection in mid-handshake.
    Closed,
    TimedOut,
    UnknownCa,
    BadCertificate,
    CertificateExpired,
    /// The client has shown none, and must.
    NoCertificate,
    /// The two have no version of the protocol in common.
    ProtocolVersion,
    /// The session of the control connection was to be resumed.
    NoSessionReuse,
    Handshake,
}

impl TlsFailure {
    /// Whether the client did not resume the control connection's session.
    pub(crate) fn is_no_session_reuse(self) -> bool {
        self == Self::NoSessionReuse
    }
}

impl fmt::Display for TlsFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Plaintext => "plaintext instead of a handshake",
            Self::Closed => "closed in mid-handshake",
            Self::TimedOut => "timed out",
            Self::UnknownCa => "unknown ca",
            Self::BadCertificate => "bad certificate",
            Self::CertificateExpired => "certificate expired",
            Self::NoCertificate => "no certificate",
            Self::ProtocolVersion => "protocol version",
            Self::NoSessionReuse => "no session reuse",
            Self::Handshake => "handshake failed",
        })
    }
}

impl From<&Error> for TlsFailure {
    fn from(error: &Error) -> Self {
        match error {
            Error::AlertReceived(alert) => match alert {
                AlertDescription::UnknownCA => Self::UnknownCa,
                AlertDescription::CertificateExpired => Self::CertificateExpired,
                AlertDescription::BadCertificate
                | AlertDescription::CertificateUnknown
                | AlertDescription::CertificateRevoked
                | AlertDescription::UnsupportedCertificate => Self::BadCertificate,
                AlertDescription::ProtocolVersion => Self::ProtocolVersion,
                AlertDescription::UserCanceled => Self::Closed,
                _ => Self::Handshake,
            },
            Error::NoCertificatesPresented => Self::NoCertificate,
            Error::InvalidCertificate(error) => match error {
                CertificateError::UnknownIssuer => Self::UnknownCa,
                CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                    Self::CertificateExpired
                }
                _ => Self::BadCertificate,
            },
            Error::PeerIncompatible(
                PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
                | PeerIncompatible::SupportedVersionsExtensionRequired
                | PeerIncompatible::Tls12NotOffered
                | PeerIncompatible::Tls12NotOfferedOrEnabled,
            ) => Self::ProtocolVersion,
            _ => Self::Handshake,
        }
    }
}
