//! What every format for reading says of a change: its word, its time, its entry.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use liveblog::archive::{CaptureChanges, ChangeKind};
use liveblog::model::Entry;
use liveblog::output::{in_zone, span};

/// The word for a kind of change.
pub fn word(became: ChangeKind) -> &'static str {
    match became {
        ChangeKind::Added => "added",
        ChangeKind::FirstSeen => "first seen",
        ChangeKind::Edited => "edited",
        ChangeKind::Removed => "removed",
        ChangeKind::Restored => "restored",
    }
}

/// `captured 19 June 2023 14:27 BST`, or when it was kept.
pub fn capture_time(step: &CaptureChanges, zone: Option<Tz>) -> String {
    match step.captured {
        Some(captured) => format!("captured {}", moment(captured, zone)),
        None => format!("kept {}", moment(step.kept, zone)),
    }
}

/// The file or record that a capture was read from.
pub fn source(step: &CaptureChanges) -> &str {
    if step.source == "-" { "standard input" } else { &step.source }
}

/// How many words name an entry without a title.
const FIRST_WORDS: usize = 12;

/// The title of an entry, else the beginning of its text.
pub fn entry_name(entry: &Entry) -> String {
    if let Some(title) = &entry.title {
        return title.clone();
    }
    let text = entry.text();
    let mut words = text.split_whitespace();
    let first: Vec<_> = words.by_ref().take(FIRST_WORDS).collect();
    first.join(" ") + if words.next().is_some() { " …" } else { "" }
}

/// A time in the zone of its live blog.
pub fn local_time(time: DateTime<Utc>, zone: Option<Tz>, format: &str) -> String {
    in_zone(time, zone.unwrap_or(Tz::UTC)).format(format).to_string()
}

/// `19 June 2023 14:27 BST`
fn moment(time: DateTime<Utc>, zone: Option<Tz>) -> String {
    match zone {
        Some(zone) => span(&in_zone(time, zone), &in_zone(time, zone)),
        None => span::<Utc>(&time, &time),
    }
}
