//! TLS as one server has it, and as one of its sessions does: rustls's configurations, made from the settings once.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoClientAuth, NoServerSessionStorage, WebPkiClientVerifier};
use rustls::sign::SingleCertAndKey;
use rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection};

use super::authority::Throwaway;
use super::channel::{Ending, TlsChannel};
use super::error::TlsError;
use super::failure::TlsFailure;
use super::provider::provider;
use super::session_store::{ConnectionSessions, SessionStore};
use super::settings::{ClientCertificates, SessionReuse, Tls};

/// Some clients use each TLS 1.3 ticket once, and need one for each data connection.
const TICKETS_ON_CONTROL: usize = 8;
/// Where the client is going to read.
const TICKETS_ON_DATA: usize = 1;

/// A server's TLS, ready.
#[derive(Debug)]
pub(crate) struct TlsServer {
    settings: Tls,
    config: ServerConfig,
    failing_control: AtomicU32,
    failing_data: AtomicU32,
}

/// The TLS of one session: its control connection's, and that of the data connections that belong to it.
#[derive(Debug)]
pub(crate) struct SessionTls {
    server: Arc<TlsServer>,
    /// Those that can be resumed; none where the server remembers none.
    sessions: Option<Arc<SessionStore>>,
}

impl Tls {
    /// Makes or reads the certificate, and all else that may fail.
    pub(crate) fn prepare(self) -> Result<Arc<TlsServer>, TlsError> {
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&self.versions.offered())?
            .with_client_cert_verifier(client_verifier(self.client_certificates)?)
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(self.certificate.certified()?)));
        config.session_storage = Arc::new(NoServerSessionStorage {});
        Ok(Arc::new(TlsServer {
            failing_control: AtomicU32::new(self.failing_control_handshakes),
            failing_data: AtomicU32::new(self.failing_data_handshakes),
            settings: self,
            config,
        }))
    }
}

fn client_verifier(asked: ClientCertificates) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
    if asked == ClientCertificates::Ignored {
        return Ok(Arc::new(NoClientAuth));
    }
    let mut roots = RootCertStore::empty();
    roots.add(Throwaway::get()?.clients.certificate().clone())?;
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider());
    let verifier = match asked {
        ClientCertificates::Optional => verifier.allow_unauthenticated(),
        _ => verifier,
    };
    verifier.build().map_err(|error| TlsError::new(error.to_string()))
}

impl TlsServer {
    pub(crate) fn is_implicit(&self) -> bool {
        self.settings.implicit
    }

    pub(crate) fn refuses_auth(&self) -> bool {
        self.settings.refuse_auth
    }

    pub(crate) fn is_required_on_control(&self) -> bool {
        self.settings.control_required
    }

    pub(crate) fn is_required_on_data(&self) -> bool {
        self.settings.data_required
    }

    /// Whether data connections stay in the clear, whatever was agreed.
    pub(crate) fn has_clear_data(&self) -> bool {
        self.settings.clear_data
    }

    /// The TLS of a new session.
    pub(crate) fn session(self: &Arc<Self>) -> SessionTls {
        let remembers = self.settings.session_reuse != SessionReuse::Refused;
        SessionTls { server: Arc::clone(self), sessions: remembers.then(SessionStore::new) }
    }
}

impl SessionTls {
    pub(crate) fn server(&self) -> &TlsServer {
        &self.server
    }

    /// TLS on the control connection, from its first byte.
    pub(crate) fn on_control(&self) -> Result<TlsChannel, TlsFailure> {
        let fails = count_down(&self.server.failing_control);
        let sessions = self.sessions.as_ref().map(SessionStore::for_control);
        let mut channel = self.channel(sessions, TICKETS_ON_CONTROL, fails, false)?;
        channel.client_reads(true);
        Ok(channel)
    }

    /// TLS on a data connection, which waits to be told whether the client is going to read.
    pub(crate) fn on_data(&self) -> Result<TlsChannel, TlsFailure> {
        let must_resume = self.server.settings.session_reuse == SessionReuse::Required;
        let sessions = self.sessions.as_ref().map(|sessions| sessions.for_data(must_resume));
        let fails = count_down(&self.server.failing_data);
        self.channel(sessions, TICKETS_ON_DATA, fails, must_resume)
    }

    fn channel(
        &self,
        sessions: Option<Arc<ConnectionSessions>>,
        tickets: usize,
        fails: bool,
        must_resume: bool,
    ) -> Result<TlsChannel, TlsFailure> {
        let mut config = self.server.config.clone();
        if let Some(sessions) = &sessions {
            config.session_storage = Arc::clone(sessions) as _;
            config.ticketer = Arc::clone(sessions) as _;
        }
        config.send_tls13_tickets = tickets;
        let ending = Ending {
            says: !self.server.settings.omit_close_notify,
            expects: self.server.settings.require_close_notify,
        };
        let connection = ServerConnection::new(Arc::new(config)).map_err(|error| {
            tracing::error!(target: "ftp_fixture::tls", %error, "no TLS");
            TlsFailure::Handshake
        })?;
        Ok(TlsChannel::new(connection, ending, fails, must_resume).remembering(sessions))
    }
}

/// Whether it was above zero, and is one less now.
fn count_down(counter: &AtomicU32) -> bool {
    counter.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| count.checked_sub(1)).is_ok()
}

/// A client that trusts the throwaway CA.
pub(crate) fn client_config() -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore::empty();
    roots.add(Throwaway::get()?.servers.certificate().clone())?;
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
