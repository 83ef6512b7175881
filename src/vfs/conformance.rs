//! What every file system must do, tested on each of them.

use std::time::{Duration, UNIX_EPOCH};

use super::{DiskFs, FileSystem, FsError, MemoryFs, OpenMode};
use crate::proto::{FileInfo, Pathname};

macro_rules! conformance {
    ($($name:ident)*) => {
        mod on_disk {
            $(#[test]
            fn $name() {
                let root = tempfile::tempdir().unwrap();
                super::$name(&super::DiskFs::open(root.path()).unwrap());
            })*
        }
        mod in_memory {
            $(#[test]
            fn $name() {
                super::$name(&super::MemoryFs::new());
            })*
        }
    };
}

conformance! {
    a_file_is_read_as_it_was_written
    a_new_file_is_listed_with_nothing_but_its_size
    writing_empties_what_was_there
    appending_creates_the_file_and_writes_at_its_end
    resuming_writes_over_from_the_offset_and_keeps_the_rest
    resuming_needs_the_file
    reading_begins_at_the_offset_and_may_begin_at_the_end
    an_offset_beyond_the_end_is_an_error_and_changes_nothing
    an_upload_is_visible_as_it_grows
    a_removed_or_renamed_file_lives_on_where_it_is_open
    a_file_opened_for_one_thing_is_not_fit_for_the_other
    a_directory_is_no_file
    a_file_is_no_directory
    missing_things_are_not_found
    lists_are_sorted_by_bytes_and_hold_the_entries_only
    unusual_names_are_kept_to_the_letter
    names_have_at_most_255_bytes
    a_directory_is_created_once
    only_empty_directories_are_removed
    the_root_stays
    renaming_replaces_a_file
    renaming_replaces_an_empty_directory_only
    files_and_directories_do_not_replace_each_other
    a_directory_moves_with_all_that_is_in_it
    a_directory_does_not_move_into_itself
    renaming_to_itself_changes_nothing
    unique_names_count_up_and_fill_gaps
    a_unique_prefix_is_part_of_a_name
    resolving_keeps_missing_ends
    a_jail_sees_and_changes_its_part_only
    a_jail_needs_a_directory
    a_jail_follows_its_directory
    times_are_set_to_the_second_and_shown
    a_set_time_goes_with_the_file_and_is_forgotten_once_it_is_written
    a_directory_forgets_its_time_when_an_entry_comes_or_goes
    a_file_with_the_name_of_a_removed_one_has_none_of_its_facts
    modes_are_set_and_survive_writing
}

fn path(text: &str) -> Pathname {
    Pathname::parse(text).unwrap()
}

fn write(fs: &dyn FileSystem, name: &str, content: &str) {
    let mut file = fs.open(&path(name), OpenMode::Write).unwrap();
    file.write_all(content.as_bytes()).unwrap();
    file.finish().unwrap();
}

fn read_from(fs: &dyn FileSystem, name: &str, offset: u64) -> Result<String, FsError> {
    let mut file = fs.open(&path(name), OpenMode::Read { offset })?;
    let (mut content, mut buffer) = (Vec::new(), [0; 3]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(String::from_utf8(content).unwrap()),
            count => content.extend_from_slice(&buffer[..count]),
        }
    }
}

fn read(fs: &dyn FileSystem, name: &str) -> Result<String, FsError> {
    read_from(fs, name, 0)
}

fn names(fs: &dyn FileSystem, directory: &str) -> Vec<String> {
    fs.list(&path(directory)).unwrap().into_iter().map(|entry| entry.name).collect()
}

fn refused(fs: &dyn FileSystem, name: &str, mode: OpenMode) -> FsError {
    fs.open(&path(name), mode).unwrap_err()
}

fn a_file_is_read_as_it_was_written(fs: &dyn FileSystem) {
    write(fs, "/a", "hello, world");
    assert_eq!(read(fs, "/a").unwrap(), "hello, world");
    assert_eq!(fs.open(&path("/a"), OpenMode::Read { offset: 0 }).unwrap().size(), Ok(12));
}

