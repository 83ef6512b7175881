//! A server that lacks something: the verb is unknown, and FEAT and HELP do not name it.

use std::collections::BTreeSet;

use ftp_fixture::FtpFixture;
use ftp_fixture::proto::Verb;

use crate::wire::Wire;

/// The names in a reply of several lines.
fn words(reply: &str) -> BTreeSet<&str> {
    reply.lines().filter(|line| line.starts_with(' ')).flat_map(str::split_whitespace).collect()
}

#[test]
fn what_is_taken_away_is_unknown_and_named_nowhere() {
    for info in Verb::ALL.map(Verb::info).into_iter().filter(|info| {
        ![Verb::User, Verb::Pass, Verb::Type, Verb::Feat, Verb::Help, Verb::Site].contains(&info.verb)
    }) {
        let ftp = FtpFixture::builder().in_memory().without(info.verb).start();
        let mut wire = Wire::log_in(&ftp);
        for name in info.names {
            assert_eq!(wire.expect(500, &format!("{name} a")), wire.command(name), "{name}");
            wire.expect(501, &format!("HELP {name}"));
            let (help, features) = (wire.expect(214, "HELP"), wire.expect(211, "FEAT"));
            assert!(!words(&help).contains(name) && !words(&features).contains(name), "{name}");
        }
        let last_word = info.verb.name().rsplit(' ').next().unwrap();
        if info.verb != Verb::SiteHelp {
            assert!(!words(&wire.expect(214, "SITE HELP")).contains(last_word), "{last_word}");
        }
    }
}

#[test]
fn mlst_in_feat_stands_for_mlsd_too() {
    for verb in [Verb::Mlst, Verb::Mlsd] {
        let ftp = FtpFixture::builder().in_memory().without(verb).start();
        assert!(!Wire::connect(&ftp).expect(211, "FEAT").contains("MLST"), "{verb}");
    }
}

#[test]
fn options_of_what_is_taken_away_are_unknown() {
    let ftp = FtpFixture::builder().in_memory().without(Verb::Mlst).without(Verb::Hash).start();
    let mut wire = Wire::log_in(&ftp);
    wire.expect(501, "OPTS MLST type;");
    wire.expect(501, "OPTS HASH");
    wire.expect(200, "OPTS UTF8 ON");
}

#[test]
fn without_site_all_its_commands_are_gone() {
    let ftp = FtpFixture::builder().in_memory().file("a", "").without(Verb::Site).start();
    let mut wire = Wire::log_in(&ftp);
    for line in ["SITE", "SITE HELP", "SITE CHMOD 600 a", "SITE UMASK"] {
        wire.expect(500, line);
    }
}

#[test]
fn an_unknown_abor_waits_for_the_end_of_the_transfer() {
    let ftp = FtpFixture::builder().in_memory().without(Verb::Abor).without(Verb::Stat).start();
    let mut wire = Wire::log_in(&ftp);
    let data = wire.data();
    wire.expect(150, "STOR a");
    wire.send("STAT\r\nABOR\r\n");
    drop(data);
    wire.expect_reply(226);
    wire.expect_reply(500);
    wire.expect_reply(500);
    wire.expect(200, "NOOP");
}
