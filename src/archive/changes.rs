//! What changed in a live blog from capture to capture: what `liveblog history` tells.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, Result};
use serde::Serialize;

use super::columns::Columns;
use super::difference::{Difference, differences};
use super::history::{Shown, gone};
use super::known::{Known, KnownCapture};
use super::{Archive, Error, pages};
use crate::model::Entry;

/// The captures of a live blog, and what each of them changed.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The live blog's name in the archive.
    pub page: String,
    /// Its headline.
    pub title: Option<String>,
    /// The zone in which it tells the time.
    pub zone: Option<Tz>,
    /// Its captures, in the order in which they were saved.
    pub steps: Vec<CaptureChanges>,
}

/// A capture, and what it shows to have changed since those before it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaptureChanges {
    /// When it was saved, UTC, if anybody said so.
    pub captured: Option<DateTime<Utc>>,
    /// When it was kept in the archive, UTC.
    pub kept: DateTime<Utc>,
    /// The file or record that it was read from.
    pub source: String,
    /// How many entries it shows.
    pub entries: usize,
    /// What changed, in the order of the page; nothing by the first capture, with which all begins.
    pub changes: Vec<Change>,
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it was.
    pub became: ChangeKind,
    /// When the capture was saved, or kept, that still showed it otherwise, UTC: the change fell between the two.
    pub since: DateTime<Utc>,
    /// The entry as it is told from then on; one that is gone, as it was told last.
    pub entry: Entry,
    /// How its words differ from those before.
    pub differences: Vec<Difference>,
}

/// What can become of an entry from one capture to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is new: it stands before all that was known, or where an earlier capture shows that nothing stood.
    Added,
    /// No capture had shown it, but none shows that it was not there: it stands on another part of the live blog.
    FirstSeen,
    /// It has other words.
    Edited,
    /// It is gone: the entries around it stand side by side.
    Removed,
    /// It was gone and is back, perhaps with other words.
    Restored,
}

impl Archive {
    /// What changed in a live blog, which is named as in [`page`](Self::page).
    ///
    /// ```no_run
    /// use liveblog::archive::{Archive, ChangeKind, Error};
    ///
    /// # fn removed(archive: &Archive) -> Result<(), Error> {
    /// for step in archive.history("flood")?.steps {
    ///     for change in step.changes.iter().filter(|change| change.became == ChangeKind::Removed) {
    ///         println!("{} {:?}", step.kept, change.entry.title);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If no live blog is named so, or several are, or the archive cannot be read.
    pub fn history(&self, name: &str) -> Result<History, Error> {
        let told = |error| self.told(error);
        let _snapshot = self.connection.unchecked_transaction().map_err(told)?;
        let pages = self.all_pages().map_err(told)?;
        let page = pages::named(&pages, name)?;
        self.history_of(page).map_err(told)
    }

    fn history_of(&self, page: &pages::Page) -> Result<History> {
        let sql = "SELECT title, newest_first FROM page WHERE id = ?";
        let (title, newest_first, unread) = self.connection.query_row(sql, [page.id], |row| {
            let mut columns = Columns::new(row);
            Ok((columns.text()?, columns.get::<bool>()?, columns.into_unread()))
        })?;
        self.unread.note(&page.name, None, unread);
        let known = Known::load(&self.connection, page.id)?;
        self.unread.extend(known.unread.iter().cloned());
        self.unread.note(&page.name, None, page.unread.clone());
        let mut steps = Vec::with_capacity(known.captures.len());
        for capture in &known.captures {
            let (step, unread) = step(&self.connection, capture)?;
            self.unread.note(&page.name, None, unread);
            steps.push(step);
        }
        let times: Vec<_> = steps.iter().map(|step| step.captured.unwrap_or(step.kept)).collect();
        let told = Tellings::of(&known);
        let captures: Vec<_> = known.captures.iter().map(|capture| told.only(&capture.shown)).collect();
        let places =
            known.entries.iter().map(|entry| (entry.id, if newest_first { entry.place } else { -entry.place }));
        for (at, event) in events(&captures, &places.collect()) {
            let Event { became, entry, since, version, before } = event;
            let differences = match before {
                Some(before) if before != version => differences(told.get(entry, before), told.get(entry, version)),
                _ => Vec::new(),
            };
            let entry = told.get(entry, version).clone();
            steps[at].changes.push(Change { became, since: times[since], entry, differences });
        }
        Ok(History { page: page.name.clone(), title, zone: page.zone, steps })
    }
}

/// A capture without its changes yet, and the columns that cannot be read.
fn step(db: &Connection, capture: &KnownCapture) -> Result<(CaptureChanges, Vec<String>)> {
    let mut told = db.prepare_cached("SELECT captured, kept, source FROM capture WHERE id = ?")?;
    told.query_row([capture.id], |row| {
        let mut columns = Columns::new(row);
        let (captured, kept) = (columns.instant()?, columns.instant()?.unwrap_or_default());
        let source = columns.text()?.unwrap_or_default();
        let step = CaptureChanges { captured, kept, source, entries: capture.shown.len(), changes: Vec::new() };
        Ok((step, columns.into_unread()))
    })
}

/// All wordings of all entries.
struct Tellings<'k>(HashMap<(i64, i64), &'k Entry>);

impl<'k> Tellings<'k> {
    fn of(known: &'k Known) -> Self {
        let now = known.entries.iter().map(|entry| ((entry.id, entry.version), &entry.entry));
        let others = known.versions.iter().map(|version| ((version.entry, version.version), &version.told));
        Self(now.chain(others).collect())
    }