fn a_new_file_is_listed_with_nothing_but_its_size(fs: &dyn FileSystem) {
    write(fs, "/a", "12345");
    fs.create_directory(&path("/d")).unwrap();
    assert_eq!(fs.info(&path("/a")), Ok(FileInfo::file(5)));
    assert_eq!(fs.link_info(&path("/a")), Ok(FileInfo::file(5)));
    assert_eq!(fs.info(&path("/d")), Ok(FileInfo::directory()));
    assert_eq!(fs.info(&path("/")), Ok(FileInfo::directory()));
    assert_eq!(fs.link_info(&path("/")), Ok(FileInfo::directory()));
    let listed: Vec<_> = fs.list(&path("/")).unwrap().into_iter().map(|entry| entry.info).collect();
    assert_eq!(listed, [FileInfo::file(5), FileInfo::directory()]);
}

fn writing_empties_what_was_there(fs: &dyn FileSystem) {
    write(fs, "/a", "long content");
    let _open = fs.open(&path("/a"), OpenMode::Write).unwrap();
    assert_eq!(fs.info(&path("/a")).unwrap().size, 0);
}

fn appending_creates_the_file_and_writes_at_its_end(fs: &dyn FileSystem) {
    for part in ["one ", "two"] {
        fs.open(&path("/a"), OpenMode::Append).unwrap().write_all(part.as_bytes()).unwrap();
    }
    assert_eq!(read(fs, "/a").unwrap(), "one two");
}

fn resuming_writes_over_from_the_offset_and_keeps_the_rest(fs: &dyn FileSystem) {
    write(fs, "/a", "0123456789");
    fs.open(&path("/a"), OpenMode::Resume { offset: 2 }).unwrap().write_all(b"xy").unwrap();
    assert_eq!(read(fs, "/a").unwrap(), "01xy456789");
    let mut file = fs.open(&path("/a"), OpenMode::Resume { offset: 8 }).unwrap();
    file.write_all(b"abc").unwrap();
    file.write_all(b"d").unwrap();
    assert_eq!(read(fs, "/a").unwrap(), "01xy4567abcd");
    fs.open(&path("/a"), OpenMode::Resume { offset: 12 }).unwrap().write_all(b"!").unwrap();
    assert_eq!(read(fs, "/a").unwrap(), "01xy4567abcd!");
}

fn resuming_needs_the_file(fs: &dyn FileSystem) {
    assert_eq!(refused(fs, "/a", OpenMode::Resume { offset: 0 }), FsError::NotFound);
    assert_eq!(names(fs, "/"), [""; 0]);
}

fn reading_begins_at_the_offset_and_may_begin_at_the_end(fs: &dyn FileSystem) {
    write(fs, "/a", "0123456789");
    assert_eq!(read_from(fs, "/a", 7).unwrap(), "789");
    assert_eq!(read_from(fs, "/a", 10).unwrap(), "");
}

fn an_offset_beyond_the_end_is_an_error_and_changes_nothing(fs: &dyn FileSystem) {
    write(fs, "/a", "12 bytes are");
    for offset in [13, u64::MAX] {
        let error = FsError::OffsetBeyondEnd { offset, size: 12 };
        assert_eq!(refused(fs, "/a", OpenMode::Read { offset }), error);
        assert_eq!(refused(fs, "/a", OpenMode::Resume { offset }), error);
    }
    assert_eq!(read(fs, "/a").unwrap(), "12 bytes are");
}

fn an_upload_is_visible_as_it_grows(fs: &dyn FileSystem) {
    let mut upload = fs.open(&path("/a"), OpenMode::Write).unwrap();
    let mut download = fs.open(&path("/a"), OpenMode::Read { offset: 0 }).unwrap();
    let mut buffer = [0; 8];
    assert_eq!(download.read(&mut buffer), Ok(0));
    upload.write_all(b"one").unwrap();
    assert_eq!(fs.info(&path("/a")).unwrap().size, 3);
    assert_eq!(download.read(&mut buffer), Ok(3));
    upload.write_all(b"two").unwrap();
    assert_eq!((download.size(), upload.size()), (Ok(6), Ok(6)));
    assert_eq!(download.read(&mut buffer), Ok(3));
    assert_eq!(&buffer[..3], b"two");
}

fn a_removed_or_renamed_file_lives_on_where_it_is_open(fs: &dyn FileSystem) {
    let mut upload = fs.open(&path("/a"), OpenMode::Write).unwrap();
    fs.rename(&path("/a"), &path("/b")).unwrap();
    upload.write_all(b"moved").unwrap();
    assert_eq!(read(fs, "/b").unwrap(), "moved");
    let mut download = fs.open(&path("/b"), OpenMode::Read { offset: 0 }).unwrap();
    fs.remove_file(&path("/b")).unwrap();
    write(fs, "/b", "another");
    upload.write_all(b" on").unwrap();
    let mut buffer = [0; 16];
    assert_eq!(download.read(&mut buffer), Ok(8));
    assert_eq!(&buffer[..8], b"moved on");
    assert_eq!(read(fs, "/b").unwrap(), "another");
}

