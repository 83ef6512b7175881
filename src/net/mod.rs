//! Control and data connections on sockets: the only layer that does network I/O, and where the wire is recorded.

mod control;
mod control_tls;
mod data;
mod data_transfer;
mod deadline;
mod grace;
mod listener;
mod pace;
mod peers;
mod platform;
mod protection;
mod race;
mod readiness;
mod recorded_payload;
mod recorder;
mod records;
#[cfg(target_os = "linux")]
mod sock_diag;
mod system_clock;
mod timer;
mod unread;
pub(crate) mod user;
mod waits;

pub(crate) use control::{ControlConnection, ControlOptions, DuringTransfer, Received};
pub(crate) use data::{DataConnection, PassiveListener, connect_active};
pub(crate) use data_transfer::{DataTransfer, TransferKind, TransferLimits};
pub(crate) use deadline::Deadline;
pub(crate) use grace::Grace;
pub(crate) use listener::{Accepted, ControlListener};
pub(crate) use pace::Rate;
pub(crate) use peers::Peers;
pub(crate) use race::{Either, at_once, race};
pub(crate) use recorder::WireLog;
pub(crate) use timer::{ManualTime, Patience, Timer};
pub(crate) use waits::{Activity, Waits};
