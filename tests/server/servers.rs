//! The same fixture over every backing: files on disk or in memory, IPv4 or IPv6.

use std::fmt;
use std::net::{Ipv6Addr, TcpListener};

use ftp_fixture::FtpFixture;
use ftp_fixture::fixture::FtpFixtureBuilder;

/// The network protocol of a server's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Ipv4,
    Ipv6,
}

/// What a server stands on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Backing {
    pub(crate) family: Family,
    pub(crate) in_memory: bool,
}

impl fmt::Display for Backing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = if self.in_memory { "memory" } else { "disk" };
        write!(f, "{files}, {:?}", self.family)
    }
}

impl Backing {
    /// Those that this machine can have; one without IPv6 is told of in the test's output.
    pub(crate) fn all() -> Vec<Self> {
        let ipv6 = match TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) {
            Ok(_) => Some(Family::Ipv6),
            Err(error) => {
                #[expect(clippy::print_stdout, reason = "that a test was skipped must be seen")]
                {
                    println!("skipped over IPv6, for ::1 cannot be bound: {error}");
                }
                None
            }
        };
        std::iter::once(Family::Ipv4)
            .chain(ipv6)
            .flat_map(|family| [false, true].map(|in_memory| Self { family, in_memory }))
            .collect()
    }

    /// Starts what `builder` says on this backing.
    #[track_caller]
    pub(crate) fn start(self, builder: FtpFixtureBuilder) -> FtpFixture {
        let builder = match self.family {
            Family::Ipv4 => builder.listen("127.0.0.1:0"),
            Family::Ipv6 => builder.listen("[::1]:0"),
        };
        if self.in_memory { builder.in_memory().start() } else { builder.start() }
    }
}