fn a_file_opened_for_one_thing_is_not_fit_for_the_other(fs: &dyn FileSystem) {
    assert!(fs.open(&path("/a"), OpenMode::Write).unwrap().read(&mut [0]).is_err());
    assert!(fs.open(&path("/a"), OpenMode::Append).unwrap().read(&mut [0]).is_err());
    assert!(fs.open(&path("/a"), OpenMode::Read { offset: 0 }).unwrap().write_all(b"x").is_err());
}

fn a_directory_is_no_file(fs: &dyn FileSystem) {
    fs.create_directory(&path("/d")).unwrap();
    for name in ["/", "/d"] {
        for mode in
            [OpenMode::Read { offset: 0 }, OpenMode::Write, OpenMode::Append, OpenMode::Resume { offset: 0 }]
        {
            assert_eq!(refused(fs, name, mode), FsError::IsADirectory, "{name} {mode:?}");
        }
        assert_eq!(fs.remove_file(&path(name)), Err(FsError::IsADirectory));
    }
}

fn a_file_is_no_directory(fs: &dyn FileSystem) {
    write(fs, "/f", "");
    let (file, below) = (path("/f"), path("/f/x"));
    assert_eq!(fs.list(&file), Err(FsError::NotADirectory));
    assert_eq!(fs.remove_directory(&file), Err(FsError::NotADirectory));
    assert_eq!(fs.info(&below), Err(FsError::NotADirectory));
    assert_eq!(fs.link_info(&below), Err(FsError::NotADirectory));
    assert_eq!(fs.resolve(&below), Err(FsError::NotADirectory));
    assert_eq!(fs.create_directory(&below), Err(FsError::NotADirectory));
    assert_eq!(fs.remove_file(&below), Err(FsError::NotADirectory));
    assert_eq!(fs.rename(&file, &below), Err(FsError::NotADirectory));
    assert_eq!(fs.create_unique(&file, "x").unwrap_err(), FsError::NotADirectory);
    assert_eq!(refused(fs, "/f/x", OpenMode::Write), FsError::NotADirectory);
}

fn missing_things_are_not_found(fs: &dyn FileSystem) {
    for name in ["/no", "/no/such"] {
        let missing = path(name);
        assert_eq!(fs.info(&missing), Err(FsError::NotFound));
        assert_eq!(fs.link_info(&missing), Err(FsError::NotFound));
        assert_eq!(fs.list(&missing), Err(FsError::NotFound));
        assert_eq!(fs.remove_file(&missing), Err(FsError::NotFound));
        assert_eq!(fs.remove_directory(&missing), Err(FsError::NotFound));
        assert_eq!(fs.rename(&missing, &path("/to")), Err(FsError::NotFound));
        assert_eq!(fs.set_mode(&missing, 0o644), Err(FsError::NotFound));
        assert_eq!(fs.set_modified(&missing, UNIX_EPOCH), Err(FsError::NotFound));
        assert_eq!(fs.create_unique(&missing, "x").unwrap_err(), FsError::NotFound);
        assert_eq!(refused(fs, name, OpenMode::Read { offset: 0 }), FsError::NotFound);
    }
    assert_eq!(fs.create_directory(&path("/no/such")), Err(FsError::NotFound));
    assert_eq!(refused(fs, "/no/such", OpenMode::Write), FsError::NotFound);
    assert_eq!(refused(fs, "/no/such", OpenMode::Append), FsError::NotFound);
}

fn lists_are_sorted_by_bytes_and_hold_the_entries_only(fs: &dyn FileSystem) {
    for name in ["b", "a", "B", "\u{e9}", "a.txt", "10", "9"] {
        write(fs, name, "");
    }
    fs.create_directory(&path("/d")).unwrap();
    write(fs, "/d/inner", "");
    assert_eq!(names(fs, "/"), ["10", "9", "B", "a", "a.txt", "b", "d", "\u{e9}"]);
    assert_eq!(names(fs, "/d"), ["inner"]);
}

