//! Our client with servers that we did not write: pyftpdlib, vsftpd, ProFTPD, Pure-FTPd and libunftp; and with ours.
//!
//! Each server hears the same [`conversations`], from the awaited and from the blocking client, in the clear and over
//! TLS. What a server does otherwise stands in [`differences`], with a reason; there is nothing else, and nothing too
//! much. A server that is missing is skipped with a message, unless `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must be
//! there; `.ci/run` gets them all. They were pyftpdlib 2.2.0, vsftpd 3.0.3, ProFTPD 1.3.8, Pure-FTPd 1.0.50 and libunftp
//! 0.24.0.

mod account;
mod both;
mod certificate;
mod conversations;
mod data_connections;
mod differences;
mod files;
mod libunftp;
mod missing;
mod ours;
mod process;
mod proftpd;
mod program;
mod pure_ftpd;
mod pyftpdlib;
mod seen;
mod server;
mod vsftpd;
