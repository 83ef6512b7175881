//! Transcripts as JSON, for tools: what is printed, and the times and lengths that are not. Feature `serde`.

use std::time::Duration;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::comment::Comment;
use super::data_connection::{DataConnection, DataMode};
use super::label::Label;
use super::line::Ending;
use super::measure::Measure;
use super::notation;
use super::parser;
use super::payload::{Data, Direction, Payload};
use super::payload_digest::PayloadDigest;
use super::session::{DataContext, Item, Session};
use super::text::Text;
use super::transcript::{Transcript, VERSION};

#[derive(Serialize, Deserialize)]
struct JsonTranscript {
    version: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<String>,
    sessions: Vec<JsonSession>,
}

#[derive(Serialize, Deserialize)]
struct JsonSession {
    number: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    items: Vec<JsonItem>,
}

#[derive(Serialize, Deserialize)]
struct JsonItem {
    #[serde(flatten)]
    what: What,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_us: Option<u64>,
}

/// An item by its kind. What is only there for tools (`code`, a transfer's `direction`, the digest of data that are
/// shown) is not read.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum What {
    Command {
        text: String,
    },
    Reply {
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<u16>,
        text: String,
    },
    Transfer {
        mode: DataMode,
        ascii: bool,
        tls: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        direction: Option<Direction>,
        #[serde(skip_serializing_if = "Option::is_none")]
        length: Option<u64>,
    },
    Data {
        direction: Direction,
        #[serde(skip_serializing_if = "Option::is_none")]
        lines: Option<Vec<String>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        length: Option<u64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        sha256: Option<String>,
    },
    Event {
        text: String,
    },
    Comment {
        text: String,
    },
}

impl Serialize for Transcript {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.check_secrets().map_err(S::Error::custom)?;
        let comments = self.comments().iter().map(|comment| comment.as_str().to_owned()).collect();
        let sessions = self.sessions().iter().map(write_session).collect();
        JsonTranscript { version: VERSION, comments, sessions }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Transcript {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = JsonTranscript::deserialize(deserializer)?;
        if json.version != VERSION {
            return Err(D::Error::custom(format_args!(
                "a transcript of version {}; this ftp-fixture reads version {VERSION}",
                json.version
            )));
        }
        let mut transcript = Self::new();
        for comment in &json.comments {
            transcript.push_comment(Comment::new(comment).map_err(D::Error::custom)?);
        }
        for (index, session) in json.sessions.into_iter().enumerate() {
            if session.number != index + 1 {
                return Err(D::Error::custom(format_args!(
                    "session {} where session {} was expected",
                    session.number,
                    index + 1
                )));
            }
            transcript.push_session(read_session(session).map_err(D::Error::custom)?);
        }
        Ok(transcript)
    }
}

fn write_session(session: &Session) -> JsonSession {
    let mut context = DataContext::new();
    let mut command_direction = None;
    let mut items = Vec::with_capacity(session.items().len());
    for (index, (item, measure)) in session.measured().enumerate() {
        if let Item::Command(command) = item
            && let Some(direction) = command.direction()
        {
            command_direction = Some(direction);
        }
        let what = match item {
            Item::Command(command) => {
                let ending = if command.terminated { Ending::Implied } else { Ending::Unterminated };
                What::Command { text: written(&command.text, ending) }
            }
            Item::Reply(line) => {
                What::Reply { code: reply_code(&line.text), text: written(&line.text, line.ending) }
            }
            Item::DataConnection(connection) => {
                let shown = session.items()[index + 1..].iter().find_map(|item| match item {
                    Item::Data(data) => Some(Some(data.direction)),
                    Item::DataConnection(_) => Some(None),
                    _ => None,
                });
                What::Transfer {
                    mode: connection.mode,
                    ascii: connection.ascii,
                    tls: connection.tls,
                    direction: shown.flatten().or(command_direction),
                    length: measure.length,
                }
            }
            Item::Data(data) => write_data(data, context),
            Item::Event(event) => What::Event { text: event.to_string() },
            Item::Comment(comment) => What::Comment { text: comment.as_str().to_owned() },
        };
        context.pass(item);
        let at_us = measure.at.map(|at| u64::try_from(at.as_micros()).unwrap_or(u64::MAX));
        items.push(JsonItem { what, at_us });
    }
    let label = session.label().map(|label| label.as_str().to_owned());
    JsonSession { number: session.number(), label, items }
}

