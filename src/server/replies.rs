//! Every reply of the server, named by what it means. Codes are pyftpdlib's and the RFCs'; the wording is ours.
//!
//! Texts carry no port, time or count that differs from run to run, but where a syntax asks for it.

use std::fmt::Display;

use super::session::Login;
use crate::auth::AuthenticationFailed;
use crate::proto::{
    DeflateLevel, ExtendedPassive, FileMode, HashAlgorithm, HostPort, NetworkProtocol, ParameterError,
    Pathname, PathnameError, ProtectionLevel, Reply, RepresentationType, SettableFacts, Timeval,
    TransferMode, Verb,
};
use crate::tls::TlsFailure;
use crate::vfs::FsError;

// Greeting, login, end.

pub(super) fn ready(banner: &str) -> Reply {
    text_of(220, banner)
}

pub(super) fn too_many_connections() -> Reply {
    Reply::new(421, "Too many connections, try again later.")
}

pub(super) fn too_many_connections_of_one_address() -> Reply {
    Reply::new(421, "Too many connections from your address.")
}

pub(super) fn control_timed_out() -> Reply {
    Reply::new(421, "Nothing was said for too long; closing the connection.")
}

pub(super) fn data_timed_out() -> Reply {
    Reply::new(421, "Data connection stalled for too long; closing the connection.")
}

pub(super) fn goodbye(text: &str) -> Reply {
    text_of(221, text)
}

pub(super) fn goodbye_to_nobody() -> Reply {
    goodbye("Goodbye.")
}

pub(super) fn logged_in(text: &str) -> Reply {
    text_of(230, text)
}

pub(super) fn password_required() -> Reply {
    Reply::new(331, "Password required.")
}

pub(super) fn logged_out_password_required() -> Reply {
    Reply::new(331, "Logged out; password required.")
}

pub(super) fn login_first() -> Reply {
    Reply::new(530, "Log in with USER and PASS first.")
}

pub(super) fn login_failed(why: &AuthenticationFailed, last: bool) -> Reply {
    Reply::new(530, if last { format!("{why} Closing the connection.") } else { why.to_string() })
}

/// Why a user whose home is not there cannot log in, to be told by [`login_failed`].
pub(super) fn no_home() -> AuthenticationFailed {
    AuthenticationFailed::new("The home directory cannot be had.")
}

pub(super) fn user_first() -> Reply {
    Reply::new(503, "Send USER first.")
}

pub(super) fn already_logged_in() -> Reply {
    Reply::new(503, "Already logged in.")
}

pub(super) fn account_not_needed() -> Reply {
    Reply::new(202, "No account is needed.")
}

pub(super) fn ready_for_new_user() -> Reply {
    Reply::new(230, "Ready for a new user.")
}

pub(super) fn host_too_late() -> Reply {
    Reply::new(503, "Send HOST before USER.")
}

pub(super) fn no_such_host(name: &str) -> Reply {
    Reply::new(504, format!("No host \"{name}\" here."))
}

pub(super) fn client_noted() -> Reply {
    Reply::new(200, "Noted.")
}

pub(super) fn server_identity() -> Reply {
    Reply::new(200, concat!("Name=ftp-fixture; Version=", env!("CARGO_PKG_VERSION"), ";"))
}

pub(super) fn language_set(language: &str) -> Reply {
    Reply::new(200, format!("Language is {language}."))
}

pub(super) fn no_such_language(language: &str) -> Reply {
    Reply::new(504, format!("{language} is the only language."))
}

pub(super) fn logged_in_by_certificate() -> Reply {
    Reply::new(232, "Logged in by certificate.")
}

/// RFC 959, 4.2: for clients that send PASS without waiting for the reply to USER.
pub(super) fn password_not_needed() -> Reply {
    Reply::new(202, "No password is needed.")
}

pub(super) fn certificate_of_another(name: &str) -> Reply {
    Reply::new(530, format!("The certificate is of {name}."))
}

// Security (RFC 4217).

pub(super) fn begin_handshake() -> Reply {
    Reply::new(234, "Proceed with negotiation.")
}

pub(super) fn already_secure() -> Reply {
    Reply::new(503, "Already using TLS.")
}

pub(super) fn security_not_implemented() -> Reply {
    Reply::new(502, "AUTH is not implemented.")
}

pub(super) fn auth_first() -> Reply {
    Reply::new(503, "Send AUTH TLS first.")
}

pub(super) fn protection_buffer_size() -> Reply {
    Reply::new(200, "PBSZ=0 successful.")
}

pub(super) fn protection_buffer_size_first() -> Reply {
    Reply::new(503, "Send PBSZ first.")
}

pub(super) fn protection_set(level: ProtectionLevel) -> Reply {
    Reply::new(
        200,
        match level {
            ProtectionLevel::Clear => "Protection set to Clear.",
            _ => "Protection set to Private.",
        },
    )
}

