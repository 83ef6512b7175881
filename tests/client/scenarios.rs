//! What both clients do with our fixture, written once.
//!
//! `$wait` takes what a call gives, and `$async` stands before `fn` where that is awaited. Both write the same snapshot.

macro_rules! scenarios {
    ($test:meta, $wait:ident $(, $async:tt)?) => {
        use std::cell::RefCell;
        use std::rc::Rc;
        use std::sync::{Arc, Mutex};
        use std::time::{Duration, SystemTime};

        use ftp_fixture::client::Progress;
        use ftp_fixture::prelude::*;
        use ftp_fixture::proto::{TextEncoding, Verb};

        use super::assert_recorded_alike;

        fn server() -> FtpFixture {
            FtpFixture::builder()
                .user("ada:s3cret")
                .user("guest:pw:elr")
                .anonymous()
                .file("pub/text.csv", "id,name\n1,Ada\n")
                .file("pub/raw.bin", vec![0; 100_000])
                .dir("inbox")
                .start()
        }

        $($async)? fn log_in(server: &FtpFixture, builder: FtpBuilder) -> Ftp {
            let mut ftp = $wait!(builder.connect(server.addr())).unwrap();
            $wait!(ftp.login("ada", "s3cret")).unwrap();
            ftp
        }

        /// One snapshot for both clients.
        #[track_caller]
        fn assert_snapshot(ftp: &Ftp, server: &FtpFixture, name: &str) {
            assert_recorded_alike(ftp.transcript().to_string(), server);
            insta::with_settings!({ prepend_module_to_snapshot => false }, {
                assert_transcript!(ftp.transcript(), name);
            });
        }

        #[track_caller]
        fn assert_refused<T: std::fmt::Debug>(result: Result<T, Error>, code: u16) {
            let error = result.unwrap_err();
            let reply = error.reply().unwrap_or_else(|| panic!("no reply in {error}"));
            assert_eq!(reply.code().number(), code, "{error}");
        }

        #[$test]
        $($async)? fn files_come_and_go_byte_for_byte() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            let mut upload = $wait!(ftp.store("inbox/new.txt")).unwrap();
            $wait!(upload.write_all(b"one\ntwo\n")).unwrap();
            $wait!(upload.finish()).unwrap();
            let mut received = Vec::new();
            let mut download = $wait!(ftp.retrieve("pub/raw.bin")).unwrap();
            assert_eq!(download.size(), Some(100_000));
            $wait!(download.read_to_end(&mut received)).unwrap();
            $wait!(download.finish()).unwrap();
            let mut appended = $wait!(ftp.appe("inbox/new.txt")).unwrap();
            $wait!(appended.write_all(b"three\n")).unwrap();
            $wait!(appended.finish()).unwrap();
            let mut part = String::new();
            let mut download = $wait!(ftp.retrieve_from("inbox/new.txt", 4)).unwrap();
            $wait!(download.read_to_string(&mut part)).unwrap();
            $wait!(download.finish()).unwrap();
            let mut rest = $wait!(ftp.store_from("inbox/new.txt", 8)).unwrap();
            $wait!(rest.write_all(b"3")).unwrap();
            $wait!(rest.finish()).unwrap();
            $wait!(ftp.quit()).unwrap();
            assert_eq!(received, vec![0; 100_000]);
            assert_eq!(part, "two\nthree\n");
            assert_eq!(server.read("/inbox/new.txt"), b"one\ntwo\n3hree\n");
            assert_snapshot(&ftp, &server, "files_come_and_go");
        }

        #[$test]
        $($async)? fn another_user_does_not_change_the_bytes() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            for command in ["STOR first", "STOR second"] {
                $wait!(ftp.storbinary(command, &b"\r\n\n\0"[..], None)).unwrap();
                $wait!(ftp.login("ada", "s3cret")).unwrap();
            }
            assert_eq!(server.read("/first"), b"\r\n\n\0");
            assert_eq!(server.read("/second"), b"\r\n\n\0");
        }

        #[$test]
        $($async)? fn ftplibs_transfers_do_what_they_do_there() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder().block_size(3)));
            let (mut bytes, mut lines) = (Vec::new(), Vec::new());
            $wait!(ftp.retrbinary("RETR pub/text.csv", |block| {
                assert!((1..=3).contains(&block.len()));
                bytes.extend_from_slice(block);
            }, None)).unwrap();
            $wait!(ftp.retrlines("RETR pub/text.csv", |line| lines.push(line.to_owned()))).unwrap();
            $wait!(ftp.storbinary("STOR a", &b"\r\n\0"[..], None)).unwrap();
            $wait!(ftp.storlines("STOR b", &b"one\ntwo\r\nthree"[..])).unwrap();
            $wait!(ftp.storlines("STOR c", &b""[..])).unwrap();
            $wait!(ftp.quit()).unwrap();
            assert_eq!(bytes, b"id,name\n1,Ada\n");
            assert_eq!(lines, ["id,name", "1,Ada"]);
            assert_eq!(server.read("/a"), b"\r\n\0");
            assert_eq!(server.read("/b"), b"one\ntwo\nthree\n");
            assert_eq!(server.read("/c"), b"");
            assert_snapshot(&ftp, &server, "ftplibs_transfers");
        }

        #[$test]
        $($async)? fn every_command_has_its_method() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            assert_eq!(ftp.getwelcome().code().number(), 220);
            assert_eq!($wait!(ftp.pwd()).unwrap(), "/");
            assert_eq!($wait!(ftp.mkd("say \"hello\"")).unwrap(), "/say \"hello\"");
            $wait!(ftp.cwd("say \"hello\"")).unwrap();
            $wait!(ftp.cwd("")).unwrap();
            assert_eq!($wait!(ftp.pwd()).unwrap(), "/say \"hello\"");
            $wait!(ftp.cwd("..")).unwrap();
            $wait!(ftp.rmd("say \"hello\"")).unwrap();
            assert_eq!($wait!(ftp.size("pub/text.csv")).unwrap(), 14);
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(918_014_706);
            $wait!(ftp.mfmt("pub/text.csv", time)).unwrap();
            assert_eq!($wait!(ftp.mdtm("pub/text.csv")).unwrap(), time);
            let entry = $wait!(ftp.mlst("pub/text.csv")).unwrap();
            assert_eq!((entry.name_text(), entry.size), ("/pub/text.csv".into(), Some(14)));
            assert_eq!($wait!(ftp.feat()).unwrap().parameter("REST"), Some("STREAM"));
            $wait!(ftp.site("HELP")).unwrap();
            assert_eq!($wait!(ftp.stat("")).unwrap().code().number(), 211);
            assert_eq!($wait!(ftp.nlst("")).unwrap(), ["inbox", "pub"]);
            assert_eq!($wait!(ftp.dir("pub")).unwrap().len(), 2);
            let entries = $wait!(ftp.mlsd("pub", &["size", "type"])).unwrap();
            let names: Vec<_> = entries.iter().map(|entry| entry.name_text()).collect();
            assert_eq!(names, ["raw.bin", "text.csv"]);
            $wait!(ftp.rename("pub/text.csv", "inbox/moved.csv")).unwrap();
            $wait!(ftp.delete("inbox/moved.csv")).unwrap();
            let mut unique = $wait!(ftp.stou()).unwrap();
            $wait!(unique.write_all(b"x")).unwrap();
            $wait!(unique.finish()).unwrap();
            assert_eq!($wait!(ftp.acct("books")).unwrap().code().number(), 202);
            assert_eq!($wait!(ftp.sendcmd("RNFR inbox")).unwrap().code().number(), 350);
            assert_eq!($wait!(ftp.voidcmd("NOOP")).unwrap().code().number(), 200);
            assert_eq!($wait!(ftp.abort()).unwrap().code().number(), 225);
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "every_command");
        }

        #[$test]
        $($async)? fn a_refusal_is_sorted_as_ftplib_sorts_it() {
            let server = server();
            let mut ftp = $wait!(Ftp::connect(server.addr())).unwrap();
            let error = $wait!(ftp.login("ada", "wrong-s3cret")).unwrap_err();
            assert_eq!(error.reply_kind(), Some(ReplyErrorKind::Perm));
            assert!(error.to_string().starts_with("\"PASS ******\" was refused: 530"), "{error}");
            $wait!(ftp.login("guest", "pw")).unwrap();
            assert_refused($wait!(ftp.retrieve("missing")).map(|_| ()), 550);
            assert_refused($wait!(ftp.store("pub/new")).map(|_| ()), 550);
            assert_eq!($wait!(ftp.rename("missing", "b")).unwrap_err().reply_kind(), Some(ReplyErrorKind::Perm));
            assert_eq!($wait!(ftp.voidcmd("REST 5")).unwrap_err().reply_kind(), Some(ReplyErrorKind::Reply));
            // After each of them the session goes on.
            assert_eq!($wait!(ftp.pwd()).unwrap(), "/");
        }

        #[$test]
        $($async)? fn a_parameter_with_a_line_end_is_not_sent() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            for error in [
                $wait!(ftp.cwd("a\r\nDELE pub/text.csv")).unwrap_err(),
                $wait!(ftp.rename("pub", "a\nb")).unwrap_err(),
                $wait!(ftp.retrieve("a\rb")).map(|_| ()).unwrap_err(),
                $wait!(ftp.login("ada", "s3\r\ncret")).unwrap_err(),
            ] {
                assert!(matches!(error, Error::Refused { .. }), "{error}");
            }
            $wait!(ftp.quit()).unwrap();
            let sent = server.transcript().to_string();
            assert!(!sent.contains("DELE") && !sent.contains("RNFR") && !sent.contains("RETR"), "{sent}");
        }

        #[$test]
        $($async)? fn a_dropped_transfer_is_told_of_and_abort_gets_rid_of_it() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            let mut byte = [0];
            let mut download = $wait!(ftp.retrieve("pub/raw.bin")).unwrap();
            $wait!(download.read_exact(&mut byte)).unwrap();
            drop(download);
            let error = $wait!(ftp.pwd()).unwrap_err();
            assert!(matches!(&error, Error::OutOfStep { unanswered } if unanswered.contains("RETR pub/raw.bin")), "{error}");
            $wait!(ftp.abort()).unwrap();
            assert_eq!($wait!(ftp.pwd()).unwrap(), "/");
            // Nor does one that was read to its end say by itself whether it is whole.
            let mut download = $wait!(ftp.retrieve("pub/text.csv")).unwrap();
            $wait!(download.read_to_end(&mut Vec::new())).unwrap();
            drop(download);
            assert!(matches!($wait!(ftp.voidcmd("NOOP")), Err(Error::OutOfStep { .. })));
            assert_eq!($wait!(ftp.voidresp()).unwrap().code().number(), 226);
            $wait!(ftp.voidcmd("NOOP")).unwrap();
        }

        #[$test]
        $($async)? fn a_transfer_is_aborted_with_both_replies() {
            let server = FtpFixture::builder().user("ada:s3cret").file("big", vec![7; 20 << 20]).start();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            let mut download = $wait!(ftp.retrieve("big")).unwrap();
            $wait!(download.read_exact(&mut [0; 10])).unwrap();
            $wait!(download.abort()).unwrap();
            let upload = $wait!(ftp.store("half")).unwrap();
            $wait!(upload.abort()).unwrap();
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "aborted");
        }

        #[$test]
        $($async)? fn a_download_that_is_finished_early_is_not_whole() {
            let server = FtpFixture::builder().user("ada:s3cret").file("big", vec![7; 20 << 20]).start();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            let mut download = $wait!(ftp.retrieve("big")).unwrap();
            $wait!(download.read_exact(&mut [0; 10])).unwrap();
            let error = $wait!(download.finish()).unwrap_err();
            assert_eq!(error.reply_kind(), Some(ReplyErrorKind::Temp), "{error}");
            $wait!(ftp.voidcmd("NOOP")).unwrap();
        }

        #[$test]
        $($async)? fn a_download_is_whole_when_all_that_was_announced_has_been_read() {
            let server = FtpFixture::builder().user("ada:s3cret").file("a", "abc").file("empty", "").start();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            let mut download = $wait!(ftp.retrieve("a")).unwrap();
            $wait!(download.read_exact(&mut [0; 3])).unwrap();
            $wait!(download.finish()).unwrap();
            $wait!($wait!(ftp.retrieve("empty")).unwrap().finish()).unwrap();
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "read_to_the_announced_end");
        }

        #[$test]
        $($async)? fn active_mode_works() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder().active()));
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["raw.bin", "text.csv"]);
            assert_refused($wait!(ftp.nlst("missing")), 550);
            ftp.set_pasv(true);
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["raw.bin", "text.csv"]);
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "active");
        }

        #[$test]
        $($async)? fn a_server_without_epsv_is_asked_once() {
            let server = FtpFixture::builder().user("ada:s3cret").without(Verb::Epsv).file("a", "a").start();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            assert_eq!($wait!(ftp.nlst("")).unwrap(), ["a"]);
            assert_eq!($wait!(ftp.nlst("")).unwrap(), ["a"]);
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "without_epsv");
        }

        #[$test]
        $($async)? fn a_listing_is_entries_with_mlsd_and_without() {
            let fixture = || FtpFixture::builder().user("ada:s3cret").file("pub/a b", "abc").dir("pub/d");
            for server in [fixture().start(), fixture().without(Verb::Mlsd).start()] {
                let mut ftp = $wait!(log_in(&server, Ftp::builder().clock(Clock::default())));
                for _ in 0..2 {
                    let listing = $wait!(ftp.list("pub")).unwrap();
                    let names: Vec<_> = listing.entries.iter().map(|entry| entry.name_text().into_owned()).collect();
                    assert_eq!(names, ["a b", "d"]);
                    assert_eq!(listing.entries[0].size, Some(3));
                }
                assert_refused($wait!(ftp.list("missing")), 550);
                $wait!(ftp.quit()).unwrap();
                let tried = ftp.transcript().to_string().matches("C> MLSD").count();
                assert_eq!(tried, if server.transcript().to_string().contains("C> LIST") { 1 } else { 3 });
            }
        }

        #[$test]
        $($async)? fn ipv6_works_passive_and_active() {
            if std::net::TcpListener::bind("[::1]:0").is_err() {
                eprintln!("skipped: there is no ::1 on this machine");
                return;
            }
            let server = FtpFixture::builder().listen("[::1]:0").user("ada:s3cret").file("a", "a").start();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            assert_eq!($wait!(ftp.nlst("")).unwrap(), ["a"]);
            ftp.set_pasv(false);
            assert_eq!($wait!(ftp.nlst("")).unwrap(), ["a"]);
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "ipv6");
        }

        #[$test]
        $($async)? fn data_connections_can_be_made_by_hand() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            let address = $wait!(ftp.makepasv()).unwrap();
            let mut data = std::net::TcpStream::connect(address).unwrap();
            let opening = $wait!(ftp.sendcmd("RETR pub/text.csv")).unwrap();
            assert_eq!(opening.code().number(), 150);
            assert!(matches!($wait!(ftp.pwd()), Err(Error::OutOfStep { .. })));
            let mut text = String::new();
            std::io::Read::read_to_string(&mut data, &mut text).unwrap();
            assert_eq!($wait!(ftp.voidresp()).unwrap().code().number(), 226);
            assert_eq!(text, "id,name\r\n1,Ada\r\n");

            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            $wait!(ftp.sendport(listener.local_addr().unwrap())).unwrap();
            $wait!(ftp.sendeprt(listener.local_addr().unwrap())).unwrap();
            $wait!(ftp.sendport("[::1]:1".parse().unwrap())).unwrap_err();
            let made = $wait!(ftp.makeport()).unwrap();
            assert!(made.local_addr().unwrap().ip().is_loopback());

            $wait!(ftp.voidcmd("TYPE I")).unwrap();
            let (mut transfer, size) = $wait!(ftp.ntransfercmd("RETR pub/text.csv", Some(3))).unwrap();
            assert_eq!(size, transfer.size());
            let mut text = String::new();
            $wait!(transfer.read_to_string(&mut text)).unwrap();
            $wait!(transfer.finish()).unwrap();
            assert_eq!(text, "name\n1,Ada\n");
            $wait!(ftp.voidcmd("TYPE A")).unwrap();
            let mut transfer = $wait!(ftp.transfercmd("STOR inbox/raw", None)).unwrap();
            $wait!(transfer.write_all(b"a\r\n")).unwrap();
            $wait!(transfer.finish()).unwrap();
            assert_eq!(server.read("/inbox/raw"), b"a\n");
        }

        #[$test]
        $($async)? fn a_url_says_it_all() {
            let server = server();
            let url = format!("{}pub", server.url());
            let mut ftp = $wait!(Ftp::from_url(&url)).unwrap();
            assert_eq!($wait!(ftp.pwd()).unwrap(), "/pub");
            let anonymous = format!("ftp://{}", server.addr());
            $wait!(Ftp::from_url(&anonymous)).unwrap();
            assert!(matches!($wait!(Ftp::from_url("http://localhost/")), Err(Error::Refused { .. })));
        }

        #[$test]
        $($async)? fn progress_is_told_of_each_piece() {
            let server = server();
            let told = Arc::new(Mutex::new(Vec::new()));
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            ftp.set_progress({
                let told = Arc::clone(&told);
                move |progress: Progress| told.lock().unwrap().push((progress.bytes, progress.total))
            });
            $wait!(ftp.retrbinary("RETR pub/raw.bin", |_| (), None)).unwrap();
            let received = std::mem::take(&mut *told.lock().unwrap());
            assert!(received.is_sorted() && received.len() > 1, "{received:?}");
            assert_eq!(received.last(), Some(&(100_000, Some(100_000))));
            $wait!(ftp.storbinary("STOR new", &[0; 10_000][..], None)).unwrap();
            assert_eq!(told.lock().unwrap().last(), Some(&(10_000, None)));
        }

        #[$test]
        $($async)? fn another_encoding_is_talked_both_ways() {
            let latin1: TextEncoding = "latin1".parse().unwrap();
            let server = FtpFixture::builder()
                .user("ada:s3cret")
                .handler(move |handler| handler.encoding(latin1))
                .start();
            let mut ftp = $wait!(log_in(&server, Ftp::builder().encoding(latin1)));
            assert_eq!($wait!(ftp.mkd("naïve")).unwrap(), "/naïve");
            assert_eq!($wait!(ftp.nlst("")).unwrap(), ["naïve"]);
            assert!(matches!($wait!(ftp.mkd("☃")), Err(Error::Refused { .. })));
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "latin1");
        }

        #[$test]
        $($async)? fn a_file_is_copied_from_server_to_server() {
            let foreign = || FtpFixture::builder()
                .user("ada:s3cret")
                .handler(|handler| handler.permit_foreign_addresses(true));
            let (from, to) = (foreign().file("a", "a\n").start(), foreign().start());
            let mut source = $wait!(log_in(&from, Ftp::builder()));
            let mut target = $wait!(log_in(&to, Ftp::builder()));
            $wait!(source.ftpcp("a", &mut target, "b")).unwrap();
            assert_eq!(to.read("/b"), b"a\n");
            $wait!(source.quit()).unwrap();
            $wait!(target.quit()).unwrap();
        }

        #[$test]
        $($async)? fn a_source_that_fails_does_not_store_half_a_file_as_a_whole() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            let error = $wait!(ftp.storbinary("STOR half", crate::contexts::Failing::default(), None)).unwrap_err();
            assert!(matches!(&error, Error::Io { .. }), "{error}");
            assert!(matches!($wait!(ftp.pwd()), Err(Error::OutOfStep { .. })));
            $wait!(ftp.abort()).unwrap();
            assert!(server.transcript().to_string().contains("-- data interrupted"), "{}", server.transcript());
        }

        #[$test]
        $($async)? fn a_listing_has_a_limit_and_a_file_has_none() {
            let server = server();
            for limited in 0..5 {
                let mut ftp = $wait!(log_in(&server, Ftp::builder().listing_limit(7)));
                let outcome = match limited {
                    0 => $wait!(ftp.list("pub")).map(|_| ()),
                    1 => $wait!(ftp.mlsd("pub", &[])).map(|_| ()),
                    2 => $wait!(ftp.nlst("pub")).map(|_| ()),
                    3 => $wait!(ftp.dir("pub")).map(|_| ()),
                    _ => {
                        let mut lines = 0;
                        $wait!(ftp.retrlines("LIST pub", |_| lines += 1)).unwrap();
                        $wait!(ftp.retrbinary("RETR pub/raw.bin", |_| (), None)).unwrap();
                        $wait!(ftp.nlst("inbox")).unwrap();
                        continue;
                    }
                };
                let error = outcome.unwrap_err();
                assert!(matches!(error, Error::ListingTooLong { limit: 7, .. }), "{error}");
            }
        }

        #[$test]
        $($async)? fn after_the_end_every_command_says_so() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            $wait!(ftp.quit()).unwrap();
            assert!(matches!($wait!(ftp.pwd()), Err(Error::Closed { .. })));
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            ftp.close();
            assert!(matches!($wait!(ftp.quit()), Err(Error::Closed { .. })));
            let transcript = ftp.transcript().to_string();
            assert!(transcript.ends_with("-- client closed\n"), "{transcript}");
        }

        #[$test]
        $($async)? fn callbacks_need_not_be_shared_between_threads() {
            let server = server();
            let mut ftp = $wait!(log_in(&server, Ftp::builder()));
            let lines = Rc::new(RefCell::new(0));
            let counted = Rc::clone(&lines);
            $wait!(ftp.retrlines("LIST pub", move |_| *counted.borrow_mut() += 1)).unwrap();
            assert_eq!(*lines.borrow(), 2);
        }
    };
}

pub(crate) use scenarios;
