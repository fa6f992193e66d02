//! What the stamps of a page become: each test shows a page's stamps, in its order, and the instants they mean.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::{America::New_York, Asia, Europe::London, Tz};
use proptest::prelude::*;

use super::*;
use crate::language::ENGLISH;
use crate::time::stamp;

fn utc(rfc3339: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(rfc3339).unwrap().to_utc()
}

/// A page of the BBC of which nothing is known but that it is read in summer 2026.
fn unknown() -> Context {
    Context { zone: London, given: None, captured: None, modified: None, now: utc("2026-08-01T12:00:00Z") }
}

fn captured(rfc3339: &str) -> Context {
    Context { captured: Some(utc(rfc3339)), ..unknown() }
}

fn given(zone: Tz) -> Context {
    Context { given: Some(zone), ..unknown() }
}

fn read<'a>(stamps: &[&'a str]) -> Vec<Option<Stamp<'a>>> {
    stamps.iter().map(|words| stamp::read(words, &ENGLISH)?.ok()).collect()
}

/// Each stamp's instant, and the codes of its doubts.
fn told(stamps: &[&str], context: &Context) -> Vec<String> {
    let line = |resolved: Option<Resolved>| {
        let Some(Resolved { local, doubts, .. }) = resolved else { return "none".to_owned() };
        let codes = doubts.iter().map(|doubt| format!(" {}", doubt.code));
        local.format("%Y-%m-%d %H:%M%:z").to_string() + &codes.collect::<String>()
    };
    resolve(&read(stamps), context).into_iter().map(line).collect()
}

/// What the doubts of a lone stamp say.
fn doubts(stamp: &str, context: &Context) -> Vec<String> {
    let resolved = resolve(&read(&[stamp]), context).remove(0).unwrap();
    resolved.doubts.into_iter().map(|doubt| format!("{}: {}", doubt.code, doubt.message)).collect()
}

mod zones {
    use super::*;

    #[test]
    fn a_full_stamp_is_an_instant_without_doubt() {
        let stamps = ["14:27 British Summer Time 19 June 2023", "15:29 GMT 20 January 2025", "09:00 EDT 4 July 2024"];
        let instants = ["2023-06-19 14:27+01:00", "2025-01-20 15:29+00:00", "2024-07-04 09:00-04:00"];
        assert_eq!(told(&stamps, &unknown()), instants);
    }

    #[test]
    fn a_zone_that_is_named_decides_inside_the_repeated_hour() {
        let stamps = ["01:30 Greenwich Mean Time 29 October 2023", "01:30 British Summer Time 29 October 2023"];
        assert_eq!(told(&stamps, &unknown()), ["2023-10-29 01:30+00:00", "2023-10-29 01:30+01:00"]);
    }

    #[test]
    fn a_zone_that_contradicts_its_calendar_is_believed_with_a_doubt() {
        assert_eq!(told(&["12:00 BST 19 January 2023"], &unknown()), ["2023-01-19 12:00+01:00 zone-contradicts-date"]);
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
        assert_eq!(told(&stamps, &unknown()), instants);
    }

    #[test]
    fn a_standard_time_that_stands_all_year_elsewhere_is_no_contradiction() {
        assert_eq!(told(&["12:00 MST 4 July 2024"], &unknown()), ["2024-07-04 12:00-07:00"]);
        let resolved = resolve(&read(&["12:00 MST 4 July 2024"]), &unknown()).remove(0).unwrap();
        assert_eq!(resolved.region, Some(chrono_tz::America::Phoenix));
    }

    #[test]
    fn a_generic_zone_follows_the_calendar_of_its_region() {
        let stamps = ["12:00 Eastern Time 4 July 2024", "12:00 ET 4 January 2024"];
        assert_eq!(told(&stamps, &unknown()), ["2024-07-04 12:00-04:00", "2024-01-04 12:00-05:00"]);
    }

    #[test]
    fn a_stamp_without_zone_is_in_the_zone_of_the_layout_or_of_the_user() {
        assert_eq!(told(&["12:00 4 July 2024"], &unknown()), ["2024-07-04 12:00+01:00"]);
        assert_eq!(told(&["12:00 4 July 2024"], &given(New_York)), ["2024-07-04 12:00-04:00"]);
    }

