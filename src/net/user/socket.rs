//! What a client needs of its sockets, whoever does the waiting.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::os::fd::AsFd;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

/// A connected socket that gives up when its peer lets it wait for too long.
///
/// Where a wait is over its limit, the error is `TimedOut`. No limit is to wait for ever.
pub(crate) trait Socket: AsyncRead + AsyncWrite + AsFd + Unpin + Send + Sized + 'static {
    /// Waits for one connection.
    type Listener: AsFd + Send;

    /// The addresses of a name.
    async fn resolve(host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;

    /// Connects to `address`, from `source` if it is given.
    async fn connect(
        address: SocketAddr,
        source: Option<IpAddr>,
        limit: Option<Duration>,
    ) -> io::Result<Self>;

    /// Listens on an ephemeral port of `address`.
    fn listen(address: IpAddr) -> io::Result<Self::Listener>;

    /// Where the listener listens.
    fn listening_at(listener: &Self::Listener) -> io::Result<SocketAddr>;

    /// Takes a connection that is there.
    fn take(listener: &Self::Listener) -> io::Result<(Self, SocketAddr)>;

    /// Waits until there is a connection, or `control` has something to read. It may have taken the connection.
    async fn wait_for_either(
        listener: &Self::Listener,
        control: &Self,
        limit: Option<Duration>,
    ) -> io::Result<Option<(Self, SocketAddr)>>;

    /// The address of this end.
    fn local_addr(&self) -> io::Result<SocketAddr>;

    /// How long each read and each write may wait from now on.
    fn set_limit(&mut self, limit: Option<Duration>);
}

/// A socket bound to `source`, to connect to `target` from.
pub(super) fn bound(target: SocketAddr, source: Option<IpAddr>) -> io::Result<socket2::Socket> {
    use socket2::{Domain, Protocol, Socket, Type};
    let socket = Socket::new(Domain::for_address(target), Type::STREAM, Some(Protocol::TCP))?;
    if let Some(source) = source {
        socket.bind(&SocketAddr::new(source, 0).into())?;
    }
    Ok(socket)
}
