//! Times as FTP carries them: cut to the second, which every medium can store.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The second that `time` is in; `time` itself at the far end of what the system can tell.
pub(super) fn whole_second(time: SystemTime) -> SystemTime {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => UNIX_EPOCH + Duration::from_secs(after.as_secs()),
        Err(error) => {
            let before = error.duration();
            let seconds = before.as_secs().saturating_add(u64::from(before.subsec_nanos() > 0));
            UNIX_EPOCH.checked_sub(Duration::from_secs(seconds)).unwrap_or(time)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_cut_down_on_both_sides_of_1970() {
        let second = Duration::from_secs(1);
        let half = Duration::from_millis(500);
        assert_eq!(whole_second(UNIX_EPOCH + second + half), UNIX_EPOCH + second);
        assert_eq!(whole_second(UNIX_EPOCH - half), UNIX_EPOCH - second);
        assert_eq!(whole_second(UNIX_EPOCH - second), UNIX_EPOCH - second);
    }
}
