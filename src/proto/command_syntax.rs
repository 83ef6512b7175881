//! How commands are written on the wire: a verb and its parameter to a [`Command`], and back.
//!
//! The line itself is taken apart in `command_line`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::command::{Command, EpsvParameter};
use super::decimal::decimal;
use super::extended_port::{ExtendedPortError, NetworkProtocol};
use super::hash_algorithm::HashAlgorithm;
use super::list_parameter::ListParameter;
use super::parameter::ParameterError;
use super::secret::Secret;
use super::site_syntax;
use super::verb::{Parameter, Verb};

impl Command {
    /// Understands a verb's parameter.
    ///
    /// An empty parameter is none, as in [`CommandLine::parameter`](super::CommandLine::parameter).
    ///
    /// # Errors
    /// When the parameter is missing, must not be there, or is not of the verb's form.
    pub fn parse(verb: Verb, parameter: Option<&str>) -> Result<Self, ParameterError> {
        let given = parameter.filter(|text| !text.is_empty());
        match verb.info().parameter {
            Parameter::Required if given.is_none() => return Err(ParameterError::Required),
            Parameter::Forbidden if given.is_some() => return Err(ParameterError::Forbidden),
            _ => {}
        }
        let text = given.unwrap_or_default();
        let required = || text.to_owned();
        let optional = || given.map(str::to_owned);
        let checksum = |algorithm| Ok(Self::Checksum { algorithm, part: text.parse()? });
        Ok(match verb {
            Verb::Abor => Self::Abor,
            Verb::Acct => Self::Acct(Secret::new(text)),
            Verb::Allo => allocation(text).ok_or(ParameterError::Invalid("a number of bytes"))?,
            Verb::Appe => Self::Appe(required()),
            Verb::Auth => Self::Auth(text.parse()?),
            Verb::Avbl => Self::Avbl(optional()),
            Verb::Ccc => Self::Ccc,
            Verb::Cdup => Self::Cdup,
            Verb::Clnt => Self::Clnt(required()),
            Verb::Csid => Self::Csid(required()),
            Verb::Cwd => Self::Cwd(optional()),
            Verb::Dele => Self::Dele(required()),
            Verb::Eprt => Self::Eprt(text.parse().map_err(|error| match error {
                ExtendedPortError::UnknownProtocol => ParameterError::UnknownProtocol,
                ExtendedPortError::Syntax | ExtendedPortError::AddressMismatch => {
                    ParameterError::Invalid("|protocol|address|port|")
                }
            })?),
            Verb::Epsv => Self::Epsv(text.parse()?),
            Verb::Feat => Self::Feat,
            Verb::Hash => Self::Hash(required()),
            Verb::Help => Self::Help(optional()),
            Verb::Host if text.contains(' ') => return Err(ParameterError::Invalid("the name of a host")),
            Verb::Host => Self::Host(required()),
            Verb::Lang => Self::Lang(optional()),
            Verb::List => Self::List(ListParameter::parse(text)),
            Verb::Mdtm => Self::Mdtm(required()),
            Verb::Mff => match text.split_once(' ') {
                Some((facts, path)) if !path.is_empty() => {
                    Self::Mff { facts: facts.parse()?, path: path.to_owned() }
                }
                _ => return Err(ParameterError::Invalid("facts as fact=value;, a space and a pathname")),
            },
            Verb::Mfmt => modification(text)?,
            Verb::Mkd => Self::Mkd(required()),
            Verb::Mlsd => Self::Mlsd(optional()),
            Verb::Mlst => Self::Mlst(optional()),
            Verb::Mode => Self::Mode(text.parse()?),
            Verb::Nlst => Self::Nlst(ListParameter::parse(text)),
            Verb::Noop => Self::Noop,
            Verb::Opts => Self::Opts(text.parse()?),
            Verb::Pass => Self::Pass(Secret::new(text)),
            Verb::Pasv => Self::Pasv,
            Verb::Pbsz => Self::Pbsz(decimal(text).ok_or(ParameterError::Invalid("a size in bytes"))?),
            Verb::Port => Self::Port(text.parse().map_err(|_| ParameterError::Invalid("h1,h2,h3,h4,p1,p2"))?),
            Verb::Prot => Self::Prot(text.parse()?),
            Verb::Pwd => Self::Pwd,
            Verb::Quit => Self::Quit,
            Verb::Rein => Self::Rein,
            Verb::Rest => Self::Rest(decimal(text).ok_or(ParameterError::Invalid("an offset in bytes"))?),
            Verb::Retr => Self::Retr(required()),
            Verb::Rmd => Self::Rmd(required()),
            Verb::Rnfr => Self::Rnfr(required()),
            Verb::Rnto => Self::Rnto(required()),
            Verb::Site => return site_syntax::command(text),
            Verb::SiteChmod => site_syntax::mode(text)?,
            Verb::SiteHelp => Self::SiteHelp(optional()),
            Verb::SiteUmask => Self::SiteUmask(given.map(str::parse).transpose()?),
            Verb::SiteUtime => site_syntax::time(text)?,
            Verb::Size => Self::Size(required()),
            Verb::Stat => Self::Stat(ListParameter::parse(text)),
            Verb::Stor => Self::Stor(required()),
            Verb::Stou => Self::Stou(optional()),
            Verb::Stru => Self::Stru(text.parse()?),
            Verb::Syst => Self::Syst,
            Verb::Type => Self::Type(text.parse()?),
            Verb::User => Self::User(required()),
            Verb::Xcrc => return checksum(HashAlgorithm::Crc32),
            Verb::Xmd5 => return checksum(HashAlgorithm::Md5),
            Verb::Xsha1 => return checksum(HashAlgorithm::Sha1),
            Verb::Xsha256 => return checksum(HashAlgorithm::Sha256),
        })
    }