fn unusual_names_are_kept_to_the_letter(fs: &dyn FileSystem) {
    let unusual =
        ["two\nlines", " leading and trailing ", "\"quoted\"", "back\\slash", "-la", "*", "na\u{ef}ve"];
    for name in unusual {
        write(fs, name, name);
    }
    let mut expected = unusual.map(str::to_owned);
    expected.sort_unstable();
    assert_eq!(names(fs, "/"), expected);
    for name in unusual {
        assert_eq!(read(fs, name).unwrap(), name);
        fs.remove_file(&path(name)).unwrap();
    }
    assert_eq!(names(fs, "/"), [""; 0]);
}

fn names_have_at_most_255_bytes(fs: &dyn FileSystem) {
    let (longest, longer) = ("n".repeat(255), "n".repeat(256));
    write(fs, &longest, "x");
    assert_eq!(names(fs, "/"), std::slice::from_ref(&longest));
    assert_eq!(refused(fs, &longer, OpenMode::Write), FsError::NameTooLong);
    assert_eq!(fs.create_directory(&path(&longer)), Err(FsError::NameTooLong));
    assert_eq!(fs.info(&path(&longer)), Err(FsError::NameTooLong));
    assert_eq!(fs.resolve(&path(&longer)), Err(FsError::NameTooLong));
    assert_eq!(fs.rename(&path(&longest), &path(&longer)), Err(FsError::NameTooLong));
    assert_eq!(fs.create_unique(&path("/"), &longest).unwrap_err(), FsError::NameTooLong);
}

fn a_directory_is_created_once(fs: &dyn FileSystem) {
    write(fs, "/f", "");
    fs.create_directory(&path("/d")).unwrap();
    for name in ["/", "/d", "/f"] {
        assert_eq!(fs.create_directory(&path(name)), Err(FsError::AlreadyExists), "{name}");
    }
}

fn only_empty_directories_are_removed(fs: &dyn FileSystem) {
    fs.create_directory(&path("/d")).unwrap();
    write(fs, "/d/f", "");
    assert_eq!(fs.remove_directory(&path("/d")), Err(FsError::DirectoryNotEmpty));
    fs.remove_file(&path("/d/f")).unwrap();
    fs.remove_directory(&path("/d")).unwrap();
    assert_eq!(fs.info(&path("/d")), Err(FsError::NotFound));
}

fn the_root_stays(fs: &dyn FileSystem) {
    fs.create_directory(&path("/d")).unwrap();
    assert_eq!(fs.remove_directory(&path("/")), Err(FsError::RootDirectory));
    assert_eq!(fs.rename(&path("/"), &path("/x")), Err(FsError::RootDirectory));
    assert_eq!(fs.rename(&path("/d"), &path("/")), Err(FsError::RootDirectory));
    let jail = fs.jail(&path("/d")).unwrap();
    assert_eq!(jail.remove_directory(&path("/")), Err(FsError::RootDirectory));
}

fn renaming_replaces_a_file(fs: &dyn FileSystem) {
    write(fs, "/a", "new");
    write(fs, "/b", "old");
    fs.rename(&path("/a"), &path("/b")).unwrap();
    assert_eq!(names(fs, "/"), ["b"]);
    assert_eq!(read(fs, "/b").unwrap(), "new");
}

fn renaming_replaces_an_empty_directory_only(fs: &dyn FileSystem) {
    for name in ["/from", "/empty", "/full", "/full/inner"] {
        fs.create_directory(&path(name)).unwrap();
    }
    write(fs, "/from/f", "kept");
    assert_eq!(fs.rename(&path("/from"), &path("/full")), Err(FsError::DirectoryNotEmpty));
    assert_eq!(fs.rename(&path("/full/inner"), &path("/full")), Err(FsError::DirectoryNotEmpty));
    fs.rename(&path("/from"), &path("/empty")).unwrap();
    assert_eq!(names(fs, "/"), ["empty", "full"]);
    assert_eq!(read(fs, "/empty/f").unwrap(), "kept");
}

fn files_and_directories_do_not_replace_each_other(fs: &dyn FileSystem) {
    write(fs, "/f", "");
    fs.create_directory(&path("/d")).unwrap();
    assert_eq!(fs.rename(&path("/f"), &path("/d")), Err(FsError::IsADirectory));
    assert_eq!(fs.rename(&path("/d"), &path("/f")), Err(FsError::NotADirectory));
    assert_eq!(names(fs, "/"), ["d", "f"]);
}

