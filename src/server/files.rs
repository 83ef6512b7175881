//! Commands about one file or directory, without a data connection (RFC 959, 4.1.3; RFC 3659, 3 and 4).

use std::time::SystemTime;

use super::home::Home;
use super::replies;
use super::session::{Login, Outcome, Session};
use crate::proto::{Pathname, Reply, RepresentationType, Timeval};
use crate::transcript::LineTime;
use crate::vfs::FsError;

impl Session {
    /// The user's files. The gate lets nobody else come so far.
    pub(super) fn home(&self) -> Result<&Home, Reply> {
        match &self.login {
            Login::User(home) => Ok(home),
            _ => Err(replies::login_first()),
        }
    }

    pub(super) fn working_directory(&self) -> Outcome {
        Ok(replies::working_directory(&self.home()?.directory))
    }

    pub(super) fn change_directory(&mut self, path: Pathname) -> Outcome {
        let Login::User(home) = &mut self.login else { return Err(replies::login_first()) };
        let info = home.files.info(&path).map_err(|error| replies::file_unavailable(&error))?;
        if !info.is_directory() {
            return Err(replies::file_unavailable(&FsError::NotADirectory));
        }
        let reply = replies::directory_changed(&path);
        home.directory = path;
        Ok(reply)
    }

    pub(super) fn make_directory(&self, path: &Pathname) -> Outcome {
        self.with_files(|home| home.create_directory(path))?;
        Ok(replies::directory_made(path))
    }

    pub(super) fn remove_directory(&self, path: &Pathname) -> Outcome {
        self.with_files(|home| home.files.remove_directory(path))?;
        Ok(replies::directory_removed())
    }

    pub(super) fn delete(&self, path: &Pathname) -> Outcome {
        self.with_files(|home| home.files.remove_file(path))?;
        Ok(replies::file_removed())
    }

    pub(super) fn rename_from(&mut self, path: Pathname) -> Outcome {
        self.rename_from = None;
        if path.is_root() {
            return Err(replies::file_unavailable(&FsError::RootDirectory));
        }
        self.with_files(|home| home.files.link_info(&path))?;
        self.rename_from = Some(path);
        Ok(replies::rename_pending())
    }

    pub(super) fn rename_to(&mut self, to: &Pathname) -> Outcome {
        let from = self.rename_from.take().ok_or_else(replies::rename_first)?;
        self.with_files(|home| home.files.rename(&from, to))?;
        Ok(replies::renamed())
    }

    pub(super) fn size(&self, path: &Pathname) -> Outcome {
        if self.representation == RepresentationType::Ascii {
            return Err(replies::no_size_in_ascii());
        }
        let info = self.with_files(|home| home.files.info(path))?;
        if info.is_file() { Ok(replies::size(info.size)) } else { Err(replies::not_a_regular_file(path)) }
    }

    pub(super) fn modification_time(&self, path: &Pathname) -> Outcome {
        let info = self.with_files(|home| home.files.info(path))?;
        if !info.is_file() {
            return Err(replies::not_a_regular_file(path));
        }
        let time = info.modified.unwrap_or_else(|| self.handler.clock.now());
        let shown = Timeval::from(self.handler.zone.shown(time)).to_string();
        if self.handler.has_chance_time(&info) {
            self.control.note_times(vec![LineTime { line: 0, text: shown.clone() }]);
        }
        Ok(replies::modification_time(shown))
    }

    pub(super) fn set_modification_time(&self, time: Timeval, path: &Pathname) -> Outcome {
        let info = self.with_files(|home| home.files.info(path))?;
        if !info.is_file() {
            return Err(replies::not_a_regular_file(path));
        }
        self.with_files(|home| home.files.set_modified(path, SystemTime::from(time)))?;
        let shown = self.handler.zone.shown(time.into());
        Ok(replies::modification_time_set(Timeval::from(shown), path))
    }

    /// AVBL: a figure of the server's own, so that it is the same in every run.
    pub(super) fn available_space(&self, path: &Pathname) -> Outcome {
        self.with_files(|home| home.files.info(path))?;
        Ok(replies::available_space(self.handler.available_space))
    }

    /// Runs one file system operation as the user.
    pub(super) fn with_files<T>(
        &self,
        operation: impl FnOnce(&Home) -> Result<T, FsError>,
    ) -> Result<T, Reply> {
        operation(self.home()?).map_err(|error| replies::file_unavailable(&error))
    }
}