    /// Its line on the wire, without CRLF, with the password or account that `Display` hides.
    ///
    /// A text with CR and LF in it makes more than one line of it: whoever sends it must look for them first.
    pub fn to_line(&self) -> String {
        match self.parameter() {
            Some(parameter) => format!("{} {parameter}", self.verb()),
            None => self.verb().to_string(),
        }
    }

    /// What follows the verb and a space; a password is there even when it is empty, since servers want the space.
    fn parameter(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Abor
            | Self::Ccc
            | Self::Cdup
            | Self::Feat
            | Self::Noop
            | Self::Pasv
            | Self::Pwd
            | Self::Quit
            | Self::Rein
            | Self::Syst
            | Self::Epsv(EpsvParameter::Default) => None,
            Self::Epsv(EpsvParameter::All) => Some("ALL".into()),
            Self::Epsv(EpsvParameter::Protocol(protocol)) => Some(protocol.to_string().into()),
            Self::Acct(secret) | Self::Pass(secret) => Some(secret.expose().into()),
            Self::Allo { size, record_size: None } => Some(size.to_string().into()),
            Self::Allo { size, record_size: Some(record_size) } => {
                Some(format!("{size} R {record_size}").into())
            }
            Self::Appe(text)
            | Self::Clnt(text)
            | Self::Csid(text)
            | Self::Dele(text)
            | Self::Hash(text)
            | Self::Host(text)
            | Self::Mdtm(text)
            | Self::Mkd(text)
            | Self::Retr(text)
            | Self::Rmd(text)
            | Self::Rnfr(text)
            | Self::Rnto(text)
            | Self::Size(text)
            | Self::Stor(text)
            | Self::User(text) => Some(text.into()),
            Self::Avbl(text)
            | Self::Cwd(text)
            | Self::Help(text)
            | Self::Lang(text)
            | Self::Mlsd(text)
            | Self::Mlst(text)
            | Self::SiteHelp(text)
            | Self::Stou(text) => text.as_deref().map(Cow::from),
            Self::List(parameter) | Self::Nlst(parameter) | Self::Stat(parameter) => {
                (!parameter.is_empty()).then(|| parameter.to_string().into())
            }
            Self::Checksum { part, .. } => Some(part.to_string().into()),
            Self::Mff { facts, path } => Some(format!("{facts} {path}").into()),
            Self::SiteChmod { mode, path } => Some(format!("{mode} {path}").into()),
            Self::SiteUmask(mode) => mode.map(|mode| mode.to_string().into()),
            Self::Mfmt { time, path } | Self::SiteUtime { time, path } => {
                Some(format!("{time} {path}").into())
            }
            Self::Auth(mechanism) => Some(mechanism.to_string().into()),
            Self::Pbsz(size) => Some(size.to_string().into()),
            Self::Prot(level) => Some(level.to_string().into()),
            Self::Eprt(port) => Some(port.to_string().into()),
            Self::Port(address) => Some(address.to_string().into()),
            Self::Mode(mode) => Some(mode.to_string().into()),
            Self::Opts(options) => Some(options.to_string().into()),
            Self::Rest(offset) => Some(offset.to_string().into()),
            Self::Stru(structure) => Some(structure.to_string().into()),
            Self::Type(representation) => Some(representation.to_string().into()),
        }
    }
}

