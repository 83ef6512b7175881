//! A client's working directory.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// 2001-02-03T04:05:06Z in seconds since the Unix epoch.
const FILE_TIME: u64 = 981_173_106;

/// A temporary directory that a client works in; being its home, too, it keeps anybody's settings away.
#[derive(Debug)]
pub(crate) struct Desk(assert_fs::TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(assert_fs::TempDir::new().expect("make a temporary directory"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file with a modification time of 2001-02-03T04:05:06Z, since lftp tells the server what it is.
    pub(crate) fn write(&self, name: &str, contents: &[u8]) {
        let path = self.path().join(name);
        fs::write(&path, contents).expect("write a client's file");
        let file = File::options().write(true).open(&path).expect("open a client's file");
        file.set_modified(UNIX_EPOCH + Duration::from_secs(FILE_TIME)).expect("set a client's file's time");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).expect("read what the client wrote")
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }
}