pub(super) fn protection_level_not_supported(level: ProtectionLevel) -> Reply {
    Reply::new(536, format!("TLS has no protection level {level}, use C or P."))
}

pub(super) fn control_cleared() -> Reply {
    Reply::new(200, "Going on in the clear.")
}

pub(super) fn control_stays_secure() -> Reply {
    Reply::new(534, "The control connection stays encrypted here.")
}

pub(super) fn secure_control_required() -> Reply {
    Reply::new(550, "SSL/TLS required on the control channel.")
}

pub(super) fn secure_data_required() -> Reply {
    Reply::new(521, "SSL/TLS required on the data channel.")
}

/// RFC 4217, 10.2; where reuse is missing, in the words by which clients know vsftpd.
pub(super) fn data_not_secured(failure: TlsFailure) -> Reply {
    if failure.is_no_session_reuse() {
        Reply::new(522, "SSL connection failed; session reuse required.")
    } else {
        Reply::new(522, "TLS handshake failed.")
    }
}

// Commands that cannot be carried out as they were sent.

pub(super) fn unknown_command(name: &str) -> Reply {
    Reply::new(500, format!("Command \"{name}\" not understood."))
}

pub(super) fn undecodable() -> Reply {
    Reply::new(501, "Can't decode the command.")
}

pub(super) fn not_in_utf8() -> Reply {
    Reply::new(504, "This server does not talk UTF-8.")
}

pub(super) fn line_too_long() -> Reply {
    Reply::new(500, "Command line too long.")
}

pub(super) fn parameter_refused(verb: Verb, error: &ParameterError) -> Reply {
    match error {
        ParameterError::Required => parameter_missing(verb.name()),
        ParameterError::Forbidden => parameter_not_wanted(verb.name()),
        ParameterError::NotImplemented(offered) => {
            Reply::new(504, format!("{} takes {offered} only.", verb.name()))
        }
        ParameterError::UnknownProtocol => Reply::new(522, "Network protocol not supported, use (1,2)."),
        ParameterError::InvalidTime => Reply::new(550, "Not a time; it is written YYYYMMDDHHMMSS."),
        ParameterError::Invalid(expected) => Reply::new(501, format!("{} expects {expected}.", verb.name())),
    }
}

pub(super) fn parameter_missing(name: &str) -> Reply {
    Reply::new(501, format!("{name} needs a parameter."))
}

pub(super) fn parameter_not_wanted(name: &str) -> Reply {
    Reply::new(501, format!("{name} takes no parameter."))
}

pub(super) fn option_not_supported(name: &str) -> Reply {
    Reply::new(501, format!("No options for \"{name}\"."))
}

pub(super) fn permission_denied() -> Reply {
    Reply::new(550, "Permission denied.")
}

pub(super) fn invalid_pathname(error: PathnameError) -> Reply {
    Reply::new(550, format!("{}.", capitalized(&error.to_string())))
}

/// A file system's refusal: 452 and 552 for want of room, 554 for an offset, 550 for all else.
pub(super) fn file_unavailable(error: &FsError) -> Reply {
    let code = match error {
        FsError::NoSpace => 452,
        FsError::QuotaExceeded => 552,
        FsError::OffsetBeyondEnd { .. } => 554,
        _ => 550,
    };
    Reply::new(code, format!("{error}."))
}

/// RFC 959, 5.4, knows 450 for STOU where others have 550, and so does pyftpdlib.
pub(super) fn no_unique_file(error: &FsError) -> Reply {
    match error {
        FsError::NoSpace | FsError::QuotaExceeded => file_unavailable(error),
        _ => Reply::new(450, format!("{error}.")),
    }
}

// Information.

pub(super) fn did_nothing() -> Reply {
    Reply::new(200, "NOOP done.")
}

pub(super) fn system_type() -> Reply {
    Reply::new(215, "UNIX Type: L8")
}

pub(super) fn features(lines: Vec<String>) -> Reply {
    Reply::multi_line(211, "Features:", lines, "End.")
}

/// The server's status; without counts of bytes or seconds, which no two runs have in common.
pub(super) fn status(
    login: &Login,
    representation: RepresentationType,
    mode: TransferMode,
    data: DataStatus,
) -> Reply {
    let login = match login {
        Login::Nobody => "Not logged in.".to_owned(),
        Login::Named(name) => format!("Waiting for the password of {name}."),
        Login::User(home) => format!("Logged in as {}.", home.user),
    };
    let representation = match representation {
        RepresentationType::Ascii => "ASCII",
        RepresentationType::Image => "Binary",
    };
    let mode = match mode {
        TransferMode::Stream => "Stream",
        TransferMode::Deflate => "Deflate",
    };
    let data = match data {
        DataStatus::None => "No data connection.",
        DataStatus::SetUp => "A data connection is set up.",
        DataStatus::InTransfer => "A transfer is under way.",
    };
    let lines = [
        format!(" {login}"),
        format!(" TYPE: {representation}; STRUcture: File; MODE: {mode}"),
        format!(" {data}"),
    ];
    Reply::multi_line(211, "Status:", lines, "End of status.")
}

