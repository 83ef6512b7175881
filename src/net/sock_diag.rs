//! Asks Linux about a TCP socket of this machine, named by its addresses: the layout of `linux/netlink.h`,
//! `linux/sock_diag.h` and `linux/inet_diag.h`. What the answers mean for a session is told in `peers`.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::OwnedFd;

use rustix::io::Errno;
use rustix::net::netlink::{SOCK_DIAG, SocketAddrNetlink};
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, ipproto, recv, sendto, socket_with,
};

use super::peers::PeerSocket;

const NLMSG_ERROR: u16 = 2;
const NLMSG_DONE: u16 = 3;
const SOCK_DIAG_BY_FAMILY: u16 = 20;

const NLM_F_REQUEST: u16 = 0x1;
const NLM_F_DUMP: u16 = 0x300;

/// `struct nlmsghdr`.
const HEADER_SIZE: usize = 16;
/// `struct inet_diag_req_v2`.
const REQUEST_SIZE: usize = 56;
/// `struct inet_diag_msg`.
const ANSWER_SIZE: usize = 72;
/// One answer, or one part of a dump, which is never longer.
const BUFFER_SIZE: usize = 32 * 1024;

/// `INET_DIAG_NOCOOKIE`, twice: whichever socket has the addresses.
const NO_COOKIE: [u8; 8] = [0xff; 8];

// `net/tcp_states.h`.
const TCP_ESTABLISHED: u8 = 1;
const TCP_SYN_SENT: u8 = 2;
const TCP_SYN_RECV: u8 = 3;
const TCP_CLOSE_WAIT: u8 = 8;
const TCP_LISTEN: u8 = 10;

/// A way to ask the kernel about sockets. It answers at once: nothing here waits.
#[derive(Debug)]
pub(super) struct SockDiag(OwnedFd);

impl SockDiag {
    /// # Errors
    /// When the process may have no such socket, or no more descriptors.
    pub(super) fn open() -> io::Result<Self> {
        let socket =
            socket_with(AddressFamily::NETLINK, SocketType::DGRAM, SocketFlags::CLOEXEC, Some(SOCK_DIAG))?;
        Ok(Self(socket))
    }

    /// The connected socket that is at `local`, with its peer at `remote`.
    ///
    /// # Errors
    /// When the kernel refuses to say.
    pub(super) fn find(&self, local: SocketAddr, remote: SocketAddr) -> io::Result<PeerSocket> {
        self.send(NLM_F_REQUEST, u32::MAX, canonical(local), canonical(remote))?;
        let mut found = PeerSocket::Gone;
        match self.receive(|answer| found = answer.socket) {
            Ok(_) => Ok(found),
            Err(Errno::NOENT) => Ok(PeerSocket::Gone),
            Err(error) => Err(error.into()),
        }
    }

    /// The connections to `listener`, our end of them first, of which the last acknowledgement has not come in yet.
    ///
    /// # Errors
    /// When the kernel refuses to say.
    pub(super) fn half_open(&self, listener: SocketAddr) -> io::Result<Vec<(SocketAddr, SocketAddr)>> {
        let anyone = SocketAddr::new(unspecified_as(listener.ip()), 0);
        self.send(NLM_F_REQUEST | NLM_F_DUMP, 1 << TCP_SYN_RECV, anyone, anyone)?;
        let mut found = Vec::new();
        while !self.receive(|answer| found.push((answer.local, answer.remote)))? {}
        found.retain(|(local, _)| local.port() == listener.port());
        Ok(found)
    }

    fn send(&self, flags: u16, states: u32, local: SocketAddr, remote: SocketAddr) -> io::Result<()> {
        let request = request(flags, states, local, remote);
        sendto(&self.0, &request, SendFlags::DONTWAIT, &SocketAddrNetlink::new(0, 0))?;
        Ok(())
    }

    /// Takes what is there, a dump's part or an answer; `true` at the end of a dump.
    fn receive(&self, mut each: impl FnMut(Answer)) -> Result<bool, Errno> {
        let mut buffer = [0; BUFFER_SIZE];
        let (count, _) = recv(&self.0, &mut buffer[..], RecvFlags::DONTWAIT)?;
        let mut rest = &buffer[..count];
        while let Some((kind, body, next)) = first_message(rest) {
            match kind {
                NLMSG_DONE => return Ok(true),
                NLMSG_ERROR => return Err(Errno::from_raw_os_error(-i32_at(body, 0).ok_or(Errno::BADMSG)?)),
                SOCK_DIAG_BY_FAMILY => each(parse(body).ok_or(Errno::BADMSG)?),
                _ => {}
            }
            rest = next;
        }
        Ok(false)
    }
}

/// IPv4 as such, even where an IPv6 socket speaks it.
fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn unspecified_as(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    }
}

fn family(address: SocketAddr) -> AddressFamily {
    if address.is_ipv4() { AddressFamily::INET } else { AddressFamily::INET6 }
}

/// What the kernel says of one socket.
#[derive(Debug)]
struct Answer {
    socket: PeerSocket,
    local: SocketAddr,
    remote: SocketAddr,
}

