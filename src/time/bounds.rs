//! The first and last second that a user asks for, per live blog: a bare time of day takes its day from the live blog's
//! own times.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::when::{Time, TimeSpan, When};

/// From when to when, UTC, to the second; both ends are within. An end that nobody asked for is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The first second.
    pub from: Option<DateTime<Utc>>,
    /// The last second.
    pub to: Option<DateTime<Utc>>,
}

impl Bounds {
    /// Whether an instant is within.
    pub fn contains(&self, at: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }
}

/// The bounds of `since` and `until` for one live blog, whose last entry was published at `last`; without entries, `now`
/// takes its place. Times without a zone are in `zone`.
///
/// A bare time `since` is the last such time that is not after the last entry, so that 22:00 works on a page that ends
/// at 02:00. A bare time `until` is the first such time from there on; without `since`, that on the day of the last entry.
pub fn bounds(
    since: Option<&When>,
    until: Option<&When>,
    zone: Tz,
    last: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Bounds {
    let last = last.unwrap_or(now);
    let span =
        |when: &When, of_day: &dyn Fn(Time) -> TimeSpan| when.bare_time().map(of_day).or_else(|| when.span(zone, now));
    let from = since.and_then(|since| span(since, &|time| time.last_until(last, zone))).map(|span| span.start);
    let to = until.and_then(|until| {
        span(until, &|time| match from {
            Some(from) => time.first_from(from, zone),
            None => time.on(time.clock(zone).date_at(last), zone),
        })
    });
    Bounds { from, to: to.map(|span| span.end) }
}

/// The last second of a time at which a live blog is looked at that was captured from `first` to `last`. A bare time is
/// the last such time that is not after `last`, so that 22:00 works for captures until 02:00; but where that is before all
/// captures, it is the one on the day of `last`.
pub fn last_second(
    when: &When,
    zone: Tz,
    (first, last): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let of_day = |time: Time| {
        let span = time.last_until(last, zone);
        if span.end < first { time.on(time.clock(zone).date_at(last), zone) } else { span }
    };
    when.bare_time().map(of_day).or_else(|| when.span(zone, now)).map_or(now, |span| span.end)
}

impl Time {
    /// The last such time that does not begin after an instant.
    fn last_until(self, at: DateTime<Utc>, zone: Tz) -> TimeSpan {
        let day = self.clock(zone).date_at(at);
        let span = self.on(day, zone);
        if span.start <= at { span } else { self.on(day.pred_opt().unwrap_or(day), zone) }
    }

    /// The first such time that does not end before an instant.
    fn first_from(self, at: DateTime<Utc>, zone: Tz) -> TimeSpan {
        let day = self.clock(zone).date_at(at);
        let span = self.on(day, zone);
        if span.end >= at { span } else { self.on(day.succ_opt().unwrap_or(day), zone) }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::New_York, Europe::London};

    use super::*;

    fn utc(rfc3339: &str) -> DateTime<Utc> {
        rfc3339.parse().unwrap()
    }

    /// The bounds for a page in London whose last entry is at `last`, asked a year later.
    fn asked(since: &str, until: &str, last: &str) -> String {
        asked_in(London, since, until, Some(utc(last)))
    }

    fn asked_in(zone: Tz, since: &str, until: &str, last: Option<DateTime<Utc>>) -> String {
        let read = |words: &str| (!words.is_empty()).then(|| words.parse::<When>().unwrap());
        let Bounds { from, to } =
            bounds(read(since).as_ref(), read(until).as_ref(), zone, last, utc("2024-06-20T09:00:00Z"));
        let end = |end: Option<DateTime<Utc>>| end.map_or("open".to_owned(), |end| end.format("%F %T").to_string());
        format!("{} to {}", end(from), end(to))
    }

    /// 14:27 in London: the last entry of a page whose first is at 12:07.
    const AFTERNOON: &str = "2023-06-19T13:27:00Z";
    /// 02:00 in London.
    const NIGHT: &str = "2023-06-20T01:00:00Z";

    #[test]
    fn since_is_the_last_such_time_before_the_last_entry() {
        assert_eq!(asked("14:00", "", AFTERNOON), "2023-06-19 13:00:00 to open");
        assert_eq!(asked("14:27", "", AFTERNOON), "2023-06-19 13:27:00 to open");
        assert_eq!(asked("14:28", "", AFTERNOON), "2023-06-18 13:28:00 to open");
        assert_eq!(asked("22:00", "", NIGHT), "2023-06-19 21:00:00 to open");
        assert_eq!(asked("01:00", "", NIGHT), "2023-06-20 00:00:00 to open");
    }

    #[test]
    fn until_is_the_first_such_time_after_since() {
        assert_eq!(asked("12:00", "12:20", AFTERNOON), "2023-06-19 11:00:00 to 2023-06-19 11:20:59");
        assert_eq!(asked("22:00", "01:00", NIGHT), "2023-06-19 21:00:00 to 2023-06-20 00:00:59");
        assert_eq!(asked("2023-06-18", "13:00", AFTERNOON), "2023-06-17 23:00:00 to 2023-06-18 12:00:59");
        assert_eq!(asked("2023-06-18 14:00", "13:00", AFTERNOON), "2023-06-18 13:00:00 to 2023-06-19 12:00:59");
        assert_eq!(asked("12:00", "12:00", AFTERNOON), "2023-06-19 11:00:00 to 2023-06-19 11:00:59");
    }

    #[test]
    fn until_alone_is_on_the_day_of_the_last_entry() {
        assert_eq!(asked("", "12:20", AFTERNOON), "open to 2023-06-19 11:20:59");
        assert_eq!(asked("", "01:00", NIGHT), "open to 2023-06-20 00:00:59");
        assert_eq!(asked("", "22:00", NIGHT), "open to 2023-06-20 21:00:59");
    }

    #[test]
    fn a_day_is_whole_at_both_ends() {
        assert_eq!(asked("2023-06-19", "2023-06-19", AFTERNOON), "2023-06-18 23:00:00 to 2023-06-19 22:59:59");
    }

    #[test]
    fn a_time_with_a_zone_is_by_that_clock() {
        assert_eq!(asked("12:00Z", "", AFTERNOON), "2023-06-19 12:00:00 to open");
        assert_eq!(asked("9:00 EDT", "", AFTERNOON), "2023-06-19 13:00:00 to open");
        // 23:30 in New York on the 18th is the last one before the end of the page.
        assert_eq!(asked("23:30 ET", "", AFTERNOON), "2023-06-19 03:30:00 to open");
        assert_eq!(
            asked_in(New_York, "9:00", "9:10", Some(utc(AFTERNOON))),
            "2023-06-19 13:00:00 to 2023-06-19 13:10:59"
        );
    }

    #[test]
    fn relative_times_do_not_depend_on_the_live_blog() {
        assert_eq!(asked("-2h", "now", AFTERNOON), "2024-06-20 07:00:00 to 2024-06-20 09:00:00");
    }

    #[test]
    fn a_time_in_the_repeated_hour_takes_both() {
        let last = "2023-10-29T03:00:00Z";
        assert_eq!(asked("01:30", "", last), "2023-10-29 00:30:00 to open");
        assert_eq!(asked("00:30", "01:30", last), "2023-10-28 23:30:00 to 2023-10-29 01:30:59");
    }

    #[test]
    fn without_entries_now_stands_for_the_last() {
        assert_eq!(asked_in(London, "9:00", "", None), "2024-06-20 08:00:00 to open");
        assert_eq!(asked_in(London, "", "", None), "open to open");
    }

    #[test]
    fn both_ends_are_within() {
        let bounds = Bounds { from: Some(utc(AFTERNOON)), to: Some(utc(NIGHT)) };
        assert!(bounds.contains(utc(AFTERNOON)) && bounds.contains(utc(NIGHT)));
        assert!(!bounds.contains(utc("2023-06-19T13:26:59Z")) && !bounds.contains(utc("2023-06-20T01:00:01Z")));
        assert!(Bounds::default().contains(utc(NIGHT)));
    }

    #[test]
    fn both_ends_are_within_the_bounds() {
        use crate::time::bounds::Bounds;

        let noon = "2023-06-19T12:00:00Z".parse().unwrap();
        assert!(Bounds { from: Some(noon), to: None }.contains(noon));
    }

    #[test]
    fn bare_times_take_their_days_from_the_last_entry() {
        use crate::time::bounds::bounds;
        use chrono_tz::Europe::London;

        let last = "2023-06-19T01:00:00Z".parse().unwrap(); // 02:00 in London
        let (since, until) = ("22:00".parse().unwrap(), "1:00".parse().unwrap());
        let bounds = bounds(Some(&since), Some(&until), London, Some(last), last);
        assert_eq!(bounds.from.unwrap().to_string(), "2023-06-18 21:00:00 UTC");
        assert_eq!(bounds.to.unwrap().to_string(), "2023-06-19 00:00:59 UTC");
    }
}
