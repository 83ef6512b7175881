//! RETR, STOR, APPE, STOU, and what happens on the control connection meanwhile (RFC 959, 4.1.3 and 5.4).

use std::io;
use std::pin::pin;

use super::information;
use super::replies;
use super::session::{Outcome, Session};
use crate::net::{DataTransfer, DuringTransfer, Either, TransferKind, at_once, race};
use crate::proto::{AsciiDecoder, AsciiEncoder, Pathname, Reply, RepresentationType, Verb};
use crate::transcript::Direction;
use crate::vfs::{File, FsError, OpenMode};

/// The most that is moved at a time.
const BUFFER_SIZE: usize = 256 * 1024;
/// What a transfer of unknown length begins with: most files in tests are smaller.
const FIRST_BUFFER_SIZE: usize = 16 * 1024;

/// What a download sends.
#[derive(Debug)]
pub(super) enum Source {
    File(Box<dyn File>),
    Listing(Vec<u8>),
}

/// Why a transfer did not come to its end.
#[derive(Debug)]
enum Failure {
    NotConnected,
    Connection,
    File(FsError),
}

/// What a running transfer reacts to.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "it is taken apart where it is made")]
enum Happened {
    /// On the control connection.
    Told(DuringTransfer),
    /// On the data connection, or with the file.
    Ended(Result<DataTransfer, Failure>),
}

/// How a transfer ended.
#[derive(Debug)]
enum End {
    Complete,
    Aborted,
    Failed(Failure),
}

