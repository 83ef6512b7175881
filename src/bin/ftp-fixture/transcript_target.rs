//! Where the transcript goes at the end; that it can go there is made sure of at the start.

use std::io;
use std::path::{Path, PathBuf};

use ftp_fixture::transcript::Transcript;

use crate::failure::Failure;

/// A file that a transcript can be written to.
#[derive(Debug)]
pub(crate) struct TranscriptTarget(PathBuf);

impl TranscriptTarget {
    /// Makes sure of the directory by opening a file in it that has no name and goes by itself.
    pub(crate) fn check(path: PathBuf) -> Result<Self, Failure> {
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if path.is_dir() {
            return Err(cannot_write(&path, &io::Error::from(io::ErrorKind::IsADirectory)));
        }
        match tempfile::tempfile_in(directory) {
            Ok(_) => Ok(Self(path)),
            Err(error) => Err(cannot_write(&path, &error)),
        }
    }

    pub(crate) fn write(&self, transcript: &Transcript) -> Result<(), Failure> {
        transcript.save(&self.0).map_err(|error| cannot_write(&self.0, &error))
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such directory; make it first".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory; name a file in it".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(format!("the transcript cannot be written to {}: {why}", path.display()))
}
