//! Storing: which live blog a page belongs to, and what its captures make of it.

use liveblog::archive::Capture;
use liveblog::model::{Code, Coverage};

use super::sample::{Home, at, blog, blog_at, blog_from, document, query};

const FLOOD: [&str; 3] =
    ["14:27 Tunnel reopens: Cars may pass.", "14:05 Pumps run: All four.", "13:50 Gate closed: It is shut."];

#[test]
fn what_was_stored_is_returned_as_it_was() {
    let mut home = Home::new();
    let mut page = blog_at("https://example.org/live/1", &FLOOD);
    page.title = Some("Tunnel flood".to_owned());
    let stored = home.store("15:00", page.clone());
    assert_eq!((stored.page.as_str(), stored.known, stored.captures), ("page", false, 1));
    assert_eq!((stored.added, stored.edited, stored.removed), (3, 0, 0));
    let expected: Vec<_> = page.into_rows("page").collect();
    assert_eq!(home.rows(&query()), expected);
}

#[test]
fn the_same_bytes_again_change_nothing() {
    let mut home = Home::new();
    home.store("15:00", blog(&FLOOD));
    let stored = home.store("15:00", blog(&FLOOD));
    assert_eq!((stored.page.as_str(), stored.known, stored.captures, stored.added), ("page", true, 1, 0));
    assert_eq!(home.sql("SELECT count(*) FROM capture"), ["1"]);
}

#[test]
fn another_story_under_the_same_file_name_is_another_live_blog() {
    let mut home = Home::new();
    assert_eq!(home.store("15:00", blog(&FLOOD)).page, "page");
    assert_eq!(home.store("16:00", blog(&["14:27 Match begins: In the rain."])).page, "page-2");
    assert_eq!(home.store("16:00", blog(&["14:27 Vote begins: In the hall."])).page, "page-3");
    assert_eq!(home.all().len(), 5);
}

#[test]
fn a_page_without_address_joins_the_live_blog_with_which_it_shares_an_entry() {
    let mut home = Home::new();
    home.store("15:00", blog_from("first.txt", &FLOOD));
    let stored = home.store("16:00", blog_from("second.txt", &["15:30 Pumps stop: Dry.", FLOOD[0]]));
    assert_eq!((stored.page.as_str(), stored.captures, stored.added), ("first", 2, 1));
    assert_eq!(
        home.all(),
        [
            "15:30 Pumps stop: Dry.",
            "14:27 Tunnel reopens: Cars may pass.",
            "14:05 Pumps run: All four.",
            "13:50 Gate closed: It is shut."
        ]
    );
}

#[test]
fn entries_without_a_time_are_shared_by_title_and_body_together() {
    let mut home = Home::new();
    home.store("15:00", blog(&["--:-- Good morning: The tunnel is shut."]));
    assert_eq!(home.store("16:00", blog(&["--:-- Good morning: The vote begins."])).page, "page-2");
    assert_eq!(
        home.store("16:00", blog(&["--:-- At noon: More.", "--:-- Good morning: The tunnel is shut."])).page,
        "page"
    );
}

#[test]
fn the_address_decides_over_what_is_shared() {
    let mut home = Home::new();
    let url = |part: &str| format!("https://www.example.org/live/flood-1{part}");
    home.store("15:00", blog_at(&url(""), &FLOOD));
    assert_eq!(home.store("15:00", blog_at("https://www.example.org/live/other-2", &FLOOD)).page, "page-2");
    let second_page = home.store("15:01", blog_at(&url("?page=2"), &["13:20 Rain: A lot."]));
    assert_eq!((second_page.page.as_str(), second_page.captures), ("page", 2));
}

#[test]
fn a_page_with_an_address_gives_it_to_the_live_blog_that_has_none() {
    let mut home = Home::new();
    home.store("15:00", blog(&FLOOD));
    assert_eq!(home.store("16:00", blog_at("https://example.org/live/1", &FLOOD)).page, "page");
    assert_eq!(home.store("17:00", blog_at("https://example.org/live/1#top", &["16:40 Over: All dry."])).page, "page");
    assert_eq!(home.store("17:00", blog_at("https://example.org/live/2", &FLOOD)).page, "page-2");
}

