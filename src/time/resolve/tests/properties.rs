//! Laws for all pages.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

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

fn resolved(stamps: &[String], context: &TimeContext) -> Vec<DateTime<Utc>> {
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
        let context = TimeContext { captured: Some(page[0] + TimeDelta::minutes(late)), ..unknown() };
        prop_assert_eq!(resolved(&stamps_in_london(&page, "%-d %B"), &context), page);
    }

    #[test]
    fn without_the_date_the_capture_gives_the_same_instants(page in page(), late in 0..600_i64) {
        let context = TimeContext { captured: Some(page[0] + TimeDelta::minutes(late)), ..unknown() };
        prop_assert_eq!(resolved(&stamps_in_london(&page, ""), &context), page);
    }

    #[test]
    fn no_words_make_it_panic(words in prop::collection::vec("[0-9:. a-zA-Z+]{0,30}", 0..5)) {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        prop_assert_eq!(resolve(&read(&words), &unknown()).len(), words.len());
    }
}
