//! One session: a control connection and the state that belongs to it, owned by one task from greeting to end.

use std::sync::Arc;

use super::data_channel::DataChannel;
use super::events::{Greeting, Happened, SessionEvents, SessionInfo};
use super::handler::FtpHandler;
use super::home::Home;
use super::replies;
use super::security::Security;
use crate::listing::FactSet;
use crate::net::{ControlConnection, Either, Received, Timer, race};
use crate::proto::{
    Command, CommandLine, DeflateLevel, HashAlgorithm, Pathname, Reply, RepresentationType, SessionId,
    TransferMode, Verb,
};
use crate::tls::SessionTls;

/// A session's state.
#[derive(Debug)]
pub(super) struct Session {
    id: SessionId,
    pub(super) timer: Timer,
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
    pub(super) hash_algorithm: HashAlgorithm,
    pub(super) mode: TransferMode,
    pub(super) deflate_level: DeflateLevel,
    pub(super) security: Security,
    /// What callbacks are to be told once the reply has been sent.
    pub(super) happened: Vec<Happened>,
    /// No command is taken up any more.
    pub(super) ending: bool,
}

/// Who the client is.
#[derive(Debug)]
pub(super) enum Login {
    Nobody,
    /// USER was sent, PASS is awaited.
    Named(String),
    User(Home),
}

/// Tells that a session's connection is closed.
#[derive(Debug)]
struct Farewell {
    events: Arc<dyn SessionEvents>,
    info: SessionInfo,
}

impl Drop for Farewell {
    fn drop(&mut self) {
        // A callback that has panicked is not called again.
        if !std::thread::panicking() {
            self.events.on_disconnect(&self.info);
        }
    }
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

/// What a session waits for between two commands.
#[derive(Debug)]
enum Next {
    Received(Received),
    /// The client has closed the connection.
    Left,
    /// It has said nothing for too long.
    Idle,
}

impl Session {
    pub(super) fn new(
        id: SessionId,
        control: ControlConnection,
        handler: Arc<FtpHandler>,
        timer: Timer,
        tls: Option<SessionTls>,
    ) -> Self {
        Self {
            id,
            control,
            handler,
            timer,
            login: Login::Nobody,
            failed_logins: 0,
            data: DataChannel::None,
            epsv_all: false,
            // RFC 959, 5.1: ASCII is the default, and some clients rely on it.
            representation: RepresentationType::Ascii,
            restart: 0,
            rename_from: None,
            facts: FactSet::default(),
            hash_algorithm: HashAlgorithm::default(),
            mode: TransferMode::default(),
            deflate_level: DeflateLevel::default(),
            security: Security::new(tls),
            happened: Vec::new(),
            ending: false,
        }
    }

    /// Serves the client until it leaves.
    pub(super) async fn run(self) {
        // Dropped after the session, however that ends.
        let mut farewell = Farewell { events: Arc::clone(&self.handler.events), info: self.info() };
        let mut session = self;
        session.serve(&mut farewell).await;
    }

    async fn serve(&mut self, farewell: &mut Farewell) {
        let client = self.control.client();
        tracing::info!(target: "ftp_fixture::server", session = %self.id, %client, "session opened");
        self.secure_implicitly().await;
        if !self.ending {
            self.greet().await;
        }
        while !self.ending {
            let answer = match self.next().await {
                Next::Received(Received::Command(line)) => self.answer(&line).await,
                Next::Received(Received::Undecodable) => Answer::Reply(replies::undecodable()),
                Next::Received(Received::TooLong) => Answer::Reply(replies::line_too_long()),
                Next::Idle => Answer::Close(replies::control_timed_out()),
                Next::Left => break,
            };
            match answer {
                Answer::Reply(reply) => self.send(&reply).await,
                Answer::Sent => {}
                Answer::Close(reply) => {
                    self.send(&reply).await;
                    self.ending = true;
                }
            }
            if !self.happened.is_empty() {
                farewell.info = self.info();
                self.tell_what_happened();
            }
        }
        tracing::info!(target: "ftp_fixture::server", session = %self.id, %client, "session closed");
    }

    /// Tells a client that it cannot be served, and why.
    pub(super) async fn refuse(mut self, reply: Reply) {
        self.secure_implicitly().await;
        if !self.ending {
            self.send(&reply).await;
        }
    }

    async fn greet(&mut self) {
        let greeting = match self.handler.events.on_connect(&self.info()) {
            Greeting::Banner => replies::ready(&self.handler.banner),
            Greeting::Reply(reply) => reply,
            Greeting::Refuse(reply) => {
                self.ending = true;
                reply
            }
        };
        self.send(&greeting).await;
    }

