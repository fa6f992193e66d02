//! What changed in a live blog from capture to capture, and which entries were removed.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, Result};
use serde::Serialize;

use super::columns::Columns;
use super::difference::{Difference, differences};
use super::pages::PageKey;
use super::stored_page::{CaptureRow, Shown, StoredPage};
use super::{Archive, Error, pages};
use crate::model::Entry;
use crate::query::{Condition, Query};

/// The captures of a live blog, and what each of them changed.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The live blog's name in the archive.
    pub page: String,
    /// Its headline.
    pub title: Option<String>,
    /// The zone of the times on its page.
    pub zone: Option<Tz>,
    /// How many captures it has.
    pub captures: usize,
    /// Its captures, in the order in which they were saved.
    pub steps: Vec<CaptureChanges>,
}

/// A capture, and what it shows to have changed since those before it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaptureChanges {
    /// Its number, from 1, in the order in which captures were saved.
    pub number: usize,
    /// When it was saved, UTC, if anybody said so.
    pub captured: Option<DateTime<Utc>>,
    /// When it was stored in the archive, UTC.
    pub kept: DateTime<Utc>,
    /// The file or record that it was read from.
    pub source: String,
    /// How many entries it shows.
    pub entries: usize,
    /// What changed, in the order of the page; empty for the first capture.
    pub changes: Vec<Change>,
}

/// A change of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Which kind of change it is.
    pub became: ChangeKind,
    /// When the last capture before the change was saved, or stored, UTC: the change was made between the two.
    pub since: DateTime<Utc>,
    /// The entry from then on; of a removed entry, its last version.
    pub entry: Entry,
    /// How its words differ from those before.
    pub differences: Vec<Difference>,
}

/// How an entry can change from one capture to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is new: it is above all known entries, or where an earlier capture shows that there was none.
    Added,
    /// No earlier capture shows it, but none shows that it was not there: it is on another part of the live blog.
    FirstSeen,
    /// It has other words.
    Edited,
    /// It is gone: the entries around it are adjacent now.
    Removed,
    /// It was gone and is back, perhaps with other words.
    Restored,
}

impl Archive {
    /// Returns what changed in a live blog from capture to capture. It is named as in [`page`](Self::page).
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # for (hour, word) in [(12, "shut"), (13, "open")] {
    /// #     let page = format!("Flood gatepublished at 12:00 GMT 20 June 2023\n\nThe gate is {word}.\n");
    /// #     let document = Document::from_text("flood.txt", &page);
    /// #     let now = format!("2023-06-20T{hour}:30:00Z").parse()?;
    /// #     archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// # }
    /// use liveblog::archive::ChangeKind;
    ///
    /// let history = archive.history("flood")?;
    /// let change = &history.steps[1].changes[0];
    /// assert_eq!(change.became, ChangeKind::Edited);
    /// assert_eq!(change.differences[0].field, "text");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If no live blog has that name, or several match, or the archive cannot be read.
    pub fn history(&self, name: &str) -> Result<History, Error> {
        let to_error = |error| self.to_error(error);
        let _snapshot = self.connection.unchecked_transaction().map_err(to_error)?;
        let pages = self.all_pages().map_err(to_error)?;
        let page = pages::find_page(&pages, name)?;
        self.page_history(page).map_err(to_error)
    }

    fn page_history(&self, page: &PageKey) -> Result<History> {
        let sql = "SELECT title, newest_first FROM page WHERE id = ?";
        let (title, newest_first, unread) = self.connection.query_row(sql, [page.id], |row| {
            let mut columns = Columns::new(row);
            Ok((columns.text()?, columns.get::<bool>()?, columns.into_unread()))
        })?;
        self.unread.add(&page.name, None, unread);
        let stored_page = StoredPage::load(&self.connection, page.id)?;
        self.unread.extend(stored_page.unread.iter().cloned());
        self.unread.add(&page.name, None, page.unread.clone());
        let mut steps = Vec::with_capacity(stored_page.captures.len());
        for (number, capture) in (1..).zip(&stored_page.captures) {
            let (step, unread) = read_step(&self.connection, number, capture)?;
            self.unread.add(&page.name, None, unread);
            steps.push(step);
        }
        let times: Vec<_> = steps.iter().map(CaptureChanges::time).collect();
        let versions = stored_page.all_versions();
        // Of a damaged archive, some versions may be missing.
        let stored = |shown: &Shown| shown.iter().filter(|version| versions.contains_key(version)).copied().collect();
        let captures: Vec<Shown> = stored_page.captures.iter().map(|capture| stored(&capture.shown)).collect();
        let places =
            stored_page.entries.iter().map(|entry| (entry.id, if newest_first { entry.place } else { -entry.place }));
        for (at, event) in events(&captures, &places.collect()) {
            let Event { became, entry, since, version, before } = event;
            let (_, after) = versions[&(entry, version)];
            let differences = match before {
                Some(before) if before != version => differences(versions[&(entry, before)].1, after),
                _ => Vec::new(),
            };
            steps[at].changes.push(Change { became, since: times[since], entry: after.clone(), differences });
        }
        Ok(History { page: page.name.clone(), title, zone: page.zone, captures: steps.len(), steps })
    }
}

