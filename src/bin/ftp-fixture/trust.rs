//! Options for TLS with a server: whether there is to be any, and whom to trust.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use ftp_fixture::client::FtpUrl;
use ftp_fixture::client::blocking::FtpBuilder;
use ftp_fixture::tls::ClientTls;

use crate::failure::Failure;

/// The client's TLS.
#[derive(Debug, Args)]
#[command(next_help_heading = "TLS")]
pub(crate) struct Trust {
    /// Begin TLS before logging in (AUTH TLS); ftps:// has it from the first byte.
    #[arg(long)]
    tls: bool,

    /// Trust servers whose certificate one of these authorities has signed, in PEM; no others are known.
    #[arg(long, value_name = "FILE", conflicts_with = "insecure")]
    ca: Option<PathBuf>,

    /// Trust whoever answers; whoever is between can read and change all.
    #[arg(long)]
    insecure: bool,
}

impl Trust {
    /// The builder with the TLS that `url` and the options ask for.
    pub(crate) fn apply(&self, builder: FtpBuilder, url: &FtpUrl) -> Result<FtpBuilder, Failure> {
        if !self.tls && !url.is_tls() {
            return match self.ca.is_some() || self.insecure {
                true => Err(Failure::of_call(
                    "there is no TLS for which to trust anybody; add --tls, or write ftps://",
                )),
                false => Ok(builder),
            };
        }
        let tls = match &self.ca {
            Some(path) => ClientTls::trusting(fs::read(path).map_err(|error| {
                Failure::of_call(format!("--ca: {} cannot be read: {error}", path.display()))
            })?),
            None if self.insecure => ClientTls::unverified(),
            None => {
                return Err(Failure::of_call(
                    "TLS needs somebody to trust: name the authorities with --ca FILE, such as the system's, \
                     /etc/ssl/certs/ca-certificates.crt on many, or trust anybody with --insecure",
                ));
            }
        };
        Ok(if url.is_tls() { builder.implicit_tls(tls) } else { builder.tls(tls) })
    }
}
