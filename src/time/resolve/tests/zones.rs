//! What the zone of a stamp decides.

use chrono_tz::America::New_York;
use chrono_tz::Asia;

use super::*;

#[test]
fn a_full_stamp_is_an_instant_without_doubt() {
    let stamps = ["14:27 British Summer Time 19 June 2023", "15:29 GMT 20 January 2025", "09:00 EDT 4 July 2024"];
    let instants = ["2023-06-19 14:27+01:00", "2025-01-20 15:29+00:00", "2024-07-04 09:00-04:00"];
    assert_eq!(resolve_words(&stamps, &unknown()), instants);
}

#[test]
fn a_zone_that_is_named_decides_inside_the_repeated_hour() {
    let stamps = ["01:30 Greenwich Mean Time 29 October 2023", "01:30 British Summer Time 29 October 2023"];
    assert_eq!(resolve_words(&stamps, &unknown()), ["2023-10-29 01:30+00:00", "2023-10-29 01:30+01:00"]);
}

#[test]
fn a_zone_that_contradicts_its_calendar_is_believed_with_a_doubt() {
    assert_eq!(
        resolve_words(&["12:00 BST 19 January 2023"], &unknown()),
        ["2023-01-19 12:00+01:00 zone-contradicts-date"]
    );
    assert_eq!(
        doubts("12:00 Greenwich Mean Time 19 June 2023", &unknown()),
        ["zone-contradicts-date: `Greenwich Mean Time` is not in force in Europe/London on 19 June 2023; \
          the name is believed"]
    );
}

#[test]
fn utc_and_offsets_contradict_no_calendar() {
    let stamps = ["12:00 UTC 19 June 2023", "12:00Z 19 June 2023", "12:00 GMT+1 19 January 2023"];
    let instants = ["2023-06-19 12:00+00:00", "2023-06-19 12:00+00:00", "2023-01-19 12:00+01:00"];
    assert_eq!(resolve_words(&stamps, &unknown()), instants);
}

#[test]
fn a_standard_time_that_stands_all_year_elsewhere_is_no_contradiction() {
    assert_eq!(resolve_words(&["12:00 MST 4 July 2024"], &unknown()), ["2024-07-04 12:00-07:00"]);
    let resolved = resolve(&read(&["12:00 MST 4 July 2024"]), &unknown()).remove(0).unwrap();
    assert_eq!(resolved.region, Some(chrono_tz::America::Phoenix));
}

#[test]
fn a_zone_that_is_named_rules_out_dates_on_which_it_is_not_in_force() {
    let december = captured("2024-12-05T10:00:00Z");
    assert_eq!(
        resolve_words(&["14:27 BST", "14:05 BST"], &december),
        ["2024-10-26 14:27+01:00 date-inferred", "2024-10-26 14:05+01:00 date-inferred"]
    );
    assert_eq!(
        doubts("14:27 BST", &december),
        [
            "date-inferred: the stamp has no date; 26 October 2024 follows from the capture date and from `BST`, which was last in force on that day"
        ]
    );
    assert_eq!(
        resolve_words(&["14:27 GMT"], &captured("2024-07-05T10:00:00Z")),
        ["2024-03-30 14:27+00:00 date-inferred"]
    );
    assert_eq!(
        resolve_words(&["14:27 EDT"], &captured("2024-12-05T10:00:00Z")),
        ["2024-11-02 14:27-04:00 date-inferred"]
    );
}

#[test]
fn a_year_that_is_missing_is_one_in_which_the_zone_is_in_force() {
    // In 2025 summer time began on 30 March, in 2026 on 29 March.
    assert_eq!(
        resolve_words(&["12:00 GMT 29 March"], &captured("2026-06-01T10:00:00Z")),
        ["2025-03-29 12:00+00:00 year-inferred"]
    );
    assert_eq!(
        resolve_words(&["12:00 BST 20 January"], &captured("2026-06-01T10:00:00Z")),
        ["2026-01-20 12:00+01:00 year-inferred zone-contradicts-date"]
    );
}

