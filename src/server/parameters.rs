//! TYPE, REST, OPTS, PASV, EPSV, PORT, EPRT, and ABOR where nothing runs (RFC 959, 4.1.2; RFC 2389; RFC 2428).

use std::net::{IpAddr, SocketAddr, SocketAddrV4};

use super::data_channel::DataChannel;
use super::replies;
use super::session::{Answer, Outcome, Session};
use crate::listing::FactSet;
use crate::net::PassiveListener;
use crate::proto::{
    EpsvParameter, ExtendedPassive, HostPort, NetworkProtocol, Options, ParameterError, Reply,
    RepresentationType, TransferMode, Verb,
};
use crate::transcript::Hole;

/// Ports below it belong to the system's own services.
const FIRST_UNPRIVILEGED_PORT: u16 = 1024;

impl Session {
    pub(super) fn set_type(&mut self, representation: RepresentationType) -> Reply {
        self.representation = representation;
        replies::type_set(representation)
    }

    pub(super) fn set_mode(&mut self, mode: TransferMode) -> Outcome {
        if mode == TransferMode::Deflate && !self.handler.mode_z {
            return Err(replies::parameter_refused(Verb::Mode, &ParameterError::NotImplemented("S")));
        }
        self.mode = mode;
        Ok(replies::mode_set(mode))
    }

    pub(super) fn restart_at(&mut self, offset: u64) -> Outcome {
        if self.representation == RepresentationType::Ascii && offset > 0 {
            return Err(replies::no_restart_in_ascii());
        }
        self.restart = offset;
        Ok(replies::restarting_at(offset))
    }

    pub(super) fn set_option(&mut self, option: &Options) -> Outcome {
        match option {
            Options::Utf8(_) if self.handler.encoding.is_utf8() => Ok(replies::always_utf8()),
            Options::Utf8(_) => Err(replies::not_in_utf8()),
            Options::Deflate(level) if self.handler.mode_z => {
                self.deflate_level = *level;
                Ok(replies::deflate_level_set(*level))
            }
            Options::Deflate(_) => Err(replies::option_not_supported(Verb::Mode.name())),
            Options::Hash(algorithm) if self.handler.offers(Verb::Hash) => {
                self.hash_algorithm = algorithm.unwrap_or(self.hash_algorithm);
                Ok(replies::hash_algorithm(self.hash_algorithm))
            }
            Options::Hash(_) => Err(replies::option_not_supported(Verb::Hash.name())),
            Options::Mlst(_) if !self.handler.offers(Verb::Mlst) => {
                Err(replies::option_not_supported(Verb::Mlst.name()))
            }
            Options::Mlst(names) => {
                self.facts = FactSet::from_names(&names.join(";"));
                Ok(replies::facts_selected(self.facts))
            }
            Options::Other { name, .. } => Err(replies::option_not_supported(name)),
        }
    }

    /// RFC 959: 227 with the address that the client reached us at. Whatever was set up before is given up.
    pub(super) async fn passive(&mut self) -> Result<Answer, Reply> {
        if self.epsv_all {
            return Err(replies::refused_after_epsv_all(Verb::Pasv));
        }
        if self.control.server().is_ipv6() {
            return Err(replies::passive_over_ipv6());
        }
        let SocketAddr::V4(own) = self.listen()? else { return Err(replies::passive_over_ipv6()) };
        let masquerade = self.handler.masquerade_address_map.get(&IpAddr::V4(*own.ip())).copied();
        let masquerade = masquerade.or(self.handler.masquerade_address);
        let announced = SocketAddrV4::new(masquerade.unwrap_or(*own.ip()), own.port());
        let announced = HostPort::new(announced).ok_or_else(replies::cannot_open_data_connection)?;
        let reply = replies::passive(announced);
        let (hole, value) = match masquerade {
            None => (Hole::Pasv, announced.to_string()),
            // An address that is not ours is worth seeing.
            Some(_) => (Hole::PasvPort, format!("{},{}", own.port() >> 8, own.port() & 0xff)),
        };
        self.control.send_announcing(&reply, hole, value).await;
        Ok(Answer::Sent)
    }

    /// RFC 2428: 229 with a port, on IPv4 and IPv6.
    pub(super) async fn extended_passive(&mut self, parameter: EpsvParameter) -> Result<Answer, Reply> {
        let usable = NetworkProtocol::of(self.control.server());
        match parameter {
            EpsvParameter::All => {
                self.epsv_all = true;
                return Ok(Answer::Reply(replies::extended_passive_only()));
            }
            EpsvParameter::Protocol(protocol) if protocol != usable => {
                return Err(replies::protocol_mismatch(usable));
            }
            EpsvParameter::Protocol(_) | EpsvParameter::Default => {}
        }
        let port = self.listen()?.port();
        let announced = ExtendedPassive::new(port).ok_or_else(replies::cannot_open_data_connection)?;
        let reply = replies::extended_passive(announced);
        self.control.send_announcing(&reply, Hole::Port, port.to_string()).await;
        Ok(Answer::Sent)
    }

    /// PORT and EPRT: the next transfer connects to the client there.
    ///
    /// Addresses of others and privileged ports are refused (RFC 2577, 3): nobody is attacked through this server. The
    /// unspecified address is the client's own, as lftp means it, which sends `EPRT |2|::|40213|`.
    pub(super) fn active(&mut self, verb: Verb, mut client: SocketAddr) -> Outcome {
        if self.epsv_all {
            return Err(replies::refused_after_epsv_all(verb));
        }
        let usable = NetworkProtocol::of(self.control.server());
        if NetworkProtocol::of(client.ip()) != usable {
            return Err(replies::protocol_mismatch(usable));
        }
        if client.ip().is_unspecified() {
            client.set_ip(self.control.client());
        }
        if client.ip() != self.control.client() && !self.handler.permit_foreign_addresses {
            return Err(replies::foreign_address_refused());
        }
        if client.port() < FIRST_UNPRIVILEGED_PORT && !self.handler.permit_privileged_ports {
            return Err(replies::privileged_port_refused());
        }
        let server = self.control.server();
        self.data = DataChannel::Active { server, client, within: self.handler.active_timeout };
        Ok(replies::active())
    }

    fn listen(&mut self) -> Result<SocketAddr, Reply> {
        let (server, client) = (self.control.server(), self.control.client());
        self.data = DataChannel::None;
        let bound = PassiveListener::bind(
            server,
            self.handler.passive_ports.as_ref(),
            client,
            self.control.waits().clone(),
        )
        .and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound.map_err(|error| {
            tracing::warn!(target: "ftp_fixture::server", %error, "no passive listener");
            replies::cannot_open_data_connection()
        })?;
        let until = self.handler.passive_timeout.map(|within| self.timer.after(within));
        self.data = DataChannel::Listening { listener, until };
        Ok(address)
    }

    /// ABOR with no transfer under way: what was set up for one is given up.
    pub(super) fn abort_nothing(&mut self) -> Reply {
        self.data = DataChannel::None;
        replies::nothing_to_abort()
    }
}
