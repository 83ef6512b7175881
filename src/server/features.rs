//! FEAT (RFC 2389): what the server can do beyond RFC 959, one line a feature, in alphabetical order.

use super::replies;
use super::session::Session;
use crate::proto::Reply;

impl Session {
    pub(super) fn features(&self) -> Reply {
        let lines = [
            " EPRT".to_owned(),
            " EPSV".to_owned(),
            " MDTM".to_owned(),
            " MFMT".to_owned(),
            format!(" MLST {}", self.facts.to_feature()),
            " REST STREAM".to_owned(),
            " SIZE".to_owned(),
            " TVFS".to_owned(),
            " UTF8".to_owned(),
        ];
        replies::features(lines.into())
    }
}
