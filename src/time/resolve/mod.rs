//! Stamps become instants: all those of a page together, because the years and dates that they leave out, and the
//! repeated hour in October, hang on their order.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;

use super::calendar::Shown;
use super::stamp::Stamp;
use super::telling::Telling;
use super::zone::Sense;
use super::{dates, years};
use crate::model::Code;

/// What is known beside the stamps.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The zone in which pages of this layout tell the time where they name none.
    pub zone: Tz,
    /// The zone that the user gives instead.
    pub given: Option<Tz>,
    /// When the page was saved; a day means its end.
    pub captured: Option<DateTime<Utc>>,
    /// When the file was last changed.
    pub modified: Option<DateTime<Utc>>,
    /// The present.
    pub now: DateTime<Utc>,
}

impl Context {
    /// The zone of stamps that name none.
    pub fn own_zone(&self) -> Tz {
        self.given.unwrap_or(self.zone)
    }

    /// The best that is known of when the page was saved, and what that is.
    pub(super) fn saved(&self) -> (DateTime<Utc>, &'static str) {
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
    pub doubts: Vec<Doubt>,
}

/// Something about a stamp that was inferred, or is doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What kind of doubt it is.
    pub code: Code,
    /// What was inferred, and from what.
    pub message: String,
}

/// Resolves the stamps of a page, given and returned in the order of the page. A stamp whose instant lies outside the
/// years 0001 to 9999 has none.
pub fn resolve(stamps: &[Option<Stamp>], context: &Context) -> Vec<Option<Resolved>> {
    let others = regions_named(stamps);
    let mut tellings: Vec<_> = stamps.iter().flatten().map(|stamp| Telling::new(stamp, &others, context)).collect();
    let is_newest_first = dates::is_newest_first(&tellings);
    if !is_newest_first {
        tellings.reverse();
    }
    dates::settle(&mut tellings, context);
    let mut resolved = instants(tellings);
    // They are taken from the end, in the order of the page.
    if is_newest_first {
        resolved.reverse();
    }
    stamps.iter().map(|stamp| stamp.as_ref().and_then(|_| resolved.pop().flatten())).collect()
}

/// The zone in which a page tells the time: the region that most of its stamps name, the first of several such, else
/// the zone of stamps that name none.
pub fn page_zone(resolved: &[Option<Resolved>], context: &Context) -> Tz {
    let mut votes: Vec<(Tz, usize)> = Vec::new();
    for region in resolved.iter().flatten().filter_map(|resolved| resolved.region) {
        match votes.iter_mut().find(|(zone, _)| *zone == region) {
            Some((_, count)) => *count += 1,
            None => votes.push((region, 1)),
        }
    }
    // Of equal ones, `max_by_key` takes the last.
    votes.iter().rev().max_by_key(|(_, count)| count).map_or(context.own_zone(), |(zone, _)| *zone)
}

/// The regions of the zones that stamps name and that have one meaning alone.
fn regions_named(stamps: &[Option<Stamp>]) -> Vec<Tz> {
    let mut regions = Vec::new();
    for stamp in stamps.iter().flatten() {
        if let Some(Sense::Named([meaning])) = stamp.zone.map(|zone| zone.sense)
            && !regions.contains(&meaning.region)
        {
            regions.push(meaning.region);
        }
    }
    regions
}

/// The instants of tellings, from the newest to the oldest. One without a date has none.
///
/// A time in the repeated hour is settled by its neighbours: going up from the oldest, each is as early as the one below
/// it allows; going down from the newest, each is as late as the one above it allows. Where both agree, there is no doubt.
fn instants(tellings: Vec<Telling>) -> Vec<Option<Resolved>> {
    let shown: Vec<_> = tellings.iter().map(|telling| Some(telling.shown_on(telling.date?))).collect();
    let early = chain(shown.iter().rev(), |shown, older| match older {
        Some(older) if shown.first() < older => shown.last(),
        _ => shown.first(),
    });
    let late = chain(shown.iter(), |shown, newer| match newer {
        Some(newer) if shown.last() > newer => shown.first(),
        _ => shown.last(),
    });
    let bounds = early.into_iter().rev().zip(late);
    let all = tellings.into_iter().zip(shown).zip(bounds);
    all.map(|((telling, shown), (early, late))| resolved(telling, shown?, early.filter(|_| early == late))).collect()
}

