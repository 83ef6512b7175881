//! Names for STOU that are the same in every run: numbers, not random letters.

use super::FsError;
use crate::proto::Pathname;

/// The largest number of eight digits.
const LAST_NUMBER: u32 = 99_999_999;

/// Calls `create` with one candidate after the other, lowest number first, until a name is not taken.
pub(super) fn create_first_free<T>(
    directory: &Pathname,
    prefix: &str,
    mut create: impl FnMut(&Pathname) -> Result<T, FsError>,
) -> Result<(Pathname, T), FsError> {
    if prefix.contains('/') {
        return Err(FsError::InvalidName);
    }
    for number in 1..=LAST_NUMBER {
        let path = directory.join(&format!("{prefix}.{number:08}"))?;
        match create(&path) {
            Ok(created) => return Ok((path, created)),
            Err(FsError::AlreadyExists) => {}
            Err(error) => return Err(error),
        }
    }
    Err(FsError::AlreadyExists)
}
