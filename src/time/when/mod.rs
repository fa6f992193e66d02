//! The times that a user gives: `12:00`, `2023-06-19`, `last week`, `-2h`.

mod dates;
mod file_name;
mod parse;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::local::Clock;
use super::years;
use dates::{Dates, Day};

pub use file_name::NoTimeInName;
pub use parse::NotATime;

/// A time as a user gives it. Which instant it means depends on a zone, on now, and on a live blog.
///
/// ```
/// use chrono_tz::Europe::London;
/// use liveblog::query::When;
///
/// let now = "2023-06-20T09:00:00Z".parse().unwrap();
/// let day: When = "19 June 2023".parse().unwrap();
/// let span = day.span(London, now).unwrap();
/// assert_eq!(span.start.to_string(), "2023-06-18 23:00:00 UTC");
/// assert_eq!(span.end.to_string(), "2023-06-19 22:59:59 UTC");
///
/// let bare: When = "12:00".parse().unwrap();
/// assert_eq!(bare.span(London, now), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When(WhenForm);

/// The forms of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WhenForm {
    /// `now`, `-2h`: so long before now.
    Ago(TimeDelta),
    Dates(Dates),
    Time(Time),
    DayAndTime(Day, Time),
}

/// A time of day, perhaps with a zone of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time {
    time: NaiveTime,
    to_the_second: bool,
    clock: Option<Clock>,
}

/// A stretch of time, UTC, to the second; both ends are within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan {
    /// Its first second.
    pub start: DateTime<Utc>,
    /// Its last second.
    pub end: DateTime<Utc>,
}

impl TimeSpan {
    /// The stretch from `start` to `end`. Some hours of the first and the last day lie outside the years 0001 to 9999 in
    /// UTC, and `-999999w` does; nothing can have been published there, so the stretch ends at the nearest second within.
    fn within_years(start: DateTime<Utc>, end: DateTime<Utc>) -> TimeSpan {
        TimeSpan { start: years::nearest(start), end: years::nearest(end) }
    }
}

impl When {
    /// The stretch of time that is meant, as long as its words are exact: a second, a minute, a day, which has 23 or 25
    /// hours when the clocks change, or a week, a month or a year. What names no zone is in `zone`. A bare time of day has none: its day depends on the
    /// live blog.
    pub fn span(&self, zone: Tz, now: DateTime<Utc>) -> Option<TimeSpan> {
        match self.0 {
            WhenForm::Ago(ago) => {
                let at = now.checked_sub_signed(ago).unwrap_or(DateTime::<Utc>::MIN_UTC);
                Some(TimeSpan::within_years(at, at))
            }
            WhenForm::Dates(dates) => {
                let clock = Clock::Region(zone);
                let (first, last) = dates.first_and_last(clock.date_at(now));
                Some(whole_days(first, last, clock))
            }
            WhenForm::DayAndTime(day, time) => Some(time.on(day.date(time.clock(zone).date_at(now)), zone)),
            WhenForm::Time(_) => None,
        }
    }

    /// The instant at which a page was saved, if a user says that it was saved then: a day means its end, because the page
    /// may have entries of all that day; a bare time of day is today's.
    ///
    /// ```
    /// use chrono_tz::Europe::London;
    /// use liveblog::query::When;
    ///
    /// let now = "2023-06-20T09:00:00Z".parse().unwrap();
    /// let captured = |when: &str| when.parse::<When>().unwrap().as_capture(London, now).to_string();
    /// assert_eq!(captured("2023-06-19"), "2023-06-19 22:59:59 UTC");
    /// assert_eq!(captured("2023-06-19 12:00"), "2023-06-19 11:00:00 UTC");
    /// assert_eq!(captured("8:30"), "2023-06-20 07:30:00 UTC");
    /// ```
    pub fn as_capture(&self, zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
        match (self.0, self.span(zone, now)) {
            (WhenForm::Time(time), _) => time.on(time.clock(zone).date_at(now), zone).start,
            (WhenForm::Dates(_), Some(span)) => span.end,
            (_, Some(span)) => span.start,
            (_, None) => now,
        }
    }

    /// Whether it is a day: `2023-06-19`, `yesterday`.
    ///
    /// ```
    /// use liveblog::query::When;
    ///
    /// assert!("19 June 2023".parse::<When>().unwrap().is_day());
    /// assert!(!"yesterday 12:00".parse::<When>().unwrap().is_day());
    /// ```
    pub fn is_day(&self) -> bool {
        matches!(self.0, WhenForm::Dates(Dates::Day(_)))
    }

    /// Whether it is longer than a day: a week, a month or a year, in which many pages could have been saved.
    ///
    /// ```
    /// use liveblog::query::When;
    ///
    /// assert!("June 2023".parse::<When>().unwrap().is_longer_than_a_day());
    /// assert!(!"19 June 2023".parse::<When>().unwrap().is_longer_than_a_day());
    /// ```
    pub fn is_longer_than_a_day(&self) -> bool {
        matches!(self.0, WhenForm::Dates(dates) if !matches!(dates, Dates::Day(_)))
    }