/// Chooses an instant for each local time, knowing that of the one before.
fn chain<'a>(
    shown: impl Iterator<Item = &'a Option<Shown>>,
    choose: impl Fn(Shown, Option<DateTime<FixedOffset>>) -> DateTime<FixedOffset>,
) -> Vec<Option<DateTime<FixedOffset>>> {
    let mut before = None;
    let mut next = |shown: &Option<Shown>| {
        let at = shown.map(|shown| choose(shown, before));
        before = at.or(before);
        at
    };
    shown.map(&mut next).collect()
}

/// Settles the last of a telling: the instant, and whether its zone's name is in force then. `None` if the instant lies
/// outside the years 0001 to 9999.
fn resolved(mut telling: Telling, shown: Shown, settled: Option<DateTime<FixedOffset>>) -> Option<Resolved> {
    let local = years::local(settled.unwrap_or(shown.first()))?;
    let clock = telling.clock;
    match (shown, settled) {
        (Shown::Never(_), _) => {
            let time = told(&telling, local);
            let message = format!("{time} does not exist in {clock}; taken as {}", local.format("%H:%M"));
            telling.doubt(Code::TimeDoesNotExist, message);
        }
        (Shown::Twice(..), None) => {
            let message = format!("{} exists twice in {clock}; the first is taken", told(&telling, local));
            telling.doubt(Code::TimeAmbiguous, message);
        }
        _ => {}
    }
    let in_force = telling.meaning.map(|meaning| meaning.region_at(local.to_utc()).ok_or(meaning.region));
    if let (Some(Err(region)), Some(zone)) = (in_force, telling.stamp.zone) {
        let day = local.format("%-d %B %Y");
        let message = format!("`{}` is not in force in {region} on {day}; the name is believed", zone.words);
        telling.doubt(Code::ZoneContradictsDate, message);
    }
    let region = in_force.map(|region| region.unwrap_or_else(|region| region));
    Some(Resolved { local, region, doubts: telling.doubts })
}

/// The time that a stamp tells, with its day: `01:30 on 26 March 2023`.
fn told(telling: &Telling, local: DateTime<FixedOffset>) -> String {
    format!("{} on {}", telling.stamp.time.format("%H:%M"), local.format("%-d %B %Y"))
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod examples {
    #[test]
    fn a_year_that_is_missing_follows_from_the_capture() {
        use crate::locale::ENGLISH;
        use crate::time::{
            resolve::{Context, resolve},
            stamp,
        };
        use chrono::DateTime;
        use chrono_tz::Europe::London;

        let stamps = ["00:10 GMT 1 January", "23:50 GMT 31 December"].map(|words| stamp::read(words, &ENGLISH)?.ok());
        let captured = DateTime::parse_from_rfc3339("2025-01-01T09:00:00Z").unwrap().to_utc();
        let context = Context { zone: London, given: None, captured: Some(captured), modified: None, now: captured };

        let resolved = resolve(&stamps, &context);
        let oldest = resolved[1].as_ref().unwrap();
        assert_eq!(oldest.local.to_rfc3339(), "2024-12-31T23:50:00+00:00");
        assert_eq!(oldest.doubts[0].message, "the stamp has no year; 2024 follows from the capture date");
    }

    #[test]
    fn the_zone_of_the_page_is_that_of_most_stamps() {
        use crate::locale::ENGLISH;
        use crate::time::{
            resolve::{Context, page_zone, resolve},
            stamp,
        };
        use chrono_tz::{America::New_York, Europe::London};

        let now = "2026-08-01T12:00:00Z".parse().unwrap();
        let context = Context { zone: London, given: None, captured: None, modified: None, now };
        let stamps = ["09:00 EDT 4 July 2024", "08:30"].map(|words| stamp::read(words, &ENGLISH)?.ok());
        assert_eq!(page_zone(&resolve(&stamps, &context), &context), New_York);
    }
}
