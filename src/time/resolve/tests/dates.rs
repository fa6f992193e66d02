//! The dates that stamps leave out.

use super::*;

#[test]
fn a_date_follows_from_the_capture() {
    let stamp = ["15:29 GMT"];
    assert_eq!(resolve_words(&stamp, &captured("2025-01-20T18:00:00Z")), ["2025-01-20 15:29+00:00 date-inferred"]);
    assert_eq!(resolve_words(&stamp, &captured("2025-01-20T09:00:00Z")), ["2025-01-19 15:29+00:00 date-inferred"]);
    assert_eq!(
        doubts("15:29 GMT", &captured("2025-01-20T18:00:00Z")),
        ["date-inferred: the stamp has no date; 20 January 2025 follows from the capture date"]
    );
}

#[test]
fn a_date_follows_from_the_stamps_around() {
    let stamps = ["14:05 BST 19 June 2023", "published at 13:38", "13:38", "13:20 BST 19 June 2023"];
    assert_eq!(
        resolve_words(&stamps, &captured("2025-01-20T18:00:00Z")),
        ["2023-06-19 14:05+01:00", "none", "2023-06-19 13:38+01:00 date-inferred", "2023-06-19 13:20+01:00"]
    );
}

#[test]
fn midnight_within_a_page_is_seen_in_the_order() {
    let days = |stamps: &[&str]| -> Vec<String> {
        resolve_words(stamps, &captured("2023-06-20T08:00:00Z")).iter().map(|line| line[..10].to_owned()).collect()
    };
    assert_eq!(days(&["00:10", "23:50", "23:30"]), ["2023-06-20", "2023-06-19", "2023-06-19"]);
    assert_eq!(days(&["23:30", "23:50", "00:10"]), ["2023-06-19", "2023-06-19", "2023-06-20"]);
    assert_eq!(days(&["00:10", "23:50 19 June 2022"]), ["2022-06-20", "2022-06-19"]);
    assert_eq!(days(&["14:00 19 June 2022", "16:30"]), ["2022-06-19", "2022-06-18"]);
}

#[test]
fn entries_may_stand_out_of_order_by_an_hour() {
    let stamps = ["14:00 BST 19 June 2023", "14:50 BST", "13:50 BST 19 June 2023"];
    assert!(resolve_words(&stamps, &unknown())[1].starts_with("2023-06-19"));
    // Even by more, if the other reading is worse.
    let stamps = ["14:00 BST 19 June 2023", "16:30 BST", "13:50 BST 19 June 2023"];
    assert!(resolve_words(&stamps, &unknown())[1].starts_with("2023-06-19"));
}

#[test]
fn no_date_is_after_the_capture() {
    // The first entry is pinned: by the order, it would be of the next morning.
    let stamps = ["10:00 BST", "14:00 BST 19 June 2023", "13:00 BST 19 June 2023"];
    assert!(resolve_words(&stamps, &captured("2023-06-19T15:00:00Z"))[0].starts_with("2023-06-19"));
}

#[test]
fn years_are_filled_in_before_dates() {
    let stamps = ["00:10 GMT", "23:50 GMT 31 December", "23:30 GMT"];
    assert_eq!(
        resolve_words(&stamps, &captured("2024-06-01T00:00:00Z")),
        [
            "2024-01-01 00:10+00:00 date-inferred",
            "2023-12-31 23:50+00:00 year-inferred",
            "2023-12-31 23:30+00:00 date-inferred",
        ]
    );
}

#[test]
fn order_is_that_of_instants_not_of_clocks() {
    // 16:00 in India is 11:30 in London.
    let stamps = ["12:00 BST 19 June 2023", "16:00 India Standard Time", "11:00 BST 19 June 2023"];
    assert!(resolve_words(&stamps, &unknown())[1].starts_with("2023-06-19 16:00"));
}

/// The page in the documentation of `dates`.
#[test]
fn years_and_dates_of_a_page_over_new_year() {
    let stamps = ["00:40", "00:10 1 January", "23:50", "21:00 31 December"];
    let dates: Vec<_> =
        resolve_words(&stamps, &captured("2025-01-02T09:00:00Z")).iter().map(|line| line[..10].to_owned()).collect();
    assert_eq!(dates, ["2025-01-01", "2025-01-01", "2024-12-31", "2024-12-31"]);
}
