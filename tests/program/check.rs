//! `liveblog check`, `liveblog backup` and `liveblog rebuild`

use liveblog::archive::Archive;

use crate::session::{Ended, FLOOD, Home, failed, printed, printed_and_said};

/// A page that leaves out the year, the zone and the layout.
const BARE: &str = "  1. Gate closespublished at 09:10 3 March\n\n    It is shut.\n";

fn sql(home: &Home, sql: &str) {
    rusqlite::Connection::open(home.archive()).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn a_sound_archive_is_well() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    let words = "2 live blogs, 2 captures, 5 entries: all is well\n";
    assert_eq!(home.run("check"), printed(&format!("{}: {words}", home.archive())));
}

#[cfg(unix)]
#[test]
fn a_sound_archive_that_is_read_only_is_well() {
    use std::fs::{File, Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let home = Home::with_pages();
    home.run("parse storm.json --archive read-only/archive.db");
    set_permissions(home.path("read-only/archive.db"), Permissions::from_mode(0o444)).unwrap();
    set_permissions(home.path("read-only"), Permissions::from_mode(0o555)).unwrap();
    // Permissions do not bind the superuser.
    if File::create(home.path("read-only/probe")).is_err() {
        assert_eq!(
            home.run("check --archive read-only/archive.db"),
            printed_and_said(
                "read-only/archive.db: 1 live blog, 1 capture, 2 entries: all is well\n",
                "the archive is read-only, so its full-text index was not compared with the entries\n"
            )
        );
    }
    set_permissions(home.path("read-only"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn what_is_wrong_is_reported_and_ends_with_an_error() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    sql(&home, "UPDATE entry SET subtitle = 'Forged' WHERE number = 2 AND page = 2");
    assert_eq!(
        home.run("check"),
        Ended {
            code: 1,
            printed: format!("{}: 2 live blogs, 2 captures, 5 entries: not all is well\n", home.archive()),
            said: "error: the full-text index does not hold the words of the entries\n  \
                   liveblog rebuild makes it anew\n\
                   error: storm: re-parsing storm.json gives different entries\n  \
                   liveblog rebuild takes them up\n"
                .to_owned(),
        }
    );
    assert_eq!(
        home.run("rebuild"),
        printed_and_said(
            "storm: 2 entries, 19 June 2023 12:30 BST, 1 capture · Storm over the bay\n",
            "re-parsed 2 live blogs; 1 changed\n"
        )
    );
    assert_eq!(home.run("check").code, 0);
}

#[test]
fn what_the_user_said_of_a_page_counts_when_it_is_read_again() {
    let home = Home::new().file("bare.txt", BARE);
    home.run_each(["parse", "bare.txt", "--captured", "5 March 2019", "--zone", "America/New_York", "--layout", "bbc"]);
    let before = home.run("filter --jsonl");
    assert!(before.printed.contains("\"published\":\"2019-03-03T14:10:00Z\""), "{before:?}");
    let words = "re-parsed 1 live blog; 0 changed\n";
    assert_eq!(home.run("rebuild"), printed_and_said("", words));
    assert_eq!(home.run("filter --jsonl"), before);
}

#[test]
fn reading_again_takes_no_pages() {
    let home = Home::with_pages();
    for arguments in ["parse --again flood.json", "parse --again --json", "parse --again --zone UTC"] {
        let ended = home.run(arguments);
        assert!(ended.code == 2 && ended.said.contains("'--again' cannot be used with"), "{ended:?}");
    }
}

#[test]
fn the_earlier_name_of_rebuild_says_what_its_name_is_now() {
    let home = Home::with_pages();
    home.run("parse flood.json");
    let words = "parse --again is a command of its own now: liveblog rebuild\nre-parsed 1 live blog; 0 changed\n";
    assert_eq!(home.run("parse --again"), printed_and_said("", words));
    assert!(!home.run("parse --help").printed.contains("--again"));
}

#[test]
fn a_live_blog_that_cannot_be_read_again_is_named_and_the_others_go_on() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    sql(&home, "UPDATE capture SET sha256 = '0' WHERE page = 1");
    let ended = home.run("rebuild");
    assert_eq!(
        (ended.code, ended.said.as_str()),
        (
            1,
            "error: flood: the stored original of flood.json is corrupt (checksum mismatch); its entries were left unchanged\n\
             re-parsed 1 live blog; 0 changed\n"
        )
    );
    assert_eq!(home.run("filter --count"), printed("5\n"));
}

#[test]
fn a_backup_is_an_archive_of_its_own() {
    let home = Home::with_pages();
    home.run("parse flood.json storm.json");
    let words = format!("copied {} to copy.db\n", home.archive());
    assert_eq!(home.run("backup copy.db"), printed_and_said("", &words));
    assert_eq!(home.run("filter --archive copy.db --csv"), home.run("filter --csv"));
    assert_eq!(home.files(), ["copy.db", "data", "flood.json", "storm.json"]);
    assert!(Archive::open(&home.path("copy.db")).is_ok());
}

#[test]
fn a_backup_replaces_a_file_only_on_request() {
    let home = Home::with_pages();
    home.run("parse storm.json");
    assert_eq!(
        home.run("backup flood.json"),
        failed("error: flood.json: there is a file already\n  choose another name, or say --overwrite to replace it\n")
    );
    assert_eq!(home.read("flood.json"), FLOOD);
    assert_eq!(home.run("backup flood.json --overwrite").code, 0);
    assert_eq!(home.run("filter --archive flood.json --count"), printed("2\n"));
    assert_eq!(
        home.run("backup nowhere/copy.db"),
        failed("error: nowhere/copy.db: cannot be written: No such file or directory (os error 2)\n")
    );
}
