//! The lines of MLSD and MLST: facts and a name (RFC 3659, 7.2).

/// A name, and what the server says of it.
///
/// ```
/// use ftp_fixture::client::FactLine;
///
/// let line = FactLine::parse("Type=file;Size=6; hello world.txt").unwrap();
/// assert_eq!((line.name(), line.fact("size"), line.fact("modify")), ("hello world.txt", Some("6"), None));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FactLine {
    name: String,
    facts: Vec<(String, String)>,
}

impl FactLine {
    /// Reads a line without its end; `None` when there is no blank between facts and name.
    ///
    /// The last fact may lack its `;`, as with some servers, and no name is changed, whatever blanks it begins with.
    pub fn parse(line: &str) -> Option<Self> {
        let (facts, name) = line.split_once(' ')?;
        let facts = facts
            .split(';')
            .filter_map(|fact| fact.split_once('='))
            .map(|(fact, value)| (fact.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Some(Self { name: name.to_owned(), facts })
    }

    /// The name: of MLSD's lines without its directory, of MLST's as the server writes it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of the fact with this name, in any case.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts().find(|(fact, _)| fact.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All facts in the server's order, their names in small letters.
    pub fn facts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.facts.iter().map(|(fact, value)| (fact.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_real_servers_are_read() {
        for (line, name, facts) in [
            ("type=dir;perm=e; a  b ", "a  b ", vec![("type", "dir"), ("perm", "e")]),
            ("Type=file;Size=1 a", "a", vec![("type", "file"), ("size", "1")]),
            ("type=OS.unix=slink:/t; l", "l", vec![("type", "OS.unix=slink:/t")]),
            (" only a name", "only a name", vec![]),
            ("type=file;  x", " x", vec![("type", "file")]),
        ] {
            let read = FactLine::parse(line).unwrap();
            assert_eq!((read.name(), read.facts().collect::<Vec<_>>()), (name, facts), "{line:?}");
        }
        assert_eq!(FactLine::parse("type=file;name"), None);
    }
}
