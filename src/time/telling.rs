//! What one stamp tells, while it is being settled: by which clock, on which date, and with which doubts.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::calendar::{Clock, Shown};
use super::resolve::{Context, Doubt};
use super::stamp::Stamp;
use super::zone::{Meaning, Sense};
use crate::model::Code;

/// A stamp with what is settled of it.
pub(super) struct Telling<'a> {
    pub(super) stamp: &'a Stamp<'a>,
    /// The clock that it was read from.
    pub(super) clock: Clock,
    /// What the name of its zone means, if it names one.
    pub(super) meaning: Option<Meaning>,
    /// Its date, as far as it is settled.
    pub(super) date: Option<NaiveDate>,
    pub(super) doubts: Vec<Doubt>,
}

impl<'a> Telling<'a> {
    /// Settles the zone of a stamp; `others` are the regions of the page's other stamps.
    pub(super) fn new(stamp: &'a Stamp<'a>, others: &[Tz], context: &Context) -> Self {
        let mut telling =
            Telling { stamp, clock: Clock::Of(context.own_zone()), meaning: None, date: None, doubts: Vec::new() };
        let Some(zone) = stamp.zone else { return telling };
        match zone.sense {
            Sense::Offset(offset) => telling.clock = Clock::Fixed(offset),
            Sense::Unknown => telling.doubt(
                Code::ZoneUnknown,
                format!("no zone is called `{}`; the time is taken as that of {}", zone.words, context.own_zone()),
            ),
            Sense::Named(meanings) => {
                let settled = settled(meanings, others, context);
                let meaning = settled.unwrap_or(meanings[0]);
                if settled.is_none() {
                    let message = format!("`{}` has several meanings; that of {} is taken", zone.words, meaning.region);
                    telling.doubt(Code::ZoneAmbiguous, message);
                }
                telling.clock = meaning.clock();
                telling.meaning = Some(meaning);
            }
        }
        telling
    }

    /// When the stamp's clock shows its time on a date.
    pub(super) fn shown_on(&self, date: NaiveDate) -> Shown {
        self.clock.shown(date.and_time(self.stamp.time))
    }

    /// The instant that the stamp would mean on a date.
    pub(super) fn instant_on(&self, date: NaiveDate) -> DateTime<Utc> {
        self.shown_on(date).first().to_utc()
    }

    /// The stamp's instant, if its date is settled.
    pub(super) fn instant(&self) -> Option<DateTime<Utc>> {
        self.date.map(|date| self.instant_on(date))
    }

    pub(super) fn doubt(&mut self, code: Code, message: String) {
        self.doubts.push(Doubt { code, message });
    }
}

/// The one meaning of a name, or that which the user's zone or the page's other stamps tell.
fn settled(meanings: &[Meaning], others: &[Tz], context: &Context) -> Option<Meaning> {
    let given = |meaning: &&Meaning| context.given.is_some_and(|given| alike(given, meaning.region, context.now));
    let beside = |meaning: &&Meaning| others.contains(&meaning.region);
    match meanings {
        [one] => Some(*one),
        several => several.iter().find(given).or_else(|| several.iter().find(beside)).copied(),
    }
}

/// Whether the clocks of two regions show the same now and half a year later: `Asia/Calcutta` is `Asia/Kolkata`.
fn alike(one: Tz, other: Tz, now: DateTime<Utc>) -> bool {
    let offset = |zone, at| *Clock::Of(zone).at(at).offset();
    [now, now + TimeDelta::days(182)].iter().all(|&at| offset(one, at) == offset(other, at))
}
