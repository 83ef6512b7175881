//! Options for TLS.

use clap::{Args, ValueEnum};
use ftp_fixture::fixture::FtpFixtureBuilder;
use ftp_fixture::tls::{SessionReuse, Tls};

/// The server's TLS.
#[derive(Debug, Args)]
#[command(next_help_heading = "TLS")]
pub(crate) struct Security {
    /// Offer TLS: after AUTH TLS, or from the first byte.
    #[arg(long, value_enum, value_name = "MODE")]
    tls: Option<Mode>,

    /// Refuse logins in the clear.
    #[arg(long, requires = "tls")]
    tls_control_required: bool,

    /// Refuse data connections in the clear.
    #[arg(long, requires = "tls")]
    tls_data_required: bool,

    /// Refuse data connections that do not resume the control connection's TLS session.
    #[arg(long, requires = "tls")]
    require_session_reuse: bool,
}

/// What `--tls` may say.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "lower")]
enum Mode {
    Explicit,
    Implicit,
}

impl Security {
    /// The builder with the TLS that was asked for, instead of the definition file's.
    pub(crate) fn apply(&self, builder: FtpFixtureBuilder) -> FtpFixtureBuilder {
        let tls = match self.tls {
            None => return builder,
            Some(Mode::Explicit) => Tls::explicit(),
            Some(Mode::Implicit) => Tls::implicit(),
        };
        let tls = tls.control_required(self.tls_control_required).data_required(self.tls_data_required);
        builder.tls(if self.require_session_reuse { tls.session_reuse(SessionReuse::Required) } else { tls })
    }
}
