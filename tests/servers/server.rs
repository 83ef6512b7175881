//! The servers, each started with one user and an empty home.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ftp_fixture::FtpFixture;
use tempfile::TempDir;

use crate::account::Launcher;
use crate::certificate::Certificate;
use crate::process::{Port, Process};
use crate::{libunftp, ours, proftpd, pure_ftpd, pyftpdlib, vsftpd};

/// Whose server it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Server {
    Ours,
    Pyftpdlib,
    Vsftpd,
    Proftpd,
    PureFtpd,
    Libunftp,
}

/// Whether there is TLS, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encryption {
    Plain,
    Explicit,
    Implicit,
}

/// What a server is started with.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Where its files may be, but for those it serves.
    pub(crate) directory: PathBuf,
    /// What it serves.
    pub(crate) home: PathBuf,
    pub(crate) encryption: Encryption,
    pub(crate) certificate: Certificate,
    pub(crate) launcher: Launcher,
}

/// A server that runs, until this is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    server: Server,
    address: SocketAddr,
    ca_pem: String,
    setting: Setting,
    _owner: Owner,
    _directory: TempDir,
}

/// What keeps a server running.
#[derive(Debug)]
#[expect(dead_code, reason = "they are kept to be dropped")]
enum Owner {
    Fixture(Box<FtpFixture>),
    Process(Process),
}

impl Server {
    /// Starts it. When it is missing, says so and gives `None`: the test is to be skipped.
    ///
    /// # Panics
    /// When it is missing and must not be, or does not start.
    #[track_caller]
    pub(crate) fn start(self, encryption: Encryption) -> Option<Running> {
        let temporary = tempfile::tempdir().expect("make a temporary directory");
        let directory = temporary.path().canonicalize().expect("it was just made");
        let home = directory.join("home");
        std::fs::create_dir(&home).expect("make a home");
        let certificate = Certificate::write(&directory);
        let setting = Setting { directory, home, encryption, certificate, launcher: Launcher::current() };
        let (address, ca_pem, owner) = match self {
            Self::Ours => {
                let fixture = ours::start(&setting);
                let ca_pem = match encryption {
                    Encryption::Plain => String::new(),
                    Encryption::Explicit | Encryption::Implicit => fixture.ca_pem().to_owned(),
                };
                (fixture.addr(), ca_pem, Owner::Fixture(Box::new(fixture)))
            }
            _ => {
                let port = Port::reserve();
                let command = match self {
                    Self::Ours => unreachable!("it is no process"),
                    Self::Pyftpdlib => pyftpdlib::command(&setting, &port),
                    Self::Vsftpd => vsftpd::command(&setting, &port),
                    Self::Proftpd => proftpd::command(&setting, &port),
                    Self::PureFtpd => pure_ftpd::command(&setting, &port),
                    Self::Libunftp => libunftp::command(&setting, &port),
                }?;
                let address = port.address();
                (address, setting.certificate.ca_pem.clone(), Owner::Process(Process::start(command, port)))
            }
        };
        Some(Running { server: self, address, ca_pem, setting, _owner: owner, _directory: temporary })
    }
}

impl Running {
    pub(crate) fn server(&self) -> Server {
        self.server
    }

    pub(crate) fn encryption(&self) -> Encryption {
        self.setting.encryption
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The authority that has signed its certificate.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The directory that its user begins in.
    pub(crate) fn home(&self) -> &Path {
        &self.setting.home
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ours => "ours",
            Self::Pyftpdlib => "pyftpdlib",
            Self::Vsftpd => "vsftpd",
            Self::Proftpd => "ProFTPD",
            Self::PureFtpd => "Pure-FTPd",
            Self::Libunftp => "libunftp",
        })
    }
}
