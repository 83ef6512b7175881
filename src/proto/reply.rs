//! Replies: a code of three digits, and lines of text (RFC 959, 4.2).
//!
//! Which reply says what is not known here, nor how one is found in a stream: that is the
//! [`ReplyDecoder`](super::ReplyDecoder)'s.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::reply_code::ReplyCode;
use super::reply_decoder::{ReplyDecodeError, ReplyDecoder};

/// A reply of one line or more.
///
/// In the texts it is built from, every control character is replaced by `?`, so that no pathname can end a line. A
/// reply that was received keeps its text as it came; what is not UTF-8 in it is U+FFFD.
///
/// ```
/// use ftp_fixture::proto::Reply;
///
/// let reply = Reply::multi_line(211, "Features:", [" MDTM".to_owned()], "End.");
/// assert_eq!(reply.to_string(), "211-Features:\n MDTM\n211 End.");
/// assert_eq!(reply.to_string().parse(), Ok(reply));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reply {
    code: ReplyCode,
    first: Text,
    /// The middle lines and the last; empty when the reply has one line.
    rest: Vec<Text>,
}

type Text = Cow<'static, str>;

impl Reply {
    /// A reply of one line.
    ///
    /// # Panics
    /// When `code` is no [`ReplyCode`].
    #[track_caller]
    pub fn new(code: u16, text: impl Into<Text>) -> Self {
        Self { code: valid(code), first: printable(text.into()), rest: Vec::new() }
    }

    /// A reply of two lines or more.
    ///
    /// The middle lines are sent as they are, without the code. One that would end the reply, because it begins as
    /// the last line does, gets a space before it.
    ///
    /// # Panics
    /// When `code` is no [`ReplyCode`].
    #[track_caller]
    pub fn multi_line(
        code: u16,
        first: impl Into<Text>,
        middle: impl IntoIterator<Item = String>,
        last: impl Into<Text>,
    ) -> Self {
        let code = valid(code);
        let middle = middle.into_iter().map(|line| match printable(line.into()) {
            line if Head::of(line.as_bytes()).is_some_and(|head| head.ends(code)) => {
                format!(" {line}").into()
            }
            line => line,
        });
        let rest = middle.chain([printable(last.into())]).collect();
        Self { code, first: printable(first.into()), rest }
    }

    /// The reply made of lines as they were received; `rest` is empty, or ends with the last line.
    pub(super) fn received(code: ReplyCode, first: String, rest: Vec<String>) -> Self {
        Self { code, first: first.into(), rest: rest.into_iter().map(Cow::from).collect() }
    }

    /// Its code.
    pub fn code(&self) -> ReplyCode {
        self.code
    }

    /// The texts of its lines: the first and the last without the code before them, the middle ones whole.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &str> {
        std::iter::once(&self.first).chain(&self.rest).map(AsRef::as_ref)
    }

    /// Whether it has more than one line.
    pub fn is_multi_line(&self) -> bool {
        !self.rest.is_empty()
    }

    /// Appends its bytes, each line with its CRLF, to `out`.
    pub fn encode(&self, out: &mut Vec<u8>) {
        self.for_each_line(|prefix, text| {
            out.extend_from_slice(prefix.as_bytes());
            out.extend_from_slice(text.as_bytes());
            out.extend_from_slice(b"\r\n");
        });
    }

    /// Gives `line` what stands before each line's text, and the text.
    fn for_each_line(&self, mut line: impl FnMut(&str, &str)) {
        let last_prefix = format!("{} ", self.code);
        match self.rest.split_last() {
            None => line(&last_prefix, &self.first),
            Some((last, middle)) => {
                line(&format!("{}-", self.code), &self.first);
                middle.iter().for_each(|text| line("", text));
                line(&last_prefix, last);
            }
        }
    }
}

impl fmt::Display for Reply {
    /// Prints its lines as they are sent, with a line feed between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.for_each_line(|prefix, line| {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(prefix);
            text.push_str(line);
        });
        f.write_str(&text)
    }
}

impl FromStr for Reply {
    type Err = ReplyDecodeError;

    /// Reads the lines of exactly one reply.
    fn from_str(text: &str) -> Result<Self, ReplyDecodeError> {
        let not_one_reply = || ReplyDecodeError::NotAReply(text.as_bytes().to_vec());
        let mut decoder = ReplyDecoder::new(text.len());
        decoder.buffer(text.as_bytes());
        decoder.buffer(b"\n");
        let reply = decoder.next_reply().ok_or_else(not_one_reply)??;
        if decoder.is_empty() { Ok(reply) } else { Err(not_one_reply()) }
    }
}

/// How a line begins that carries a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) code: ReplyCode,
    /// Whether `-` follows the code, so that more lines follow this one.
    pub(super) continues: bool,
}

