//! The verbs, and what is true of each, in one table.
//!
//! What a verb's parameter means stands in [`Command`](super::Command); what the server does with it, in its handler.

use std::fmt;
use std::str::FromStr;

use self::Access::{Anyone, LoggedIn, May};
use self::Parameter::{Forbidden, Optional, Required};
use super::permission::Permission::{
    self, Append, ChangeMode, ChangeTime, Delete, Enter, List, MakeDirectory, Read, Rename, Write,
};

/// Whether a verb has a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parameter {
    /// It must have one.
    Required,
    /// It may have one.
    Optional,
    /// It must not have one.
    Forbidden,
}

/// The facts about a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerbInfo {
    /// The verb itself.
    pub verb: Verb,
    /// Its names in capitals: the canonical one, then RFC 775's with an X.
    pub names: &'static [&'static str],
    /// Whether it has a parameter.
    pub parameter: Parameter,
    /// Whether a user must be logged in; STAT says no, but with a parameter it must.
    pub login: bool,
    /// What the user must be allowed to do; for STAT, only with a parameter.
    pub permission: Option<Permission>,
    /// Whether a pathname stands in its parameter.
    pub path: bool,
    /// Whether its parameter is secret, so that nothing may print it.
    pub secret: bool,
    /// Whether it is a step of logging in, for which a server may demand TLS.
    pub logs_in: bool,
    /// Whether it sets up a data connection, for which a server may demand TLS.
    pub sets_up_data: bool,
    /// Where it is defined, such as `RFC 959`, or who had it first.
    pub rfc: &'static str,
    /// How it is written, such as `RETR <SP> pathname`.
    pub syntax: &'static str,
    /// What it does, in a few words.
    pub help: &'static str,
}

/// Makes the enum and the table from the same rows, so that no verb can lack one.
macro_rules! verbs {
    ($(
        $verb:ident [$($name:literal)+] $parameter:ident, $access:expr,
        $rfc:literal, $syntax:literal, $help:literal $($also:ident)*;
    )+) => {
        /// What a command line asks for, by its canonical name.
        ///
        /// ```
        /// use ftp_fixture::proto::{Permission, Verb};
        ///
        /// assert_eq!(Verb::from_name("xmkd"), Some(Verb::Mkd));
        /// assert_eq!(Verb::Mkd.info().permission, Some(Permission::MakeDirectory));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Verb {
            $(
                #[doc = concat!("`", $syntax, "`: ", $help, " (", $rfc, ").")]
                $verb,
            )+
        }

        const TABLE: &[VerbInfo] = &[
            $(row(Verb::$verb, &[$($name),+], $parameter, $access, $rfc, $syntax, $help)$(.$also())*,)+
        ];
    };
}

