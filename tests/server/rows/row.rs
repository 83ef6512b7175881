//! A row of the table: one command and what must come of it. How it is run is not said here.

use ftp_fixture::proto::CommandLine;

use crate::servers::Family;

/// Who sends the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Nobody has logged in.
    Nobody,
    /// A user with every permission.
    Alice,
    /// A user with none.
    Guest,
}

/// One command, and what must come of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Where the behaviour comes from.
    pub(crate) rfc: &'static str,
    pub(crate) who: Who,
    /// Commands sent before, none of which is refused; behind PASV and EPSV the client connects.
    pub(crate) before: &'static [&'static str],
    pub(crate) send: &'static str,
    /// Patterns of the replies, in which `*` stands for any text and `#` for digits.
    pub(crate) replies: &'static [&'static str],
    /// The pattern of what the data connection brings.
    pub(crate) data: Option<&'static str>,
    /// Where it holds; everywhere if it is not said.
    pub(crate) family: Option<Family>,
}

impl Row {
    /// The name of its command, of two words behind SITE.
    pub(crate) fn name(&self) -> String {
        CommandLine::parse(self.send.as_bytes()).name().to_owned()
    }
}

/// Makes `ROWS` from lines such as `Alice ["EPSV"] "RETR a" => "150 *", "226 *" brings "hello" over Ipv4;`.
macro_rules! rows {
    (@optional) => { None };
    (@optional $value:expr) => { Some($value) };
    ($($rfc:literal { $(
        $who:ident [$($before:literal),*] $send:literal => $($reply:literal),+
        $(brings $data:literal)? $(over $family:ident)?;
    )+ })+) => {
        pub(crate) const ROWS: &[$crate::rows::Row] = &[$($(
            $crate::rows::Row {
                rfc: $rfc,
                who: $crate::rows::Who::$who,
                before: &[$($before),*],
                send: $send,
                replies: &[$($reply),+],
                data: $crate::rows::row::rows!(@optional $($data)?),
                family: $crate::rows::row::rows!(@optional $($crate::servers::Family::$family)?),
            },
        )+)+];
    };
}
pub(crate) use rows;
