//! The table: each way in which a command succeeds or is refused, one row each.
//!
//! The files are `dated.txt` (`dated`, of 1999-02-03), `docs/a.txt` (`a`), `docs/b.txt` (`bb`), the directory `empty`,
//! and `hello.txt` (`hello` and LF); an upload brings `new` and CRLF.

mod extension;
mod file;
pub(crate) mod row;
mod security;
mod session;
mod transfer;

pub(crate) use row::{Row, Who};

/// All of it.
pub(crate) const TABLE: [&[Row]; 5] =
    [session::ROWS, file::ROWS, transfer::ROWS, extension::ROWS, security::ROWS];
