//! The dates that stamps leave out: they follow from the stamps around, else from when the page was saved.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

use super::resolve::Context;
use super::telling::Telling;
use crate::model::Code;

/// Whether a page runs from its newest entry to its oldest, as pages do unless most of their steps lead forward; a single
/// one may be an entry out of order.
pub(super) fn is_newest_first(tellings: &[Telling]) -> bool {
    tellings.windows(2).map(|pair| step(&pair[0], &pair[1])).sum::<i64>() <= 1
}

/// Whether one stamp leads forward (1) or back (-1) to the next, by their days if both have one, else by their times
/// of day. Over New Year and midnight, the shorter way counts: from 00:10 to 23:50 is twenty minutes back.
fn step(from: &Telling, to: &Telling) -> i64 {
    const DAY: i64 = 24 * 60 * 60;
    // 2000 is a leap year, so that it holds every day that a stamp can name.
    let day = |telling: &Telling| Some(i64::from(telling.stamp.date?.in_year(2000)?.ordinal0()));
    let time =
        i64::from(to.stamp.time.num_seconds_from_midnight()) - i64::from(from.stamp.time.num_seconds_from_midnight());
    let (forward, round) = match (day(from), day(to)) {
        (Some(from), Some(to)) => ((to - from) * DAY + time, 366 * DAY),
        _ => (time, DAY),
    };
    match forward.rem_euclid(round) {
        0 => 0,
        short if short < round / 2 => 1,
        _ => -1,
    }
}

/// What a stamp leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Year,
    Date,
}

/// Settles the dates of tellings that run from the newest to the oldest: those that lack their year before those that
/// lack the date, because they help those.
pub(super) fn settle(tellings: &mut [Telling], context: &Context) {
    for telling in &mut *tellings {
        telling.date = telling.stamp.date.and_then(|date| date.in_year(date.year?));
    }
    fill(Gap::Year, tellings, context);
    fill(Gap::Date, tellings, context);
}

/// Fills one kind of gap, each next to the stamps that are settled already. Where there are none, the newest stamp
/// follows from when the page was saved, and the others follow it.
fn fill(gap: Gap, tellings: &mut [Telling], context: &Context) {
    if !tellings.iter().any(|telling| gap.is_in(telling)) {
        return;
    }
    let (saved, of_saved) = context.saved();
    let is_alone = tellings.iter().all(|telling| telling.date.is_none());
    let basis = if is_alone { of_saved } else { "the stamps around it" };
    // Full stamps are worth more than a capture date or a clock that they contradict.
    let is_believed = tellings.iter().filter_map(Telling::instant).all(|at| at <= saved);
    let around = Around { newer: is_alone.then_some(saved), older: None, saved: is_believed.then_some(saved) };

    let mut newer = around.newer;
    for (place, older) in next_older(tellings).into_iter().enumerate() {
        let telling = &mut tellings[place];
        if gap.is_in(telling) && newer.is_some() {
            gap.fill(telling, Around { newer, older, ..around }, basis);
        }
        newer = telling.instant().or(newer);
    }
    // What stands above the first settled stamp follows that one.
    let mut older = None;
    for telling in tellings.iter_mut().rev() {
        if gap.is_in(telling) && older.is_some() {
            gap.fill(telling, Around { older, ..around }, basis);
        }
        older = telling.instant().or(older);
    }
}

/// The next settled instant behind each telling.
fn next_older(tellings: &[Telling]) -> Vec<Option<DateTime<Utc>>> {
    let mut all = vec![None; tellings.len()];
    for place in (1..tellings.len()).rev() {
        all[place - 1] = tellings[place].instant().or(all[place]);
    }
    all
}

/// What a gap is filled by.
#[derive(Clone, Copy)]
struct Around {
    /// The settled instant before the stamp on the page.
    newer: Option<DateTime<Utc>>,
    /// The settled instant behind it.
    older: Option<DateTime<Utc>>,
    /// When the page was saved: no stamp is later.
    saved: Option<DateTime<Utc>>,
}

impl Gap {
    fn is_in(self, telling: &Telling) -> bool {
        telling.date.is_none()
            && match self {
                Gap::Year => telling.stamp.date.is_some_and(|date| date.year.is_none()),
                Gap::Date => telling.stamp.date.is_none(),
            }
    }

    fn fill(self, telling: &mut Telling, around: Around, basis: &str) {
        let Some(date) = self.nearest(telling, around) else { return };
        telling.date = Some(date);
        match self {
            Gap::Year => {
                let message = format!("the stamp has no year; {} follows from {basis}", date.year());
                telling.doubt(Code::YearInferred, message);
            }
            Gap::Date => {
                let message = format!("the stamp has no date; {} follows from {basis}", date.format("%-d %B %Y"));
                telling.doubt(Code::DateInferred, message);
            }
        }
    }

    /// The date that is not after the page was saved, breaks the order least, and is nearest to its neighbour.
    fn nearest(self, telling: &Telling, around: Around) -> Option<NaiveDate> {
        let neighbour = around.newer.or(around.older)?;
        self.dates(telling, neighbour).into_iter().min_by_key(|&date| {
            let at = telling.instant_on(date);
            let unsaved = around.saved.is_some_and(|saved| self.is_after(telling, date, saved));
            let beyond = |step: TimeDelta| (step - self.slack()).max(TimeDelta::zero());
            let too_late = around.newer.map_or(TimeDelta::zero(), |newer| beyond(at - newer));
            let too_early = around.older.map_or(TimeDelta::zero(), |older| beyond(older - at));
            (unsaved, too_late + too_early, (at - neighbour).abs())
        })
    }

    /// The dates around an instant that a telling can mean.
    fn dates(self, telling: &Telling, near: DateTime<Utc>) -> Vec<NaiveDate> {
        let there = telling.clock.date_at(near);
        match (self, telling.stamp.date) {
            (Gap::Year, Some(date)) => {
                // Leap years are up to eight years apart.
                let reach = if date.in_year(there.year()).is_some() { 1 } else { 8 };
                (-reach..=reach).filter_map(|years| date.in_year(there.year() + years)).collect()
            }
            _ => [there.pred_opt(), Some(there), there.succ_opt()].into_iter().flatten().collect(),
        }
    }

    /// How far entries stand out of order. An entry pinned to the top of a page can be weeks old: that must not put all
    /// others a year back.
    fn slack(self) -> TimeDelta {
        match self {
            Gap::Year => TimeDelta::days(30),
            Gap::Date => TimeDelta::hours(1),
        }
    }

    /// Whether a date is after the page was saved. Where it is the year that is sought, whole days count: a time of capture
    /// that is some hours off is far more likely than a page that was saved a year later to the day.
    fn is_after(self, telling: &Telling, date: NaiveDate, saved: DateTime<Utc>) -> bool {
        match self {
            Gap::Year => date > telling.clock.date_at(saved),
            // Clocks differ by seconds; that must not put a stamp a day back.
            Gap::Date => telling.instant_on(date) > saved + TimeDelta::minutes(1),
        }
    }
}
