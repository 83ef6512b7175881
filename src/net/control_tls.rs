//! TLS on the control connection: its beginning, and its end where the connection goes on in the clear (RFC 4217).

use std::io;

use super::control::ControlConnection;
use super::records::{read_records, send_records, shake_hands};
use crate::tls::{SessionTls, TlsFailure};
use crate::transcript::{Event, Text, WireEvent};

impl ControlConnection {
    /// Whether it is encrypted.
    pub(crate) fn is_secure(&self) -> bool {
        self.tls.is_some()
    }

    /// The name in the certificate that the client has shown.
    pub(crate) fn client_name(&self) -> Option<String> {
        self.tls.as_ref()?.client_name()
    }

    /// Encrypts it, once the client has been told that it may begin.
    ///
    /// What came behind the AUTH must be the handshake: commands there were sent in the clear, by the client or by
    /// somebody between, and are thrown away with the connection (CVE-2011-0411).
    ///
    /// # Errors
    /// When the handshake fails: the connection is then of no more use.
    pub(crate) async fn secure(&mut self, session: &SessionTls) -> Result<(), TlsFailure> {
        let outcome = self.shake_hands(session).await;
        let event = match outcome {
            Ok(()) => Event::TlsControl,
            Err(failure) => {
                let session = self.recorder().session();
                if failure == TlsFailure::Plaintext {
                    tracing::warn!(target: "ftp_fixture::net", %session, "commands in the clear where a handshake is due; the session is refused");
                } else {
                    tracing::info!(target: "ftp_fixture::net", %session, %failure, "no TLS on the control connection");
                }
                self.ended = failure == TlsFailure::Closed;
                Event::TlsControlFailed(Text::literal(failure.to_string()))
            }
        };
        self.recorder().record(|| WireEvent::Event(event));
        outcome
    }

    async fn shake_hands(&mut self, session: &SessionTls) -> Result<(), TlsFailure> {
        if !self.held.is_empty() {
            self.held.clear();
            return Err(TlsFailure::Plaintext);
        }
        let mut channel = session.on_control()?;
        channel.feed(self.decoder.unfinished());
        self.decoder.clear();
        shake_hands(&self.socket, &mut channel, &self.patience, &self.waits).await?;
        self.tls = Some(Box::new(channel));
        Ok(())
    }

    /// Goes on in the clear, after both sides have said that this is the end of TLS, or the client has not and goes on.
    pub(crate) async fn go_clear(&mut self) {
        let Some(mut channel) = self.tls.take() else { return };
        channel.close();
        let mut buffer = [0; 1024];
        loop {
            let _ = send_records(&self.socket, &mut channel);
            match read_records(&self.socket, &mut channel, &mut buffer) {
                Ok(0) => break,
                // Commands that the client sent before it read the reply.
                Ok(count) => self.decoder.buffer(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if channel.is_followed_by_plaintext() {
                        break;
                    }
                    let _waiting = self.waits.command(&self.socket);
                    if self.patience.wait_for(self.socket.readable(), &self.waits).await.is_err() {
                        self.ended = true;
                        return;
                    }
                }
                Err(_) => {
                    self.ended = true;
                    return;
                }
            }
        }
        self.decoder.buffer(&channel.into_rest());
    }
}
