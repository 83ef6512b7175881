//! TLS on one connection, as bytes in and bytes out. Sockets, and waiting for them, are `net`'s.
//!
//! Records are taken one by one, so that what follows the client's close_notify is left as it came: after CCC it is
//! commands in the clear.

use std::fmt;
use std::io::{ErrorKind, Read, Write};
use std::ops::RangeInclusive;
use std::sync::Arc;

use rustls::{Connection, HandshakeKind};

use super::common_name::common_name;
use super::failure::TlsFailure;
use super::session_store::ConnectionSessions;

const HEADER_SIZE: usize = 5;
/// RFC 8446, 5.1: the type of a record with handshake messages, and the first byte of every connection.
const HANDSHAKE: u8 = 22;
/// The type of a record with an alert, which a server may begin with.
const ALERT: u8 = 21;
/// What every encrypted record of TLS 1.3 claims to be; in TLS 1.2 none comes before the handshake's end.
const APPLICATION_DATA: u8 = 23;
/// The types of records: what no command begins with.
const RECORDS: RangeInclusive<u8> = 20..=APPLICATION_DATA;
/// A fatal alert: handshake_failure (40).
const HANDSHAKE_FAILURE: [u8; 7] = [21, 3, 3, 0, 2, 2, 40];

/// How close_notify is dealt with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    /// Whether it is sent.
    pub(super) says: bool,
    /// Whether the client must send it.
    pub(super) expects: bool,
}

/// One side of TLS on one connection. What is said of the client here is said of any peer.
pub(crate) struct TlsChannel {
    connection: Connection,
    /// Of a server that remembers any.
    sessions: Option<Arc<ConnectionSessions>>,
    /// What came and was not dealt with; a part of a record, unless there is plaintext to be read first.
    incoming: Vec<u8>,
    /// What is to be sent.
    outgoing: Vec<u8>,
    ending: Ending,
    /// No record has come yet.
    is_new: bool,
    /// The handshake is to fail.
    fails: bool,
    must_resume: bool,
    /// Whether the client reads before it closes, and with that a ticket that is sent to it; unknown until it is told.
    client_reads: Option<bool>,
    /// This side has said that it is done.
    closed: bool,
}

impl fmt::Debug for TlsChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsChannel").field("is_handshaking", &self.is_handshaking()).finish_non_exhaustive()
    }
}

impl TlsChannel {
    pub(super) fn new(
        connection: impl Into<Connection>,
        ending: Ending,
        fails: bool,
        must_resume: bool,
    ) -> Self {
        let mut connection = connection.into();
        // Who writes waits until all of it is sent.
        connection.set_buffer_limit(None);
        let mut channel = Self {
            connection,
            sessions: None,
            incoming: Vec::new(),
            outgoing: Vec::new(),
            ending,
            is_new: true,
            fails,
            must_resume,
            client_reads: None,
            closed: false,
        };
        // A client begins the handshake.
        channel.collect_outgoing();
        channel
    }

    /// Sends tickets for these.
    pub(super) fn remembering(self, sessions: Option<Arc<ConnectionSessions>>) -> Self {
        Self { sessions, ..self }
    }

