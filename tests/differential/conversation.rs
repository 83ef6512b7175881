//! One session with a server, either of the two, and what is seen of it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use ftp_fixture::proto::{ExtendedPassive, ExtendedPort, HostPort};
use socket2::SockRef;

use crate::parsed;
use crate::script::{Script, Step, unescape};

/// A server that says nothing for so long is seen to be silent.
const DEADLINE: Duration = Duration::from_secs(10);

/// What a command came to: replies' codes, what is parsed from them, and data, in the order of the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exchange {
    pub(crate) command: String,
    pub(crate) seen: Vec<String>,
}

/// A client's end of a session.
#[derive(Debug)]
struct Conversation {
    control: BufReader<TcpStream>,
    data: Data,
    /// What was set up before; kept, so that no server is told of an end that the script does not ask for.
    replaced: Vec<Data>,
    holds: bool,
    unique_names: Vec<String>,
}

/// Where the next data connection comes from.
#[derive(Debug)]
enum Data {
    None,
    Announced(SocketAddr),
    Connected(TcpStream),
    Listening(TcpListener),
}

/// Runs `script` against the server at `address`; also gives the names that STOU has chosen.
pub(crate) fn run(script: &Script, address: SocketAddr) -> io::Result<(Vec<Exchange>, Vec<String>)> {
    let control = TcpStream::connect(address)?;
    control.set_read_timeout(Some(DEADLINE))?;
    let control = BufReader::new(control);
    let mut conversation = Conversation {
        control,
        data: Data::None,
        replaced: Vec::new(),
        holds: false,
        unique_names: Vec::new(),
    };
    let greeting = conversation.reply().map_or_else(|silence| silence, |reply| reply[..3].to_owned());
    let mut exchanges = vec![Exchange { command: "(greeting)".to_owned(), seen: vec![greeting] }];
    if script.user != "nobody" {
        let password = if script.user == "alice" { "s3cret" } else { "pw" };
        for line in [format!("USER {}", script.user), format!("PASS {password}")] {
            conversation.command(&line, &[])?;
        }
    }
    for step in &script.steps {
        match step {
            Step::Hold => conversation.holds = true,
            Step::Connect => {
                let connected = Data::Connected(conversation.connect()?);
                conversation.set_up(connected);
            }
            Step::Command { line, content } => {
                let seen = conversation.command(line, content)?;
                exchanges.push(Exchange { command: line.clone(), seen });
            }
        }
    }
    Ok((exchanges, conversation.end()))
}

impl Conversation {
    fn command(&mut self, line: &str, content: &[u8]) -> io::Result<Vec<String>> {
        let text = self.with_address(line)?;
        let sent = self.control.get_mut().write_all(&[unescape(&text).as_slice(), b"\r\n"].concat());
        let mut seen = Vec::new();
        let reply = match sent.map_err(|_| "closed".to_owned()).and_then(|()| self.reply()) {
            Ok(reply) => reply,
            Err(silence) => return Ok(vec![silence]),
        };
        seen.extend(parsed::reply(line, &reply));
        if let Some(name) = parsed::unique_name(&reply) {
            self.unique_names.push(name.to_owned());
        }
        match &reply[..3] {
            "227" => {
                let address = HostPort::find_in(&reply[4..]);
                self.set_up(address.map_or(Data::None, |address| Data::Announced(address.addr().into())));
            }
            "229" => {
                let host = self.control.get_ref().peer_addr()?.ip();
                let passive = ExtendedPassive::find_in(&reply[4..]);
                self.set_up(
                    passive.map_or(Data::None, |passive| Data::Announced((host, passive.port()).into())),
                );
            }
            "125" | "150" if std::mem::take(&mut self.holds) => {}
            "125" | "150" if !matches!(self.data, Data::None) => {
                let data = self.connect()?;
                seen.extend(transfer(line, data, content)?);
                seen.push(self.final_reply());
            }
            // What is aborted is answered first.
            "426" if line.to_uppercase().ends_with("ABOR") => seen.push(self.final_reply()),
            _ => {}
        }
        Ok(seen)
    }

    /// `line` with the address of a new socket of ours, if it asks for one.
    fn with_address(&mut self, line: &str) -> io::Result<String> {
        if !line.contains("{PORT}") && !line.contains("{EPRT}") {
            return Ok(line.to_owned());
        }
        let listener = TcpListener::bind((self.control.get_ref().local_addr()?.ip(), 0))?;
        SockRef::from(&listener).set_read_timeout(Some(DEADLINE))?;
        let address = listener.local_addr()?;
        self.set_up(Data::Listening(listener));
        let eprt = ExtendedPort::new(address).map(|port| port.to_string()).unwrap_or_default();
        let port = match address {
            SocketAddr::V4(address) => HostPort::new(address).map(|port| port.to_string()),
            SocketAddr::V6(_) => None,
        };
        Ok(line.replace("{EPRT}", &eprt).replace("{PORT}", &port.unwrap_or_default()))
    }

    fn set_up(&mut self, data: Data) {
        self.replaced.push(std::mem::replace(&mut self.data, data));
    }

    fn connect(&mut self) -> io::Result<TcpStream> {
        let data = match std::mem::replace(&mut self.data, Data::None) {
            Data::None => return Err(io::Error::other("there is nothing to connect to")),
            Data::Announced(address) => TcpStream::connect(address)?,
            Data::Connected(data) => data,
            Data::Listening(listener) => listener.accept()?.0,
        };
        data.set_read_timeout(Some(DEADLINE))?;
        Ok(data)
    }

    fn final_reply(&mut self) -> String {
        self.reply().map_or_else(|silence| silence, |reply| reply[..3].to_owned())
    }

    /// All lines of a reply; `closed` or `silent` if there is none.
    fn reply(&mut self) -> Result<String, String> {
        let mut reply = Vec::new();
        loop {
            let start = reply.len();
            match self.control.read_until(b'\n', &mut reply) {
                Ok(0) => return Err("closed".to_owned()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err("silent".to_owned()),
                Err(_) => return Err("closed".to_owned()),
            }
            let line = &reply[start..];
            let is_last = line.len() > 3 && line[..3].iter().all(u8::is_ascii_digit) && line[3] == b' ';
            if is_last && (start == 0 || line[..3] == reply[..3]) {
                return Ok(String::from_utf8_lossy(&reply).trim_end_matches(['\r', '\n']).to_owned());
            }
        }
    }

    /// Waits until the server has ended the session.
    fn end(mut self) -> Vec<String> {
        (self.data, self.replaced) = (Data::None, Vec::new());
        // The server may have closed it already.
        let _ = self.control.get_mut().write_all(b"QUIT\r\n");
        let _ = self.control.read_to_end(&mut Vec::new());
        self.unique_names
    }
}

/// Sends or receives what the transfer is about.
fn transfer(line: &str, mut data: TcpStream, content: &[u8]) -> io::Result<Vec<String>> {
    let verb = line.split(' ').next().unwrap_or_default().to_uppercase();
    if ["STOR", "STOU", "APPE"].contains(&verb.as_str()) {
        data.write_all(content)?;
        return Ok(Vec::new());
    }
    let mut received = Vec::new();
    data.read_to_end(&mut received)?;
    Ok(parsed::data(&verb, &received))
}
