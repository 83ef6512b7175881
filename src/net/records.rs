//! Carries the records of a TLS connection over its socket.

use std::io;
use std::sync::Arc;

use tokio::net::TcpStream;

use super::readiness::{read_at_once, write_at_once};
use super::timer::Patience;
use super::waits::Waits;
use crate::tls::{TlsChannel, TlsFailure};

/// More than the longest record.
const READ_BUFFER: usize = 20 * 1024;

/// Reads what is there, deciphered; 0 at the client's close_notify, `WouldBlock` when there is no whole record.
///
/// # Errors
/// `UnexpectedEof` where the connection just ends and must not, or ends within a record; `InvalidData` for what the
/// client cannot have sent.
pub(super) fn read_records(socket: &TcpStream, tls: &mut TlsChannel, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match tls.read(buffer) {
            Ok(Some(count)) => return Ok(count),
            Ok(None) => {}
            Err(_) => {
                let _ = send_records(socket, tls);
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        // Dealing with a record may have made one to be sent, such as a new key.
        let _ = send_records(socket, tls);
        let mut records = [0; READ_BUFFER];
        match read_at_once(socket, &mut records)? {
            0 if tls.expects_close_notify() || tls.has_part_of_a_record() => {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            0 => return Ok(0),
            count => tls.feed(&records[..count]),
        }
    }
}

/// Sends what there is to be sent; `WouldBlock` when there is no room for the rest.
///
/// # Errors
/// When the client closed or reset the connection.
pub(super) fn send_records(socket: &TcpStream, tls: &mut TlsChannel) -> io::Result<()> {
    while !tls.outgoing().is_empty() {
        let count = write_at_once(socket, tls.outgoing())?;
        tls.sent(count);
    }
    Ok(())
}

/// Does the handshake, in any number of calls: it may be cancelled without losing anything. It is not done yet where it
/// must be known who reads.
///
/// # Errors
/// When there is no TLS on this connection; the client was told, where TLS has a word for it.
pub(super) async fn shake_hands(
    socket: &Arc<TcpStream>,
    tls: &mut TlsChannel,
    patience: &Patience,
    waits: &Waits,
) -> Result<(), TlsFailure> {
    loop {
        let outcome = tls.shake_hands();
        loop {
            match send_records(socket, tls) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _waiting = waits.writable(socket);
                    patience.wait_for(socket.writable(), waits).await.map_err(|error| failure(&error))?;
                }
                // A client that is gone may have said why, and that is read below.
                _ => break,
            }
        }
        outcome?;
        if !tls.is_handshaking() || tls.must_know_who_reads() {
            return Ok(());
        }
        let mut records = [0; READ_BUFFER];
        match read_at_once(socket, &mut records) {
            Ok(0) => return Err(TlsFailure::Closed),
            Ok(count) => tls.feed(&records[..count]),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                let _waiting = waits.readable(socket);
                patience.wait_for(socket.readable(), waits).await.map_err(|error| failure(&error))?;
            }
            Err(_) => return Err(TlsFailure::Closed),
        }
    }
}

fn failure(error: &io::Error) -> TlsFailure {
    match error.kind() {
        io::ErrorKind::TimedOut => TlsFailure::TimedOut,
        _ => TlsFailure::Closed,
    }
}
