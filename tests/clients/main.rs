//! The server as programs see it that know nothing of it: curl, lftp, wget, ncftp, tnftp, rclone, Python's ftplib and
//! aioftp, basic-ftp for Node.js, and suppaftp; those that can over TLS, too ([`tls`]).
//!
//! Each client does the same things in its own way, passive and active, over IPv4 and IPv6, as far as it can, and each
//! session is a snapshot; where a client's connections come in no fixed order, [`facts`] are asserted instead. A client
//! that is not installed is skipped with a message, unless `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must be there.
//! The snapshots were made with curl 7.88, lftp 4.9, wget 1.21, ncftp 3.2.6, tnftp 20210827, rclone 1.60, Python 3.11,
//! aioftp 0.28, basic-ftp 6.2 and suppaftp 12.2; another version may send other commands, which is for the reader to
//! judge.

mod aioftp;
mod basic_ftp;
mod curl;
mod desk;
mod facts;
mod ftplib;
mod lftp;
mod ncftp;
mod payload;
mod program;
mod rclone;
mod server;
mod suppaftp;
mod tls;
mod tnftp;
mod wget;
