//! `liveblog filter`

use crate::session::{Home, WARNED, misused, printed, printed_and_said, printed_and_warned};

/// The ids of the entries of both pages that an option keeps.
fn kept(options: &[&str]) -> String {
    let arguments = ["filter", "flood.json", "storm.json", "--csv", "--fields", "id"];
    let ended = Home::with_pages().run_each(arguments.iter().chain(options));
    assert_eq!((ended.code, ended.said.as_str()), (0, WARNED), "{options:?}");
    ended.printed.lines().skip(1).collect::<Vec<_>>().join(" ")
}

#[test]
fn entries_are_kept_by_what_they_hold() {
    assert_eq!(kept(&["--author", "ada"]), "14ad0c9f2b61 post-2");
    assert_eq!(kept(&["--author", "cleo", "--author", "ADA"]), "14ad0c9f2b61 2be1f09c33d7 post-2");
    assert_eq!(kept(&["--role", "correspondent"]), "14ad0c9f2b61");
    assert_eq!(kept(&["--title", "tunnel"]), "14ad0c9f2b61 3c55aa10be42");
    assert_eq!(kept(&["--label", "analysis"]), "2be1f09c33d7");
    assert_eq!(kept(&["--image-source", "reuters"]), "14ad0c9f2b61");
    assert_eq!(kept(&["--text", "pumps|warnings"]), "14ad0c9f2b61 2be1f09c33d7 post-1");
    assert_eq!(kept(&["--text", "pumps", "--text", "Warnings"]), "14ad0c9f2b61 2be1f09c33d7");
    assert_eq!(kept(&["--text", "pumps", "--text", "warnings"]), "14ad0c9f2b61 2be1f09c33d7 post-1");
    assert_eq!(kept(&["--breaking"]), "3c55aa10be42");
    assert_eq!(kept(&["--has", "list"]), "14ad0c9f2b61");
    assert_eq!(kept(&["--author", "ada", "--title", "tunnel"]), "14ad0c9f2b61");
    assert_eq!(kept(&["--author", "example", "--invert"]), "3c55aa10be42 post-1");
}

#[test]
fn entries_come_as_on_the_page_or_in_reverse_and_so_many() {
    assert_eq!(kept(&["--reverse"]), "post-1 post-2 3c55aa10be42 2be1f09c33d7 14ad0c9f2b61");
    assert_eq!(kept(&["-n", "2"]), "14ad0c9f2b61 2be1f09c33d7");
    assert_eq!(kept(&["--reverse", "-n1"]), "post-1");
}

#[test]
fn entries_are_kept_by_their_time() {
    let home = Home::with_pages();
    let untimed = format!("1 entry without a time was left out by the time filter\n{WARNED}");
    let ended = |ids: &str| printed_and_said(&format!("id\r\n{ids}"), &untimed);
    let filter = |options: &str| home.run(&format!("filter flood.json storm.json --csv --fields id {options}"));
    assert_eq!(filter("--since 12:06"), ended("14ad0c9f2b61\r\npost-2\r\n"));
    assert_eq!(filter("--since 12:00 --until 12:05"), ended("2be1f09c33d7\r\n"));
    assert_eq!(filter("--on 2023-06-19 --breaking"), printed_and_warned("id\r\n3c55aa10be42\r\n"));
    // Noon of the next day less 23 hours.
    assert_eq!(filter("--since -23h"), ended("14ad0c9f2b61\r\n"));
    // The last entry of the storm, at 11:30 UTC, comes before 12:06: for the storm, 12:06 is that of the day before.
    assert_eq!(filter("--since 12:06 --tz UTC"), ended("14ad0c9f2b61\r\npost-2\r\n"));
}

#[test]
fn text_is_for_reading() {
    let mut command = Home::with_pages().command();
    let home = Home::with_pages();
    command.current_dir(home.path("")).env("COLUMNS", "50").args(["filter", "flood.json", "--author", "ada"]);
    let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert_eq!(
        printed,
        "flood

Monday 19 June 2023 BST

14:27  Tunnel reopens after flood
       Ada Example · Transport correspondent

       Engineers have checked the pumps, and the
       tunnel reopens to all traffic this
       afternoon.

       • North portal
       • South portal

       Image: A tunnel (Reuters)
"
    );
}

#[test]
fn the_number_of_entries_is_printed_alone() {
    assert_eq!(Home::with_pages().run("filter flood.json storm.json --count --author ada"), printed_and_warned("2\n"));
}

#[test]
fn nothing_that_matches_is_no_error() {
    let nothing = format!("no entries match\n  no author contains \"nobody\"\n{WARNED}");
    let home = Home::with_pages();
    assert_eq!(home.run("filter flood.json --author nobody"), printed_and_said("", &nothing));
    assert_eq!(home.run("filter flood.json --author nobody --json"), printed_and_said("[]\n", &nothing));
}

#[test]
fn without_a_page_the_archive_is_asked_whatever_standard_input_is() {
    let home = Home::with_pages();
    assert_eq!(home.run("parse flood.json storm.json").code, 0);
    let asked = home.run("filter --author ada --csv --fields id");
    assert_eq!(asked, printed("id\r\n14ad0c9f2b61\r\npost-2\r\n"));
    // Whether it is reported depends on when it is written.
    assert_eq!(home.pipe("Milk", "filter --author ada --csv --fields id").printed, asked.printed);
    assert_eq!(home.run("filter --author ada --csv --fields id --page example.org/storm"), printed("id\r\npost-2\r\n"));
}

#[test]
fn the_archive_may_be_named_before_and_after_the_command() {
    let home = Home::with_pages();
    assert_eq!(home.run("--archive other.db parse storm.json").code, 0);
    assert_eq!(home.files(), ["flood.json", "other.db", "storm.json"]);
    assert_eq!(home.run("filter --archive other.db --count"), printed("2\n"));
    let by_environment =
        home.command().env("LIVEBLOG_ARCHIVE", "other.db").args(["filter", "--count"]).output().unwrap();
    assert_eq!(by_environment.stdout, b"2\n");
}

#[test]
fn a_page_is_given_or_looked_up_in_the_archive() {
    assert_eq!(
        Home::with_pages().run("filter flood.json --page flood"),
        misused(
            "error: the argument '[PAGE]...' cannot be used with '--page <NAME>'\n\n\
             Usage: liveblog filter <PAGE>...\n\nFor more information, try '--help'.\n"
        )
    );
}

#[test]
fn removed_entries_are_printed_if_they_are_asked_for() {
    let entry = |title: &str, time: &str| {
        format!("{title}published at {time} British Summer Time 19 June 2023\n\nWords of {title}.\n\n")
    };
    let [newest, middle, oldest] = [entry("Third", "14:27"), entry("Second", "14:05"), entry("First", "13:50")];
    let home = Home::new()
        .file("early.txt", format!("{newest}{middle}{oldest}"))
        .file("late.txt", format!("{newest}{oldest}"));
    assert_eq!(home.run("parse early.txt --as flood --captured 2023-06-19T14:00Z").code, 0);
    assert_eq!(home.run("parse late.txt --as flood --captured 2023-06-19T15:00Z").code, 0);
    let filter = |options: &str| home.run(&format!("filter --csv --fields title,removed {options}"));
    assert_eq!(filter("-n9"), printed("title,removed\r\nThird,false\r\nFirst,false\r\n"));
    assert_eq!(filter("--removed"), printed("title,removed\r\nThird,false\r\nSecond,true\r\nFirst,false\r\n"));
}