/// How the data connection stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum DataStatus {
    None,
    SetUp,
    InTransfer,
}

pub(super) fn path_status(path: &Pathname, lines: Vec<String>) -> Reply {
    Reply::multi_line(213, format!("Status of \"{path}\":"), lines, "End of status.")
}

pub(super) fn help(lines: Vec<String>) -> Reply {
    Reply::multi_line(214, "Commands:", lines, "End of help.")
}

pub(super) fn site_help(lines: Vec<String>) -> Reply {
    Reply::multi_line(214, "Commands of SITE:", lines, "End of help.")
}

pub(super) fn help_on(syntax: &str, help: &str) -> Reply {
    Reply::new(214, format!("Syntax: {syntax} ({help})"))
}

pub(super) fn no_such_command(name: &str) -> Reply {
    Reply::new(501, format!("No command \"{name}\"."))
}

// Transfer parameters.

pub(super) fn type_set(representation: RepresentationType) -> Reply {
    Reply::new(
        200,
        match representation {
            RepresentationType::Ascii => "Type set to ASCII.",
            RepresentationType::Image => "Type set to binary.",
        },
    )
}

pub(super) fn structure_set() -> Reply {
    Reply::new(200, "Structure set to file.")
}

pub(super) fn mode_set(mode: TransferMode) -> Reply {
    Reply::new(
        200,
        match mode {
            TransferMode::Stream => "Mode set to stream.",
            TransferMode::Deflate => "Mode set to deflate.",
        },
    )
}

pub(super) fn deflate_level_set(level: DeflateLevel) -> Reply {
    Reply::new(200, format!("MODE Z LEVEL set to {level}."))
}

pub(super) fn always_utf8() -> Reply {
    Reply::new(200, "Always in UTF-8.")
}

pub(super) fn hash_algorithm(algorithm: HashAlgorithm) -> Reply {
    Reply::new(200, algorithm.name())
}

pub(super) fn facts_selected(facts: impl Display) -> Reply {
    Reply::new(200, format!("MLST OPTS {facts}").trim_end().to_owned())
}

pub(super) fn restarting_at(offset: u64) -> Reply {
    Reply::new(350, format!("Restarting at {offset}."))
}

pub(super) fn no_restart_in_ascii() -> Reply {
    Reply::new(501, "No restart in type ASCII.")
}

pub(super) fn no_restart_for(verb: Verb) -> Reply {
    Reply::new(450, format!("{} cannot restart; a REST is pending.", verb.name()))
}

pub(super) fn no_allocation_needed() -> Reply {
    Reply::new(202, "No storage allocation needed.")
}

// Data connections and transfers.

pub(super) fn passive(address: HostPort) -> Reply {
    Reply::new(227, format!("Entering passive mode ({address})."))
}

pub(super) fn extended_passive(port: ExtendedPassive) -> Reply {
    Reply::new(229, format!("Entering extended passive mode {port}."))
}

pub(super) fn active() -> Reply {
    Reply::new(200, "Data port noted.")
}

pub(super) fn foreign_address_refused() -> Reply {
    Reply::new(501, "Data connections to a foreign address are refused.")
}

pub(super) fn privileged_port_refused() -> Reply {
    Reply::new(501, "Data connections to a privileged port are refused.")
}

pub(super) fn passive_over_ipv6() -> Reply {
    Reply::new(425, "PASV cannot announce an IPv6 address, use EPSV.")
}

pub(super) fn protocol_mismatch(usable: NetworkProtocol) -> Reply {
    Reply::new(522, format!("Network protocol not supported, use ({usable})."))
}

pub(super) fn extended_passive_only() -> Reply {
    Reply::new(220, "Only EPSV sets up data connections from now on.")
}

pub(super) fn refused_after_epsv_all(verb: Verb) -> Reply {
    Reply::new(501, format!("{} is not allowed after EPSV ALL.", verb.name()))
}

pub(super) fn no_data_connection() -> Reply {
    Reply::new(425, "Use PASV, EPSV, PORT or EPRT first.")
}

pub(super) fn cannot_open_data_connection() -> Reply {
    Reply::new(425, "Can't open data connection.")
}

pub(super) fn opening(size: Option<u64>) -> Reply {
    match size {
        Some(size) => Reply::new(150, format!("Opening data connection ({size} bytes).")),
        None => Reply::new(150, "Opening data connection."),
    }
}

