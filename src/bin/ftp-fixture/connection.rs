//! The session that `get`, `put` and `ls` have with a server: how to connect, and what to keep of it.

use std::path::PathBuf;

use clap::Args;
use ftp_fixture::client::FtpUrl;
use ftp_fixture::client::blocking::{Ftp, FtpBuilder};
use ftp_fixture::transcript::Record;

use crate::failure::Failure;
use crate::logging::Logging;
use crate::settings::seconds;
use crate::transcript_target::TranscriptTarget;
#[cfg(feature = "tls")]
use crate::trust::Trust;

/// How many bytes are read and written at once.
pub(crate) const BLOCK_SIZE: usize = 64 * 1024;

/// How to connect.
#[derive(Debug, Args)]
#[command(mut_arg("verbose", |verbose| verbose.help("Log every command and reply on standard error")))]
pub(crate) struct Connection {
    /// Have the server connect to this machine for data, instead of the other way round.
    #[arg(long)]
    active: bool,

    /// Give up when the server takes longer for anything, in seconds, 30 unless said; 0 for never.
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,

    /// Write what went over the wire there, whether it went well or not.
    #[arg(long, value_name = "FILE")]
    transcript: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) logging: Logging,

    #[cfg(feature = "tls")]
    #[command(flatten)]
    trust: Trust,
}

impl Connection {
    /// Connects to the server of `url`, logs in, and does `work`.
    pub(crate) fn with_session(
        &self,
        url: &FtpUrl,
        work: impl FnOnce(&mut Ftp) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.logging.start();
        let target = self.transcript.clone().map(TranscriptTarget::check).transpose()?;
        let mut ftp = self.builder(url, target.is_some())?.connect(url.server().clone())?;
        ftp.set_debuglevel(1);
        let outcome = ftp
            .login(url.user(), url.password().expose())
            .map_err(Failure::from)
            .and_then(|_| work(&mut ftp));
        // All is done, or nothing more can be.
        let _ = ftp.quit();
        let written = target.map_or(Ok(()), |target| target.write(&ftp.transcript()));
        outcome.and(written)
    }

    fn builder(&self, url: &FtpUrl, with_transcript: bool) -> Result<FtpBuilder, Failure> {
        let mut builder = Ftp::builder().block_size(BLOCK_SIZE);
        if let Some(limit) = self.timeout {
            builder = builder.timeout(seconds(limit));
        }
        if self.active {
            builder = builder.active();
        }
        if !with_transcript {
            builder = builder.record(Record::off());
        }
        self.secured(builder, url)
    }

    #[cfg(feature = "tls")]
    fn secured(&self, builder: FtpBuilder, url: &FtpUrl) -> Result<FtpBuilder, Failure> {
        self.trust.apply(builder, url)
    }

    #[cfg(not(feature = "tls"))]
    fn secured(&self, builder: FtpBuilder, url: &FtpUrl) -> Result<FtpBuilder, Failure> {
        match url.is_tls() {
            true => {
                Err(Failure::of_call("this tool was built without TLS; build it with the feature \"tls\""))
            }
            false => Ok(builder),
        }
    }
}
