//! Reads and writes that ask the kernel, where the runtime only remembers what the kernel last told it.
//!
//! Which of two connections a client used first is to be seen from the connections themselves, and must not depend on
//! when the runtime last looked. The runtime is asked first nevertheless: so it notes that a socket has nothing more,
//! and that it must be woken.

use std::io;
use std::os::fd::BorrowedFd;

use tokio::io::Interest;
use tokio::net::TcpStream;

use super::platform;

/// Reads what is there; `WouldBlock` when there is nothing.
pub(super) fn read_at_once(socket: &TcpStream, buffer: &mut [u8]) -> io::Result<usize> {
    match socket.try_read(buffer) {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => platform::read_now(socket, buffer),
        result => result,
    }
}

/// Writes what there is room for; `WouldBlock` when there is none.
pub(super) fn write_at_once(socket: &TcpStream, bytes: &[u8]) -> io::Result<usize> {
    match socket.try_write(bytes) {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => platform::write_now(socket, bytes),
        result => result,
    }
}

/// Sends of `file` what there is room for, at most `count` bytes; `WouldBlock` when there is none.
pub(super) fn send_file_at_once(socket: &TcpStream, file: BorrowedFd<'_>, count: usize) -> io::Result<usize> {
    match socket.try_io(Interest::WRITABLE, || platform::send_file_now(socket, file, count)) {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
            platform::send_file_now(socket, file, count)
        }
        result => result,
    }
}
