//! The years and dates that stamps leave out: they follow from the neighbouring stamps, or from when the page was saved.
//!
//! A zone that a stamp names rules out the dates on which it is not in force: of a page saved in December, `14:27 BST`
//! without a date is of the last day of the summer time before.
//!
//! A page saved on 2 January 2025 at 09:00, its newest entry first. Full stamps need nothing; then the years are filled
//! in, each nearest to the neighbour before it; then the dates, between the neighbours on both sides:
//!
//! ```text
//!     stamp on the page      years            dates
//!     00:40                  ·                2025-01-01    after 00:10 on 1 January
//!     00:10 1 January        2025-01-01       2025-01-01    the last 1 January before the capture
//!     23:50                  ·                2024-12-31    between 1 January 00:10 and 31 December 21:00
//!     21:00 31 December      2024-12-31       2024-12-31    the nearest before 1 January 2025
//! ```

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};

use super::TimeContext;
use super::pending::PendingStamp;
use crate::model::Code;

/// Whether a page runs from its newest entry to its oldest, as pages do unless most of their steps lead forward; a single
/// one may be an entry out of order.
pub(super) fn is_newest_first(stamps: &[PendingStamp]) -> bool {
    stamps.windows(2).map(|pair| step(&pair[0], &pair[1])).sum::<i64>() <= 1
}

/// Whether one stamp leads forward (1) or back (-1) to the next, by their days if both have one, else by their times
/// of day. Over New Year and midnight, the shorter way counts: from 00:10 to 23:50 is twenty minutes back.
fn step(from: &PendingStamp, to: &PendingStamp) -> i64 {
    const DAY: i64 = 24 * 60 * 60;
    // 2000 is a leap year, so it has every day that a stamp can name.
    let day = |pending: &PendingStamp| Some(i64::from(pending.stamp.date?.in_year(2000)?.ordinal0()));
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

/// Fills in the dates of stamps that run from the newest to the oldest: years before whole dates, because they help
/// with those.
pub(super) fn complete(stamps: &mut [PendingStamp], context: &TimeContext) {
    for pending in &mut *stamps {
        pending.date = pending.stamp.date.and_then(|date| date.in_year(date.year?));
    }
    fill(MissingPart::Year, stamps, context);
    fill(MissingPart::Date, stamps, context);
}

/// Fills in one kind of missing part, each next to the stamps that have their date already. Where there are none, the
/// newest stamp follows from when the page was saved, and the others follow it.
fn fill(missing: MissingPart, stamps: &mut [PendingStamp], context: &TimeContext) {
    if !stamps.iter().any(|pending| missing.is_in(pending)) {
        return;
    }
    let (saved, saved_basis) = context.saved();
    let none_has_a_date = stamps.iter().all(|pending| pending.date.is_none());
    let basis = if none_has_a_date { saved_basis } else { "the stamps around it" };
    // Full stamps are worth more than a capture date or a clock that they contradict.
    let is_believed = stamps.iter().filter_map(PendingStamp::instant).all(|at| at <= saved);
    let known =
        NeighbourTimes { newer: none_has_a_date.then_some(saved), older: None, saved: is_believed.then_some(saved) };

    let mut newer = known.newer;
    for (position, older) in next_older(stamps).into_iter().enumerate() {
        let pending = &mut stamps[position];
        if missing.is_in(pending) && newer.is_some() {
            missing.fill_in(pending, NeighbourTimes { newer, older, ..known }, basis);
        }
        newer = pending.instant().or(newer);
    }
    // Stamps above the first one with a date follow that one.
    let mut older = None;
    for pending in stamps.iter_mut().rev() {
        if missing.is_in(pending) && older.is_some() {
            missing.fill_in(pending, NeighbourTimes { older, ..known }, basis);
        }
        older = pending.instant().or(older);
    }
}

/// For each stamp, the next known instant behind it on the page.
fn next_older(stamps: &[PendingStamp]) -> Vec<Option<DateTime<Utc>>> {
    let mut all = vec![None; stamps.len()];
    for position in (1..stamps.len()).rev() {
        all[position - 1] = stamps[position].instant().or(all[position]);
    }
    all
}

/// What a missing part follows from.
#[derive(Clone, Copy)]
struct NeighbourTimes {
    /// The known instant before the stamp on the page.
    newer: Option<DateTime<Utc>>,
    /// The known instant behind it.
    older: Option<DateTime<Utc>>,
    /// When the page was saved: no stamp is later.
    saved: Option<DateTime<Utc>>,
}

/// What a stamp leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MissingPart {
    Year,
    Date,
}

