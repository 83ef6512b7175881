//! What a tool that was killed leaves behind is removed by the next one.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::tool::{Tool, log_in};

/// The root of a tool in which a client has stored a file.
fn used_root(tool: &Tool) -> PathBuf {
    let ready = tool.ready();
    log_in(&ready).upload("STOR a.txt", "a");
    let root = PathBuf::from(ready["root"].as_str().unwrap());
    assert!(root.join("a.txt").exists());
    root
}

/// Makes a directory look as if it was last changed long ago.
fn age(directory: &Path) {
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    File::open(directory).unwrap().set_modified(long_ago).unwrap();
}

#[test]
fn the_root_of_one_that_was_killed_is_swept_by_the_next() {
    let mut killed = Tool::serve(["--json"]);
    let left = used_root(&killed);
    killed.kill();
    assert!(left.exists());

    let alive = Tool::start_beside(&killed);
    let used = used_root(&alive);
    assert!(left.exists(), "it is too young to be surely nobody's");

    age(&left);
    age(&used);
    let next = Tool::start_beside(&killed);
    next.ready();
    assert!(!left.exists());
    assert!(used.join("a.txt").exists());
}