impl History {
    /// Keeps what a query asks for: captures up to [`Query::at`], and of their changes those that were seen in its time, of
    /// entries that match its conditions, as they are or as they were before.
    pub fn retain(&mut self, query: &Query) {
        let Some((first, last)) =
            self.steps.first().zip(self.steps.last()).map(|(one, other)| (one.time(), other.time()))
        else {
            return;
        };
        if let Some(at) = query.snapshot_time(self.zone, (first, last)) {
            self.steps.retain(|step| step.time() <= at);
        }
        let bounds = query.prepare().on_page(&self.page, self.zone, Some(last)).bounds;
        for step in &mut self.steps {
            let is_in_time = bounds.is_none_or(|bounds| bounds.contains(step.time()));
            step.changes
                .retain(|change| is_in_time && query.conditions.iter().all(|condition| change.matches(condition)));
        }
    }
}

impl CaptureChanges {
    /// When it was saved, UTC; when it was stored, where nobody said when it was saved.
    pub fn time(&self) -> DateTime<Utc> {
        self.captured.unwrap_or(self.kept)
    }
}

impl Change {
    /// Whether a condition is true of the entry, or was before.
    fn matches(&self, condition: &Condition) -> bool {
        let was = || match condition {
            Condition::Matches(patterns) => {
                let read = ["title", "subtitle", "text"];
                let mut before = self.differences.iter().filter(|part| read.contains(&part.field));
                before.any(|part| patterns.iter().any(|pattern| pattern.is_match(&part.before)))
            }
            Condition::Contains(field, needles) => {
                let before = self.differences.iter().filter(|part| part.field == field.name());
                before.into_iter().any(|part| needles.occur_in(&part.before))
            }
            _ => false,
        };
        condition.matches(&self.entry) || was()
    }
}

/// Reads a capture, without its changes, and the columns that cannot be read.
fn read_step(db: &Connection, number: usize, capture: &CaptureRow) -> Result<(CaptureChanges, Vec<String>)> {
    let mut capture_row = db.prepare_cached("SELECT captured, kept, source FROM capture WHERE id = ?")?;
    capture_row.query_row([capture.id], |row| {
        let mut columns = Columns::new(row);
        let (captured, kept) = (columns.instant()?, columns.instant()?.unwrap_or_default());
        let source = columns.text()?.unwrap_or_default();
        let entries = capture.shown.len();
        let step = CaptureChanges { number, captured, kept, source, entries, changes: Vec::new() };
        Ok((step, columns.into_unread()))
    })
}

/// A change of an entry, by its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Event {
    became: ChangeKind,
    entry: i64,
    /// The index of the last capture before the change.
    since: usize,
    version: i64,
    /// The version that it had before.
    before: Option<i64>,
}