impl fmt::Display for Command {
    /// Prints its line without CRLF, a password or account as `******`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.verb().info().secret {
            return write!(f, "{} {}", self.verb(), Secret::MASK);
        }
        f.write_str(&self.to_line())
    }
}

impl FromStr for EpsvParameter {
    type Err = ParameterError;

    fn from_str(text: &str) -> Result<Self, ParameterError> {
        if text.is_empty() {
            return Ok(Self::Default);
        }
        if text.eq_ignore_ascii_case("ALL") {
            return Ok(Self::All);
        }
        let number = decimal(text).ok_or(ParameterError::Invalid("1, 2 or ALL"))?;
        NetworkProtocol::from_number(number).map(Self::Protocol).ok_or(ParameterError::UnknownProtocol)
    }
}

/// `size`, or `size R record_size`.
fn allocation(text: &str) -> Option<Command> {
    let (size, record) = text.split_once(' ').map_or((text, None), |(size, record)| (size, Some(record)));
    let record_size = match record {
        Some(record) => Some(decimal(record.strip_prefix(['R', 'r'])?.strip_prefix(' ')?)?),
        None => None,
    };
    Some(Command::Allo { size: decimal(size)?, record_size })
}

/// A time, a space and a pathname.
fn modification(text: &str) -> Result<Command, ParameterError> {
    match text.split_once(' ') {
        Some((time, path)) if !path.is_empty() => {
            Ok(Command::Mfmt { time: time.parse()?, path: path.to_owned() })
        }
        _ => Err(ParameterError::Invalid("a time as YYYYMMDDHHMMSS, a space and a pathname")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::{
        CommandLine, ExtendedPort, FileMode, FilePart, FileStructure, HostPort, Options, ProtectionLevel,
        RepresentationType, SecurityMechanism, SettableFacts, Timeval, TransferMode,
    };
    use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
    use proptest::{collection, option, sample};
    use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};
    use std::time::{Duration, SystemTime};

    fn parse(line: &[u8]) -> Result<Command, ParameterError> {
        let line = CommandLine::parse(line);
        Command::parse(line.verb().unwrap(), line.parameter())
    }

    #[test]
    fn every_verb_is_a_command_of_that_verb() {
        // SITE alone is the first word of others.
        for verb in Verb::ALL.into_iter().filter(|verb| *verb != Verb::Site) {
            let parameter = match verb {
                Verb::Allo | Verb::Rest => "1",
                Verb::Mff => "modify=20000101000000; a",
                Verb::Mfmt | Verb::SiteUtime => "20000101000000 a",
                Verb::SiteChmod => "644 a",
                Verb::Eprt => "|1|127.0.0.1|2121|",
                Verb::Mode => "S",
                Verb::Port => "127,0,0,1,8,73",
                Verb::Stru => "F",
                Verb::Auth => "TLS",
                Verb::Pbsz => "0",
                Verb::Prot => "P",
                _ if verb.info().parameter == Parameter::Required => "A",
                _ => "",
            };
            let command = Command::parse(verb, Some(parameter)).unwrap();
            assert_eq!(command.verb(), verb);
            assert_eq!(parse(command.to_line().as_bytes()), Ok(command));
        }
    }

    #[test]
    fn the_table_says_whether_there_is_a_parameter() {
        for verb in Verb::ALL {
            match verb.info().parameter {
                Parameter::Required => {
                    assert_eq!(Command::parse(verb, None), Err(ParameterError::Required), "{verb}")
                }
                Parameter::Optional => assert!(Command::parse(verb, None).is_ok(), "{verb}"),
                Parameter::Forbidden => {
                    assert_eq!(Command::parse(verb, Some("a")), Err(ParameterError::Forbidden), "{verb}");
                }
            }
        }
    }

    #[test]
    fn a_password_is_sent_and_never_shown() {
        for (line, shown) in
            [("PASS s3cret", "PASS ******"), ("PASS ", "PASS ******"), ("ACCT s3cret", "ACCT ******")]
        {
            let command = parse(line.as_bytes()).unwrap();
            assert_eq!(command.to_line(), line);
            assert_eq!(command.to_string(), shown);
            assert!(!format!("{command:?}").contains("s3cret"));
        }
    }

    #[test]
    fn numbers_are_plain_digits() {
        assert_eq!(parse(b"REST 0"), Ok(Command::Rest(0)));
        for line in
            [&b"REST +5"[..], b"REST -1", b"REST  7", b"REST 1_0", b"REST 18446744073709551616", b"ALLO x"]
        {
            assert!(matches!(parse(line), Err(ParameterError::Invalid(_))), "{line:?}");
        }
        assert_eq!(parse(b"ALLO 10 r 5"), Ok(Command::Allo { size: 10, record_size: Some(5) }));
        for line in [&b"ALLO 10 R"[..], b"ALLO 10 5", b"ALLO 10 R 5 "] {
            assert!(parse(line).is_err(), "{line:?}");
        }
    }

    #[test]
    fn epsv_tells_an_unknown_protocol_from_nonsense() {
        assert_eq!(parse(b"EPSV"), Ok(Command::Epsv(EpsvParameter::Default)));
        assert_eq!(parse(b"EPSV 2"), Ok(Command::Epsv(EpsvParameter::Protocol(NetworkProtocol::Ipv6))));
        assert_eq!(parse(b"EPSV all"), Ok(Command::Epsv(EpsvParameter::All)));
        assert_eq!(parse(b"EPSV 3"), Err(ParameterError::UnknownProtocol));
        assert!(matches!(parse(b"EPSV x"), Err(ParameterError::Invalid(_))));
    }

    #[test]
    fn mfmt_needs_a_time_and_a_pathname() {
        assert_eq!(parse(b"MFMT 20010203040506.5  a b").unwrap().to_line(), "MFMT 20010203040506  a b");
        for line in [&b"MFMT 20010203040506"[..], b"MFMT 20010203040506 ", b"MFMT a"] {
            assert!(matches!(parse(line), Err(ParameterError::Invalid(_))), "{line:?}");
        }
        for line in [&b"MFMT 20011303040506 a"[..], b"MFMT a b"] {
            assert_eq!(parse(line), Err(ParameterError::InvalidTime), "{line:?}");
        }
    }

    fn text() -> impl Strategy<Value = String> {
        any::<String>().prop_filter("empty", |text| !text.is_empty())
    }

    fn list() -> impl Strategy<Value = ListParameter> {
        "(-[a-z1]{1,3} ){0,2}[^ ]{0,8}".prop_map(|text| ListParameter::parse(&text))
    }

    fn options() -> impl Strategy<Value = Options> {
        prop_oneof![
            option::of(text()).prop_map(Options::Utf8),
            collection::vec("[^; ]{1,8}", 0..4).prop_map(Options::Mlst),
            ("[A-Z]{5,8}", option::of(text())).prop_map(|(name, value)| Options::Other { name, value }),
        ]
    }

    fn epsv() -> impl Strategy<Value = EpsvParameter> {
        sample::select(vec![
            EpsvParameter::Default,
            EpsvParameter::Protocol(NetworkProtocol::Ipv4),
            EpsvParameter::Protocol(NetworkProtocol::Ipv6),
            EpsvParameter::All,
        ])
    }

    fn time() -> impl Strategy<Value = Timeval> {
        (0u64..253_000_000_000)
            .prop_map(|seconds| (SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).into())
    }

    fn mode() -> impl Strategy<Value = FileMode> {
        "[0-7]{3,4}".prop_map(|text| text.parse().unwrap())
    }

    fn commands() -> impl Strategy<Value = Command> {
        let bare = [
            Command::Abor,
            Command::Auth(SecurityMechanism::TlsC),
            Command::Ccc,
            Command::Cdup,
            Command::Feat,
            Command::Mode(TransferMode::Stream),
            Command::Mode(TransferMode::Deflate),
            Command::Noop,
            Command::Pasv,
            Command::Pbsz(0),
            Command::Prot(ProtectionLevel::Private),
            Command::Pwd,
            Command::Quit,
            Command::Rein,
            Command::Stru(FileStructure::File),
            Command::Syst,
            Command::Type(RepresentationType::Ascii),
            Command::Type(RepresentationType::Image),
        ];
        let with_text = [
            Command::Appe,
            Command::Clnt,
            Command::Csid,
            Command::Dele,
            Command::Hash,
            Command::Mdtm,
            Command::Mkd,
            Command::Retr,
            Command::Rmd,
            Command::Rnfr,
            Command::Rnto,
            Command::Size,
            Command::Stor,
            Command::User,
        ];
        let with_optional = [
            Command::Avbl,
            Command::Cwd,
            Command::Help,
            Command::Lang,
            Command::Mlsd,
            Command::Mlst,
            Command::SiteHelp,
            Command::Stou,
        ];
        let with_list = [Command::List, Command::Nlst, Command::Stat];
        let choose_text = (sample::select(with_text.map(|c| c as fn(String) -> Command).to_vec()), text());
        let choose_optional = (
            sample::select(with_optional.map(|c| c as fn(Option<String>) -> Command).to_vec()),
            option::of(text()),
        );
        let choose_list =
            (sample::select(with_list.map(|c| c as fn(ListParameter) -> Command).to_vec()), list());
        prop_oneof![
            sample::select(bare.to_vec()),
            choose_text.prop_map(|(command, text)| command(text)),
            choose_optional.prop_map(|(command, text)| command(text)),
            choose_list.prop_map(|(command, parameter)| command(parameter)),
            text().prop_map(|secret| Command::Acct(Secret::new(secret))),
            any::<String>().prop_map(|secret| Command::Pass(Secret::new(secret))),
            any::<(u64, Option<u64>)>().prop_map(|(size, record_size)| Command::Allo { size, record_size }),
            any::<u64>().prop_map(Command::Rest),
            epsv().prop_map(Command::Epsv),
            (any::<IpAddr>(), 1u16..).prop_map(|(address, port)| {
                Command::Eprt(ExtendedPort::new(SocketAddr::new(address, port)).unwrap())
            }),
            (any::<Ipv4Addr>(), 1u16..).prop_map(|(address, port)| {
                Command::Port(HostPort::new(SocketAddrV4::new(address, port)).unwrap())
            }),
            options().prop_map(Command::Opts),
            (time(), text()).prop_map(|(time, path)| Command::Mfmt { time, path }),
            (time(), text()).prop_map(|(time, path)| Command::SiteUtime { time, path }),
            (mode(), text()).prop_map(|(mode, path)| Command::SiteChmod { mode, path }),
            option::of(mode()).prop_map(Command::SiteUmask),
            (time(), option::of(mode()), text()).prop_map(|(time, mode, path)| {
                let facts = SettableFacts { modified: Some(time), mode };
                Command::Mff { facts, path }
            }),
            (sample::select(HashAlgorithm::ALL.to_vec()), text(), any::<u64>(), any::<bool>()).prop_map(
                |(algorithm, path, start, to_end)| {
                    let end = (!to_end).then_some(start);
                    Command::Checksum { algorithm, part: FilePart { path, start, end } }
                }
            ),
            "[^ ]{1,20}".prop_map(Command::Host),
        ]
    }

    fn lines() -> impl Strategy<Value = Vec<u8>> {
        let known = (sample::select(Verb::ALL.to_vec()), any::<Vec<u8>>())
            .prop_map(|(verb, rest)| [verb.name().as_bytes(), b" ", &rest].concat());
        prop_oneof![any::<Vec<u8>>(), known, Just(Vec::new())]
    }

    proptest! {
        #[test]
        fn print_and_parse_are_inverses(command in commands()) {
            prop_assert_eq!(parse(command.to_line().as_bytes()), Ok(command));
        }

        #[test]
        fn what_was_parsed_survives_print_and_parse(line in lines()) {
            let line = CommandLine::parse(&line);
            let Some(Ok(command)) = line.verb().map(|verb| Command::parse(verb, line.parameter())) else { return Ok(()) };
            prop_assert!(command.to_line().starts_with(command.verb().name()));
            prop_assert_eq!(parse(command.to_line().as_bytes()), Ok(command));
        }
    }
}
