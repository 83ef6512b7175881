//! Each server with each client, which say the same.

use crate::conversations::conversations;
use crate::data_connections::data_connections;

/// A test for each server and encryption, of the client whose `all` the module has.
macro_rules! tests {
    ($test:meta, $wait:ident $(, $async:tt)?) => {
        tests! { $test, $wait $(, $async)?;
            ours: Ours [plain explicit implicit]
            pyftpdlib: Pyftpdlib [plain explicit]
            vsftpd: Vsftpd [plain explicit implicit]
            proftpd: Proftpd [plain explicit implicit]
            pure_ftpd: PureFtpd [plain explicit]
            libunftp: Libunftp [plain explicit]
        }
    };
    ($test:meta, $wait:ident, $async:tt; $($module:ident: $server:ident $encryptions:tt)+) => {
        $(mod $module {
            super::super::tests! { @ $test, $wait, [$async]; $server $encryptions }
        })+
    };
    ($test:meta, $wait:ident; $($module:ident: $server:ident $encryptions:tt)+) => {
        $(mod $module {
            super::super::tests! { @ $test, $wait, []; $server $encryptions }
        })+
    };
    (@ $test:meta, $wait:ident, $async:tt; $server:ident [$($name:ident)+]) => {
        $(super::super::tests! { @@ $test, $wait, $async; $server $name })+
    };
    (@@ $test:meta, $wait:ident, [$($async:tt)?]; $server:ident $name:ident) => {
        #[$test]
        $($async)? fn $name() {
            if let Some(server) = $crate::server::Server::$server.start(super::super::encryption!($name)) {
                $wait!(super::all(&server)).assert();
            }
        }
    };
}

macro_rules! encryption {
    (plain) => {
        $crate::server::Encryption::Plain
    };
    (explicit) => {
        $crate::server::Encryption::Explicit
    };
    (implicit) => {
        $crate::server::Encryption::Implicit
    };
}

use {encryption, tests};

mod awaited {
    use ftp_fixture::client::{Error, Ftp, FtpBuilder};
    use tokio::io::AsyncReadExt;

    macro_rules! wait {
        ($future:expr) => {
            $future.await
        };
    }

    super::conversations!(wait, async);
    super::data_connections!(wait, async);
    super::tests!(tokio::test, wait, async);
}

mod blocking {
    use std::io::Read;

    use ftp_fixture::client::Error;
    use ftp_fixture::client::blocking::{Ftp, FtpBuilder};

    macro_rules! wait {
        ($value:expr) => {
            $value
        };
    }

    super::conversations!(wait);
    super::data_connections!(wait);
    super::tests!(test, wait);
}
