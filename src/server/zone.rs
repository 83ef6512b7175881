//! The time zone that listings and MDTM show times in: UTC, as RFC 3659 demands, or the system's, as some servers have it.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::proto::FileInfo;

/// Where shown times are.
#[derive(Debug, Clone, Default)]
pub(super) enum Zone {
    #[default]
    Utc,
    Local(TimeZone),
}

impl Zone {
    /// The zone of the system the server runs on.
    pub(super) fn system() -> Self {
        Self::Local(TimeZone::system())
    }

    /// The time that, written in UTC, reads as `time` does in this zone.
    pub(super) fn shown(&self, time: SystemTime) -> SystemTime {
        let Self::Local(zone) = self else { return time };
        let Ok(timestamp) = Timestamp::try_from(time) else { return time };
        let seconds = zone.to_offset(timestamp).seconds();
        let shift = Duration::from_secs(seconds.unsigned_abs().into());
        let shifted = if seconds < 0 { time.checked_sub(shift) } else { time.checked_add(shift) };
        shifted.unwrap_or(time)
    }

    /// The facts of a file as they are to be shown.
    pub(super) fn shown_info(&self, info: FileInfo) -> FileInfo {
        FileInfo { modified: info.modified.map(|time| self.shown(time)), ..info }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    #[test]
    fn a_time_reads_as_it_does_in_the_zone() {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let east = Zone::Local(jiff::tz::offset(2).to_time_zone());
        let west = Zone::Local(jiff::tz::offset(-2).to_time_zone());
        assert_eq!(east.shown(at(10_000)), at(17_200));
        assert_eq!(west.shown(at(10_000)), at(2_800));
        assert_eq!(Zone::Utc.shown(at(10_000)), at(10_000));
    }
}
