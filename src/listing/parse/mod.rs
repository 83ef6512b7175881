//! Listings read back: what servers send for `LIST`, `MLSD` and `MLST`, in the forms that are known.
//!
//! One form a file, each on bytes; [`list`] settles which one a listing has.

mod date;
mod date_order;
mod dos;
mod entry;
mod eplf;
mod error;
mod fields;
mod jes;
mod list;
mod list_time;
mod mlsx;
mod months;
mod mvs;
mod netware;
mod number;
mod os400;
mod reading;
mod unix;
mod unix_permissions;
mod vms;

pub use entry::ListEntry;
pub use error::ListError;
pub use list::{ListContext, ListForm, Listing, parse_list};
pub use list_time::{ListTime, TimePrecision};
pub use mlsx::{parse_mlsd, parse_mlsx_line};