    /// What a capture shows, as far as it is told: of a damaged archive, all that can be told is.
    fn only(&self, shown: &Shown) -> Shown {
        shown.iter().filter(|version| self.0.contains_key(version)).copied().collect()
    }

    /// The words of a version.
    fn get(&self, entry: i64, version: i64) -> &'k Entry {
        self.0[&(entry, version)]
    }
}

/// What became of an entry, by its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Event {
    became: ChangeKind,
    entry: i64,
    /// The index of the capture that still showed it otherwise.
    since: usize,
    version: i64,
    /// The version that it had before.
    before: Option<i64>,
}

/// What captures, in order of time, show to have changed, each with the index of the capture that shows it. `places`
/// orders all entries, the newest first.
fn events(captures: &[Shown], places: &HashMap<i64, i64>) -> Vec<(usize, Event)> {
    let mut events = Vec::new();
    // What is known of each entry: the capture that showed it last, and in which version.
    let mut seen: HashMap<i64, (usize, i64)> = HashMap::new();
    let mut removed: HashSet<i64> = HashSet::new();
    for (at, shown) in captures.iter().enumerate() {
        let (before, newest) = (&captures[..at], seen.keys().map(|entry| places[entry]).min());
        let mut now = Vec::new();
        for &(entry, version) in shown {
            match seen.get(&entry) {
                Some(&(since, before)) if removed.remove(&entry) => {
                    now.push(Event { became: ChangeKind::Restored, entry, since, version, before: Some(before) });
                }
                Some(&(since, before)) if before != version => {
                    now.push(Event { became: ChangeKind::Edited, entry, since, version, before: Some(before) });
                }
                None if at > 0 => {
                    let place = places[&entry];
                    let is_new = newest.is_some_and(|newest| place < newest) || shows_gap(before, places, place);
                    let became = if is_new { ChangeKind::Added } else { ChangeKind::FirstSeen };
                    now.push(Event { became, entry, since: at - 1, version, before: None });
                }
                _ => {}
            }
        }
        for entry in gone(before, shown) {
            if let Some(&(since, version)) = seen.get(&entry).filter(|_| removed.insert(entry)) {
                now.push(Event { became: ChangeKind::Removed, entry, since, version, before: Some(version) });
            }
        }
        now.sort_by_key(|event| places[&event.entry]);
        events.extend(now.into_iter().map(|event| (at, event)));
        seen.extend(shown.iter().map(|&(entry, version)| (entry, (at, version))));
    }
    events
}

/// Whether one of the captures shows that nothing stood at a place: what is above it and below it, side by side.
fn shows_gap(captures: &[Shown], places: &HashMap<i64, i64>, place: i64) -> bool {
    let side_by_side = |two: &[(i64, i64)]| places[&two[0].0] < place && place < places[&two[1].0];
    captures.iter().any(|shown| shown.windows(2).any(side_by_side))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What captures change, each entry by its place, `7` or `7b` in a second version: `2 removed 7`.
    fn told(captures: &[&[&str]]) -> Vec<String> {
        let shown = |entry: &&str| {
            let version = entry.find(|c: char| c.is_ascii_lowercase()).map_or("a", |at| &entry[at..]);
            (entry.trim_end_matches(version).parse().unwrap(), i64::from(version.as_bytes()[0] - b'a'))
        };
        let captures: Vec<Shown> = captures.iter().map(|entries| entries.iter().map(shown).collect()).collect();
        let places = captures.iter().flatten().map(|(entry, _)| (*entry, *entry)).collect();
        let word = |became| serde_json::to_string(&became).unwrap().replace('"', "");
        let line = |(at, Event { became, entry, since, .. })| format!("{since}-{at} {} {entry}", word(became));
        events(&captures, &places).into_iter().map(line).collect()
    }

    #[test]
    fn the_first_capture_changes_nothing() {
        assert_eq!(told(&[&["1", "2"]]), [] as [&str; 0]);
        assert_eq!(told(&[&["1", "2"], &["1", "2"]]), [] as [&str; 0]);
    }

    #[test]
    fn what_stands_before_all_that_was_known_is_added() {
        assert_eq!(told(&[&["3", "4"], &["1", "2", "3"]]), ["0-1 added 1", "0-1 added 2"]);
    }

    #[test]
    fn what_stands_where_nothing_stood_is_added() {
        assert_eq!(told(&[&["1", "3"], &["1", "2", "3"]]), ["0-1 added 2"]);
    }

    #[test]
    fn another_part_of_the_live_blog_is_seen_for_the_first_time() {
        assert_eq!(told(&[&["1", "2"], &["3", "4"]]), ["0-1 first-seen 3", "0-1 first-seen 4"]);
    }

    #[test]
    fn an_edit_is_told_since_the_capture_that_showed_the_entry_last() {
        assert_eq!(told(&[&["1", "2"], &["4", "5"], &["1", "2b"]])[2..], ["0-2 edited 2"]);
    }

    #[test]
    fn a_removal_is_told_once_and_so_is_a_return() {
        let captures: [&[&str]; 5] = [&["1", "2", "3"], &["1", "3"], &["1", "3"], &["1", "2b", "3"], &["1", "3"]];
        assert_eq!(told(&captures), ["0-1 removed 2", "0-3 restored 2", "3-4 removed 2"]);
    }
}
