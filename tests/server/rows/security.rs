//! Rows of the security commands, on a server without TLS: they are as unknown as any other word. What they do
//! elsewhere stands in `tests/tls`.

use super::row::rows;

rows! {
    "RFC 4217" {
        Nobody [] "AUTH TLS" => "500 *";
        Alice [] "AUTH SSL" => "500 *";
        Nobody [] "PBSZ 0" => "500 *";
        Nobody [] "PROT P" => "500 *";
        Nobody [] "CCC" => "500 *";
    }
}
