//! `LIST` read back: which form the listing has, and its entries.

use std::fmt;
use std::time::{Duration, SystemTime};

use jiff::civil::{DateTime, Time};

use super::entry::ListEntry;
use super::error::ListError;
use super::reading::{Line, Reading, lines};
use super::{dos, eplf, jes, mvs, netware, os400, unix, vms};
use crate::listing::dates::civil;

/// In how many years before this one a day is looked for: 29 February can be eight years away.
const YEARS_BACK: i16 = 8;

/// How far ahead of us a server's wall time can be.
const ONE_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What must be known besides the listing to read it.
#[derive(Debug, Clone, Copy)]
pub struct ListContext {
    /// A day ahead of now, since the server may be in another time zone.
    latest: DateTime,
}

impl ListContext {
    /// For a listing that was sent at `now`: a date without a year is the last such date before it, or up to a day
    /// after it.
    pub fn new(now: SystemTime) -> Self {
        Self { latest: civil(now.checked_add(ONE_DAY).unwrap_or(now)) }
    }

    /// That day and time in the year that must be meant.
    pub(super) fn with_year(&self, month: i8, day: i8, time: Time) -> Option<DateTime> {
        let this_year = self.latest.year();
        (this_year - YEARS_BACK..=this_year)
            .rev()
            .filter_map(|year| {
                DateTime::new(year, month, day, time.hour(), time.minute(), time.second(), 0).ok()
            })
            .find(|at| *at <= self.latest)
    }
}

/// A form in which servers write listings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListForm {
    /// `ls -l` and what looks like it.
    Unix,
    /// Windows: IIS, and `dir`.
    Dos,
    /// Easily Parsed LIST Format, of publicfile and anonftpd.
    Eplf,
    /// Novell NetWare.
    NetWare,
    /// OpenVMS.
    Vms,
    /// IBM i, formerly OS/400.
    Os400,
    /// Data sets of z/OS, formerly MVS.
    MvsDatasets,
    /// Members of a partitioned data set of z/OS.
    MvsMembers,
    /// The facts of `MLSD` (RFC 3659).
    Facts,
}

impl fmt::Display for ListForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unix => "Unix",
            Self::Dos => "Windows",
            Self::Eplf => "EPLF",
            Self::NetWare => "NetWare",
            Self::Vms => "VMS",
            Self::Os400 => "IBM i",
            Self::MvsDatasets => "z/OS data sets",
            Self::MvsMembers => "z/OS members",
            Self::Facts => "MLSD",
        })
    }
}

/// A listing that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listing {
    /// Its form; `None` when there was no line from which to know it.
    pub form: Option<ListForm>,
    /// Its entries, in the order of the lines.
    pub entries: Vec<ListEntry>,
    /// Its other lines as they came: headings, totals (`total 12`), errors (`ls: x: No such file or directory`).
    pub remarks: Vec<Vec<u8>>,
}

