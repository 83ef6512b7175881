//! Novell NetWare: `d [R----F--] supervisor            512 Jan 16 18:53 login`.

use super::date::plain_date;
use super::entry::ListEntry;
use super::fields::Fields;
use super::list::ListContext;
use super::number::number;
use super::reading::{Line, Reading};
use crate::proto::FileKind;

pub(super) fn read(_: &[u8], lines: &[Line<'_>], context: &ListContext) -> Reading {
    Reading::of(lines, |line| entry(line, context), is_remark)
}

fn entry(line: &[u8], context: &ListContext) -> Option<ListEntry> {
    let (kind, rest) = line.split_first()?;
    let kind = match kind {
        b'd' => FileKind::Directory,
        b'-' => FileKind::File,
        _ => return None,
    };
    let rest = rest.trim_ascii_start().strip_prefix(b"[")?;
    let end = rest.iter().position(|byte| *byte == b']')?;
    let (rights, rest) = (&rest[..end], &rest[end + 1..]);
    if rights.is_empty() || !rights.iter().all(|right| matches!(right, b'-' | b'A'..=b'Z')) {
        return None;
    }
    let fields = Fields::of(rest);
    let (date_at, dated) = (2..fields.len())
        .filter(|at| number(fields.get(at - 1)).is_some())
        .find_map(|at| Some((at, plain_date(&fields, at, context)?)))?;
    let name = fields.trimmed_name_behind(date_at + dated.fields - 1)?;
    let mut entry = ListEntry::new(name, kind, line);
    entry.size = number(fields.get(date_at - 1));
    entry.modified = Some(dated.time);
    entry.owner = fields.text(0..date_at - 1);
    entry.permissions = Some(String::from_utf8_lossy(rights).into_owned());
    Some(entry)
}

fn is_remark(line: &[u8]) -> bool {
    let fields = Fields::of(line);
    fields.len() == 2 && fields.get(0) == b"total" && number(fields.get(1)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn rights_stand_in_brackets_with_a_blank_before_them_or_none() {
        let context = ListContext::new(Clock::default().now());
        for line in [
            &b"- [RWCEAFMS] r winston 19968 Mar 12 15:20 Summary 1.doc"[..],
            b"-[RWCEAFMS] r winston 19968  Mar 12 15:20    Summary 1.doc",
        ] {
            let file = entry(line, &context).unwrap();
            assert_eq!((file.name_text(), file.size), ("Summary 1.doc".into(), Some(19_968)));
            assert_eq!(
                (file.owner.as_deref(), file.permissions.as_deref()),
                (Some("r winston"), Some("RWCEAFMS"))
            );
        }
    }

    #[test]
    fn other_lines_are_none() {
        let context = ListContext::new(Clock::default().now());
        for line in [
            "d",
            "d [",
            "d []",
            "d [R] o 5 Mar 12 15:20",
            "d [R] o Mar 12 15:20 x",
            "l [R] o 5 Mar 12 15:20 x",
            "d [r w] o 5 Mar 12 15:20 x",
        ] {
            assert_eq!(entry(line.as_bytes(), &context), None, "{line}");
        }
    }
}
