//! Which of the disk's facts are shown: fixed ones, which are the same in every run, or the disk's own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use cap_std::fs::Metadata;

use crate::proto::{FileInfo, FileKind};
use crate::vfs::whole_second::whole_second;

/// What tells one file from another, whatever it is called: device and inode.
#[cfg(unix)]
pub(super) type FileKey = (u64, u64);
/// Without inodes, the time of creation. Two files that share it are still told apart by the time that was set.
#[cfg(not(unix))]
pub(super) type FileKey = Option<SystemTime>;

/// What was set on one file, each with the mark by which it is seen to still hold.
#[derive(Debug, Default)]
pub(super) struct Setting {
    /// The time asked for, and what the disk made of it: some media know fewer times than FTP.
    modified: Option<(SystemTime, SystemTime)>,
    mode: Option<u32>,
}

pub(super) type Settings = BTreeMap<FileKey, Setting>;

/// The policy of one `DiskFs` and all its jails.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// What was set. Behind a mutex, because the sessions that share the disk set and list at once, and only the file
    /// system that set a time can tell it from one that the disk wrote by itself.
    settings: Arc<Mutex<Settings>>,
    /// All that the disk says is shown, and not only what was set.
    real: bool,
}

impl Facts {
    /// The same, which shows all that the disk says.
    pub(super) fn with_real_ones(self) -> Self {
        Self { real: true, ..self }
    }

    /// Facts of one or many files, at the price of one lock.
    pub(super) fn view(&self) -> FactsView<'_> {
        FactsView { settings: self.settings(), real: self.real }
    }

    /// Notes that `asked` was set on the file that now has `metadata`.
    pub(super) fn note_modified(&self, metadata: &Metadata, asked: SystemTime) {
        // A fraction is the mark of a write that came in between.
        let found = modified(metadata).filter(|found| whole_second(*found) == *found);
        let Some(found) = found else { return };
        self.settings().entry(key(metadata)).or_default().modified = Some((asked, found));
    }

    /// Notes that the mode in `metadata` was set.
    pub(super) fn note_mode(&self, metadata: &Metadata) {
        self.settings().entry(key(metadata)).or_default().mode = mode(metadata);
    }

    /// Whether nothing was set, so that there is nothing to forget.
    pub(super) fn is_empty(&self) -> bool {
        self.settings().is_empty()
    }

    /// Forgets a file that is gone, for the next one to get its inode.
    pub(super) fn forget(&self, metadata: &Metadata) {
        if is_last_link(metadata) {
            self.settings().remove(&key(metadata));
        }
    }

    fn settings(&self) -> MutexGuard<'_, Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A look at the facts, during which none is set.
pub(super) struct FactsView<'a> {
    settings: MutexGuard<'a, Settings>,
    real: bool,
}

impl FactsView<'_> {
    pub(super) fn info(&self, metadata: &Metadata) -> FileInfo {
        let mut info = match kind(metadata) {
            FileKind::Directory => FileInfo::directory(),
            kind => FileInfo::new(kind, metadata.len()),
        };
        if let Some(setting) =
            (!self.settings.is_empty()).then(|| self.settings.get(&key(metadata))).flatten()
        {
            let found = modified(metadata);
            info.modified = setting.modified.filter(|(_, mark)| found == Some(*mark)).map(|(asked, _)| asked);
            info.modified_is_set = info.modified.is_some();
            info.mode = setting.mode.filter(|mark| mode(metadata) == Some(*mark));
        }
        if self.real {
            add_real_facts(&mut info, metadata);
        }
        info
    }
}

fn kind(metadata: &Metadata) -> FileKind {
    if metadata.is_dir() {
        FileKind::Directory
    } else if metadata.is_symlink() {
        FileKind::Symlink
    } else if metadata.is_file() {
        FileKind::File
    } else {
        FileKind::Special
    }
}

fn modified(metadata: &Metadata) -> Option<SystemTime> {
    metadata.modified().ok().map(cap_std::time::SystemTime::into_std)
}

#[cfg(unix)]
fn key(metadata: &Metadata) -> FileKey {
    use cap_std::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn key(metadata: &Metadata) -> FileKey {
    metadata.created().ok().map(cap_std::time::SystemTime::into_std)
}

#[cfg(unix)]
fn mode(metadata: &Metadata) -> Option<u32> {
    use cap_std::fs::MetadataExt;
    Some(metadata.mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> Option<u32> {
    None
}

#[cfg(unix)]
fn is_last_link(metadata: &Metadata) -> bool {
    use cap_std::fs::MetadataExt;
    metadata.is_dir() || metadata.nlink() <= 1
}

#[cfg(not(unix))]
fn is_last_link(_: &Metadata) -> bool {
    true
}

fn add_real_facts(info: &mut FileInfo, metadata: &Metadata) {
    info.modified = modified(metadata);
    info.mode = mode(metadata);
    #[cfg(unix)]
    {
        use cap_std::fs::MetadataExt;
        info.links = Some(metadata.nlink());
        info.owner = Some(metadata.uid().to_string());
        info.group = Some(metadata.gid().to_string());
        info.unique = Some(format!("{:x}g{:x}", metadata.dev(), metadata.ino()));
    }
}
