//! FTPS on the wire, seen by the plainest client over rustls: nothing is resumed, closed or cut but as a test says.

mod certificates;
mod client;
mod control;
mod data;
mod faults;
mod repeat;
mod reuse;
