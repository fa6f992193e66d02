//! `--at`: entries as the page was then.

use crate::session::{Home, failed, misused, printed, printed_and_said};

/// A live blog that was captured at 15:00 and at 16:00.
fn home() -> Home {
    let entry = |time: &str, title: &str, body: &str| {
        format!("{title}published at {time} British Summer Time 19 June 2023\n\n{body}\n\n")
    };
    let (pumps, rain) = (entry("14:05", "Pumps run", "All four."), entry("13:00", "Rain", "All day."));
    let home = Home::new()
        .file("first.txt", [entry("14:27", "Tunnel shut", "Nobody may pass."), pumps, rain.clone()].concat())
        .file(
            "second.txt",
            [entry("15:40", "Ferry", "Late."), entry("14:27", "Tunnel open", "Cars may pass."), rain].concat(),
        );
    for (file, hour) in [("first.txt", "15:00"), ("second.txt", "16:00")] {
        let captured = format!("2023-06-19T{hour}+01:00");
        assert_eq!(home.run(&format!("parse {file} --as flood --captured {captured}")).code, 0);
    }
    home
}

#[test]
fn every_command_that_selects_entries_selects_them_as_they_were() {
    let home = home();
    let titles = "--fields title --format tsv";
    assert_eq!(
        home.run(&format!("filter --page flood --at 15:30 {titles}")),
        printed("title\nTunnel shut\nPumps run\nRain\n")
    );
    assert_eq!(
        home.run(&format!("timeline --at 2023-06-19T15:00+01:00 {titles}")),
        printed("title\nRain\nPumps run\nTunnel shut\n")
    );
    assert_eq!(home.run(&format!("filter --at 16:00 {titles}")), home.run(&format!("filter {titles}")));
    assert_eq!(home.run("filter --at 15:30 --count"), printed("3\n"));
    assert_eq!(home.run(&format!("search nobody --at 15:30 {titles}")), printed("title\nTunnel shut\n"));
    assert_eq!(
        home.run("search nobody --count"),
        printed_and_said("0\n", "no entries match\n  no entry contains \"nobody\"\n")
    );
    assert_eq!(home.run("filter --at 14:59"), printed_and_said("", "no entries match\n"));
    assert_eq!(home.run("check").code, 0);
}

#[test]
fn a_document_has_nothing_at_its_head_that_was_not_known_then() {
    let home = Home::with_pages();
    home.run("parse flood.json --as flood --captured 2023-06-19T15:00Z");
    let later = home.read("flood.json").replace("Rain", "Snow");
    let home = home.file("later.json", later);
    home.run("parse later.json --as flood --captured 2023-06-19T16:00Z");
    let coverage = |at: &str| home.run(&format!("filter --page flood --format jsonld{at}"));
    assert_eq!(coverage(" --at 2023-06-19T15:00Z").code, 0);
    assert_eq!(coverage(" --at 2023-06-19T16:00Z"), coverage(""));
}

#[test]
fn a_page_is_one_capture() {
    assert_eq!(
        home().run("filter first.txt --at 15:30"),
        misused(
            "error: --at asks the archive, which has earlier captures: a PAGE is one capture, as it was saved; \
             store it with parse, and leave it out here\n  \
             liveblog filter --help shows its options\n"
        )
    );
    let ended = home().run("filter --at 15:30 --page nowhere");
    assert_eq!(ended, failed("error: no archived live blog is named \"nowhere\"\n  liveblog pages lists them\n"));
}

#[test]
fn words_that_only_a_later_capture_shows_are_reported() {
    let home = home().file("cut.txt", "Gatepublished at 12:00 British Summer Time 19 June 2023\n\nIt is sh");
    let whole = home.read("cut.txt") + "ut for the night.\n";
    let home = home.file("whole.txt", whole);
    home.run("parse cut.txt --as gate --captured 2023-06-19T12:00Z");
    home.run("parse whole.txt --as gate --captured 2023-06-19T13:00Z");
    assert_eq!(
        home.run("filter --page gate --at 2023-06-19T12:00Z --count"),
        printed_and_said(
            "1\n",
            "1 entry has words that only a later capture shows: at the end of the page, more may have been added since\n"
        )
    );
}
