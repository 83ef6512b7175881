//! What every session of a server is given: users, files, clock, banner, limits. A plain value.

use std::collections::{BTreeMap, BTreeSet};
#[cfg(not(feature = "tls"))]
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::events::{SessionEvents, Unheard};
use super::own_command::OwnCommand;
use super::zone::Zone;
use crate::auth::{Authorizer, DummyAuthorizer};
use crate::clock::Clock;
use crate::net::{Rate, TransferLimits};
use crate::proto::{COMMAND_LINE_LIMIT, FileInfo, TextEncoding, Verb};
use crate::tls::TlsServer;
#[cfg(feature = "tls")]
use crate::tls::{Tls, TlsError};
use crate::transcript::Direction;
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
    pub(super) events: Arc<dyn SessionEvents>,
    pub(super) own_commands: BTreeMap<String, OwnCommand>,
    pub(super) max_login_attempts: u32,
    pub(super) auth_failed_timeout: Option<Duration>,
    pub(super) timeout: Option<Duration>,
    pub(super) passive_timeout: Option<Duration>,
    pub(super) active_timeout: Option<Duration>,
    pub(super) data_timeout: Option<Duration>,
    pub(super) max_cons: usize,
    pub(super) max_cons_per_ip: usize,
    pub(super) masquerade_address: Option<Ipv4Addr>,
    pub(super) masquerade_address_map: BTreeMap<IpAddr, Ipv4Addr>,
    pub(super) passive_ports: Option<RangeInclusive<u16>>,
    pub(super) tcp_no_delay: bool,
    pub(super) use_sendfile: bool,
    pub(super) read_limit: Option<Rate>,
    pub(super) write_limit: Option<Rate>,
    pub(super) zone: Zone,
    pub(super) encoding: TextEncoding,
    pub(super) unicode_errors: UnicodeErrors,
    pub(super) permit_foreign_addresses: bool,
    pub(super) permit_privileged_ports: bool,
    pub(super) command_line_limit: usize,
    pub(super) without: BTreeSet<Verb>,
    pub(super) host_names: Vec<String>,
    pub(super) available_space: u64,
    pub(super) current_and_parent: bool,
    pub(super) mode_z: bool,
    #[cfg(feature = "tls")]
    tls: Option<Tls>,
}

/// What becomes of bytes that mean nothing in the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum UnicodeErrors {
    /// They are replaced by U+FFFD.
    #[default]
    Replace,
    /// The command is answered 501.
    Strict,
}

impl Default for FtpHandler {
    fn default() -> Self {
        Self {
            authorizer: Arc::new(DummyAuthorizer::new()),
            file_system: Arc::new(MemoryFs::new()),
            clock: Clock::default(),
            banner: "ftp-fixture ready.".to_owned(),
            events: Arc::new(Unheard),
            own_commands: BTreeMap::new(),
            max_login_attempts: 3,
            auth_failed_timeout: Some(Duration::from_secs(3)),
            timeout: Some(Duration::from_secs(300)),
            passive_timeout: Some(Duration::from_secs(30)),
            active_timeout: Some(Duration::from_secs(30)),
            data_timeout: Some(Duration::from_secs(300)),
            max_cons: 512,
            max_cons_per_ip: 0,
            masquerade_address: None,
            masquerade_address_map: BTreeMap::new(),
            passive_ports: None,
            tcp_no_delay: true,
            use_sendfile: true,
            read_limit: None,
            write_limit: None,
            zone: Zone::Utc,
            encoding: TextEncoding::UTF_8,
            unicode_errors: UnicodeErrors::Replace,
            permit_foreign_addresses: false,
            permit_privileged_ports: false,
            command_line_limit: COMMAND_LINE_LIMIT,
            without: BTreeSet::new(),
            host_names: Vec::new(),
            available_space: 1 << 30,
            current_and_parent: false,
            mode_z: false,
            #[cfg(feature = "tls")]
            tls: None,
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

    /// Who is told of what sessions do.
    #[must_use]
    pub fn events(self, events: Arc<dyn SessionEvents>) -> Self {
        Self { events, ..self }
    }

    /// Adds a command of one's own, or puts one in the place of a built-in one.
    #[must_use]
    pub fn command(mut self, command: OwnCommand) -> Self {
        self.own_commands.insert(command.name.clone(), command);
        self
    }

    /// Offers TLS (RFC 4217); none by default.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(self, tls: impl Into<Option<Tls>>) -> Self {
        Self { tls: tls.into(), ..self }
    }

    /// How long the reply to a wrong password is held back; 3 seconds by default, as in pyftpdlib, and not at all in a
    /// fixture.
    #[must_use]
    pub fn auth_failed_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self { auth_failed_timeout: timeout.into(), ..self }
    }

