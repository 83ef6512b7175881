//! What both clients say to every server, and what is to come of it, written once. `$wait` takes what a call gives, and
//! `$async` stands before `fn` where that is awaited.
//!
//! Here it is about files and directories; how data connections come and go stands in `data_connections`.

macro_rules! conversations {
    ($wait:ident $(, $async:tt)?) => {
        use std::fs::{self, File};
        use std::time::{Duration, SystemTime, UNIX_EPOCH};

        use ftp_fixture::listing::{ListContext, ListEntry, parse_list};
        use ftp_fixture::proto::FileKind;
        use ftp_fixture::tls::ClientTls;

        use crate::account::{PASSWORD, USER};
        use crate::files::{BREAK, FILE_TIME, TEXT, UTF8_NAME, binary, shown};
        use crate::seen::Seen;
        use crate::server::{Encryption, Running};

        /// All that is said to a server, and what came of it.
        $($async)? fn all(server: &Running) -> Seen {
            let mut seen = Seen::of(server);
            $wait!(coming_and_going(server, &mut seen));
            $wait!(directories(server, &mut seen));
            $wait!(binary_files(server, &mut seen));
            $wait!(parts_of_files(server, &mut seen));
            $wait!(texts(server, &mut seen));
            $wait!(names_and_facts(server, &mut seen));
            $wait!(listings(server, &mut seen));
            $wait!(utf8_names(server, &mut seen));
            $wait!(aborted(server, &mut seen));
            $wait!(active(server, &mut seen));
            match server.encryption() {
                Encryption::Plain => $wait!(by_hand(server, &mut seen)),
                Encryption::Explicit | Encryption::Implicit => $wait!(encrypted(server, &mut seen)),
            }
            seen
        }

        fn builder(server: &Running, tls: ClientTls) -> FtpBuilder {
            let builder = Ftp::builder().timeout(Duration::from_secs(20));
            match server.encryption() {
                Encryption::Plain => builder,
                Encryption::Explicit => builder.tls(tls),
                Encryption::Implicit => builder.implicit_tls(tls),
            }
        }

        $($async)? fn connected(server: &Running) -> Ftp {
            let builder = builder(server, ClientTls::trusting(server.ca_pem()));
            $wait!(builder.connect(server.address())).expect("connect")
        }

        $($async)? fn logged_in(server: &Running) -> Ftp {
            let mut ftp = $wait!(connected(server));
            $wait!(ftp.login(USER, PASSWORD)).expect("log in");
            ftp
        }

        $($async)? fn download(ftp: &mut Ftp, path: &str) -> Result<Vec<u8>, Error> {
            $wait!(download_from(ftp, path, None))
        }

        $($async)? fn download_from(ftp: &mut Ftp, path: &str, rest: Option<u64>) -> Result<Vec<u8>, Error> {
            let mut received = Vec::new();
            let line = format!("RETR {path}");
            $wait!(ftp.retrbinary(&line, |block| received.extend_from_slice(block), rest))?;
            Ok(received)
        }

        $($async)? fn upload(ftp: &mut Ftp, line: &str, content: &[u8]) -> Result<&'static str, Error> {
            $wait!(upload_from(ftp, line, content, None))
        }

        $($async)? fn upload_from(
            ftp: &mut Ftp,
            line: &str,
            content: &[u8],
            rest: Option<u64>,
        ) -> Result<&'static str, Error> {
            $wait!(ftp.storbinary(line, content, rest)).map(|_| "stored")
        }

        $($async)? fn coming_and_going(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(connected(server));
            seen.expect("the greeting", ftp.getwelcome().clone(), "220");
            seen.expect("a wrong password", $wait!(ftp.login(USER, "wrong")), "refused with 530");
            drop(ftp);
            let mut ftp = $wait!(connected(server));
            seen.expect("a command before the login", $wait!(ftp.pwd()), "refused with 530");
            drop(ftp);
            let mut ftp = $wait!(connected(server));
            seen.expect("the right password", $wait!(ftp.login(USER, PASSWORD)), "230");
            seen.expect("NOOP", $wait!(ftp.voidcmd("NOOP")), "200");
            seen.expect("SYST", $wait!(ftp.sendcmd("SYST")), "215");
            seen.expect("a verb that is none", $wait!(ftp.sendcmd("XYZZY")), "refused with 500");
            seen.expect("ABOR without a transfer", $wait!(ftp.abort()), "225");
            seen.expect("QUIT", $wait!(ftp.quit()), "221");
        }

        $($async)? fn directories(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            let home = server.home().to_str().expect("a temporary directory's name is UTF-8");
            // Some servers show where on the disk that is.
            let below = |path: Result<String, Error>| {
                path.map(|path| match path.strip_prefix(home) {
                    Some("") => "/".to_owned(),
                    Some(below) => below.to_owned(),
                    None => path,
                })
            };
            seen.expect("the first directory", below($wait!(ftp.pwd())), "/");
            seen.expect("a new directory", below($wait!(ftp.mkd("new"))), "/new");
            seen.expect("a directory that is there", $wait!(ftp.mkd("new")), "refused with 550");
            seen.expect("going there", $wait!(ftp.cwd("new")), "250");
            seen.expect("being there", below($wait!(ftp.pwd())), "/new");
            seen.expect("a directory with quotes", below($wait!(ftp.mkd("say \"hello\""))), "/new/say \"hello\"");
            seen.expect("going to quotes", $wait!(ftp.cwd("say \"hello\"")), "250");
            seen.expect("being in quotes", below($wait!(ftp.pwd())), "/new/say \"hello\"");
            seen.expect("going up", $wait!(ftp.cwd("..")), "250");
            seen.expect("removing quotes", $wait!(ftp.rmd("say \"hello\"")), "250");
            seen.expect("going up again", $wait!(ftp.cwd("..")), "250");
            seen.expect("removing the directory", $wait!(ftp.rmd("new")), "250");
            seen.expect("removing it again", $wait!(ftp.rmd("new")), "refused with 550");
            seen.expect("going where it was", $wait!(ftp.cwd("new")), "refused with 550");
            seen.expect("QUIT after directories", $wait!(ftp.quit()), "221");
        }

        $($async)? fn binary_files(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            let content = binary();
            seen.expect("an upload", $wait!(upload(&mut ftp, "STOR raw", &content)), "stored");
            seen.expect("the uploaded file", server.home().join("raw").as_path(), shown(&content));
            seen.expect("its size", $wait!(ftp.size("raw")), "204800");
            seen.expect("a download", $wait!(download(&mut ftp, "raw")), shown(&content));
            let mut transfer = $wait!(ftp.retrieve("raw")).expect("it was uploaded");
            let size = transfer.size().map_or("none".to_owned(), |size| size.to_string());
            seen.expect("the size that its 150 announces", size, "204800");
            let mut received = Vec::new();
            $wait!(transfer.read_to_end(&mut received)).map(drop).expect("read to the end");
            seen.expect("the end of a download", $wait!(transfer.finish()), "226");
            seen.expect("what was read of it", received, shown(&content));
            seen.expect("an empty upload", $wait!(upload(&mut ftp, "STOR empty", b"")), "stored");
            seen.expect("the empty file", server.home().join("empty").as_path(), shown(b""));
            seen.expect("an empty download", $wait!(download(&mut ftp, "empty")), shown(b""));
            seen.expect("a shorter upload over it", $wait!(upload(&mut ftp, "STOR raw", b"short")), "stored");
            seen.expect("the shorter file", server.home().join("raw").as_path(), shown(b"short"));
            seen.expect("a missing file", $wait!(download(&mut ftp, "missing")), "refused with 550");
            seen.expect("a download of a directory", $wait!(download(&mut ftp, "/")), "refused with 550");
            seen.expect("an upload to nowhere", $wait!(upload(&mut ftp, "STOR no/where", b"")), "refused with 550");
            seen.expect("what follows refusals", $wait!(download(&mut ftp, "raw")), shown(b"short"));
            seen.expect("QUIT after files", $wait!(ftp.quit()), "221");
        }

        $($async)? fn parts_of_files(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            let content = binary();
            let (start, end) = content.split_at(BREAK);
            let path = server.home().join("parts");
            seen.expect("the first part", $wait!(upload(&mut ftp, "STOR parts", start)), "stored");
            let rest = Some(BREAK as u64);
            seen.expect("an upload by REST", $wait!(upload_from(&mut ftp, "STOR parts", end, rest)), "stored");
            seen.expect("the resumed file", path.as_path(), shown(&content));
            seen.expect("a download by REST", $wait!(download_from(&mut ftp, "parts", rest)), shown(end));
            seen.expect("a download without REST", $wait!(download(&mut ftp, "parts")), shown(&content));
            seen.expect("APPE", $wait!(upload(&mut ftp, "APPE log", b"one\n")), "stored");
            seen.expect("APPE again", $wait!(upload(&mut ftp, "APPE log", b"two\n")), "stored");
            seen.expect("the appended file", server.home().join("log").as_path(), shown(b"one\ntwo\n"));
            seen.expect("QUIT after parts", $wait!(ftp.quit()), "221");
        }

        $($async)? fn texts(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            let stored = $wait!(ftp.storlines("STOR text", TEXT.as_bytes())).map(|_| "stored");
            seen.expect("an upload in ASCII", stored, "stored");
            seen.expect("the uploaded text", server.home().join("text").as_path(), shown(TEXT.as_bytes()));
            fs::write(server.home().join("unix"), TEXT).expect("write a text");
            let mut lines: Vec<String> = Vec::new();
            let reply = $wait!(ftp.retrlines("RETR unix", |line| lines.push(line.to_owned())));
            seen.expect("a download in ASCII", reply, "226");
            seen.expect("its lines", lines, "one | two | naïve ☃");
            let mut bytes = Vec::new();
            $wait!(ftp.voidcmd("TYPE A")).map(drop).expect("every server has ASCII");
            let mut transfer = $wait!(ftp.transfercmd("RETR unix", None)).expect("the file is there");
            $wait!(transfer.read_to_end(&mut bytes)).map(drop).expect("read to the end");
            seen.expect("the end of a download in ASCII", $wait!(transfer.finish()), "226");
            seen.expect("its line ends", bytes, shown(TEXT.replace('\n', "\r\n").as_bytes()));
            seen.expect("binary again", $wait!(download(&mut ftp, "unix")), shown(TEXT.as_bytes()));
            seen.expect("QUIT after texts", $wait!(ftp.quit()), "221");
        }

        $($async)? fn names_and_facts(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            seen.expect("a file to be renamed", $wait!(upload(&mut ftp, "STOR from", b"abc")), "stored");
            let modified = UNIX_EPOCH + Duration::from_secs(FILE_TIME);
            let file = File::options().write(true).open(server.home().join("from")).expect("it was uploaded");
            file.set_modified(modified).expect("set a file's time");
            let seconds = |time: SystemTime| time.duration_since(UNIX_EPOCH).expect("no file is so old").as_secs();
            seen.expect("MDTM", $wait!(ftp.mdtm("from")).map(seconds), FILE_TIME.to_string());
            seen.expect("a rename", $wait!(ftp.rename("from", "to")), "250");
            seen.expect("the old name", $wait!(ftp.size("from")), "refused with 550");
            seen.expect("the new name", $wait!(ftp.size("to")), "3");
            seen.expect("a rename of nothing", $wait!(ftp.rename("from", "again")), "refused with 550");
            let entry = $wait!(ftp.mlst("to")).map(|entry| {
                let name = entry.name_text().rsplit('/').next().unwrap_or_default().to_owned();
                let modified = entry.modified.map_or("-".to_owned(), |time| time.to_string());
                format!("{:?} {name} {} {modified}", entry.kind, entry.size.unwrap_or_default())
            });
            seen.expect("MLST", entry, "File to 3 2001-02-03 04:05:06Z");
            let modified = UNIX_EPOCH + Duration::from_secs(FILE_TIME + 1);
            seen.expect("MFMT", $wait!(ftp.mfmt("to", modified)), "213");
            seen.expect("MDTM after MFMT", $wait!(ftp.mdtm("to")).map(seconds), (FILE_TIME + 1).to_string());
            seen.expect("DELE", $wait!(ftp.delete("to")), "250");
            seen.expect("DELE again", $wait!(ftp.delete("to")), "refused with 550");
            let features = $wait!(ftp.feat()).map(|features| {
                let has = |name: &str| if features.has(name) { name.to_owned() } else { format!("no {name}") };
                ["EPSV", "MDTM", "MLST", "REST", "SIZE", "UTF8"].map(has).join(" ")
            });
            seen.expect("FEAT", features, "EPSV MDTM MLST REST SIZE UTF8");
            seen.expect("QUIT after names", $wait!(ftp.quit()), "221");
        }

        $($async)? fn listings(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            $wait!(ftp.mkd("listed")).map(drop).expect("make a directory");
            $wait!(ftp.cwd("listed")).map(drop).expect("go there");
            seen.expect("NLST of nothing", $wait!(ftp.nlst("")), "");
            seen.expect("LIST of nothing", $wait!(ftp.dir("")).map(|lines| entries(&read(&lines))), "");
            let now = SystemTime::UNIX_EPOCH + Duration::from_secs(FILE_TIME);
            for name in ["a.txt", "two words.bin", UTF8_NAME] {
                let line = format!("STOR {name}");
                seen.expect("a file to be listed", $wait!(upload(&mut ftp, &line, name.as_bytes())), "stored");
                let path = server.home().join("listed").join(name);
                let file = File::options().write(true).open(path).expect("it was uploaded");
                file.set_modified(now).expect("set a file's time");
            }
            $wait!(ftp.mkd("sub")).map(drop).expect("make a directory");
            let listed = "Directory sub | File a.txt 5 2001-02-03 | File naïve ☃.txt 14 2001-02-03 \
                          | File two words.bin 13 2001-02-03";
            seen.expect("the entries by LIST", $wait!(ftp.dir("")).map(|lines| entries(&read(&lines))), listed);
            let mlsd = $wait!(ftp.mlsd("", &[])).map(|listing| entries(&listing));
            seen.expect("the entries by MLSD", mlsd, listed);
            seen.expect("the entries by either", $wait!(ftp.list("")).map(|listing| entries(&listing.entries)), listed);
            let sorted = |names: Result<Vec<String>, Error>| names.map(|mut names| {
                names.sort_unstable();
                names
            });
            let names = "a.txt | naïve ☃.txt | sub | two words.bin";
            seen.expect("NLST", sorted($wait!(ftp.nlst(""))), names);
            seen.expect("going up from the listed", $wait!(ftp.cwd("..")), "250");
            seen.expect("LIST of a path", $wait!(ftp.dir("listed")).map(|lines| entries(&read(&lines))), listed);
            seen.expect("NLST of what is missing", sorted($wait!(ftp.nlst("missing"))), "refused with 550");
            seen.expect("QUIT after listings", $wait!(ftp.quit()), "221");
        }

        fn read(lines: &[String]) -> Vec<ListEntry> {
            let context = ListContext::new(UNIX_EPOCH + Duration::from_secs(FILE_TIME));
            let listing = parse_list(lines.join("\r\n").as_bytes(), &context);
            listing.unwrap_or_else(|error| panic!("{error} in {lines:?}")).entries
        }

        /// What a listing says of the files in a directory, in the order of names.
        fn entries(listing: &[ListEntry]) -> String {
            let mut entries: Vec<String> = listing
                .iter()
                .filter(|entry| !entry.is_current_or_parent())
                .map(|entry| match (entry.kind, entry.modified) {
                    (FileKind::File, Some(modified)) => {
                        let day: String = modified.to_string().chars().take(10).collect();
                        format!("File {} {} {day}", entry.name_text(), entry.size.unwrap_or_default())
                    }
                    (kind, _) => format!("{kind:?} {}", entry.name_text()),
                })
                .collect();
            entries.sort_unstable();
            entries.join(" | ")
        }

        $($async)? fn utf8_names(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            let (line, renamed) = (format!("STOR {UTF8_NAME}"), format!("☃ {UTF8_NAME}"));
            seen.expect("a name in UTF-8", $wait!(upload(&mut ftp, &line, b"snow")), "stored");
            seen.expect("its file", server.home().join(UTF8_NAME).as_path(), shown(b"snow"));
            seen.expect("its download", $wait!(download(&mut ftp, UTF8_NAME)), shown(b"snow"));
            seen.expect("its new name", $wait!(ftp.rename(UTF8_NAME, &renamed)), "250");
            seen.expect("its end", $wait!(ftp.delete(&renamed)), "250");
            seen.expect("a directory in UTF-8", $wait!(ftp.mkd("☃")).map(|path| path.ends_with('☃')), "true");
            $wait!(ftp.cwd("☃")).map(drop).unwrap_or_default();
            seen.expect("being in UTF-8", $wait!(ftp.pwd()).map(|path| path.ends_with("/☃")), "true");
            seen.expect("QUIT after UTF-8", $wait!(ftp.quit()), "221");
        }
    };
}

pub(crate) use conversations;
