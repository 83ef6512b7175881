//! What a transfer of either client can do but be read or written, with what is said of it; see `methods`.

/// Declares a transfer of an `Ftp`, around a `Transferring`; see `methods`.
macro_rules! ftp_transfer {
    ($(#[$doc:meta])* $name:ident, $socket:ty, $wait:ident $(, $async:tt)?) => {
        $(#[$doc])*
        ///
        /// [`finish`](Self::finish) it: only the final reply says whether the transfer is whole. Dropped before, its
        /// data connection is reset, and all that can follow is [`Ftp::abort`].
        #[derive(Debug)]
        #[must_use = "only `finish` reads the final reply, without which no other command can be sent"]
        pub struct $name<'a>(Transferring<'a, $socket>);

        impl $name<'_> {
            /// The reply that opened it, 150 or 125.
            pub fn opening(&self) -> &Reply {
                self.0.opening()
            }

            /// How many bytes that reply has announced, if it has.
            pub fn size(&self) -> Option<u64> {
                self.0.size()
            }

            /// Ends the data connection, and reads the final reply, which must be 2yz.
            ///
            /// # Errors
            /// When it is not, or does not come: then the file is not whole.
            pub $($async)? fn finish(self) -> Result<Reply, Error> {
                $wait!(self.0.finish())
            }

            /// Why the transfer came to nothing, after reading or writing has failed with `error`: what the server says
            /// of it, if it does.
            pub $($async)? fn explained(self, error: io::Error) -> Error {
                $wait!(self.0.explained(error))
            }

            /// Stops the transfer by ABOR, and reads both replies; gives the last.
            ///
            /// # Errors
            /// When it is not 225, 226 or 426, or does not come.
            pub $($async)? fn abort(self) -> Result<Reply, Error> {
                $wait!(self.0.abort())
            }
        }
    };
}

pub(super) use ftp_transfer;
