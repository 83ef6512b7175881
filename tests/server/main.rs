//! What the server does on the wire, seen by the plainest client there is.
//!
//! Nothing here knows the server's inside, waits for a time, or leaves the loopback interface.

mod active;
mod bad_input;
mod callbacks;
mod conformance;
mod cuts;
mod encodings;
mod half_closed;
mod limits;
mod line_ends;
mod links;
mod mode_z;
mod names;
mod parameters;
mod permissions;
mod rows;
mod sendfile;
mod servers;
mod settings;
mod standalone;
mod streams;
mod throttling;
mod transfers;
mod urgent;
mod users;
#[path = "../wire/mod.rs"]
#[expect(unreachable_pub, reason = "the client serves other tests, too")]
mod wire;
mod without;
