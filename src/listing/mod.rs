//! Directory listings as text: `LIST`, `NLST`, `MLSD` and `MLST`. Pure: no file is looked at, no clock is read.
//!
//! Each writer appends whole lines to one buffer, UTF-8 with CRLF. Control characters in names, CR and LF among
//! them, are written as `?`, so that no name can make a line of its own.

mod dates;
mod fact;
mod facts;
mod names;
mod text;
mod unix;

pub use fact::{Fact, FactSet};
pub use facts::FactLines;
pub use names::write_name;
pub use unix::UnixLines;