    /// Whether it is a bare time of day, `12:00` or `12:00 BST`, whose day depends on the live blog.
    ///
    /// ```
    /// use liveblog::query::When;
    ///
    /// assert!("12:00 BST".parse::<When>().unwrap().is_bare_time());
    /// assert!(!"2023-06-19 12:00".parse::<When>().unwrap().is_bare_time());
    /// ```
    pub fn is_bare_time(&self) -> bool {
        self.bare_time().is_some()
    }

    /// Whether it is the same in every zone: `2023-06-19 12:00Z`, `12:00 BST`, `-2h`.
    ///
    /// ```
    /// use liveblog::query::When;
    ///
    /// assert!("2023-06-19 12:00 BST".parse::<When>().unwrap().names_zone());
    /// assert!(!"2023-06-19".parse::<When>().unwrap().names_zone());
    /// ```
    pub fn names_zone(&self) -> bool {
        match self.0 {
            WhenForm::Ago(_) => true,
            WhenForm::Dates(_) => false,
            WhenForm::Time(time) | WhenForm::DayAndTime(_, time) => time.clock.is_some(),
        }
    }

    /// The time of day, if that is all there is.
    pub(super) fn bare_time(&self) -> Option<Time> {
        match self.0 {
            WhenForm::Time(time) => Some(time),
            _ => None,
        }
    }
}

impl Time {
    /// The clock that shows it: its own, else that of `zone`.
    pub(super) fn clock(self, zone: Tz) -> Clock {
        self.clock.unwrap_or(Clock::Region(zone))
    }

    /// The time on a day; both of it, if the clock shows it twice.
    pub(super) fn on(self, date: NaiveDate, zone: Tz) -> TimeSpan {
        let shown = self.clock(zone).local_time(date.and_time(self.time));
        let length = if self.to_the_second { TimeDelta::zero() } else { TimeDelta::seconds(59) };
        TimeSpan::within_years(shown.first().to_utc(), shown.last().to_utc() + length)
    }
}

/// Days from the first second of the first to the last second before the one that follows the last.
fn whole_days(first: NaiveDate, last: NaiveDate, clock: Clock) -> TimeSpan {
    let start = |date: NaiveDate| clock.local_time(date.and_time(NaiveTime::MIN)).first().to_utc();
    let next = last.succ_opt().unwrap_or(last);
    TimeSpan::within_years(start(first), start(next) - TimeDelta::seconds(1))
}

#[cfg(test)]
mod tests {
    use chrono_tz::{America::Santiago, Europe::London};

    use super::*;

    /// 10:00 in London on a Tuesday.
    fn now() -> DateTime<Utc> {
        "2023-06-20T09:00:00Z".parse().unwrap()
    }

    fn read(words: &str) -> When {
        words.parse().unwrap()
    }

    /// The span in London, UTC: `2023-06-19 11:00:00 to 2023-06-19 11:00:59`.
    fn span(words: &str) -> String {
        let Some(TimeSpan { start, end }) = read(words).span(London, now()) else { return "bare".to_owned() };
        format!("{} to {}", start.format("%F %T"), end.format("%F %T"))
    }

    #[test]
    fn a_minute_ends_with_its_last_second() {
        let minute = "2023-06-19 11:00:00 to 2023-06-19 11:00:59";
        for words in [
            "2023-06-19 12:00",
            "2023-06-19T12:00",
            "2023-06-19T11:00Z",
            "2023-06-19 12:00 BST",
            "2023-06-19T12:00+01:00",
            "19 June 2023 12:00",
            "June 19, 2023 12pm",
            "12:00 19 June 2023",
            "12:00 British Summer Time 19 June 2023",
            "7:00 ET Monday 19 June 2023",
            "yesterday 12:00",
            "12:00 yesterday",
        ] {
            assert_eq!(span(words), minute, "{words}");
        }
    }

    #[test]
    fn a_second_is_a_second() {
        assert_eq!(span("2023-06-19T12:00:30Z"), "2023-06-19 12:00:30 to 2023-06-19 12:00:30");
    }

    #[test]
    fn a_day_is_that_of_the_zone() {
        let day = "2023-06-18 23:00:00 to 2023-06-19 22:59:59";
        for words in ["2023-06-19", "19 June 2023", "Mon 19th Jun 2023", "yesterday", " Yesterday "] {
            assert_eq!(span(words), day, "{words}");
        }
        assert_eq!(span("today"), "2023-06-19 23:00:00 to 2023-06-20 22:59:59");
    }