fn write_data(data: &Data, context: DataContext) -> What {
    let direction = data.direction;
    let length = data.payload.length();
    match &data.payload {
        Payload::Inline(text) => What::Data {
            direction,
            lines: Some(data.lines(context.line_end)),
            length,
            sha256: text.as_literal().map(|bytes| PayloadDigest::of(bytes).hex()),
        },
        Payload::Digest(digest) => What::Data { direction, lines: None, length, sha256: Some(digest.hex()) },
        Payload::Length(_) => What::Data { direction, lines: None, length, sha256: None },
    }
}

fn read_session(json: JsonSession) -> Result<Session, String> {
    let label = json.label.as_deref().map(Label::new).transpose().map_err(|error| error.to_string())?;
    let mut session = Session::new(label);
    let mut context = DataContext::new();
    for (index, JsonItem { what, at_us }) in json.items.into_iter().enumerate() {
        let mut measure = Measure { at: at_us.map(Duration::from_micros), ..Measure::default() };
        if let What::Transfer { length, .. } = what {
            measure.length = length;
        }
        let items = read_items(what, context)
            .map_err(|why| format!("session {}, item {}: {why}", json.number, index + 1))?;
        for item in items {
            context.pass(&item);
            session.push_measured(item, measure);
        }
    }
    Ok(session)
}

/// The items of one in JSON: the lines of data are several, which [`Session::push`] joins.
fn read_items(what: What, context: DataContext) -> Result<Vec<Item>, String> {
    let line = |mark: &str, text: &str| {
        let line = format!("{mark} {text}");
        if line.contains('\n') {
            return Err("expected one line; LF inside it is \\x0A".to_owned());
        }
        parser::read_item(line.trim_end(), context.line_end)
            .map_err(|misread| format!("expected {}", misread.expected))
    };
    Ok(vec![match what {
        What::Command { text } => line("C>", &text)?,
        What::Reply { text, .. } => line("S>", &text)?,
        What::Event { text } => match line("--", &text)? {
            item @ Item::Event(_) => item,
            _ => return Err("expected an event".to_owned()),
        },
        What::Comment { text } => Item::Comment(Comment::new(&text).map_err(|error| error.to_string())?),
        What::Transfer { mode, ascii, tls, .. } => Item::DataConnection(DataConnection { mode, ascii, tls }),
        What::Data { direction, lines: Some(lines), .. } => {
            let mark = direction.mark();
            let shown = |text: &String| match line(mark, text)? {
                item @ Item::Data(Data { payload: Payload::Inline(_), .. }) => Ok(item),
                _ => Err("expected data themselves in lines".to_owned()),
            };
            return lines.iter().map(shown).collect();
        }
        What::Data { direction, length: Some(length), sha256, .. } => {
            let payload = match sha256 {
                Some(hex) => Payload::Digest(
                    format!("sha256:{hex} {length}")
                        .parse()
                        .map_err(|_| "expected 64 hexadecimal digits in sha256".to_owned())?,
                ),
                None => Payload::Length(length),
            };
            Item::Data(Data { direction, payload })
        }
        What::Data { .. } => return Err("expected lines, or a length".to_owned()),
    }])
}

fn written(text: &Text, ending: Ending) -> String {
    let mut written = String::new();
    // Writing to a string cannot fail.
    let _ = notation::write(&mut written, text, ending);
    written
}

/// The code that a reply's line starts with.
fn reply_code(text: &Text) -> Option<u16> {
    let (code, rest) = text.start().split_first_chunk::<3>()?;
    let ends = matches!(rest.first(), None | Some(b' ' | b'-'));
    let digits = code.iter().all(u8::is_ascii_digit);
    (digits && ends).then(|| code.iter().fold(0, |code, digit| 10 * code + u16::from(digit - b'0')))
}
