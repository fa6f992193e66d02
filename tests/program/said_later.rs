//! What is said later of a page that is stored: it counts, and what is printed is what the archive has.

use std::fs::File;

use crate::session::{Ended, Home, printed, printed_and_said};

/// A page whose times have no year, and one with the same entries, of which the first was edited.
const NOYEAR: &str = "\
  1. Tunnel reopenspublished at 14:27 British Summer Time 19 June

    Ada Harbour
    Transport correspondent

    Cars may pass.

  2. Gate closedpublished at 09:05 British Summer Time 19 June

    It is shut.
";

/// A home in which `noyear.txt` was saved at the end of 20 June 2023.
fn home() -> Home {
    let home =
        Home::new().file("noyear.txt", NOYEAR).file("edited.txt", NOYEAR.replace("Cars may", "Cars and buses may"));
    for name in ["noyear.txt", "edited.txt"] {
        let modified = chrono::DateTime::parse_from_rfc3339("2023-06-20T11:00:00Z").unwrap();
        File::options().write(true).open(home.path(name)).unwrap().set_modified(modified.into()).unwrap();
    }
    home
}

fn run(home: &Home, arguments: &[&str]) -> Ended {
    home.run_each(arguments)
}

fn kept(home: &Home, line: &str) -> String {
    format!("{line}\nkept in {}\n", home.archive())
}

fn published(home: &Home) -> String {
    home.run("filter --fields published --format tsv").printed
}

const WARNED: &str = "2 warnings in 1 page; -v prints them\n";

#[test]
fn captured_that_is_given_later_is_stored_and_says_what_moved() {
    let home = home();
    assert_eq!(
        home.run("parse noyear.txt"),
        printed_and_said(
            &kept(&home, "noyear: 2 entries, 19 June 2023 09:05–14:27 BST, 1 author, 0 images, 2 doubts"),
            WARNED
        )
    );
    assert_eq!(
        run(&home, &["parse", "noyear.txt", "--captured", "20 June 2021"]),
        printed_and_said(
            &kept(&home, "noyear: 2 entries, 19 June 2021 09:05–14:27 BST, 1 author, 0 images, 2 doubts; kept before"),
            &format!(
                "noyear: captured set to 20 June 2021; 2 entries moved from 19 June 2023 to 19 June 2021\n{WARNED}"
            )
        )
    );
    assert_eq!(published(&home), "published\n2021-06-19T13:27:00Z\n2021-06-19T08:05:00Z\n");
    // Without the option, what was said before counts.
    assert_eq!(
        home.run("parse noyear.txt"),
        printed_and_said(
            &kept(&home, "noyear: 2 entries, 19 June 2021 09:05–14:27 BST, 1 author, 0 images, 2 doubts; kept before"),
            WARNED
        )
    );
    let rows = home.run("parse noyear.txt --jsonl --fields published");
    assert_eq!(rows.printed, "{\"published\":\"2021-06-19T13:27:00Z\"}\n{\"published\":\"2021-06-19T08:05:00Z\"}\n");
    // Said twice, nothing is new.
    assert_eq!(run(&home, &["parse", "noyear.txt", "--captured", "20 June 2021"]).said, WARNED);
    let words = "re-parsed 1 live blog; 0 changed\n";
    assert_eq!(home.run("rebuild"), printed_and_said("", words));
    assert_eq!(home.run("check").code, 0);
}

#[test]
fn captures_are_put_in_order_by_what_is_said_later() {
    let home = home();
    assert_eq!(run(&home, &["parse", "noyear.txt", "--captured", "19 June 2023 16:00"]).code, 0);
    let edited = run(&home, &["parse", "edited.txt", "--captured", "19 June 2023 17:00"]);
    assert!(edited.printed.contains("; since the capture before 0 added, 1 edited, 0 removed\n"), "{edited:?}");
    let text = |home: &Home| home.run("filter --fields text --format tsv -n 1").printed;
    assert_eq!(text(&home), "text\nCars and buses may pass.\n");
    assert_eq!(
        run(&home, &["parse", "edited.txt", "--captured", "19 June 2023 15:00"]).said,
        format!("noyear: captured set to 19 June 2023 15:00 BST; no entry moved\n{WARNED}")
    );
    assert_eq!(text(&home), "text\nCars may pass.\n");
    assert_eq!(home.run("check").code, 0);
}

