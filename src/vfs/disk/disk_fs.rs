//! A directory of the disk as a [`FileSystem`], contained by the kernel rather than by checks of names.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use cap_fs_ext::{DirExt, SystemTimeSpec};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, Metadata};

use super::disk_file::{DiskFile, set_modified};
use super::facts::Facts;
use super::links;
use crate::proto::{FileInfo, Pathname};
use crate::vfs::unique_name::create_first_free;
use crate::vfs::whole_second::whole_second;
use crate::vfs::{DirEntry, File, FileSystem, FsError, OpenMode};

/// A directory of the disk.
///
/// Every call names files relative to the open directory, and on Linux the kernel itself refuses to leave it
/// (`openat2` with `RESOLVE_BENEATH`), whatever another process does to the tree meanwhile. Links inside it are
/// followed; one that leaves it, or is absolute, also where it points back in, is [`FsError::OutsideRoot`].
///
/// What the disk says of its files differs from run to run, so it is left unsaid: time, mode, owner, links, and a
/// directory's size. Told are times and modes that were set through this file system or one of its jails, until
/// the disk has others. [`with_real_facts`](Self::with_real_facts) tells all.
#[derive(Debug)]
pub struct DiskFs {
    root: Dir,
    facts: Facts,
}

impl DiskFs {
    /// Opens the directory `root`, which may be reached through links.
    ///
    /// # Errors
    /// When `root` is missing, is no directory, or cannot be read.
    pub fn open(root: &Path) -> Result<Self, FsError> {
        let root = Dir::open_ambient_dir(root, ambient_authority())?;
        Ok(Self { root, facts: Facts::default() })
    }

    /// The same directory, telling the disk's own facts: time, mode, number of links, owner and group as numbers,
    /// and device and inode as `unique`.
    #[must_use]
    pub fn with_real_facts(self) -> Self {
        Self { facts: self.facts.with_real_ones(), ..self }
    }

    fn metadata(&self, path: &Pathname) -> Result<Metadata, FsError> {
        Ok(self.root.metadata(host(path))?)
    }

    fn link_metadata(&self, path: &Pathname) -> Result<Metadata, FsError> {
        Ok(self.root.symlink_metadata(host(path))?)
    }

    /// Refuses what is neither file nor directory, since a FIFO can stop who opens it.
    fn check_settable(&self, path: &Pathname) -> Result<(), FsError> {
        let metadata = self.metadata(path)?;
        if metadata.is_file() || metadata.is_dir() { Ok(()) } else { Err(FsError::NotARegularFile) }
    }

    /// What is at `path` now, if its facts must be forgotten once it is gone.
    fn to_forget(&self, path: &Pathname) -> Option<Metadata> {
        if self.facts.is_empty() { None } else { self.link_metadata(path).ok() }
    }

    fn forget(&self, gone: Option<Metadata>) {
        if let Some(metadata) = gone {
            self.facts.forget(&metadata);
        }
    }
}

impl FileSystem for DiskFs {
    fn jail(&self, home: &Pathname) -> Result<Arc<dyn FileSystem>, FsError> {
        let root = self.root.open_dir(host(home))?;
        Ok(Arc::new(Self { root, facts: self.facts.clone() }))
    }

    fn resolve(&self, path: &Pathname) -> Result<Pathname, FsError> {
        links::resolve(&self.root, path)
    }

    fn info(&self, path: &Pathname) -> Result<FileInfo, FsError> {
        let metadata = self.metadata(path)?;
        Ok(self.facts.view().info(&metadata))
    }

    fn link_info(&self, path: &Pathname) -> Result<FileInfo, FsError> {
        let metadata = self.link_metadata(path)?;
        let mut info = self.facts.view().info(&metadata);
        if metadata.is_symlink() {
            info.link_target = link_target(&self.root, host(path));
        }
        Ok(info)
    }

