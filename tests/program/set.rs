//! `liveblog set`

use crate::session::{Home, failed, misused, printed, printed_and_said};

/// A page whose times have no year.
const NOYEAR: &str = "\
  1. Tunnel reopenspublished at 14:27 British Summer Time 19 June

    Cars may pass.

  2. Gate closedpublished at 09:05 British Summer Time 19 June

    It is shut.
";

/// A home in which `noyear.txt` was stored as `noyear` on 20 June 2023, and `storm.json` as `storm`.
fn home() -> Home {
    let home = Home::with_pages().file("noyear.txt", NOYEAR);
    for arguments in ["parse noyear.txt --captured 2023-06-20", "parse storm.json"] {
        assert_eq!(home.run(arguments).code, 0);
    }
    home
}

/// The same with a second capture of `noyear`, an hour later.
fn home_with_two_captures() -> Home {
    let home = home().file("later.txt", NOYEAR.replace("Cars", "Buses"));
    assert_eq!(home.run("parse later.txt --as noyear --captured 2023-06-21").code, 0);
    home
}

fn published(home: &Home) -> String {
    home.run("filter --page noyear --fields published --format tsv").printed
}

#[test]
fn the_time_of_capture_moves_what_follows_from_it() {
    let home = home();
    assert_eq!(
        home.run_each(["set", "noyear", "--captured", "20 June 2021"]),
        printed_and_said(
            "",
            "noyear: captured set to 20 June 2021; 2 entries moved from 19 June 2023 to 19 June 2021\n"
        )
    );
    assert_eq!(published(&home), "published\n2021-06-19T13:27:00Z\n2021-06-19T08:05:00Z\n");
    assert_eq!(home.run("check").code, 0);
    assert_eq!(home.run("rebuild"), printed_and_said("", "re-parsed 2 live blogs; 0 changed\n"));
    // Said twice, nothing is new.
    let again = home.run_each(["set", "noyear", "--captured", "20 June 2021"]);
    assert_eq!(again, printed_and_said("", "noyear: nothing new\n"));
}

#[test]
fn what_is_said_by_parse_and_by_set_gives_the_same() {
    let (by_parse, by_set) = (home(), home());
    let said = ["--captured", "20 June 2021", "--url", "https://example.org/live/noyear", "--zone", "Europe/Paris"];
    by_parse.run_each(["parse", "noyear.txt"].iter().chain(&said));
    by_set.run_each(["set", "noyear"].iter().chain(&said));
    for command in ["filter --jsonl", "pages --json", "history --json"] {
        assert_eq!(by_set.run(command), by_parse.run(command), "{command}");
    }
}

#[test]
fn several_captures_were_saved_at_different_times() {
    let home = home_with_two_captures();
    assert_eq!(
        home.run("set noyear --captured 2021-06-20"),
        failed(
            "error: noyear has 2 captures, each saved at a time of its own:\n  \
             1  captured 2023-06-20T22:59:59Z from noyear.txt\n  \
             2  captured 2023-06-21T22:59:59Z from later.txt\n  \
             say which of them with --capture N\n"
        )
    );
    assert_eq!(
        home.run_each(["set", "noyear", "--capture", "1", "--captured", "22 June 2023 12:00"]),
        printed_and_said("", "noyear: captured set to 22 June 2023 12:00 BST; no entry moved\n")
    );
    // It is the second now.
    assert!(home.run("original noyear").printed.contains("Cars may pass"));
    assert_eq!(home.run("check").code, 0);
    let ended = home.run("set noyear --capture 3 --zone UTC");
    assert!(ended.code == 1 && ended.said.starts_with("error: noyear has no capture 3, but 2:\n"), "{ended:?}");
}

#[test]
fn the_address_and_the_zone_are_those_of_all_captures() {
    let home = home_with_two_captures();
    assert_eq!(
        home.run("set noyear --url https://example.org/live/noyear --zone America/New_York"),
        printed_and_said(
            "",
            "noyear: url set to https://example.org/live/noyear; zone set to America/New_York; no entry moved\n"
        )
    );
    let urls = home.run("filter --page example.org/live/noyear --fields page_url --format tsv").printed;
    assert_eq!(urls, "page_url\nhttps://example.org/live/noyear\nhttps://example.org/live/noyear\n");
    let ended = home.run("set noyear --url https://example.org/storm");
    assert_eq!(
        ended,
        failed(
            "error: noyear: https://example.org/storm is the address of \"storm\"\n  \
             give its own address, or remove one of the two\n"
        )
    );
}

#[test]
fn a_name_must_be_free() {
    let home = home();
    assert_eq!(
        home.run("set noyear --name storm --captured 2021-06-20"),
        failed(
            "error: noyear: \"storm\" is another live blog\n  \
             give it a name that is free; liveblog pages lists those in use\n"
        )
    );
    assert_eq!(published(&home), "published\n2023-06-19T13:27:00Z\n2023-06-19T08:05:00Z\n");
    assert_eq!(
        home.run_each(["set", "noy", "--name", "Tunnel flood"]),
        printed_and_said("", "renamed noyear to Tunnel flood\n")
    );
    assert_eq!(home.run_each(["filter", "--page", "Tunnel flood", "--count"]), printed("2\n"));
    assert_eq!(home.run("set noyear --name").code, 2);
}

#[test]
fn something_is_to_be_set() {
    assert_eq!(
        home().run("set noyear"),
        misused(
            "error: noyear: give what is to be set: --captured, --url, --zone, --layout or --name\n  \
             liveblog set --help shows its options\n"
        )
    );
    let ended = home().run("set nowhere --zone UTC");
    assert!(ended.code == 1 && ended.said.contains("no archived live blog is named \"nowhere\""), "{ended:?}");
}
