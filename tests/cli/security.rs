//! TLS from the command line, and from a definition file. What it does on the wire stands in `tests/tls`.

use std::fs;
use std::path::Path;

use ftp_fixture::prelude::*;

use crate::tool::{Tool, connect};
use crate::wire::Wire;

#[test]
fn the_ca_is_in_a_file_as_long_as_the_server_runs() {
    let tool = Tool::serve(["--json", "--tls", "explicit", "--tls-control-required", "--tls-data-required"]);
    let ready = tool.ready();
    let ca = Path::new(ready["ca_cert"].as_str().unwrap()).to_owned();
    assert!(ca.is_absolute());
    assert!(fs::read_to_string(&ca).unwrap().starts_with("-----BEGIN CERTIFICATE-----"));
    let mut wire = connect(&ready);
    wire.expect(550, "USER user");
    wire.expect(234, "AUTH TLS");
    drop(wire);
    tool.terminate();
    assert!(!ca.exists());
}

#[test]
fn implicit_tls_is_in_the_url() {
    let tool = Tool::serve(["--tls", "implicit", "--require-session-reuse"]);
    let url = tool.first_line();
    assert!(url.starts_with("ftps://user:12345@127.0.0.1:"), "{url}");
    tool.terminate();
}

#[test]
fn a_definition_says_it_in_a_word_or_a_table() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tls.toml");
    for (definition, user) in [
        ("tls = \"explicit\"", 331),
        ("tls = { mode = \"explicit\", control_required = true, certificate = \"expired\" }", 550),
        (
            "[tls]\nmode = \"explicit\"\ndata_required = true\nversions = \"1.3\"\nsession_reuse = \"required\"\n\
             client_certificates = \"optional\"\nrequire_close_notify = false\n",
            331,
        ),
    ] {
        fs::write(&path, definition).unwrap();
        let ftp = FtpFixture::from_definition(&path).unwrap().start();
        assert!(ftp.has_tls());
        let mut wire = Wire::connect(&ftp);
        wire.expect(user, "USER user");
        wire.expect(234, "AUTH TLS");
    }
}

#[test]
fn a_definition_names_the_files_of_a_certificate() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("tls.toml");
    let identity = FtpFixture::builder().tls(Tls::explicit()).start().client_identity("own");
    fs::write(directory.path().join("own.pem"), identity.certificate_pem()).unwrap();
    fs::write(directory.path().join("own.key"), identity.key_pem()).unwrap();
    let definition = |chain: &str| {
        let tls = format!(
            "tls = {{ mode = \"explicit\", certificate = {{ chain = \"{chain}\", key = \"own.key\" }} }}"
        );
        fs::write(&path, tls).unwrap();
        FtpFixture::from_definition(&path)
    };
    definition("own.pem").unwrap().start();
    let error = definition("none.pem").unwrap_err().to_string();
    assert!(error.contains("none.pem cannot be read"), "{error}");
    let error = definition("own.key").unwrap().try_start().unwrap_err().to_string();
    assert!(error.contains("there is no certificate in the PEM"), "{error}");
}