#[test]
fn a_name_of_the_users_own_decides_over_all() {
    let mut home = Home::new();
    home.store_as(Some("Flood"), "15:00", blog_at("https://example.org/live/1", &FLOOD));
    assert_eq!(home.store_as(Some("Flood"), "16:00", blog(&["15:30 Pumps stop: Dry."])).page, "Flood");
    assert_eq!(home.store_as(Some("Copy"), "15:00", blog_at("https://example.org/live/1", &FLOOD)).page, "Copy");
    assert_eq!(home.store("17:00", blog_at("https://example.org/live/1", &["16:40 Over: All dry."])).page, "Flood");
}

#[test]
fn an_edit_keeps_the_earlier_version() {
    let mut home = Home::new();
    home.store("15:00", blog(&FLOOD));
    let stored = home.store("16:00", blog(&[FLOOD[0], "14:05 Pumps run: Three of four.", FLOOD[2]]));
    assert_eq!((stored.added, stored.edited, stored.removed), (0, 1, 0));
    assert_eq!(home.all()[1], "14:05 Pumps run: Three of four.");
    let earlier = "SELECT version || ' ' || (content ->> '$.body[0].text') FROM entry_version";
    assert_eq!(home.sql(earlier), ["1 All four."]);
    // Taken back, it is the first version again.
    home.store("17:00", blog(&[FLOOD[0], FLOOD[1], FLOOD[2], "13:40 Rain: A lot."]));
    assert_eq!(home.all()[1], "14:05 Pumps run: All four.");
    assert_eq!(home.sql(earlier), ["2 Three of four."]);
}

#[test]
fn an_older_capture_stored_later_adds_what_is_missing_and_overwrites_nothing() {
    let mut home = Home::new();
    home.store("16:00", blog(&[FLOOD[0], FLOOD[1]]));
    let stored = home.store("15:00", blog(&["14:05 Pumps run: None as yet.", FLOOD[2]]));
    assert_eq!((stored.added, stored.edited, stored.removed), (1, 1, 0));
    assert_eq!(home.all(), FLOOD);
    assert_eq!(home.sql("SELECT content ->> '$.body[0].text' FROM entry_version"), ["None as yet."]);
}

#[test]
fn a_body_cut_off_at_the_end_of_a_page_is_no_edit() {
    let mut home = Home::new();
    home.store("15:00", blog(&[FLOOD[0], "14:05 Pumps run: All f"]));
    assert_eq!(home.store("16:00", blog(&FLOOD)).edited, 0);
    assert_eq!(home.all(), FLOOD);
    assert_eq!(home.store("17:00", blog(&[FLOOD[0], "14:05 Pumps run: Al"])).edited, 0);
    assert_eq!(home.all(), FLOOD);
    assert_eq!(home.sql("SELECT count(*) FROM entry_version"), ["0"]);
}

#[test]
fn a_wording_that_is_cut_off_is_the_longer_one_also_when_that_is_an_earlier_one() {
    let mut home = Home::new();
    home.store("15:00", blog(&["14:05 Pumps run: All four of them, day and night."]));
    home.store("16:00", blog(&["14:05 Pumps run: None."]));
    home.store("17:00", blog(&["14:05 Pumps run: All four of th"]));
    assert_eq!(home.all(), ["14:05 Pumps run: All four of them, day and night."]);
    assert_eq!(home.sql("SELECT content ->> '$.body[0].text' FROM entry_version"), ["None."]);
    assert_eq!(home.sql("SELECT shows FROM capture"), ["[[1,1]]", "[[1,2]]", "[[1,1,[0,24]]]"]);
}

