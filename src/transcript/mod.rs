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
//! | `-- data passive ascii tls` | a [`Transfer`]; `active` for `passive`, the two flags may be left out |
//! | `D> text`, `D< text` | [`Data`] to the client, to the server |
//! | `-- event` | an [`Event`]: what is no text |
//!
//! Escapes in text are `\\`, `\t`, `\r`, `\xHH` and `\[`; at the end of a line `\n` says that a bare LF ended it,
//! and `\c` that nothing did. `[PORT]` and its like are [`Hole`]s.
//!
//! [`Recording`] makes a transcript of what the connections report, and [`PayloadRecorder`] decides how much of a
//! transfer it shows.

mod alignment;
mod command_holes;
mod comment;
mod comparison;
mod correspondence;
mod diagnosis;
mod event;
mod expectation;
mod filling;
mod hole;
mod hole_grammar;
mod label;
mod line;
mod mismatch;
mod mismatch_report;
mod notation;
mod parse_error;
mod parser;
mod pattern;
mod payload;
mod payload_digest;
mod payload_recorder;
mod recording;
mod session;
mod shaping;
mod text;
#[expect(clippy::module_inception, reason = "the file is named after the type in it")]
mod transcript;
mod transfer;
mod written_line;
mod written_session;

pub use comment::{Comment, CommentError};
pub use event::{Event, UnknownEvent};
pub use expectation::Expectation;
pub use filling::UnfilledHole;
pub use hole::{Hole, HoleError, UserHole};
pub use label::{Label, LabelError};
pub use line::{Command, Ending, ReplyLine};
pub use mismatch::{Mismatch, MismatchKind};
pub use parse_error::ParseError;
pub use payload::{Data, Direction, Payload};
pub use payload_digest::{PayloadDigest, PayloadDigestError};
pub use payload_recorder::{PayloadPolicy, PayloadRecorder};
pub use recording::{Recording, WireEvent};
pub use session::{Item, Session};
pub use text::{Piece, Text};
pub use transcript::Transcript;
pub use transfer::{DataMode, Transfer};