impl Head {
    /// How many bytes it takes, where there are as many: the code and the character after it.
    pub(super) const LEN: usize = 4;

    /// The code that `line` begins with; `None` when it begins with none, or with more than one can be.
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        let (digits, after) = line.split_first_chunk()?;
        let code = ReplyCode::from_digits(*digits)?;
        match after.first() {
            Some(b'-') => Some(Self { code, continues: true }),
            // RFC 959 wants a space; some servers send a tab, or nothing after the code.
            None | Some(b' ' | b'\t') => Some(Self { code, continues: false }),
            Some(_) => None,
        }
    }

    /// Whether its line is the last of a reply with this code.
    pub(super) fn ends(self, code: ReplyCode) -> bool {
        self.code == code && !self.continues
    }
}

#[track_caller]
fn valid(code: u16) -> ReplyCode {
    let Some(code) = ReplyCode::new(code) else { panic!("{code} is no reply code; use one from 100 to 659") };
    code
}

/// `text` with `?` for each control character, as in listings.
fn printable(text: Text) -> Text {
    if text.contains(char::is_control) {
        return text.replace(char::is_control, "?").into();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    fn encoded(reply: &Reply) -> String {
        let mut bytes = Vec::new();
        reply.encode(&mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn no_text_brings_a_control_character_of_either_set() {
        assert_eq!(Reply::new(550, "a\r\nb\u{9b}c\x7f").to_string(), "550 a??b?c?");
    }

    #[test]
    fn one_line_has_the_code_and_a_space() {
        assert_eq!(encoded(&Reply::new(220, "ready.")), "220 ready.\r\n");
        assert_eq!(encoded(&Reply::new(220, "")), "220 \r\n");
    }

    #[test]
    fn more_lines_have_the_code_in_the_first_and_the_last() {
        let reply = Reply::multi_line(211, "Features:", [" MDTM".to_owned(), "TVFS".to_owned()], "End.");
        assert_eq!(encoded(&reply), "211-Features:\r\n MDTM\r\nTVFS\r\n211 End.\r\n");
        assert_eq!(reply.lines().collect::<Vec<_>>(), ["Features:", " MDTM", "TVFS", "End."]);
        assert_eq!(encoded(&Reply::multi_line(220, "a", [], "")), "220-a\r\n220 \r\n");
    }

    #[test]
    fn no_text_can_end_a_line() {
        assert_eq!(encoded(&Reply::new(550, "a\r\n226 b\0\x7F\x1B\t")), "550 a??226 b????\r\n");
        let reply = Reply::multi_line(213, "a\n", ["b\r\n213 c".to_owned()], "d\n");
        assert_eq!(encoded(&reply), "213-a?\r\nb??213 c\r\n213 d?\r\n");
    }

    #[test]
    fn no_middle_line_can_end_the_reply() {
        let middle = ["213", "213 a", "213-a", "2131", "212 a"].map(str::to_owned);
        assert_eq!(
            encoded(&Reply::multi_line(213, "", middle, "")),
            "213-\r\n 213\r\n 213 a\r\n213-a\r\n2131\r\n212 a\r\n213 \r\n"
        );
    }

    #[test]
    fn a_text_of_more_or_less_than_one_reply_is_none() {
        for text in ["", "hello", "99 a", "220-a", "220-a\nb", "220 a\n221 b", "220 a\nb", "999 a", "220 a\n"]
        {
            let error = ReplyDecodeError::NotAReply(text.as_bytes().to_vec());
            assert_eq!(text.parse::<Reply>(), Err(error), "{text:?}");
        }
        assert_eq!("450 Busy.".parse(), Ok(Reply::new(450, "Busy.")));
    }

    #[test]
    #[should_panic(expected = "660 is no reply code")]
    fn a_code_that_is_none_panics() {
        let _ = Reply::new(660, "");
    }

    proptest! {
        #[test]
        fn print_and_parse_are_inverses(
            code in 100u16..=659,
            first in any::<String>(),
            middle in collection::vec("([1-6]|100|200-|\\PC){0,6}", 0..5),
            last in any::<String>(),
        ) {
            let reply = Reply::multi_line(code, first.clone(), middle, last);
            prop_assert_eq!(reply.to_string().parse(), Ok(reply));
            let reply = Reply::new(code, first);
            prop_assert_eq!(reply.to_string().parse(), Ok(reply));
        }

        #[test]
        fn what_was_parsed_survives_print_and_parse(text in "(100|200|-| |\n|\r|a){0,12}") {
            if let Ok(reply) = text.parse::<Reply>() {
                prop_assert!(text.starts_with(&reply.code().to_string()));
                prop_assert_eq!(reply.to_string().parse(), Ok(reply));
            }
        }
    }
}
