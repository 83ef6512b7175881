//! What both clients do with our fixture over TLS, written once; see `scenarios`.

macro_rules! secure_scenarios {
    ($test:meta, $wait:ident $(, $async:tt)?) => {
        use ftp_fixture::prelude::*;
        use ftp_fixture::tls::{Certificate, ClientCertificates, ClientTls, SessionReuse, TlsVersions, rustls};

        use crate::both::assert_recorded_alike;

        fn server(tls: Tls) -> FtpFixture {
            FtpFixture::builder().user("ada:s3cret").file("pub/a.txt", "a\n").file("big", vec![1; 300_000]).tls(tls).start()
        }

        fn trusting(server: &FtpFixture) -> FtpBuilder {
            Ftp::builder().tls(ClientTls::trusting(server.ca_pem()))
        }

        #[track_caller]
        fn assert_snapshot(ftp: &Ftp, server: &FtpFixture, name: &str) {
            assert_recorded_alike(ftp.transcript().to_string(), server);
            insta::with_settings!({ prepend_module_to_snapshot => false }, {
                assert_transcript!(ftp.transcript(), name);
            });
        }

        $($async)? fn retrieve(ftp: &mut Ftp, path: &str) -> Result<Vec<u8>, Error> {
            let mut received = Vec::new();
            let mut download = $wait!(ftp.retrieve(path))?;
            $wait!(download.read_to_end(&mut received)).unwrap();
            $wait!(download.finish())?;
            Ok(received)
        }

        #[$test]
        $($async)? fn login_begins_tls_and_protects_data() {
            let strict = Tls::explicit().control_required(true).data_required(true).require_close_notify(true);
            let server = server(strict);
            let mut ftp = $wait!(trusting(&server).from_url(&server.url())).unwrap();
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["a.txt"]);
            assert_eq!($wait!(retrieve(&mut ftp, "big")).unwrap(), vec![1; 300_000]);
            let mut upload = $wait!(ftp.store("new")).unwrap();
            $wait!(upload.write_all(&[2; 300_000])).unwrap();
            $wait!(upload.finish()).unwrap();
            ftp.set_pasv(false);
            assert_eq!($wait!(retrieve(&mut ftp, "pub/a.txt")).unwrap(), b"a\n");
            $wait!(ftp.quit()).unwrap();
            assert_eq!(server.read("/new"), vec![2; 300_000]);
            assert_snapshot(&ftp, &server, "explicit_tls");
        }

        #[$test]
        $($async)? fn implicit_tls_is_there_from_the_first_byte() {
            let server = server(Tls::implicit());
            let mut ftp = $wait!(trusting(&server).from_url(&server.url())).unwrap();
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["a.txt"]);
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "implicit_tls");
            assert!(matches!($wait!(Ftp::from_url(&server.url())), Err(Error::Refused { .. })));
        }

        #[$test]
        $($async)? fn each_step_can_be_taken_by_itself() {
            let server = server(Tls::explicit());
            let mut ftp = $wait!(trusting(&server).connect(server.addr())).unwrap();
            assert!(matches!($wait!(ftp.prot_p()), Err(Error::Refused { .. })));
            $wait!(ftp.auth()).unwrap();
            assert!(matches!($wait!(ftp.auth()), Err(Error::Refused { .. })));
            $wait!(ftp.login("ada", "s3cret")).unwrap();
            $wait!(ftp.prot_c()).unwrap();
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["a.txt"]);
            $wait!(ftp.prot_p()).unwrap();
            $wait!(ftp.ccc()).unwrap();
            assert_eq!($wait!(ftp.pwd()).unwrap(), "/");
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["a.txt"]);
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "tls_by_steps");
        }

        #[$test]
        $($async)? fn commands_by_hand_leave_both_sides_alike() {
            let server = server(Tls::explicit());
            let mut ftp = $wait!(trusting(&server).from_url(&server.url())).unwrap();
            for (command, method) in [("AUTH TLS", "`auth`"), ("CCC", "`ccc`")] {
                let error = $wait!(ftp.sendcmd(command)).unwrap_err();
                assert!(matches!(&error, Error::Refused { reason } if reason.contains(method)), "{error}");
            }
            for command in ["PROT C", "prot p"] {
                $wait!(ftp.voidcmd(command)).unwrap();
                assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["a.txt"], "{command}");
            }
            $wait!(ftp.voidcmd("REIN")).unwrap();
            assert_eq!($wait!(ftp.pwd()).unwrap_err().reply().map(|reply| reply.code().number()), Some(530));
            $wait!(ftp.login("ada", "s3cret")).unwrap();
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["a.txt"]);
            $wait!(ftp.quit()).unwrap();
            assert_snapshot(&ftp, &server, "tls_by_hand");
        }

        #[$test]
        $($async)? fn after_rein_implicit_tls_goes_on() {
            let server = server(Tls::implicit());
            let mut ftp = $wait!(trusting(&server).from_url(&server.url())).unwrap();
            $wait!(ftp.voidcmd("REIN")).unwrap();
            $wait!(ftp.login("ada", "s3cret")).unwrap();
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["a.txt"]);
        }

        #[$test]
        $($async)? fn data_connections_resume_the_control_connections_session() {
            for versions in [TlsVersions::Only12, TlsVersions::Only13] {
                let server = server(Tls::explicit().versions(versions).session_reuse(SessionReuse::Required));
                let tls = ClientTls::trusting(server.ca_pem()).versions(versions);
                let mut ftp = $wait!(Ftp::builder().tls(tls).from_url(&server.url())).unwrap();
                for _ in 0..4 {
                    assert_eq!($wait!(retrieve(&mut ftp, "pub/a.txt")).unwrap(), b"a\n");
                    let mut upload = $wait!(ftp.store("new")).unwrap();
                    $wait!(upload.write_all(b"x")).unwrap();
                    $wait!(upload.finish()).unwrap();
                }
                $wait!(ftp.quit()).unwrap();
                assert_recorded_alike(ftp.transcript().to_string(), &server);
            }
        }

        #[$test]
        $($async)? fn uploads_in_a_row_never_run_out_of_sessions() {
            for versions in [TlsVersions::Only12, TlsVersions::Both] {
                let server = server(Tls::explicit().versions(versions).session_reuse(SessionReuse::Required));
                let mut ftp = $wait!(trusting(&server).from_url(&server.url())).unwrap();
                for _ in 0..20 {
                    let mut upload = $wait!(ftp.store("new")).unwrap();
                    $wait!(upload.write_all(b"x")).unwrap();
                    $wait!(upload.finish()).unwrap();
                }
            }
        }

        #[$test]
        $($async)? fn a_client_that_is_not_to_resume_does_not() {
            let server = server(Tls::explicit().session_reuse(SessionReuse::Required));
            let mut forgetful = rustls::ClientConfig::clone(&server.client_config());
            forgetful.resumption = rustls::client::Resumption::disabled();
            let forgetful = std::sync::Arc::new(forgetful);
            for (tls, resumes) in [
                (ClientTls::trusting(server.ca_pem()).session_reuse(false), false),
                (ClientTls::from(forgetful.clone()), false),
                (ClientTls::from(forgetful).session_reuse(true), true),
                (ClientTls::from(server.client_config()), true),
            ] {
                let mut ftp = $wait!(Ftp::builder().tls(tls).from_url(&server.url())).unwrap();
                match $wait!(retrieve(&mut ftp, "pub/a.txt")) {
                    Ok(received) => assert!(resumes && received == b"a\n"),
                    Err(error) => {
                        assert_eq!(error.reply().map(|reply| reply.code().number()), Some(522), "{error}");
                        assert!(!resumes);
                    }
                }
            }
        }

        #[$test]
        $($async)? fn what_a_configuration_has_of_its_own_is_not_set_beside_it() {
            let server = server(Tls::explicit());
            let tls = ClientTls::from(server.client_config()).versions(TlsVersions::Only13);
            let error = $wait!(Ftp::builder().tls(tls).connect(server.addr())).unwrap_err();
            assert!(error.to_string().contains("`rustls::ClientConfig`"), "{error}");
        }

        #[$test]
        $($async)? fn a_certificate_that_is_not_to_be_trusted_is_refused_and_says_why() {
            for (certificate, reason) in [
                (Certificate::expired(), "certificate expired"),
                (Certificate::self_signed(), "unknown ca"),
                (Certificate::unknown_ca(), "unknown ca"),
                (Certificate::wrong_host(), "bad certificate"),
            ] {
                let server = server(Tls::explicit().certificate(certificate));
                let error = $wait!(trusting(&server).from_url(&server.url())).unwrap_err();
                let said = match &error {
                    Error::Tls { reason, .. } => reason.as_str(),
                    _ => panic!("{error}"),
                };
                assert_eq!(said, reason);
                let sent = server.transcript().to_string();
                assert!(!sent.contains("C> USER"), "{sent}");
                let careless = Ftp::builder().tls(ClientTls::unverified());
                $wait!(careless.from_url(&server.url())).unwrap();
            }
        }

        #[$test]
        $($async)? fn a_client_shows_its_certificate() {
            let server = server(Tls::explicit().client_certificates(ClientCertificates::Required));
            let identity = server.client_identity("ada");
            let tls = ClientTls::trusting(server.ca_pem()).identity(identity.certificate_pem(), identity.key_pem());
            let mut ftp = $wait!(Ftp::builder().tls(tls).from_url(&server.url())).unwrap();
            assert_eq!($wait!(ftp.pwd()).unwrap(), "/");
            let error = $wait!(trusting(&server).from_url(&server.url())).unwrap_err();
            // In TLS 1.3 the server refuses after the handshake.
            assert!(matches!(error, Error::Tls { .. } | Error::Closed { .. } | Error::Io { .. }), "{error}");
        }

        #[$test]
        $($async)? fn a_server_that_refuses_auth_is_not_told_the_password() {
            let server = server(Tls::explicit().refuse_auth());
            let error = $wait!(trusting(&server).from_url(&server.url())).unwrap_err();
            assert!(error.reply().is_some(), "{error}");
            let sent = server.transcript().to_string();
            assert!(!sent.contains("USER") && !sent.contains("PASS"), "{sent}");
        }

        #[$test]
        $($async)? fn a_data_connection_without_tls_is_an_error_in_time() {
            let server = server(Tls::explicit().fail_data_handshakes(1));
            let mut ftp = $wait!(trusting(&server).from_url(&server.url())).unwrap();
            let error = $wait!(retrieve(&mut ftp, "pub/a.txt")).unwrap_err();
            assert!(error.reply().is_some(), "{error}");
            assert_eq!($wait!(retrieve(&mut ftp, "pub/a.txt")).unwrap(), b"a\n");
        }

        #[$test]
        $($async)? fn a_missing_close_notify_does_not_spoil_a_whole_file() {
            let server = server(Tls::explicit().omit_close_notify());
            let mut ftp = $wait!(trusting(&server).from_url(&server.url())).unwrap();
            assert_eq!($wait!(retrieve(&mut ftp, "big")).unwrap().len(), 300_000);
            $wait!(ftp.quit()).unwrap();
        }

        #[$test]
        $($async)? fn a_missing_close_notify_is_an_error_where_it_is_required() {
            let server = server(Tls::explicit().omit_close_notify());
            let tls = ClientTls::trusting(server.ca_pem()).require_close_notify(true);
            let mut ftp = $wait!(Ftp::builder().tls(tls).from_url(&server.url())).unwrap();
            let error = $wait!(ftp.nlst("pub")).unwrap_err();
            assert!(matches!(&error, Error::Io { .. }) && error.to_string().contains("close_notify"), "{error}");
            let mut upload = $wait!(ftp.store("new")).unwrap();
            $wait!(upload.write_all(b"x")).unwrap();
            $wait!(upload.finish()).unwrap();
            $wait!(ftp.quit()).unwrap();
        }

        #[$test]
        $($async)? fn a_configuration_of_the_users_own_is_taken() {
            let server = server(Tls::explicit());
            let mut ftp = $wait!(Ftp::builder().tls(server.client_config()).from_url(&server.url())).unwrap();
            assert_eq!($wait!(ftp.nlst("pub")).unwrap(), ["a.txt"]);
        }
    };
}

pub(crate) use secure_scenarios;
