//! One transfer: its data connection, what the control connection brings meanwhile, and how it ended.
//!
//! How it ended is judged by what the client did first, not by what was noticed first, so that a client that is killed or
//! aborts gets one transcript however busy the machine is.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::events::Happened;
use super::replies::{self, DataStatus};
use super::session::Session;
use crate::net::{
    ControlConnection, DataTransfer, DuringTransfer, Either, Grace, Patience, TransferKind, at_once, race,
};
use crate::proto::{Pathname, Reply};
use crate::tls::TlsFailure;
use crate::transcript::Direction;
use crate::vfs::FsError;

/// Why a transfer did not come to its end.
#[derive(Debug)]
pub(super) enum Failure {
    NotConnected,
    /// It was to be encrypted, and could not be.
    NotSecured(TlsFailure),
    /// The client reset or closed a connection.
    Connection,
    /// Nothing moved for too long.
    Stalled,
    /// What came is no deflated stream.
    Damaged,
    File(FsError),
}

/// How a transfer ended.
#[derive(Debug)]
enum End {
    Complete,
    Aborted,
    Failed(Failure),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::TimedOut { Self::Stalled } else { Self::Connection }
    }
}

impl From<FsError> for Failure {
    fn from(error: FsError) -> Self {
        Self::File(error)
    }
}

impl Session {
    /// Sends `opening` and runs a transfer, of the file `path` unless it is a listing; gives the final reply.
    pub(super) async fn transfer(
        &mut self,
        opening: Reply,
        kind: TransferKind,
        path: Option<&Pathname>,
        run: impl AsyncFnOnce(DataTransfer) -> Result<DataTransfer, Failure>,
    ) -> Reply {
        let Self { control, data, login, representation, mode, timer, handler, security, .. } = self;
        let waits = control.waits().clone();
        let _in_transfer = waits.transfer();
        let channel = std::mem::take(data);
        control.send(&opening).await;

        let (started, moved) = (timer.now(), Arc::new(AtomicU64::new(0)));
        let recorder = control.recorder().clone();
        let status = || replies::status(login, *representation, *mode, DataStatus::InTransfer);
        // The data connection and the file are closed at the end of this block, before the final reply.
        let end = {
            let transfer = pin!(async {
                let connected = channel.connect(timer, &waits, security).await;
                let mut connection = connected.map_err(|_| Failure::NotConnected)?;
                let limits = handler.transfer_limits(kind.direction);
                let patience = Patience::new(timer, limits.patience);
                let secured = connection.secure(kind.direction, &patience, &recorder).await;
                secured.map_err(Failure::NotSecured)?;
                let mut data =
                    run(connection.begin(kind, &recorder, timer, limits, Arc::clone(&moved))).await?;
                data.end(kind.direction).await?;
                Ok(data)
            });
            watch(control, transfer, kind.direction, status).await
        };
        let seconds = timer.now().saturating_sub(started).as_secs_f64();
        self.tell_of(&end, kind.direction, path, (moved.load(Ordering::Relaxed), seconds));
        let may_be_the_clients =
            matches!(end, End::Complete | End::Failed(Failure::Connection | Failure::Damaged));
        if kind.direction == Direction::ToServer && may_be_the_clients {
            self.control.next_reply_counts_if_read();
        }
        self.final_reply(end).await
    }

    fn tell_of(
        &mut self,
        end: &End,
        direction: Direction,
        path: Option<&Pathname>,
        (bytes, seconds): (u64, f64),
    ) {
        let Some(path) = path.and_then(|path| Some(self.home().ok()?.seen_from_the_root(path))) else {
            return;
        };
        let complete = matches!(end, End::Complete);
        tracing::info!(target: "ftp_fixture::server", ?direction, %path, complete, bytes, seconds, "transfer");
        self.happened.push(match (direction, complete) {
            (Direction::ToClient, true) => Happened::FileSent(path),
            (Direction::ToClient, false) => Happened::IncompleteFileSent(path),
            (Direction::ToServer, true) => Happened::FileReceived(path),
            (Direction::ToServer, false) => Happened::IncompleteFileReceived(path),
        });
    }

