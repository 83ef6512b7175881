//! Directory listings as text: `LIST`, `NLST`, `MLSD` and `MLST`, written, and read back in the forms of many servers.
//! Pure: no file is looked at, no clock is read.
//!
//! Each writer appends whole lines to one buffer, UTF-8 with CRLF. Control characters in names, CR and LF among
//! them, are written as `?`, so that no name can make a line of its own.

mod dates;
mod fact;
mod facts;
mod names;
mod parse;
mod text;
mod unix;

pub use fact::{Fact, FactSet};
pub use facts::FactLines;
pub use names::write_name;
pub use parse::{
    ListContext, ListEntry, ListError, ListForm, ListTime, Listing, TimePrecision, parse_list, parse_mlsd,
    parse_mlsx_line,
};
pub use unix::UnixLines;