    fn list(&self, path: &Pathname) -> Result<Vec<DirEntry>, FsError> {
        let directory = self.root.open_dir(host(path))?;
        let facts = self.facts.view();
        let mut entries = Vec::new();
        for entry in directory.entries()? {
            let entry = entry?;
            let metadata = match entry.metadata().map_err(FsError::from) {
                Ok(metadata) => metadata,
                // It was removed after its name was read.
                Err(FsError::NotFound) => continue,
                Err(error) => return Err(error),
            };
            let name = entry.file_name();
            let mut info = facts.info(&metadata);
            if metadata.is_symlink() {
                info.link_target = link_target(&directory, Path::new(&name));
            }
            let name = name.into_string().unwrap_or_else(|name| name.to_string_lossy().into_owned());
            entries.push(DirEntry { name, info });
        }
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn open(&self, path: &Pathname, mode: OpenMode) -> Result<Box<dyn File>, FsError> {
        Ok(Box::new(DiskFile::open(&self.root, host(path), mode)?))
    }

    fn create_unique(
        &self,
        directory: &Pathname,
        prefix: &str,
    ) -> Result<(Pathname, Box<dyn File>), FsError> {
        create_first_free(directory, prefix, |path| {
            Ok(Box::new(DiskFile::create_new(&self.root, host(path))?) as Box<dyn File>)
        })
    }

    fn create_directory(&self, path: &Pathname) -> Result<(), FsError> {
        if path.is_root() {
            return Err(FsError::AlreadyExists);
        }
        Ok(self.root.create_dir(host(path))?)
    }

    fn remove_directory(&self, path: &Pathname) -> Result<(), FsError> {
        if path.is_root() {
            return Err(FsError::RootDirectory);
        }
        let gone = self.to_forget(path);
        self.root.remove_dir(host(path))?;
        self.forget(gone);
        Ok(())
    }

    fn remove_file(&self, path: &Pathname) -> Result<(), FsError> {
        if path.is_root() {
            return Err(FsError::IsADirectory);
        }
        let gone = self.to_forget(path);
        self.root.remove_file(host(path)).map_err(|error| match FsError::from(error) {
            // What POSIX asks for, and macOS answers, to the unlinking of a directory.
            FsError::PermissionDenied if self.link_metadata(path).is_ok_and(|it| it.is_dir()) => {
                FsError::IsADirectory
            }
            error => error,
        })?;
        self.forget(gone);
        Ok(())
    }

    fn rename(&self, from: &Pathname, to: &Pathname) -> Result<(), FsError> {
        if from.is_root() || to.is_root() {
            return Err(FsError::RootDirectory);
        }
        let gone = if from == to { None } else { self.to_forget(to) };
        self.root.rename(host(from), &self.root, host(to)).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidInput => FsError::IntoItself,
            // POSIX lets a system say EEXIST for ENOTEMPTY.
            std::io::ErrorKind::AlreadyExists => FsError::DirectoryNotEmpty,
            _ => error.into(),
        })?;
        self.forget(gone);
        Ok(())
    }

    fn set_modified(&self, path: &Pathname, modified: SystemTime) -> Result<(), FsError> {
        self.check_settable(path)?;
        let modified = whole_second(modified);
        if modified < SystemTime::UNIX_EPOCH {
            // cap-std panics over such a time. It sets others without opening the file, which may not be readable.
            set_modified(&self.root, host(path), modified)?;
        } else {
            let time = SystemTimeSpec::Absolute(cap_std::time::SystemTime::from_std(modified));
            self.root.set_mtime(host(path), time)?;
        }
        self.facts.note_modified(&self.metadata(path)?, modified);
        Ok(())
    }

    #[cfg(unix)]
    fn set_mode(&self, path: &Pathname, mode: u32) -> Result<(), FsError> {
        use std::os::unix::fs::PermissionsExt;
        self.check_settable(path)?;
        let permissions = std::fs::Permissions::from_mode(mode & 0o7777);
        self.root.set_permissions(host(path), cap_std::fs::Permissions::from_std(permissions))?;
        self.facts.note_mode(&self.metadata(path)?);
        Ok(())
    }

    #[cfg(not(unix))]
    fn set_mode(&self, path: &Pathname, _: u32) -> Result<(), FsError> {
        self.check_settable(path)?;
        Err(FsError::Other("Modes cannot be set on this system".to_owned()))
    }
}

/// How the open root's calls name `path`.
fn host(path: &Pathname) -> &Path {
    Path::new(if path.is_root() { "." } else { path.relative() })
}

