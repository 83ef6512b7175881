//! Transfers: bytes through a data connection, recorded as they pass, not too slowly and not too fast.

use std::io;
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::task::consume_budget;

use super::data::DataConnection;
use super::pace::{Pace, Rate};
use super::protection::Protection;
use super::readiness::{read_at_once, send_file_at_once, write_at_once};
use super::recorded_payload::RecordedPayload;
use super::recorder::Recorder;
use super::records::{read_records, send_records};
use super::timer::{Patience, Timer};
use super::waits::Waiting;
use crate::transcript::{DataMode, Direction, WireEvent};

/// The most that the kernel sends of a file before others get their turn.
const SEND_FILE_SIZE: usize = 1024 * 1024;

/// What a transfer is, as the transcript tells it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TransferKind {
    pub(crate) mode: DataMode,
    pub(crate) direction: Direction,
    pub(crate) ascii: bool,
    pub(crate) listing: bool,
}

/// What a transfer may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TransferLimits {
    /// How long it may stand still.
    pub(crate) patience: Option<Duration>,
    /// How fast it may go.
    pub(crate) rate: Option<Rate>,
}

/// A transfer on a data connection. Dropped before [`finish`](Self::finish), it is recorded as interrupted.
#[derive(Debug)]
pub(crate) struct DataTransfer {
    connection: DataConnection,
    recorder: Recorder,
    payload: Option<RecordedPayload>,
    patience: Patience,
    pace: Option<Pace>,
    moved: Arc<AtomicU64>,
    finished: bool,
}

impl DataConnection {
    /// Begins a transfer, which counts the bytes on the wire in `moved`.
    pub(crate) fn begin(
        self,
        kind: TransferKind,
        recorder: &Recorder,
        timer: &Timer,
        limits: TransferLimits,
        moved: Arc<AtomicU64>,
    ) -> DataTransfer {
        recorder.record(|| WireEvent::TransferStarted {
            mode: kind.mode,
            direction: kind.direction,
            ascii: kind.ascii,
            tls: matches!(self.protection, Protection::Tls(_)),
        });
        let payload = recorder.payload(kind.listing);
        let patience = Patience::new(timer, limits.patience);
        let pace = limits.rate.map(|rate| Pace::new(rate, timer.clone()));
        DataTransfer {
            connection: self,
            recorder: recorder.clone(),
            payload,
            patience,
            pace,
            moved,
            finished: false,
        }
    }
}

