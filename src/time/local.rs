//! Local times and their instants: a clock can show a local time once, twice or never.

use std::fmt;

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// A clock that local times are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// One that keeps an offset from UTC.
    Fixed(FixedOffset),
    /// One that follows the calendar of a region.
    Region(Tz),
}

impl Clock {
    /// The instants at which the clock shows a local time.
    pub fn local_time(self, local: NaiveDateTime) -> LocalTime {
        match self {
            Clock::Fixed(offset) => LocalTime::Unambiguous((local - offset).and_utc().with_timezone(&offset)),
            Clock::Region(zone) => local_time_in(zone, local),
        }
    }

    /// What the clock shows at an instant.
    pub fn at(self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        match self {
            Clock::Fixed(offset) => at.with_timezone(&offset),
            Clock::Region(zone) => at.with_timezone(&zone).fixed_offset(),
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
            Clock::Region(zone) => zone.fmt(to),
        }
    }
}

/// The instants at which a clock shows a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    /// One instant, as on all but two days of a year.
    Unambiguous(DateTime<FixedOffset>),
    /// Two instants, the earlier and the later one: the clocks go back over it.
    Fold(DateTime<FixedOffset>, DateTime<FixedOffset>),
    /// No instant: the clocks jump over it. This is the instant that it would have been; clocks show it later by the gap.
    Gap(DateTime<FixedOffset>),
}

impl LocalTime {
    /// The first or only instant.
    pub fn first(self) -> DateTime<FixedOffset> {
        match self {
            LocalTime::Unambiguous(at) | LocalTime::Fold(at, _) | LocalTime::Gap(at) => at,
        }
    }

    /// The last or only instant.
    pub fn last(self) -> DateTime<FixedOffset> {
        match self {
            LocalTime::Unambiguous(at) | LocalTime::Fold(_, at) | LocalTime::Gap(at) => at,
        }
    }
}

fn local_time_in(zone: Tz, local: NaiveDateTime) -> LocalTime {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => LocalTime::Unambiguous(at.fixed_offset()),
        LocalResult::Ambiguous(first, second) => LocalTime::Fold(first.fixed_offset(), second.fixed_offset()),
        LocalResult::None => {
            let before = GapInfo::new(&local, &zone).and_then(|gap| gap.begin).map(|(_, offset)| offset);
            let before = before.unwrap_or_else(|| zone.offset_from_utc_datetime(&local));
            LocalTime::Gap(Clock::Region(zone).at((local - before.fix()).and_utc()))
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
        assert_eq!(
            Clock::Region(London).local_time(local(2023, 6, 19, 14)),
            LocalTime::Unambiguous(at("2023-06-19T14:30:00+01:00"))
        );
    }

    #[test]
    fn a_time_in_the_repeated_hour_is_shown_twice_the_earlier_first() {
        let (summer, winter) = (at("2023-10-29T01:30:00+01:00"), at("2023-10-29T01:30:00+00:00"));
        assert_eq!(Clock::Region(London).local_time(local(2023, 10, 29, 1)), LocalTime::Fold(summer, winter));
    }

    #[test]
    fn a_time_that_the_clocks_jump_over_moves_forward_by_the_gap() {
        assert_eq!(
            Clock::Region(London).local_time(local(2023, 3, 26, 1)),
            LocalTime::Gap(at("2023-03-26T02:30:00+01:00"))
        );
    }

    #[test]
    fn a_whole_day_can_be_jumped_over() {
        assert_eq!(
            Clock::Region(Apia).local_time(local(2011, 12, 30, 12)),
            LocalTime::Gap(at("2011-12-31T12:30:00+14:00"))
        );
    }

    #[test]
    fn a_local_time_that_clocks_skip_is_moved_forward() {
        use crate::time::local::Clock;
        use chrono::NaiveDate;
        use chrono_tz::Europe::London;

        let spring = NaiveDate::from_ymd_opt(2023, 3, 26).unwrap().and_hms_opt(1, 30, 0).unwrap();
        assert_eq!(Clock::Region(London).local_time(spring).first().to_rfc3339(), "2023-03-26T02:30:00+01:00");
    }

    #[test]
    fn an_instant_has_the_offset_of_the_region() {
        use crate::time::local::Clock;
        use chrono_tz::Europe::London;

        let at = "2023-06-18T23:30:00Z".parse().unwrap();
        assert_eq!(Clock::Region(London).at(at).to_rfc3339(), "2023-06-19T00:30:00+01:00");
        assert_eq!(Clock::Region(London).date_at(at).to_string(), "2023-06-19");
    }
}
