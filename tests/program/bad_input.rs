//! Bad input: each gets a clear error that names it, and leaves nothing half-written.

use crate::session::{FLOOD, Home, failed, misused};

const NO_ENTRIES: &str = "no live-blog entries found\n  \
    looked for lines such as \"Title published at 14:27 British Summer Time 19 June 2023\",\n  \
    for a \"Live Reporting\" list, and for schema.org LiveBlogPosting data (JSON-LD or microdata)\n";

#[test]
fn a_file_that_is_not_there() {
    let words = "error: nowhere.txt: no such file or directory\n  \
                 give a saved live page, a directory of them, or - for standard input\n";
    for command in ["parse", "filter", "timeline"] {
        assert_eq!(Home::new().run(&format!("{command} nowhere.txt")), failed(words));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    let home = Home::with_pages();
    fs::set_permissions(home.path("flood.json"), Permissions::from_mode(0o000)).unwrap();
    if fs::read(home.path("flood.json")).is_ok() {
        return; // The administrator may read everything.
    }
    assert_eq!(
        home.run("parse flood.json"),
        failed("error: flood.json: cannot be read: Permission denied (os error 13)\n")
    );
}

#[test]
fn a_directory_without_files() {
    let home = Home::new();
    std::fs::create_dir(home.path("empty")).unwrap();
    assert_eq!(
        home.run("parse empty"),
        failed("error: empty: no files in this directory\n  give the directory that holds the saved live pages\n")
    );
}

#[test]
fn a_directory_without_pages() {
    let home = Home::new().file("in/notes.txt", "Milk").file("in/photo.png", b"\x89PNG\r\n\x1a\n\0\0");
    assert_eq!(
        home.run("parse in"),
        failed(
            "error: in: no live pages in this directory\n  \
             2 files are in it, none with live-blog entries; parse one of them alone to see why\n"
        )
    );
}

#[test]
fn binary_data() {
    let home = Home::new().file("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    assert_eq!(
        home.run("parse photo.png"),
        failed(
            "error: photo.png: this is an image, not a page of text or HTML\n  \
             open the live page in a browser, and save it as HTML or text\n"
        )
    );
    let home = home.file("program", b"\x01\x02\0data");
    assert_eq!(
        home.run("parse program"),
        failed("error: program: this is binary data, not a text\n  save the live page as text or HTML, in UTF-8\n")
    );
}

#[test]
fn nothing_at_all() {
    let words =
        |name: &str| format!("error: {name}: the input is empty\n  save the live page once more, as text or HTML\n");
    assert_eq!(Home::new().file("empty.txt", "").run("parse empty.txt"), failed(&words("empty.txt")));
    assert_eq!(Home::new().run("parse -"), failed(&words("-")));
    assert_eq!(Home::new().run("parse"), failed(&words("-")));
}

#[test]
fn a_page_without_entries() {
    let home = Home::new().file("notes.txt", "Milk\nEggs\n");
    for command in ["parse", "filter", "timeline", "parse --explain"] {
        assert_eq!(home.run(&format!("{command} notes.txt")), failed(&format!("error: notes.txt: {NO_ENTRIES}")));
    }
    assert_eq!(
        home.run("timeline -"),
        failed("error: -: the input is empty\n  save the live page once more, as text or HTML\n")
    );
}

#[test]
fn json_of_our_own_that_is_broken() {
    let home = Home::new()
        .file("cut.jsonl", format!("{FLOOD}{{\"version\":1,\"ent"))
        .file("later.json", FLOOD.replace("\"version\":1", "\"version\":2"));
    assert_eq!(
        home.run("parse cut.jsonl"),
        failed(
            "error: cut.jsonl: broken JSON: EOF while parsing a string at line 2 column 17\n  \
             print it once more with parse --json or --jsonl\n"
        )
    );
    assert_eq!(
        home.run("parse later.json"),
        failed(
            "error: later.json: JSON of version 2, and this program reads version 1\n  \
             use the version of liveblog that wrote it\n"
        )
    );
}

#[test]
fn the_value_of_an_option_that_is_none_of_its_values() {
    let home = Home::with_pages();
    let refused = |option: &str, value: &str, why: &str| {
        misused(&format!("error: invalid value '{value}' for '{option}'{why}\n\nFor more information, try '--help'.\n"))
    };
    assert_eq!(
        home.run("filter --format xlsx"),
        refused(
            "--format <FORMAT>",
            "xlsx",
            "\n  [possible values: text, json, jsonl, csv, tsv, markdown, html, jsonld, atom, jsonfeed, svg, parquet]"
        )
    );
    assert_eq!(
        home.run("filter --has video"),
        refused("--has <PROPERTY>", "video", "\n  [possible values: image, media, list, quote, embed, author]")
    );
    assert_eq!(
        home.run("filter --tz Atlantis"),
        refused(
            "--tz <ZONE>",
            "Atlantis",
            ": no time zone is called \"Atlantis\"; give its IANA name, such as Europe/London or America/New_York, \
             or whole hours from UTC, such as +02:00"
        )
    );
    assert_eq!(
        home.run("parse flood.json --zone BST"),
        refused("--zone <ZONE>", "BST", ": no time zone is called \"BST\"; did you mean Europe/London?")
    );
    assert_eq!(
        home.run("parse flood.json --layout blog"),
        refused("--layout <LAYOUT>", "blog", "\n  [possible values: bbc, bbc-live-reporting, bbc-sport, schema-org]")
    );
    let ended = home.run("filter --fields headline");
    assert!(
        ended.code == 2 && ended.said.contains("\"headline\" is no field\n  known are page, page_title,"),
        "{ended:?}"
    );
    let ended = home.run("filter --text [");
    assert!(ended.code == 2 && ended.said.contains("unclosed character class"), "{ended:?}");
    let ended = home.run("filter flood.json --format markdown --fields id");
    assert_eq!(
        ended,
        misused("error: --fields has no meaning for markdown\n  liveblog filter --help shows its options\n")
    );
}

#[test]
fn the_error_of_a_time_that_cannot_be_read_shows_the_forms() {
    let home = Home::with_pages();
    for command in ["filter flood.json --since lately", "timeline --until lately", "parse flood.json --captured lately"]
    {
        let ended = home.run(command);
        assert_eq!((ended.code, ended.printed.as_str()), (2, ""), "{ended:?}");
        for form in ["lately", "12:00", "2023-06-19", "19 June 2023", "yesterday", "-2h"] {
            assert!(ended.said.contains(form), "{form} in {ended:?}");
        }
    }
}

#[test]
fn a_folder_of_the_archive_that_cannot_be_made() {
    let home = Home::with_pages();
    let ended = home.run("parse storm.json --json --archive flood.json/archive.db");
    assert_eq!((ended.code, ended.printed.as_str()), (1, ""));
    assert!(ended.said.starts_with("error: flood.json: cannot make the archive's folder: "), "{ended:?}");
    assert!(ended.said.ends_with("\n  choose another place with --archive FILE\n"), "{ended:?}");
    assert_eq!(home.files(), ["flood.json", "storm.json"]);
}

#[test]
fn a_file_that_is_no_archive() {
    let home = Home::with_pages();
    for command in ["parse storm.json --archive flood.json", "filter --archive flood.json"] {
        assert_eq!(
            home.run(command),
            failed("error: flood.json: this file is not a liveblog archive\n  choose another with --archive FILE\n")
        );
    }
    assert_eq!(home.read("flood.json"), FLOOD);
}
