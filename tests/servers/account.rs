//! The one user that every server has, and whom a server runs as.

use std::fs;
use std::path::Path;

/// The name that vsftpd has for whoever has no account on the machine.
pub(crate) const USER: &str = "ftp";
pub(crate) const PASSWORD: &str = "s3cret";

/// [`PASSWORD`] as `crypt` has it: `openssl passwd -6 -salt ftpfixture s3cret`.
pub(crate) const CRYPTED: &str =
    "$6$ftpfixture$JTkCNrVmBHgiQLTX3TPB9e2gMzizwL9EfP8yYBoGsdLH3VXaQcUM3E68751C6Q0nAT38RhxMXZ0XNztgU7z.r0";

/// Who runs the tests.
#[derive(Debug)]
pub(crate) struct Launcher {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Launcher {
    pub(crate) fn current() -> Self {
        Self { uid: rustix::process::getuid().as_raw(), gid: rustix::process::getgid().as_raw() }
    }

    pub(crate) fn is_root(&self) -> bool {
        self.uid == 0
    }

    pub(crate) fn user(&self) -> String {
        name_of(self.uid, Path::new("/etc/passwd"))
    }

    pub(crate) fn group(&self) -> String {
        name_of(self.gid, Path::new("/etc/group"))
    }
}

/// The name that a table of the system has for `id`.
fn name_of(id: u32, table: &Path) -> String {
    let text = fs::read_to_string(table).expect("read a table of the system");
    let line = text.lines().find(|line| line.split(':').nth(2) == Some(&id.to_string()));
    let line = line.unwrap_or_else(|| panic!("{} has no name for {id}", table.display()));
    line.split(':').next().unwrap_or_default().to_owned()
}
