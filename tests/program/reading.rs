//! Pages are read in the same way, and what is in doubt is shown, whatever the command.

use crate::session::{Ended, Home, misused, printed};

/// The stamp leaves out the year.
const NO_YEAR: &str = "  1. Gate closedpublished at 09:05 British Summer Time 19 June\n\n    It is shut.\n";

/// The stamp leaves out the zone as well.
const NO_ZONE: &str = "  1. Gate closedpublished at 09:05 19 June 2023\n\n    It is shut.\n";

/// The commands that read pages, each printing when the entry was published.
const COMMANDS: [&str; 4] = [
    "parse --no-save --csv --fields published",
    "filter --csv --fields published",
    "timeline --csv --fields published",
    "count --by minute --tz UTC --csv",
];

fn pages() -> Home {
    Home::new().file("page.txt", NO_YEAR).file("zone.txt", NO_ZONE)
}

fn doubted(ended: &Ended) -> bool {
    ended.said.ends_with("warning in 1 page; -v prints them\n")
        || ended.said.ends_with("warnings in 1 page; -v prints them\n")
}

#[test]
fn doubts_are_counted_or_printed_by_every_command() {
    for command in COMMANDS {
        let ended = pages().run(&format!("{command} page.txt"));
        assert!(ended.code == 0 && doubted(&ended), "{command}: {ended:?}");
        let verbose = pages().run(&format!("{command} page.txt -v"));
        assert!(verbose.said.contains("page.txt:1: year-inferred: ") && !doubted(&verbose), "{command}: {verbose:?}");
        assert_eq!(verbose.printed, ended.printed);
        let quiet = pages().run(&format!("{command} page.txt -q"));
        assert_eq!(quiet, printed(&ended.printed), "{command}");
    }
}

#[test]
fn a_doubt_is_an_error_with_strict_in_every_command() {
    for command in COMMANDS {
        let ended = pages().run(&format!("{command} page.txt --strict -q"));
        let words = "error: page.txt: there are warnings, and --strict allows none\n";
        assert!(ended.code == 1 && ended.said.starts_with(words), "{command}: {ended:?}");
        assert!(!ended.printed.contains("2023"), "{ended:?}");
    }
}

#[test]
fn what_is_known_about_pages_is_taken_by_every_command() {
    let captured = |command: &str, options: &str| pages().run(&format!("{command} {options}")).printed;
    for command in COMMANDS {
        let year = captured(command, "page.txt --captured 2021-06-20");
        assert!(year.contains("2021-06-19"), "{command}: {year}");
        let zone = captured(command, "zone.txt --zone America/New_York");
        assert!(zone.contains("2023-06-19T13:05") || zone.contains("2023-06-19 13:05"), "{command}: {zone}");
        let home = pages().file("20220620T1212.txt", NO_YEAR);
        let named = home.run(&format!("{command} 20220620T1212.txt --captured-from name"));
        assert!(named.printed.contains("2022-06-19"), "{command}: {named:?}");
        assert!(named.said.contains("the times in file names name no zone"), "{command}: {named:?}");
        assert_eq!(pages().run(&format!("{command} page.txt --layout bbc-sport --strict -q")).code, 1, "{command}");
    }
    let row = pages().run("filter page.txt --url https://example.org/live/gate --csv --fields page_url -q");
    assert_eq!(row, printed("page_url\r\nhttps://example.org/live/gate\r\n"));
}

#[test]
fn where_the_archive_is_asked_they_are_refused_with_a_reason() {
    let home = pages();
    home.run("parse page.txt");
    let refused = |command: &str, option: &str, instead: &str| {
        misused(&format!(
            "error: {option} is about pages that are read, and there is no PAGE: the archive is asked, whose pages were \
             read before{instead}\n  liveblog {command} --help shows its options\n"
        ))
    };
    for command in ["filter", "timeline", "count"] {
        for option in ["--strict", "--verbose", "--max-input 1K", "--captured-from name"] {
            let name = option.split(' ').next().unwrap();
            assert_eq!(home.run(&format!("{command} {option}")), refused(command, name, ""));
        }
        let zone = "; --tz ZONE shows times in another zone, and liveblog set NAME --zone ZONE corrects what is stored";
        assert_eq!(home.run(&format!("{command} --zone Europe/Paris")), refused(command, "--zone", zone));
        let set = "; liveblog set NAME corrects what is stored";
        assert_eq!(home.run(&format!("{command} --captured today")), refused(command, "--captured", set));
        assert_eq!(home.run(&format!("{command} --url https://example.org")), refused(command, "--url", set));
    }
    assert_eq!(home.run("filter --count").printed, "1\n");
}

#[test]
fn nothing_that_matches_comes_before_the_doubts() {
    let ended = pages().run("filter page.txt --breaking");
    assert!(ended.said.starts_with("no entries match\n") && doubted(&ended), "{ended:?}");
}
