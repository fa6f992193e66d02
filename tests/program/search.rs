//! `liveblog search`

use crate::session::{Home, failed, misused, printed, printed_and_said};

/// A home in whose archive both pages are.
fn kept() -> Home {
    let home = Home::with_pages();
    assert_eq!(home.run("parse flood.json storm.json").code, 0);
    home
}

/// The ids of what is found.
fn ids(home: &Home, arguments: &[&str]) -> String {
    let ended = home.run_each(["search", "--csv", "--fields", "id"].iter().chain(arguments));
    assert_eq!((ended.code, ended.said.as_str()), (0, ""), "{arguments:?}");
    ended.printed.lines().skip(1).collect::<Vec<_>>().join(" ")
}

const PUMPS: &str = "\
Why the pumps failed
19 June 2023 12:05 BST · Analysis · Bob Example, Cleo Example · Science editor · flood
They were built for less water.

Tunnel reopens after flood
19 June 2023 14:27 BST · Ada Example · Transport correspondent · flood
Engineers have checked the pumps, and the tunnel reopens to all traffic this afternoon. • North portal • South portal
";

#[test]
fn entries_are_shown_with_the_words_that_fit_the_best_match_first() {
    assert_eq!(kept().run("search pumps"), printed(PUMPS));
}

#[test]
fn what_was_looked_for_is_marked_by_colour_alone() {
    let home = kept();
    assert_eq!(
        home.run("search --color always pumps -n1"),
        printed(
            "\u{1b}[1mWhy the \u{1b}[0m\u{1b}[1m\u{1b}[31mpumps\u{1b}[0m\u{1b}[1m failed\u{1b}[0m\n\
             \u{1b}[2m19 June 2023 12:05 BST · Analysis · Bob Example, Cleo Example · Science editor · flood\u{1b}[0m\n\
             They were built for less water.\n"
        )
    );
}

#[test]
fn words_may_be_a_phrase_a_prefix_or_joined() {
    let home = kept();
    assert_eq!(ids(&home, &["tunnel", "portal*"]), "14ad0c9f2b61 3c55aa10be42");
    assert_eq!(ids(&home, &["\"northern portal\""]), "3c55aa10be42");
    assert_eq!(ids(&home, &["warn* OR ferries"]), "post-1 post-2");
    assert_eq!(ids(&home, &["tunnel", "NOT", "engineers"]), "3c55aa10be42");
    assert_eq!(ids(&home, &["clêo"]), "2be1f09c33d7");
}

#[test]
fn stray_quotes_and_operators_are_text() {
    let home = kept();
    assert_eq!(ids(&home, &["\"northern portal"]), "3c55aa10be42");
    assert_eq!(ids(&home, &["(tunnel' ) northern:portal"]), "3c55aa10be42");
    assert_eq!(home.run("search AND"), home.run("search and"));
    assert_eq!(home.run("search '"), printed_and_said("", "no entries match\n"));
}

#[test]
fn what_is_found_can_be_selected_from() {
    let home = kept();
    assert_eq!(ids(&home, &["pumps OR ferries", "--author", "ada"]), "post-2 14ad0c9f2b61");
    assert_eq!(ids(&home, &["pumps OR ferries", "--author", "ada", "--reverse", "-n1"]), "14ad0c9f2b61");
    assert_eq!(ids(&home, &["pumps OR ferries", "--page", "storm"]), "post-2");
    assert_eq!(ids(&home, &["pumps OR ferries", "--text", "Ferries", "--invert"]), "2be1f09c33d7 14ad0c9f2b61");
    assert_eq!(home.run("search pumps --count"), printed("2\n"));
    assert_eq!(home.run("search pumps --count --label analysis"), printed("1\n"));
    assert_eq!(
        home.run("search warnings --since 12:00"),
        printed_and_said(
            "",
            "no entries match\n  the archive's entries are of 19 June 2023 10:02–13:27 UTC\n1 entry without a time was left out by the time filter\n"
        )
    );
}

#[test]
fn rows_are_the_same_as_those_of_a_filter() {
    let home = kept();
    for format in ["--json", "--jsonl", "--csv", "--fields title,text"] {
        let found = home.run(&format!("search ferries {format}"));
        assert_eq!(found, home.run(&format!("filter --title ferries {format}")));
    }
}

#[test]
fn a_search_needs_words_and_an_archive() {
    assert_eq!(
        kept().run("search"),
        misused(
            "error: the following required arguments were not provided:\n  <WORDS>...\n\n\
             Usage: liveblog search <WORDS>...\n\nFor more information, try '--help'.\n"
        )
    );
    let home = Home::new();
    assert_eq!(
        home.run("search pumps"),
        failed(&format!(
            "error: {}: nothing has been kept yet\n  keep a page first: liveblog parse PAGE\n",
            home.archive()
        ))
    );
}
