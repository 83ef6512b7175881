//! What can be wrong with a command's parameter.

use std::fmt;

/// Why a parameter is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterError {
    /// There is none, and there must be one (501).
    Required,
    /// There is one, and there must be none (501).
    Forbidden,
    /// It is not what is said here (501).
    Invalid(&'static str),
    /// The time in it is none (550, as in pyftpdlib).
    InvalidTime,
    /// RFC 959 knows it, or may know it, but only what is said here is offered (504).
    NotImplemented(&'static str),
    /// EPSV asks for a network protocol that is neither IPv4 nor IPv6 (522).
    UnknownProtocol,
}

impl fmt::Display for ParameterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("the parameter is missing; this command needs one"),
            Self::Forbidden => f.write_str("there is a parameter; this command takes none"),
            Self::Invalid(expected) => write!(f, "invalid parameter; give {expected}"),
            Self::InvalidTime => f.write_str("invalid time; write it as YYYYMMDDHHMMSS"),
            Self::NotImplemented(offered) => write!(f, "parameter not implemented; use {offered}"),
            Self::UnknownProtocol => f.write_str("unknown network protocol; use 1 for IPv4 or 2 for IPv6"),
        }
    }
}

impl std::error::Error for ParameterError {}
