//! Jobs of z/OS (JES), which a session with `SITE FILETYPE=JES` lists in the place of files.

use super::fields::Fields;
use super::number::number;

/// Whether `line` is a job or the heading over jobs: `IBMUSER1  JOB01906  OUTPUT    3 Spool Files`.
pub(super) fn is_job(line: &[u8]) -> bool {
    let fields = Fields::of(line);
    if (fields.get(0), fields.get(1)) == (b"JOBNAME", b"JOBID") {
        return true;
    }
    let has_state =
        || (2..4).any(|at| matches!(fields.get(at), b"INPUT" | b"ACTIVE" | b"OUTPUT" | b"HELD" | b"-HELD-"));
    is_job_id(fields.get(1)) && has_state()
}

/// `JOB01906`, `TSU01830`, `STC00042`, or `J0001906` where there are more of them.
fn is_job_id(field: &[u8]) -> bool {
    let digits = match field {
        [b'J', b'O', b'B', digits @ ..]
        | [b'T', b'S', b'U', digits @ ..]
        | [b'S', b'T', b'C', digits @ ..] => digits,
        [b'J' | b'T' | b'S', digits @ ..] => digits,
        _ => return false,
    };
    digits.len() >= 5 && number(digits).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_of_both_levels_are_known() {
        for line in [
            "JOBNAME  JOBID    OWNER    STATUS CLASS",
            "IBMUSER1  JOB01906  OUTPUT    3 Spool Files",
            "IBMUSER  TSU01830  IBMUSER  OUTPUT TSU      ABEND=522 3 spool files",
            "BACKUP   J0123456 OPER     ACTIVE A",
        ] {
            assert!(is_job(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn other_lines_are_no_jobs() {
        for line in ["", "a JOB01906", "a JOB1 OUTPUT", "a JOBxxxxx OUTPUT", "JOB01906 OUTPUT x"] {
            assert!(!is_job(line.as_bytes()), "{line}");
        }
    }
}
