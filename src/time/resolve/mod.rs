//! Resolves the stamps of a page to instants: all together, because the years and dates that they leave out, and the
//! repeated hour in October, depend on their order.
//!
//! A page of the BBC, saved on 29 October 2023 at 10:00, the night that the clocks went back at 02:00:
//!
//! ```text
//!     stamp            zone               date                instant, UTC
//!     02:10            London (default)   29 October  (1)     02:10
//!     01:40            London             29 October          01:40 (2)
//!     01:50            London             29 October          00:50 (3)
//!     23:55 BST        +01:00 (named)     28 October  (4)     22:55 the day before
//! ```
//!
//! 1. The last 02:10 before the page was saved; a doubt says so (`date-inferred`).
//! 2. London's clocks showed 01:40 twice, at 00:40 and 01:40 UTC. It is above 01:50, so it is not before 00:50 UTC.
//! 3. They showed 01:50 at 00:50 and 01:50 UTC. It is below 01:40, so it is not after 01:40 UTC.
//! 4. Below 01:50, which is past midnight.
//!
//! The steps: `pending` knows what the zone of each stamp means, `dates` fills in years and dates, and [`resolve`]
//! chooses between the two instants of a repeated hour.

mod dates;
mod pending;

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;

use super::local::LocalTime;
use super::stamp::Stamp;
use super::years;
use super::zone::ZoneWords;
use crate::model::Code;
use pending::PendingStamp;

/// What is known beside the stamps.
#[derive(Debug, Clone, Copy)]
pub struct TimeContext {
    /// The publisher's zone: that of stamps that name none.
    pub publisher_zone: Tz,
    /// The zone that the user gives instead.
    pub user_zone: Option<Tz>,
    /// When the page was saved; a day means its end.
    pub captured: Option<DateTime<Utc>>,
    /// When the file was last changed.
    pub modified: Option<DateTime<Utc>>,
    /// The present.
    pub now: DateTime<Utc>,
}

impl TimeContext {
    /// The zone of stamps that name none.
    pub fn default_zone(&self) -> Tz {
        self.user_zone.unwrap_or(self.publisher_zone)
    }

    /// The best that is known of when the page was saved, and what that is.
    fn saved(&self) -> (DateTime<Utc>, &'static str) {
        match (self.captured, self.modified) {
            (Some(captured), _) => (captured, "the capture date"),
            (None, Some(modified)) => (modified, "the file's modification date"),
            (None, None) => (self.now, "today's date"),
        }
    }
}

/// The instant that a stamp means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The instant, with the stamp's own offset.
    pub local: DateTime<FixedOffset>,
    /// The region whose zone the stamp names, if it names one.
    pub region: Option<Tz>,
    /// What was inferred, or is doubtful.
    pub doubts: Vec<TimeDoubt>,
}

/// Something about a stamp that was inferred, or is doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeDoubt {
    /// What kind of doubt it is.
    pub code: Code,
    /// What was inferred, and from what.
    pub message: String,
}

/// Resolves the stamps of a page, in the order of the page. Returns `None` for what is no stamp, and for a stamp whose
/// instant lies outside the years 0001 to 9999.
pub fn resolve(stamps: &[Option<Stamp>], context: &TimeContext) -> Vec<Option<Resolved>> {
    let others = regions_named(stamps);
    let mut pending: Vec<_> = stamps.iter().flatten().map(|stamp| PendingStamp::new(stamp, &others, context)).collect();
    let is_newest_first = dates::is_newest_first(&pending);
    if !is_newest_first {
        pending.reverse();
    }
    dates::complete(&mut pending, context);
    let mut resolved = instants(pending);
    // They are taken from the end, in the order of the page.
    if is_newest_first {
        resolved.reverse();
    }
    stamps.iter().map(|stamp| stamp.as_ref().and_then(|_| resolved.pop().flatten())).collect()
}

/// The zone of a page: the region that most of its stamps name, the first of several such, else
/// the zone of stamps that name none.
pub fn page_zone(resolved: &[Option<Resolved>], context: &TimeContext) -> Tz {
    let mut votes: Vec<(Tz, usize)> = Vec::new();
    for region in resolved.iter().flatten().filter_map(|resolved| resolved.region) {
        match votes.iter_mut().find(|(zone, _)| *zone == region) {
            Some((_, count)) => *count += 1,
            None => votes.push((region, 1)),
        }
    }
    // Of equal ones, `max_by_key` takes the last.
    votes.iter().rev().max_by_key(|(_, count)| count).map_or(context.default_zone(), |(zone, _)| *zone)
}

/// The regions of the zones that stamps name and that have one meaning alone.
fn regions_named(stamps: &[Option<Stamp>]) -> Vec<Tz> {
    let mut regions = Vec::new();
    for stamp in stamps.iter().flatten() {
        if let Some(ZoneWords::Named([meaning])) = stamp.zone.map(|zone| zone.kind)
            && !regions.contains(&meaning.region)
        {
            regions.push(meaning.region);
        }
    }
    regions
}