/// RFC 1123, 4.1.2.9: the name that STOU chose.
pub(super) fn opening_unique(name: &str) -> Reply {
    Reply::new(150, format!("FILE: {name}"))
}

pub(super) fn transfer_complete() -> Reply {
    Reply::new(226, "Transfer complete.")
}

pub(super) fn connection_lost() -> Reply {
    Reply::new(426, "Connection closed; transfer aborted.")
}

pub(super) fn data_damaged() -> Reply {
    Reply::new(451, "The deflated data is damaged; transfer aborted.")
}

pub(super) fn transfer_aborted() -> Reply {
    Reply::new(426, "Transfer aborted.")
}

pub(super) fn file_failed(error: &FsError) -> Reply {
    match error {
        FsError::NoSpace | FsError::QuotaExceeded => file_unavailable(error),
        _ => Reply::new(451, format!("{error}; transfer aborted.")),
    }
}

pub(super) fn abort_done() -> Reply {
    Reply::new(226, "ABOR done.")
}

pub(super) fn nothing_to_abort() -> Reply {
    Reply::new(225, "No transfer to abort.")
}

// Files and directories.

pub(super) fn directory_changed(path: &Pathname) -> Reply {
    Reply::new(250, format!("{} is the working directory.", quoted(path)))
}

pub(super) fn working_directory(path: &Pathname) -> Reply {
    Reply::new(257, format!("{} is the working directory.", quoted(path)))
}

pub(super) fn directory_made(path: &Pathname) -> Reply {
    Reply::new(257, format!("{} created.", quoted(path)))
}

pub(super) fn directory_removed() -> Reply {
    Reply::new(250, "Directory removed.")
}

pub(super) fn file_removed() -> Reply {
    Reply::new(250, "File removed.")
}

pub(super) fn rename_pending() -> Reply {
    Reply::new(350, "Ready for RNTO.")
}

pub(super) fn rename_first() -> Reply {
    Reply::new(503, "Send RNFR first.")
}

pub(super) fn renamed() -> Reply {
    Reply::new(250, "Renamed.")
}

pub(super) fn size(bytes: u64) -> Reply {
    Reply::new(213, bytes.to_string())
}

pub(super) fn no_size_in_ascii() -> Reply {
    Reply::new(550, "No SIZE in type ASCII.")
}

pub(super) fn modification_time(time: impl Display) -> Reply {
    Reply::new(213, time.to_string())
}

pub(super) fn modification_time_set(time: impl Display, path: &Pathname) -> Reply {
    Reply::new(213, format!("Modify={time}; {path}"))
}

pub(super) fn facts_set(facts: SettableFacts, path: &Pathname) -> Reply {
    Reply::new(213, format!("{facts} {path}"))
}

pub(super) fn mode_changed(mode: FileMode) -> Reply {
    Reply::new(200, format!("Mode set to {mode}."))
}

pub(super) fn time_changed(time: Timeval) -> Reply {
    Reply::new(200, format!("Time set to {time}."))
}

pub(super) fn umask(mask: u32) -> Reply {
    Reply::new(200, format!("Umask is {mask:03o}."))
}

pub(super) fn umask_set(mask: u32) -> Reply {
    Reply::new(200, format!("Umask set to {mask:03o}."))
}

pub(super) fn available_space(bytes: u64) -> Reply {
    Reply::new(213, bytes.to_string())
}

/// The range runs from the first byte to the one after the last, as ProFTPD and FileZilla write it.
pub(super) fn hash(algorithm: HashAlgorithm, (start, end): (u64, u64), hash: &str, name: &str) -> Reply {
    Reply::new(213, format!("{algorithm} {start}-{end} {hash} {name}"))
}

pub(super) fn checksum(hash: String) -> Reply {
    Reply::new(250, hash)
}

pub(super) fn not_a_regular_file(path: &Pathname) -> Reply {
    Reply::new(550, format!("{} is not a regular file.", quoted(path)))
}

pub(super) fn not_a_directory() -> Reply {
    Reply::new(501, "Not a directory.")
}

pub(super) fn facts(path: &Pathname, line: String) -> Reply {
    Reply::multi_line(250, format!("Facts of \"{path}\":"), [line], "End.")
}

/// RFC 959, appendix II: a pathname in double quotes, its own double quotes doubled.
fn quoted(path: &Pathname) -> String {
    format!("\"{}\"", path.as_str().replace('"', "\"\""))
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// A user's own text, which may have several lines.
fn text_of(code: u16, text: &str) -> Reply {
    let mut lines: Vec<&str> = text.lines().collect();
    match lines.pop() {
        None => Reply::new(code, ""),
        Some(last) if lines.is_empty() => Reply::new(code, last.to_owned()),
        Some(last) => {
            let first = lines.remove(0).to_owned();
            Reply::multi_line(code, first, lines.into_iter().map(str::to_owned), last.to_owned())
        }
    }
}
