//! Notes about what changed where the user says something new about a stored page.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::{Europe, Tz};
use liveblog::archive::{Correction, UserMetadata};
use liveblog::model::LiveBlog;
use liveblog::output::span;
use serde::Serialize;

use super::terminal::counted;

/// `renamed page to Blinken in Beijing`, and
/// `noyear: captured set to 20 June 2023; 20 entries moved from 19 June 2026 to 19 June 2023`.
pub fn notes(corrected: &Correction) -> Vec<String> {
    let Correction { page, renamed_from, new, read, .. } = corrected;
    let renamed = renamed_from.iter().map(|before| format!("renamed {before} to {page}"));
    let changed = read.last().map(|(_, after)| {
        let zone = after.zone.or(new.zone).unwrap_or(Europe::London);
        format!("{page}: {}; {}", describe_metadata(new, zone), describe_moves(read, zone))
    });
    renamed.chain(changed).collect()
}

/// `captured set to 20 June 2023; zone set to Europe/London`
fn describe_metadata(new: &UserMetadata, zone: Tz) -> String {
    let layout = new.layout.as_ref().and_then(json_name);
    let values = [
        ("captured", new.captured.map(|time| day_or_time(&time.with_timezone(&zone)))),
        ("url", new.url.clone()),
        ("zone", new.zone.map(|zone| zone.name().to_owned())),
        ("layout", layout),
    ];
    let set = values.into_iter().filter_map(|(name, value)| Some(format!("{name} set to {}", value?)));
    set.collect::<Vec<_>>().join("; ")
}

/// A day without a time was taken as its last second.
fn day_or_time(time: &DateTime<Tz>) -> String {
    let is_day = time.format("%H:%M:%S").to_string() == "23:59:59";
    time.format(if is_day { "%-d %B %Y" } else { "%-d %B %Y %H:%M %Z" }).to_string()
}

/// `20 entries moved from 19 June 2026 to 19 June 2023`
fn describe_moves(read: &[(LiveBlog, LiveBlog)], zone: Tz) -> String {
    if let Some((before, after)) = read.iter().find(|(before, after)| before.entries.len() != after.entries.len()) {
        return format!("{} instead of {}", counted(after.entries.len(), "entry", "entries"), before.entries.len());
    }
    // Most entries are in several captures.
    let mut moved = BTreeMap::new();
    for (before, after) in read.iter().flat_map(|(before, after)| before.entries.iter().zip(&after.entries)) {
        if before.published != after.published {
            moved.insert(&before.id, (before.published, after.published));
        }
    }
    let moved: Vec<_> = moved.into_values().collect();
    if moved.is_empty() {
        return "no entry moved".to_owned();
    }
    let from = range(moved.iter().filter_map(|(before, _)| *before));
    let to = range(moved.iter().filter_map(|(_, after)| *after));
    let times = |range: Range, text: fn(&DateTime<Tz>, &DateTime<Tz>) -> String| {
        range.map_or_else(
            || "no time".to_owned(),
            |(first, last)| text(&first.with_timezone(&zone), &last.with_timezone(&zone)),
        )
    };
    let moved = counted(moved.len(), "entry", "entries");
    // On the same days, only the time of day shows the move.
    let text = if times(from, days) == times(to, days) { span } else { days };
    format!("{moved} moved from {} to {}", times(from, text), times(to, text))
}

/// The first and the last time, if there is any.
type Range = Option<(DateTime<Utc>, DateTime<Utc>)>;

fn range(times: impl Iterator<Item = DateTime<Utc>> + Clone) -> Range {
    times.clone().min().zip(times.max())
}

/// `19 June 2023`, `19 June 2023 – 20 June 2023`
fn days(first: &DateTime<Tz>, last: &DateTime<Tz>) -> String {
    let [first, last] = [first, last].map(|time| time.format("%-d %B %Y").to_string());
    if first == last { first } else { format!("{first} – {last}") }
}

/// A layout's name, as in JSON.
fn json_name(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
