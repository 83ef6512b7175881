//! Definition files: the ones that come with the package, and what is said of mistakes.

use std::fs;

use ftp_fixture::prelude::*;
use insta::assert_snapshot;

use crate::tool::{Tool, connect, log_in};
use crate::wire::Wire;

#[test]
fn basic_serves_from_the_command_line() {
    let tool = Tool::serve(["--json", "--fixture", "fixtures/basic.toml", "--banner", "on top"]);
    let ready = tool.ready();
    let mut wire = log_in(&ready);
    assert_eq!(wire.download("RETR hello.txt"), b"hello\n");
    wire.upload("STOR inbox/report.csv", "id\n");
    tool.terminate();
}

#[test]
fn the_command_line_comes_on_top_of_a_definition() {
    let tool = Tool::serve(["--json", "--fixture", "fixtures/basic.toml", "--user", "eve:pw:el"]);
    let ready = tool.ready();
    let names: Vec<_> = ready["users"].as_array().unwrap().iter().map(|user| &user["name"]).collect();
    assert_eq!(names, ["user", "eve"]);
    let mut wire = connect(&ready);
    wire.log_in_as("eve", "pw");
    wire.expect(550, "DELE hello.txt");
    tool.terminate();
}

#[test]
fn read_only_lets_nobody_change_anything() {
    let ftp = FtpFixture::from_definition("fixtures/read-only.toml").unwrap().start();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(550, "DELE readme.txt");
    wire.expect(550, "STOR readme.txt");
    assert_eq!(wire.command("MDTM reports/2000.csv"), "213 19991231235958");
    let listing = String::from_utf8(wire.download("LIST reports")).unwrap();
    assert!(listing.starts_with("-r--r--r--"), "{listing}");
}

#[test]
fn anonymous_lets_anybody_in_to_read() {
    let ftp = FtpFixture::from_definition("fixtures/anonymous.toml").unwrap().start();
    assert_eq!(ftp.users().len(), 1);
    let mut wire = Wire::connect_silently(ftp.addr());
    assert_eq!(wire.reply(), "220 public archive");
    wire.log_in_as("anonymous", "ada@example.org");
    wire.expect(200, "TYPE I");
    assert_eq!(wire.download("RETR pub/hello.txt"), b"hello\n");
    wire.expect(550, "MKD pub/mine");
}

#[test]
fn verbs_are_taken_away() {
    let (_directory, path) = written("without = [\"epsv\", \"SITE CHMOD\"]");
    let ftp = FtpFixture::from_definition(&path).unwrap().start();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(500, "EPSV");
    wire.expect(500, "SITE CHMOD 644 a");
    wire.expect(227, "PASV");
}

#[test]
fn two_users_have_homes_of_their_own() {
    let ftp = FtpFixture::from_definition("fixtures/two-users.toml").unwrap().start();
    let mut alice = Wire::connect(&ftp);
    alice.expect(331, "USER alice");
    assert_eq!(alice.command("PASS s3cret"), "230 Welcome, alice.");
    alice.expect(550, "DELE archive/1999.txt");
    alice.expect(257, "MKD drafts");
    let mut bob = Wire::connect(&ftp);
    bob.log_in_as("bob", "hunter2");
    bob.expect(213, "MDTM notes.txt");
    bob.expect(550, "DELE notes.txt");
    assert!(ftp.exists("alice/drafts"));
}

#[test]
fn files_and_trees_are_taken_from_beside_the_definition() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir_all(directory.path().join("trees/archive/empty")).unwrap();
    fs::write(directory.path().join("trees/archive/a.txt"), "a").unwrap();
    fs::write(directory.path().join("trees/logo.png"), b"\x89PNG\0").unwrap();
    let definition = r#"
        root = "memory"
        clock = 2001-02-03T04:05:06Z

        [files]
        "logo.png" = { from = "trees/logo.png", mode = "0600", mtime = 1999-02-03T04:05:06Z }
        "old" = { tree = "trees/archive" }
    "#;
    let path = directory.path().join("fixture.toml");
    fs::write(&path, definition).unwrap();
    let ftp = FtpFixture::from_definition(path).unwrap().start();
    assert_eq!(ftp.tree().paths(), ["/logo.png", "/old/", "/old/a.txt", "/old/empty/"]);
    assert_eq!(ftp.read("logo.png"), b"\x89PNG\0");
    let mut wire = Wire::log_in(&ftp);
    assert_snapshot!(String::from_utf8(wire.download("LIST")).unwrap(), @r"
    -rw-------   1 owner    group           5 Feb 03  1999 logo.png
    drwxr-xr-x   1 owner    group           0 Feb 03 04:05 old
    ");
}

#[test]
fn a_definition_of_nothing_is_the_fixture_of_no_words() {
    let (_directory, path) = written("");
    let ftp = FtpFixture::from_definition(path).unwrap().start();
    assert_eq!((ftp.user(), ftp.password()), ("user", "12345"));
}