#[test]
fn a_generic_zone_follows_the_calendar_of_its_region() {
    let stamps = ["12:00 Eastern Time 4 July 2024", "12:00 ET 4 January 2024"];
    assert_eq!(resolve_words(&stamps, &unknown()), ["2024-07-04 12:00-04:00", "2024-01-04 12:00-05:00"]);
}

#[test]
fn a_stamp_without_zone_is_in_the_zone_of_the_layout_or_of_the_user() {
    assert_eq!(resolve_words(&["12:00 4 July 2024"], &unknown()), ["2024-07-04 12:00+01:00"]);
    assert_eq!(resolve_words(&["12:00 4 July 2024"], &in_user_zone(New_York)), ["2024-07-04 12:00-04:00"]);
}

#[test]
fn the_users_zone_does_not_move_stamps_that_name_one() {
    assert_eq!(resolve_words(&["12:00 BST 4 July 2024"], &in_user_zone(New_York)), ["2024-07-04 12:00+01:00"]);
}

#[test]
fn an_unknown_zone_is_doubted() {
    assert_eq!(resolve_words(&["12:00 Lunar Time 4 July 2024"], &unknown()), ["2024-07-04 12:00+01:00 zone-unknown"]);
    assert_eq!(
        doubts("12:00 Lunar Time 4 July 2024", &unknown()),
        ["zone-unknown: no zone is called `Lunar Time`; the time is taken as that of Europe/London"]
    );
}

#[test]
fn an_ambiguous_zone_is_the_usual_one_with_a_doubt() {
    assert_eq!(resolve_words(&["12:00 IST 4 July 2024"], &unknown()), ["2024-07-04 12:00+05:30 zone-ambiguous"]);
    assert_eq!(resolve_words(&["12:00 CST 4 January 2024"], &unknown()), ["2024-01-04 12:00-06:00 zone-ambiguous"]);
    assert_eq!(
        doubts("12:00 IST 4 July 2024", &unknown()),
        ["zone-ambiguous: `IST` has several meanings; that of Asia/Kolkata is taken"]
    );
}

#[test]
fn the_users_zone_or_the_other_stamps_settle_an_ambiguous_one() {
    assert_eq!(resolve_words(&["12:00 CST 4 January 2024"], &in_user_zone(Asia::Shanghai)), ["2024-01-04 12:00+08:00"]);
    assert_eq!(resolve_words(&["12:00 IST 4 July 2024"], &in_user_zone(Asia::Calcutta)), ["2024-07-04 12:00+05:30"]);
    let stamps = ["12:30 IST 4 January 2024", "12:00 Israel Standard Time 4 January 2024"];
    assert_eq!(resolve_words(&stamps, &unknown()), ["2024-01-04 12:30+02:00", "2024-01-04 12:00+02:00"]);
}

#[test]
fn the_zone_of_a_page_is_the_region_that_most_stamps_name() {
    let zone = |stamps: &[&str], context| page_zone(&resolve(&read(stamps), &context), &context);
    assert_eq!(zone(&["12:00 GMT 4 January 2024", "11:00 BST 4 July 2023"], unknown()), London);
    let stamps = ["12:00 4 July 2024", "11:00 EDT 4 July 2024", "10:00 EDT 4 July 2024", "9:00 BST 4 July 2024"];
    assert_eq!(zone(&stamps, unknown()), New_York);
    assert_eq!(zone(&["11:00 EST 4 January 2024", "10:00 GMT 4 January 2024"], unknown()), New_York);
    assert_eq!(zone(&["12:00 4 July 2024"], unknown()), London);
    assert_eq!(zone(&["12:00 +02:00 4 July 2024"], in_user_zone(New_York)), New_York);
    assert_eq!(zone(&[], unknown()), London);
}
