//! The server as programs see it that know nothing of it: Python's ftplib, curl and lftp.
//!
//! Each client does the same things in its own way, and each session is a snapshot. A client that is not installed is
//! skipped with a message, unless `FTP_FIXTURE_REQUIRE_CLIENTS=1` says that it must be there. The snapshots were made
//! with Python 3.11, curl 7.88 and lftp 4.9; another version may send other commands, which is for the reader to judge.

mod curl;
mod desk;
mod ftplib;
mod lftp;
mod payload;
mod program;
mod server;
