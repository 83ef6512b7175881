//! aioftp, an asyncio client: EPSV for each transfer, REST to resume, MLSD and MLST. It has no active mode.

use ftp_fixture::prelude::*;

use crate::desk::Desk;
use crate::facts;
use crate::payload::{BREAK, HUGE, TEXT, UTF8_NAME, assert_same, binary};
use crate::program::Program;
use crate::server::{fixture, fixture_on_ipv6};

/// Connects; a script goes on from there, indented, with `client` logged in.
const CONNECT: &str = r#"
import asyncio, aioftp, pathlib, sys
host, port, user, password = sys.argv[1:]

async def refused(action):
    try:
        await action
    except aioftp.StatusCodeError as error:
        print(error.received_codes[-1])
    else:
        raise SystemExit("it was not refused")

async def main():
    client = aioftp.Client(socket_timeout=30)
    await client.connect(host, int(port))
"#;

struct Aioftp {
    python: Program,
    desk: Desk,
}

impl Aioftp {
    fn find() -> Option<Self> {
        Some(Self { python: Program::named_by("FTP_FIXTURE_PYTHON", "aioftp")?, desk: Desk::new() })
    }

    /// Runs `script` with `client` connected but not logged in; the script must not fail.
    #[track_caller]
    fn connected(&self, ftp: &FtpFixture, script: &str) -> String {
        let body: String = script.lines().map(|line| format!("    {line}\n")).collect();
        let script = format!("{CONNECT}{body}\nasyncio.run(main())\n");
        let (host, port) = (ftp.host().to_string(), ftp.port().to_string());
        let arguments = ["-I", "-X", "utf8", "-c", &script, &host, &port, ftp.user(), ftp.password()];
        self.python.run(self.desk.path(), arguments).exits_with(0).text()
    }

    /// Runs `script` with the first user logged in, and quits.
    #[track_caller]
    fn run(&self, ftp: &FtpFixture, script: &str) -> String {
        self.connected(ftp, &format!("await client.login(user, password)\n{script}\nawait client.quit()\n"))
    }
}

#[test]
fn uploads_arrive_byte_for_byte() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    aioftp.desk.write("big.bin", &binary());
    aioftp.desk.write("text.csv", TEXT.as_bytes());
    aioftp.run(
        &ftp,
        r#"
await client.upload("big.bin", "/inbox/big.bin", write_into=True)
await client.upload("text.csv", "/inbox/text.csv", write_into=True)
"#,
    );
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    ftp.root().child("inbox/text.csv").assert(TEXT);
    assert_transcript!(ftp);
}

#[test]
fn downloads_arrive_byte_for_byte() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    aioftp.run(
        &ftp,
        r#"
await client.download("/pub/big.bin", "big.bin", write_into=True)
await client.download("/pub/text.csv", "text.csv", write_into=True)
"#,
    );
    assert_same(&aioftp.desk.read("big.bin"), &binary());
    assert_same(&aioftp.desk.read("text.csv"), TEXT.as_bytes());
    assert_transcript!(ftp);
}

#[test]
fn a_tree_goes_and_comes_whole() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    aioftp.desk.write("tree/deep/leaf.txt", b"leaf\n");
    aioftp.desk.write("tree/big.bin", &binary());
    aioftp.run(
        &ftp,
        r#"
await client.change_directory("/inbox")
await client.upload("tree")
await client.download("/inbox/tree", "back")
"#,
    );
    ftp.root().child("inbox/tree/deep/leaf.txt").assert("leaf\n");
    assert_same(&aioftp.desk.read("back/tree/big.bin"), &binary());
    assert_same(&aioftp.desk.read("back/tree/deep/leaf.txt"), b"leaf\n");
    // It goes through a directory of its own in no order of its own, so that there is no snapshot.
    assert_eq!(
        facts::commands(&ftp, &["STOR", "RETR"]),
        [
            "RETR /inbox/tree/big.bin",
            "RETR /inbox/tree/deep/leaf.txt",
            "STOR tree/big.bin",
            "STOR tree/deep/leaf.txt"
        ]
    );
}

#[test]
fn a_broken_download_is_resumed() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    aioftp.desk.write("big.bin", &binary()[..BREAK]);
    aioftp.run(
        &ftp,
        r#"
with open("big.bin", "ab") as part:
    async with client.download_stream("/pub/big.bin", offset=part.tell()) as stream:
        async for block in stream.iter_by_block():
            part.write(block)
"#,
    );
    assert_same(&aioftp.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn a_broken_upload_is_resumed_by_rest_or_by_appe() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    ftp.write("/inbox/rest.bin", &binary()[..BREAK]);
    ftp.write("/inbox/appe.bin", &binary()[..BREAK]);
    aioftp.desk.write("big.bin", &binary());
    aioftp.run(
        &ftp,
        r#"
done = int((await client.stat("/inbox/rest.bin"))["size"])
rest = pathlib.Path("big.bin").read_bytes()[done:]
async with client.upload_stream("/inbox/rest.bin", offset=done) as stream:
    await stream.write(rest)
async with client.append_stream("/inbox/appe.bin") as stream:
    await stream.write(rest)
"#,
    );
    assert_same(&ftp.read("/inbox/rest.bin"), &binary());
    assert_same(&ftp.read("/inbox/appe.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn directories_are_listed_by_mlsd_and_by_list() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    let listed = aioftp.run(
        &ftp,
        r#"
for command in "MLSD", "LIST":
    for path, facts in await client.list("/pub", raw_command=command):
        print(path, facts["type"], facts["size"])
print(await client.exists("/pub/big.bin"), await client.is_dir("/pub"), await client.exists("/nothing"))
"#,
    );
    let size = TEXT.len();
    let twice = format!("/pub/big.bin file 204800\n/pub/text.csv file {size}\n").repeat(2);
    assert_eq!(listed, format!("{twice}True True False\n"));
    assert_transcript!(ftp);
}

#[test]
fn files_are_renamed_and_deleted_and_directories_made_and_removed() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    let directory = aioftp.run(
        &ftp,
        r#"
await client.make_directory("new/deep")
await client.make_directory("gone")
await client.rename("two words.txt", "new/2.txt")
await client.remove_file("/pub/text.csv")
await client.remove_directory("gone")
await client.change_directory("new/deep")
print(await client.get_current_directory())
await client.remove("/pub")
"#,
    );
    assert_eq!(directory, "/new/deep\n");
    ftp.root().child("new/2.txt").assert("two\n");
    assert!(!ftp.exists("/pub") && !ftp.exists("/gone"));
    assert_transcript!(ftp);
}