verbs! {
    Abor ["ABOR"]        Forbidden, LoggedIn,           "RFC 959",  "ABOR", "abort the transfer";
    Acct ["ACCT"]        Required,  Anyone,             "RFC 959",  "ACCT <SP> account", "give an account" secret;
    Allo ["ALLO"]        Required,  LoggedIn,           "RFC 959",  "ALLO <SP> bytes [<SP> R <SP> bytes]", "reserve storage";
    Appe ["APPE"]        Required,  May(Append),        "RFC 959",  "APPE <SP> pathname", "append to a file" path;
    Auth ["AUTH"]        Required,  Anyone,             "RFC 4217", "AUTH <SP> TLS | SSL", "encrypt the control connection";
    Avbl ["AVBL"]        Optional,  May(List),          "draft-peterson-streamlined-ftp-command-extensions-10", "AVBL [<SP> pathname]", "tell how many bytes are free" path;
    Ccc  ["CCC"]         Forbidden, Anyone,             "RFC 4217", "CCC", "go on in the clear on the control connection";
    Cdup ["CDUP" "XCUP"] Forbidden, May(Enter),         "RFC 959",  "CDUP", "change to the parent directory";
    Clnt ["CLNT"]        Required,  Anyone,             "ProFTPD",  "CLNT <SP> name", "say which client this is";
    Csid ["CSID"]        Required,  Anyone,             "draft-peterson-ftp-csid-01", "CSID <SP> Name=name; Version=version;", "say which client this is, and ask for the server";
    Cwd  ["CWD" "XCWD"]  Optional,  May(Enter),         "RFC 959",  "CWD [<SP> pathname]", "change the working directory" path;
    Dele ["DELE"]        Required,  May(Delete),        "RFC 959",  "DELE <SP> pathname", "delete a file" path;
    Eprt ["EPRT"]        Required,  LoggedIn,           "RFC 2428", "EPRT <SP> |protocol|address|port|", "name the client's data port" sets_up_data;
    Epsv ["EPSV"]        Optional,  LoggedIn,           "RFC 2428", "EPSV [<SP> 1 | 2 | ALL]", "listen for a data connection" sets_up_data;
    Feat ["FEAT"]        Forbidden, Anyone,             "RFC 2389", "FEAT", "list the extensions";
    Hash ["HASH"]        Required,  May(List),          "draft-bryan-ftpext-hash-02", "HASH <SP> pathname", "tell a file's hash" path;
    Help ["HELP"]        Optional,  Anyone,             "RFC 959",  "HELP [<SP> verb]", "show help";
    Host ["HOST"]        Required,  Anyone,             "RFC 7151", "HOST <SP> name", "name the host that is meant";
    Lang ["LANG"]        Optional,  Anyone,             "RFC 2640", "LANG [<SP> language]", "set the language of replies";
    List ["LIST"]        Optional,  May(List),          "RFC 959",  "LIST [<SP> pathname]", "list files" path;
    Mdtm ["MDTM"]        Required,  May(List),          "RFC 3659", "MDTM <SP> pathname", "tell when a file last changed" path;
    Mff  ["MFF"]         Required,  LoggedIn,           "draft-somers-ftp-mfxx-04", "MFF <SP> fact=value;... <SP> pathname", "set a file's facts" path;
    Mfmt ["MFMT"]        Required,  May(ChangeTime),    "draft-somers-ftp-mfxx-04", "MFMT <SP> time <SP> pathname", "set a file's time" path;
    Mkd  ["MKD" "XMKD"]  Required,  May(MakeDirectory), "RFC 959",  "MKD <SP> pathname", "make a directory" path;
    Mlsd ["MLSD"]        Optional,  May(List),          "RFC 3659", "MLSD [<SP> pathname]", "list a directory as facts" path;
    Mlst ["MLST"]        Optional,  May(List),          "RFC 3659", "MLST [<SP> pathname]", "tell the facts of a file" path;
    Mode ["MODE"]        Required,  LoggedIn,           "RFC 959",  "MODE <SP> mode", "set the transfer mode";
    Nlst ["NLST"]        Optional,  May(List),          "RFC 959",  "NLST [<SP> pathname]", "list names" path;
    Noop ["NOOP"]        Forbidden, Anyone,             "RFC 959",  "NOOP", "do nothing";
    Opts ["OPTS"]        Required,  LoggedIn,           "RFC 2389", "OPTS <SP> verb [<SP> options]", "set options of a verb";
    Pass ["PASS"]        Optional,  Anyone,             "RFC 959",  "PASS [<SP> password]", "give the password" secret logs_in;
    Pasv ["PASV"]        Forbidden, LoggedIn,           "RFC 959",  "PASV", "listen for a data connection" sets_up_data;
    Pbsz ["PBSZ"]        Required,  Anyone,             "RFC 4217", "PBSZ <SP> 0", "set the protection buffer's size";
    Port ["PORT"]        Required,  LoggedIn,           "RFC 959",  "PORT <SP> h1,h2,h3,h4,p1,p2", "name the client's data port" sets_up_data;
    Prot ["PROT"]        Required,  Anyone,             "RFC 4217", "PROT <SP> C | P", "set whether data is encrypted";
    Pwd  ["PWD" "XPWD"]  Forbidden, LoggedIn,           "RFC 959",  "PWD", "tell the working directory";
    Quit ["QUIT"]        Forbidden, Anyone,             "RFC 959",  "QUIT", "end the session";
    Rein ["REIN"]        Forbidden, LoggedIn,           "RFC 959",  "REIN", "log out and start anew";
    Rest ["REST"]        Required,  LoggedIn,           "RFC 3659", "REST <SP> offset", "set where the next transfer starts";
    Retr ["RETR"]        Required,  May(Read),          "RFC 959",  "RETR <SP> pathname", "download a file" path;
    Rmd  ["RMD" "XRMD"]  Required,  May(Delete),        "RFC 959",  "RMD <SP> pathname", "remove a directory" path;
    Rnfr ["RNFR"]        Required,  May(Rename),        "RFC 959",  "RNFR <SP> pathname", "say what to rename" path;
    Rnto ["RNTO"]        Required,  May(Rename),        "RFC 959",  "RNTO <SP> pathname", "rename it" path;
    Site ["SITE"]        Required,  Anyone,             "RFC 959",  "SITE <SP> command", "give a command of this server's own";
    SiteChmod ["SITE CHMOD"] Required, May(ChangeMode), "ProFTPD",  "SITE CHMOD <SP> mode <SP> pathname", "set a file's mode" path;
    SiteHelp  ["SITE HELP"]  Optional, Anyone,          "RFC 959",  "SITE HELP [<SP> command]", "show help on SITE";
    SiteUmask ["SITE UMASK"] Optional, LoggedIn,        "ProFTPD",  "SITE UMASK [<SP> mask]", "set which mode bits new files lack";
    SiteUtime ["SITE UTIME"] Required, May(ChangeTime), "ProFTPD",  "SITE UTIME <SP> time <SP> pathname", "set a file's time" path;
    Size ["SIZE"]        Required,  May(List),          "RFC 3659", "SIZE <SP> pathname", "tell a file's size" path;
    Stat ["STAT"]        Optional,  May(List),          "RFC 959",  "STAT [<SP> pathname]", "tell the session's state, or list files" path without_login;
    Stor ["STOR"]        Required,  May(Write),         "RFC 959",  "STOR <SP> pathname", "upload a file" path;
    Stou ["STOU"]        Optional,  May(Write),         "RFC 959",  "STOU [<SP> pathname]", "upload a file under a name of its own" path;
    Stru ["STRU"]        Required,  LoggedIn,           "RFC 959",  "STRU <SP> F", "set the file structure";
    Syst ["SYST"]        Forbidden, Anyone,             "RFC 959",  "SYST", "tell the operating system";
    Type ["TYPE"]        Required,  LoggedIn,           "RFC 959",  "TYPE <SP> A | I", "set the representation type";
    User ["USER"]        Required,  Anyone,             "RFC 959",  "USER <SP> name", "give the user's name" logs_in;
    Xcrc    ["XCRC"]     Required,  May(List),          "ProFTPD",  "XCRC <SP> pathname [<SP> start <SP> end]", "tell a file's CRC-32" path;
    Xmd5    ["XMD5"]     Required,  May(List),          "ProFTPD",  "XMD5 <SP> pathname [<SP> start <SP> end]", "tell a file's MD5" path;
    Xsha1   ["XSHA1"]    Required,  May(List),          "ProFTPD",  "XSHA1 <SP> pathname [<SP> start <SP> end]", "tell a file's SHA-1" path;
    Xsha256 ["XSHA256"]  Required,  May(List),          "ProFTPD",  "XSHA256 <SP> pathname [<SP> start <SP> end]", "tell a file's SHA-256" path;
}

