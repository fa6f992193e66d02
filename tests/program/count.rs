//! `liveblog count`

use crate::session::{Home, WARNED, misused, printed, printed_and_said, printed_and_warned};

/// The fields that entries are counted by.
const FIELDS: [&str; 11] =
    ["author", "role", "label", "page", "layout", "day", "hour", "minute", "weekday", "image-source", "has-image"];

/// A home with two stored pages.
fn home() -> Home {
    let home = Home::with_pages();
    assert_eq!(home.run("parse flood.json storm.json").code, 0);
    home
}

#[test]
fn authors_come_with_the_most_frequent_first_and_co_authors_count() {
    let authors = "Ada Example   2\n(none)        2\nBob Example   1\nCleo Example  1\n";
    assert_eq!(home().run("count --by author"), printed(authors));
    assert_eq!(home().run("count flood.json storm.json --by author"), printed_and_warned(authors));
    assert_eq!(home().run("count --by author -n 1 --reverse"), printed("Cleo Example  1\n"));
}

#[test]
fn hours_are_in_order_with_the_empty_ones_between() {
    let hours =
        "hour,count\r\n2023-06-19 11:00,1\r\n2023-06-19 12:00,2\r\n2023-06-19 13:00,0\r\n2023-06-19 14:00,1\r\n,1\r\n";
    assert_eq!(home().run("count --by hour --csv"), printed(hours));
    let utc = "hour\tcount\n2023-06-19 10:00\t1\n2023-06-19 11:00\t2\n";
    assert_eq!(home().run("count --by hour --format tsv --tz UTC --until 12:30"), printed_and_said(utc, LEFT_OUT));
}

const LEFT_OUT: &str = "1 entry without a time was left out by the time filter\n";

#[test]
fn several_fields_are_counted_together() {
    let rows = "[{\"page\":\"flood\",\"label\":null,\"count\":2},{\"page\":\"flood\",\"label\":\"Analysis\",\"count\":1},\
                {\"page\":\"storm\",\"label\":null,\"count\":2}]\n";
    assert_eq!(home().run("count --by page,label --json"), printed(rows));
    let rows = "{\"image_source\":null,\"has_image\":false,\"count\":4}\n\
                {\"image_source\":\"Reuters\",\"has_image\":true,\"count\":1}\n";
    assert_eq!(home().run("count --by image-source --by has-image --jsonl"), printed(rows));
}

#[test]
fn without_a_field_all_are_counted_together() {
    assert_eq!(home().run("count"), printed("5\n"));
    assert_eq!(home().run("count flood.json --json"), printed_and_warned("[{\"count\":3}]\n"));
    let nothing = "no entries match\n  no author contains \"nobody\"\n";
    assert_eq!(home().run("count --author nobody"), printed_and_said("0\n", nothing));
    assert_eq!(home().run("count --author nobody --by author"), printed_and_said("", nothing));
}

#[test]
fn where_the_width_is_known_each_row_has_a_bar() {
    let bars = |width: &str| {
        let home = home();
        let mut command = home.command();
        let output = command.env("COLUMNS", width).args(["count", "--by", "page"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(bars("16"), "flood  3  ██████\nstorm  2  ████\n");
    assert_eq!(bars("13"), "flood  3  ███\nstorm  2  ██\n");
    assert_eq!(bars("5"), "flood  3\nstorm  2\n");
}

#[test]
fn the_archive_and_its_pages_count_the_same() {
    let home = home();
    for field in FIELDS {
        for condition in ["", " --invert --label analysis", " --since 11:30", " --tz Asia/Tokyo"] {
            let archive = home.run(&format!("count --by {field}{condition} --csv"));
            let pages = home.run(&format!("count flood.json storm.json --by {field}{condition} --csv"));
            // A page is called by its file.
            let printed = pages.printed.replace("flood.txt", "flood").replace("storm.html", "storm");
            let said = archive.said + WARNED;
            assert_eq!((archive.code, said, archive.printed), (0, pages.said, printed), "{field}{condition}");
        }
    }
}

#[test]
fn the_list_is_written_to_a_file_of_a_known_format() {
    let home = home();
    assert_eq!(home.run("count --by page -o pages.csv"), printed(""));
    assert_eq!(home.read("pages.csv"), "page,count\r\nflood,3\r\nstorm,2\r\n");
    assert_eq!(
        home.run("count --by page -o pages.html"),
        misused(
            "error: pages.html: no format has this ending; known are .txt, .json, .jsonl, .csv, .tsv, or give --format\n  \
             liveblog count --help shows its options\n"
        )
    );
    assert_eq!(home.run("count --by colour").code, 2);
}
