//! What happened that is no text: the `-- event` lines.

use std::fmt;

use super::line::Ending;
use super::notation::{self, Misread, Notated};
use super::text::Text;

/// What happened on a session's connections that is neither a line nor data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Event {
    /// `tls control`: the control connection is encrypted from here.
    TlsControl,
    /// `tls control failed: REASON`: no TLS on the control connection, after the client asked for it.
    TlsControlFailed(Text),
    /// `tls data failed: REASON`: no TLS on a data connection that needed it.
    TlsDataFailed(Text),
    /// `server closed`: the server closed the control connection; after a 221 it goes without saying.
    ServerClosed,
    /// `control reset`: the server reset the control connection.
    ControlReset,
    /// `client closed`: the client closed the control connection without QUIT, in whatever way.
    ClientClosed,
    /// `reset data`: the server reset the data connection.
    ResetData,
    /// `data interrupted`: neither the server nor a script ended the transfer, so its length would be chance.
    DataInterrupted,
    /// `delay 250ms`: a script held something back.
    Delay {
        /// For how long, in milliseconds.
        milliseconds: u64,
    },
    /// `unfinished command`: what the client sent last is no whole line, so no reply can come.
    UnfinishedCommand,
    /// `session still open`: the transcript was taken before the session ended.
    SessionStillOpen,
    /// `transfer still open`: the transcript was taken before the transfer ended.
    TransferStillOpen,
    /// `recording cut`: what followed was not recorded any more, for want of memory
    /// ([`Record::memory_limit`](super::Record::memory_limit)); only the session's end was.
    RecordingCut,
    /// An event of another writer, kept as it is.
    Unknown(UnknownEvent),
}

/// The text of an event that is none of ours; only parsing makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnknownEvent(String);

impl UnknownEvent {
    /// What stands behind the `-- `.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The connection on which there is no TLS; why is a text, which may be a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TlsFailed {
    Control,
    Data,
}

impl TlsFailed {
    /// What stands before the reason.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Control => "tls control failed:",
            Self::Data => "tls data failed:",
        }
    }

    /// The event with its reason.
    pub(crate) fn because_of(self, reason: Text) -> Event {
        match self {
            Self::Control => Event::TlsControlFailed(reason),
            Self::Data => Event::TlsDataFailed(reason),
        }
    }

    /// Reads it and its reason; `None` for another event.
    pub(crate) fn read<T: Notated>(source: &str) -> Option<Result<(Self, T), Misread>> {
        [Self::Control, Self::Data].into_iter().find_map(|failed| {
            let reason = source.strip_prefix(failed.as_str())?;
            Some(read_reason(source, reason).map(|reason| (failed, reason)))
        })
    }

    fn write(self, f: &mut fmt::Formatter<'_>, reason: &Text) -> fmt::Result {
        f.write_str(self.as_str())?;
        if reason.is_empty() { Ok(()) } else { write!(f, " {reason}") }
    }
}

impl Event {
    /// The events that have no argument.
    const PLAIN: [Self; 10] = [
        Self::TlsControl,
        Self::ServerClosed,
        Self::ControlReset,
        Self::ClientClosed,
        Self::ResetData,
        Self::DataInterrupted,
        Self::UnfinishedCommand,
        Self::SessionStillOpen,
        Self::TransferStillOpen,
        Self::RecordingCut,
    ];

    /// Whether the control connection is gone with it.
    pub fn ends_session(&self) -> bool {
        matches!(self, Self::ServerClosed | Self::ControlReset | Self::ClientClosed)
    }

    /// Reads what stands behind `-- `.
    pub(crate) fn read(source: &str) -> Result<Self, Misread> {
        if let Some(event) = Self::PLAIN.into_iter().find(|event| event.to_string() == source) {
            return Ok(event);
        }
        if let Some(read) = TlsFailed::read(source) {
            return read.map(|(failed, reason)| failed.because_of(reason));
        }
        if let Some(duration) = source.strip_prefix("delay ") {
            return match duration.strip_suffix("ms").and_then(|number| number.parse().ok()) {
                Some(milliseconds) => Ok(Self::Delay { milliseconds }),
                None => Err(Misread { offset: 6, expected: "a duration such as 250ms".into() }),
            };
        }
        if source.is_empty() {
            return Err(Misread { offset: 0, expected: "an event".into() });
        }
        Ok(Self::Unknown(UnknownEvent(source.to_owned())))
    }
}

/// The reason at the end of `source`.
fn read_reason<T: Notated>(source: &str, reason: &str) -> Result<T, Misread> {
    let reason = reason.strip_prefix(' ').unwrap_or(reason);
    let offset = source.len() - reason.len();
    match notation::read(reason) {
        Ok((text, Ending::Implied)) => Ok(text),
        Ok(_) => Err(Misread { offset: source.len() - 2, expected: "a reason without \\n or \\c".into() }),
        Err(misread) => Err(Misread { offset: offset + misread.offset, ..misread }),
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TlsControl => "tls control",
            Self::TlsControlFailed(reason) => return TlsFailed::Control.write(f, reason),
            Self::TlsDataFailed(reason) => return TlsFailed::Data.write(f, reason),
            Self::ServerClosed => "server closed",
            Self::ControlReset => "control reset",
            Self::ClientClosed => "client closed",
            Self::ResetData => "reset data",
            Self::DataInterrupted => "data interrupted",
            Self::Delay { milliseconds } => return write!(f, "delay {milliseconds}ms"),
            Self::UnfinishedCommand => "unfinished command",
            Self::SessionStillOpen => "session still open",
            Self::TransferStillOpen => "transfer still open",
            Self::RecordingCut => "recording cut",
            Self::Unknown(event) => event.as_str(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_is_read_from_its_text() {
        let with_argument = [
            Event::Delay { milliseconds: 250 },
            Event::TlsDataFailed(Text::literal("no session reuse\n ")),
            Event::TlsDataFailed(Text::new()),
            Event::TlsControlFailed(Text::literal("unknown ca")),
            Event::TlsControlFailed(Text::new()),
            Event::Unknown(UnknownEvent("moon phase: full".to_owned())),
        ];
        for event in Event::PLAIN.into_iter().chain(with_argument) {
            assert_eq!(Event::read(&event.to_string()).unwrap(), event);
        }
    }

    #[test]
    fn a_known_event_with_a_wrong_argument_is_refused() {
        for source in ["delay 1h", "delay ms", "delay 2", r"tls data failed: \q", r"tls data failed: a\c", ""]
        {
            assert!(Event::read(source).is_err(), "{source}");
        }
    }
}