    async fn final_reply(&mut self, end: End) -> Reply {
        match end {
            End::Complete => replies::transfer_complete(),
            End::Aborted => {
                self.control.send(&replies::transfer_aborted()).await;
                replies::abort_done()
            }
            End::Failed(Failure::NotConnected) => replies::cannot_open_data_connection(),
            End::Failed(Failure::NotSecured(failure)) => replies::data_not_secured(failure),
            End::Failed(Failure::Connection) => replies::connection_lost(),
            End::Failed(Failure::Damaged) => replies::data_damaged(),
            End::Failed(Failure::Stalled) => {
                self.ending = true;
                replies::data_timed_out()
            }
            End::Failed(Failure::File(error)) => replies::file_failed(&error),
        }
    }
}

/// Runs a transfer to its end, and answers what the client says meanwhile.
async fn watch(
    control: &mut ControlConnection,
    mut transfer: Pin<&mut impl Future<Output = Result<DataTransfer, Failure>>>,
    direction: Direction,
    status: impl Fn() -> Reply,
) -> End {
    loop {
        let happened = match direction {
            // A client that goes away once a download was sent has got it, whichever we notice first.
            Direction::ToClient => match race(transfer.as_mut(), control.next_during_transfer()).await {
                Either::First(outcome) => Either::Second(outcome),
                Either::Second(told) => Either::First(told),
            },
            Direction::ToServer => race(control.next_during_transfer(), transfer.as_mut()).await,
        };
        match happened {
            Either::First(DuringTransfer::Status) => control.send(&status()).await,
            // What the client had done on the data connection before it said so still counts.
            Either::First(DuringTransfer::Abort) => {
                let _ = outcome_so_far(control, transfer).await;
                return End::Aborted;
            }
            Either::First(DuringTransfer::Closed) => {
                return match outcome_so_far(control, transfer).await {
                    Some(Ok(data)) if direction == Direction::ToClient => complete(data),
                    // Why it failed was told before that.
                    Some(Err(Failure::NotSecured(failure))) => End::Failed(Failure::NotSecured(failure)),
                    _ => End::Failed(Failure::Connection),
                };
            }
            Either::Second(Ok(data)) if direction == Direction::ToClient => return complete(data),
            Either::Second(Err(failure @ (Failure::File(_) | Failure::NotSecured(_)))) => {
                return End::Failed(failure);
            }
            // A client that was killed, or has sent ABOR, closes its data connection like one that has sent everything
            // or wants no more; but its control connection told so first.
            Either::Second(outcome) => {
                return match (told_before(control, status).await, outcome) {
                    (Some(end), _) => end,
                    (None, Ok(data)) => complete(data),
                    (None, Err(failure)) => End::Failed(failure),
                };
            }
        }
    }
}

/// What comes of what the client has already done on the data connection; `None` if that is not the whole transfer.
async fn outcome_so_far<T>(
    control: &ControlConnection,
    mut transfer: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    let waits = control.waits();
    let mut grace = Grace::new();
    loop {
        if let Some(outcome) = at_once(transfer.as_mut()).await {
            return Some(outcome);
        }
        let activity = waits.upload_activity();
        let _underway = waits.underway();
        if !grace.covers(activity).await {
            return None;
        }
    }
}

/// The end that something already said on the control connection brings about.
async fn told_before(control: &mut ControlConnection, status: impl Fn() -> Reply) -> Option<End> {
    let waits = Arc::clone(control.waits());
    let _underway = waits.underway();
    let mut grace = Grace::new();
    loop {
        match at_once(control.next_during_transfer()).await {
            Some(DuringTransfer::Status) => control.send(&status()).await,
            Some(DuringTransfer::Abort) => return Some(End::Aborted),
            Some(DuringTransfer::Closed) => return Some(End::Failed(Failure::Connection)),
            None if grace.covers(control.activity_during_transfer()).await => {}
            None => return None,
        }
    }
}

fn complete(data: DataTransfer) -> End {
    data.finish();
    End::Complete
}
