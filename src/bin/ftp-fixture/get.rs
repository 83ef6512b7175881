//! `ftp-fixture get`: one file from a server, whole or not at all.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use clap::Args;
use ftp_fixture::client::FtpUrl;
use ftp_fixture::client::blocking::{Download, Ftp};

use crate::connection::{BLOCK_SIZE, Connection};
use crate::destination::{Destination, cannot_write, open_special};
use crate::failure::Failure;
use crate::interruption::unless_interrupted;
use crate::part_file::{PartFile, Unfinished, kept_beside};
use crate::progress;

/// Arguments of `get`.
#[derive(Debug, Args)]
#[command(after_help = "\
The file has its name only when it is whole. It exits with 1 when the server refuses or the transfer fails, with 2 when
it was called wrongly, and after a signal with 128 and the signal's number.

Examples:
  ftp-fixture get ftp://alice:s3cret@127.0.0.1:2121/inbox/report.csv
      Into the current directory, as report.csv.
  ftp-fixture get ftp://127.0.0.1:2121/big.iso /tmp --resume
      As anonymous; when the connection breaks, call it again.
  ftp-fixture get --tls --ca ca.pem ftp://alice:s3cret@localhost:2121/report.csv -o - | head
      By FTPS, and to standard output.
  ftp-fixture get ftp://alice:s3cret@127.0.0.1:2121/report.csv --transcript session.ftp
      And leaves what went over the wire.")]
pub(crate) struct Get {
    /// The file, as ftp://user:password@host:port/path, percent-encoded; ftps:// for TLS from the first byte.
    url: FtpUrl,

    /// Where to, the current directory unless said; a directory keeps the file's name, - is standard output.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// The same as FILE.
    #[arg(short, long, value_name = "FILE", conflicts_with = "file")]
    output: Option<PathBuf>,

    /// Keep what came of a file that is not whole in FILE.part, and go on from there.
    #[arg(long)]
    resume: bool,

    #[command(flatten)]
    connection: Connection,
}

impl Get {
    pub(crate) fn run(mut self) -> Result<(), Failure> {
        let told = self.output.take().or_else(|| self.file.take());
        let destination = Destination::new(told, self.url.path())?;
        if self.resume && !matches!(destination, Destination::File(_)) {
            return Err(Failure::of_call("--resume needs a file to go on with; name one, or leave it out"));
        }
        let unfinished = Unfinished::default();
        let left = match &destination {
            Destination::File(path) if self.resume => {
                format!("interrupted; what came is in {}", kept_beside(path).display())
            }
            Destination::File(path) => format!("interrupted; {} is as it was", path.display()),
            Destination::Stdout | Destination::Special(_) => "interrupted".to_owned(),
        };
        let held = unfinished.clone();
        unless_interrupted(
            move || self.get(destination, held),
            || {
                unfinished.remove();
                left
            },
        )
    }

    fn get(&self, destination: Destination, unfinished: Unfinished) -> Result<(), Failure> {
        let (mut sink, name): (Box<dyn Write>, _) = match destination {
            Destination::Stdout => (Box::new(io::stdout().lock()), "standard output".to_owned()),
            Destination::Special(path) => (Box::new(open_special(&path)?), path.display().to_string()),
            Destination::File(place) => return self.get_file(place, unfinished),
        };
        self.connection.with_session(&self.url, |ftp| {
            // On a terminal of its own, the file would run through the bar.
            if !io::stdout().is_terminal() {
                self.show_progress(ftp, 0, None);
            }
            let failed = |error| Failure::of_transfer(format!("{name} cannot be written: {error}"));
            receive(ftp.retrieve(self.url.path())?, None, &mut sink, failed)
        })
    }

    fn get_file(&self, place: PathBuf, unfinished: Unfinished) -> Result<(), Failure> {
        let opened = match self.resume {
            true => PartFile::resume(place.clone()),
            false => PartFile::create(place.clone(), unfinished),
        };
        let mut part = opened.map_err(|error| cannot_write(&place, error))?;
        self.connection.with_session(&self.url, |ftp| {
            let (path, done) = (self.url.path(), part.length());
            let mut total = None;
            if done > 0 {
                let size = ftp.size(path)?;
                if size < done {
                    return Err(Failure::of_transfer(format!(
                        "{} is longer than the server's file, {done} bytes and {size}, so it is of another one; \
                         delete it",
                        kept_beside(&place).display()
                    )));
                }
                total = Some(size);
            }
            if total != Some(done) {
                self.show_progress(ftp, done, total);
                let download = match done {
                    0 => ftp.retrieve(path)?,
                    _ => ftp.retrieve_from(path, done)?,
                };
                let lacking = total.map(|total| total - done);
                receive(download, lacking, &mut part, |error| cannot_write(&place, error))?;
            }
            part.put_in_place().map_err(|error| cannot_write(&place, error))
        })
    }

    fn show_progress(&self, ftp: &mut Ftp, done: u64, total: Option<u64>) {
        if self.connection.logging.leaves_room() {
            progress::show(ftp, self.url.path(), done, total);
        }
    }
}

/// Writes all that comes to `sink`; `failed` says why that cannot be. It must be `expected` bytes, or as many as the
/// server announces: the end of a data connection that broke in the clear looks like that of a file.
fn receive(
    mut download: Download<'_>,
    expected: Option<u64>,
    sink: &mut dyn Write,
    failed: impl Fn(io::Error) -> Failure,
) -> Result<(), Failure> {
    let (expected, mut received) = (expected.or(download.size()).unwrap_or(0), 0);
    let mut block = vec![0; BLOCK_SIZE];
    loop {
        let count = match download.read(&mut block) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(download.explained(error).into()),
        };
        if let Err(error) = sink.write_all(&block[..count]) {
            // Whether that goes well or not, this is the reason.
            let _ = download.abort();
            return Err(failed(error));
        }
        received += count as u64;
    }
    let reply = download.finish()?;
    if received < expected {
        return Err(Failure::of_transfer(format!(
            "only {received} of {expected} bytes came, though the server says \"{reply}\"; try again"
        )));
    }
    sink.flush().map_err(failed)
}
