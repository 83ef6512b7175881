//! FEAT (RFC 2389): what the server can do beyond RFC 959, one line a feature, in alphabetical order.

use super::replies;
use super::session::Session;
use crate::proto::{HashAlgorithm, Reply, Verb};

impl Session {
    pub(super) fn features(&self) -> Reply {
        let offered = |verbs: &[Verb]| verbs.iter().all(|verb| self.handler.offers(*verb));
        let said = |line: &str| match line {
            "MODE Z" => self.handler.mode_z,
            "AUTH SSL" | "AUTH TLS" | "CCC" => self.security.can_begin(),
            "PBSZ" | "PROT" => self.security.can_protect(),
            "UTF8" => self.handler.encoding.is_utf8(),
            _ => true,
        };
        let lines = self.feature_lines().into_iter().filter(|(verbs, line)| offered(verbs) && said(line));
        replies::features(lines.map(|(_, line)| format!(" {line}")).collect())
    }

    /// Each line with the verbs that it stands for: a server that lacks one of them lacks the line.
    fn feature_lines(&self) -> [(&'static [Verb], String); 26] {
        [
            (&[Verb::Auth], "AUTH SSL".to_owned()),
            (&[Verb::Auth], "AUTH TLS".to_owned()),
            (&[Verb::Avbl], "AVBL".to_owned()),
            (&[Verb::Ccc], "CCC".to_owned()),
            (&[Verb::Clnt], "CLNT".to_owned()),
            (&[Verb::Csid], "CSID".to_owned()),
            (&[Verb::Eprt], "EPRT".to_owned()),
            (&[Verb::Epsv], "EPSV".to_owned()),
            (&[Verb::Hash], format!("HASH {}", self.hash_feature())),
            (&[Verb::Host], "HOST".to_owned()),
            (&[Verb::Lang], "LANG EN*".to_owned()),
            (&[Verb::Mdtm], "MDTM".to_owned()),
            (&[Verb::Mff], "MFF Modify;UNIX.mode;".to_owned()),
            (&[Verb::Mfmt], "MFMT".to_owned()),
            // RFC 3659, 7.8: this one line says that there are both.
            (&[Verb::Mlst, Verb::Mlsd], format!("MLST {}", self.facts.to_feature())),
            (&[Verb::Mode], "MODE Z".to_owned()),
            (&[Verb::Pbsz], "PBSZ".to_owned()),
            (&[Verb::Prot], "PROT".to_owned()),
            (&[Verb::Rest], "REST STREAM".to_owned()),
            (&[Verb::Size], "SIZE".to_owned()),
            (&[], "TVFS".to_owned()),
            (&[], "UTF8".to_owned()),
            (&[Verb::Xcrc], "XCRC".to_owned()),
            (&[Verb::Xmd5], "XMD5".to_owned()),
            (&[Verb::Xsha1], "XSHA1".to_owned()),
            (&[Verb::Xsha256], "XSHA256".to_owned()),
        ]
    }

    /// All algorithms, the one in use marked, as in MLST's line.
    fn hash_feature(&self) -> String {
        let marked = |algorithm| if algorithm == self.hash_algorithm { "*" } else { "" };
        HashAlgorithm::ALL.map(|algorithm| format!("{algorithm}{}", marked(algorithm))).join(";")
    }
}
