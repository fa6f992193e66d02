//! What is said where nothing matches, and of a PAGE that is no file.

use crate::session::{Ended, Home, WARNED, failed, printed, printed_and_said};

fn stored() -> Home {
    let home = Home::with_pages();
    assert_eq!(home.run("parse flood.json storm.json").code, 0);
    home
}

/// Nothing matches, and that comes near.
fn nothing(hints: &[&str]) -> Ended {
    printed_and_said("", &format!("{}\n", [&["no entries match"], hints].concat().join("\n  ")))
}

const TIMES: &str = "are of 19 June 2023 10:02–13:27 UTC";

#[test]
fn a_name_that_nothing_contains_is_answered_with_near_ones() {
    let home = stored();
    for (arguments, hint) in [
        (["--author", "Exmple, Ada"], "no author contains \"Exmple, Ada\"; near: Ada Example (2)"),
        (["--author", "bop"], "no author contains \"bop\""),
        (["--author", "Cloe"], "no author contains \"Cloe\"; near: Cleo Example (1)"),
        (["--role", "scince"], "no role contains \"scince\"; near: Science editor (1)"),
        (["--label", "analisys"], "no label contains \"analisys\"; near: Analysis (1)"),
        (["--image-source", "Reutres"], "no image source contains \"Reutres\"; near: Reuters (1)"),
        (["--title", "Tunel"], "no title contains \"Tunel\""),
    ] {
        assert_eq!(home.run_each(["filter"].iter().chain(&arguments)), nothing(&[hint]), "{arguments:?}");
    }
    assert_eq!(
        home.run("filter --count --author cloe").said,
        nothing(&["no author contains \"cloe\"; near: Cleo Example (1)"]).said
    );
}

#[test]
fn pages_that_are_read_show_their_own_names() {
    let warned = |hints: &[&str]| {
        let nothing = nothing(hints);
        printed_and_said("", &(nothing.said + WARNED))
    };
    let hint = "no author contains \"Exmple\"; near: Ada Example (1), Bob Example (1), Cleo Example (1)";
    assert_eq!(Home::with_pages().run("filter flood.json --author Exmple"), warned(&[hint]));
    let hint = format!("the entries of the pages {TIMES}");
    assert_eq!(Home::with_pages().run("timeline flood.json --since 2024"), warned(&[&hint]));
}

#[test]
fn only_the_condition_that_nothing_fulfils_is_named() {
    let home = stored();
    assert_eq!(home.run("filter --author bob --label breaking"), nothing(&["no label contains \"breaking\""]));
    assert_eq!(home.run("filter --author bob --title ferries"), nothing(&[]), "each is fulfilled by some entry");
    assert_eq!(home.run("filter --author bobb --author cloe -n0"), nothing(&[]), "none was asked for");
}

#[test]
fn several_authors_are_given_one_by_one() {
    let home = stored();
    let hint = "for one or the other, give --author twice: --author ada --author bob";
    assert_eq!(home.run("filter --author ada,bob"), nothing(&[hint]));
    assert_eq!(
        home.run("filter --author ada bob"),
        failed(&format!("error: bob: no such file or directory\n  {hint}\n"))
    );
}

#[test]
fn a_time_without_entries_is_answered_with_when_there_are_some() {
    let home = stored();
    let untimed = "1 entry without a time was left out by the time filter\n";
    let said = nothing(&[&format!("the archive's entries {TIMES}")]).said + untimed;
    assert_eq!(home.run("timeline --since 2024"), printed_and_said("", &said));
    let hint = "the entries of flood are of 19 June 2023 11:02–14:27 BST";
    assert_eq!(home.run("filter --page flood --on yesterday --label news"), nothing(&["no label contains \"news\""]));
    assert_eq!(home.run("filter --page flood --since 12:00Z --until 12:01Z --tz London"), nothing(&[hint]));
}

#[test]
fn a_search_without_matches_is_answered_with_words_that_occur() {
    let home = stored();
    for (words, hints) in [
        ("tunel", &["no entry contains \"tunel\"; near: tunnel (2)"][..]),
        ("Türnel pumps", &["no entry contains \"turnel\"; near: tunnel (2)"]),
        (
            "flod NOT tunel OR tunel",
            &["no entry contains \"flod\"; near: flood (1)", "no entry contains \"tunel\"; near: tunnel (2)"],
        ),
        ("pumps ferries", &["each word occurs, but not together: pumps (2), ferries (1)"]),
        ("pumps --author nobody", &["no author contains \"nobody\""]),
        ("xyzzy", &["no entry contains \"xyzzy\""]),
    ] {
        assert_eq!(home.run(&format!("search {words}")), nothing(hints), "{words}");
    }
}

#[test]
fn a_page_that_is_no_file_may_be_a_live_blog_or_a_word() {
    let home = stored();
    for (page, hint) in [
        ("flood", "did you mean --page flood?"),
        ("storrm", "did you mean --page storm?"),
        ("o", "did you mean --page flood or --page storm?"),
        ("ferries", "did you mean liveblog search ferries? 1 entries contain it"),
        ("nowhere.txt", "give a saved live page, a directory of them, or - for standard input"),
    ] {
        for command in ["filter", "timeline"] {
            let expected = format!("error: {page}: no such file or directory\n  {hint}\n");
            assert_eq!(home.run(&format!("{command} {page}")), failed(&expected));
        }
    }
}

#[test]
fn the_exit_status_says_whether_anything_matches_if_that_is_asked_for() {
    let home = stored();
    for command in ["filter --author", "timeline --author", "search pumps --author", "filter flood.json --author"] {
        assert_eq!(home.run(&format!("{command} nobody")).code, 0);
        assert_eq!(home.run(&format!("{command} nobody --exit-status")).code, 1);
        assert_eq!(home.run(&format!("{command} nobody --exit-status --count")).code, 1);
        assert_eq!(home.run(&format!("{command} ada --exit-status")).code, 0);
    }
    assert_eq!(home.run("filter --count --exit-status"), printed("5\n"));
    assert_eq!(home.run("count --label analisys --exit-status").code, 1);
    assert_eq!(
        home.run("count --by author --label analisys").said,
        nothing(&["no label contains \"analisys\"; near: Analysis (1)"]).said
    );
}
