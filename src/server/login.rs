//! USER, PASS, QUIT (RFC 959, 4.1.1).

use super::data_channel::DataChannel;
use super::events::Happened;
use super::home::Home;
use super::replies;
use super::session::{Answer, Login, Outcome, Session};
use crate::auth::AuthenticationFailed;
use crate::listing::FactSet;
use crate::proto::{DeflateLevel, HashAlgorithm, Reply, RepresentationType, Secret, TransferMode};

impl Session {
    pub(super) fn user(&mut self, name: String) -> Outcome {
        if let Some(certified) = self.control.client_name() {
            return self.user_by_certificate(name, &certified);
        }
        let was_logged_in = matches!(self.login, Login::User(_));
        self.flush_account();
        self.login = Login::Named(name);
        Ok(if was_logged_in { replies::logged_out_password_required() } else { replies::password_required() })
    }

    /// RFC 4217, 4: who has shown a certificate needs no password, and is nobody else.
    fn user_by_certificate(&mut self, name: String, certified: &str) -> Outcome {
        self.flush_account();
        if name != certified {
            return Err(replies::certificate_of_another(certified));
        }
        let home = self.home_of(&name).map_err(|failed| replies::login_failed(&failed, false))?;
        tracing::info!(target: "ftp_fixture::server", user = name, "logged in by certificate");
        self.login = Login::User(home);
        self.happened.push(Happened::Login(name));
        Ok(replies::logged_in_by_certificate())
    }

    pub(super) async fn pass(&mut self, password: &Secret) -> Answer {
        let name = match std::mem::replace(&mut self.login, Login::Nobody) {
            Login::Named(name) => name,
            Login::Nobody => return Answer::Reply(replies::user_first()),
            Login::User(home) => {
                self.login = Login::User(home);
                if self.control.client_name().is_some() {
                    return Answer::Reply(replies::password_not_needed());
                }
                return Answer::Reply(replies::already_logged_in());
            }
        };
        match self.authenticate(&name, password.expose()) {
            Ok(home) => {
                tracing::info!(target: "ftp_fixture::server", user = name, "logged in");
                self.login = Login::User(home);
                self.failed_logins = 0;
                let text = self.handler.authorizer.get_msg_login(&name);
                self.happened.push(Happened::Login(name));
                Answer::Reply(replies::logged_in(&text))
            }
            Err(failed) => {
                tracing::info!(target: "ftp_fixture::server", user = name, "login failed");
                // The control connection is not read meanwhile: guessing passwords takes its time.
                if let Some(delay) = self.handler.auth_failed_timeout {
                    self.timer.delay(delay, self.control.waits()).await;
                }
                let password = password.expose().to_owned();
                self.happened.push(Happened::LoginFailed { user: name, password });
                self.failed_logins += 1;
                if self.failed_logins >= self.handler.max_login_attempts {
                    Answer::Close(replies::login_failed(&failed, true))
                } else {
                    Answer::Reply(replies::login_failed(&failed, false))
                }
            }
        }
    }

    fn authenticate(&self, name: &str, password: &str) -> Result<Home, AuthenticationFailed> {
        let authorizer = &self.handler.authorizer;
        authorizer.validate_authentication(name, password)?;
        self.home_of(name)
    }

    fn home_of(&self, name: &str) -> Result<Home, AuthenticationFailed> {
        let authorizer = &self.handler.authorizer;
        let home = authorizer.get_home_dir(name).map_err(|error| {
            tracing::warn!(target: "ftp_fixture::server", user = name, %error, "no home");
            replies::no_home()
        })?;
        let files = self.handler.file_system.jail(&home).map_err(|error| {
            tracing::warn!(target: "ftp_fixture::server", user = name, %home, %error, "no home");
            replies::no_home()
        })?;
        Ok(Home::new(name.to_owned(), home, files))
    }

    pub(super) fn quit(&mut self) -> Reply {
        let reply = match &self.login {
            Login::User(home) => replies::goodbye(&self.handler.authorizer.get_msg_quit(&home.user)),
            _ => replies::goodbye_to_nobody(),
        };
        self.log_out();
        reply
    }

    /// Ends the login, if there is one.
    fn log_out(&mut self) {
        if let Login::User(home) = std::mem::replace(&mut self.login, Login::Nobody) {
            tracing::info!(target: "ftp_fixture::server", user = home.user, "logged out");
            self.happened.push(Happened::Logout(home.user));
        }
    }

    /// Forgets the login and all that was set in it; umask and working directory stand in the login itself.
    pub(super) fn flush_account(&mut self) {
        self.log_out();
        self.data = DataChannel::None;
        self.representation = RepresentationType::Ascii;
        self.mode = TransferMode::default();
        self.deflate_level = DeflateLevel::default();
        self.facts = FactSet::default();
        self.hash_algorithm = HashAlgorithm::default();
        self.restart = 0;
        self.rename_from = None;
    }
}
