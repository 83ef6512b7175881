//! `ftp-fixture put`: one file to a server.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use ftp_fixture::client::FtpUrl;
use ftp_fixture::client::blocking::Ftp;

use crate::connection::Connection;
use crate::failure::Failure;
use crate::progress;

/// Arguments of `put`.
#[derive(Debug, Args)]
#[command(after_help = "\
It exits with 1 when the server refuses or the transfer fails, with 2 when it was called wrongly. What the server then
has of the file stays there; --resume goes on with it.

Examples:
  ftp-fixture put report.csv ftp://alice:s3cret@127.0.0.1:2121/inbox/
      As inbox/report.csv; one that is there is replaced.
  ftp-fixture put big.iso ftp://alice:s3cret@127.0.0.1:2121/ --resume
      Appends what the server does not have.
  date | ftp-fixture put - ftp://alice:s3cret@127.0.0.1:2121/date.txt
      From standard input.")]
pub(crate) struct Put {
    /// The file; - is standard input.
    file: PathBuf,

    /// Where to, as ftp://user:password@host:port/path, percent-encoded; a path that ends with / keeps the file's name.
    url: FtpUrl,

    /// Append to the server's file what it lacks at its end; what it has is not compared.
    #[arg(long)]
    resume: bool,

    #[command(flatten)]
    connection: Connection,
}

impl Put {
    pub(crate) fn run(self) -> Result<(), Failure> {
        let path = self.remote_path()?;
        let (mut source, length): (Box<dyn Read>, _) = match self.is_stdin() {
            true => (Box::new(io::stdin().lock()), None),
            false => open(&self.file)?,
        };
        self.connection.with_session(&self.url, |ftp| {
            let done = if self.resume { size_there(ftp, &path)? } else { 0 };
            let skipped = io::copy(&mut source.by_ref().take(done), &mut io::sink());
            let skipped = skipped.map_err(|error| cannot_read(&self.file, &error))?;
            if skipped < done {
                return Err(Failure::of_transfer(format!(
                    "the server's {path:?} is longer than the file, {done} bytes and {skipped}, so it is of another \
                     one; leave --resume out to replace it"
                )));
            }
            if done > 0 && length == Some(done) {
                return Ok(());
            }
            if self.connection.logging.leaves_room() {
                progress::show(ftp, &path, done, length);
            }
            let verb = if done > 0 { "APPE" } else { "STOR" };
            ftp.storbinary(&format!("{verb} {path}"), source, None)?;
            Ok(())
        })
    }

    fn is_stdin(&self) -> bool {
        self.file.as_os_str() == "-"
    }

    /// The URL's path, with the file's name where it names a directory.
    fn remote_path(&self) -> Result<String, Failure> {
        let path = self.url.path();
        if !path.is_empty() && !path.ends_with('/') {
            return Ok(path.to_owned());
        }
        if self.is_stdin() {
            return Err(Failure::of_call(
                "standard input has no name; end the URL with one, as in ftp://host/directory/file",
            ));
        }
        match self.file.file_name().and_then(|name| name.to_str()) {
            Some(name) => Ok(format!("{path}{name}")),
            None => Err(Failure::of_call(format!(
                "{} has no name that could be sent; end the URL with one, as in ftp://host/directory/file",
                self.file.display()
            ))),
        }
    }
}

/// How much of the file the server has.
fn size_there(ftp: &mut Ftp, path: &str) -> Result<u64, Failure> {
    match ftp.size(path) {
        Err(error) if error.reply().is_some_and(|reply| reply.code().number() == 550) => Ok(0),
        size => size.map_err(Failure::from),
    }
}

/// The file, and how long it is, where that is known.
fn open(path: &Path) -> Result<(Box<dyn Read>, Option<u64>), Failure> {
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    let metadata = file.metadata().map_err(|error| cannot_read(path, &error))?;
    if metadata.is_dir() {
        return Err(cannot_read(path, &io::ErrorKind::IsADirectory.into()));
    }
    let length = metadata.is_file().then_some(metadata.len());
    Ok((Box::new(file), length))
}

fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory; put its files one by one".to_owned(),
        _ => error.to_string(),
    };
    Failure::of_transfer(format!("{} cannot be read: {why}", path.display()))
}
