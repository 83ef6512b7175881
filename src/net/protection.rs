//! What protects a data connection: nothing, or TLS, from before its handshake on.

use std::future::pending;
use std::sync::Arc;

use super::data::DataConnection;
use super::readiness::read_at_once;
use super::recorder::Recorder;
use super::records::shake_hands;
use super::timer::Patience;
use super::unread::take_unread;
use crate::tls::{SessionTls, TlsChannel, TlsFailure};
use crate::transcript::{Direction, Event, Text, WireEvent};

/// What protects a data connection.
#[derive(Debug)]
pub(super) enum Protection {
    Clear,
    /// The client has not begun its handshake.
    Due(Arc<SessionTls>),
    UnderWay(Box<TlsChannel>),
    Tls(Box<TlsChannel>),
    Failed(TlsFailure),
}

impl DataConnection {
    /// Demands TLS on it, if there is a `session` that does.
    pub(crate) fn protected_by(mut self, session: Option<Arc<SessionTls>>) -> Self {
        self.protection = session.map_or(Protection::Clear, Protection::Due);
        self
    }

    /// Does the handshake of a client that begins it before it sends its command; otherwise pends for ever.
    ///
    /// May be cancelled without losing anything.
    pub(crate) async fn secure_early(&mut self) {
        if let Protection::Due(_) = &self.protection {
            let _waiting = self.waits.readable(&self.socket);
            // A socket that cannot be waited for fails when it is read.
            let _ = self.socket.readable().await;
        }
        if let Protection::Due(_) | Protection::UnderWay(_) = &self.protection {
            self.shake_hands(None, &Patience::endless()).await;
        }
        pending().await
    }

    /// Makes sure of the protection before a transfer, and records why there is none.
    ///
    /// # Errors
    /// When the handshake fails.
    pub(crate) async fn secure(
        &mut self,
        direction: Direction,
        patience: &Patience,
        recorder: &Recorder,
    ) -> Result<(), TlsFailure> {
        self.shake_hands(Some(direction), patience).await;
        let Protection::Failed(failure) = self.protection else { return Ok(()) };
        tracing::info!(target: "ftp_fixture::net", session = %recorder.session(), %failure, "no TLS on the data connection");
        let reason = Text::literal(failure.to_string());
        recorder.record(|| WireEvent::Event(Event::TlsDataFailed(reason)));
        Err(failure)
    }

    /// Reads what a client said that only listens, such as its own close_notify: closing over it would send a reset,
    /// which can overtake the data.
    pub(super) fn forget_unread(&self) {
        take_unread(|buffer| read_at_once(&self.socket, buffer), |_| {});
    }

    /// Goes on with a handshake that is due or under way; as far as it can before the direction is known.
    async fn shake_hands(&mut self, direction: Option<Direction>, patience: &Patience) {
        if let Protection::Due(session) = &self.protection {
            self.protection = match session.on_data() {
                Ok(channel) => Protection::UnderWay(Box::new(channel)),
                Err(failure) => Protection::Failed(failure),
            };
        }
        let Protection::UnderWay(channel) = &mut self.protection else { return };
        if let Some(direction) = direction {
            channel.client_reads(direction == Direction::ToClient);
        }
        let outcome = shake_hands(&self.socket, channel, patience, &self.waits).await;
        self.protection = match (outcome, std::mem::replace(&mut self.protection, Protection::Clear)) {
            (Ok(()), Protection::UnderWay(channel)) if !channel.is_handshaking() => Protection::Tls(channel),
            (Ok(()), other) => other,
            (Err(failure), _) => Protection::Failed(failure),
        };
    }
}