#[test]
fn an_address_zone_and_layout_that_are_given_later_are_stored() {
    let home = Home::new().file("bare.txt", NOYEAR.replace(" British Summer Time 19 June", " 19 June 2023"));
    assert_eq!(home.run("parse bare.txt").code, 0);
    assert_eq!(
        home.run("parse bare.txt --url https://example.org/live/1").said,
        "bare: url set to https://example.org/live/1; no entry moved\n"
    );
    assert!(home.run("pages --json").printed.contains("\"url\":\"https://example.org/live/1\""));
    assert_eq!(
        home.run("parse bare.txt --zone America/New_York --layout bbc").said,
        "bare: zone set to America/New_York; layout set to bbc; 2 entries moved from 19 June 2023 \
         04:05–09:27 EDT to 19 June 2023 09:05–14:27 EDT\n"
    );
    assert_eq!(published(&home), "published\n2023-06-19T18:27:00Z\n2023-06-19T13:05:00Z\n");
    assert_eq!(home.run("check").code, 0);
}

#[test]
fn captured_counts_for_json_of_our_own_too() {
    let home = home();
    let own = home.run("parse --no-save --json noyear.txt").printed;
    let home = home.file("own.json", own);
    assert_eq!(run(&home, &["parse", "own.json", "--as", "own"]).code, 0);
    let ended = run(&home, &["parse", "own.json", "--captured", "21 June 2023", "--json"]);
    assert!(ended.printed.contains("\"captured\":\"2023-06-21T22:59:59Z\""), "{ended:?}");
    assert!(ended.said.starts_with("own: captured set to 21 June 2023; no entry moved\n"), "{ended:?}");
}

#[test]
fn a_name_that_is_free_renames_the_live_blog() {
    let home = home();
    assert_eq!(home.run("parse noyear.txt").code, 0);
    assert_eq!(
        run(&home, &["parse", "noyear.txt", "--as", "The flooded tunnel"]),
        printed_and_said(
            &kept(
                &home,
                "The flooded tunnel: 2 entries, 19 June 2023 09:05–14:27 BST, 1 author, 0 images, 2 doubts; kept before"
            ),
            &format!("renamed noyear to The flooded tunnel\n{WARNED}")
        )
    );
    assert_eq!(home.run("filter --count"), printed("2\n"));
    assert_eq!(home.run("history The").code, 0);
}

#[test]
fn a_name_or_an_address_of_another_live_blog_is_an_error_that_names_both() {
    let home = home();
    assert_eq!(home.run("parse noyear.txt --url https://example.org/live/1").code, 0);
    assert_eq!(
        home.run("parse edited.txt --as edited"),
        printed_and_said(
            &kept(&home, "edited: 2 entries, 19 June 2023 09:05–14:27 BST, 1 author, 0 images, 2 doubts"),
            &format!("edited: a live blog of its own, as it is named; noyear has entries of it too\n{WARNED}")
        )
    );
    let before = home.run("pages --json");
    assert_eq!(
        home.run("parse noyear.txt --as edited"),
        crate::session::failed(
            "error: noyear.txt: it is stored as \"noyear\", and \"edited\" is another live blog\n  \
             give it a name that is free, or leave the name out\n"
        )
    );
    assert_eq!(
        home.run("parse edited.txt --url https://example.org/live/1#top"),
        crate::session::failed(
            "error: edited.txt: it is stored as \"edited\", and https://example.org/live/1#top is the address of \
             \"noyear\"\n  give the address of \"edited\", or leave it out\n"
        )
    );
    assert_eq!(home.run("pages --json"), before);
    // The other pages go on.
    let ended = home.run("parse noyear.txt edited.txt --as edited");
    assert_eq!(ended.code, 1);
    assert!(ended.printed.starts_with("edited: 2 entries"), "{ended:?}");
}

#[test]
fn what_cannot_be_read_with_a_new_option_stays_as_it_was() {
    let home = home();
    assert_eq!(home.run("parse noyear.txt").code, 0);
    let before = home.run("filter --jsonl");
    assert_eq!(home.run("parse noyear.txt --layout schema-org").code, 1);
    assert_eq!(home.run("filter --jsonl"), before);
    assert_eq!(home.run("parse noyear.txt").code, 0);
}
