//! The common name of a certificate's subject (RFC 5280, 4.1.2.6): all of X.509 that is needed here.

/// The OBJECT IDENTIFIER 2.5.4.3, whole.
const COMMON_NAME: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x03];
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
/// The version, which has a tag of its own.
const VERSION: u8 = 0xA0;

/// The first common name in the subject of a certificate in DER; `None` where there is none, or no certificate.
pub(super) fn common_name(certificate: &[u8]) -> Option<String> {
    let (certificate, _) = element(certificate, SEQUENCE)?;
    let (mut fields, _) = element(certificate, SEQUENCE)?;
    if let Some((_, rest)) = element(fields, VERSION) {
        fields = rest;
    }
    // Serial number, signature algorithm, issuer, validity.
    for _ in 0..4 {
        (_, _, fields) = any_element(fields)?;
    }
    let (mut names, _) = element(fields, SEQUENCE)?;
    while let Some((mut set, rest)) = element(names, SET) {
        names = rest;
        while let Some((attribute, rest)) = element(set, SEQUENCE) {
            set = rest;
            if let Some(value) = attribute.strip_prefix(COMMON_NAME) {
                let (_, text, _) = any_element(value)?;
                return String::from_utf8(text.to_vec()).ok();
            }
        }
    }
    None
}

/// What an element of this tag holds, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    any_element(der).filter(|(found, ..)| *found == tag).map(|(_, content, rest)| (content, rest))
}

/// The tag of an element, what it holds, and what follows it.
fn any_element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7F => (usize::from(*first), rest),
        0x81..=0x83 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::authority::Authority;
    use proptest::prelude::{any, proptest};
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;

    #[test]
    fn the_subjects_name_is_found_and_not_the_issuers() {
        let authority = Authority::new("issuer").unwrap();
        assert_eq!(common_name(authority.certificate()).as_deref(), Some("issuer"));
        for name in ["alice", "ä b", &"x".repeat(300)] {
            let (pem, _) = authority.sign_for_user(name).unwrap();
            let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
            assert_eq!(common_name(&certificate).as_deref(), Some(name));
        }
    }

    #[test]
    fn a_certificate_that_is_cut_off_has_no_name() {
        let authority = Authority::new("issuer").unwrap();
        let certificate = authority.certificate();
        for end in 0..certificate.len() {
            assert_eq!(common_name(&certificate[..end]), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
            let _ = common_name(&bytes);
        }
    }
}
