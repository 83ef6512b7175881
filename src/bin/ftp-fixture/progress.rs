//! How far a transfer is, as a bar on standard error, where that is a terminal.

use std::io::{self, IsTerminal};

use ftp_fixture::client::blocking::Ftp;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const WITH_TOTAL: &str = "{msg} [{wide_bar:.green}] {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
const WITHOUT_TOTAL: &str = "{msg} {bytes}, {bytes_per_sec}";

/// Has the next transfer of `ftp` shown, from its first piece on; the bar goes with `ftp`.
///
/// `done` bytes were there before it, and there will be `total` at its end, where that is known before.
pub(crate) fn show(ftp: &mut Ftp, name: &str, done: u64, total: Option<u64>) {
    if !io::stderr().is_terminal() {
        return;
    }
    let bar = bar(ProgressDrawTarget::stderr(), name, done, total);
    ftp.set_progress(move |progress| {
        if let (None, Some(total)) = (bar.length(), progress.total) {
            set_total(&bar, total);
        }
        bar.set_position(done + progress.bytes);
    });
}

fn bar(target: ProgressDrawTarget, name: &str, done: u64, total: Option<u64>) -> ProgressBar {
    // What controls terminals must not come from a name.
    let name = name.replace(char::is_control, "?");
    let bar = ProgressBar::with_draw_target(None, target).with_message(name).with_style(style(WITHOUT_TOTAL));
    if let Some(total) = total {
        set_total(&bar, total);
    }
    // What was there before does not count for the speed.
    bar.set_position(done);
    bar.reset_eta();
    bar
}

fn set_total(bar: &ProgressBar, total: u64) {
    bar.set_length(total);
    bar.set_style(style(WITH_TOTAL));
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_can_be_read() {
        for template in [WITH_TOTAL, WITHOUT_TOTAL] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }

    #[test]
    fn a_bar_starts_with_what_was_there_before() {
        let bar = bar(ProgressDrawTarget::hidden(), "a\u{1b}[2J.txt", 4, Some(8));
        assert_eq!((bar.message().as_str(), bar.position(), bar.length()), ("a?[2J.txt", 4, Some(8)));
    }
}
