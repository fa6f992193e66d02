//! The times of all entries, settled together, because years and dates hang on the order.

use chrono::{Datelike, Offset, Timelike, Utc};
use chrono_tz::Tz;

use super::assemble::Draft;
use super::cursor::Doubt;
use crate::input::Document;
use crate::layout::ParseOptions;
use crate::model::Code;
use crate::time::local::Clock;
use crate::time::resolve::{TimeContext, page_zone, resolve};
use crate::time::stamp::{PartialDate, Stamp};
use crate::time::years;
use crate::time::zone::{Zone, ZoneWords};

/// Settles `published` and `modified` of all entries, and gives the page's zone and the doubts.
///
/// `publisher_zone` is the zone in which pages of the layout tell the time; `starts` are the indexes of the entries' first lines.
pub fn settle(
    drafts: &mut [Draft],
    starts: &[usize],
    publisher_zone: Tz,
    document: &Document,
    options: &ParseOptions,
) -> (Option<Tz>, Vec<Doubt>) {
    let context = TimeContext {
        publisher_zone,
        user_zone: options.zone,
        captured: document.captured.and_then(years::utc),
        modified: document.modified.and_then(years::utc),
        now: years::nearest(options.now),
    };
    let stamps: Vec<_> = drafts.iter().map(|draft| completed(draft, context.default_zone())).collect();
    let resolved = resolve(&stamps, &context);
    let zone = resolved.iter().any(Option::is_some).then(|| page_zone(&resolved, &context));
    let mut doubts = Vec::new();
    let is_stamped: Vec<_> = stamps.iter().map(Option::is_some).collect();
    for (((draft, resolved), &line), is_stamped) in drafts.iter_mut().zip(resolved).zip(starts).zip(is_stamped) {
        let Some(resolved) = resolved else {
            if is_stamped {
                let message = years::outside(draft.entry.stamp.as_deref().unwrap_or("the time"));
                doubts.push(Doubt { line, code: Code::TimeUnread, message });
            }
            continue;
        };
        draft.entry.published = Some(resolved.local.with_timezone(&Utc));
        draft.entry.published_local = Some(resolved.local);
        let told = resolved.doubts.into_iter().map(|doubt| Doubt { line, code: doubt.code, message: doubt.message });
        doubts.extend(told);
        doubts.extend(disagreement(draft).map(|message| Doubt { line, code: Code::SourcesDisagree, message }));
    }
    settle_modified(drafts, &context);
    (zone, doubts)
}

/// What the stamp of an entry leaves out, if HTML tells it in an attribute; without a stamp, the time from there.
fn completed<'a>(draft: &Draft<'a>, zone: Tz) -> Option<Stamp<'a>> {
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

/// Where the stamp that a reader sees and the attribute of the HTML tell different times.
fn disagreement(draft: &Draft) -> Option<String> {
    let (published, at) = draft.entry.published.zip(draft.datetime)?;
    ((published - at).num_seconds().abs() >= 60).then(|| {
        let at = at.format("%Y-%m-%dT%H:%MZ");
        format!(
            "the stamp says {}, the document's attribute {at}; the stamp is believed",
            published.format("%Y-%m-%dT%H:%MZ")
        )
    })
}

/// `updated at 15:00` says less than the stamp before it: date and zone are those of `published`.
fn settle_modified(drafts: &mut [Draft], context: &TimeContext) {
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