type Read = fn(&[u8], &[Line<'_>], &ListContext) -> Reading;

const FORMS: [(ListForm, Read); 8] = [
    (ListForm::Unix, unix::read),
    (ListForm::Dos, dos::read),
    (ListForm::Eplf, eplf::read),
    (ListForm::NetWare, netware::read),
    (ListForm::Vms, vms::read),
    (ListForm::Os400, os400::read),
    (ListForm::MvsDatasets, mvs::read_datasets),
    (ListForm::MvsMembers, mvs::read_members),
];

/// Reads what a server sent for `LIST`.
///
/// All known forms are tried, and the first that understands most lines is the form of the whole listing.
///
/// ```
/// use std::time::SystemTime;
/// use ftp_fixture::listing::{ListContext, parse_list};
///
/// let sent = b"07-13-98  09:06PM       <DIR>          aix\r\n07-14-98  10:57AM               143712 a b\r\n";
/// let listing = parse_list(sent, &ListContext::new(SystemTime::UNIX_EPOCH))?;
/// assert_eq!(listing.entries[0].modified.unwrap().to_string(), "1998-07-13 21:06");
/// assert_eq!((listing.entries[1].name_text(), listing.entries[1].size), ("a b".into(), Some(143_712)));
/// # Ok::<(), ftp_fixture::listing::ListError>(())
/// ```
///
/// # Errors
///
/// The first line that in this form is neither an entry nor a known remark, rather than a listing with a file missing.
pub fn parse_list(listing: &[u8], context: &ListContext) -> Result<Listing, ListError> {
    let lines = lines(listing);
    let mut best: Option<(ListForm, Reading)> = None;
    for (form, read) in FORMS {
        let reading = read(listing, &lines, context);
        let is_whole = reading.unknown.is_none() && !reading.entries.is_empty();
        if best.as_ref().is_none_or(|(_, known)| understood(&reading) > understood(known)) {
            best = Some((form, reading));
        }
        if is_whole {
            break;
        }
    }
    let (form, reading) = best.expect("there are forms");
    let form = Some(form).filter(|_| understood(&reading) > (0, 0));
    match reading.unknown {
        None => Ok(Listing { form, entries: reading.entries, remarks: reading.remarks }),
        Some((number, line)) if jes::is_job(&line) => Err(ListError::Jobs { number, line }),
        Some((number, line)) => Err(ListError::UnknownLine { number, line, form }),
    }
}

/// How many entries, then how many other lines a form understands.
fn understood(reading: &Reading) -> (usize, usize) {
    (reading.entries.len(), reading.remarks.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_oneof, proptest};
    use proptest::strategy::Strategy;

    fn parse(listing: &[u8]) -> Result<Listing, ListError> {
        parse_list(listing, &ListContext::new(SystemTime::UNIX_EPOCH))
    }

    #[test]
    fn nothing_is_an_empty_listing() {
        for listing in [&b""[..], b"\r\n", b" \n\n"] {
            assert_eq!(parse(listing), Ok(Listing { form: None, entries: Vec::new(), remarks: Vec::new() }));
        }
        let listing = parse(b"total 0\r\n").unwrap();
        assert_eq!((listing.form, listing.entries.len()), (Some(ListForm::Unix), 0));
    }

    #[test]
    fn the_form_that_understands_most_is_that_of_all_lines() {
        let error = parse(b"+s5,\tb\n-rw-r--r-- 1 u g 5 Apr 27  2001 a\n+s5,\tc\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 2 of the listing is unlike the others, which are in the form of EPLF: \
             \"-rw-r--r-- 1 u g 5 Apr 27  2001 a\""
        );
    }

    #[test]
    fn a_line_of_no_form_is_named() {
        let error = parse(b"\n<html>\n").unwrap_err();
        assert_eq!(error.to_string(), "the listing is in no known form; its line 2 is \"<html>\"");
    }

    #[test]
    fn the_end_of_time_is_no_trouble() {
        for at in [
            SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(1 << 62)),
            SystemTime::UNIX_EPOCH.checked_sub(Duration::from_secs(1 << 62)),
        ] {
            let Some(at) = at else { continue };
            assert!(parse_list(b"-rw-r--r-- 1 u g 5 Feb 29 10:00 a\n", &ListContext::new(at)).is_ok());
        }
    }

    /// Pieces that listings are made of, so that random lines get far into the parsers.
    fn piece() -> impl Strategy<Value = Vec<u8>> {
        const PIECES: [&str; 48] = [
            " ",
            "  ",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "-",
            "-rw-r--r--",
            "drwxr-xr-x+",
            "lrwxrwxrwx",
            "crw-rw----",
            "total",
            "1",
            "12",
            "531",
            "33.5k",
            "10,",
            "Apr",
            "Feb",
            "29",
            "2001",
            "15:13",
            "15:13:07.5",
            "2005-06-07",
            "09-26",
            "+0200",
            "07-13-98",
            "09:06PM",
            "PM",
            "<DIR>",
            "<SYMLINKD>",
            "+i7.1,m9,/,\t",
            "d [R----F--]",
            ";1",
            "[A,B]",
            "(RWED,,)",
            "9/9",
            "2-JUN-1998",
            "*DIR",
            "*MEM",
            "Volume Unit Dsname",
            " Name VV.MM",
            "2004/06/23",
            "PO",
            " -> ",
            "type=",
            "size=9;",
            "8月",
        ];
        prop_oneof![
            4 => (0..PIECES.len()).prop_map(|index| PIECES[index].as_bytes().to_vec()),
            1 => proptest::collection::vec(any::<u8>(), 0..6),
        ]
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(listing in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&listing);
        }

        #[test]
        fn no_pieces_of_listings_make_it_panic(pieces in proptest::collection::vec(piece(), 0..60)) {
            let listing = pieces.concat();
            let _ = parse(&listing);
            let _ = super::super::parse_mlsd(&listing);
        }
    }
}