fn request(flags: u16, states: u32, local: SocketAddr, remote: SocketAddr) -> Vec<u8> {
    let size = HEADER_SIZE + REQUEST_SIZE;
    let mut message = Vec::with_capacity(size);
    message.extend((size as u32).to_ne_bytes());
    message.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    message.extend(flags.to_ne_bytes());
    // The sequence number and the sender: there is one question at a time.
    message.extend([0; 8]);
    // The families' and the protocols' numbers all fit into a byte.
    message.extend([family(local).as_raw() as u8, ipproto::TCP.as_raw().get() as u8, 0, 0]);
    message.extend(states.to_ne_bytes());
    message.extend(local.port().to_be_bytes());
    message.extend(remote.port().to_be_bytes());
    message.extend(sixteen_bytes(local.ip()));
    message.extend(sixteen_bytes(remote.ip()));
    // On whichever interface.
    message.extend([0; 4]);
    message.extend(NO_COOKIE);
    message
}

/// The first message's kind and body, and what follows it.
fn first_message(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let length = u32::from_ne_bytes(*bytes.first_chunk()?) as usize;
    let kind = u16::from_ne_bytes(*bytes.get(4..)?.first_chunk()?);
    let body = bytes.get(HEADER_SIZE..length)?;
    Some((kind, body, bytes.get(length.next_multiple_of(4)..).unwrap_or_default()))
}

fn parse(body: &[u8]) -> Option<Answer> {
    let body: &[u8; ANSWER_SIZE] = body.first_chunk()?;
    let address = |port: usize, address: usize| {
        let bytes: [u8; 16] = *body[address..].first_chunk()?;
        let ip = if u16::from(body[0]) == AddressFamily::INET.as_raw() {
            IpAddr::from(*bytes.first_chunk::<4>()?)
        } else {
            IpAddr::from(bytes)
        };
        let port = u16::from_be_bytes(*body[port..].first_chunk()?);
        Some(canonical(SocketAddr::new(ip, port)))
    };
    let socket = match body[1] {
        TCP_ESTABLISHED | TCP_SYN_RECV | TCP_CLOSE_WAIT => {
            PeerSocket::Open { unacknowledged: u32::from_ne_bytes(*body[60..].first_chunk()?) }
        }
        TCP_SYN_SENT => PeerSocket::Connecting,
        // Where no connected socket has the addresses, the answer is who listens there.
        TCP_LISTEN => PeerSocket::Gone,
        _ => PeerSocket::Closed,
    };
    Some(Answer { socket, local: address(4, 8)?, remote: address(6, 24)? })
}

fn i32_at(bytes: &[u8], position: usize) -> Option<i32> {
    Some(i32::from_ne_bytes(*bytes.get(position..)?.first_chunk()?))
}

fn sixteen_bytes(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => {
            let mut bytes = [0; 16];
            bytes[..4].copy_from_slice(&address.octets());
            bytes
        }
        IpAddr::V6(address) => address.octets(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::{TcpListener, TcpStream};

    use socket2::SockRef;

    use super::*;

    fn connected(address: &str) -> Option<(TcpListener, TcpStream, TcpStream)> {
        let Ok(listener) = TcpListener::bind(address) else {
            eprintln!("skipped: {address} cannot be had here");
            return None;
        };
        let mut target = listener.local_addr().unwrap();
        if target.ip().is_unspecified() {
            target.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        let client = TcpStream::connect(target).unwrap();
        let (server, _) = listener.accept().unwrap();
        Some((listener, client, server))
    }

    #[test]
    fn a_socket_is_found_by_its_addresses() {
        for address in ["127.0.0.1:0", "[::1]:0", "[::]:0"] {
            let Some((_listener, _client, server)) = connected(address) else { continue };
            // Where IPv6 takes IPv4, the server's addresses are mapped ones, and the client's are not.
            let (ours, theirs) = (server.local_addr().unwrap(), server.peer_addr().unwrap());
            let found = SockDiag::open().unwrap().find(theirs, ours).unwrap();
            assert_eq!(found, PeerSocket::Open { unacknowledged: 0 }, "{address}");
        }
    }

    #[test]
    fn bytes_that_the_kernel_holds_back_are_counted() {
        let (_listener, mut client, server) = connected("127.0.0.1:0").unwrap();
        let (ours, theirs) = (server.local_addr().unwrap(), server.peer_addr().unwrap());
        SockRef::from(&client).set_tcp_cork(true).unwrap();
        client.write_all(b"held back").unwrap();
        let found = SockDiag::open().unwrap().find(theirs, ours).unwrap();
        assert_eq!(found, PeerSocket::Open { unacknowledged: 9 });
    }

    #[test]
    fn a_socket_that_was_reset_is_not_found() {
        let (listener, client, server) = connected("127.0.0.1:0").unwrap();
        let (ours, theirs) = (server.local_addr().unwrap(), server.peer_addr().unwrap());
        SockRef::from(&client).set_linger(Some(std::time::Duration::ZERO)).unwrap();
        drop(client);
        let diag = SockDiag::open().unwrap();
        assert_eq!(diag.find(theirs, ours).unwrap(), PeerSocket::Gone);
        drop(server);
        // Who listens there is not asked for.
        assert_eq!(diag.find(ours, theirs).unwrap(), PeerSocket::Gone);
        drop(listener);
    }

    #[test]
    fn a_socket_that_was_closed_is_told_from_one_that_is_gone() {
        let (_listener, client, server) = connected("127.0.0.1:0").unwrap();
        let (ours, theirs) = (server.local_addr().unwrap(), server.peer_addr().unwrap());
        drop(client);
        assert_eq!(SockDiag::open().unwrap().find(theirs, ours).unwrap(), PeerSocket::Closed);
    }

    #[test]
    fn a_whole_connection_is_not_half_open() {
        let (listener, _client, _server) = connected("127.0.0.1:0").unwrap();
        assert_eq!(SockDiag::open().unwrap().half_open(listener.local_addr().unwrap()).unwrap(), []);
    }
}
