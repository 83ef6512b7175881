//! What every session of a server is given: users, files, clock, banner, limits. A plain value.

use std::sync::Arc;

use crate::auth::{Authorizer, DummyAuthorizer};
use crate::clock::Clock;
use crate::proto::COMMAND_LINE_LIMIT;
use crate::vfs::{FileSystem, MemoryFs};

/// How a server treats its sessions: pyftpdlib's `FTPHandler`, as a value.
///
/// The default knows no user and serves an empty file system in memory.
///
/// ```
/// use std::sync::Arc;
/// use ftp_fixture::auth::{DummyAuthorizer, User};
/// use ftp_fixture::server::FtpHandler;
/// use ftp_fixture::vfs::MemoryFs;
///
/// let mut authorizer = DummyAuthorizer::new();
/// authorizer.add_user(User::new("alice", "s3cret").perms("elr"))?;
/// let handler = FtpHandler::default()
///     .authorizer(Arc::new(authorizer))
///     .file_system(Arc::new(MemoryFs::new()))
///     .banner("ready");
/// # let _ = handler;
/// # Ok::<(), ftp_fixture::auth::AuthorizerError>(())
/// ```
#[derive(Debug, Clone)]
pub struct FtpHandler {
    pub(super) authorizer: Arc<dyn Authorizer>,
    pub(super) file_system: Arc<dyn FileSystem>,
    pub(super) clock: Clock,
    pub(super) banner: String,
    pub(super) max_login_attempts: u32,
    pub(super) permit_foreign_addresses: bool,
    pub(super) permit_privileged_ports: bool,
    pub(super) command_line_limit: usize,
}

impl Default for FtpHandler {
    fn default() -> Self {
        Self {
            authorizer: Arc::new(DummyAuthorizer::new()),
            file_system: Arc::new(MemoryFs::new()),
            clock: Clock::default(),
            banner: "ftp-fixture ready.".to_owned(),
            max_login_attempts: 3,
            permit_foreign_addresses: false,
            permit_privileged_ports: false,
            command_line_limit: COMMAND_LINE_LIMIT,
        }
    }
}

impl FtpHandler {
    /// Who may log in, and what they may do.
    #[must_use]
    pub fn authorizer(self, authorizer: Arc<dyn Authorizer>) -> Self {
        Self { authorizer, ..self }
    }

    /// The files; a user's home is a pathname in it.
    #[must_use]
    pub fn file_system(self, file_system: Arc<dyn FileSystem>) -> Self {
        Self { file_system, ..self }
    }

    /// Where listings take "now" from; by default it stands at 2000-01-01T00:00:00Z.
    #[must_use]
    pub fn clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The text of the greeting, the 220 reply; a text of several lines becomes a multi-line reply.
    #[must_use]
    pub fn banner(self, banner: impl Into<String>) -> Self {
        Self { banner: banner.into(), ..self }
    }

    /// Whether PORT and EPRT may name another machine than the client's own; `false` by default (RFC 2577).
    #[must_use]
    pub fn permit_foreign_addresses(self, permit_foreign_addresses: bool) -> Self {
        Self { permit_foreign_addresses, ..self }
    }

    /// Whether PORT and EPRT may name a port below 1024; `false` by default (RFC 2577).
    #[must_use]
    pub fn permit_privileged_ports(self, permit_privileged_ports: bool) -> Self {
        Self { permit_privileged_ports, ..self }
    }

    /// After how many wrong passwords a session is closed; 3 by default, as in pyftpdlib. 0 closes at the first.
    #[must_use]
    pub fn max_login_attempts(self, max_login_attempts: u32) -> Self {
        Self { max_login_attempts, ..self }
    }
}
