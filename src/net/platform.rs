//! What differs between operating systems, all of it through safe wrappers.
//!
//! Linux is complete. Elsewhere an acknowledgement cannot be asked for, so that a command which the client's kernel
//! still holds back (Nagle) is seen only once it arrives; a socket is read and written only when the runtime knows
//! that it can be, so that which of two sockets was ready first is not always seen; nobody tells of the client's own
//! sockets, so that what it has sent is missed until it arrives; and files are sent by reading them.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use socket2::{Domain, Protocol, SockRef, Socket, Type};

use super::deadline::Deadline;
#[cfg(target_os = "linux")]
pub(super) use super::sock_diag::SockDiag;

/// Where the kernel does not tell of other sockets: there is no value of it.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
pub(super) enum SockDiag {}

#[cfg(not(target_os = "linux"))]
impl SockDiag {
    pub(super) fn open() -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn find(&self, _: SocketAddr, _: SocketAddr) -> io::Result<super::peers::PeerSocket> {
        match *self {}
    }

    pub(super) fn half_open(&self, _: SocketAddr) -> io::Result<Vec<(SocketAddr, SocketAddr)>> {
        match *self {}
    }
}

/// What a task may wait for on a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interest {
    Readable,
    Writable,
}

/// Whether the kernel would let the socket go on now: with data, an end, an error, or room.
pub(crate) fn is_ready(socket: &impl AsFd, interest: Interest) -> bool {
    let flags = match interest {
        Interest::Readable => PollFlags::IN,
        Interest::Writable => PollFlags::OUT,
    };
    let mut fds = [PollFd::new(socket, flags)];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    loop {
        match poll(&mut fds, Some(&at_once)) {
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return false,
            Ok(count) => return count > 0,
        }
    }
}

/// Waits until one of two sockets has something to read, or a connection to accept; `TimedOut` when neither has within
/// `limit`.
pub(crate) fn wait_for_either(
    first: &impl AsFd,
    second: &impl AsFd,
    limit: Option<Duration>,
) -> io::Result<()> {
    let deadline = limit.map(Deadline::after);
    loop {
        let mut fds = [PollFd::new(first, PollFlags::IN), PollFd::new(second, PollFlags::IN)];
        let left = deadline.and_then(Deadline::remaining).and_then(|left| Timespec::try_from(left).ok());
        match poll(&mut fds, left.as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
            Ok(_) => return Ok(()),
        }
    }
}

/// Sends the acknowledgement that the kernel is holding back, so that a peer whose next bytes wait for it sends them.
pub(crate) fn acknowledge_now(socket: &impl AsFd) {
    #[cfg(target_os = "linux")]
    let _ = SockRef::from(socket).set_tcp_quickack(true);
    #[cfg(not(target_os = "linux"))]
    let _ = socket;
}

/// Binds a listening socket that does not block; the port is known, and clients may connect, when this returns.
pub(crate) fn listen(address: SocketAddr, backlog: i32) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // A port given by number is to be had again at once after the last server on it has ended.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(backlog)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

/// Takes one connection out of a listener's queue; `None` when it is empty.
pub(crate) fn accept_now(listener: &impl AsFd) -> Option<io::Result<(std::net::TcpStream, SocketAddr)>> {
    match SockRef::from(listener).accept() {
        Ok((socket, address)) => {
            let Some(address) = address.as_socket() else {
                return Some(Err(io::Error::other("a peer without an IP address")));
            };
            Some(socket.set_nonblocking(true).map(|()| (socket.into(), address)))
        }
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
        Err(error) => Some(Err(error)),
    }
}

/// Prepares a control connection: small replies go out at once if `no_delay`, and urgent bytes stay in line.
///
/// Without the latter a client that sends `ABOR` as urgent data, as Python's ftplib does, would lose the line's last
/// byte on the way, and the line would never end.
pub(crate) fn prepare_control(socket: &impl AsFd, no_delay: bool) {
    let socket = SockRef::from(socket);
    let _ = socket.set_tcp_nodelay(no_delay);
    let _ = socket.set_out_of_band_inline(true);
}

/// Ends a connection, or a listener, for good.
///
/// Closing it does not do that while a child that the process has just forked still holds a copy of it: the client of
/// another test would then wait for an end, or reach a port that is said to be closed.
pub(crate) fn hang_up(socket: &impl AsFd) {
    let _ = SockRef::from(socket).shutdown(std::net::Shutdown::Both);
}

/// Has the peer see a reset, and not an end, when this socket is closed.
pub(crate) fn reset_on_close(socket: &impl AsFd) {
    let _ = SockRef::from(socket).set_linger(Some(Duration::ZERO));
}

/// Prepares a data connection: its last, small segment goes out at once.
pub(crate) fn prepare_data(socket: &impl AsFd) {
    let _ = SockRef::from(socket).set_tcp_nodelay(true);
}

/// Reads what the kernel has, whatever the runtime knows of it; `WouldBlock` when it has nothing.
pub(crate) fn read_now(socket: &impl AsFd, buffer: &mut [u8]) -> io::Result<usize> {
    #[cfg(target_os = "linux")]
    {
        let (count, _) = rustix::net::recv(socket, buffer, rustix::net::RecvFlags::DONTWAIT)?;
        Ok(count)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (socket, buffer);
        Err(io::ErrorKind::WouldBlock.into())
    }
}

/// Writes what the kernel has room for, whatever the runtime knows of it; `WouldBlock` when it has none.
pub(crate) fn write_now(socket: &impl AsFd, bytes: &[u8]) -> io::Result<usize> {
    #[cfg(target_os = "linux")]
    {
        use rustix::net::SendFlags;
        Ok(rustix::net::send(socket, bytes, SendFlags::DONTWAIT | SendFlags::NOSIGNAL)?)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (socket, bytes);
        Err(io::ErrorKind::WouldBlock.into())
    }
}

/// Lets the kernel send at most `count` bytes of `file` from its position, which moves on; 0 at its end, `WouldBlock`
/// when there is no room, `Unsupported` when they must be read and written instead.
pub(crate) fn send_file_now(socket: &impl AsFd, file: BorrowedFd<'_>, count: usize) -> io::Result<usize> {
    #[cfg(target_os = "linux")]
    {
        use rustix::io::Errno;
        loop {
            match rustix::fs::sendfile(socket, file, None, count) {
                Err(Errno::INTR) => {}
                // What is wrong with a file is told by reading it.
                Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP | Errno::OVERFLOW | Errno::IO) => {
                    return Err(io::ErrorKind::Unsupported.into());
                }
                result => return Ok(result?),
            }
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (socket, file, count);
        Err(io::ErrorKind::Unsupported.into())
    }
}
