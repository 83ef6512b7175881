//! FTPS on the wire, seen by the plainest client over rustls: nothing is resumed, closed or cut but as a test says.

mod certificates;
mod client;
mod conformance;
mod control;
mod data;
mod faults;
#[expect(unreachable_pub, reason = "other tests use it from other modules")]
#[path = "../load/mod.rs"]
mod load;
mod repeat;
mod reuse;
#[path = "../server/rows/mod.rs"]
mod rows;
#[path = "../server/servers.rs"]
mod servers;
