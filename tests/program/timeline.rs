//! `liveblog timeline`

use crate::session::{Home, printed, printed_and_warned};

#[test]
fn live_blogs_become_one_line_of_time() {
    let home = Home::with_pages();
    assert_eq!(
        home.run("timeline flood.json storm.json"),
        printed_and_warned(
            "19 June 2023 11:02–14:27 BST, 5 entries of 2 live blogs
█           █    █                     █

Monday 19 June 2023

11:02  Water in the tunnel
       Breaking · flood
12:05  Why the pumps failed
       Analysis · Bob Example, Cleo Example · Science editor · flood
12:30  Ferries stay in port
       Ada Example · Storm over the bay
14:27  Tunnel reopens after flood
       Ada Example · Transport correspondent · flood

Without time

       How to follow the storm
       Storm over the bay
"
        )
    );
}

#[test]
fn times_can_be_shown_in_another_zone() {
    let home = Home::with_pages();
    assert_eq!(
        home.run("timeline storm.json --author ada --tz america/new_york"),
        printed(
            "19 June 2023 07:30 EDT, 1 entry

Monday 19 June 2023

07:30  Ferries stay in port
       Ada Example
"
        )
    );
}

#[test]
fn rows_come_in_the_order_of_time_in_every_format() {
    let home = Home::with_pages();
    let timeline = |options: &str| home.run(&format!("timeline flood.json storm.json --csv --fields id {options}"));
    assert_eq!(timeline("-n4"), printed_and_warned("id\r\n3c55aa10be42\r\n2be1f09c33d7\r\npost-2\r\n14ad0c9f2b61\r\n"));
    assert_eq!(
        timeline("--reverse"),
        printed_and_warned("id\r\n14ad0c9f2b61\r\npost-2\r\n2be1f09c33d7\r\n3c55aa10be42\r\npost-1\r\n")
    );
}

#[test]
fn the_archive_gives_the_same_timeline_as_its_pages() {
    let home = Home::with_pages();
    assert_eq!(home.run("parse flood.json storm.json").code, 0);
    let fields = "--csv --fields id,published,title";
    let from_archive = home.run(&format!("timeline {fields}"));
    assert_eq!(
        printed_and_warned(&from_archive.printed),
        home.run(&format!("timeline flood.json storm.json {fields}"))
    );
}
