//! `ftp-fixture ls`: what is in a directory of a server.

use std::io::{self, Write};

use clap::Args;
use ftp_fixture::client::FtpUrl;
use ftp_fixture::client::blocking::Ftp;
use ftp_fixture::listing::ListEntry;

use crate::connection::Connection;
use crate::failure::Failure;
use crate::printing::{columns, object};

/// Arguments of `ls`.
#[derive(Debug, Args)]
#[command(after_help = "\
It exits with 1 when the server refuses or the transfer fails, with 2 when it was called wrongly.

Examples:
  ftp-fixture ls ftp://alice:s3cret@127.0.0.1:2121/inbox
      Sizes, times and names, by MLSD, or by LIST in whatever form the server has; times with Z are UTC.
  ftp-fixture ls --json ftp://alice:s3cret@127.0.0.1:2121/ | jq -r 'select(.size > 1000).name'
      For programs to read.
  ftp-fixture ls -l ftp://alice:s3cret@127.0.0.1:2121/
      LIST as the server writes it.")]
pub(crate) struct Ls {
    /// The directory, as ftp://user:password@host:port/path, percent-encoded; ftps:// for TLS from the first byte.
    url: FtpUrl,

    /// Show the lines of LIST as they come.
    #[arg(short = 'l', conflicts_with = "json")]
    raw: bool,

    /// Show each entry as one line of JSON: name, kind, size, modified, permissions, owner, group, target.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    connection: Connection,
}

impl Ls {
    pub(crate) fn run(self) -> Result<(), Failure> {
        self.connection.with_session(&self.url, |ftp| print(&self.lines(ftp)?))
    }

    fn lines(&self, ftp: &mut Ftp) -> Result<Vec<String>, Failure> {
        if self.raw {
            return Ok(ftp.dir(self.url.path())?);
        }
        let listing = ftp.list(self.url.path())?;
        let entries: Vec<&ListEntry> =
            listing.entries.iter().filter(|entry| !entry.is_current_or_parent()).collect();
        Ok(match self.json {
            true => entries.iter().map(|entry| object(entry).to_string()).collect(),
            false => columns(&entries),
        })
    }
}

fn print(lines: &[String]) -> Result<(), Failure> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    let printed = lines.iter().try_for_each(|line| writeln!(stdout, "{line}")).and_then(|()| stdout.flush());
    match printed {
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::of_transfer(format!("standard output cannot be written: {error}"))),
        Ok(()) => Ok(()),
    }
}