impl Verb {
    /// Every verb, in the order of their names.
    pub const ALL: [Self; TABLE.len()] = {
        let mut all = [Self::Abor; TABLE.len()];
        let mut row = 0;
        while row < TABLE.len() {
            all[row] = TABLE[row].verb;
            row += 1;
        }
        all
    };

    /// The verb with this name in any case, `XMKD` and the like included.
    pub fn from_name(name: &str) -> Option<Self> {
        let named = |info: &&VerbInfo| info.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        TABLE.iter().find(named).map(|info| info.verb)
    }

    /// Its row of the table.
    pub fn info(self) -> &'static VerbInfo {
        &TABLE[self as usize]
    }

    /// Its canonical name in capitals, such as `RETR` or `SITE CHMOD`.
    pub fn name(self) -> &'static str {
        self.info().names[0]
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that is no verb's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchVerb(String);

impl fmt::Display for NoSuchVerb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no verb; take one that HELP shows, such as \"EPSV\"", self.0)
    }
}

impl std::error::Error for NoSuchVerb {}

impl FromStr for Verb {
    type Err = NoSuchVerb;

    /// Reads a name as [`from_name`](Self::from_name) does.
    fn from_str(name: &str) -> Result<Self, NoSuchVerb> {
        Self::from_name(name).ok_or_else(|| NoSuchVerb(name.to_owned()))
    }
}

