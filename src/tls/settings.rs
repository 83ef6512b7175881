//! What a server's TLS is to be. A plain value; what it makes of connections is in `server`.

use rustls::SupportedProtocolVersion;
use rustls::version::{TLS12, TLS13};

use super::certificate::Certificate;

/// A server's TLS: when it begins, what it demands, what it shows, and what it does wrong on purpose.
///
/// ```
/// use ftp_fixture::prelude::*;
/// use ftp_fixture::tls::SessionReuse;
///
/// let ftp = FtpFixture::builder()
///     .tls(Tls::explicit().control_required(true).session_reuse(SessionReuse::Required))
///     .start();
/// assert!(ftp.url().starts_with("ftp://"));
/// assert!(ftp.ca_file().is_file());
/// ```
#[derive(Debug, Clone)]
#[must_use = "settings do nothing until a server has them"]
pub struct Tls {
    pub(super) implicit: bool,
    pub(super) control_required: bool,
    pub(super) data_required: bool,
    pub(super) certificate: Certificate,
    pub(super) versions: TlsVersions,
    pub(super) session_reuse: SessionReuse,
    pub(super) client_certificates: ClientCertificates,
    pub(super) refuse_auth: bool,
    pub(super) require_close_notify: bool,
    pub(super) failing_control_handshakes: u32,
    pub(super) failing_data_handshakes: u32,
    pub(super) omit_close_notify: bool,
    pub(super) clear_data: bool,
}

/// Which versions of TLS a server or a client offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TlsVersions {
    /// TLS 1.2 alone.
    Only12,
    /// TLS 1.3 alone.
    Only13,
    /// Either.
    #[default]
    Both,
}

impl TlsVersions {
    /// These, as rustls names them.
    pub(super) fn offered(self) -> Vec<&'static SupportedProtocolVersion> {
        match self {
            Self::Only12 => vec![&TLS12],
            Self::Only13 => vec![&TLS13],
            Self::Both => vec![&TLS12, &TLS13],
        }
    }
}

/// Whether a data connection resumes the TLS session of its control connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SessionReuse {
    /// It must, or the transfer gets 522: as vsftpd (`require_ssl_reuse`) and ProFTPD demand unless told otherwise.
    Required,
    /// It may.
    #[default]
    Allowed,
    /// It cannot: the server remembers no session.
    Refused,
}

/// Whether clients show certificates, signed by the throwaway CA for clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ClientCertificates {
    /// They are not asked for any.
    #[default]
    Ignored,
    /// They may. Who does is the user that the certificate names: USER of that name needs no PASS, of another is
    /// refused.
    Optional,
    /// They must, or there is no TLS.
    Required,
}

impl Tls {
    /// TLS that begins when the client asks for it, with AUTH TLS (RFC 4217).
    pub fn explicit() -> Self {
        Self {
            implicit: false,
            control_required: false,
            data_required: false,
            certificate: Certificate::default(),
            versions: TlsVersions::default(),
            session_reuse: SessionReuse::default(),
            client_certificates: ClientCertificates::default(),
            refuse_auth: false,
            require_close_notify: true,
            failing_control_handshakes: 0,
            failing_data_handshakes: 0,
            omit_close_notify: false,
            clear_data: false,
        }
    }

    /// TLS from the first byte, as on port 990; data is protected unless PROT C says otherwise.
    pub fn implicit() -> Self {
        Self { implicit: true, ..Self::explicit() }
    }

    /// Whether USER and PASS in the clear are refused with 550; `false` by default.
    pub fn control_required(self, control_required: bool) -> Self {
        Self { control_required, ..self }
    }

    /// Whether data connections in the clear are refused with 521; `false` by default.
    pub fn data_required(self, data_required: bool) -> Self {
        Self { data_required, ..self }
    }

    /// The certificate that the server shows; a good one by default.
    pub fn certificate(self, certificate: Certificate) -> Self {
        Self { certificate, ..self }
    }

    /// Which versions are offered; both by default.
    pub fn versions(self, versions: TlsVersions) -> Self {
        Self { versions, ..self }
    }

    /// Whether data connections resume the control connection's session; they may by default.
    ///
    /// In TLS 1.3, eight tickets are sent on the control connection, one with each download, and none with uploads: a
    /// client that never reads them would lose data. Each may be used any number of times, as Python does; a client that
    /// uses each once, as rustls does, has none left after eight uploads in a row, and curl, which keeps but the last,
    /// after one.
    pub fn session_reuse(self, session_reuse: SessionReuse) -> Self {
        Self { session_reuse, ..self }
    }

    /// Whether clients show certificates; they are not asked for any by default.
    pub fn client_certificates(self, client_certificates: ClientCertificates) -> Self {
        Self { client_certificates, ..self }
    }

    /// Answers AUTH with 502, and has no line of it in FEAT: a client must not go on in the clear by itself.
    pub fn refuse_auth(self) -> Self {
        Self { refuse_auth: true, ..self }
    }

    /// Whether an upload must end with a close_notify alert; `true` by default.
    ///
    /// One that just ends may have been cut short by anybody on the way: it gets 426, and what was stored may be a part
    /// only. `false` is for clients that cannot do better.
    pub fn require_close_notify(self, require_close_notify: bool) -> Self {
        Self { require_close_notify, ..self }
    }

    /// Lets the first `count` handshakes on control connections fail, in the order in which they begin.
    pub fn fail_control_handshakes(self, count: u32) -> Self {
        Self { failing_control_handshakes: count, ..self }
    }

    /// Lets the first `count` handshakes on data connections fail, in the order in which they begin.
    pub fn fail_data_handshakes(self, count: u32) -> Self {
        Self { failing_data_handshakes: count, ..self }
    }

    /// Ends every connection without a close_notify alert, as a connection that was cut ends.
    pub fn omit_close_notify(self) -> Self {
        Self { omit_close_notify: true, ..self }
    }

    /// Speaks in the clear on data connections after PROT P, which a client must not take.
    pub fn clear_data_under_prot_p(self) -> Self {
        Self { clear_data: true, ..self }
    }

    /// Whether it is there from the first byte.
    pub fn is_implicit(&self) -> bool {
        self.implicit
    }
}
