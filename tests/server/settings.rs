//! Settings that a reply shows: host names, free space, the entries of MLSD; and what SITE UMASK does to new files.

use ftp_fixture::FtpFixture;

use crate::servers::Backing;
use crate::wire::Wire;

#[test]
fn only_the_hosts_that_are_served_are_known_in_any_case() {
    let ftp = FtpFixture::builder()
        .in_memory()
        .handler(|handler| handler.host_names(["ftp.example.org", "[::1]"]))
        .start();
    let mut wire = Wire::connect(&ftp);
    wire.expect(504, "HOST other.example.org");
    wire.expect(220, "HOST FTP.example.org");
    wire.expect(220, "HOST [::1]");
    wire.log_in_as(ftp.user(), ftp.password());
}

#[test]
fn free_space_is_what_was_set() {
    let ftp = FtpFixture::builder().handler(|handler| handler.available_space(42)).start();
    assert_eq!(Wire::log_in(&ftp).command("AVBL"), "213 42");
}

#[test]
fn mlsd_begins_with_the_directory_and_its_parent_where_asked_for() {
    for backing in Backing::all() {
        let ftp = backing.start(
            FtpFixture::builder().file("d/a", "a").handler(|handler| handler.current_and_parent(true)),
        );
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "OPTS MLST type;unique;");
        let mut listed = |command| String::from_utf8(wire.download(command)).unwrap();
        let unique = |line: &str| line.split("unique=").nth(1).unwrap().split(';').next().unwrap().to_owned();
        let (root, directory) = (listed("MLSD"), listed("MLSD d"));
        let (root, directory): (Vec<_>, Vec<_>) = (root.lines().collect(), directory.lines().collect());
        let starts = |lines: &[&str]| {
            lines.iter().map(|line| line.split("unique").next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        // The root has no parent.
        assert_eq!(starts(&root), ["type=cdir;", "type=dir;"], "{backing}");
        assert_eq!(starts(&directory), ["type=cdir;", "type=pdir;", "type=file;"], "{backing}");
        assert_eq!(
            (unique(root[0]), unique(root[1])),
            (unique(directory[1]), unique(directory[0])),
            "{backing}"
        );
    }
}

#[test]
fn a_umask_is_on_all_that_is_new_and_on_nothing_else() {
    for backing in Backing::all() {
        let ftp = backing.start(FtpFixture::builder().file("old", "old"));
        let mut wire = Wire::log_in(&ftp);
        wire.expect(200, "SITE UMASK 027");
        wire.upload("STOR old", "new");
        wire.upload("STOR stored", "new");
        wire.upload("APPE appended", "new");
        wire.upload("STOU unique", "new");
        wire.expect(257, "MKD directory");
        let status = wire.expect(213, "STAT .");
        let modes: Vec<_> = status.lines().filter_map(|line| line.strip_prefix(' ')).collect();
        let of = |name: &str| modes.iter().find(|line| line.ends_with(name)).map(|line| &line[..10]);
        assert_eq!(of("appended"), Some("-rw-r-----"), "{backing}");
        assert_eq!(of("directory"), Some("drwxr-x---"), "{backing}");
        assert_eq!(of("old"), Some("-rw-r--r--"), "{backing}");
        assert_eq!(of("stored"), Some("-rw-r-----"), "{backing}");
        assert_eq!(of("unique.00000001"), Some("-rw-r-----"), "{backing}");
    }
}
