//! HELP and STAT without a pathname (RFC 959, 4.1.3).

use super::replies::{self, DataStatus};
use super::session::{Outcome, Session};
use crate::proto::{Reply, Verb};

/// How many names stand in a line of HELP.
const HELP_COLUMNS: usize = 8;

impl Session {
    pub(super) fn help(&self, name: Option<&str>) -> Outcome {
        if let Some(name) = name {
            return self.help_on(name.trim());
        }
        let mut names: Vec<&str> = self.names().filter(|name| !name.contains(' ')).collect();
        names.sort_unstable();
        let lines = names
            .chunks(HELP_COLUMNS)
            .map(|row| row.iter().map(|name| format!(" {name:<6}")).collect::<String>().trim_end().to_owned())
            .collect();
        Ok(replies::help(lines))
    }

    /// SITE HELP: the commands of SITE, or one of them.
    pub(super) fn site_help(&self, name: Option<&str>) -> Outcome {
        match name {
            Some(name) => self.help_on(&format!("{} {}", Verb::Site, name.trim())),
            None => {
                let lines = self.names().filter_map(|name| name.strip_prefix("SITE"));
                Ok(replies::site_help(lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()))
            }
        }
    }

    fn help_on(&self, name: &str) -> Outcome {
        let verb = Verb::from_name(name).filter(|verb| self.handler.offers(*verb));
        let info = verb.ok_or_else(|| replies::no_such_command(name))?.info();
        Ok(replies::help_on(info.syntax, info.help))
    }

    /// The names of all verbs that the server has.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        let offered = Verb::ALL.into_iter().filter(|verb| self.handler.offers(*verb));
        offered.flat_map(|verb| verb.info().names.iter().copied())
    }

    pub(super) fn status(&self) -> Reply {
        let data = if self.data.is_none() { DataStatus::None } else { DataStatus::SetUp };
        replies::status(&self.login, self.representation, self.mode, data)
    }
}