impl DataTransfer {
    /// Reads what the client has sent; 0 at the end of its data.
    ///
    /// What arrived before a reset is read before the reset is believed.
    ///
    /// # Errors
    /// When the client reset the connection, or sent nothing for too long (`TimedOut`).
    pub(crate) async fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let allowance = self.allowance(buffer.len()).await;
        let DataConnection { socket, waits, protection } = &mut self.connection;
        let count = loop {
            yield_now_and_then(waits.readable(socket)).await;
            let read = match protection {
                Protection::Tls(tls) => read_records(socket, tls, &mut buffer[..allowance]),
                _ => read_at_once(socket, &mut buffer[..allowance]),
            };
            match read {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _waiting = waits.readable(socket);
                    self.patience.wait_for(socket.readable(), waits).await?;
                }
                result => break result?,
            }
        };
        self.spend(count);
        if let Some(payload) = &mut self.payload {
            payload.push(&buffer[..count]);
        }
        Ok(count)
    }

    /// Says that `length` bytes are to be sent, so that nobody looks at them if they are too many to be shown.
    pub(crate) fn expect(&mut self, length: u64) {
        if let Some(payload) = &mut self.payload {
            payload.expect(length);
        }
    }

    /// Sends all of `bytes`.
    ///
    /// # Errors
    /// When the client closed or reset the connection, or took nothing for too long (`TimedOut`).
    pub(crate) async fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let allowance = self.allowance(rest.len()).await;
            let count = if let Protection::Tls(tls) = &mut self.connection.protection {
                tls.write(&rest[..allowance]);
                self.send_records().await?;
                allowance
            } else {
                self.when_writable(|socket| write_at_once(socket, &rest[..allowance])).await?
            };
            self.spend(count);
            rest = &rest[count..];
        }
        if let Some(payload) = &mut self.payload {
            payload.push(bytes);
        }
        Ok(())
    }

    /// Lets the kernel send `file` from its position to its end, so that its bytes need not be read.
    ///
    /// # Errors
    /// `Unsupported` where the kernel does not, or the bytes are to be recorded: what is left must then be read from
    /// the file. Otherwise as [`write_all`](Self::write_all).
    pub(crate) async fn send_file(&mut self, file: BorrowedFd<'_>) -> io::Result<()> {
        let in_the_clear = !matches!(self.connection.protection, Protection::Tls(_));
        if !in_the_clear || self.payload.as_ref().is_some_and(RecordedPayload::looks_at_bytes) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        loop {
            let allowance = self.allowance(SEND_FILE_SIZE).await;
            let count = self.when_writable(|socket| send_file_at_once(socket, file, allowance)).await?;
            if count == 0 {
                return Ok(());
            }
            self.spend(count);
            if let Some(payload) = &mut self.payload {
                payload.skip(count as u64);
            }
        }
    }

    /// Says that the data is at its end, where TLS has a word for it; the client of an upload has said so itself.
    ///
    /// # Errors
    /// When the client of a download closed or reset the connection before.
    pub(crate) async fn end(&mut self, direction: Direction) -> io::Result<()> {
        let Protection::Tls(tls) = &mut self.connection.protection else { return Ok(()) };
        tls.close();
        match (direction, self.send_records().await) {
            // Who has sent everything need not wait for an answer.
            (Direction::ToServer, _) => Ok(()),
            (Direction::ToClient, outcome) => {
                self.connection.forget_unread();
                outcome
            }
        }
    }

    async fn send_records(&mut self) -> io::Result<()> {
        let DataConnection { socket, waits, protection: Protection::Tls(tls) } = &mut self.connection else {
            return Ok(());
        };
        loop {
            yield_now_and_then(waits.writable(socket)).await;
            match send_records(socket, tls) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _waiting = waits.writable(socket);
                    self.patience.wait_for(socket.writable(), waits).await?;
                }
                result => return result,
            }
        }
    }

    /// Does `write` as soon as there is room for something.
    async fn when_writable(&self, write: impl Fn(&TcpStream) -> io::Result<usize>) -> io::Result<usize> {
        let DataConnection { socket, waits, .. } = &self.connection;
        loop {
            yield_now_and_then(waits.writable(socket)).await;
            match write(socket) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _waiting = waits.writable(socket);
                    self.patience.wait_for(socket.writable(), waits).await?;
                }
                result => return result,
            }
        }
    }

    /// How many of `count` bytes may go now; where they may go only so fast, waits until it is one at least.
    async fn allowance(&mut self, count: usize) -> usize {
        match &mut self.pace {
            Some(pace) => count.min(pace.allowance(&self.connection.waits).await),
            None => count,
        }
    }

    fn spend(&mut self, count: usize) {
        self.moved.fetch_add(count as u64, Ordering::Relaxed);
        if let Some(pace) = &mut self.pace {
            pace.spend(count);
        }
    }

    /// Closes the connection; the transfer is whole.
    pub(crate) fn finish(mut self) {
        self.finished = true;
        if let Some(payload) = self.payload.take() {
            payload.finish();
        }
    }
}

/// Lets others go on: a peer as fast as we are would keep a transfer from ever waiting.
async fn yield_now_and_then(waiting: Waiting<'_>) {
    consume_budget().await;
    drop(waiting);
}

impl Drop for DataTransfer {
    fn drop(&mut self) {
        if !self.finished {
            let length = self.moved.load(Ordering::Relaxed);
            self.recorder.record(|| WireEvent::TransferInterrupted { length });
        }
    }
}