fn a_directory_moves_with_all_that_is_in_it(fs: &dyn FileSystem) {
    for name in ["/a", "/a/b", "/other"] {
        fs.create_directory(&path(name)).unwrap();
    }
    write(fs, "/a/b/c", "deep");
    fs.rename(&path("/a"), &path("/other/a")).unwrap();
    assert_eq!(names(fs, "/"), ["other"]);
    assert_eq!(read(fs, "/other/a/b/c").unwrap(), "deep");
}

fn a_directory_does_not_move_into_itself(fs: &dyn FileSystem) {
    fs.create_directory(&path("/d")).unwrap();
    fs.create_directory(&path("/d/e")).unwrap();
    assert_eq!(fs.rename(&path("/d"), &path("/d/x")), Err(FsError::IntoItself));
    assert_eq!(fs.rename(&path("/d"), &path("/d/e/x")), Err(FsError::IntoItself));
    assert_eq!(fs.rename(&path("/d"), &path("/d/no/x")), Err(FsError::NotFound));
    assert_eq!(names(fs, "/d"), ["e"]);
}

fn renaming_to_itself_changes_nothing(fs: &dyn FileSystem) {
    write(fs, "/a", "same");
    fs.set_modified(&path("/a"), UNIX_EPOCH).unwrap();
    fs.create_directory(&path("/d")).unwrap();
    fs.rename(&path("/a"), &path("/a")).unwrap();
    fs.rename(&path("/d"), &path("/d")).unwrap();
    assert_eq!(read(fs, "/a").unwrap(), "same");
    assert_eq!(fs.info(&path("/a")).unwrap().modified, Some(UNIX_EPOCH));
    assert_eq!(fs.rename(&path("/no"), &path("/no")), Err(FsError::NotFound));
}

fn unique_names_count_up_and_fill_gaps(fs: &dyn FileSystem) {
    fs.create_directory(&path("/d")).unwrap();
    for number in 1..=3 {
        let (name, mut file) = fs.create_unique(&path("/d"), "ftpd").unwrap();
        assert_eq!(name.as_str(), format!("/d/ftpd.0000000{number}"));
        file.write_all(b"unique").unwrap();
    }
    fs.remove_file(&path("/d/ftpd.00000002")).unwrap();
    fs.create_directory(&path("/d/ftpd.00000004")).unwrap();
    assert_eq!(fs.create_unique(&path("/d"), "ftpd").unwrap().0.as_str(), "/d/ftpd.00000002");
    assert_eq!(fs.create_unique(&path("/d"), "ftpd").unwrap().0.as_str(), "/d/ftpd.00000005");
    assert_eq!(read(fs, "/d/ftpd.00000001").unwrap(), "unique");
}

fn a_unique_prefix_is_part_of_a_name(fs: &dyn FileSystem) {
    fs.create_directory(&path("/d")).unwrap();
    for prefix in ["../x", "/x", "a/b", "nul\0"] {
        assert_eq!(fs.create_unique(&path("/d"), prefix).unwrap_err(), FsError::InvalidName);
    }
    assert_eq!(fs.create_unique(&path("/d"), "..").unwrap().0.as_str(), "/d/...00000001");
}

fn resolving_keeps_missing_ends(fs: &dyn FileSystem) {
    fs.create_directory(&path("/d")).unwrap();
    write(fs, "/d/f", "");
    for name in ["/", "/d", "/d/f", "/d/new", "/new/deep/down"] {
        assert_eq!(fs.resolve(&path(name)), Ok(path(name)));
    }
}

fn a_jail_sees_and_changes_its_part_only(fs: &dyn FileSystem) {
    fs.create_directory(&path("/home")).unwrap();
    write(fs, "/home/a", "inside");
    write(fs, "/outside", "");
    let jail = fs.jail(&path("/home")).unwrap();
    assert_eq!(names(&*jail, "/"), ["a"]);
    assert_eq!(read(&*jail, "/../../home/../a").unwrap(), "inside");
    assert_eq!(refused(&*jail, "/outside", OpenMode::Read { offset: 0 }), FsError::NotFound);
    write(&*jail, "/b", "from the jail");
    assert_eq!(read(fs, "/home/b").unwrap(), "from the jail");
    jail.set_modified(&path("/b"), UNIX_EPOCH).unwrap();
    assert_eq!(fs.info(&path("/home/b")).unwrap().modified, Some(UNIX_EPOCH));
    assert_eq!(names(&*jail.jail(&path("/")).unwrap(), "/"), ["a", "b"]);
}

fn a_jail_needs_a_directory(fs: &dyn FileSystem) {
    write(fs, "/f", "");
    assert_eq!(fs.jail(&path("/f")).unwrap_err(), FsError::NotADirectory);
    assert_eq!(fs.jail(&path("/no")).unwrap_err(), FsError::NotFound);
}

