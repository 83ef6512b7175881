//! The first line on standard output: where the server is. Other programs rely on its form.

use std::io::{self, Write};
use std::path::{Path, absolute};

use ftp_fixture::FtpFixture;
use serde_json::{Value, json};

/// Says where the server is: as one line of JSON, or as the first user's URL.
pub(crate) fn announce(ftp: &FtpFixture, as_json: bool) -> io::Result<()> {
    let line = if as_json { describe(ftp)?.to_string() } else { ftp.url() };
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}

#[cfg(feature = "tls")]
fn ca_file(ftp: &FtpFixture) -> Option<&Path> {
    ftp.has_tls().then(|| ftp.ca_file())
}

#[cfg(not(feature = "tls"))]
fn ca_file(_: &FtpFixture) -> Option<&Path> {
    None
}

fn describe(ftp: &FtpFixture) -> io::Result<Value> {
    // Absolute: whoever reads it may stand in another directory.
    let root = ftp.root_path().map(absolute).transpose()?;
    let users: Vec<Value> = ftp
        .users()
        .iter()
        .map(|user| {
            json!({
                "name": user.name(),
                "password": user.password(),
                "perms": user.perms().to_string(),
                "home": user.home(),
                "url": ftp.url_for(user.name()),
            })
        })
        .collect();
    Ok(json!({
        "url": ftp.url(),
        "host": ftp.host(),
        "port": ftp.port(),
        "pid": std::process::id(),
        // JSON is text; a path that is none is shown as near as can be.
        "root": root.map(|root| root.display().to_string()),
        "ca_cert": ca_file(ftp).map(absolute).transpose()?.map(|path| path.display().to_string()),
        "users": users,
    }))
}
