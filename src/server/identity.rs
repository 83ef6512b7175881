//! Who is who: HOST (RFC 7151), CLNT, CSID (draft-peterson-ftp-csid-01), and LANG (RFC 2640).

use super::replies;
use super::session::{Login, Outcome, Session};

/// The language of all replies.
const LANGUAGE: &str = "EN";

impl Session {
    /// HOST comes before USER. Which host it is makes no difference but whether it is served.
    pub(super) fn host(&self, name: &str) -> Outcome {
        if !matches!(self.login, Login::Nobody) {
            return Err(replies::host_too_late());
        }
        let names = &self.handler.host_names;
        if names.is_empty() || names.iter().any(|served| served.eq_ignore_ascii_case(name)) {
            Ok(replies::ready(&self.handler.banner))
        } else {
            Err(replies::no_such_host(name))
        }
    }

    /// LANG takes English, of any country, and nothing else; without a language it goes back to that.
    pub(super) fn language(&self, tag: Option<&str>) -> Outcome {
        let primary = tag.unwrap_or(LANGUAGE).split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case(LANGUAGE) {
            Ok(replies::language_set(LANGUAGE))
        } else {
            Err(replies::no_such_language(LANGUAGE))
        }
    }
}
