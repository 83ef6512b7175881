//! The commands: each verb with a parameter that has been understood.
//!
//! How they are written stands in `command_syntax`. Whether a session may run one is not known here: login,
//! permissions and order are the server's.

use super::extended_port::{ExtendedPort, NetworkProtocol};
use super::file_mode::FileMode;
use super::file_part::FilePart;
use super::hash_algorithm::HashAlgorithm;
use super::host_port::HostPort;
use super::list_parameter::ListParameter;
use super::options::Options;
use super::protection::{ProtectionLevel, SecurityMechanism};
use super::representation::{FileStructure, RepresentationType, TransferMode};
use super::secret::Secret;
use super::settable_facts::SettableFacts;
use super::timeval::Timeval;
use super::verb::Verb;

/// A verb with its parameter.
///
/// Texts stand as they were sent. One that must be there is never empty in a command that was parsed, and an optional
/// one is `None` rather than empty; who builds a command keeps to that.
///
/// ```
/// use ftp_fixture::proto::{Command, Verb};
///
/// let command = Command::parse(Verb::Rest, Some("42"))?;
/// assert_eq!(command, Command::Rest(42));
/// assert_eq!(command.to_line(), "REST 42");
/// # Ok::<(), ftp_fixture::proto::ParameterError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Command {
    /// Abort the transfer.
    Abor,
    /// Give an account.
    Acct(Secret),
    /// Reserve storage.
    Allo {
        /// How many bytes.
        size: u64,
        /// The size of the largest record or page, in bytes.
        record_size: Option<u64>,
    },
    /// Append to this file.
    Appe(String),
    /// Encrypt the control connection.
    Auth(SecurityMechanism),
    /// Tell how many bytes are free, here or in this directory.
    Avbl(Option<String>),
    /// Go on in the clear on the control connection.
    Ccc,
    /// Change to the parent directory.
    Cdup,
    /// Tell the CRC-32, MD5, SHA-1 or SHA-256 of a file: XCRC, XMD5, XSHA1, XSHA256.
    Checksum {
        /// Which of the four.
        algorithm: HashAlgorithm,
        /// Of which bytes.
        part: FilePart,
    },
    /// Say which client this is.
    Clnt(String),
    /// Say which client this is, and ask for the server.
    Csid(String),
    /// Change to this directory; pyftpdlib takes none for the root.
    Cwd(Option<String>),
    /// Delete this file.
    Dele(String),
    /// Set the protection buffer's size, in bytes; TLS has 0.
    Pbsz(u64),
    /// Connect to this address, of either network protocol, for the next transfer.
    Eprt(ExtendedPort),
    /// Listen for a data connection, and tell the port.
    Epsv(EpsvParameter),
    /// List the extensions.
    Feat,
    /// Tell this file's hash.
    Hash(String),
    /// Show help, on this verb if one is given.
    Help(Option<String>),
    /// Name the host that is meant.
    Host(String),
    /// Set the language of replies, or go back to the first.
    Lang(Option<String>),
    /// List files.
    List(ListParameter),
    /// Tell when this file last changed.
    Mdtm(String),
    /// Set facts of a file.
    Mff {
        /// The facts.
        facts: SettableFacts,
        /// The file.
        path: String,
    },
    /// Set the time when a file last changed.
    Mfmt {
        /// The time.
        time: Timeval,
        /// The file.
        path: String,
    },
    /// Make this directory.
    Mkd(String),
    /// List a directory as facts.
    Mlsd(Option<String>),
    /// Tell the facts of a file.
    Mlst(Option<String>),
    /// Set the transfer mode.
    Mode(TransferMode),
    /// List names.
    Nlst(ListParameter),
    /// Do nothing.
    Noop,
    /// Set options.
    Opts(Options),
    /// Give the password.
    Pass(Secret),
    /// Listen for a data connection, and tell the address.
    Pasv,
    /// Connect to this address for the next transfer.
    Port(HostPort),
    /// Set how data connections are protected.
    Prot(ProtectionLevel),
    /// Tell the working directory.
    Pwd,
    /// End the session.
    Quit,
    /// Log out and start anew.
    Rein,
    /// Start the next transfer at this byte.
    Rest(u64),
    /// Download this file.
    Retr(String),
    /// Remove this directory.
    Rmd(String),
    /// Rename this file or directory.
    Rnfr(String),
    /// Rename it to this.
    Rnto(String),
    /// Set a file's mode: SITE CHMOD.
    SiteChmod {
        /// The mode.
        mode: FileMode,
        /// The file.
        path: String,
    },
    /// Show help on SITE, on this command of it if one is given.
    SiteHelp(Option<String>),
    /// Set which mode bits new files and directories lack, or tell it: SITE UMASK.
    SiteUmask(Option<FileMode>),
    /// Set the time when a file last changed: SITE UTIME.
    SiteUtime {
        /// The time.
        time: Timeval,
        /// The file.
        path: String,
    },
    /// Tell this file's size.
    Size(String),
    /// Tell the session's state; or list files on the control connection.
    Stat(ListParameter),
    /// Upload to this file.
    Stor(String),
    /// Upload under a name of the server's choice, made from this one if it is given.
    Stou(Option<String>),
    /// Set the file structure.
    Stru(FileStructure),
    /// Tell the operating system.
    Syst,
    /// Set the representation type.
    Type(RepresentationType),
    /// Give the user's name.
    User(String),
}

