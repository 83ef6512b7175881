//! Transcripts: what went over the wire, as values and as the text that people read. No I/O, no tokio, no clock.
//!
//! A [`Transcript`] is parsed from the `.ftp` notation and printed in it, without loss either way:
//!
//! ```text
//! # ftp-transcript 1
//!
//! == session 1
//! S> 220 ftp-fixture ready.
//! C> USER alice
//! S> 331 Password required.
//! C> PASS [PASSWORD]
//! S> 230 Logged in.
//! C> RETR hello.txt
//! S> 150 Opening data connection.
//! -- data passive
//! D> hello
//! S> 226 Transfer complete.
//! C> QUIT
//! S> 221 Goodbye.
//! ```
//!
//! | Line | Meaning |
//! |---|---|
//! | `# text` | a [`Comment`]; as the first line of a file, the version |
//! | `== session N label` | a control connection begins; the [`Label`] may be left out |
//! | `C> text` | a [`Command`] line, CRLF implied |
//! | `S> text` | one physical [`ReplyLine`], CRLF implied |
//! | `-- data passive ascii tls` | a [`DataConnection`]; `active` for `passive`, the two flags may be left out |
//! | `D> text`, `D< text` | [`Data`] to the client, to the server |
//! | `D> \@ sha256:HEX LENGTH` | data that are too long to be shown, or no text; without `sha256:HEX` where they are very long |
//! | `-- event` | an [`Event`]: what is no text |
//!
//! | Event | Meaning |
//! |---|---|
//! | `tls control` | the control connection is encrypted from here |
//! | `tls control failed: REASON`, `tls data failed: REASON` | a connection that was to be encrypted could not be |
//! | `server closed`, `client closed`, `control reset` | how the control connection ended; not said where QUIT was answered |
//! | `reset data`, `data interrupted` | a transfer did not come to its end: the server reset it, or nobody ended it |
//! | `delay 250ms` | a script held something back |
//! | `unfinished command` | what the client sent last is no whole line |
//! | `session still open`, `transfer still open` | the transcript was taken before the end |
//! | `recording cut` | for want of memory, nothing was recorded from here on but how the session ended |
//!
//! Escapes in text are `\\`, `\t`, `\r`, `\xHH` and `\[`; at the end of a line `\n` says that a bare LF ended it,
//! and `\c` that nothing did. `[PORT]` and its like are [`Hole`]s.
//!
//! [`Transcript::exchanges`], [`Transcript::transfers`], [`Transcript::session`] and their like give a test the part that it is
//! about.
//! An [`Expectation`] is written in the same notation, with gaps in it: `...` for any lines, `[..]` for any text, and
//! `C? text` for an exchange that may be absent; a command line with nothing below it accepts whatever answer. A
//! transcript is held against one with [`Transcript::matches`], and the [`Mismatch`] says where they part.
//!
//! [`Record`] says how much of it all a server keeps, and [`SessionOrder`], [`HoleRule`] and [`Label`] how that is shown.
//!
//! # JSON
//!
//! With the feature `serde`, a [`Transcript`] is serialised for tools, with the times and lengths of its
//! [measures](Session::measures), and read from that again. Bytes that were kept of payloads are not in it.
//!
//! ```json
//! {
//!   "version": 1,
//!   "comments": ["upstream: none"],
//!   "sessions": [{ "number": 1, "label": "uploader", "items": [
//!     { "kind": "reply", "code": 220, "text": "220 Ready.", "at_us": 112 },
//!     { "kind": "command", "text": "STOR a.txt", "at_us": 950 },
//!     { "kind": "reply", "code": 150, "text": "150 Opening data connection.", "at_us": 987 },
//!     { "kind": "transfer", "mode": "passive", "ascii": false, "tls": false, "direction": "to-server", "length": 3, "at_us": 990 },
//!     { "kind": "data", "direction": "to-server", "lines": ["a", "b\c"], "length": 3, "sha256": "…", "at_us": 1203 },
//!     { "kind": "event", "text": "client closed", "at_us": 1310 },
//!     { "kind": "comment", "text": "It did not wait for the 226." }
//!   ] }]
//! }
//! ```
//!
//! * `text` and `lines` are in the notation, as they stand behind the marks of the lines.
//! * `at_us` counts microseconds from the server's start; it is missing where no time is known.
//! * `direction` is `to-client` or `to-server`, `mode` is `passive` or `active`.
//! * A transfer's `length` is the number of bytes that went, also when it was interrupted; it is missing while the
//!   transfer goes on.
//! * Data that are not shown have no `lines`; where no digest was taken, there is no `sha256`. Of data with a hole in
//!   them there is neither `length` nor `sha256`.
//! * `comments`, `label` and `code` are missing where there are none.

mod alignment;
mod arrangement;
mod command_holes;
mod commands;
mod comment;
mod comparison;
mod correspondence;
mod data_connection;
mod diagnosis;
mod event;
mod exchange;
mod exchanges;
mod expectation;
mod filling;
mod findings;
mod grouping;
mod heading;
mod hole;
mod hole_grammar;
mod hole_rule;
#[cfg(feature = "serde")]
mod json;
mod label;
mod line;
mod line_time;
mod measure;
mod memory;
mod mismatch;
mod mismatch_report;
mod notation;
mod parse_error;
mod parser;
mod pattern;
mod payload;
mod payload_digest;
mod payload_recorder;
mod record;
mod recording;
#[cfg(test)]
mod recording_tests;
mod secret_left;
mod secret_search;
mod secrets;
mod session;
mod shaping;
mod standing;
mod text;
#[expect(clippy::module_inception, reason = "the file is named after the type in it")]
mod transcript;
mod transfer;
mod views;
mod written_line;
mod written_session;

pub(crate) use arrangement::Arrangement;
pub use arrangement::SessionOrder;
pub use commands::Commands;
pub use comment::{Comment, CommentError};
pub use data_connection::{DataConnection, DataMode};
pub use event::{Event, UnknownEvent};
pub use exchange::Exchange;
pub use exchanges::Exchanges;
pub use expectation::Expectation;
pub use filling::UnfilledHole;
pub use hole::{Hole, HoleError, UserHole};
pub use hole_rule::{HoleRule, HoleRuleError};
pub use label::{Label, LabelError};
pub use line::{Command, Ending, ReplyLine};
pub(crate) use line_time::LineTime;
pub use measure::Measure;
pub use mismatch::{Mismatch, MismatchKind};
pub use parse_error::ParseError;
pub use payload::{Data, Direction, Payload};
pub use payload_digest::{PayloadDigest, PayloadDigestError};
pub(crate) use payload_recorder::PayloadRecorder;
pub use record::{Record, RecordError};
pub(crate) use recording::{Recording, WireEvent};
pub use secret_left::SecretLeft;
pub use session::{Item, Session};
pub use text::{Piece, Text};
pub use transcript::Transcript;
pub use transfer::{Transfer, Transfers};
