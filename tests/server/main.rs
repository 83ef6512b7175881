//! What the server does on the wire, seen by the plainest client there is.
//!
//! Nothing here knows the server's inside, waits for a time, or leaves the loopback interface.

mod bad_input;
mod callbacks;
mod conformance;
mod encodings;
mod limits;
mod links;
mod mode_z;
mod names;
mod parameters;
mod permissions;
mod rows;
mod servers;
mod settings;
mod standalone;
mod streams;
mod transfers;
mod urgent;
mod users;
#[path = "../wire/mod.rs"]
#[expect(unreachable_pub, reason = "the client serves other tests, too")]
mod wire;
mod without;
