//! Our client: with our fixture, awaited and blocking by one text, and with servers that do not keep to the protocol.

mod both;
mod contexts;
mod liar;
mod lies;
mod scenarios;
mod secure;