    /// Takes what came from the client.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.incoming.extend_from_slice(bytes);
    }

    pub(crate) fn is_handshaking(&self) -> bool {
        self.connection.is_handshaking()
    }

    /// Says whether the client is going to read. One that is not gets no TLS 1.3 ticket: closing over it would reset the
    /// connection, and lose what was sent.
    pub(crate) fn client_reads(&mut self, client_reads: bool) {
        self.client_reads = Some(client_reads);
    }

    /// Whether the handshake cannot end before it is known whether the client is going to read: tickets are the answer
    /// to the client's last records, behind which it waits for none.
    pub(crate) fn must_know_who_reads(&self) -> bool {
        self.client_reads.is_none() && self.is_last_flight()
    }

    /// Goes on with the handshake as far as what came allows.
    ///
    /// # Errors
    /// When there is no TLS on this connection; what is then to be sent tells the client.
    pub(crate) fn shake_hands(&mut self) -> Result<(), TlsFailure> {
        while self.is_handshaking() {
            if !self.take_record()? {
                return Ok(());
            }
            if self.connection.process_new_packets().is_ok_and(|state| state.peer_has_closed()) {
                return Err(TlsFailure::Closed);
            }
        }
        if self.is_handshaking() {
            return Ok(());
        }
        let resumed = self.connection.handshake_kind() == Some(HandshakeKind::Resumed);
        if self.must_resume && !resumed { Err(TlsFailure::NoSessionReuse) } else { Ok(()) }
    }

    /// Reads what was deciphered: `Some(0)` after the client's close_notify, `None` when more must come first.
    ///
    /// # Errors
    /// When what came is not what the client has sent.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> Result<Option<usize>, TlsFailure> {
        loop {
            match self.connection.reader().read(buffer) {
                Ok(count) => return Ok(Some(count)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if !self.take_record()? {
                        return Ok(None);
                    }
                }
                Err(_) => return Err(TlsFailure::Handshake),
            }
        }
    }

    /// Enciphers `bytes`, to be sent.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        // There is no limit to the buffer, and nothing else that could fail.
        let _ = self.connection.writer().write_all(bytes);
        self.collect_outgoing();
    }

    /// Says that nothing more will be sent, unless that is to be left out.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        if self.ending.says && !self.is_handshaking() {
            self.connection.send_close_notify();
            self.collect_outgoing();
        }
    }

    /// Whether a connection that just ends may have been cut short.
    pub(crate) fn expects_close_notify(&self) -> bool {
        self.ending.expects
    }

    /// Whether the first part of a record has come: a connection that ends here was cut.
    pub(crate) fn has_part_of_a_record(&self) -> bool {
        !self.incoming.is_empty() && !self.is_followed_by_plaintext()
    }

    /// What is to be sent.
    pub(crate) fn outgoing(&self) -> &[u8] {
        &self.outgoing
    }

    /// Notes that so many bytes of it were sent.
    pub(crate) fn sent(&mut self, count: usize) {
        self.outgoing.drain(..count);
    }

    /// Whether the client goes on in the clear behind this side's close_notify, without one of its own, as curl does.
    pub(crate) fn is_followed_by_plaintext(&self) -> bool {
        self.closed && self.incoming.first().is_some_and(|first| !RECORDS.contains(first))
    }

    /// What came behind the client's close_notify, or instead of it.
    pub(crate) fn into_rest(self) -> Vec<u8> {
        self.incoming
    }

    /// The name in the client's certificate, if it has shown one.
    pub(crate) fn client_name(&self) -> Option<String> {
        common_name(self.connection.peer_certificates()?.first()?)
    }

    /// Deals with one record, if a whole one has come.
    fn take_record(&mut self) -> Result<bool, TlsFailure> {
        let may_begin = match self.connection {
            Connection::Client(_) => &[HANDSHAKE, ALERT][..],
            Connection::Server(_) => &[HANDSHAKE],
        };
        if self.is_new && self.incoming.first().is_some_and(|first| !may_begin.contains(first)) {
            return Err(TlsFailure::Plaintext);
        }
        if self.must_know_who_reads() || self.is_followed_by_plaintext() {
            return Ok(false);
        }
        let Some([_, _, _, high, low]) = self.incoming.first_chunk::<HEADER_SIZE>() else { return Ok(false) };
        let length = HEADER_SIZE + usize::from(u16::from_be_bytes([*high, *low]));
        if self.incoming.len() < length {
            return Ok(false);
        }
        self.is_new = false;
        if self.fails {
            self.outgoing.extend_from_slice(&HANDSHAKE_FAILURE);
            return Err(TlsFailure::Handshake);
        }
        if self.is_last_flight()
            && self.client_reads == Some(false)
            && let Some(sessions) = &self.sessions
        {
            sessions.withhold_tickets();
        }
        let outcome = self.process(length);
        self.incoming.drain(..length);
        self.collect_outgoing();
        outcome.map(|()| true).map_err(|error| TlsFailure::from(&error))
    }

    /// Whether the next record is one of TLS 1.3 with which a client ends a handshake.
    fn is_last_flight(&self) -> bool {
        matches!(self.connection, Connection::Server(_))
            && self.is_handshaking()
            && self.incoming.first() == Some(&APPLICATION_DATA)
    }

    fn process(&mut self, length: usize) -> Result<(), rustls::Error> {
        let mut record = &self.incoming[..length];
        while !record.is_empty() {
            match self.connection.read_tls(&mut record) {
                Ok(count) if count > 0 => self.connection.process_new_packets()?,
                outcome => return Err(rustls::Error::General(format!("record not taken: {outcome:?}"))),
            };
        }
        Ok(())
    }

    fn collect_outgoing(&mut self) {
        while self.connection.wants_write() {
            // Writing to a vector does not fail.
            let _ = self.connection.write_tls(&mut self.outgoing);
        }
    }
}
