//! The same clients over TLS, each with the server's certificate checked against the fixture's CA.
//!
//! Explicit TLS and implicit, as far as a client knows them; bad certificates, which each refuses in its own way;
//! servers that demand session reuse; and an upload that is whole, TLS 1.3 or not.

mod aioftp;
mod basic_ftp;
mod curl;
mod ftplib;
mod lftp;
mod rclone;
mod server;
mod suppaftp;
mod wget;