#[test]
fn a_page_that_begins_within_an_entry_is_no_edit() {
    let mut home = Home::new();
    home.store("15:00", blog(&FLOOD));
    let mut cut = blog(&["14:27 nel reopens: Cars may pass.", FLOOD[1]]);
    cut.entries[0].lines = Some([1, 2]);
    assert_eq!(home.store("16:00", cut.clone()).edited, 0);
    assert_eq!(home.all(), FLOOD);
    // Elsewhere than on the first line it is one.
    cut.entries[0].lines = Some([3, 4]);
    assert_eq!(home.store("17:00", cut).edited, 1);
    assert_eq!(home.all()[0], "14:27 nel reopens: Cars may pass.");
}

#[test]
fn a_shorter_wording_that_a_page_shows_whole_stays_when_a_longer_one_follows() {
    let mut home = Home::new();
    home.store("15:00", blog(&["14:05 Pumps run: All.", FLOOD[2]]));
    home.store("16:00", blog(&["14:05 Pumps run: All."]));
    assert_eq!(home.store("17:00", blog(&["14:05 Pumps run: All. Day and night.", FLOOD[2]])).edited, 1);
    assert_eq!(home.all()[0], "14:05 Pumps run: All. Day and night.");
    assert_eq!(home.sql("SELECT content ->> '$.body[0].text' FROM entry_version"), ["All."]);
}

#[test]
fn an_entry_is_removed_once_its_neighbours_stand_side_by_side_and_back_when_it_is_seen() {
    let mut home = Home::new();
    home.store("15:00", blog(&FLOOD));
    let stored = home.store("16:00", blog(&[FLOOD[0], FLOOD[2]]));
    assert_eq!(stored.removed, 1);
    assert_eq!(home.lines(&query()), [FLOOD[0], FLOOD[2]]);
    assert_eq!(home.all(), [FLOOD[0], &format!("-{}", FLOOD[1]), FLOOD[2]]);
    home.store("17:00", blog(&["16:20 Reparsed: Rain.", FLOOD[0], FLOOD[1]]));
    assert_eq!(home.all()[1..], FLOOD);
}

#[test]
fn what_falls_off_the_end_of_a_page_is_not_removed() {
    let mut home = Home::new();
    home.store("15:00", blog(&FLOOD));
    assert_eq!(home.store("16:00", blog(&["15:30 Pumps stop: Dry.", FLOOD[0]])).removed, 0);
    assert_eq!(home.lines(&query()).len(), 4);
}

#[test]
fn captures_in_any_order_make_the_same_live_blog() {
    let captures = [
        ("15:00", blog(&FLOOD)),
        ("16:00", blog(&["15:30 Pumps stop: Dry.", FLOOD[0], "14:05 Pumps run: Three of four.", FLOOD[2]])),
        ("17:00", blog(&["15:30 Pumps stop: Dry.", FLOOD[0], FLOOD[2]])),
    ];
    let store = |order: [usize; 3]| {
        let mut home = Home::new();
        for index in order {
            home.store(captures[index].0, captures[index].1.clone());
        }
        let versions = home.sql("SELECT content ->> '$.body[0].text' FROM entry_version");
        (home.all(), versions)
    };
    let in_time = store([0, 1, 2]);
    assert_eq!(in_time.0[2], "-14:05 Pumps run: Three of four.");
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(store(order), in_time, "{order:?}");
    }
}

#[test]
fn two_entries_of_one_id_both_stay() {
    let mut home = Home::new();
    home.store("15:00", blog(&["14:05 Pumps run: All four."]));
    home.store_as(Some("page"), "16:00", blog(&["14:05 Gate closed: It is shut."]));
    assert_eq!(home.all(), ["14:05 Gate closed: It is shut.", "14:05 Pumps run: All four."]);
    assert_eq!(home.sql("SELECT key FROM entry"), ["000000001405", "000000001405-2"]);
}

#[test]
fn an_entry_with_fewer_doubts_replaces_one_with_more() {
    let mut home = Home::new();
    let mut doubtful = blog(&FLOOD);
    doubtful.entries[0].doubts.push(Code::YearInferred);
    home.store("15:00", doubtful.clone());
    assert_eq!(home.store("16:00", blog(&FLOOD)).edited, 0);
    assert_eq!(home.rows(&query())[0].entry.doubts, []);
    home.store("17:00", doubtful);
    assert_eq!(home.rows(&query())[0].entry.doubts, []);
}

