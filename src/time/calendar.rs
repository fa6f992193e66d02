//! Clocks and calendars: when a clock shows a local time, once, twice or never.

use std::fmt;

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// A clock that local times are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// One that keeps an offset from UTC.
    Fixed(FixedOffset),
    /// One that follows the calendar of a region.
    Of(Tz),
}

impl Clock {
    /// When the clock shows a local time.
    pub fn shown(self, local: NaiveDateTime) -> Shown {
        match self {
            Clock::Fixed(offset) => Shown::Once((local - offset).and_utc().with_timezone(&offset)),
            Clock::Of(zone) => shown_in(zone, local),
        }
    }

    /// What the clock shows at an instant.
    pub fn at(self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        match self {
            Clock::Fixed(offset) => at.with_timezone(&offset),
            Clock::Of(zone) => at.with_timezone(&zone).fixed_offset(),
        }
    }

    /// The date that the clock shows at an instant.
    pub fn date_at(self, at: DateTime<Utc>) -> NaiveDate {
        self.at(at).date_naive()
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Clock::Fixed(offset) => offset.fmt(to),
            Clock::Of(zone) => zone.fmt(to),
        }
    }
}

/// When a clock shows a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Once, as on all but two days of a year.
    Once(DateTime<FixedOffset>),
    /// Twice, because the clocks go back over it: the earlier and the later instant.
    Twice(DateTime<FixedOffset>, DateTime<FixedOffset>),
    /// Never, because the clocks jump over it: the instant that it would have been, which they show later by the gap.
    Never(DateTime<FixedOffset>),
}

impl Shown {
    /// The first or only instant.
    pub fn first(self) -> DateTime<FixedOffset> {
        match self {
            Shown::Once(at) | Shown::Twice(at, _) | Shown::Never(at) => at,
        }
    }

    /// The last or only instant.
    pub fn last(self) -> DateTime<FixedOffset> {
        match self {
            Shown::Once(at) | Shown::Twice(_, at) | Shown::Never(at) => at,
        }
    }
}

fn shown_in(zone: Tz, local: NaiveDateTime) -> Shown {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => Shown::Once(at.fixed_offset()),
        LocalResult::Ambiguous(first, second) => Shown::Twice(first.fixed_offset(), second.fixed_offset()),
        LocalResult::None => {
            let before = GapInfo::new(&local, &zone).and_then(|gap| gap.begin).map(|(_, offset)| offset);
            let before = before.unwrap_or_else(|| zone.offset_from_utc_datetime(&local));
            Shown::Never(Clock::Of(zone).at((local - before.fix()).and_utc()))
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use chrono_tz::{Europe::London, Pacific::Apia};

    use super::*;

    fn local(year: i32, month: u32, day: u32, hour: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(hour, 30, 0).unwrap()
    }

    fn at(rfc3339: &str) -> DateTime<FixedOffset> {
        rfc3339.parse().unwrap()
    }

    #[test]
    fn an_ordinary_time_is_shown_once() {
        assert_eq!(Clock::Of(London).shown(local(2023, 6, 19, 14)), Shown::Once(at("2023-06-19T14:30:00+01:00")));
    }

    #[test]
    fn a_time_in_the_repeated_hour_is_shown_twice_the_earlier_first() {
        let (summer, winter) = (at("2023-10-29T01:30:00+01:00"), at("2023-10-29T01:30:00+00:00"));
        assert_eq!(Clock::Of(London).shown(local(2023, 10, 29, 1)), Shown::Twice(summer, winter));
    }

    #[test]
    fn a_time_that_the_clocks_jump_over_moves_forward_by_the_gap() {
        assert_eq!(Clock::Of(London).shown(local(2023, 3, 26, 1)), Shown::Never(at("2023-03-26T02:30:00+01:00")));
    }

    #[test]
    fn a_whole_day_can_be_jumped_over() {
        assert_eq!(Clock::Of(Apia).shown(local(2011, 12, 30, 12)), Shown::Never(at("2011-12-31T12:30:00+14:00")));
    }

    #[test]
    fn a_clock_shows_an_instant_in_its_zone() {
        use crate::time::calendar::Clock;
        use chrono::NaiveDate;
        use chrono_tz::Europe::London;

        let spring = NaiveDate::from_ymd_opt(2023, 3, 26).unwrap().and_hms_opt(1, 30, 0).unwrap();
        assert_eq!(Clock::Of(London).shown(spring).first().to_rfc3339(), "2023-03-26T02:30:00+01:00");
    }

    #[test]
    fn a_clock_finds_the_instant_of_a_local_time() {
        use crate::time::calendar::Clock;
        use chrono_tz::Europe::London;

        let at = "2023-06-18T23:30:00Z".parse().unwrap();
        assert_eq!(Clock::Of(London).at(at).to_rfc3339(), "2023-06-19T00:30:00+01:00");
        assert_eq!(Clock::Of(London).date_at(at).to_string(), "2023-06-19");
    }
}
