//! Where a download goes: standard output, a file that is there whole or not at all, or what is no regular file.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Where a download goes.
#[derive(Debug, Clone)]
pub(crate) enum Destination {
    Stdout,
    /// A regular file, or none yet.
    File(PathBuf),
    /// A device or pipe: written to as it is.
    Special(PathBuf),
}

impl Destination {
    /// The place that was told; a directory, or nothing, keeps the name that the file has in `remote`.
    pub(crate) fn new(told: Option<PathBuf>, remote: &str) -> Result<Self, Failure> {
        let name = remote.rsplit_once('/').map_or(remote, |(_, name)| name);
        if name.is_empty() {
            return Err(Failure::of_call(
                "the URL names a directory; name a file in it, as in ftp://host/directory/file",
            ));
        }
        let path = match told {
            Some(path) if path.as_os_str() == "-" => return Ok(Self::Stdout),
            Some(path) if !path.is_dir() => path,
            directory => directory.unwrap_or_default().join(local_name(name)?),
        };
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => Err(cannot_write(&path, io::ErrorKind::IsADirectory.into())),
            Ok(metadata) if !metadata.is_file() => Ok(Self::Special(path)),
            _ => Ok(Self::File(path)),
        }
    }
}

/// Opens what is no regular file.
pub(crate) fn open_special(path: &Path) -> Result<File, Failure> {
    File::options().write(true).open(path).map_err(|error| cannot_write(path, error))
}

pub(crate) fn cannot_write(path: &Path, error: io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such directory; make it first".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory; name a file in it".to_owned(),
        _ => error.to_string(),
    };
    Failure::of_transfer(format!("{} cannot be written: {why}", path.display()))
}

/// `name`, if it can be that of a file in a directory and nowhere else.
fn local_name(name: &str) -> Result<&str, Failure> {
    match Path::new(name).file_name() {
        Some(file_name) if file_name == name && !name.contains('\0') => Ok(name),
        _ => Err(Failure::of_call(format!("{name:?} cannot be a file's name here; name one with -o"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_elsewhere_is_refused() {
        for name in ["..", ".", ""] {
            assert!(local_name(name).is_err(), "{name}");
        }
        assert_eq!(local_name("a b").unwrap(), "a b");
    }
}