#[test]
fn a_start_that_fails_is_blamed_on_the_line_that_read_the_definition() {
    let (_directory, path) =
        written("files = { a = \"a\" }\nuser = [{ name = \"b\", password = \"\", home = \"/a\" }]");
    let line = line!() + 1;
    let error = FtpFixture::from_definition(path).unwrap().try_start().unwrap_err();
    assert_eq!((error.location().file(), error.location().line()), (file!(), line));
    assert_snapshot!(error.what(), @r#"home "/a": a file stands where a directory must; give one of them another name"#);
}

/// A definition file in a directory of its own.
fn written(definition: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("x.toml");
    fs::write(&path, definition).unwrap();
    (directory, path)
}

/// What is said of each definition, which is shown above it.
#[track_caller]
fn mistakes(definitions: &[&str]) -> String {
    let mut said = String::new();
    for definition in definitions {
        let (directory, path) = written(definition);
        let error = match FtpFixture::from_definition(&path) {
            Ok(_) => panic!("no mistake was found in {definition:?}"),
            Err(error) => error.to_string(),
        };
        let error = error.replace(&format!("{}/", directory.path().display()), "");
        said += &format!("{definition}\n=> {error}\n\n");
    }
    said
}

#[test]
fn unknown_keys_are_mistakes() {
    assert_snapshot!(mistakes(&[
        "baner = \"hello\"",
        "Banner = \"hello\"",
        "ssl = \"explicit\"",
        "[tls]\nmode = \"explicit\"\ncontrol_requird = true",
        "[[user]]\nname = \"alice\"\npasword = \"s3cret\"",
        "[[users]]\nname = \"alice\"",
        "[[user]]\nname = \"alice\"\npassword = \"\"\noverride = [{ paht = \"/in\" }]",
        "[files]\ninbox.txt = \"hello\"",
        "[files]\n\"a\" = { txt = \"hello\" }",
    ]));
}

#[test]
fn values_of_the_wrong_type_are_mistakes() {
    assert_snapshot!(mistakes(&[
        "banner = 220",
        "listen = 2121",
        "max_login_attempts = \"3\"",
        "max_login_attempts = -1",
        "anonymous = 1",
        "directories = \"inbox\"",
        "[user]\nname = \"alice\"",
        "user = [\"alice:s3cret\"]",
        "directories = [1]",
        "without = \"EPSV\"",
        "files = []",
        "[files]\n\"a\" = 1",
        "[files]\n\"a\" = { text = \"\", mode = 644 }",
    ]));
}

#[test]
fn values_that_cannot_be_are_mistakes() {
    assert_snapshot!(mistakes(&[
        "clock = \"yesterday\"",
        "record = \"all\"",
        "clock = 2001-02-03",
        "listen = \"localhost\"",
        "root = \"no/such/directory\"",
        "anonymous = \"q\"",
        "directories = [\"../out\"]",
        "without = [\"EPSV\", \"EPSW\"]",
        "tls = \"starttls\"",
        "tls = { mode = \"explicit\", certificate = \"good\" }",
        "[files]\n\"a\" = { text = \"\", mode = \"rw\" }",
        "[files]\n\"a\" = { text = \"\", mtime = \"then\" }",
    ]));
}

#[test]
fn transcripts_that_cannot_be_are_mistakes() {
    assert_snapshot!(mistakes(&[
        "session_order = \"size\"",
        "[holes]\n\"X-ID\" = 'id=('",
        "[holes]\n\"ID\" = 'id'",
        "[holes]\n\"X-ID\" = 7",
    ]));
}

#[test]
fn users_that_cannot_be_are_mistakes() {
    let user = "[[user]]\nname = \"alice\"\npassword = \"s3cret\"\n";
    assert_snapshot!(mistakes(&[
        "[[user]]\npassword = \"s3cret\"",
        "[[user]]\nname = \"alice\"",
        "[[user]]\nname = \"\"\npassword = \"\"",
        &format!("{user}perms = \"elq\""),
        &format!("{user}home = \"../alice\""),
        &format!("{user}\n{user}"),
        &format!("anonymous = true\n\n{}", user.replace("alice", "anonymous")),
        &format!("{user}override = [{{ path = \"/in\", perms = \"?\" }}]"),
        &format!("{user}override = [{{ path = \"/\", perms = \"e\" }}]"),
        &format!("{user}home = \"/alice\"\noverride = [{{ path = \"/in\", perms = \"e\" }}]"),
        &format!("{user}override = [{{ path = \"/in\" }}]"),
    ]));
}

#[test]
fn files_that_cannot_be_are_mistakes() {
    assert_snapshot!(mistakes(&[
        "[files]\n\"../a\" = \"\"",
        "[files]\n\"/\" = \"\"",
        "[files]\n\"a\" = {}",
        "[files]\n\"a\" = { text = \"\", tree = \"t\" }",
        "[files]\n\"a\" = \"\"\n\"/a\" = \"\"",
        "[files]\n\"a\" = \"\"\n\"a/b\" = \"\"",
        "directories = [\"a/b\"]\n\n[files]\n\"a\" = \"\"",
        "[files]\n\"a\" = { tree = \"t\", mode = \"0644\" }",
    ]));
}

#[test]
fn files_that_are_not_there_are_mistakes() {
    let (directory, path) = written("[files]\n\"a\" = { from = \"trees/a.txt\" }");
    let shown = |error: String| error.replace(directory.path().to_str().unwrap(), "[DIR]");
    let error = FtpFixture::from_definition(&path).unwrap_err();
    assert_eq!(error.position(), Some((2, 16)));
    assert_snapshot!(shown(error.to_string()), @"[DIR]/x.toml:2:16: [DIR]/trees/a.txt cannot be read: No such file or directory (os error 2); a path here is relative to the definition file");

    fs::write(&path, "[files]\n\"a\" = { tree = \"x.toml\" }").unwrap();
    let error = FtpFixture::from_definition(&path).unwrap_err();
    assert_snapshot!(shown(error.to_string()), @"[DIR]/x.toml:2:16: [DIR]/x.toml cannot be read: Not a directory (os error 20); a path here is relative to the definition file");
}

#[test]
fn a_text_that_is_no_toml_is_a_mistake() {
    assert_snapshot!(mistakes(&[
        "banner = hello",
        "banner = \"hello\nclock = \"system\"",
        "banner = \"a\"\nbanner = \"b\"",
        "[[user]\nname = \"alice\"",
    ]));
}
