//! `ftp-fixture serve`: one server, until a signal or the end of standard input.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ftp_fixture::FtpFixture;
use ftp_fixture::auth::User;
use ftp_fixture::clock::Clock;
use ftp_fixture::fixture::FtpFixtureBuilder;
use ftp_fixture::proto::Permissions;
use ftp_fixture::transcript::{HoleRule, Record, SessionOrder};

use crate::ending::Ending;
use crate::failure::Failure;
use crate::logging::Logging;
use crate::ready::announce;
#[cfg(feature = "tls")]
use crate::security::Security;
use crate::settings::Settings;
use crate::transcript_target::TranscriptTarget;

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(after_help = "\
It ends on SIGTERM, on SIGINT, or as --exit-with-stdin says; then it writes the transcript, leaves nothing behind,
and exits with 0. It exits with 2 when it was called wrongly, and with 125 when the server cannot start.

Examples:
  ftp-fixture serve
      One user, user:12345, and an empty temporary root; prints the URL.
  ftp-fixture serve --user alice:s3cret --user bob:pw:elr --root ./tree --json
      Serves ./tree in place; one line of JSON says where, for programs to read.
  ftp-fixture serve --tls explicit --tls-control-required --json
      FTPS alone; \"ca_cert\" in the line of JSON names a file with the CA to trust.
  ftp-fixture serve --fixture fixtures/basic.toml --exit-with-stdin --transcript session.ftp
      Ends when the program that started it does, and leaves the transcript.")]
pub(crate) struct Serve {
    /// Take users, files and settings from a definition file; other options come on top.
    #[arg(long, value_name = "FILE")]
    fixture: Option<PathBuf>,

    /// Listen there, 127.0.0.1:0 unless said; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", value_parser = parse_address)]
    listen: Option<SocketAddr>,

    /// Add a user; PERMS are letters of elradfmwMT, all of them unless said.
    #[arg(long, value_name = "NAME:PASSWORD[:PERMS]")]
    user: Vec<User>,

    /// Let anybody in as "anonymous", to read only (elr) unless PERMS are said.
    #[arg(long, value_name = "PERMS", num_args = 0..=1, require_equals = true, default_missing_value = "elr")]
    anonymous: Option<Permissions>,

    /// Serve this directory in place, instead of an empty temporary one.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,

    /// The time that listings show, fixed (2000-01-01T00:00:00Z) unless said.
    #[arg(long, value_enum)]
    clock: Option<ClockKind>,

    /// The text of the greeting.
    #[arg(long, value_name = "TEXT")]
    banner: Option<String>,

    /// Write the transcript there at the end; without it, nothing is recorded.
    #[arg(long, value_name = "FILE")]
    transcript: Option<PathBuf>,

    /// What to record of the data: text unless said (short text itself, digests of the rest), digests, full (all of
    /// it, in files beside the transcript); or off.
    #[arg(long, value_name = "WHAT", requires = "transcript")]
    record: Option<Record>,

    /// Show [NAME] in the transcript wherever REGEX, or its first group, finds something; NAME begins with X-.
    #[arg(long, value_name = "NAME=REGEX", requires = "transcript")]
    hole: Vec<HoleRule>,

    /// Let the transcript show this password, which a client may send; those of the users it may show anyway.
    #[arg(long, value_name = "PASSWORD", requires = "transcript")]
    known_password: Vec<String>,

    /// Order the transcript's sessions so, as they were accepted unless said; by content for clients that open several.
    #[arg(long, value_enum, value_name = "ORDER", requires = "transcript")]
    session_order: Option<Order>,

    /// Say where the server is as one line of JSON, instead of the URL.
    #[arg(long)]
    json: bool,

    /// End when standard input does.
    #[arg(long)]
    exit_with_stdin: bool,

    #[command(flatten)]
    logging: Logging,

    #[cfg(feature = "tls")]
    #[command(flatten)]
    security: Security,

    #[command(flatten)]
    settings: Settings,
}

/// What `--clock` may say.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "lower")]
enum ClockKind {
    System,
    Fixed,
}

/// What `--session-order` may say.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    Accept,
    Content,
}

impl Serve {
    pub(crate) fn run(mut self) -> Result<(), Failure> {
        self.logging.start();
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_io().build().map_err(Failure::new)?;
        runtime.block_on(async {
            let ending = Ending::prepare(self.exit_with_stdin).map_err(Failure::new)?;
            let transcript = self.transcript.take().map(TranscriptTarget::check).transpose()?;
            let ftp = self
                .builder(transcript.is_some())?
                .try_start()
                .map_err(|error| Failure::new(error.what()))?;
            if !ftp.host().is_loopback() {
                tracing::warn!("listening on {}, where other machines may reach it", ftp.addr());
            }
            announce(&ftp, self.json).map_err(|error| {
                Failure::new(format!("nobody reads standard output, where the URL goes: {error}"))
            })?;
            ending.wait().await;
            end(ftp, transcript.as_ref())
        })
    }

    fn builder(&self, with_transcript: bool) -> Result<FtpFixtureBuilder, Failure> {
        let mut builder = match &self.fixture {
            Some(path) => FtpFixture::from_definition(path).map_err(Failure::new)?,
            None => FtpFixture::builder(),
        };
        if let Some(address) = self.listen {
            builder = builder.listen(address);
        }
        for user in &self.user {
            builder = builder.user(user.clone());
        }
        if let Some(perms) = self.anonymous {
            builder = builder.user(User::anonymous().perms(perms.to_string()));
        }
        if let Some(root) = &self.root {
            builder = builder.serve_dir(root);
        }
        match self.clock {
            Some(ClockKind::System) => builder = builder.clock(Clock::system()),
            Some(ClockKind::Fixed) => builder = builder.clock(Clock::default()),
            None => {}
        }
        if !with_transcript {
            builder = builder.record(Record::off());
        } else if let Some(record) = self.record {
            builder = builder.record(record);
        }
        if let Some(banner) = &self.banner {
            builder = builder.banner(banner);
        }
        for rule in &self.hole {
            builder = builder.hole(rule.name(), rule.pattern());
        }
        for password in &self.known_password {
            builder = builder.known_password(password);
        }
        match self.session_order {
            Some(Order::Accept) => builder = builder.session_order(SessionOrder::Accept),
            Some(Order::Content) => builder = builder.session_order(SessionOrder::Content),
            None => {}
        }
        #[cfg(feature = "tls")]
        let builder = self.security.apply(builder);
        // What is to outlive the tool is asked for with --transcript and --root.
        Ok(builder.keep(false).handler(|handler| self.settings.apply(handler)))
    }
}

/// Ends the server. The transcript is written also when something went wrong: it may tell why.
fn end(ftp: FtpFixture, target: Option<&TranscriptTarget>) -> Result<(), Failure> {
    let outcome = ftp.finish();
    let transcript = match &outcome {
        Ok(report) => Some(&report.transcript),
        Err(unmet) => unmet.transcript(),
    };
    if let (Some(target), Some(transcript)) = (target, transcript) {
        target.write(transcript)?;
    }
    match outcome {
        Ok(_) => Ok(()),
        Err(unmet) => {
            Err(Failure::new(format!("the server did not end well: {}", unmet.problems().join("; "))))
        }
    }
}

fn parse_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "no address and port; write it as 127.0.0.1:0 or [::1]:0".to_owned())
}
