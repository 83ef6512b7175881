//! The gate every command passes, in pyftpdlib's order: known, parameter there or not, logged in, TLS, pathname,
//! permission.
//!
//! What is asked of a verb is data in `proto`'s table; nothing here names a verb but where its pathname has a rule
//! of its own.

use super::own_command::OwnCommand;
use super::replies;
use super::session::{Login, Outcome, Session};
use crate::proto::{Command, CommandLine, Parameter, ParameterError, Pathname, Reply, Verb};

impl Session {
    /// Answers with a command of the test's own, if what it demands is met.
    pub(super) fn answer_with(&self, own: &OwnCommand, line: &CommandLine) -> Outcome {
        match (own.parameter, line.parameter()) {
            (Parameter::Required, None) => return Err(replies::parameter_missing(line.name())),
            (Parameter::Forbidden, Some(_)) => return Err(replies::parameter_not_wanted(line.name())),
            _ => {}
        }
        if own.login && !matches!(self.login, Login::User(_)) {
            return Err(replies::login_first());
        }
        Ok(own.responder.respond(line, &self.info()))
    }

    /// Parses a command and decides whether it may be carried out; also gives the pathname it is about.
    pub(super) fn admit(&self, line: &CommandLine) -> Result<(Command, Pathname), Reply> {
        let verb = line
            .verb()
            .filter(|verb| self.handler.offers(*verb))
            .ok_or_else(|| replies::unknown_command(line.name()))?;
        let facts = verb.info();
        match (facts.parameter, line.parameter()) {
            (Parameter::Required, None) => {
                return Err(replies::parameter_refused(verb, &ParameterError::Required));
            }
            (Parameter::Forbidden, Some(_)) => {
                return Err(replies::parameter_refused(verb, &ParameterError::Forbidden));
            }
            _ => {}
        }
        let of_a_path = verb == Verb::Stat && line.parameter().is_some();
        let home = match &self.login {
            Login::User(home) => Some(home),
            _ if facts.login || of_a_path => return Err(replies::login_first()),
            _ => None,
        };
        let command = Command::parse(verb, line.parameter())
            .map_err(|error| replies::parameter_refused(verb, &error))?;
        self.require_security(facts.logs_in, facts.sets_up_data)?;
        let Some(home) = home else { return Ok((command, Pathname::root())) };
        let path = match pathname_of(&command) {
            Some(text) => home.path(text)?,
            None => home.directory.clone(),
        };
        if let Some(permission) = facts.permission
            && (verb != Verb::Stat || of_a_path)
        {
            home.permit(self.handler.authorizer.as_ref(), permission, &path)?;
        }
        Ok((command, path))
    }
}

/// The pathname a command is about; `None` stands for the working directory.
fn pathname_of(command: &Command) -> Option<&str> {
    match command {
        Command::Cdup => Some(".."),
        Command::Cwd(None) => Some("/"),
        _ => command.path(),
    }
}
