//! Calendars of regions: when the clocks of a zone show a local time, once, twice or never.

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// When a region's clocks show a local time.
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

/// When the clocks of `zone` show `local`.
///
/// ```
/// use chrono::NaiveDate;
/// use chrono_tz::Europe::London;
/// use liveblog::time::calendar::shown;
///
/// let spring = NaiveDate::from_ymd_opt(2023, 3, 26).unwrap().and_hms_opt(1, 30, 0).unwrap();
/// assert_eq!(shown(London, spring).first().to_rfc3339(), "2023-03-26T02:30:00+01:00");
/// ```
pub fn shown(zone: Tz, local: NaiveDateTime) -> Shown {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => Shown::Once(at.fixed_offset()),
        LocalResult::Ambiguous(first, second) => Shown::Twice(first.fixed_offset(), second.fixed_offset()),
        LocalResult::None => {
            let before = GapInfo::new(&local, &zone).and_then(|gap| gap.begin).map(|(_, offset)| offset);
            let before = before.unwrap_or_else(|| zone.offset_from_utc_datetime(&local));
            Shown::Never(in_region(zone, (local - before.fix()).and_utc()))
        }
    }
}

/// An instant as the clocks of `zone` show it.
pub fn in_region(zone: Tz, at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&zone).fixed_offset()
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
        assert_eq!(shown(London, local(2023, 6, 19, 14)), Shown::Once(at("2023-06-19T14:30:00+01:00")));
    }

    #[test]
    fn a_time_in_the_repeated_hour_is_shown_twice_the_earlier_first() {
        let (summer, winter) = (at("2023-10-29T01:30:00+01:00"), at("2023-10-29T01:30:00+00:00"));
        assert_eq!(shown(London, local(2023, 10, 29, 1)), Shown::Twice(summer, winter));
    }

    #[test]
    fn a_time_that_the_clocks_jump_over_moves_forward_by_the_gap() {
        assert_eq!(shown(London, local(2023, 3, 26, 1)), Shown::Never(at("2023-03-26T02:30:00+01:00")));
    }

    #[test]
    fn a_whole_day_can_be_jumped_over() {
        assert_eq!(shown(Apia, local(2011, 12, 30, 12)), Shown::Never(at("2011-12-31T12:30:00+14:00")));
    }
}