impl End {
    /// The end that something on the control connection brings about, if it does.
    fn brought_about_by(told: &DuringTransfer) -> Option<Self> {
        match told {
            DuringTransfer::Status => None,
            DuringTransfer::Abort => Some(Self::Aborted),
            DuringTransfer::Closed => Some(Self::Failed(Failure::Connection)),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(_: io::Error) -> Self {
        Self::Connection
    }
}

impl From<FsError> for Failure {
    fn from(error: FsError) -> Self {
        Self::File(error)
    }
}

impl Session {
    pub(super) async fn retrieve(&mut self, path: &Pathname) -> Outcome {
        self.require_data_channel()?;
        let offset = std::mem::take(&mut self.restart);
        let file = self.with_files(|home| home.files.open(path, OpenMode::Read { offset }))?;
        let size = match self.representation {
            RepresentationType::Image => file.size().ok().map(|size| size.saturating_sub(offset)),
            RepresentationType::Ascii => None,
        };
        Ok(self.send_data(Source::File(file), replies::opening(size)).await)
    }

    pub(super) async fn store(&mut self, path: &Pathname) -> Outcome {
        self.require_data_channel()?;
        let mode = match std::mem::take(&mut self.restart) {
            0 => OpenMode::Write,
            offset => OpenMode::Resume { offset },
        };
        let file = self.with_files(|home| home.files.open(path, mode))?;
        Ok(self.receive_data(file, replies::opening(None)).await)
    }

    pub(super) async fn append(&mut self, path: &Pathname) -> Outcome {
        self.refuse_restart(Verb::Appe)?;
        self.require_data_channel()?;
        let file = self.with_files(|home| home.files.open(path, OpenMode::Append))?;
        Ok(self.receive_data(file, replies::opening(None)).await)
    }

    /// Stores under a name that is not taken, which stands in the 150 (RFC 1123, 4.1.2.9): one made from `path` where
    /// the client `named` it, otherwise one in the directory `path`.
    pub(super) async fn store_unique(&mut self, named: bool, path: &Pathname) -> Outcome {
        self.refuse_restart(Verb::Stou)?;
        self.require_data_channel()?;
        let (directory, prefix) = match path.parent().zip(path.name()) {
            Some((parent, name)) if named => (parent, name),
            _ => (path.clone(), "ftpd"),
        };
        let (created, file) = self.with_files(|home| home.files.create_unique(&directory, prefix))?;
        let opening = replies::opening_unique(created.name().unwrap_or_default());
        Ok(self.receive_data(file, opening).await)
    }

    /// A transfer needs a data connection set up before anything is opened or truncated for it.
    pub(super) fn require_data_channel(&self) -> Result<(), Reply> {
        if self.data.is_none() { Err(replies::no_data_connection()) } else { Ok(()) }
    }

    fn refuse_restart(&self, verb: Verb) -> Result<(), Reply> {
        if self.restart == 0 { Ok(()) } else { Err(replies::no_restart_for(verb)) }
    }

    /// Sends `opening`, then `source` over the data connection; gives the final reply.
    pub(super) async fn send_data(&mut self, source: Source, opening: Reply) -> Reply {
        let is_listing = matches!(source, Source::Listing(_));
        let kind = TransferKind {
            mode: self.data.mode(),
            direction: Direction::ToClient,
            ascii: is_listing || self.representation == RepresentationType::Ascii,
            listing: is_listing,
        };
        self.transfer(opening, kind, async |mut data| {
            match source {
                Source::Listing(listing) => data.write_all(&listing).await?,
                Source::File(file) if kind.ascii => send_ascii(file, &mut data).await?,
                Source::File(file) => send_image(file, &mut data).await?,
            }
            Ok(data)
        })
        .await
    }

    /// Sends `opening`, then stores what comes over the data connection; gives the final reply.
    async fn receive_data(&mut self, file: Box<dyn File>, opening: Reply) -> Reply {
        let kind = TransferKind {
            mode: self.data.mode(),
            direction: Direction::ToServer,
            ascii: self.representation == RepresentationType::Ascii,
            listing: false,
        };
        self.transfer(opening, kind, async |mut data| {
            receive(file, kind.ascii, &mut data).await?;
            Ok(data)
        })
        .await
    }

    /// Runs a transfer while the control connection is watched; gives the final reply.
    async fn transfer(
        &mut self,
        opening: Reply,
        kind: TransferKind,
        run: impl AsyncFnOnce(DataTransfer) -> Result<DataTransfer, Failure>,
    ) -> Reply {
        let Self { control, data, login, representation, .. } = self;
        let _in_transfer = control.waits().transfer();
        let channel = std::mem::take(data);
        control.send(&opening).await;

        let recorder = control.recorder().clone();
        let status = || information::status(login, *representation, "A transfer is under way.");
        // The data connection and the file are closed at the end of this block, before the final reply.
        let end = {
            let mut transfer = pin!(async move {
                let connection = channel.connect().await.map_err(|_| Failure::NotConnected)?;
                run(connection.begin(kind, &recorder)).await
            });
            loop {
                let happened = match kind.direction {
                    // A client that goes away once a download was sent has got it, whichever we notice first.
                    Direction::ToClient => {
                        match race(transfer.as_mut(), control.next_during_transfer()).await {
                            Either::First(outcome) => Happened::Ended(outcome),
                            Either::Second(told) => Happened::Told(told),
                        }
                    }
                    Direction::ToServer => {
                        match race(control.next_during_transfer(), transfer.as_mut()).await {
                            Either::First(told) => Happened::Told(told),
                            Either::Second(outcome) => Happened::Ended(outcome),
                        }
                    }
                };
                match happened {
                    Happened::Told(told) => match End::brought_about_by(&told) {
                        None => control.send(&status()).await,
                        Some(end) => {
                            // What the client had done on the data connection before still counts.
                            let outcome = at_once(transfer).await;
                            break match (outcome, end, kind.direction) {
                                (Some(Ok(data)), End::Failed(_), Direction::ToClient) => {
                                    data.finish();
                                    End::Complete
                                }
                                (_, end, _) => end,
                            };
                        }
                    },
                    Happened::Ended(Ok(data)) if kind.direction == Direction::ToClient => {
                        data.finish();
                        break End::Complete;
                    }
                    Happened::Ended(Err(Failure::File(error))) => break End::Failed(Failure::File(error)),
                    // A client that was killed, or has sent ABOR, closes its data connection like one that has sent
                    // everything or wants no more; but its control connection told so first.
                    Happened::Ended(outcome) => {
                        let interrupted = loop {
                            let Some(told) = at_once(control.next_during_transfer()).await else {
                                break None;
                            };
                            match End::brought_about_by(&told) {
                                None => control.send(&status()).await,
                                end => break end,
                            }
                        };
                        break match (interrupted, outcome) {
                            (Some(end), _) => end,
                            (None, Ok(data)) => {
                                data.finish();
                                End::Complete
                            }
                            (None, Err(failure)) => End::Failed(failure),
                        };
                    }
                }
            }
        };
        match end {
            End::Complete => replies::transfer_complete(),
            End::Aborted => {
                control.send(&replies::transfer_aborted()).await;
                replies::abort_done()
            }
            End::Failed(Failure::NotConnected) => replies::cannot_open_data_connection(),
            End::Failed(Failure::Connection) => replies::connection_lost(),
            End::Failed(Failure::File(error)) => replies::file_failed(&error),
        }
    }
}

async fn send_image(mut file: Box<dyn File>, data: &mut DataTransfer) -> Result<(), Failure> {
    let mut buffer = Buffer::for_all_of(file.as_ref());
    loop {
        match file.read(buffer.as_mut_slice())? {
            0 => return Ok(()),
            count => {
                data.write_all(buffer.filled(count)).await?;
                buffer.grow_after(count);
            }
        }
    }
}

async fn send_ascii(mut file: Box<dyn File>, data: &mut DataTransfer) -> Result<(), Failure> {
    let mut buffer = Buffer::for_all_of(file.as_ref());
    let (mut encoder, mut encoded) = (AsciiEncoder::default(), Vec::new());
    loop {
        match file.read(buffer.as_mut_slice())? {
            0 => return Ok(()),
            count => {
                encoded.clear();
                encoder.encode(buffer.filled(count), &mut encoded);
                data.write_all(&encoded).await?;
                buffer.grow_after(count);
            }
        }
    }
}

async fn receive(mut file: Box<dyn File>, ascii: bool, data: &mut DataTransfer) -> Result<(), Failure> {
    let (mut buffer, mut decoder, mut decoded) = (Buffer::new(), AsciiDecoder::default(), Vec::new());
    loop {
        let count = data.read(buffer.as_mut_slice()).await?;
        let received = buffer.filled(count);
        if ascii {
            decoded.clear();
            if count == 0 {
                decoder.finish(&mut decoded)
            } else {
                decoder.decode(received, &mut decoded)
            }
            file.write_all(&decoded)?;
        } else {
            file.write_all(received)?;
        }
        if count == 0 {
            return Ok(file.finish()?);
        }
        buffer.grow_after(count);
    }
}

/// A buffer that is small for a small file and large for a large one.
#[derive(Debug)]
struct Buffer(Vec<u8>);

impl Buffer {
    fn new() -> Self {
        Self(vec![0; FIRST_BUFFER_SIZE])
    }

    /// One that takes the whole file if it can: sent in one write, a file arrives whole or not at all, however fast
    /// its client goes away.
    fn for_all_of(file: &dyn File) -> Self {
        let size = file.size().ok().and_then(|size| usize::try_from(size).ok()).unwrap_or(BUFFER_SIZE);
        Self(vec![0; size.clamp(FIRST_BUFFER_SIZE, BUFFER_SIZE)])
    }

    fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.0
    }

    fn filled(&self, count: usize) -> &[u8] {
        &self.0[..count]
    }

    fn grow_after(&mut self, count: usize) {
        if count == self.0.len() && count < BUFFER_SIZE {
            self.0 = vec![0; BUFFER_SIZE];
        }
    }
}
