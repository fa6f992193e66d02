//! The years that stamps leave out.

use super::*;

#[test]
fn a_year_follows_from_the_capture_then_the_file_then_today() {
    let stamp = ["14:27 BST 19 June"];
    assert_eq!(resolve_words(&stamp, &captured("2023-06-19T23:59:59Z")), ["2023-06-19 14:27+01:00 year-inferred"]);
    assert_eq!(resolve_words(&stamp, &captured("2024-06-18T12:00:00Z")), ["2023-06-19 14:27+01:00 year-inferred"]);
    let changed = TimeContext { modified: Some(utc("2022-12-01T00:00:00Z")), ..unknown() };
    assert_eq!(resolve_words(&stamp, &changed), ["2022-06-19 14:27+01:00 year-inferred"]);
    assert_eq!(resolve_words(&stamp, &unknown()), ["2026-06-19 14:27+01:00 year-inferred"]);
}

#[test]
fn the_doubt_names_what_decided() {
    let says = |context| doubts("14:27 BST 19 June", &context).remove(0);
    let changed = TimeContext { modified: Some(utc("2022-12-01T00:00:00Z")), ..unknown() };
    assert_eq!(
        says(captured("2025-12-01T00:00:00Z")),
        "year-inferred: the stamp has no year; 2025 follows from the capture date"
    );
    assert_eq!(says(changed), "year-inferred: the stamp has no year; 2022 follows from the file's modification date");
    assert_eq!(says(unknown()), "year-inferred: the stamp has no year; 2026 follows from today's date");
}

#[test]
fn a_full_stamp_on_the_page_is_worth_more_than_the_capture() {
    let stamps = ["14:27 BST 19 June", "14:05 BST 19 June 2021", "13:50 BST 19 June"];
    let instants =
        ["2021-06-19 14:27+01:00 year-inferred", "2021-06-19 14:05+01:00", "2021-06-19 13:50+01:00 year-inferred"];
    assert_eq!(resolve_words(&stamps, &captured("2025-12-01T00:00:00Z")), instants);
}

#[test]
fn across_new_year_the_order_decides() {
    let instants = ["2024-01-01 00:10+00:00 year-inferred", "2023-12-31 23:50+00:00 year-inferred"];
    let stamps = ["00:10 GMT 1 January", "23:50 GMT 31 December"];
    assert_eq!(resolve_words(&stamps, &captured("2024-01-01T00:20:00Z")), instants);
    assert_eq!(resolve_words(&stamps, &captured("2024-12-31T23:59:59Z")), instants);

    let oldest_first = ["23:40 GMT 31 December", "23:50 GMT 31 December", "00:10 GMT 1 January"];
    let years = resolve_words(&oldest_first, &captured("2024-06-01T00:00:00Z"));
    assert_eq!(years[1..], [instants[1], instants[0]]);

    let full_below = ["00:10 GMT 1 January", "23:50 GMT 31 December 2022"];
    assert!(resolve_words(&full_below, &unknown())[0].starts_with("2023-01-01 00:10"));
    let full_above = ["00:10 GMT 1 January 2023", "23:50 GMT 31 December"];
    assert!(resolve_words(&full_above, &unknown())[1].starts_with("2022-12-31 23:50"));
}

#[test]
fn an_old_entry_pinned_to_the_top_does_not_put_the_others_a_year_back() {
    let stamps = ["09:00 GMT 30 December 2023", "12:00 GMT 2 January", "11:00 GMT 2 January", "10:00 GMT 2 January"];
    let lines = resolve_words(&stamps, &captured("2024-01-02T13:00:00Z"));
    assert!(lines[1..].iter().all(|line| line.starts_with("2024-01-02")), "{lines:?}");
}

#[test]
fn the_order_decides_where_the_nearer_date_breaks_it() {
    let stamps = ["09:00 GMT 5 January 2023", "12:00 GMT 20 March"];
    assert!(resolve_words(&stamps, &unknown())[1].starts_with("2022-03-20"));
}

#[test]
fn a_leap_day_is_in_a_leap_year() {
    assert!(resolve_words(&["12:00 GMT 29 February"], &captured("2023-05-01T00:00:00Z"))[0].starts_with("2020-02-29"));
    assert!(resolve_words(&["12:00 GMT 29 February"], &captured("2024-02-29T13:00:00Z"))[0].starts_with("2024-02-29"));
    let stamps = ["09:00 GMT 1 March 2024", "12:00 GMT 29 February"];
    assert!(resolve_words(&stamps, &unknown())[1].starts_with("2024-02-29"));
}

#[test]
fn a_capture_that_full_stamps_contradict_is_not_believed() {
    let stamps = ["14:27 BST 19 June 2023", "14:05 BST 19 June"];
    assert!(resolve_words(&stamps, &captured("2020-01-01T00:00:00Z"))[1].starts_with("2023-06-19"));
}
