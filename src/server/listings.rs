//! LIST, NLST, MLSD, MLST, STAT with a pathname (RFC 959, 4.1.3; RFC 3659, 7).

use globset::{GlobBuilder, GlobMatcher};

use super::home::Home;
use super::replies;
use super::session::{Outcome, Session};
use crate::listing::{FactLines, UnixLines, write_name};
use crate::proto::{FileInfo, FileKind, ListParameter, Pathname, Reply};
use crate::transcript::LineTime;
use crate::vfs::FsError;

/// What marks the last component of a pathname as a pattern, unless something has that very name.
const WILDCARDS: [char; 3] = ['*', '?', '['];

/// The lines of a listing.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) bytes: Vec<u8>,
    /// The times in them that differ from run to run.
    pub(super) times: Vec<LineTime>,
    /// How many lines there are.
    lines: usize,
}

/// Files to be listed, with the names they are to be listed under.
type Entries = Vec<(String, FileInfo)>;

impl Session {
    pub(super) async fn list(&mut self, parameter: &ListParameter, path: Pathname) -> Outcome {
        self.require_data_channel()?;
        let entries = self.entries(parameter, &path)?;
        let listing = self.unix_lines(entries);
        Ok(self.send_listing(listing).await)
    }

    pub(super) async fn name_list(&mut self, parameter: &ListParameter, path: Pathname) -> Outcome {
        self.require_data_channel()?;
        let mut listing = Listing::default();
        for (name, _) in self.entries(parameter, &path)? {
            write_name(&mut listing.bytes, &name);
        }
        Ok(self.send_listing(listing).await)
    }

    pub(super) async fn machine_list(&mut self, path: &Pathname) -> Outcome {
        self.require_data_channel()?;
        let home = self.home()?;
        let zone = &self.handler.zone;
        let info = self.with_files(|home| home.files.info(path))?;
        if !info.is_directory() {
            return Err(replies::not_a_directory());
        }
        let mut lines = self.fact_lines(home);
        let mut listing = Listing::default();
        let mut add = |name: &str, info: FileInfo| {
            let info = zone.shown_info(info);
            listing.add_time(lines.modify(&info).filter(|_| self.handler.has_chance_time(&info)));
            lines.write_line(&mut listing.bytes, path, name, &info);
        };
        if self.handler.current_and_parent {
            add(".", info);
            if let Some(parent) = path.parent() {
                add("..", self.with_files(|home| home.files.info(&parent))?);
            }
        }
        for entry in self.with_files(|home| home.files.list(path))? {
            // Facts are those of what a link points to; a link that leads nowhere, or outside, is left out.
            if let Some(info) = followed(home, path, &entry.name, entry.info) {
                add(&entry.name, info);
            }
        }
        Ok(self.send_listing(listing).await)
    }

    pub(super) fn machine_facts(&self, path: &Pathname) -> Outcome {
        let info = self.handler.zone.shown_info(self.with_files(|home| home.files.info(path))?);
        // RFC 3659, 7.2: the entry's line begins with a space.
        let mut line = vec![b' '];
        let mut lines = self.fact_lines(self.home()?);
        lines.write_entry(&mut line, path, &info);
        let time = lines.modify(&info).filter(|_| self.handler.has_chance_time(&info));
        let times = time.map(|time| LineTime { line: 1, text: time.to_owned() });
        self.control.note_times(times.into_iter().collect());
        Ok(replies::facts(path, String::from_utf8_lossy(&line).into_owned()))
    }

    /// STAT with a pathname: LIST's lines on the control connection, each behind a space so that none reads as a
    /// reply's last line.
    pub(super) fn path_status(&self, parameter: &ListParameter, path: &Pathname) -> Outcome {
        let listing = self.unix_lines(self.entries(parameter, path)?);
        // The reply's first line comes before them.
        let moved = |time: LineTime| LineTime { line: time.line + 1, ..time };
        self.control.note_times(listing.times.into_iter().map(moved).collect());
        let lines = String::from_utf8_lossy(&listing.bytes);
        Ok(replies::path_status(path, lines.lines().map(|line| format!(" {line}")).collect()))
    }

    fn unix_lines(&self, entries: Entries) -> Listing {
        let mut lines = UnixLines::new(self.handler.shown_now());
        let mut listing = Listing::default();
        for (name, info) in entries {
            let info = self.handler.zone.shown_info(info);
            listing.add_time(self.handler.has_chance_time(&info).then(|| lines.date(&info)));
            lines.write_line(&mut listing.bytes, &name, &info);
        }
        listing
    }

    fn fact_lines(&self, home: &Home) -> FactLines {
        let permissions = self.handler.authorizer.get_perms(&home.user);
        FactLines::new(self.facts, permissions, self.handler.shown_now())
    }

    /// What LIST and NLST list: a directory's entries, a file itself, or what a pattern matches.
    fn entries(&self, parameter: &ListParameter, path: &Pathname) -> Result<Entries, Reply> {
        match self.with_files(|home| Ok(home.files.info(path)))? {
            Ok(info) if info.is_directory() => {
                let entries = self.with_files(|home| home.files.list(path))?;
                Ok(entries.into_iter().map(|entry| (entry.name, entry.info)).collect())
            }
            Ok(_) => Ok(vec![self.link_itself(path)?]),
            Err(FsError::NotFound) => match parameter.path().and_then(Pattern::parse) {
                Some(pattern) => self.matches(&pattern, path),
                // A link that leads nowhere is there itself, as in the listing of its directory.
                None => Ok(vec![self.link_itself(path)?]),
            },
            Err(error) => Err(replies::file_unavailable(&error)),
        }
    }

    /// A file; of a link, the link rather than what it leads to.
    fn link_itself(&self, path: &Pathname) -> Result<(String, FileInfo), Reply> {
        let info = self.with_files(|home| home.files.link_info(path))?;
        Ok((path.name().unwrap_or("/").to_owned(), info))
    }

    /// What matches a pattern, named as the client wrote it; an empty listing when nothing does, as vsftpd has it.
    fn matches(&self, pattern: &Pattern<'_>, path: &Pathname) -> Result<Entries, Reply> {
        let directory = path.parent().unwrap_or_else(Pathname::root);
        let entries = self.with_files(|home| home.files.list(&directory))?;
        Ok(entries
            .into_iter()
            .filter(|entry| pattern.matcher.is_match(&entry.name))
            .map(|entry| (format!("{}{}", pattern.directory, entry.name), entry.info))
            .collect())
    }
}

impl Listing {
    /// Begins a line, which may have a time in it that differs from run to run.
    fn add_time(&mut self, time: Option<&str>) {
        self.times.extend(time.map(|time| LineTime { line: self.lines, text: time.to_owned() }));
        self.lines += 1;
    }
}

/// A pathname whose last component has wildcards, as `mget` of many clients sends it with NLST.
#[derive(Debug)]
struct Pattern<'a> {
    /// What stands before the last component, with its slash.
    directory: &'a str,
    matcher: GlobMatcher,
}

impl<'a> Pattern<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let (directory, name) = text.split_at(text.rfind('/').map_or(0, |slash| slash + 1));
        if !name.contains(WILDCARDS) {
            return None;
        }
        let glob = GlobBuilder::new(name).backslash_escape(true).build().ok()?;
        Some(Self { directory, matcher: glob.compile_matcher() })
    }
}

fn followed(home: &Home, directory: &Pathname, name: &str, info: FileInfo) -> Option<FileInfo> {
    if info.kind != FileKind::Symlink {
        return Some(info);
    }
    home.files.info(&directory.join(name).ok()?).ok()
}
