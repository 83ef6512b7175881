//! Stands for `tls` where that feature is off: types without values, so that nothing of it can be reached.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

/// A server's TLS.
#[derive(Debug)]
pub(crate) enum TlsServer {}

/// A session's TLS.
#[derive(Debug)]
pub(crate) enum SessionTls {}

/// What a client wants of TLS.
#[derive(Debug, Clone)]
pub(crate) enum ClientTls {}

/// A client's TLS.
#[derive(Debug)]
pub(crate) enum UserTls {}

/// TLS on one connection.
#[derive(Debug)]
pub(crate) enum TlsChannel {}

/// Why there is no TLS on a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TlsFailure {
    Plaintext,
    Closed,
    TimedOut,
}

impl TlsFailure {
    pub(crate) fn is_no_session_reuse(self) -> bool {
        false
    }
}

impl fmt::Display for TlsFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no tls")
    }
}

impl TlsServer {
    pub(crate) fn is_implicit(&self) -> bool {
        match *self {}
    }

    pub(crate) fn refuses_auth(&self) -> bool {
        match *self {}
    }

    pub(crate) fn is_required_on_control(&self) -> bool {
        match *self {}
    }

    pub(crate) fn is_required_on_data(&self) -> bool {
        match *self {}
    }

    pub(crate) fn has_clear_data(&self) -> bool {
        match *self {}
    }

    pub(crate) fn session(self: &Arc<Self>) -> SessionTls {
        match **self {}
    }
}

impl SessionTls {
    pub(crate) fn server(&self) -> &TlsServer {
        match *self {}
    }

    pub(crate) fn on_control(&self) -> Result<TlsChannel, TlsFailure> {
        match *self {}
    }

    pub(crate) fn on_data(&self) -> Result<TlsChannel, TlsFailure> {
        match *self {}
    }
}

impl ClientTls {
    pub(crate) fn prepare(&self, _host: &str) -> Result<UserTls, Infallible> {
        match *self {}
    }
}

impl UserTls {
    pub(crate) fn channel(&self) -> Result<TlsChannel, TlsFailure> {
        match *self {}
    }
}

impl TlsChannel {
    pub(crate) fn feed(&mut self, _bytes: &[u8]) {
        match *self {}
    }

    pub(crate) fn is_handshaking(&self) -> bool {
        match *self {}
    }

    pub(crate) fn client_reads(&mut self, _client_reads: bool) {
        match *self {}
    }

    pub(crate) fn must_know_who_reads(&self) -> bool {
        match *self {}
    }

    pub(crate) fn shake_hands(&mut self) -> Result<(), TlsFailure> {
        match *self {}
    }

    pub(crate) fn read(&mut self, _buffer: &mut [u8]) -> Result<Option<usize>, TlsFailure> {
        match *self {}
    }

    pub(crate) fn write(&mut self, _bytes: &[u8]) {
        match *self {}
    }

    pub(crate) fn close(&mut self) {
        match *self {}
    }

    pub(crate) fn expects_close_notify(&self) -> bool {
        match *self {}
    }

    pub(crate) fn has_part_of_a_record(&self) -> bool {
        match *self {}
    }

    pub(crate) fn outgoing(&self) -> &[u8] {
        match *self {}
    }

    pub(crate) fn sent(&mut self, _count: usize) {
        match *self {}
    }

    pub(crate) fn is_followed_by_plaintext(&self) -> bool {
        match *self {}
    }

    pub(crate) fn into_rest(self) -> Vec<u8> {
        match self {}
    }

    pub(crate) fn client_name(&self) -> Option<String> {
        match *self {}
    }
}