/// What EPSV asks for (RFC 2428).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EpsvParameter {
    /// Nothing said: the network protocol of the control connection.
    Default,
    /// This network protocol.
    Protocol(NetworkProtocol),
    /// `ALL`: from now on, no other way to make a data connection.
    All,
}

impl Command {
    /// Its verb.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Abor => Verb::Abor,
            Self::Acct(_) => Verb::Acct,
            Self::Allo { .. } => Verb::Allo,
            Self::Appe(_) => Verb::Appe,
            Self::Auth(_) => Verb::Auth,
            Self::Avbl(_) => Verb::Avbl,
            Self::Ccc => Verb::Ccc,
            Self::Cdup => Verb::Cdup,
            Self::Checksum { algorithm: HashAlgorithm::Sha256, .. } => Verb::Xsha256,
            Self::Checksum { algorithm: HashAlgorithm::Sha1, .. } => Verb::Xsha1,
            Self::Checksum { algorithm: HashAlgorithm::Md5, .. } => Verb::Xmd5,
            Self::Checksum { algorithm: HashAlgorithm::Crc32, .. } => Verb::Xcrc,
            Self::Clnt(_) => Verb::Clnt,
            Self::Csid(_) => Verb::Csid,
            Self::Cwd(_) => Verb::Cwd,
            Self::Dele(_) => Verb::Dele,
            Self::Eprt(_) => Verb::Eprt,
            Self::Epsv(_) => Verb::Epsv,
            Self::Feat => Verb::Feat,
            Self::Hash(_) => Verb::Hash,
            Self::Help(_) => Verb::Help,
            Self::Host(_) => Verb::Host,
            Self::Lang(_) => Verb::Lang,
            Self::List(_) => Verb::List,
            Self::Mdtm(_) => Verb::Mdtm,
            Self::Mff { .. } => Verb::Mff,
            Self::Mfmt { .. } => Verb::Mfmt,
            Self::Mkd(_) => Verb::Mkd,
            Self::Mlsd(_) => Verb::Mlsd,
            Self::Mlst(_) => Verb::Mlst,
            Self::Mode(_) => Verb::Mode,
            Self::Nlst(_) => Verb::Nlst,
            Self::Noop => Verb::Noop,
            Self::Opts(_) => Verb::Opts,
            Self::Pass(_) => Verb::Pass,
            Self::Pasv => Verb::Pasv,
            Self::Pbsz(_) => Verb::Pbsz,
            Self::Port(_) => Verb::Port,
            Self::Prot(_) => Verb::Prot,
            Self::Pwd => Verb::Pwd,
            Self::Quit => Verb::Quit,
            Self::Rein => Verb::Rein,
            Self::Rest(_) => Verb::Rest,
            Self::Retr(_) => Verb::Retr,
            Self::Rmd(_) => Verb::Rmd,
            Self::Rnfr(_) => Verb::Rnfr,
            Self::Rnto(_) => Verb::Rnto,
            Self::SiteChmod { .. } => Verb::SiteChmod,
            Self::SiteHelp(_) => Verb::SiteHelp,
            Self::SiteUmask(_) => Verb::SiteUmask,
            Self::SiteUtime { .. } => Verb::SiteUtime,
            Self::Size(_) => Verb::Size,
            Self::Stat(_) => Verb::Stat,
            Self::Stor(_) => Verb::Stor,
            Self::Stou(_) => Verb::Stou,
            Self::Stru(_) => Verb::Stru,
            Self::Syst => Verb::Syst,
            Self::Type(_) => Verb::Type,
            Self::User(_) => Verb::User,
        }
    }

    /// The pathname in it, as sent; `None` when its verb takes none or none was given.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Appe(path)
            | Self::Checksum { part: FilePart { path, .. }, .. }
            | Self::Dele(path)
            | Self::Hash(path)
            | Self::Mdtm(path)
            | Self::Mff { path, .. }
            | Self::Mfmt { path, .. }
            | Self::Mkd(path)
            | Self::Retr(path)
            | Self::Rmd(path)
            | Self::Rnfr(path)
            | Self::Rnto(path)
            | Self::SiteChmod { path, .. }
            | Self::SiteUtime { path, .. }
            | Self::Size(path)
            | Self::Stor(path) => Some(path),
            Self::Avbl(path) | Self::Cwd(path) | Self::Mlsd(path) | Self::Mlst(path) | Self::Stou(path) => {
                path.as_deref()
            }
            Self::List(parameter) | Self::Nlst(parameter) | Self::Stat(parameter) => parameter.path(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_has_a_path_where_the_table_says_so() {
        for verb in Verb::ALL {
            let parameter = match verb {
                Verb::Mff => "modify=20000101000000; a",
                Verb::Mfmt | Verb::SiteUtime => "20000101000000 a",
                Verb::SiteChmod => "644 a",
                _ => "a",
            };
            let path = Command::parse(verb, Some(parameter))
                .ok()
                .and_then(|command| command.path().map(str::to_owned));
            assert_eq!(path.is_some(), verb.info().path, "{verb}");
        }
    }
}
