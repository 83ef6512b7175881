//! AUTH, PBSZ, PROT, CCC (RFC 4217): TLS on the control connection, and on the data connections to come.

use std::sync::Arc;

use super::data_channel::DataChannel;
use super::replies;
use super::session::{Answer, Outcome, Session};
use crate::proto::{ProtectionLevel, Reply};
use crate::tls::{SessionTls, TlsServer};

/// The state of a session's security.
#[derive(Debug)]
pub(super) struct Security {
    tls: Option<Arc<SessionTls>>,
    /// Whether PBSZ was sent, without which there is no PROT.
    buffer_size_set: bool,
    level: ProtectionLevel,
}

impl Security {
    /// That of a session at its beginning; implicit TLS protects data without PROT.
    pub(super) fn new(tls: Option<SessionTls>) -> Self {
        let mut security =
            Self { tls: tls.map(Arc::new), buffer_size_set: false, level: ProtectionLevel::Clear };
        security.reset();
        security
    }

    /// Forgets what PBSZ and PROT have set.
    pub(super) fn reset(&mut self) {
        self.buffer_size_set = self.is_implicit();
        self.level = if self.is_implicit() { ProtectionLevel::Private } else { ProtectionLevel::Clear };
    }

    /// What encrypts the next data connection.
    pub(super) fn of_data(&self) -> Option<Arc<SessionTls>> {
        let is_clear = self.level == ProtectionLevel::Clear || self.server()?.has_clear_data();
        self.tls.clone().filter(|_| !is_clear)
    }

    /// Whether AUTH begins it.
    pub(super) fn can_begin(&self) -> bool {
        self.can_protect() && !self.is_implicit()
    }

    /// Whether there is any.
    pub(super) fn can_protect(&self) -> bool {
        self.server().is_some_and(|server| !server.refuses_auth())
    }

    fn is_implicit(&self) -> bool {
        self.server().is_some_and(TlsServer::is_implicit)
    }

    fn server(&self) -> Option<&TlsServer> {
        self.tls.as_deref().map(SessionTls::server)
    }
}

impl Session {
    /// Encrypts the control connection before anything is said, where that is what the server does.
    pub(super) async fn secure_implicitly(&mut self) {
        if self.security.is_implicit() {
            self.secure().await;
        }
    }

    pub(super) async fn authenticate_by_tls(&mut self) -> Answer {
        if self.control.is_secure() {
            return Answer::Reply(replies::already_secure());
        }
        if self.security.server().is_some_and(TlsServer::refuses_auth) {
            return Answer::Reply(replies::security_not_implemented());
        }
        // RFC 2228, 3: whoever was logged in must log in again, and what PBSZ and PROT have set is no more.
        self.flush_account();
        self.security.reset();
        self.control.send(&replies::begin_handshake()).await;
        self.secure().await;
        Answer::Sent
    }

    async fn secure(&mut self) {
        let Some(tls) = self.security.tls.clone() else { return };
        self.ending |= self.control.secure(&tls).await.is_err();
    }

    pub(super) fn protection_buffer_size(&mut self) -> Outcome {
        self.require_secure_control()?;
        self.security.buffer_size_set = true;
        Ok(replies::protection_buffer_size())
    }

    pub(super) fn protection(&mut self, level: ProtectionLevel) -> Outcome {
        self.require_secure_control()?;
        if !self.security.buffer_size_set {
            return Err(replies::protection_buffer_size_first());
        }
        if let ProtectionLevel::Safe | ProtectionLevel::Confidential = level {
            return Err(replies::protection_level_not_supported(level));
        }
        if level != self.security.level {
            // One that was set up before has, or has not, begun its handshake.
            self.data = DataChannel::None;
        }
        self.security.level = level;
        Ok(replies::protection_set(level))
    }

    /// CCC: the control connection goes on in the clear, data connections as PROT says.
    pub(super) async fn clear_control(&mut self) -> Result<Answer, Reply> {
        self.require_secure_control()?;
        let stays = |server: &TlsServer| server.is_implicit() || server.is_required_on_control();
        if self.security.server().is_some_and(stays) {
            return Err(replies::control_stays_secure());
        }
        self.control.send(&replies::control_cleared()).await;
        self.control.go_clear().await;
        Ok(Answer::Sent)
    }

    /// REIN: after it the session is as at its beginning, the control connection in the clear (RFC 4217, 11).
    pub(super) async fn reinitialize(&mut self) -> Answer {
        self.flush_account();
        self.epsv_all = false;
        self.security.reset();
        self.control.send(&replies::ready_for_new_user()).await;
        if !self.security.is_implicit() {
            self.control.go_clear().await;
        }
        Answer::Sent
    }

    /// Refuses to go on in the clear with a login, or a data connection, where the server demands TLS for it.
    pub(super) fn require_security(&self, logs_in: bool, uses_data: bool) -> Result<(), Reply> {
        let Some(server) = self.security.server() else { return Ok(()) };
        if logs_in && server.is_required_on_control() && !self.control.is_secure() {
            return Err(replies::secure_control_required());
        }
        if uses_data && server.is_required_on_data() && self.security.level == ProtectionLevel::Clear {
            return Err(replies::secure_data_required());
        }
        Ok(())
    }

    fn require_secure_control(&self) -> Result<(), Reply> {
        if self.control.is_secure() { Ok(()) } else { Err(replies::auth_first()) }
    }
}
