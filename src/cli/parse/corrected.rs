//! What to say where the user said something new of a page that is stored.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::{Europe, Tz};
use liveblog::archive::{Corrected, Said};
use liveblog::model::LiveBlog;
use serde::Serialize;

use crate::cli::words::counted;

/// `renamed page to Blinken in Beijing`, and
/// `noyear: captured set to 20 June 2023; 20 entries moved from 19 June 2026 to 19 June 2023`.
pub fn notes(corrected: &Corrected) -> Vec<String> {
    let Corrected { page, renamed_from, new, read, .. } = corrected;
    let renamed = renamed_from.iter().map(|before| format!("renamed {before} to {page}"));
    let changed = read.as_ref().map(|(before, after)| {
        let zone = after.zone.or(new.zone).unwrap_or(Europe::London);
        format!("{page}: {}; {}", set(new, zone), moved(before, after, zone))
    });
    renamed.chain(changed).collect()
}

/// `captured set to 20 June 2023; zone set to Europe/London`
fn set(new: &Said, zone: Tz) -> String {
    let layout = new.layout.as_ref().and_then(word);
    let values = [
        ("captured", new.captured.map(|time| day_or_time(&time.with_timezone(&zone)))),
        ("url", new.url.clone()),
        ("zone", new.zone.map(|zone| zone.name().to_owned())),
        ("layout", layout),
    ];
    let set = values.into_iter().filter_map(|(name, value)| Some(format!("{name} set to {}", value?)));
    set.collect::<Vec<_>>().join("; ")
}

/// A day that the user gives is its last second.
fn day_or_time(time: &DateTime<Tz>) -> String {
    let is_day = time.format("%H:%M:%S").to_string() == "23:59:59";
    time.format(if is_day { "%-d %B %Y" } else { "%-d %B %Y %H:%M %Z" }).to_string()
}

/// `20 entries moved from 19 June 2026 to 19 June 2023`
fn moved(before: &LiveBlog, after: &LiveBlog, zone: Tz) -> String {
    let (count, count_before) = (after.entries.len(), before.entries.len());
    if count != count_before {
        return format!("{} instead of {count_before}", counted(count, "entry", "entries"));
    }
    let pairs = before.entries.iter().zip(&after.entries).map(|(before, after)| (before.published, after.published));
    let moved: Vec<_> = pairs.filter(|(before, after)| before != after).collect();
    if moved.is_empty() {
        return "no entry moved".to_owned();
    }
    let times = |side: fn(&(Option<DateTime<Utc>>, Option<DateTime<Utc>>)) -> Option<DateTime<Utc>>| {
        let times = || moved.iter().filter_map(side);
        times().min().zip(times().max())
    };
    let (from, to) = (times(|pair| pair.0), times(|pair| pair.1));
    let days = |span: Option<(DateTime<Utc>, DateTime<Utc>)>| between(span, zone, "%-d %B %Y");
    // On the same days, only the time of day says how far they moved.
    let (from, to) = if days(from) == days(to) {
        (between(from, zone, "%-d %B %Y %H:%M %Z"), between(to, zone, "%-d %B %Y %H:%M %Z"))
    } else {
        (days(from), days(to))
    };
    format!("{} moved from {from} to {to}", counted(moved.len(), "entry", "entries"))
}

fn between(span: Option<(DateTime<Utc>, DateTime<Utc>)>, zone: Tz, format: &str) -> String {
    let Some((first, last)) = span else { return "no time".to_owned() };
    let text = |time: DateTime<Utc>| zone.from_utc_datetime(&time.naive_utc()).format(format).to_string();
    let (first, last) = (text(first), text(last));
    if first == last { first } else { format!("{first} – {last}") }
}

/// A layout's name, as `--layout` takes it.
fn word(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
