//! A server's program: installed, or unpacked from Debian's packages below `FTP_FIXTURE_SERVERS`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::missing::{note_missing, variable};

/// Where programs are below the root of a system; what is no user's is often not on `PATH`.
const DIRECTORIES: [&str; 4] = ["usr/sbin", "usr/bin", "sbin", "bin"];

/// A program that was found.
#[derive(Debug)]
pub(crate) struct Program {
    path: PathBuf,
    /// The root of the system that its libraries and modules are in.
    root: PathBuf,
}

impl Program {
    /// Looks for `name`, which `package` brings. When it is missing, says so and gives `None`: the test is to be
    /// skipped.
    ///
    /// # Panics
    /// When it is missing and must not be.
    #[track_caller]
    pub(crate) fn find(name: &str, package: &str) -> Option<Self> {
        let unpacked = variable("FTP_FIXTURE_SERVERS").map(PathBuf::from);
        let found = unpacked.into_iter().chain([PathBuf::from("/")]).find_map(|root| {
            let path = DIRECTORIES
                .iter()
                .map(|directory| root.join(directory).join(name))
                .find(|path| path.is_file())?;
            Some(Self { path, root })
        });
        if found.is_none() {
            let advice = format!(
                "install Debian's {package}, or unpack it where FTP_FIXTURE_SERVERS says, as .ci/run does"
            );
            note_missing(name, &advice);
        }
        found
    }

    /// The root of the system that it is part of.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Runs it with no other environment than where its libraries are.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.env_clear();
        if self.root != Path::new("/") {
            let libraries = env::join_paths(libraries(&self.root)).expect("no path with a colon");
            command.env("LD_LIBRARY_PATH", libraries);
        }
        command
    }
}

/// The directories of libraries below `root`, such as `usr/lib/x86_64-linux-gnu`.
fn libraries(root: &Path) -> Vec<PathBuf> {
    ["usr/lib", "lib"]
        .iter()
        .filter_map(|directory| fs::read_dir(root.join(directory)).ok())
        .flatten()
        .map(|entry| entry.expect("read a directory").path())
        .filter(|path| path.to_string_lossy().ends_with("-linux-gnu"))
        .collect()
}