    #[test]
    fn the_users_zone_does_not_move_stamps_that_name_one() {
        assert_eq!(told(&["12:00 BST 4 July 2024"], &given(New_York)), ["2024-07-04 12:00+01:00"]);
    }

    #[test]
    fn an_unknown_zone_is_doubted() {
        assert_eq!(told(&["12:00 Lunar Time 4 July 2024"], &unknown()), ["2024-07-04 12:00+01:00 zone-unknown"]);
        assert_eq!(
            doubts("12:00 Lunar Time 4 July 2024", &unknown()),
            ["zone-unknown: no zone is called `Lunar Time`; the time is taken as that of Europe/London"]
        );
    }

    #[test]
    fn an_ambiguous_zone_is_the_usual_one_with_a_doubt() {
        assert_eq!(told(&["12:00 IST 4 July 2024"], &unknown()), ["2024-07-04 12:00+05:30 zone-ambiguous"]);
        assert_eq!(told(&["12:00 CST 4 January 2024"], &unknown()), ["2024-01-04 12:00-06:00 zone-ambiguous"]);
        assert_eq!(
            doubts("12:00 IST 4 July 2024", &unknown()),
            ["zone-ambiguous: `IST` has several meanings; that of Asia/Kolkata is taken"]
        );
    }

    #[test]
    fn the_users_zone_or_the_other_stamps_settle_an_ambiguous_one() {
        assert_eq!(told(&["12:00 CST 4 January 2024"], &given(Asia::Shanghai)), ["2024-01-04 12:00+08:00"]);
        assert_eq!(told(&["12:00 IST 4 July 2024"], &given(Asia::Calcutta)), ["2024-07-04 12:00+05:30"]);
        let stamps = ["12:30 IST 4 January 2024", "12:00 Israel Standard Time 4 January 2024"];
        assert_eq!(told(&stamps, &unknown()), ["2024-01-04 12:30+02:00", "2024-01-04 12:00+02:00"]);
    }

    #[test]
    fn a_page_tells_the_time_in_the_region_that_most_stamps_name() {
        let zone = |stamps: &[&str], context| page_zone(&resolve(&read(stamps), &context), &context);
        assert_eq!(zone(&["12:00 GMT 4 January 2024", "11:00 BST 4 July 2023"], unknown()), London);
        let stamps = ["12:00 4 July 2024", "11:00 EDT 4 July 2024", "10:00 EDT 4 July 2024", "9:00 BST 4 July 2024"];
        assert_eq!(zone(&stamps, unknown()), New_York);
        assert_eq!(zone(&["11:00 EST 4 January 2024", "10:00 GMT 4 January 2024"], unknown()), New_York);
        assert_eq!(zone(&["12:00 4 July 2024"], unknown()), London);
        assert_eq!(zone(&["12:00 +02:00 4 July 2024"], given(New_York)), New_York);
        assert_eq!(zone(&[], unknown()), London);
    }
}

mod summer_time {
    use super::*;

    #[test]
    fn a_time_that_does_not_exist_moves_forward_by_the_gap() {
        assert_eq!(told(&["01:30 26 March 2023"], &unknown()), ["2023-03-26 02:30+01:00 time-does-not-exist"]);
        assert_eq!(
            doubts("01:30 26 March 2023", &unknown()),
            ["time-does-not-exist: 01:30 on 26 March 2023 does not exist in Europe/London; taken as 02:30"]
        );
    }

    #[test]
    fn a_time_that_exists_twice_is_the_first_with_a_doubt() {
        assert_eq!(told(&["01:30 29 October 2023"], &unknown()), ["2023-10-29 01:30+01:00 time-ambiguous"]);
        assert_eq!(
            doubts("01:30 29 October 2023", &unknown()),
            ["time-ambiguous: 01:30 on 29 October 2023 exists twice in Europe/London; the first is taken"]
        );
    }

