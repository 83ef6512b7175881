//! `NLST`: names, one a line.

use super::text::push_text;

/// Appends the line of `NLST` for `name`.
///
/// ```
/// use ftp_fixture::listing::write_name;
///
/// let mut out = Vec::new();
/// write_name(&mut out, "hello.txt");
/// write_name(&mut out, "two\nlines");
/// assert_eq!(out, b"hello.txt\r\ntwo?lines\r\n");
/// ```
pub fn write_name(out: &mut Vec<u8>, name: &str) {
    push_text(out, name);
    out.extend_from_slice(b"\r\n");
}
