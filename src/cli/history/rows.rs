//! Changes as rows: of JSON, and of a table.

use chrono::{DateTime, SecondsFormat, Utc};
use liveblog::archive::{CaptureChanges, Change, ChangeKind, Difference, History};
use liveblog::model::Entry;
use serde::Serialize;

/// A change as a row of JSON.
#[derive(Serialize)]
pub struct ChangeRow<'h> {
    page: &'h str,
    page_title: Option<&'h str>,
    capture: usize,
    source: &'h str,
    captured: Option<DateTime<Utc>>,
    kept: DateTime<Utc>,
    since: DateTime<Utc>,
    change: ChangeKind,
    differences: &'h [Difference],
    entry: &'h Entry,
}

/// All changes, live blog by live blog, capture by capture.
pub fn rows(histories: &[History]) -> impl Iterator<Item = ChangeRow<'_>> {
    changes(histories).map(|(history, step, change)| ChangeRow {
        page: &history.page,
        page_title: history.title.as_deref(),
        capture: step.number,
        source: &step.source,
        captured: step.captured,
        kept: step.kept,
        since: change.since,
        change: change.became,
        differences: &change.differences,
        entry: &change.entry,
    })
}

/// A change as rows of a table: one for each field that differs, or one alone.
#[derive(Serialize)]
pub struct TableRow<'h> {
    page: &'h str,
    page_title: Option<&'h str>,
    capture: usize,
    captured: Option<String>,
    kept: String,
    since: String,
    change: ChangeKind,
    id: &'h str,
    published: Option<String>,
    title: Option<&'h str>,
    author: Option<&'h str>,
    field: Option<&'h str>,
    before: Option<&'h str>,
    after: Option<&'h str>,
}

/// All changes as rows of a table.
pub fn table_rows(histories: &[History]) -> Vec<TableRow<'_>> {
    let mut rows = Vec::new();
    for (history, step, change) in changes(histories) {
        match change.differences.as_slice() {
            [] => rows.push(table_row(history, step, change, None)),
            differences => rows.extend(differences.iter().map(|part| table_row(history, step, change, Some(part)))),
        }
    }
    rows
}

fn table_row<'h>(
    history: &'h History,
    step: &CaptureChanges,
    change: &'h Change,
    difference: Option<&'h Difference>,
) -> TableRow<'h> {
    let entry = &change.entry;
    TableRow {
        page: &history.page,
        page_title: history.title.as_deref(),
        capture: step.number,
        captured: step.captured.map(rfc3339),
        kept: rfc3339(step.kept),
        since: rfc3339(change.since),
        change: change.became,
        id: &entry.id,
        published: entry.published.map(rfc3339),
        title: entry.title.as_deref(),
        author: entry.author.as_deref(),
        field: difference.map(|difference| difference.field),
        before: difference.map(|difference| difference.before.as_str()),
        after: difference.map(|difference| difference.after.as_str()),
    }
}

fn changes(histories: &[History]) -> impl Iterator<Item = (&History, &CaptureChanges, &Change)> {
    histories.iter().flat_map(|history| {
        history.steps.iter().flat_map(move |step| step.changes.iter().map(move |change| (history, step, change)))
    })
}

fn rfc3339(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
