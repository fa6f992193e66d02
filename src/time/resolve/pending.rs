//! One stamp while it is being resolved: the clock that it was read from, its date as far as known, and its doubts.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{TimeContext, TimeDoubt};
use crate::model::Code;
use crate::time::local::{Clock, LocalTime};
use crate::time::stamp::Stamp;
use crate::time::zone::{ZoneMeaning, ZoneWords};

/// A stamp, and what is known of it so far.
pub(super) struct PendingStamp<'a> {
    pub(super) stamp: &'a Stamp<'a>,
    /// The clock that it was read from.
    pub(super) clock: Clock,
    /// What the name of its zone means, if it names one.
    pub(super) meaning: Option<ZoneMeaning>,
    /// Its date, once it is known.
    pub(super) date: Option<NaiveDate>,
    pub(super) doubts: Vec<TimeDoubt>,
}

impl<'a> PendingStamp<'a> {
    /// Resolves the zone of a stamp; `others` are the regions of the page's other stamps.
    pub(super) fn new(stamp: &'a Stamp<'a>, others: &[Tz], context: &TimeContext) -> Self {
        let clock = Clock::Region(context.default_zone());
        let mut pending = PendingStamp { stamp, clock, meaning: None, date: None, doubts: Vec::new() };
        let Some(zone) = stamp.zone else { return pending };
        match zone.kind {
            ZoneWords::Offset(offset) => pending.clock = Clock::Fixed(offset),
            ZoneWords::Unknown => pending.doubt(
                Code::ZoneUnknown,
                format!("no zone is called `{}`; the time is taken as that of {}", zone.words, context.default_zone()),
            ),
            ZoneWords::Named(meanings) => {
                let chosen = choose_meaning(meanings, others, context);
                let meaning = chosen.unwrap_or(meanings[0]);
                if chosen.is_none() {
                    let message = format!("`{}` has several meanings; that of {} is taken", zone.words, meaning.region);
                    pending.doubt(Code::ZoneAmbiguous, message);
                }
                pending.clock = meaning.clock();
                pending.meaning = Some(meaning);
            }
        }
        pending
    }

    /// The local time that the stamp's clock shows on a date.
    pub(super) fn local_on(&self, date: NaiveDate) -> LocalTime {
        self.clock.local_time(date.and_time(self.stamp.time))
    }

    /// The instant that the stamp would mean on a date.
    pub(super) fn instant_on(&self, date: NaiveDate) -> DateTime<Utc> {
        self.local_on(date).first().to_utc()
    }

    /// Whether the zone that the stamp names is in force on a date; one that names none is on every date.
    pub(super) fn is_in_force_on(&self, date: NaiveDate) -> bool {
        self.meaning.is_none_or(|meaning| meaning.region_at(self.instant_on(date)).is_some())
    }

    /// The last date before `date` on which the zone is in force, within a year.
    pub(super) fn last_in_force_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        date.iter_days().rev().skip(1).take(366).find(|&date| self.is_in_force_on(date))
    }

    /// The stamp's instant, if its date is known.
    pub(super) fn instant(&self) -> Option<DateTime<Utc>> {
        self.date.map(|date| self.instant_on(date))
    }

    pub(super) fn doubt(&mut self, code: Code, message: String) {
        self.doubts.push(TimeDoubt { code, message });
    }
}

/// The only meaning of a zone's name, or the one in the user's zone, or the one in a region that other stamps name.
fn choose_meaning(meanings: &[ZoneMeaning], others: &[Tz], context: &TimeContext) -> Option<ZoneMeaning> {
    let is_users = |meaning: &&ZoneMeaning| {
        context.user_zone.is_some_and(|zone| have_same_offsets(zone, meaning.region, context.now))
    };
    let is_named_elsewhere = |meaning: &&ZoneMeaning| others.contains(&meaning.region);
    match meanings {
        [one] => Some(*one),
        several => several.iter().find(is_users).or_else(|| several.iter().find(is_named_elsewhere)).copied(),
    }
}

/// Whether the clocks of two regions show the same now and half a year later: `Asia/Calcutta` is `Asia/Kolkata`.
fn have_same_offsets(one: Tz, other: Tz, now: DateTime<Utc>) -> bool {
    let offset = |zone, at| *Clock::Region(zone).at(at).offset();
    let later = now.checked_add_signed(TimeDelta::days(182));
    [Some(now), later].into_iter().flatten().all(|at| offset(one, at) == offset(other, at))
}