    #[test]
    fn neighbours_settle_a_time_that_exists_twice() {
        let stamps = ["01:45 GMT 29 October 2023", "01:30 29 October 2023", "01:15 GMT 29 October 2023"];
        assert_eq!(told(&stamps, &unknown())[1], "2023-10-29 01:30+00:00");
        let stamps = ["01:45 BST 29 October 2023", "01:30 29 October 2023", "01:15 BST 29 October 2023"];
        assert_eq!(told(&stamps, &unknown())[1], "2023-10-29 01:30+01:00");
        let stamps = ["02:15 GMT 29 October 2023", "01:30 29 October 2023", "00:45 BST 29 October 2023"];
        assert_eq!(told(&stamps, &unknown())[1], "2023-10-29 01:30+01:00 time-ambiguous");
    }

    #[test]
    fn a_step_back_of_the_clock_shows_itself_in_the_order() {
        let times = ["02:10", "01:50", "01:20", "01:40", "01:10", "00:50"];
        let stamps = times.map(|time| format!("{time} 29 October 2023"));
        let newest_first = stamps.each_ref().map(String::as_str);
        let mut instants = vec![
            "2023-10-29 02:10+00:00",
            "2023-10-29 01:50+00:00",
            "2023-10-29 01:20+00:00",
            "2023-10-29 01:40+01:00",
            "2023-10-29 01:10+01:00",
            "2023-10-29 00:50+01:00",
        ];
        assert_eq!(told(&newest_first, &unknown()), instants);

        let mut oldest_first = newest_first;
        oldest_first.reverse();
        instants.reverse();
        assert_eq!(told(&oldest_first, &unknown()), instants);
    }
}

mod years {
    use super::*;

    #[test]
    fn a_year_follows_from_the_capture_then_the_file_then_today() {
        let stamp = ["14:27 BST 19 June"];
        assert_eq!(told(&stamp, &captured("2023-06-19T23:59:59Z")), ["2023-06-19 14:27+01:00 year-inferred"]);
        assert_eq!(told(&stamp, &captured("2024-06-18T12:00:00Z")), ["2023-06-19 14:27+01:00 year-inferred"]);
        let changed = Context { modified: Some(utc("2022-12-01T00:00:00Z")), ..unknown() };
        assert_eq!(told(&stamp, &changed), ["2022-06-19 14:27+01:00 year-inferred"]);
        assert_eq!(told(&stamp, &unknown()), ["2026-06-19 14:27+01:00 year-inferred"]);
    }

    #[test]
    fn the_doubt_names_what_decided() {
        let says = |context| doubts("14:27 BST 19 June", &context).remove(0);
        let changed = Context { modified: Some(utc("2022-12-01T00:00:00Z")), ..unknown() };
        assert_eq!(
            says(captured("2025-12-01T00:00:00Z")),
            "year-inferred: the stamp has no year; 2025 follows from the capture date"
        );
        assert_eq!(
            says(changed),
            "year-inferred: the stamp has no year; 2022 follows from the file's modification date"
        );
        assert_eq!(says(unknown()), "year-inferred: the stamp has no year; 2026 follows from today's date");
    }

    #[test]
    fn a_full_stamp_on_the_page_is_worth_more_than_the_capture() {
        let stamps = ["14:27 BST 19 June", "14:05 BST 19 June 2021", "13:50 BST 19 June"];
        let instants =
            ["2021-06-19 14:27+01:00 year-inferred", "2021-06-19 14:05+01:00", "2021-06-19 13:50+01:00 year-inferred"];
        assert_eq!(told(&stamps, &captured("2025-12-01T00:00:00Z")), instants);
    }

