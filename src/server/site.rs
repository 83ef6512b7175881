//! SITE's commands (RFC 959, 4.1.3) but for its help, and MFF, which sets the same facts of a file.

use std::time::SystemTime;

use super::replies;
use super::session::{Login, Outcome, Session};
use crate::proto::{FileMode, Pathname, Permission, SettableFacts, Timeval};

impl Session {
    pub(super) fn change_mode(&self, mode: FileMode, path: &Pathname) -> Outcome {
        self.with_files(|home| home.files.set_mode(path, mode.bits()))?;
        Ok(replies::mode_changed(mode))
    }

    /// SITE UTIME, which sets the time of directories, too.
    pub(super) fn change_time(&self, time: Timeval, path: &Pathname) -> Outcome {
        self.with_files(|home| home.files.set_modified(path, SystemTime::from(time)))?;
        Ok(replies::time_changed(time))
    }

    pub(super) fn umask(&mut self, mask: Option<FileMode>) -> Outcome {
        let Login::User(home) = &mut self.login else { return Err(replies::login_first()) };
        if mask.is_some() {
            home.umask = mask;
            return Ok(replies::umask_set(home.umask()));
        }
        Ok(replies::umask(home.umask()))
    }

    /// MFF: each fact asks for the permission of the command that sets it alone.
    pub(super) fn set_facts(&self, facts: SettableFacts, path: &Pathname) -> Outcome {
        let (home, authorizer) = (self.home()?, self.handler.authorizer.as_ref());
        if facts.modified.is_some() {
            home.permit(authorizer, Permission::ChangeTime, path)?;
        }
        if facts.mode.is_some() {
            home.permit(authorizer, Permission::ChangeMode, path)?;
        }
        self.with_files(|home| {
            if let Some(time) = facts.modified {
                home.files.set_modified(path, SystemTime::from(time))?;
            }
            facts.mode.map_or(Ok(()), |mode| home.files.set_mode(path, mode.bits()))
        })?;
        Ok(replies::facts_set(facts, path))
    }
}
