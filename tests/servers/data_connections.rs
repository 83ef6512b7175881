//! What both clients say to every server of data connections: cut off, the other way round, by hand, encrypted; see
//! `conversations`, whose functions are used here.

macro_rules! data_connections {
    ($wait:ident $(, $async:tt)?) => {
        use std::io::Write as _;
        use std::net::{TcpListener, TcpStream};

        use ftp_fixture::client::parse227;
        use ftp_fixture::proto::ReplyClass;
        use ftp_fixture::tls::TlsVersions;

        use crate::certificate::unknown_ca_pem;
        use crate::files::{BEGUN, HUGE};

        $($async)? fn aborted(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            File::create(server.home().join("huge")).and_then(|file| file.set_len(HUGE)).expect("make a file");
            fs::write(server.home().join("small"), "small").expect("make a file");
            let mut transfer = $wait!(ftp.retrieve("huge")).expect("the file is there");
            $wait!(transfer.read_exact(&mut vec![0; BEGUN])).map(drop).expect("it has begun");
            // Which of the replies is the last depends on how far the server was.
            seen.expect("ABOR in mid-download", $wait!(transfer.abort()).map(|_| "aborted"), "aborted");
            seen.expect("a download after ABOR", $wait!(download(&mut ftp, "small")), shown(b"small"));
            let mut transfer = $wait!(ftp.retrieve("huge")).expect("the file is there");
            $wait!(transfer.read_exact(&mut vec![0; BEGUN])).map(drop).expect("it has begun");
            drop(transfer);
            seen.expect("ABOR after a dropped download", $wait!(ftp.abort()).map(|_| "aborted"), "aborted");
            seen.expect("a download after it was dropped", $wait!(download(&mut ftp, "small")), shown(b"small"));
            let mut transfer = $wait!(ftp.retrieve("huge")).expect("the file is there");
            $wait!(transfer.read_exact(&mut vec![0; BEGUN])).map(drop).expect("it has begun");
            seen.expect("a download that is finished early", $wait!(transfer.finish()), "refused with 426");
            seen.expect("NOOP after the early end", $wait!(ftp.voidcmd("NOOP")), "200");
            seen.expect("ABOR after the early end", $wait!(ftp.abort()).map(|_| "aborted"), "aborted");
            seen.expect("a download after the early end", $wait!(download(&mut ftp, "small")), shown(b"small"));
            seen.expect("QUIT after ABOR", $wait!(ftp.quit()), "221");
        }

        $($async)? fn active(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            ftp.set_pasv(false);
            let content = binary();
            seen.expect("an active upload", $wait!(upload(&mut ftp, "STOR active", &content)), "stored");
            seen.expect("an active download", $wait!(download(&mut ftp, "active")), shown(&content));
            seen.expect("an active download of nothing", $wait!(download(&mut ftp, "missing")), "refused with 550");
            ftp.set_pasv(true);
            seen.expect("a passive download again", $wait!(download(&mut ftp, "active")), shown(&content));
            let said = ftp.transcript().to_string();
            let verbs = ["EPSV", "PASV", "PORT", "EPRT"].map(|verb| match said.contains(&format!("C> {verb}")) {
                true => verb.to_owned(),
                false => format!("no {verb}"),
            });
            seen.expect("how data connections were made", verbs.join(" "), "EPSV no PASV PORT no EPRT");
            seen.expect("QUIT after active", $wait!(ftp.quit()), "221");
        }

        /// PASV and EPRT, which the client sends where the others do not do.
        $($async)? fn by_hand(server: &Running, seen: &mut Seen) {
            let mut ftp = $wait!(logged_in(server));
            let mut text = String::new();
            let reply = $wait!(ftp.sendcmd("PASV"));
            match reply.as_ref().ok().and_then(|reply| parse227(reply).ok()) {
                Some(address) => {
                    let mut data = TcpStream::connect(address).expect("connect to where the 227 says");
                    let opening = $wait!(ftp.sendcmd("RETR small"));
                    // 150, or where the server has seen the connection already, 125.
                    let has_begun = opening.map(|reply| reply.code().class() == ReplyClass::Preliminary);
                    seen.expect("RETR after PASV", has_begun, "true");
                    std::io::Read::read_to_string(&mut data, &mut text).expect("read to the end");
                    // ProFTPD waits for our end, too.
                    drop(data);
                    seen.expect("the end after PASV", $wait!(ftp.voidresp()), "226");
                    seen.expect("the data after PASV", text.trim_end().to_owned(), "small");
                }
                None => seen.expect("PASV", reply, "227"),
            }
            let listener = TcpListener::bind("127.0.0.1:0").expect("listen");
            let address = listener.local_addr().expect("it was bound");
            seen.expect("EPRT", $wait!(ftp.sendeprt(address)), "200");
            if $wait!(ftp.sendcmd("STOR by-hand")).is_ok() {
                let (mut data, _) = listener.accept().expect("the server connects");
                data.write_all(b"data").expect("send it");
                drop(data);
                seen.expect("the end after EPRT", $wait!(ftp.voidresp()), "226");
                seen.expect("the data after EPRT", server.home().join("by-hand").as_path(), shown(b"data"));
            }
            seen.expect("QUIT after PASV and EPRT", $wait!(ftp.quit()), "221");
        }

        $($async)? fn encrypted(server: &Running, seen: &mut Seen) {
            let wary = builder(server, ClientTls::trusting(unknown_ca_pem()));
            // Explicit TLS begins with the login.
            let refused = match $wait!(wary.connect(server.address())) {
                Ok(mut ftp) => $wait!(ftp.login(USER, PASSWORD)).map(drop),
                Err(error) => Err(error),
            };
            let error = refused.expect_err("nobody knows who has signed the certificate");
            seen.expect("a certificate of a stranger", matches!(error, Error::Tls { .. }), "true");
            let mut ftp = $wait!(logged_in(server));
            // Each is a data connection of its own, whose session must be that of the control connection.
            let content = binary();
            for _ in 0..5 {
                seen.expect("an encrypted upload", $wait!(upload(&mut ftp, "STOR secret", &content)), "stored");
                seen.expect("an encrypted download", $wait!(download(&mut ftp, "secret")), shown(&content));
                let names = $wait!(ftp.nlst("")).map(|names| names.contains(&"secret".to_owned()));
                seen.expect("an encrypted listing", names, "true");
            }
            seen.expect("QUIT after TLS", $wait!(ftp.quit()), "221");

            // TLS 1.2, which is what was spoken until now, lets a session be resumed any number of times; in 1.3 ProFTPD
            // lets it twice.
            let tls = ClientTls::trusting(server.ca_pem()).versions(TlsVersions::Only13);
            let mut ftp = $wait!(builder(server, tls).connect(server.address())).expect("connect");
            seen.expect("a login in TLS 1.3", $wait!(ftp.login(USER, PASSWORD)), "230");
            seen.expect("an upload in TLS 1.3", $wait!(upload(&mut ftp, "STOR secret", &content)), "stored");
            seen.expect("a download in TLS 1.3", $wait!(download(&mut ftp, "secret")), shown(&content));
            seen.expect("QUIT after TLS 1.3", $wait!(ftp.quit()), "221");
        }
    };
}

pub(crate) use data_connections;