#[test]
fn a_batch_is_stored_whole_or_not_at_all() {
    let mut home = Home::new();
    let page = blog(&FLOOD);
    let document = document(&page);
    let mut batch = home.archive.batch().unwrap();
    batch.store(&Capture::new(&document, &page, at("15:00"))).unwrap();
    drop(batch);
    assert_eq!(home.all(), [] as [&str; 0]);
    let mut batch = home.archive.batch().unwrap();
    batch.store(&Capture::new(&document, &page, at("15:00"))).unwrap();
    batch.store(&Capture::new(&document, &page, at("15:00")).named(Some("Copy"))).unwrap();
    batch.commit().unwrap();
    assert_eq!(home.all().len(), 6);
}

#[test]
fn the_original_is_stored_to_the_byte() {
    let mut home = Home::new();
    let page = blog(&FLOOD);
    let mut document = document(&page);
    document.bytes = vec![0xFF, 0x00, 0xFE, b'a'];
    home.archive.store(&Capture::new(&document, &page, at("15:00"))).unwrap();
    let db = rusqlite::Connection::open(home.folder.path().join("archive.db")).unwrap();
    let packed: Vec<u8> = db.query_row("SELECT original FROM capture", [], |row| row.get(0)).unwrap();
    assert_eq!(zstd::bulk::decompress(&packed, 10).unwrap(), document.bytes);
}

#[test]
fn the_full_text_index_holds_the_words_of_the_tables() {
    let mut home = Home::new();
    home.store("15:00", blog(&FLOOD));
    home.store("16:00", blog(&[FLOOD[0], "14:05 Pumps run: Three of four.", FLOOD[2]]));
    home.sql("INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)");
    let found = |word: &str| home.sql(&format!("SELECT title FROM entry_fts WHERE entry_fts MATCH '{word}'"));
    assert_eq!(found("three"), ["Pumps run"]);
    assert_eq!(found("all"), [] as [&str; 0]);
}

#[test]
fn a_time_that_could_not_be_read_back_is_not_stored() {
    let far = |text: &str| Some(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    let mut home = Home::new();
    let mut page =
        blog(&["14:27 Tunnel reopens: Cars may pass.", "14:05 Pumps run: All four.", "13:50 Gate closed: It is shut."]);
    page.coverage = Coverage { start: far("-0044-03-15T12:00:00Z"), end: far("2023-06-20T14:27:00Z") };
    page.entries[0].published = far("+10000-01-01T00:00:00Z");
    page.entries[0].published_local = page.entries[0].published.map(|at| at.fixed_offset());
    page.entries[1].published_local = Some("+10000-01-01T00:00:00+01:00".parse().unwrap());
    page.entries[2].modified = far("-0001-12-31T00:00:00Z");
    home.store("15:00", page.clone());
    page.entries[0].title = Some("Tunnel shut".to_owned());
    home.store("16:00", page);

    let rows = home.rows(&query());
    let times: Vec<_> =
        rows.iter().map(|row| (row.entry.published, row.entry.published_local, row.entry.modified)).collect();
    assert_eq!(times[..2], [(None, None, None); 2]);
    assert_eq!(times[2], (Some(at("13:50")), times[2].1, None));
    assert!(rows.iter().all(|row| row.entry.doubts == [Code::TimeUnread]), "{rows:#?}");
    let head = home.archive.head("page").unwrap();
    assert_eq!(head.coverage, Coverage { start: None, end: far("2023-06-20T14:27:00Z") });
    assert_eq!(home.archive.page("page").unwrap().last, Some(at("13:50")));
    assert_eq!(home.archive.history("page").unwrap().steps[1].changes[0].entry.published, None);
    assert_eq!(home.archive.unread(), []);
}
