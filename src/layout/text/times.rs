//! The times of all entries, resolved together, because missing years and dates follow from the order.

use chrono::{Datelike, Offset, Timelike, Utc};
use chrono_tz::Tz;

use super::assemble::Draft;
use super::classify::Classified;
use super::cursor::Doubt;
use crate::input::Document;
use crate::layout::ParseOptions;
use crate::model::Code;
use crate::time::local::Clock;
use crate::time::resolve::{TimeContext, page_zone, resolve};
use crate::time::stamp::{PartialDate, Stamp};
use crate::time::years;
use crate::time::zone::{Zone, ZoneWords};

/// Resolves `published` and `modified` of all entries. Returns the page's zone and the doubts.
pub fn resolve_times(
    drafts: &mut [Draft],
    classified: &Classified,
    document: &Document,
    options: &ParseOptions,
) -> (Option<Tz>, Vec<Doubt>) {
    let context = TimeContext {
        publisher_zone: classified.publisher_zone,
        user_zone: options.zone,
        captured: document.captured.and_then(years::utc),
        modified: document.modified.and_then(years::utc),
        now: years::nearest(options.now),
    };
    let stamps: Vec<_> = drafts.iter().map(|draft| complete_stamp(draft, context.default_zone())).collect();
    let resolved = resolve(&stamps, &context);
    let zone = resolved.iter().any(Option::is_some).then(|| page_zone(&resolved, &context));
    let mut doubts = Vec::new();
    for (index, resolved) in resolved.into_iter().enumerate() {
        let (draft, line) = (&mut drafts[index], classified.starts[index]);
        let mut doubt = |code, message| doubts.push(Doubt { line, code, message });
        match resolved {
            Some(resolved) => {
                draft.entry.published = Some(resolved.local.with_timezone(&Utc));
                draft.entry.published_local = Some(resolved.local);
                resolved.doubts.into_iter().for_each(|about| doubt(about.code, about.message));
                if let Some(message) = disagreement(draft) {
                    doubt(Code::SourcesDisagree, message);
                }
            }
            None if stamps[index].is_some() => {
                doubt(Code::TimeUnread, years::outside(draft.entry.stamp.as_deref().unwrap_or("the time")));
            }
            None => {}
        }
    }
    resolve_modified(drafts, &context);
    (zone, doubts)
}

/// The stamp of an entry, with what it leaves out taken from the HTML's `datetime` attribute; without a stamp, the
/// attribute's time.
fn complete_stamp<'a>(draft: &Draft<'a>, zone: Tz) -> Option<Stamp<'a>> {
    let Some(at) = draft.datetime else { return draft.stamp };
    let local = Clock::Region(zone).at(at);
    let offset = Zone { words: "", kind: ZoneWords::Offset(local.offset().fix()) };
    let date = PartialDate { day: local.day(), month: local.month(), year: Some(local.year()) };
    let Some(stamp) = draft.stamp else {
        return Some(Stamp { time: local.time(), zone: Some(offset), date: Some(date) });
    };
    let same_minute = (stamp.time.hour(), stamp.time.minute()) == (local.hour(), local.minute());
    let zone = stamp.zone.or(same_minute.then_some(offset));
    let date = if stamp.date.is_some_and(|date| date.year.is_some()) { stamp.date } else { Some(date) };
    Some(Stamp { zone, date, ..stamp })
}

/// What is wrong if the visible stamp and the `datetime` attribute of the HTML are different times.
fn disagreement(draft: &Draft) -> Option<String> {
    let (published, attribute) = (draft.entry.published?, draft.datetime?);
    if (published - attribute).num_seconds().abs() < 60 {
        return None;
    }
    let [published, attribute] = [published, attribute].map(|at| at.format("%Y-%m-%dT%H:%MZ"));
    Some(format!("the stamp says {published}, the document's attribute {attribute}; the stamp is believed"))
}

/// `updated at 15:00` says less than the stamp before it: date and zone are those of `published`.
fn resolve_modified(drafts: &mut [Draft], context: &TimeContext) {
    for draft in drafts.iter_mut() {
        let Some(mut modified) = draft.modified else { continue };
        if let Some(stamp) = draft.stamp {
            modified.date = modified.date.or(stamp.date);
            modified.zone = modified.zone.or(stamp.zone);
        }
        let context = TimeContext { captured: context.captured.or(draft.entry.published), ..*context };
        let resolved = resolve(&[Some(modified)], &context).pop().flatten();
        draft.entry.modified = resolved.map(|resolved| resolved.local.with_timezone(&Utc));
    }
}