/// The instants of stamps, from the newest to the oldest; `None` for one without a date.
///
/// A time in the repeated hour of October is decided by its neighbours: going up from the oldest, each is as early as the
/// one below it allows; going down from the newest, each is as late as the one above it allows. Where both agree, there
/// is no doubt.
fn instants(pending: Vec<PendingStamp>) -> Vec<Option<Resolved>> {
    let locals: Vec<_> = pending.iter().map(|pending| Some(pending.local_on(pending.date?))).collect();
    let earliest = chain(locals.iter().rev(), |local, older| match older {
        Some(older) if local.first() < older => local.last(),
        _ => local.first(),
    });
    let latest = chain(locals.iter(), |local, newer| match newer {
        Some(newer) if local.last() > newer => local.first(),
        _ => local.last(),
    });
    let bounds = earliest.into_iter().rev().zip(latest);
    let all = pending.into_iter().zip(locals).zip(bounds);
    all.map(|((pending, local), (early, late))| finish(pending, local?, early.filter(|_| early == late))).collect()
}

/// Chooses an instant for each local time, knowing that of the one before.
fn chain<'a>(
    locals: impl Iterator<Item = &'a Option<LocalTime>>,
    choose: impl Fn(LocalTime, Option<DateTime<FixedOffset>>) -> DateTime<FixedOffset>,
) -> Vec<Option<DateTime<FixedOffset>>> {
    let mut before = None;
    let mut next = |local: &Option<LocalTime>| {
        let at = local.map(|local| choose(local, before));
        before = at.or(before);
        at
    };
    locals.map(&mut next).collect()
}

/// The instant of a stamp, with the doubts about it: `decided` is what its neighbours allow. `None` if the instant lies
/// outside the years 0001 to 9999.
fn finish(
    mut pending: PendingStamp,
    local_time: LocalTime,
    decided: Option<DateTime<FixedOffset>>,
) -> Option<Resolved> {
    let local = years::local(decided.unwrap_or(local_time.first()))?;
    let clock = pending.clock;
    match (local_time, decided) {
        (LocalTime::Gap(_), _) => {
            let time = time_and_day(&pending, local);
            let message = format!("{time} does not exist in {clock}; taken as {}", local.format("%H:%M"));
            pending.doubt(Code::TimeDoesNotExist, message);
        }
        (LocalTime::Fold(..), None) => {
            let message = format!("{} exists twice in {clock}; the first is taken", time_and_day(&pending, local));
            pending.doubt(Code::TimeAmbiguous, message);
        }
        _ => {}
    }
    let Some(meaning) = pending.meaning else {
        return Some(Resolved { local, region: None, doubts: pending.doubts });
    };
    let in_force = meaning.region_at(local.to_utc());
    if let (None, Some(zone)) = (in_force, pending.stamp.zone) {
        let (region, day) = (meaning.region, local.format("%-d %B %Y"));
        let message = format!("`{}` is not in force in {region} on {day}; the name is believed", zone.words);
        pending.doubt(Code::ZoneContradictsDate, message);
    }
    Some(Resolved { local, region: Some(in_force.unwrap_or(meaning.region)), doubts: pending.doubts })
}

/// The time of a stamp, with its day: `01:30 on 26 March 2023`.
fn time_and_day(pending: &PendingStamp, local: DateTime<FixedOffset>) -> String {
    format!("{} on {}", pending.stamp.time.format("%H:%M"), local.format("%-d %B %Y"))
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod examples {
    #[test]
    fn a_year_that_is_missing_follows_from_the_capture() {
        use crate::locale::ENGLISH;
        use crate::time::{
            resolve::{TimeContext, resolve},
            stamp,
        };
        use chrono::DateTime;
        use chrono_tz::Europe::London;

        let stamps = ["00:10 GMT 1 January", "23:50 GMT 31 December"].map(|words| stamp::read(words, &ENGLISH)?.ok());
        let captured = DateTime::parse_from_rfc3339("2025-01-01T09:00:00Z").unwrap().to_utc();
        let context = TimeContext {
            publisher_zone: London,
            user_zone: None,
            captured: Some(captured),
            modified: None,
            now: captured,
        };

        let resolved = resolve(&stamps, &context);
        let oldest = resolved[1].as_ref().unwrap();
        assert_eq!(oldest.local.to_rfc3339(), "2024-12-31T23:50:00+00:00");
        assert_eq!(oldest.doubts[0].message, "the stamp has no year; 2024 follows from the capture date");
    }

    #[test]
    fn the_zone_of_the_page_is_that_of_most_stamps() {
        use crate::locale::ENGLISH;
        use crate::time::{
            resolve::{TimeContext, page_zone, resolve},
            stamp,
        };
        use chrono_tz::{America::New_York, Europe::London};

        let now = "2026-08-01T12:00:00Z".parse().unwrap();
        let context = TimeContext { publisher_zone: London, user_zone: None, captured: None, modified: None, now };
        let stamps = ["09:00 EDT 4 July 2024", "08:30"].map(|words| stamp::read(words, &ENGLISH)?.ok());
        assert_eq!(page_zone(&resolve(&stamps, &context), &context), New_York);
    }
}