    /// How long a client may say nothing between two commands before it gets 421; 300 seconds by default. The time is
    /// not counted while a data connection is open.
    #[must_use]
    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self { timeout: timeout.into(), ..self }
    }

    /// How long a client may take to connect after PASV or EPSV; 30 seconds by default. The transfer then gets 425.
    #[must_use]
    pub fn passive_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self { passive_timeout: timeout.into(), ..self }
    }

    /// How long connecting to the client may take after PORT or EPRT; 30 seconds by default. The transfer then gets 425.
    #[must_use]
    pub fn active_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self { active_timeout: timeout.into(), ..self }
    }

    /// How long a transfer may stand still before the client gets 421 and the session is closed; 300 seconds by default.
    #[must_use]
    pub fn data_timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self { data_timeout: timeout.into(), ..self }
    }

    /// How many sessions there may be at once; 512 by default, 0 for any number. One more gets 421.
    #[must_use]
    pub fn max_cons(self, max_cons: usize) -> Self {
        Self { max_cons, ..self }
    }

    /// How many sessions there may be at once from one address; 0, the default, for any number. One more gets 421.
    #[must_use]
    pub fn max_cons_per_ip(self, max_cons_per_ip: usize) -> Self {
        Self { max_cons_per_ip, ..self }
    }

    /// The address that 227 announces instead of the server's own, as behind a NAT; 229 has none.
    #[must_use]
    pub fn masquerade_address(self, address: impl Into<Option<Ipv4Addr>>) -> Self {
        Self { masquerade_address: address.into(), ..self }
    }

    /// The address that 227 announces to clients that reached the server at `local`; it goes before
    /// [`masquerade_address`](Self::masquerade_address).
    #[must_use]
    pub fn masquerade_address_map(mut self, local: impl Into<IpAddr>, announced: Ipv4Addr) -> Self {
        self.masquerade_address_map.insert(local.into(), announced);
        self
    }

    /// The ports that PASV and EPSV listen on, the lowest free one first; ephemeral ones by default, and where all of
    /// the range are taken.
    #[must_use]
    pub fn passive_ports(self, ports: impl Into<Option<RangeInclusive<u16>>>) -> Self {
        Self { passive_ports: ports.into(), ..self }
    }

    /// Whether LIST, MLSD, MLST, STAT, MDTM and MFMT show times in UTC, as RFC 3659 demands; `true` by default. Otherwise
    /// they show them in the system's time zone, which some servers do.
    #[must_use]
    pub fn use_gmt_times(self, use_gmt_times: bool) -> Self {
        Self { zone: if use_gmt_times { Zone::Utc } else { Zone::system() }, ..self }
    }

    /// The encoding of commands, replies and listings; UTF-8 by default, which FEAT then says.
    #[must_use]
    pub fn encoding(self, encoding: TextEncoding) -> Self {
        Self { encoding, ..self }
    }

    /// What becomes of a command with bytes that mean nothing in the encoding.
    #[must_use]
    pub fn unicode_errors(self, unicode_errors: UnicodeErrors) -> Self {
        Self { unicode_errors, ..self }
    }

    /// Whether replies go out without waiting for more to send (`TCP_NODELAY`); `true` by default.
    #[must_use]
    pub fn tcp_no_delay(self, tcp_no_delay: bool) -> Self {
        Self { tcp_no_delay, ..self }
    }

    /// Whether the kernel may send a file by itself (`sendfile`) in type binary, on Linux; `true` by default. Files of
    /// which a transcript shows more than the length are read in any case.
    #[must_use]
    pub fn use_sendfile(self, use_sendfile: bool) -> Self {
        Self { use_sendfile, ..self }
    }

    /// How many bytes of an upload are read in each second; 0, the default, for as many as come. Every transfer counts
    /// for itself, as with pyftpdlib's `ThrottledDTPHandler`.
    #[must_use]
    pub fn read_limit(self, bytes_per_second: u64) -> Self {
        Self { read_limit: Rate::new(bytes_per_second), ..self }
    }

    /// How many bytes of a download or listing are sent in each second; 0, the default, for as many as the client
    /// takes. Every transfer counts for itself.
    #[must_use]
    pub fn write_limit(self, bytes_per_second: u64) -> Self {
        Self { write_limit: Rate::new(bytes_per_second), ..self }
    }

    pub(super) fn transfer_limits(&self, direction: Direction) -> TransferLimits {
        let rate = match direction {
            Direction::ToClient => self.write_limit,
            Direction::ToServer => self.read_limit,
        };
        TransferLimits { patience: self.data_timeout, rate }
    }

    /// The verbs that are not answered as this server answers them: those it lacks, and those replaced by own commands.
    pub(super) fn not_built_in(&self) -> BTreeSet<Verb> {
        let replaced = self.own_commands.keys().filter_map(|name| Verb::from_name(name));
        self.without.iter().copied().chain(replaced).collect()
    }

    #[cfg(feature = "tls")]
    fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    #[cfg(not(feature = "tls"))]
    fn has_tls(&self) -> bool {
        false
    }

    /// The TLS it is to offer, ready.
    #[cfg(feature = "tls")]
    pub(crate) fn prepare_tls(&self) -> Result<Option<Arc<TlsServer>>, TlsError> {
        self.tls.clone().map(Tls::prepare).transpose()
    }

    /// None: the feature is off.
    #[cfg(not(feature = "tls"))]
    pub(crate) fn prepare_tls(&self) -> Result<Option<Arc<TlsServer>>, Infallible> {
        Ok(None)
    }

    /// What the clock shows, in the zone that times are shown in.
    pub(super) fn shown_now(&self) -> SystemTime {
        self.zone.shown(self.clock.now())
    }

    /// Whether the time shown of a file differs from run to run: nobody has set it, and the clock runs.
    pub(super) fn has_chance_time(&self, info: &FileInfo) -> bool {
        !self.clock.is_fixed() && !info.modified_is_set
    }

    /// Takes a verb away: it is as unknown as any other word (500), and missing from FEAT and HELP.
    ///
    /// This is how a client is tested against a server that lacks something.
    ///
    /// ```
    /// use ftp_fixture::proto::Verb;
    /// use ftp_fixture::server::FtpHandler;
    ///
    /// let handler = FtpHandler::default().without(Verb::Epsv).without(Verb::Mlsd);
    /// # let _ = handler;
    /// ```
    #[must_use]
    pub fn without(mut self, verb: Verb) -> Self {
        self.without.insert(verb);
        self
    }

    /// The names that HOST takes (RFC 7151), in any case; any name unless some are given.
    #[must_use]
    pub fn host_names<I>(self, names: I) -> Self
    where
        I: IntoIterator<Item: Into<String>>,
    {
        Self { host_names: names.into_iter().map(Into::into).collect(), ..self }
    }

    /// How many bytes AVBL says are free; 1,073,741,824 by default. The disk is never asked.
    #[must_use]
    pub fn available_space(self, bytes: u64) -> Self {
        Self { available_space: bytes, ..self }
    }

    /// Whether MLSD begins with the directory itself (`type=cdir`) and the one above (`type=pdir`), which RFC 3659
    /// allows; `false` by default, as in pyftpdlib.
    #[must_use]
    pub fn current_and_parent(self, current_and_parent: bool) -> Self {
        Self { current_and_parent, ..self }
    }

    /// Whether there is MODE Z, in which transfers are deflated; `false` by default, as in pyftpdlib.
    ///
    /// Some clients, lftp among them, deflate all they can where FEAT says so, and a transcript then shows digests.
    #[must_use]
    pub fn mode_z(self, mode_z: bool) -> Self {
        Self { mode_z, ..self }
    }

    /// Whether a verb was left to the server; SITE takes all its commands with it.
    pub(super) fn offers(&self, verb: Verb) -> bool {
        let is_missing = |verb| self.without.contains(&verb);
        if let Verb::Auth | Verb::Ccc | Verb::Pbsz | Verb::Prot = verb
            && !self.has_tls()
        {
            return false;
        }
        !is_missing(verb) && (!verb.name().starts_with("SITE ") || !is_missing(Verb::Site))
    }
}
