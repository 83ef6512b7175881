//! What a server says that it can do: the reply to FEAT (RFC 2389, 3).

use super::parse::middle_lines;
use crate::proto::Reply;

/// The features of a server, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Features(Vec<String>);

impl Features {
    /// The middle lines of `reply`, which some servers do not indent.
    pub(super) fn of(reply: &Reply) -> Self {
        let code = format!("{}-", reply.code());
        Self(
            middle_lines(reply)
                .map(|line| line.strip_prefix(&code).unwrap_or(line).trim().to_owned())
                .filter(|line| !line.is_empty())
                .collect(),
        )
    }

    /// Each line, such as `REST STREAM`.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether the feature with this name, in any case, is there.
    pub fn has(&self, name: &str) -> bool {
        self.parameter(name).is_some()
    }

    /// What stands behind the name of a feature, such as the facts behind `MLST`; empty where nothing does.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.iter().find_map(|line| {
            let (own, parameter) = line.split_once(' ').unwrap_or((line, ""));
            own.eq_ignore_ascii_case(name).then_some(parameter)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_found_however_they_are_indented() {
        for text in [
            "211-Features:\n MDTM\n MLST size*;type*;\n211 End",
            "211-Features:\nMDTM\nMLST size*;type*;\n211 End",
            "211-Features:\n211-MDTM\n211-mlst size*;type*;\n211 End",
        ] {
            let features = Features::of(&text.parse().unwrap());
            assert_eq!(features.iter().count(), 2, "{text}");
            assert!(features.has("mdtm"));
            assert_eq!(features.parameter("MLST"), Some("size*;type*;"));
            assert!(!features.has("End") && !features.has("Features:"));
        }
        assert_eq!(Features::of(&"211 No features.".parse().unwrap()), Features::default());
    }
}
