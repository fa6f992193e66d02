//! The times of all entries, settled together, because years and dates hang on the order.

use chrono::Utc;
use chrono_tz::Tz;

use super::Options;
use super::assemble::Draft;
use super::cursor::Doubt;
use crate::input::Document;
use crate::time::resolve::{Context, page_zone, resolve};

/// Settles `published` and `modified` of all entries, and gives the page's zone and the doubts.
///
/// `home` is the zone in which pages of the layout tell the time; `starts` are the indexes of the entries' first lines.
pub fn settle(
    drafts: &mut [Draft],
    starts: &[usize],
    home: Tz,
    document: &Document,
    options: &Options,
) -> (Option<Tz>, Vec<Doubt>) {
    let context = Context {
        zone: home,
        given: options.zone,
        captured: document.captured,
        modified: document.modified,
        now: options.now,
    };
    let stamps: Vec<_> = drafts.iter().map(|draft| draft.stamp).collect();
    let resolved = resolve(&stamps, &context);
    let zone = resolved.iter().any(Option::is_some).then(|| page_zone(&resolved, &context));
    let mut doubts = Vec::new();
    for ((draft, resolved), &line) in drafts.iter_mut().zip(resolved).zip(starts) {
        let Some(resolved) = resolved else { continue };
        draft.entry.published = Some(resolved.local.with_timezone(&Utc));
        draft.entry.published_local = Some(resolved.local);
        let told = resolved.doubts.into_iter().map(|doubt| Doubt { line, code: doubt.code, message: doubt.message });
        doubts.extend(told);
    }
    settle_modified(drafts, &context);
    (zone, doubts)
}

/// `updated at 15:00` says less than the stamp before it: date and zone are those of `published`.
fn settle_modified(drafts: &mut [Draft], context: &Context) {
    for draft in drafts.iter_mut() {
        let Some(mut modified) = draft.modified else { continue };
        if let Some(stamp) = draft.stamp {
            modified.date = modified.date.or(stamp.date);
            modified.zone = modified.zone.or(stamp.zone);
        }
        let context = Context { captured: context.captured.or(draft.entry.published), ..*context };
        let resolved = resolve(&[Some(modified)], &context).pop().flatten();
        draft.entry.modified = resolved.map(|resolved| resolved.local.with_timezone(&Utc));
    }
}
