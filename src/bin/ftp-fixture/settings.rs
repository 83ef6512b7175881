//! Options that change the server's behaviour: what pyftpdlib's own command line takes.

use std::net::Ipv4Addr;
use std::ops::RangeInclusive;
use std::time::Duration;

use clap::Args;
use ftp_fixture::proto::{TextEncoding, Verb};
use ftp_fixture::server::FtpHandler;

/// The server's settings.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits and addresses")]
pub(crate) struct Settings {
    /// Send a client away that says nothing for so many seconds, 300 unless said; 0 for never.
    #[arg(long, value_name = "S")]
    timeout: Option<u64>,

    /// End a session whose transfer stands still for so many seconds, 300 unless said; 0 for never.
    #[arg(long, value_name = "S")]
    data_timeout: Option<u64>,

    /// Give up waiting for a data connection after so many seconds, 30 unless said; 0 for never.
    #[arg(long, value_name = "S")]
    passive_timeout: Option<u64>,

    /// Listen for data connections on these ports, the lowest free one first.
    #[arg(long, value_name = "FROM-TO", value_parser = parse_ports)]
    passive_ports: Option<RangeInclusive<u16>>,

    /// Announce this address in 227, as behind a NAT.
    #[arg(long, value_name = "ADDR")]
    masquerade: Option<Ipv4Addr>,

    /// Serve so many sessions at once, 512 unless said; 0 for any number.
    #[arg(long, value_name = "N")]
    max_cons: Option<usize>,

    /// Serve so many sessions at once from one address; any number unless said.
    #[arg(long, value_name = "N")]
    max_cons_per_ip: Option<usize>,

    /// Close a session after so many wrong passwords, 3 unless said.
    #[arg(long, value_name = "N")]
    max_login_attempts: Option<u32>,

    /// Hold back the reply to a wrong password for so many seconds; not at all unless said.
    #[arg(long, value_name = "S")]
    auth_failed_timeout: Option<u64>,

    /// Let PORT and EPRT name other machines than the client's.
    #[arg(long)]
    permit_foreign_addresses: bool,

    /// Let PORT and EPRT name ports below 1024.
    #[arg(long)]
    permit_privileged_ports: bool,

    /// Talk in this encoding instead of UTF-8, such as latin1.
    #[arg(long, value_name = "NAME")]
    encoding: Option<TextEncoding>,

    /// Do not know this verb, as servers do that lack it; FEAT and HELP follow.
    #[arg(long, value_name = "VERB")]
    without: Vec<Verb>,

    /// Show times in the system's time zone instead of UTC.
    #[arg(long)]
    use_localtime: bool,
}

impl Settings {
    /// The handler with what was said; all else stays as it is.
    pub(crate) fn apply(&self, mut handler: FtpHandler) -> FtpHandler {
        if let Some(limit) = self.timeout {
            handler = handler.timeout(seconds(limit));
        }
        if let Some(limit) = self.data_timeout {
            handler = handler.data_timeout(seconds(limit));
        }
        if let Some(limit) = self.passive_timeout {
            handler = handler.passive_timeout(seconds(limit));
        }
        if let Some(ports) = &self.passive_ports {
            handler = handler.passive_ports(ports.clone());
        }
        if let Some(address) = self.masquerade {
            handler = handler.masquerade_address(address);
        }
        if let Some(number) = self.max_cons {
            handler = handler.max_cons(number);
        }
        if let Some(number) = self.max_cons_per_ip {
            handler = handler.max_cons_per_ip(number);
        }
        if let Some(number) = self.max_login_attempts {
            handler = handler.max_login_attempts(number);
        }
        if let Some(delay) = self.auth_failed_timeout {
            handler = handler.auth_failed_timeout(seconds(delay));
        }
        if self.permit_foreign_addresses {
            handler = handler.permit_foreign_addresses(true);
        }
        if self.permit_privileged_ports {
            handler = handler.permit_privileged_ports(true);
        }
        if let Some(encoding) = self.encoding {
            handler = handler.encoding(encoding);
        }
        for verb in &self.without {
            handler = handler.without(*verb);
        }
        if self.use_localtime {
            handler = handler.use_gmt_times(false);
        }
        handler
    }
}

/// 0 stands for no limit.
pub(crate) fn seconds(number: u64) -> Option<Duration> {
    (number > 0).then(|| Duration::from_secs(number))
}

fn parse_ports(text: &str) -> Result<RangeInclusive<u16>, String> {
    let wrong = || format!("{text:?} is no range of ports; write it as 40000-40009");
    let (from, to) = text.split_once('-').ok_or_else(wrong)?;
    let port = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0).ok_or_else(wrong);
    let ports = port(from)?..=port(to)?;
    if ports.is_empty() {
        Err(format!("{text:?} has no port in it; write the lower one first"))
    } else {
        Ok(ports)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_two_ports_or_one_twice_and_the_lower_first() {
        assert_eq!(parse_ports("40000-40009"), Ok(40000..=40009));
        assert_eq!(parse_ports("40000-40000"), Ok(40000..=40000));
        for wrong in ["40000", "40000-", "-1", "0-1", "1-70000", "a-b", "2-1"] {
            assert!(parse_ports(wrong).is_err(), "{wrong}");
        }
    }
}