    #[test]
    fn across_new_year_the_order_decides() {
        let instants = ["2024-01-01 00:10+00:00 year-inferred", "2023-12-31 23:50+00:00 year-inferred"];
        let stamps = ["00:10 GMT 1 January", "23:50 GMT 31 December"];
        assert_eq!(told(&stamps, &captured("2024-01-01T00:20:00Z")), instants);
        assert_eq!(told(&stamps, &captured("2024-12-31T23:59:59Z")), instants);

        let oldest_first = ["23:40 GMT 31 December", "23:50 GMT 31 December", "00:10 GMT 1 January"];
        let years = told(&oldest_first, &captured("2024-06-01T00:00:00Z"));
        assert_eq!(years[1..], [instants[1], instants[0]]);

        let full_below = ["00:10 GMT 1 January", "23:50 GMT 31 December 2022"];
        assert!(told(&full_below, &unknown())[0].starts_with("2023-01-01 00:10"));
        let full_above = ["00:10 GMT 1 January 2023", "23:50 GMT 31 December"];
        assert!(told(&full_above, &unknown())[1].starts_with("2022-12-31 23:50"));
    }

    #[test]
    fn an_old_entry_pinned_to_the_top_does_not_put_the_others_a_year_back() {
        let stamps =
            ["09:00 GMT 30 December 2023", "12:00 GMT 2 January", "11:00 GMT 2 January", "10:00 GMT 2 January"];
        let told = told(&stamps, &captured("2024-01-02T13:00:00Z"));
        assert!(told[1..].iter().all(|line| line.starts_with("2024-01-02")), "{told:?}");
    }

    #[test]
    fn the_order_decides_where_the_nearer_date_breaks_it() {
        let stamps = ["09:00 GMT 5 January 2023", "12:00 GMT 20 March"];
        assert!(told(&stamps, &unknown())[1].starts_with("2022-03-20"));
    }

    #[test]
    fn a_leap_day_is_in_a_leap_year() {
        assert!(told(&["12:00 GMT 29 February"], &captured("2023-05-01T00:00:00Z"))[0].starts_with("2020-02-29"));
        assert!(told(&["12:00 GMT 29 February"], &captured("2024-02-29T13:00:00Z"))[0].starts_with("2024-02-29"));
        let stamps = ["09:00 GMT 1 March 2024", "12:00 GMT 29 February"];
        assert!(told(&stamps, &unknown())[1].starts_with("2024-02-29"));
    }

    #[test]
    fn a_capture_that_full_stamps_contradict_is_not_believed() {
        let stamps = ["14:27 BST 19 June 2023", "14:05 BST 19 June"];
        assert!(told(&stamps, &captured("2020-01-01T00:00:00Z"))[1].starts_with("2023-06-19"));
    }
}

mod dates {
    use super::*;

    #[test]
    fn a_date_follows_from_the_capture() {
        let stamp = ["15:29 GMT"];
        assert_eq!(told(&stamp, &captured("2025-01-20T18:00:00Z")), ["2025-01-20 15:29+00:00 date-inferred"]);
        assert_eq!(told(&stamp, &captured("2025-01-20T09:00:00Z")), ["2025-01-19 15:29+00:00 date-inferred"]);
        assert_eq!(
            doubts("15:29 GMT", &captured("2025-01-20T18:00:00Z")),
            ["date-inferred: the stamp has no date; 20 January 2025 follows from the capture date"]
        );
    }

    #[test]
    fn a_date_follows_from_the_stamps_around() {
        let stamps = ["14:05 BST 19 June 2023", "published at 13:38", "13:38", "13:20 BST 19 June 2023"];
        assert_eq!(
            told(&stamps, &captured("2025-01-20T18:00:00Z")),
            ["2023-06-19 14:05+01:00", "none", "2023-06-19 13:38+01:00 date-inferred", "2023-06-19 13:20+01:00"]
        );
    }

    #[test]
    fn midnight_within_a_page_is_seen_in_the_order() {
        let days = |stamps: &[&str]| -> Vec<String> {
            told(stamps, &captured("2023-06-20T08:00:00Z")).iter().map(|line| line[..10].to_owned()).collect()
        };
        assert_eq!(days(&["00:10", "23:50", "23:30"]), ["2023-06-20", "2023-06-19", "2023-06-19"]);
        assert_eq!(days(&["23:30", "23:50", "00:10"]), ["2023-06-19", "2023-06-19", "2023-06-20"]);
        assert_eq!(days(&["00:10", "23:50 19 June 2022"]), ["2022-06-20", "2022-06-19"]);
        assert_eq!(days(&["14:00 19 June 2022", "16:30"]), ["2022-06-19", "2022-06-18"]);
    }

