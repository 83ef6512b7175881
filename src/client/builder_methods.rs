//! What both clients can be told before they connect, with what is said of it; see `methods`.

/// Declares an `FtpBuilder` that gives an `Ftp`; see `methods`.
macro_rules! ftp_builder {
    ($wait:ident $(, $async:tt)?) => {
        /// What to connect with.
        #[derive(Debug, Clone, Default)]
        #[must_use = "it connects to nothing before `connect`"]
        pub struct FtpBuilder {
            options: Options,
        }

        impl FtpBuilder {
            /// How long the server may take: for a connection, for a whole reply, and for each piece of data. 30 seconds
            /// unless said; `None` waits for ever. How long it takes to find a name's address is the system's matter.
            pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
                self.options.timeout = timeout.into();
                self
            }

            /// The address to connect from, also data connections.
            pub fn source_address(mut self, address: impl Into<IpAddr>) -> Self {
                self.options.source_address = Some(address.into());
                self
            }

            /// How characters are bytes in commands, replies and texts: UTF-8 unless said.
            pub fn encoding(mut self, encoding: TextEncoding) -> Self {
                self.options.encoding = encoding;
                self
            }

            /// How many bytes `retrbinary`, `storbinary` and their like read or write at once: 8192 unless said.
            ///
            /// # Panics
            /// When it is 0.
            #[track_caller]
            pub fn block_size(mut self, bytes: usize) -> Self {
                assert!(bytes > 0, "a block of 0 bytes never ends a transfer; give more");
                self.options.block_size = bytes;
                self
            }

            /// How many bytes a line of a reply, and of a text, may have: 8192 unless said.
            pub fn line_limit(mut self, bytes: usize) -> Self {
                self.options.line_limit = bytes;
                self
            }

            /// How many bytes a listing may have, which `list`, `mlsd`, `nlst` and `dir` keep all of: 64 MiB unless said.
            pub fn listing_limit(mut self, bytes: usize) -> Self {
                self.options.listing_limit = bytes;
                self
            }

            /// Has the server connect to the client for data, by PORT and EPRT.
            pub fn active(mut self) -> Self {
                self.options.passive = false;
                self
            }

            /// Whether data connections go to the address in a 227, and not to the server that sent it, which is the
            /// default: with such an address a server can have the client connect to anyone (CVE-2021-4189).
            pub fn trust_pasv_address(mut self, trust: bool) -> Self {
                self.options.trust_pasv_address = trust;
                self
            }

            /// The clock by which [`Ftp::list`] guesses the years that LIST leaves out: the system's unless said.
            pub fn clock(mut self, clock: Clock) -> Self {
                self.options.clock = clock;
                self
            }

            /// What the transcript records; see [`Record`].
            pub fn record(mut self, record: Record) -> Self {
                self.options.record = record;
                self
            }

            /// Has [`Ftp::login`] begin TLS (AUTH TLS, RFC 4217) before it sends the user, and encrypt data after. The
            /// certificate must name the host connected to. Data connections resume the control connection's session.
            #[cfg(feature = "tls")]
            pub fn tls(mut self, tls: impl Into<crate::tls::ClientTls>) -> Self {
                self.options.tls = Some(tls.into());
                self
            }

            /// Like [`tls`](Self::tls), but from the first byte, as `ftps://` says; to port 990 unless another is said.
            #[cfg(feature = "tls")]
            pub fn implicit_tls(mut self, tls: impl Into<crate::tls::ClientTls>) -> Self {
                self.options.tls = Some(tls.into());
                self.options.implicit_tls = true;
                self
            }

            /// Connects; see [`Ftp::connect`].
            ///
            /// # Errors
            /// When `server` is no address, cannot be reached, or does not greet with a positive reply.
            pub $($async)? fn connect(self, server: impl TryInto<ServerAddress, Error: Into<Error>>) -> Result<Ftp, Error> {
                let server = server.try_into().map_err(Into::into)?;
                Ok(Ftp { session: $wait!(UserSession::connect(&server, self.options))? })
            }

            /// Connects and logs in; see [`Ftp::from_url`].
            ///
            /// # Errors
            /// When it is no URL of FTP, or any of that fails.
            pub $($async)? fn from_url(self, url: &str) -> Result<Ftp, Error> {
                Ok(Ftp { session: $wait!(UserSession::connect_as_told(url, self.options))? })
            }
        }
    };
}

pub(super) use ftp_builder;
