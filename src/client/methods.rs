//! The methods that both clients have, with what is said of each: awaited in one, blocking in the other.

/// Declares the methods of an `Ftp`, whose field `session` is a `UserSession`.
///
/// `$wait` takes what a future gives; `$async` stands before `fn` where that is done by awaiting it.
macro_rules! ftp_methods {
    ($socket:ty, $wait:ident $(, $async:tt)?) => {
        /// Connects to a server, to port 21 unless said, and reads its greeting.
        ///
        /// The address is a [`SocketAddr`](std::net::SocketAddr), `"host"`, `"host:port"` or `("host", port)`.
        ///
        /// # Errors
        /// When it is no address, cannot be reached, or does not greet with a positive reply.
        pub $($async)? fn connect(server: impl TryInto<ServerAddress, Error: Into<Error>>) -> Result<Self, Error> {
            let server = server.try_into().map_err(Into::into)?;
            Ok(Self { session: $wait!(UserSession::connect(&server, Options::default()))? })
        }

        /// Connects to the server of a URL, logs in as its user, or as `anonymous`, and goes to its path.
        ///
        /// # Errors
        /// When it is no URL of FTP, or any of that fails.
        pub $($async)? fn from_url(url: &str) -> Result<Self, Error> {
            Ok(Self { session: $wait!(UserSession::connect_as_told(url, Options::default()))? })
        }

        /// What to connect with, where the defaults are not right.
        pub fn builder() -> FtpBuilder {
            FtpBuilder::default()
        }

        /// Logs in. An empty user is `anonymous`, whose empty password becomes `anonymous@`.
        ///
        /// # Errors
        /// When the server refuses, or wants an account: see [`login_with_account`](Self::login_with_account).
        pub $($async)? fn login(&mut self, user: &str, password: &str) -> Result<Reply, Error> {
            $wait!(self.session.login(user, password, ""))
        }

        /// Logs in, with an account for a server that asks for one (332).
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn login_with_account(
            &mut self,
            user: &str,
            password: &str,
            account: &str,
        ) -> Result<Reply, Error> {
            $wait!(self.session.login(user, password, account))
        }

        /// AUTH TLS: encrypts the control connection. [`login`](Self::login) does that by itself where
        /// [`FtpBuilder::tls`] is set.
        ///
        /// # Errors
        /// When the client was built without TLS, the server refuses, or its certificate is not to be trusted.
        pub $($async)? fn auth(&mut self) -> Result<Reply, Error> {
            $wait!(self.session.auth())
        }

        /// CCC: goes on in the clear on the control connection. Data connections stay as they are.
        ///
        /// # Errors
        /// When it is not encrypted, or the server refuses.
        pub $($async)? fn ccc(&mut self) -> Result<Reply, Error> {
            $wait!(self.session.ccc())
        }

        /// PBSZ 0 and PROT P: encrypts data connections. [`login`](Self::login) does that by itself where there is TLS.
        ///
        /// # Errors
        /// When the control connection is not encrypted, or the server refuses.
        pub $($async)? fn prot_p(&mut self) -> Result<Reply, Error> {
            $wait!(self.session.prot_p())
        }

        /// PROT C: has data connections in the clear.
        ///
        /// # Errors
        /// When the control connection is not encrypted, or the server refuses.
        pub $($async)? fn prot_c(&mut self) -> Result<Reply, Error> {
            $wait!(self.session.prot_c())
        }

        /// Leaves: sends QUIT, reads the reply, and closes the connection, whatever the reply is.
        ///
        /// The [`transcript`](Self::transcript) can still be had.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn quit(&mut self) -> Result<Reply, Error> {
            $wait!(self.session.quit())
        }

        /// Closes the connection without a word, as dropping does.
        pub fn close(&mut self) {
            self.session.close();
        }

        /// The server's greeting.
        pub fn getwelcome(&self) -> &Reply {
            self.session.welcome()
        }

        /// What has gone over the wire until now, as the server would have recorded it.
        ///
        /// Recording is set by [`FtpBuilder::record`]; where it is off, this is empty.
        pub fn transcript(&self) -> Transcript {
            self.session.transcript()
        }

        /// Whether transfers are passive, as they are at first: the client connects to the server, by EPSV or PASV.
        /// Otherwise the server connects to the client, by PORT or EPRT.
        pub fn set_pasv(&mut self, passive: bool) {
            self.session.options.passive = passive;
        }

        /// With a level above 0, commands and replies are `tracing` events of level INFO instead of DEBUG, with the
        /// target `ftp_fixture::client`. Secrets are hidden at every level.
        pub fn set_debuglevel(&mut self, level: u8) {
            self.session.set_debug_level(level);
        }

        /// Has `progress` told of every transfer, after each piece of it.
        pub fn set_progress(&mut self, progress: impl FnMut(Progress) + Send + 'static) {
            self.session.progress = Some(Box::new(progress));
        }

        /// Sends a command, and reads the first reply to it.
        ///
        /// After a 1yz reply, [`voidresp`](Self::voidresp) must read the final one.
        ///
        /// # Errors
        /// When the reply is 4yz or 5yz, or does not come.
        pub $($async)? fn sendcmd(&mut self, command: &str) -> Result<Reply, Error> {
            $wait!(self.session.sendcmd(command))
        }

        /// Sends a command whose reply must be 2yz.
        ///
        /// # Errors
        /// When it is not, or does not come.
        pub $($async)? fn voidcmd(&mut self, command: &str) -> Result<Reply, Error> {
            $wait!(self.session.voidcmd(command))
        }

        /// Reads one more reply to the last command.
        ///
        /// # Errors
        /// When it is 4yz or 5yz, or does not come.
        pub $($async)? fn getresp(&mut self) -> Result<Reply, Error> {
            $wait!(self.session.getresp())
        }

        /// Reads one more reply to the last command, which must be 2yz.
        ///
        /// # Errors
        /// When it is not, or does not come.
        pub $($async)? fn voidresp(&mut self) -> Result<Reply, Error> {
            $wait!(self.session.voidresp())
        }

        /// ABOR, where no transfer runs, or one was dropped before its end, or a command's future: reads all replies
        /// that are still to come, so that the next command can be sent, and gives the last of them.
        ///
        /// A transfer that runs has an `abort` of its own. ABOR is sent as any other command, not as urgent data.
        ///
        /// # Errors
        /// When the reply is not 225, 226 or 426, or does not come.
        pub $($async)? fn abort(&mut self) -> Result<Reply, Error> {
            $wait!(self.session.abort())
        }

        /// ACCT: the account that files are charged to.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn acct(&mut self, account: &str) -> Result<Reply, Error> {
            $wait!(self.session.voidcmd(format!("ACCT {account}")))
        }

        /// PWD: the working directory.
        ///
        /// # Errors
        /// When the reply is not 257 with a pathname in quotes.
        pub $($async)? fn pwd(&mut self) -> Result<String, Error> {
            $wait!(self.session.pwd())
        }

        /// CWD: goes to a directory. `..` is sent as CDUP, where the server knows it; nothing is `.`.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn cwd(&mut self, path: &str) -> Result<Reply, Error> {
            $wait!(self.session.cwd(path))
        }

        /// MKD: makes a directory, and gives its pathname as the server names it; where it does not, the one given.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn mkd(&mut self, path: &str) -> Result<String, Error> {
            $wait!(self.session.mkd(path))
        }

        /// RMD: removes a directory.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn rmd(&mut self, path: &str) -> Result<Reply, Error> {
            $wait!(self.session.voidcmd(format!("RMD {path}")))
        }

        /// DELE: deletes a file.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn delete(&mut self, path: &str) -> Result<Reply, Error> {
            $wait!(self.session.voidcmd(format!("DELE {path}")))
        }

        /// RNFR and RNTO: renames a file or directory.
        ///
        /// # Errors
        /// When the first reply is not 3yz, or the second not 2yz.
        pub $($async)? fn rename(&mut self, from: &str, to: &str) -> Result<Reply, Error> {
            $wait!(self.session.rename(from, to))
        }

        /// SIZE: the size of a file in bytes. Type image is set first, because in ASCII many servers refuse.
        ///
        /// # Errors
        /// When the reply is not 213 with a number.
        pub $($async)? fn size(&mut self, path: &str) -> Result<u64, Error> {
            $wait!(self.session.size(path))
        }

        /// MDTM: when a file was modified.
        ///
        /// # Errors
        /// When the reply is not 213 with a time.
        pub $($async)? fn mdtm(&mut self, path: &str) -> Result<SystemTime, Error> {
            $wait!(self.session.mdtm(path))
        }

        /// MFMT: sets when a file was modified, to the second.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn mfmt(&mut self, path: &str, time: SystemTime) -> Result<Reply, Error> {
            $wait!(self.session.mfmt(path, time))
        }

        /// MLST: the facts of one file; of the working directory where `path` is empty.
        ///
        /// # Errors
        /// When the reply is not 2yz with an entry.
        pub $($async)? fn mlst(&mut self, path: &str) -> Result<ListEntry, Error> {
            $wait!(self.session.mlst(path))
        }

        /// FEAT: what the server can do beyond RFC 959.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn feat(&mut self) -> Result<Features, Error> {
            $wait!(self.session.feat())
        }

        /// SITE: a command of the server's own.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn site(&mut self, command: &str) -> Result<Reply, Error> {
            $wait!(self.session.voidcmd(format!("SITE {command}")))
        }

        /// STAT: what the server says of itself, or where `path` is not empty, of files.
        ///
        /// # Errors
        /// When the reply is not 2yz, or does not come.
        pub $($async)? fn stat(&mut self, path: &str) -> Result<Reply, Error> {
            $wait!(self.session.voidcmd(with_parameter("STAT", path)))
        }

        /// What is in a directory, as entries: by MLSD, or where the server does not know that, which is remembered, by
        /// LIST in whatever of the known forms it has.
        ///
        /// # Errors
        /// When the transfer fails, or the listing is of no form that is known.
        pub $($async)? fn list(&mut self, path: &str) -> Result<Listing, Error> {
            $wait!(self.session.list(path))
        }

        /// NLST: the names in a directory; in the working directory where `path` is empty.
        ///
        /// # Errors
        /// When the transfer fails. Some servers say 550 of an empty directory.
        pub $($async)? fn nlst(&mut self, path: &str) -> Result<Vec<String>, Error> {
            $wait!(self.session.lines_of("NLST", path))
        }

        /// LIST: the lines of a listing, each as the server writes it.
        ///
        /// # Errors
        /// When the transfer fails.
        pub $($async)? fn dir(&mut self, parameter: &str) -> Result<Vec<String>, Error> {
            $wait!(self.session.lines_of("LIST", parameter))
        }

        /// MLSD: the entries of a directory, `.` and `..` as the server gives them; with these facts, where any are
        /// named, for which OPTS MLST is sent.
        ///
        /// # Errors
        /// When the transfer fails.
        pub $($async)? fn mlsd(&mut self, path: &str, facts: &[&str]) -> Result<Vec<ListEntry>, Error> {
            $wait!(self.session.mlsd(path, facts))
        }

        /// Runs a command that sends data, such as `RETR a`, in type image; `callback` gets them block by block.
        ///
        /// `rest` is where to begin, in bytes.
        ///
        /// # Errors
        /// When the transfer fails.
        pub $($async)? fn retrbinary(
            &mut self,
            command: &str,
            callback: impl FnMut(&[u8]),
            rest: Option<u64>,
        ) -> Result<Reply, Error> {
            $wait!(self.session.retrbinary(command, callback, rest))
        }

        /// Runs a command that sends data, such as `RETR a`, in type ASCII; `callback` gets each line without its end.
        ///
        /// # Errors
        /// When the transfer fails, or a line is over the limit.
        pub $($async)? fn retrlines(&mut self, command: &str, callback: impl FnMut(&str)) -> Result<Reply, Error> {
            $wait!(self.session.retrlines(command, callback))
        }

        /// Retrieves a file in type image, from its start.
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn retrieve(&mut self, path: &str) -> Result<Download<'_>, Error> {
            $wait!(self.session.binary_download(path, None)).map(Download)
        }

        /// Retrieves a file in type image, from the byte `offset` on.
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn retrieve_from(&mut self, path: &str, offset: u64) -> Result<Download<'_>, Error> {
            $wait!(self.session.binary_download(path, Some(offset))).map(Download)
        }

        /// Stores a file in type image; one that is there is replaced.
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn store(&mut self, path: &str) -> Result<Upload<'_>, Error> {
            $wait!(self.session.binary_upload(&format!("STOR {path}"), None)).map(Upload)
        }

        /// Stores a file in type image from the byte `offset` on; what is before it stays.
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn store_from(&mut self, path: &str, offset: u64) -> Result<Upload<'_>, Error> {
            $wait!(self.session.binary_upload(&format!("STOR {path}"), Some(offset))).map(Upload)
        }

        /// APPE: appends to a file in type image.
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn appe(&mut self, path: &str) -> Result<Upload<'_>, Error> {
            $wait!(self.session.binary_upload(&format!("APPE {path}"), None)).map(Upload)
        }

        /// STOU: stores a file under a name of the server's, in type image. The name stands in
        /// [`Upload::opening`], or in the final reply.
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn stou(&mut self) -> Result<Upload<'_>, Error> {
            $wait!(self.session.binary_upload("STOU", None)).map(Upload)
        }

        /// Begins the transfer of any command, in the type that is set, and from the byte `rest` on. One whose verb is
        /// not known is taken for a download until something is written.
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn transfercmd(&mut self, command: &str, rest: Option<u64>) -> Result<Transfer<'_>, Error> {
            $wait!(self.session.transfer(command, rest)).map(Transfer)
        }

        /// Begins a transfer like [`transfercmd`](Self::transfercmd), and gives the size that the 150 reply announced.
        ///
        /// # Errors
        /// When the server refuses.
        pub $($async)? fn ntransfercmd(
            &mut self,
            command: &str,
            rest: Option<u64>,
        ) -> Result<(Transfer<'_>, Option<u64>), Error> {
            let transfer = $wait!(self.session.transfer(command, rest))?;
            let size = transfer.size();
            Ok((Transfer(transfer), size))
        }

        /// PORT: tells the server where to connect to.
        ///
        /// # Errors
        /// When it is no IPv4 address, or the reply not 2yz.
        pub $($async)? fn sendport(&mut self, address: SocketAddr) -> Result<Reply, Error> {
            $wait!(self.session.sendport(address))
        }

        /// EPRT: tells the server where to connect to.
        ///
        /// # Errors
        /// When the reply is not 2yz.
        pub $($async)? fn sendeprt(&mut self, address: SocketAddr) -> Result<Reply, Error> {
            $wait!(self.session.sendeprt(address))
        }

        /// Listens for a data connection, and tells the server where: by PORT, over IPv6 by EPRT.
        ///
        /// # Errors
        /// When no port is to be had, or the reply is not 2yz.
        pub $($async)? fn makeport(&mut self) -> Result<TcpListener, Error> {
            $wait!(self.session.makeport())
        }

        /// Has the server listen for a data connection, and gives where: by EPSV, or by PASV where that is refused,
        /// which is remembered.
        ///
        /// The address is that of the control connection, and that in a 227 is ignored, unless
        /// [`trust_pasv_address`](FtpBuilder::trust_pasv_address) is set.
        ///
        /// # Errors
        /// When the replies are not 229 or 227 with an address.
        pub $($async)? fn makepasv(&mut self) -> Result<SocketAddr, Error> {
            $wait!(self.session.makepasv())
        }
    };
}

pub(super) use ftp_methods;
