//! The clocks by which times are shown: with the name of their zone, where it has one.

use std::collections::HashMap;
use std::fmt;

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{Tz, TzOffset};

use super::Header;
use crate::model::{PageHead, Row};
use crate::time::years;

/// A time of an entry as its readers saw it.
pub(super) type Local = DateTime<Clock>;

/// The clock of a zone; of a page that names none, that of a stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    Zone(Tz),
    Fixed(FixedOffset),
}

/// How far a clock is from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClockOffset {
    Zone(TzOffset),
    Fixed(FixedOffset),
}

impl Offset for ClockOffset {
    fn fix(&self) -> FixedOffset {
        match self {
            Self::Zone(offset) => offset.fix(),
            Self::Fixed(offset) => *offset,
        }
    }
}

impl fmt::Display for ClockOffset {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Zone(offset) => offset.fmt(to),
            Self::Fixed(offset) => offset.fmt(to),
        }
    }
}

impl TimeZone for Clock {
    type Offset = ClockOffset;

    fn from_offset(offset: &ClockOffset) -> Self {
        match offset {
            ClockOffset::Zone(offset) => Self::Zone(Tz::from_offset(offset)),
            ClockOffset::Fixed(offset) => Self::Fixed(*offset),
        }
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ClockOffset> {
        match self {
            Self::Zone(zone) => zone.offset_from_local_date(local).map(ClockOffset::Zone),
            Self::Fixed(offset) => offset.offset_from_local_date(local).map(ClockOffset::Fixed),
        }
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ClockOffset> {
        match self {
            Self::Zone(zone) => zone.offset_from_local_datetime(local).map(ClockOffset::Zone),
            Self::Fixed(offset) => offset.offset_from_local_datetime(local).map(ClockOffset::Fixed),
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ClockOffset {
        match self {
            Self::Zone(zone) => ClockOffset::Zone(zone.offset_from_utc_date(utc)),
            Self::Fixed(offset) => ClockOffset::Fixed(*offset),
        }
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ClockOffset {
        match self {
            Self::Zone(zone) => ClockOffset::Zone(zone.offset_from_utc_datetime(utc)),
            Self::Fixed(offset) => ClockOffset::Fixed(*offset),
        }
    }
}

/// The clocks of live blogs.
#[derive(Default)]
pub(super) struct Clocks {
    /// The zone that was asked for.
    zone: Option<Tz>,
    /// The zones of live blogs, by name.
    pages: HashMap<String, Tz>,
}

impl Clocks {
    pub(super) fn new(head: &Header) -> Self {
        Self { zone: head.zone, pages: HashMap::new() }
    }

    /// Notes the zone of a live blog.
    pub(super) fn page(&mut self, page: &PageHead) {
        self.pages.extend(page.zone.map(|zone| (page.page.clone(), zone)));
    }

    /// When an entry was published: by the clock that was asked for, else by that of its stamp, which is its page's where
    /// both show the same.
    pub(super) fn local(&self, row: &Row) -> Option<Local> {
        let published = row.entry.published?;
        let stamp = row.entry.published_local;
        let clock = match (self.zone, self.pages.get(&row.page)) {
            (Some(zone), _) => Clock::Zone(zone),
            (None, Some(zone))
                if stamp.is_none_or(|stamp| *stamp.offset() == published.with_timezone(zone).offset().fix()) =>
            {
                Clock::Zone(*zone)
            }
            _ => Clock::Fixed(stamp.map_or(Utc.fix(), |stamp| *stamp.offset())),
        };
        Some(shown(published, clock))
    }
}

/// An instant by a clock; in UTC where that shows a year that no format can write.
pub(super) fn shown(at: DateTime<Utc>, clock: Clock) -> Local {
    let Clock::Zone(zone) = clock else { return at.with_timezone(&clock) };
    let local = years::in_zone(at, zone);
    let offset = local.offset().fix();
    // Offsets of before about 1890 have seconds, which no format can write either.
    let clock = match offset.local_minus_utc() % 60 {
        0 => Clock::Zone(local.timezone()),
        _ => Clock::Fixed(years::local(local.fixed_offset()).map_or(Utc.fix(), |local| *local.offset())),
    };
    at.with_timezone(&clock)
}

/// The name of a time's zone: `BST`, `UTC`; without a name, `+05:30`.
pub(super) fn zone_name<Z: TimeZone>(time: &DateTime<Z>) -> String
where
    Z::Offset: fmt::Display,
{
    let name = time.offset().to_string();
    match name.starts_with(char::is_alphabetic) {
        true => name,
        false if time.offset().fix().local_minus_utc() == 0 => "UTC".to_owned(),
        false => time.format("%:z").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample;

    fn named(zone: Option<Tz>, page: Option<Tz>, row: &Row) -> String {
        let mut clocks = Clocks::new(&Header { zone, ..Header::default() });
        clocks.page(&PageHead { page: row.page.clone(), zone: page, ..PageHead::default() });
        let local = clocks.local(row).unwrap();
        format!("{} {}", local.format("%H:%M"), zone_name(&local))
    }

    #[test]
    fn a_zone_is_named_where_it_has_a_name() {
        let row = sample::row();
        assert_eq!(named(None, None, &row), "14:27 +01:00");
        assert_eq!(named(None, Some(Tz::Europe__London), &row), "14:27 BST");
        assert_eq!(named(None, Some(Tz::Asia__Tokyo), &row), "14:27 +01:00", "the stamp's own");
        assert_eq!(named(Some(Tz::America__Sao_Paulo), Some(Tz::Europe__London), &row), "10:27 -03:00");
        assert_eq!(named(Some(Tz::UTC), None, &row), "13:27 UTC");
        assert_eq!(named(None, None, &sample::row_at("a", "2023-06-19T13:27:00Z", 0, "A")), "13:27 UTC");
    }

    #[test]
    fn the_offset_of_an_old_local_time_is_in_whole_minutes() {
        let row = sample::row_at("a", "1800-01-01T12:00:00Z", 0, "A");
        assert_eq!(named(Some(Tz::Europe__London), None, &row), "11:59 -00:01");
    }
}
