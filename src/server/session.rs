//! One session: a control connection and the state that belongs to it, owned by one task from greeting to end.

use std::sync::Arc;

use super::data_channel::DataChannel;
use super::handler::FtpHandler;
use super::home::Home;
use super::replies;
use crate::listing::FactSet;
use crate::net::{ControlConnection, Either, Received, race};
use crate::proto::{Command, CommandLine, Pathname, Reply, RepresentationType, Verb};

/// A session's state.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) control: ControlConnection,
    pub(super) handler: Arc<FtpHandler>,
    pub(super) login: Login,
    pub(super) failed_logins: u32,
    pub(super) data: DataChannel,
    pub(super) epsv_all: bool,
    pub(super) representation: RepresentationType,
    /// Where the next RETR or STOR begins, set by REST.
    pub(super) restart: u64,
    pub(super) rename_from: Option<Pathname>,
    pub(super) facts: FactSet,
}

/// Who the client is.
#[derive(Debug)]
pub(super) enum Login {
    Nobody,
    /// USER was sent, PASS is awaited.
    Named(String),
    User(Home),
}

/// What a command comes to.
#[derive(Debug)]
pub(super) enum Answer {
    Reply(Reply),
    /// The reply was sent by the command itself.
    Sent,
    /// The session ends after this reply.
    Close(Reply),
}

/// What most commands come to: a reply, or a refusal.
pub(super) type Outcome = Result<Reply, Reply>;

impl Session {
    pub(super) fn new(control: ControlConnection, handler: Arc<FtpHandler>) -> Self {
        Self {
            control,
            handler,
            login: Login::Nobody,
            failed_logins: 0,
            data: DataChannel::None,
            epsv_all: false,
            // RFC 959, 5.1: ASCII is the default, and some clients rely on it.
            representation: RepresentationType::Ascii,
            restart: 0,
            rename_from: None,
            facts: FactSet::default(),
        }
    }

    /// Serves the client until it leaves.
    pub(super) async fn run(mut self) {
        let client = self.control.client();
        tracing::info!(target: "ftp_fixture::server", %client, "session opened");
        let ready = replies::ready(&self.handler.banner);
        self.control.send(&ready).await;
        while let Some(received) = self.next().await {
            let answer = match received {
                Received::Command(line) => self.answer(&line).await,
                Received::TooLong => Answer::Reply(replies::line_too_long()),
            };
            match answer {
                Answer::Reply(reply) => self.send(&reply).await,
                Answer::Sent => {}
                Answer::Close(reply) => {
                    self.send(&reply).await;
                    break;
                }
            }
        }
        self.log_out();
        tracing::info!(target: "ftp_fixture::server", %client, "session closed");
    }

    /// The next command; meanwhile a data connection that the client opens early is accepted.
    async fn next(&mut self) -> Option<Received> {
        loop {
            match race(self.control.next(), self.data.advance()).await {
                Either::First(received) => return received,
                Either::Second(()) => {}
            }
        }
    }

    async fn send(&mut self, reply: &Reply) {
        tracing::debug!(target: "ftp_fixture::server", reply = %reply, "reply");
        self.control.send(reply).await;
    }

    async fn answer(&mut self, line: &CommandLine) -> Answer {
        let (command, path) = match self.admit(line) {
            Ok(admitted) => admitted,
            Err(refusal) => return Answer::Reply(refusal),
        };
        tracing::debug!(target: "ftp_fixture::server", command = %command, "command");
        match self.execute(command, path).await {
            Ok(answer) => answer,
            Err(refusal) => Answer::Reply(refusal),
        }
    }

    /// Carries out a command that passed the gate; `path` is the pathname it is about.
    async fn execute(&mut self, command: Command, path: Pathname) -> Result<Answer, Reply> {
        let reply = match command {
            Command::Abor => self.abort_nothing(),
            Command::Acct(_) => replies::account_not_needed(),
            Command::Allo { .. } => replies::no_allocation_needed(),
            Command::Appe(_) => self.append(&path).await?,
            Command::Cdup | Command::Cwd(_) => self.change_directory(path)?,
            Command::Dele(_) => self.delete(&path)?,
            Command::Eprt(port) => self.active(Verb::Eprt, port.addr())?,
            Command::Epsv(parameter) => return self.extended_passive(parameter).await,
            Command::Feat => self.features(),
            Command::Help(name) => self.help(name.as_deref())?,
            Command::List(parameter) => self.list(&parameter, path).await?,
            Command::Mdtm(_) => self.modification_time(&path)?,
            Command::Mfmt { time, .. } => self.set_modification_time(time, &path)?,
            Command::Mkd(_) => self.make_directory(&path)?,
            Command::Mlsd(_) => self.machine_list(&path).await?,
            Command::Mlst(_) => self.machine_facts(&path)?,
            Command::Mode(_) => replies::mode_set(),
            Command::Nlst(parameter) => self.name_list(&parameter, path).await?,
            Command::Noop => replies::did_nothing(),
            Command::Opts(option) => self.set_option(&option)?,
            Command::Pass(password) => return Ok(self.pass(&password)),
            Command::Pasv => return self.passive().await,
            Command::Port(address) => self.active(Verb::Port, address.addr().into())?,
            Command::Pwd => self.working_directory()?,
            Command::Quit => return Ok(Answer::Close(self.quit())),
            Command::Rein => self.reinitialize(),
            Command::Rest(offset) => self.restart_at(offset)?,
            Command::Retr(_) => self.retrieve(&path).await?,
            Command::Rmd(_) => self.remove_directory(&path)?,
            Command::Rnfr(_) => self.rename_from(path)?,
            Command::Rnto(_) => self.rename_to(&path)?,
            Command::Size(_) => self.size(&path)?,
            Command::Stat(parameter) if parameter.is_empty() => self.status(),
            Command::Stat(parameter) => self.path_status(&parameter, &path)?,
            Command::Stor(_) => self.store(&path).await?,
            Command::Stou(name) => self.store_unique(name.is_some(), &path).await?,
            Command::Stru(_) => replies::structure_set(),
            Command::Syst => replies::system_type(),
            Command::Type(representation) => self.set_type(representation),
            Command::User(name) => self.user(name),
        };
        Ok(Answer::Reply(reply))
    }
}