impl MissingPart {
    fn is_in(self, pending: &PendingStamp) -> bool {
        pending.date.is_none()
            && match self {
                MissingPart::Year => pending.stamp.date.is_some_and(|date| date.year.is_none()),
                MissingPart::Date => pending.stamp.date.is_none(),
            }
    }

    fn fill_in(self, pending: &mut PendingStamp, neighbours: NeighbourTimes, basis: &str) {
        let Some(nearest) = self.nearest(pending, neighbours) else { return };
        let in_force = self.in_force(pending, nearest, neighbours);
        let date = in_force.unwrap_or(nearest);
        pending.date = Some(date);
        let basis = match (in_force, pending.stamp.zone) {
            (Some(_), Some(zone)) => &format!("{basis} and from `{}`, which was last in force on that day", zone.words),
            _ => basis,
        };
        match self {
            MissingPart::Year => {
                let message = format!("the stamp has no year; {} follows from {basis}", date.year());
                pending.doubt(Code::YearInferred, message);
            }
            MissingPart::Date => {
                let message = format!("the stamp has no date; {} follows from {basis}", date.format("%-d %B %Y"));
                pending.doubt(Code::DateInferred, message);
            }
        }
    }

    /// The date that is not after the page was saved, breaks the order least, and is nearest to its neighbour.
    fn nearest(self, pending: &PendingStamp, neighbours: NeighbourTimes) -> Option<NaiveDate> {
        let neighbour = neighbours.newer.or(neighbours.older)?;
        self.dates(pending, neighbour).into_iter().min_by_key(|&date| {
            let at = pending.instant_on(date);
            let is_after_saving = neighbours.saved.is_some_and(|saved| self.is_after(pending, date, saved));
            let beyond = |step: TimeDelta| (step - self.slack()).max(TimeDelta::zero());
            let too_late = neighbours.newer.map_or(TimeDelta::zero(), |newer| beyond(at - newer));
            let too_early = neighbours.older.map_or(TimeDelta::zero(), |older| beyond(older - at));
            // A zone that is named rules out the dates on which it is not in force.
            (is_after_saving, !pending.is_in_force_on(date), too_late + too_early, (at - neighbour).abs())
        })
    }

    /// The last day on which the stamp's zone is in force, where it is not on the nearest date and nothing but the date of
    /// saving decides, which knows nothing of the stamp.
    fn in_force(self, pending: &PendingStamp, nearest: NaiveDate, neighbours: NeighbourTimes) -> Option<NaiveDate> {
        let is_date_of_saving = neighbours.older.is_none() && neighbours.newer == neighbours.saved;
        if self == MissingPart::Year || !is_date_of_saving || pending.is_in_force_on(nearest) {
            return None;
        }
        pending.last_in_force_before(nearest)
    }

    /// The dates around an instant that a stamp can mean.
    fn dates(self, pending: &PendingStamp, near: DateTime<Utc>) -> Vec<NaiveDate> {
        let there = pending.clock.date_at(near);
        match (self, pending.stamp.date) {
            (MissingPart::Year, Some(date)) => {
                // Leap years are up to eight years apart.
                let reach = if date.in_year(there.year()).is_some() { 1 } else { 8 };
                (-reach..=reach).filter_map(|years| date.in_year(there.year() + years)).collect()
            }
            _ => [there.pred_opt(), Some(there), there.succ_opt()].into_iter().flatten().collect(),
        }
    }

    /// How far entries may be out of order. An entry pinned to the top of a page can be weeks old: that must not put all
    /// others a year back.
    fn slack(self) -> TimeDelta {
        match self {
            MissingPart::Year => TimeDelta::days(30),
            MissingPart::Date => TimeDelta::hours(1),
        }
    }

    /// Whether a date is after the page was saved. For a year, whole days count: a capture time that is some hours off is
    /// far more likely than a page that was saved a year later to the day.
    fn is_after(self, pending: &PendingStamp, date: NaiveDate, saved: DateTime<Utc>) -> bool {
        match self {
            MissingPart::Year => date > pending.clock.date_at(saved),
            // Clocks differ by seconds; that must not put a stamp a day back.
            MissingPart::Date => pending.instant_on(date) > saved + TimeDelta::minutes(1),
        }
    }
}