#[test]
fn names_with_blanks_and_in_utf_8_are_kept() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    aioftp.desk.write(UTF8_NAME, TEXT.as_bytes());
    let names = aioftp.run(
        &ftp,
        r#"
await client.upload("naïve ☃.txt", "/inbox")
await client.download("/inbox/naïve ☃.txt", "back.txt", write_into=True)
await client.download("two words.txt")
for path, facts in await client.list("/inbox"):
    print(path)
"#,
    );
    assert_eq!(names, format!("/inbox/{UTF8_NAME}\n"));
    ftp.root().child("inbox").child(UTF8_NAME).assert(TEXT);
    assert_same(&aioftp.desk.read("back.txt"), TEXT.as_bytes());
    assert_same(&aioftp.desk.read("two words.txt"), b"two\n");
    assert_transcript!(ftp);
}

#[test]
fn a_download_that_is_aborted_leaves_a_session_that_works() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    ftp.write("/pub/huge.bin", vec![0; HUGE]);
    let text = aioftp.run(
        &ftp,
        r#"
stream = await client.download_stream("/pub/huge.bin")
await client.abort()
stream.close()
async with client.download_stream("two words.txt") as stream:
    print((await stream.read()).decode(), end="")
"#,
    );
    assert_eq!(text, "two\n");
    // How much of the file was sent is chance, so that there is no snapshot.
    assert_eq!(
        facts::commands(&ftp, &["ABOR", "RETR"]),
        ["ABOR", "RETR /pub/huge.bin", "RETR two words.txt"]
    );
    assert_eq!(facts::refusals(&ftp), ["426 Transfer aborted."]);
}

#[test]
fn a_wrong_password_is_refused_and_the_right_one_then_taken() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    let script = r#"
await refused(client.login(user, "wrong"))
await client.login(user, password)
await client.quit()
"#;
    assert_eq!(aioftp.connected(&ftp, script), "530\n");
    assert_transcript!(ftp);
}

#[test]
fn a_user_who_may_only_read_changes_nothing() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    aioftp.desk.write("new.txt", b"new\n");
    let script = r#"
await client.login("bob", "pw")
await refused(client.upload("new.txt", "/new.txt", write_into=True))
await refused(client.remove_file("two words.txt"))
await refused(client.rename("two words.txt", "2.txt"))
await refused(client.make_directory("new"))
await refused(client.remove_directory("inbox"))
await client.quit()
"#;
    assert_eq!(aioftp.connected(&ftp, script), "550\n".repeat(5));
    ftp.root().child("two words.txt").assert("two\n");
    assert!(ftp.exists("/inbox") && !ftp.exists("/new") && !ftp.exists("/new.txt"));
    assert_transcript!(ftp);
}

/// Sessions that run at once come in no fixed order, so that there is no snapshot.
#[test]
fn eight_sessions_at_once_get_what_each_asked_for() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    aioftp.run(
        &ftp,
        r#"
async def one(number):
    async with aioftp.Client.context(host, int(port), user, password) as own:
        await own.download("/pub/big.bin", f"{number}.bin", write_into=True)
        await own.upload(f"{number}.bin", f"/inbox/{number}.bin", write_into=True)
await asyncio.gather(*(one(number) for number in range(8)))
"#,
    );
    for number in 0..8 {
        assert_same(&ftp.read(&format!("/inbox/{number}.bin")), &binary());
    }
    assert_eq!(facts::connections(&ftp), 9);
    let stored: Vec<String> = (0..8).map(|number| format!("STOR /inbox/{number}.bin")).collect();
    assert_eq!(facts::commands(&ftp, &["STOR"]), stored);
}

#[test]
fn passive_mode_works_with_pasv() {
    let Some(aioftp) = Aioftp::find() else { return };
    let ftp = fixture();
    aioftp.run(
        &ftp,
        r#"
client._passive_commands = ["pasv"]
await client.download("/pub/big.bin", "big.bin", write_into=True)
"#,
    );
    assert_same(&aioftp.desk.read("big.bin"), &binary());
    assert_transcript!(ftp);
}

#[test]
fn ipv6_works() {
    let Some(aioftp) = Aioftp::find() else { return };
    let Some(ftp) = fixture_on_ipv6() else { return };
    aioftp.run(
        &ftp,
        r#"
await client.download("/pub/big.bin", "big.bin", write_into=True)
await client.upload("big.bin", "/inbox/big.bin", write_into=True)
"#,
    );
    assert_same(&ftp.read("/inbox/big.bin"), &binary());
    assert_transcript!(ftp);
}