/// Who may give a command.
enum Access {
    Anyone,
    LoggedIn,
    May(Permission),
}

const fn row(
    verb: Verb,
    names: &'static [&'static str],
    parameter: Parameter,
    access: Access,
    rfc: &'static str,
    syntax: &'static str,
    help: &'static str,
) -> VerbInfo {
    let (login, permission) = match access {
        Anyone => (false, None),
        LoggedIn => (true, None),
        May(permission) => (true, Some(permission)),
    };
    VerbInfo {
        verb,
        names,
        parameter,
        login,
        permission,
        path: false,
        secret: false,
        logs_in: false,
        sets_up_data: false,
        rfc,
        syntax,
        help,
    }
}

impl VerbInfo {
    const fn path(self) -> Self {
        Self { path: true, ..self }
    }

    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    const fn logs_in(self) -> Self {
        Self { logs_in: true, ..self }
    }

    const fn sets_up_data(self) -> Self {
        Self { sets_up_data: true, ..self }
    }

    const fn without_login(self) -> Self {
        Self { login: false, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_verb_has_its_row() {
        assert_eq!(Verb::ALL.map(|verb| verb.info().verb), Verb::ALL);
        assert!(Verb::ALL.is_sorted_by_key(|verb| verb.name()));
    }

    #[test]
    fn each_name_means_one_verb_in_any_case() {
        let mut names = BTreeSet::new();
        for verb in Verb::ALL {
            assert_eq!(verb.name().replace(' ', ""), format!("{verb:?}").to_uppercase());
            for name in verb.info().names {
                assert!(names.insert(name), "{name} is there twice");
                assert_eq!(Verb::from_name(name), Some(verb));
                assert_eq!(Verb::from_name(&name.to_lowercase()), Some(verb));
            }
        }
        for name in ["", "RET", "RETRX", "XRETR", "RETR "] {
            assert_eq!(Verb::from_name(name), None, "{name:?}");
        }
    }

    #[test]
    fn the_syntax_agrees_with_the_other_facts() {
        for info in TABLE {
            let rest = info.syntax.strip_prefix(info.verb.name()).unwrap();
            match info.parameter {
                Required => assert!(rest.starts_with(" <SP> "), "{}", info.syntax),
                Optional => assert!(rest.starts_with(" [<SP> "), "{}", info.syntax),
                Forbidden => assert_eq!(rest, ""),
            }
            assert_eq!(info.path, rest.contains("pathname"), "{}", info.syntax);
        }
    }

    #[test]
    fn only_stat_has_a_permission_without_a_login() {
        let odd = |info: &&VerbInfo| info.permission.is_some() && !info.login;
        assert_eq!(TABLE.iter().filter(odd).map(|info| info.verb).collect::<Vec<_>>(), [Verb::Stat]);
    }
}
