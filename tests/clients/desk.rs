//! A client's working directory.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// 2001-02-03T04:05:06Z in seconds since the Unix epoch.
const FILE_TIME: u64 = 981_173_106;
/// 1970-01-02T00:00:00Z; 0 would be no time to ncftp.
const OLD_TIME: u64 = 86_400;

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

    /// Writes a file, and makes the directories above it, with a modification time of 2001-02-03T04:05:06Z, since some
    /// clients tell the server what it is.
    pub(crate) fn write(&self, name: &str, contents: &[u8]) {
        let path = self.path().join(name);
        let directory = path.parent().expect("a file is in a directory");
        fs::create_dir_all(directory).expect("make a client's directory");
        fs::write(&path, contents).expect("write a client's file");
        set_modified(&path, FILE_TIME);
    }

    /// Makes a file older than all on the server, whose clock stands at 2000-01-01T00:00:00Z.
    pub(crate) fn make_old(&self, name: &str) {
        set_modified(&self.path().join(name), OLD_TIME);
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).expect("read what the client wrote")
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).expect("remove a client's file");
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }
}

fn set_modified(path: &Path, seconds: u64) {
    let file = File::options().write(true).open(path).expect("open a client's file");
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).expect("set a client's file's time");
}