    /// The next command; meanwhile a data connection that the client opens early is accepted.
    ///
    /// The time that a client may be idle is not counted while a data connection is open, as in pyftpdlib.
    async fn next(&mut self) -> Next {
        let waits = Arc::clone(self.control.waits());
        let started = self.timer.now();
        loop {
            let Self { control, data, timer, handler, security, .. } = self;
            let limit = handler.timeout.filter(|_| !data.is_connected());
            let idle = async {
                match limit {
                    Some(limit) => timer.limit(started.saturating_add(limit), &waits).await,
                    None => std::future::pending().await,
                }
            };
            match race(control.next(), race(data.advance(timer, &waits, security), idle)).await {
                Either::First(Some(received)) => return Next::Received(received),
                Either::First(None) => return Next::Left,
                Either::Second(Either::First(())) => {}
                Either::Second(Either::Second(())) => return Next::Idle,
            }
        }
    }

    /// Who this is, as callbacks and own commands are told.
    pub(super) fn info(&self) -> SessionInfo {
        let user = match &self.login {
            Login::User(home) => Some(home.user.clone()),
            _ => None,
        };
        SessionInfo { id: self.id, client: self.control.client(), server: self.control.server(), user }
    }

    fn tell_what_happened(&mut self) {
        let info = self.info();
        for happened in std::mem::take(&mut self.happened) {
            happened.tell(self.handler.events.as_ref(), &info);
        }
    }

    async fn send(&mut self, reply: &Reply) {
        self.control.send(reply).await;
    }

    async fn answer(&mut self, line: &CommandLine) -> Answer {
        tracing::debug!(target: "ftp_fixture::server", session = %self.id, command = ?line, "command");
        if let Some(own) = self.handler.own_commands.get(line.name()) {
            return Answer::Reply(self.answer_with(own, line).unwrap_or_else(|refusal| refusal));
        }
        let (command, path) = match self.admit(line) {
            Ok(admitted) => admitted,
            Err(refusal) => return Answer::Reply(refusal),
        };
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
            Command::Auth(_) => return Ok(self.authenticate_by_tls().await),
            Command::Avbl(_) => self.available_space(&path)?,
            Command::Ccc => return self.clear_control().await,
            Command::Cdup | Command::Cwd(_) => self.change_directory(path)?,
            Command::Checksum { algorithm, part } => self.checksum(algorithm, &part, &path).await?,
            Command::Clnt(_) => replies::client_noted(),
            Command::Csid(_) => replies::server_identity(),
            Command::Dele(_) => self.delete(&path)?,
            Command::Eprt(port) => self.active(Verb::Eprt, port.addr())?,
            Command::Epsv(parameter) => return self.extended_passive(parameter).await,
            Command::Feat => self.features(),
            Command::Hash(name) => self.hash(&name, &path).await?,
            Command::Help(name) => self.help(name.as_deref())?,
            Command::Host(name) => self.host(&name)?,
            Command::Lang(tag) => self.language(tag.as_deref())?,
            Command::List(parameter) => self.list(&parameter, path).await?,
            Command::Mdtm(_) => self.modification_time(&path)?,
            Command::Mff { facts, .. } => self.set_facts(facts, &path)?,
            Command::Mfmt { time, .. } => self.set_modification_time(time, &path)?,
            Command::Mkd(_) => self.make_directory(&path)?,
            Command::Mlsd(_) => self.machine_list(&path).await?,
            Command::Mlst(_) => self.machine_facts(&path)?,
            Command::Mode(mode) => self.set_mode(mode)?,
            Command::Nlst(parameter) => self.name_list(&parameter, path).await?,
            Command::Noop => replies::did_nothing(),
            Command::Opts(option) => self.set_option(&option)?,
            Command::Pass(password) => return Ok(self.pass(&password).await),
            Command::Pasv => return self.passive().await,
            Command::Pbsz(_) => self.protection_buffer_size()?,
            Command::Port(address) => self.active(Verb::Port, address.addr().into())?,
            Command::Prot(level) => self.protection(level)?,
            Command::Pwd => self.working_directory()?,
            Command::Quit => return Ok(Answer::Close(self.quit())),
            Command::Rein => return Ok(self.reinitialize().await),
            Command::Rest(offset) => self.restart_at(offset)?,
            Command::Retr(_) => self.retrieve(&path).await?,
            Command::Rmd(_) => self.remove_directory(&path)?,
            Command::Rnfr(_) => self.rename_from(path)?,
            Command::Rnto(_) => self.rename_to(&path)?,
            Command::SiteChmod { mode, .. } => self.change_mode(mode, &path)?,
            Command::SiteHelp(name) => self.site_help(name.as_deref())?,
            Command::SiteUmask(mask) => self.umask(mask)?,
            Command::SiteUtime { time, .. } => self.change_time(time, &path)?,
            Command::Size(_) => self.size(&path)?,
            Command::Stat(parameter) if parameter.is_empty() => self.status(),
            Command::Stat(parameter) => self.path_status(&parameter, &path)?,
            Command::Stor(_) => self.store(&path).await?,
            Command::Stou(name) => self.store_unique(name.is_some(), &path).await?,
            Command::Stru(_) => replies::structure_set(),
            Command::Syst => replies::system_type(),
            Command::Type(representation) => self.set_type(representation),
            Command::User(name) => self.user(name)?,
        };
        Ok(Answer::Reply(reply))
    }
}
