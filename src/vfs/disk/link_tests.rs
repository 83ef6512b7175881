//! Symbolic links on the disk: followed inside the root, refused out of it.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::UNIX_EPOCH;

use tempfile::TempDir;

use super::DiskFs;
use crate::proto::{FileInfo, FileKind, Pathname};
use crate::vfs::{FileSystem, FsError, OpenMode};

fn disk() -> (TempDir, DiskFs) {
    let root = tempfile::tempdir().unwrap();
    let disk = DiskFs::open(root.path()).unwrap();
    (root, disk)
}

fn path(text: &str) -> Pathname {
    Pathname::parse(text).unwrap()
}

#[test]
fn links_inside_are_followed() {
    let (root, disk) = disk();
    fs::create_dir(root.path().join("d")).unwrap();
    fs::write(root.path().join("d/f"), "content").unwrap();
    symlink("d", root.path().join("to-d")).unwrap();
    symlink("../to-d/f", root.path().join("d/to-f")).unwrap();
    assert_eq!(disk.info(&path("/to-d/to-f")), Ok(FileInfo::file(7)));
    assert_eq!(disk.resolve(&path("/to-d/to-f")), Ok(path("/d/f")));
    assert_eq!(disk.open(&path("/to-d/to-f"), OpenMode::Read { offset: 0 }).unwrap().size(), Ok(7));
    assert_eq!(disk.list(&path("/to-d")).unwrap().len(), 2);
    let link = disk.link_info(&path("/to-d/to-f")).unwrap();
    assert_eq!((link.kind, link.link_target.as_deref()), (FileKind::Symlink, Some("../to-d/f")));
    assert_eq!(disk.list(&path("/")).unwrap()[1].info.link_target.as_deref(), Some("d"));
}

#[test]
fn links_that_leave_the_root_or_are_absolute_are_refused() {
    let (outer, _) = disk();
    let root = outer.path().join("root");
    fs::create_dir_all(root.join("home")).unwrap();
    fs::write(outer.path().join("secret"), "secret").unwrap();
    fs::write(root.join("f"), "").unwrap();
    symlink("../secret", root.join("up")).unwrap();
    symlink("../new", root.join("dangling")).unwrap();
    symlink(outer.path(), root.join("out")).unwrap();
    symlink(root.join("f"), root.join("back-in")).unwrap();
    symlink("../f", root.join("home/out-of-jail")).unwrap();
    let disk = DiskFs::open(&root).unwrap();
    for name in ["/up", "/dangling", "/out/secret", "/out/new", "/out", "/back-in"] {
        let name = path(name);
        assert_eq!(disk.info(&name), Err(FsError::OutsideRoot), "{name}");
        assert_eq!(disk.resolve(&name), Err(FsError::OutsideRoot), "{name}");
        assert_eq!(disk.list(&name), Err(FsError::OutsideRoot), "{name}");
        assert_eq!(disk.jail(&name).unwrap_err(), FsError::OutsideRoot, "{name}");
        assert_eq!(disk.set_mode(&name, 0o777), Err(FsError::OutsideRoot), "{name}");
        assert_eq!(disk.set_modified(&name, UNIX_EPOCH), Err(FsError::OutsideRoot), "{name}");
        for mode in
            [OpenMode::Read { offset: 0 }, OpenMode::Write, OpenMode::Append, OpenMode::Resume { offset: 0 }]
        {
            assert_eq!(disk.open(&name, mode).unwrap_err(), FsError::OutsideRoot, "{name} {mode:?}");
        }
    }
    let inside = path("/out/new");
    assert_eq!(disk.create_directory(&inside), Err(FsError::OutsideRoot));
    assert_eq!(disk.remove_file(&path("/out/secret")), Err(FsError::OutsideRoot));
    assert_eq!(disk.rename(&path("/f"), &inside), Err(FsError::OutsideRoot));
    assert_eq!(disk.create_unique(&path("/out"), "x").unwrap_err(), FsError::OutsideRoot);
    let jail = disk.jail(&path("/home")).unwrap();
    assert_eq!(jail.info(&path("/out-of-jail")), Err(FsError::OutsideRoot));
    assert_eq!(disk.info(&path("/home/out-of-jail")), Ok(FileInfo::file(0)));
    assert_eq!(disk.link_info(&path("/out")).unwrap().link_target, None);
    assert!(!outer.path().join("new").exists());
}

#[test]
fn a_link_to_something_missing_resolves_to_where_that_would_be() {
    let (root, disk) = disk();
    fs::create_dir(root.path().join("d")).unwrap();
    symlink("d/new", root.path().join("link")).unwrap();
    symlink("no/../d", root.path().join("through-nothing")).unwrap();
    assert_eq!(disk.info(&path("/link")), Err(FsError::NotFound));
    assert_eq!(disk.resolve(&path("/link")), Ok(path("/d/new")));
    assert_eq!(disk.resolve(&path("/link/x")), Ok(path("/d/new/x")));
    assert_eq!(disk.resolve(&path("/through-nothing")), Err(FsError::NotFound));
    disk.open(&path("/link"), OpenMode::Write).unwrap().write_all(b"x").unwrap();
    assert_eq!(disk.info(&path("/d/new")), Ok(FileInfo::file(1)));
}

#[test]
fn links_in_circles_are_an_error() {
    let (root, disk) = disk();
    symlink("b", root.path().join("a")).unwrap();
    symlink("a", root.path().join("b")).unwrap();
    assert_eq!(disk.info(&path("/a")), Err(FsError::LinkLoop));
    assert_eq!(disk.resolve(&path("/a")), Err(FsError::LinkLoop));
    assert_eq!(disk.list(&path("/")).unwrap().len(), 2);
}

#[test]
fn a_link_itself_is_removed_and_renamed() {
    let (root, disk) = disk();
    fs::write(root.path().join("f"), "kept").unwrap();
    symlink("f", root.path().join("link")).unwrap();
    disk.rename(&path("/link"), &path("/moved")).unwrap();
    assert_eq!(disk.link_info(&path("/moved")).unwrap().kind, FileKind::Symlink);
    disk.remove_file(&path("/moved")).unwrap();
    assert_eq!(disk.info(&path("/f")), Ok(FileInfo::file(4)));
}
