//! Every scenario twice: awaited, and blocking.

use ftp_fixture::FtpFixture;

use crate::scenarios::scenarios;
use crate::secure::secure_scenarios;

/// What a client's wire must look like from the other end as well.
#[track_caller]
pub(crate) fn assert_recorded_alike(client: String, server: &FtpFixture) {
    assert_eq!(
        client,
        server.transcript().to_string(),
        "the client's transcript (left) is not the server's (right)"
    );
}

mod awaited {
    use ftp_fixture::client::{Error, Ftp, FtpBuilder, ReplyErrorKind};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    macro_rules! wait {
        ($future:expr) => {
            $future.await
        };
    }

    super::scenarios!(tokio::test, wait, async);

    mod secure {
        use ftp_fixture::client::{Error, Ftp, FtpBuilder};
        use tokio::io::{AsyncReadExt, AsyncWriteExt};

        super::super::secure_scenarios!(tokio::test, wait, async);
    }
}

mod blocking {
    use std::io::{Read, Write};

    use ftp_fixture::client::blocking::{Ftp, FtpBuilder};
    use ftp_fixture::client::{Error, ReplyErrorKind};

    macro_rules! wait {
        ($value:expr) => {
            $value
        };
    }

    super::scenarios!(test, wait);

    mod secure {
        use std::io::{Read, Write};

        use ftp_fixture::client::Error;
        use ftp_fixture::client::blocking::{Ftp, FtpBuilder};

        super::super::secure_scenarios!(test, wait);
    }
}