/// Where a link points, unless that is a place of the host, which no client is told.
fn link_target(directory: &Dir, name: &Path) -> Option<String> {
    let target = directory.read_link_contents(name).ok()?;
    (!target.has_root()).then(|| target.to_string_lossy().into_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixListener;
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::proto::FileKind;
    use tempfile::TempDir;

    fn disk() -> (TempDir, DiskFs) {
        let root = tempfile::tempdir().unwrap();
        let disk = DiskFs::open(root.path()).unwrap();
        (root, disk)
    }

    fn path(text: &str) -> Pathname {
        Pathname::parse(text).unwrap()
    }

    #[test]
    fn a_root_that_is_no_directory_is_refused() {
        let (root, _) = disk();
        fs::write(root.path().join("f"), "").unwrap();
        assert_eq!(DiskFs::open(&root.path().join("f")).unwrap_err(), FsError::NotADirectory);
        assert_eq!(DiskFs::open(&root.path().join("no")).unwrap_err(), FsError::NotFound);
    }

    #[test]
    fn neither_fifo_nor_socket_is_opened_or_waited_for() {
        let (root, disk) = disk();
        let fifo = root.path().join("fifo");
        // rustix makes no FIFOs on macOS; the command is the same everywhere.
        assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let _socket = UnixListener::bind(root.path().join("socket")).unwrap();
        let refuse_all = || {
            for name in ["/fifo", "/socket"] {
                for mode in [
                    OpenMode::Read { offset: 0 },
                    OpenMode::Write,
                    OpenMode::Append,
                    OpenMode::Resume { offset: 0 },
                ] {
                    let error = disk.open(&path(name), mode).unwrap_err();
                    assert_eq!(error, FsError::NotARegularFile, "{name} {mode:?}");
                }
                assert_eq!(disk.set_mode(&path(name), 0o644), Err(FsError::NotARegularFile));
                assert_eq!(disk.set_modified(&path(name), UNIX_EPOCH), Err(FsError::NotARegularFile));
                assert_eq!(disk.info(&path(name)).unwrap().kind, FileKind::Special);
            }
        };
        refuse_all();
        // With somebody at the other end, opening would succeed.
        let _reader = fs::File::options().read(true).write(true).open(&fifo).unwrap();
        refuse_all();
    }

    #[test]
    fn facts_set_by_others_are_not_shown() {
        let (root, disk) = disk();
        let host = root.path().join("f");
        fs::write(&host, "content").unwrap();
        disk.set_modified(&path("/f"), UNIX_EPOCH).unwrap();
        disk.set_mode(&path("/f"), 0o600).unwrap();
        assert_eq!(fs::metadata(&host).unwrap().modified().unwrap(), UNIX_EPOCH);
        assert_eq!(fs::metadata(&host).unwrap().permissions().mode() & 0o7777, 0o600);
        let file = fs::File::options().write(true).open(&host).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1)).unwrap();
        fs::set_permissions(&host, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(disk.info(&path("/f")), Ok(FileInfo::file(7)));
    }

    #[test]
    fn a_time_beyond_what_the_disk_can_store_is_shown_all_the_same() {
        let (root, disk) = disk();
        fs::write(root.path().join("f"), "").unwrap();
        let year_9999 = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
        disk.set_modified(&path("/f"), year_9999).unwrap();
        assert_eq!(disk.info(&path("/f")).unwrap().modified, Some(year_9999));
    }

    #[test]
    fn real_facts_are_the_disks_own() {
        use std::os::unix::fs::MetadataExt;
        let (root, disk) = disk();
        fs::write(root.path().join("f"), "content").unwrap();
        fs::hard_link(root.path().join("f"), root.path().join("g")).unwrap();
        let disk = disk.with_real_facts();
        disk.set_mode(&path("/f"), 0o640).unwrap();
        let host = fs::metadata(root.path().join("f")).unwrap();
        let info = disk.jail(&path("/")).unwrap().info(&path("/f")).unwrap();
        assert_eq!(info.modified, Some(host.modified().unwrap()));
        assert_eq!((info.mode, info.links), (Some(0o640), Some(2)));
        assert_eq!(info.owner, Some(host.uid().to_string()));
        assert_eq!(info.group, Some(host.gid().to_string()));
        assert_eq!(info.unique, Some(format!("{:x}g{:x}", host.dev(), host.ino())));
        assert_eq!(disk.info(&path("/")).unwrap().size, 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf_8_is_listed_with_replacements() {
        use std::os::unix::ffi::OsStrExt;
        let (root, disk) = disk();
        fs::write(root.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9")), "").unwrap();
        assert_eq!(disk.list(&path("/")).unwrap()[0].name, "caf\u{fffd}");
    }
}
