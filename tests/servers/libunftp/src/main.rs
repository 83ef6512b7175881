//! Serves a directory with libunftp: ADDRESS HOME USER PASSWORD [CERTIFICATE KEY].

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use libunftp::ServerBuilder;
use libunftp::options::{ActivePassiveMode, FtpsRequired, TlsFlags};
use unftp_core::auth::{AuthenticationError, Authenticator, Credentials, Principal};
use unftp_sbe_fs::Filesystem;

/// The one user.
#[derive(Debug)]
struct User {
    name: String,
    password: String,
}

#[async_trait]
impl Authenticator for User {
    async fn authenticate(
        &self,
        name: &str,
        credentials: &Credentials,
    ) -> Result<Principal, AuthenticationError> {
        if name != self.name {
            return Err(AuthenticationError::BadUser);
        }
        if credentials.password.as_ref() != Some(&self.password) {
            return Err(AuthenticationError::BadPassword);
        }
        Ok(Principal { username: name.to_owned() })
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [address, home, name, password, tls @ ..] = arguments.as_slice() else {
        panic!("ADDRESS HOME USER PASSWORD [CERTIFICATE KEY]");
    };
    let home = PathBuf::from(home);
    let user = User { name: name.clone(), password: password.clone() };
    let mut server = ServerBuilder::with_authenticator(
        Box::new(move || Filesystem::new(home.clone()).expect("there is a home")),
        Arc::new(user),
    )
    .active_passive_mode(ActivePassiveMode::ActiveAndPassive);
    if let [certificate, key] = tls {
        server = server
            .ftps(certificate, key)
            .ftps_required(FtpsRequired::All, FtpsRequired::All)
            .ftps_tls_flags(TlsFlags::default() | TlsFlags::LATEST_VERSIONS);
    }
    let server = server.build().expect("build a server");
    server.listen(address.clone()).await.expect("listen");
}
