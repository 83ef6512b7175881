//! A directory that turns into a link out of the root while it is used: nothing outside is ever touched.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::DiskFs;
use crate::proto::Pathname;
use crate::vfs::{FileSystem, OpenMode};

const SWAPS: usize = 3_000;

#[test]
fn a_directory_swapped_for_an_escaping_link_leads_nowhere() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    for directory in ["outside", "root", "root/d"] {
        fs::create_dir(at(directory)).unwrap();
    }
    fs::write(at("outside/f"), "outside").unwrap();
    fs::set_permissions(at("outside/f"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(at("root/d/f"), "inside").unwrap();
    symlink("../outside", at("root/link")).unwrap();

    std::thread::scope(|scope| {
        let swapping = scope.spawn(|| {
            for _ in 0..SWAPS {
                fs::rename(at("root/d"), at("root/aside")).unwrap();
                fs::rename(at("root/link"), at("root/d")).unwrap();
                fs::rename(at("root/d"), at("root/link")).unwrap();
                fs::rename(at("root/aside"), at("root/d")).unwrap();
            }
        });
        let disk = DiskFs::open(&at("root")).unwrap();
        while !swapping.is_finished() {
            use_directory(&disk);
        }
    });

    let left: Vec<_> = fs::read_dir(at("outside")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["f"]);
    assert_eq!(fs::read_to_string(at("outside/f")).unwrap(), "outside");
    assert_eq!(fs::metadata(at("outside/f")).unwrap().permissions().mode() & 0o777, 0o644);
}

/// Every kind of access once. Each may fail, since the directory may be away; what succeeds must be inside.
fn use_directory(disk: &DiskFs) {
    let path = |name: &str| Pathname::parse(name).unwrap();
    if let Ok(mut file) = disk.open(&path("/d/f"), OpenMode::Read { offset: 0 }) {
        let mut buffer = [0; 16];
        let count = file.read(&mut buffer).unwrap();
        assert_eq!(&buffer[..count], b"inside");
    }
    if let Ok(entries) = disk.list(&path("/d")) {
        assert!(entries.iter().any(|entry| entry.info.size == 6), "{entries:?}");
    }
    if let Ok(mut file) = disk.open(&path("/d/new"), OpenMode::Write) {
        file.write_all(b"new").unwrap();
    }
    let _ = disk.rename(&path("/d/new"), &path("/d/renamed"));
    let _ = disk.remove_file(&path("/d/renamed"));
    let _ = disk.create_directory(&path("/d/made"));
    let _ = disk.remove_directory(&path("/d/made"));
    let _ = disk.set_mode(&path("/d/f"), 0o600);
}