    #[test]
    fn entries_may_stand_out_of_order_by_an_hour() {
        let stamps = ["14:00 BST 19 June 2023", "14:50 BST", "13:50 BST 19 June 2023"];
        assert!(told(&stamps, &unknown())[1].starts_with("2023-06-19"));
        // Even by more, if the other reading is worse.
        let stamps = ["14:00 BST 19 June 2023", "16:30 BST", "13:50 BST 19 June 2023"];
        assert!(told(&stamps, &unknown())[1].starts_with("2023-06-19"));
    }

    #[test]
    fn no_date_is_after_the_capture() {
        // The first entry is pinned: by the order, it would be of the next morning.
        let stamps = ["10:00 BST", "14:00 BST 19 June 2023", "13:00 BST 19 June 2023"];
        assert!(told(&stamps, &captured("2023-06-19T15:00:00Z"))[0].starts_with("2023-06-19"));
    }

    #[test]
    fn years_are_settled_before_dates() {
        let stamps = ["00:10 GMT", "23:50 GMT 31 December", "23:30 GMT"];
        assert_eq!(
            told(&stamps, &captured("2024-06-01T00:00:00Z")),
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
        assert!(told(&stamps, &unknown())[1].starts_with("2023-06-19 16:00"));
    }
}

#[test]
fn what_is_no_stamp_stays_none() {
    assert_eq!(told(&["Lap 16/52", "HT"], &unknown()), ["none", "none"]);
    assert_eq!(resolve(&[], &unknown()), []);
}

/// Instants of a page, newest first, each some minutes older than the one before.
fn page() -> impl Strategy<Value = Vec<DateTime<Utc>>> {
    let minutes = prop::collection::vec(0..180_i64, 1..30);
    (0..12_i64 * 365 * 24 * 60, minutes).prop_map(|(start, minutes)| {
        let mut at = utc("2014-01-01T00:00:00Z") + TimeDelta::minutes(start);
        let step = |minutes| {
            at -= TimeDelta::minutes(minutes);
            at
        };
        minutes.into_iter().map(step).collect()
    })
}

/// The stamps of instants as London's clocks show them.
fn stamps_in_london(instants: &[DateTime<Utc>], date: &str) -> Vec<String> {
    let stamp = |at: &DateTime<Utc>| {
        let local = at.with_timezone(&London);
        format!("{} {} {}", local.format("%H:%M"), local.format("%Z"), local.format(date))
    };
    instants.iter().map(stamp).collect()
}

fn resolved(stamps: &[String], context: &Context) -> Vec<DateTime<Utc>> {
    let words: Vec<_> = stamps.iter().map(String::as_str).collect();
    resolve(&read(&words), context).into_iter().map(|resolved| resolved.unwrap().local.to_utc()).collect()
}

proptest! {
    #[test]
    fn full_stamps_mean_their_instants_in_any_order(mut page in page(), is_reversed: bool) {
        if is_reversed {
            page.reverse();
        }
        let stamps = stamps_in_london(&page, "%-d %B %Y");
        prop_assert_eq!(resolved(&stamps, &unknown()), page);
    }

    #[test]
    fn without_the_year_the_capture_gives_the_same_instants(page in page(), late in 0..600_i64) {
        let context = Context { captured: Some(page[0] + TimeDelta::minutes(late)), ..unknown() };
        prop_assert_eq!(resolved(&stamps_in_london(&page, "%-d %B"), &context), page);
    }

    #[test]
    fn without_the_date_the_capture_gives_the_same_instants(page in page(), late in 0..600_i64) {
        let context = Context { captured: Some(page[0] + TimeDelta::minutes(late)), ..unknown() };
        prop_assert_eq!(resolved(&stamps_in_london(&page, ""), &context), page);
    }

    #[test]
    fn no_words_make_it_panic(words in prop::collection::vec("[0-9:. a-zA-Z+]{0,30}", 0..5)) {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        prop_assert_eq!(resolve(&read(&words), &unknown()).len(), words.len());
    }
}