/// The changes that captures, in order of time, show, each with the index of the capture that shows it. `places` orders
/// all entries, the newest first.
fn events(captures: &[Shown], places: &HashMap<i64, i64>) -> Vec<(usize, Event)> {
    let mut events = Vec::new();
    // The capture that showed an entry last, and in which version.
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

/// Whether one of the captures shows that there was no entry at a place: it has adjacent entries above and below it.
fn shows_gap(captures: &[Shown], places: &HashMap<i64, i64>, place: i64) -> bool {
    let side_by_side = |two: &[(i64, i64)]| places[&two[0].0] < place && place < places[&two[1].0];
    captures.iter().any(|shown| shown.windows(2).any(side_by_side))
}

/// The entries that `now` shows to be gone, given the captures before it, in order of time.
///
/// A capture shows a part of a live blog, so that an entry it lacks need not be gone. It is gone if the entries around
/// it, on the last page that had it, are adjacent now.
pub(super) fn gone(before: &[Shown], now: &Shown) -> Vec<i64> {
    let places: HashMap<i64, usize> = now.iter().enumerate().map(|(place, (entry, _))| (*entry, place)).collect();
    let mut seen_since: HashSet<i64> = places.keys().copied().collect();
    let mut gone = Vec::new();
    for page in before.iter().rev() {
        gone.extend(between_neighbours(page, &places).filter(|entry| !seen_since.contains(entry)));
        seen_since.extend(page.iter().map(|(entry, _)| entry));
    }
    gone
}

/// The entries that are gone after all captures, which are in order of time, each with the index of the first that no
/// longer had it. One that a later capture has again is back.
pub(super) fn removed(captures: &[Shown]) -> HashMap<i64, usize> {
    let mut removed = HashMap::new();
    for (index, now) in captures.iter().enumerate() {
        for entry in gone(&captures[..index], now) {
            removed.entry(entry).or_insert(index);
        }
        for (entry, _) in now {
            removed.remove(entry);
        }
    }
    removed
}

/// The entries of a page between two that are now adjacent, at `places`.
fn between_neighbours(page: &Shown, places: &HashMap<i64, usize>) -> impl Iterator<Item = i64> {
    let place = |(at, (entry, _)): (usize, &(i64, i64))| Some((at, *places.get(entry)?));
    let still: Vec<_> = page.iter().enumerate().filter_map(place).collect();
    let side_by_side = |two: &[(usize, usize)]| (two[0].1 + 1 == two[1].1).then_some(two[0].0 + 1..two[1].0);
    let runs: Vec<_> = still.windows(2).filter_map(side_by_side).collect();
    runs.into_iter().flatten().map(|at| page[at].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(captures: &[&[i64]]) -> Vec<(i64, usize)> {
        let shown: Vec<Shown> =
            captures.iter().map(|entries| entries.iter().map(|&entry| (entry, 1)).collect()).collect();
        let mut removed: Vec<_> = removed(&shown).into_iter().collect();
        removed.sort_unstable();
        removed
    }

    #[test]
    fn an_entry_is_removed_once_its_neighbours_stand_side_by_side() {
        assert_eq!(after(&[&[5, 4, 3], &[6, 5, 4, 3], &[6, 5, 3]]), [(4, 2)]);
    }

    #[test]
    fn a_run_of_entries_is_removed_together() {
        assert_eq!(after(&[&[5, 4, 3, 2], &[5, 2]]), [(3, 1), (4, 1)]);
    }

    #[test]
    fn entries_at_the_end_of_a_page_or_on_another_page_are_not_removed() {
        assert_eq!(after(&[&[5, 4, 3, 2], &[7, 6, 5, 4], &[1, 0]]), []);
    }

    #[test]
    fn with_a_new_entry_between_its_neighbours_an_entry_need_not_be_removed() {
        assert_eq!(after(&[&[5, 4, 3], &[5, 9, 3]]), []);
    }

    #[test]
    fn an_entry_that_comes_back_is_no_longer_removed() {
        assert_eq!(after(&[&[5, 4, 3], &[5, 3], &[5, 4, 3]]), []);
    }

    #[test]
    fn a_page_saved_before_an_entry_was_there_does_not_remove_it() {
        assert_eq!(after(&[&[5, 3], &[5, 4, 3]]), []);
    }

    /// What captures change, each entry by its place, `7` or `7b` in a second version: `2 removed 7`.
    fn changes(captures: &[&[&str]]) -> Vec<String> {
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
        assert_eq!(changes(&[&["1", "2"]]), [] as [&str; 0]);
        assert_eq!(changes(&[&["1", "2"], &["1", "2"]]), [] as [&str; 0]);
    }

    #[test]
    fn what_stands_before_all_that_was_known_is_added() {
        assert_eq!(changes(&[&["3", "4"], &["1", "2", "3"]]), ["0-1 added 1", "0-1 added 2"]);
    }

    #[test]
    fn what_stands_where_nothing_stood_is_added() {
        assert_eq!(changes(&[&["1", "3"], &["1", "2", "3"]]), ["0-1 added 2"]);
    }

    #[test]
    fn another_part_of_the_live_blog_is_seen_for_the_first_time() {
        assert_eq!(changes(&[&["1", "2"], &["3", "4"]]), ["0-1 first-seen 3", "0-1 first-seen 4"]);
    }

    #[test]
    fn an_edit_is_reported_since_the_capture_that_showed_the_entry_last() {
        assert_eq!(changes(&[&["1", "2"], &["4", "5"], &["1", "2b"]])[2..], ["0-2 edited 2"]);
    }

    #[test]
    fn a_removal_is_reported_once_and_so_is_a_return() {
        let captures: [&[&str]; 5] = [&["1", "2", "3"], &["1", "3"], &["1", "3"], &["1", "2b", "3"], &["1", "3"]];
        assert_eq!(changes(&captures), ["0-1 removed 2", "0-3 restored 2", "3-4 removed 2"]);
    }
}