fn a_jail_follows_its_directory(fs: &dyn FileSystem) {
    fs.create_directory(&path("/home")).unwrap();
    let jail = fs.jail(&path("/home")).unwrap();
    fs.rename(&path("/home"), &path("/moved")).unwrap();
    write(&*jail, "/a", "still here");
    assert_eq!(read(fs, "/moved/a").unwrap(), "still here");
}

fn times_are_set_to_the_second_and_shown(fs: &dyn FileSystem) {
    let (second, half) = (Duration::from_secs(1_000_000_000), Duration::from_millis(500));
    write(fs, "/f", "content");
    fs.create_directory(&path("/d")).unwrap();
    for name in ["/f", "/d", "/"] {
        fs.set_modified(&path(name), UNIX_EPOCH + second + half).unwrap();
        assert_eq!(fs.info(&path(name)).unwrap().modified, Some(UNIX_EPOCH + second), "{name}");
    }
    let listed: Vec<_> = fs.list(&path("/")).unwrap().into_iter().map(|entry| entry.info.modified).collect();
    assert_eq!(listed, [Some(UNIX_EPOCH + second); 2]);
    for name in ["/f", "/d", "/"] {
        fs.set_modified(&path(name), UNIX_EPOCH - half).unwrap();
        assert_eq!(
            fs.info(&path(name)).unwrap().modified,
            Some(UNIX_EPOCH - Duration::from_secs(1)),
            "{name}"
        );
    }
}

fn a_set_time_goes_with_the_file_and_is_forgotten_once_it_is_written(fs: &dyn FileSystem) {
    let modified = |name: &str| fs.info(&path(name)).unwrap().modified;
    write(fs, "/a", "content");
    fs.set_modified(&path("/a"), UNIX_EPOCH).unwrap();
    fs.rename(&path("/a"), &path("/b")).unwrap();
    assert_eq!(modified("/b"), Some(UNIX_EPOCH));
    let mut file = fs.open(&path("/b"), OpenMode::Append).unwrap();
    assert_eq!(modified("/b"), Some(UNIX_EPOCH));
    file.write_all(b"!").unwrap();
    assert_eq!(modified("/b"), None);
    fs.set_modified(&path("/b"), UNIX_EPOCH).unwrap();
    drop(fs.open(&path("/b"), OpenMode::Write).unwrap());
    assert_eq!(modified("/b"), None);
}

fn a_directory_forgets_its_time_when_an_entry_comes_or_goes(fs: &dyn FileSystem) {
    let modified = || fs.info(&path("/d")).unwrap().modified;
    let set = || fs.set_modified(&path("/d"), UNIX_EPOCH).unwrap();
    fs.create_directory(&path("/d")).unwrap();
    set();
    write(fs, "/d/f", "");
    assert_eq!(modified(), None);
    set();
    fs.rename(&path("/d/f"), &path("/f")).unwrap();
    assert_eq!(modified(), None);
}

fn a_file_with_the_name_of_a_removed_one_has_none_of_its_facts(fs: &dyn FileSystem) {
    write(fs, "/plain", "");
    for replace in [
        |fs: &dyn FileSystem| fs.remove_file(&path("/a")).unwrap(),
        |fs: &dyn FileSystem| fs.rename(&path("/plain"), &path("/a")).unwrap(),
    ] {
        write(fs, "/a", "");
        fs.set_modified(&path("/a"), UNIX_EPOCH).unwrap();
        fs.set_mode(&path("/a"), 0o644).unwrap();
        replace(fs);
        write(fs, "/a", "");
        assert_eq!(fs.info(&path("/a")), Ok(FileInfo::file(0)));
    }
}

#[cfg(unix)]
fn modes_are_set_and_survive_writing(fs: &dyn FileSystem) {
    write(fs, "/f", "");
    fs.create_directory(&path("/d")).unwrap();
    fs.set_mode(&path("/f"), 0o100_600).unwrap();
    fs.set_mode(&path("/d"), 0o1777).unwrap();
    write(fs, "/f", "content");
    assert_eq!(fs.info(&path("/f")).unwrap().mode, Some(0o600));
    assert_eq!(fs.info(&path("/d")).unwrap().mode, Some(0o1777));
}

#[cfg(not(unix))]
fn modes_are_set_and_survive_writing(_: &dyn FileSystem) {}
