//! The search of what is printed for the passwords that were sent, before anybody else sees it.

use std::fmt;

use memchr::memmem;

use super::heading::Heading;
use super::label::Label;
use super::payload::{Data, Payload};
use super::secret_left::{Place, SecretLeft};
use super::secrets::{SharedSecret, SharedSecrets};
use super::session::{Item, write_items};
use super::text::{Piece, Text};
use crate::proto::Secret;

/// Items of one session, printed one below the other.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) heading: &'a Heading,
    /// Whether the session's header is printed above them, and a blank line above that.
    pub(super) with_header: bool,
    pub(super) items: Vec<&'a Item>,
}

/// Searches parts that are printed one below the other, with so many lines above the first.
pub(super) fn search<'a>(
    lines_above: usize,
    parts: impl IntoIterator<Item = Part<'a>>,
) -> Result<(), SecretLeft> {
    let mut line = lines_above;
    for part in parts {
        let blank_lines = usize::from(part.with_header && line > 0);
        match part.find() {
            Some((secret, at)) => {
                let session = part.heading.number;
                let found = Place { session, line: line + blank_lines + at + 1, text: part.masked_line(at) };
                return Err(SecretLeft::new(found, secret.sent_in(&part.heading.secrets)));
            }
            None => line += blank_lines + part.line_count(),
        }
    }
    Ok(())
}

/// Searches texts that are printed one a line.
pub(super) fn search_texts<'a>(
    texts: impl IntoIterator<Item = (&'a Heading, &'a Text)>,
) -> Result<(), SecretLeft> {
    for (line, (heading, text)) in (1..).zip(texts) {
        let secrets = &heading.secrets;
        if let Some(secret) = secrets.iter().find(|secret| text.line_of(&secret.bytes).is_some()) {
            let text = masked(text, secrets).to_string();
            let found = Place { session: heading.number, line, text };
            return Err(SecretLeft::new(found, secret.sent_in(secrets)));
        }
    }
    Ok(())
}

impl<'a> Part<'a> {
    /// The first secret in it, and in which of its lines, counted from 0.
    fn find(&self) -> Option<(&'a SharedSecret, usize)> {
        let mut line = 0;
        let heading: &'a Heading = self.heading;
        let secrets = &heading.secrets;
        if secrets.is_empty() {
            return None;
        }
        if self.with_header {
            let in_label = |secret: &&SharedSecret| {
                let label = heading.label.as_ref().map(Label::as_str).unwrap_or_default();
                memmem::find(label.as_bytes(), &secret.bytes).is_some()
            };
            if let Some(secret) = secrets.iter().find(in_label) {
                return Some((secret, line));
            }
            line += 1;
        }
        for item in &self.items {
            let found = secrets.iter().find_map(|secret| Some((secret, find_in_item(item, &secret.bytes)?)));
            if let Some((secret, at)) = found {
                return Some((secret, line + at));
            }
            line += line_count(item);
        }
        None
    }

    fn line_count(&self) -> usize {
        usize::from(self.with_header) + self.items.iter().map(|item| line_count(item)).sum::<usize>()
    }

    /// One of its lines as it is printed, with a mask in the place of every secret.
    fn masked_line(&self, line: usize) -> String {
        let Heading { number, label, secrets, .. } = self.heading;
        let label = label.as_ref().map(|label| {
            let known = secrets.iter().filter_map(|secret| std::str::from_utf8(&secret.bytes).ok());
            known.fold(format!(" {label}"), |label, secret| label.replace(secret, Secret::MASK))
        });
        let header = format!("== session {number}{}\n", label.unwrap_or_default());
        let mut items: Vec<Item> = self.items.iter().copied().cloned().collect();
        for text in items.iter_mut().filter_map(Item::text_mut) {
            *text = masked(text, secrets);
        }
        let printed = Printed(if self.with_header { &header } else { "" }, &items).to_string();
        printed.lines().nth(line).unwrap_or_default().to_owned()
    }
}

/// A text with a mask in the place of every secret.
pub(super) fn masked(text: &Text, secrets: &SharedSecrets) -> Text {
    let mut masked = text.clone();
    let mask = Piece::Literal(Secret::MASK.into());
    for secret in secrets.iter() {
        let places = |bytes: &[u8]| {
            let starts = memmem::find_iter(bytes, &secret.bytes);
            starts.map(|start| start..start + secret.bytes.len()).collect()
        };
        masked.replace(places, &mask);
    }
    masked
}

/// A header, and items below it.
struct Printed<'a>(&'a str, &'a [Item]);

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        write_items(f, self.1)
    }
}

/// In which of the item's lines `secret` stands, counted from 0.
fn find_in_item(item: &Item, secret: &[u8]) -> Option<usize> {
    match item {
        Item::Command(command) => command.text.line_of(secret),
        Item::Reply(line) => line.text.line_of(secret),
        Item::Data(Data { payload: Payload::Inline(text), .. }) => text.line_of(secret),
        Item::Data(Data { payload, .. }) => {
            payload.bytes().and_then(|bytes| memmem::find(bytes, secret)).map(|_| 0)
        }
        _ => None,
    }
}

fn line_count(item: &Item) -> usize {
    match item {
        Item::Data(data) => data.payload.line_count(),
        _ => 1,
    }
}
