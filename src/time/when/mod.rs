//! The times that a user gives: `12:00`, `2023-06-19`, `-2h`.

mod file_name;
mod parse;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::local::Clock;
use super::years;

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
    Day(Day),
    Time(Time),
    DayAndTime(Day, Time),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Today,
    Yesterday,
    On(NaiveDate),
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
    /// The stretch of time that is meant, as long as its words are exact: a second, a minute, or a day, which has 23 or 25
    /// hours when the clocks change. What names no zone is in `zone`. A bare time of day has none: its day depends on the
    /// live blog.
    pub fn span(&self, zone: Tz, now: DateTime<Utc>) -> Option<TimeSpan> {
        match self.0 {
            WhenForm::Ago(ago) => {
                let at = now.checked_sub_signed(ago).unwrap_or(DateTime::<Utc>::MIN_UTC);
                Some(TimeSpan::within_years(at, at))
            }
            WhenForm::Day(day) => Some(whole_day(day.date(Clock::Region(zone), now), Clock::Region(zone))),
            WhenForm::DayAndTime(day, time) => Some(time.on(day.date(time.clock(zone), now), zone)),
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
            (WhenForm::Day(_), Some(span)) => span.end,
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
        matches!(self.0, WhenForm::Day(_))
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
            WhenForm::Day(_) => false,
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

impl Day {
    fn date(self, clock: Clock, now: DateTime<Utc>) -> NaiveDate {
        let today = clock.date_at(now);
        match self {
            Day::Today => today,
            Day::Yesterday => today.pred_opt().unwrap_or(today),
            Day::On(date) => date,
        }
    }
}

/// A day from its first second to the last before the next one.
fn whole_day(date: NaiveDate, clock: Clock) -> TimeSpan {
    let start = |date: NaiveDate| clock.local_time(date.and_time(NaiveTime::MIN)).first().to_utc();
    let next = date.succ_opt().unwrap_or(date);
    TimeSpan::within_years(start(date), start(next) - TimeDelta::seconds(1))
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