    #[test]
    fn a_day_of_the_week_is_the_latest_one_today_included() {
        for (words, day) in
            [("monday", "2023-06-19"), ("Tue", "2023-06-20"), ("WEDNESDAY", "2023-06-14"), ("sun", "2023-06-18")]
        {
            assert_eq!(span(words), span(day), "{words}");
        }
        assert_eq!(span("Monday noon"), "2023-06-19 11:00:00 to 2023-06-19 11:00:59");
        assert_eq!(span("12:00 Monday"), span("2023-06-19 12:00"));
    }

    #[test]
    fn noon_and_midnight_are_times_of_day_midnight_its_first() {
        assert_eq!(span("noon"), "bare");
        assert_eq!(span("midnight BST"), "bare");
        assert_eq!(span("yesterday Noon"), span("2023-06-19 12:00"));
        assert_eq!(span("midnight 19 June 2023"), span("2023-06-19 00:00"));
    }

    #[test]
    fn weeks_months_and_years_are_whole() {
        let days = |first: &str, last: &str| {
            let (from, to) = (read(first).span(London, now()).unwrap(), read(last).span(London, now()).unwrap());
            format!("{} to {}", from.start.format("%F %T"), to.end.format("%F %T"))
        };
        for (words, first, last) in [
            ("2023", "2023-01-01", "2023-12-31"),
            ("2023-06", "2023-06-01", "2023-06-30"),
            ("February 2024", "2024-02-01", "2024-02-29"),
            ("this week", "2023-06-19", "2023-06-25"),
            ("last week", "2023-06-12", "2023-06-18"),
            ("This Month", "2023-06-01", "2023-06-30"),
            ("last  month", "2023-05-01", "2023-05-31"),
            ("this year", "2023-01-01", "2023-12-31"),
            ("last year", "2022-01-01", "2022-12-31"),
        ] {
            assert_eq!(span(words), days(first, last), "{words}");
        }
    }

    #[test]
    fn dates_in_figures_have_the_year_first() {
        for words in ["2023-6-19", "2023/06/19", "20230619"] {
            assert_eq!(span(words), span("2023-06-19"), "{words}");
        }
        assert_eq!(span("2023-6-9 12:00"), span("2023-06-09 12:00"));
        for words in ["20230619T1200", "20230619120000", "1687172400", "1687172400000"] {
            let local = words.contains('T');
            let second = if local { "2023-06-19 12:00" } else { "2023-06-19 12:00:00Z" };
            let second = if words.starts_with("16") { "2023-06-19 11:00:00Z" } else { second };
            assert_eq!(span(words), span(second), "{words}");
        }
    }

    #[test]
    fn a_day_on_which_the_clocks_change_has_23_or_25_hours() {
        assert_eq!(span("2023-03-26"), "2023-03-26 00:00:00 to 2023-03-26 22:59:59");
        assert_eq!(span("2023-10-29"), "2023-10-28 23:00:00 to 2023-10-29 23:59:59");
        // Where the clocks jump over midnight, the day begins at one o'clock.
        let TimeSpan { start, end } = read("2023-09-03").span(Santiago, now()).unwrap();
        assert_eq!(start.to_rfc3339(), "2023-09-03T04:00:00+00:00");
        assert_eq!(end.to_rfc3339(), "2023-09-04T02:59:59+00:00");
    }

    #[test]
    fn a_time_that_a_clock_shows_twice_is_both() {
        assert_eq!(span("2023-10-29 01:30"), "2023-10-29 00:30:00 to 2023-10-29 01:30:59");
        assert_eq!(span("2023-10-29 01:30 GMT"), "2023-10-29 01:30:00 to 2023-10-29 01:30:59");
    }

    #[test]
    fn a_time_before_now_is_an_instant() {
        let at = |time: &str| format!("2023-06-20 {time} to 2023-06-20 {time}");
        assert_eq!(span("now"), at("09:00:00"));
        for words in ["-2h", "−2h", "- 2 hours", "120 minutes ago", "2h ago", "1h60m ago", "1 hour 60 Minutes AGO"] {
            assert_eq!(span(words), at("07:00:00"), "{words}");
        }
        assert_eq!(span("-90s"), at("08:58:30"));
        assert_eq!(span("1 week ago"), "2023-06-13 09:00:00 to 2023-06-13 09:00:00");
    }

    #[test]
    fn a_capture_on_a_day_is_its_end() {
        let captured = |words| read(words).as_capture(London, now()).format("%F %T").to_string();
        assert_eq!(captured("19 June 2023"), "2023-06-19 22:59:59");
        assert_eq!(captured("2023-06-19T12:00Z"), "2023-06-19 12:00:00");
        assert_eq!(captured("8:30"), "2023-06-20 07:30:00");
        assert_eq!(captured("8:30Z"), "2023-06-20 08:30:00");
        assert_eq!(captured("-1h"), "2023-06-20 08:00:00");
    }

    #[test]
    fn a_time_long_before_now_is_no_overflow() {
        assert!(read("-999999w").span(London, now()).is_some());
    }
}
