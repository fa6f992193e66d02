//! Writing a capture: the rows that follow from the decisions on its entries.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Result, ToSql, params, params_from_iter};

use super::columns::{json_column, json_name, utc};
use super::decide::{Change, Decision};
use super::history;
use super::positions::{EntryPosition, merge_positions, places};
use super::record::{self, Record};
use super::stored_page::{OlderVersion, Part, Shown, Sight, StoredEntry, StoredPage};
use super::unindexed::Indexed;
use super::versions::{Moved, Version, Versions};
use super::{Capture, fts, identity, page_head};
use crate::model::Entry;
use crate::time::years;

/// What storing a page changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// The live blog's name in the archive.
    pub page: String,
    /// Whether the same bytes were stored before, so that nothing changed.
    pub known: bool,
    /// When another file with the same bytes had been saved, if that was before this one: then it is when the page was
    /// captured.
    pub captured_before: Option<DateTime<Utc>>,
    /// How many captures of the live blog there are now.
    pub captures: usize,
    /// How many entries were new.
    pub added: usize,
    /// How many entries had new words.
    pub edited: usize,
    /// How many entries this capture shows to be removed.
    pub removed: usize,
    /// Another live blog that has entries of this page, where this one is new only because the user named it.
    pub shared_with: Option<String>,
}

/// The rows of the bylines seen so far.
#[derive(Debug, Default)]
pub(super) struct Bylines(HashMap<[Option<String>; 3], i64>);

/// A capture about to be written.
pub(super) struct Writer<'w, 'c> {
    pub db: &'w Connection,
    pub bylines: &'w mut Bylines,
    pub capture: &'w Capture<'c>,
    pub page: i64,
    pub stored_page: &'w StoredPage,
    pub decisions: &'w [Decision<'w>],
    /// Which entries are kept in the full-text index now; the others are added later.
    pub indexed: Indexed,
}

/// Adds the live blog of a capture, under a name of its own; the rest is written with its first capture.
pub(super) fn new_page(db: &Connection, capture: &Capture) -> Result<i64> {
    let name = identity::new_name(db, capture)?;
    db.prepare_cached("INSERT INTO page (name, layout, newest_first) VALUES (?, '', TRUE)")?.insert([name])
}

impl Writer<'_, '_> {
    /// Writes everything.
    pub fn write(mut self) -> Result<Stored> {
        let capture = self.write_capture()?;
        let order = merge_positions(&self.stored_page.positions(), &self.positions());
        let places = self.write_places(&order)?;
        for (decision, record) in self.decisions.iter().zip(&self.capture.records) {
            self.write_entry(capture, decision, record, &places)?;
        }
        self.write_moved()?;
        let removed = self.write_removed()?;
        self.write_head(&order)?;
        let count = |is: fn(&Change) -> bool| self.decisions.iter().filter(|decision| is(&decision.change)).count();
        Ok(Stored {
            page: self.cached("SELECT name FROM page WHERE id = ?")?.query_row([self.page], |row| row.get(0))?,
            known: false,
            captured_before: None,
            captures: self.stored_page.captures.len() + 1,
            added: count(|change| matches!(change, Change::Added { .. })),
            edited: count(|change| matches!(change, Change::Versions(versions) if versions.is_edit)),
            removed,
            shared_with: None,
        })
    }

    fn write_capture(&self) -> Result<i64> {
        let Capture { document, zone, layout, sha256, original, .. } = self.capture;
        let sql = "INSERT INTO capture
                   (id, page, captured, kept, modified, source, url, zone, layout, sha256, shows, original)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.cached(sql)?.insert(params![
            self.capture.row,
            self.page,
            self.capture.blog.captured.map(utc),
            utc(self.capture.kept),
            document.modified.and_then(years::utc).map(utc),
            document.source,
            document.url,
            zone.map(|zone| zone.name()),
            layout.and_then(json_name),
            sha256,
            shows(self.decisions.iter().map(|to| Sight(to.id, to.version, to.part))),
            original,
        ])
    }

    /// Moves stored entries to make room; returns the places of all entries.
    fn write_places(&self, order: &[EntryPosition]) -> Result<HashMap<i64, i64>> {
        let places_before: HashMap<i64, i64> =
            self.stored_page.entries.iter().map(|entry| (entry.id, entry.place)).collect();
        let places =
            order.iter().map(|position| position.id).zip(places(order, &places_before)).collect::<HashMap<_, _>>();
        let mut moved = self.cached("UPDATE entry SET place = ? WHERE id = ?")?;
        for (id, place) in &places {
            if places_before.get(id).is_some_and(|before| before != place) {
                moved.execute(params![place, id])?;
            }
        }
        Ok(places)
    }

    fn write_entry(
        &mut self,
        capture: i64,
        decision: &Decision,
        record: &Record,
        places: &HashMap<i64, i64>,
    ) -> Result<()> {
        let Decision { id, version, change, .. } = decision;
        match change {
            Change::None => Ok(()),
            Change::Added { key } => {
                let byline = self.bylines.row(self.db, "byline", record)?;
                let row: [&dyn ToSql; 7] = [id, &self.page, &places[id], key, version, &capture, &byline];
                let values = row.into_iter().chain(record.values());
                self.cached(&record::INSERT)?.execute(params_from_iter(values))?;
                self.index(*id, record)
            }
            Change::Replaced { stored_entry } => self.write_current(stored_entry, *version, capture, record),
            Change::Versions(versions) => self.write_versions(capture, *id, versions, record),
        }
    }

    fn write_versions(&mut self, capture: i64, id: i64, versions: &Versions, record: &Record) -> Result<()> {
        let Versions { stored_entry, current, others, .. } = versions;
        let older = self.stored_page.other_versions(id);
        let is_same = |older: &OlderVersion, version: &Version| {
            older.version == version.version && version.capture == Some(older.capture)
        };
        for older in older.iter().filter(|older| !others.iter().any(|version| is_same(older, version))) {
            let sql = "DELETE FROM entry_version WHERE entry = ? AND version = ?";
            self.cached(sql)?.execute((id, older.version))?;
        }
        for version in others.iter().filter(|version| !older.iter().any(|older| is_same(older, version))) {
            self.write_version(id, version.version, version.capture.unwrap_or(capture), version.entry)?;
        }
        match current.capture {
            None => self.write_current(stored_entry, current.version, capture, record),
            Some(read_from) if (current.version, read_from) == (stored_entry.version, stored_entry.capture) => Ok(()),
            Some(read_from) => {
                self.write_current(stored_entry, current.version, read_from, &Record::new(current.entry))
            }
        }
    }

    /// Replaces the current version of a stored entry.
    fn write_current(&mut self, stored_entry: &StoredEntry, version: i64, capture: i64, record: &Record) -> Result<()> {
        if self.indexed.has(stored_entry.id) {
            fts::unindex(self.db, stored_entry.id)?;
        }
        let byline = self.bylines.row(self.db, "byline", record)?;
        let row: [&dyn ToSql; 3] = [&version, &capture, &byline];
        let values = row.into_iter().chain(record.values()).chain([&stored_entry.id as &dyn ToSql]);
        self.cached(&record::UPDATE)?.execute(params_from_iter(values))?;
        self.index(stored_entry.id, record)
    }

    fn index(&self, id: i64, record: &Record) -> Result<()> {
        if self.indexed.has(id) { fts::index(self.db, id, record) } else { Ok(()) }
    }

    /// Writes which versions earlier captures show, where this one makes that clear.
    fn write_moved(&self) -> Result<()> {
        let mut moved: HashMap<i64, HashMap<i64, (i64, Option<Part>)>> = HashMap::new();
        for decision in self.decisions {
            let Change::Versions(versions) = &decision.change else { continue };
            for Moved { capture, version, part } in &versions.moved {
                moved.entry(*capture).or_default().insert(decision.id, (*version, *part));
            }
        }
        let mut update = self.cached("UPDATE capture SET shows = ? WHERE id = ?")?;
        for capture in &self.stored_page.captures {
            let Some(moved) = moved.get(&capture.id) else { continue };
            let sights = capture.shown.iter().map(|(entry, version)| {
                let stored = (*version, capture.parts.get(entry).copied());
                let (version, part) = moved.get(entry).copied().unwrap_or(stored);
                Sight(*entry, version, part)
            });
            update.execute(params![shows(sights), capture.id])?;
        }
        Ok(())
    }

    fn write_version(&self, entry: i64, version: i64, capture: i64, content: &Entry) -> Result<()> {
        let record = Record::new(content);
        let [authors, text, captions] = ["authors", "text", "captions"].map(|name| record.value(name));
        let content = serde_json::to_string(content).expect("an entry is JSON: its keys are text");
        let sql = "INSERT INTO entry_version (entry, version, capture, content, authors, text, captions)
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        self.cached(sql)?.execute(params![entry, version, capture, content, authors, text, captions]).map(drop)
    }

    /// Marks entries that this capture shows to be removed or restored; returns how many it removes.
    fn write_removed(&self) -> Result<usize> {
        let time = utc(self.capture.time());
        let at = self.stored_page.captures.partition_point(|capture| capture.time <= time);
        let (before, after) = self.stored_page.captures.split_at(at);
        let mut captures: Vec<Shown> = before.iter().map(|capture| capture.shown.clone()).collect();
        let mut mark = self.cached("UPDATE entry SET removed = ? WHERE id = ? AND removed IS NULL")?;
        if after.is_empty() {
            let mut back = self.cached("UPDATE entry SET removed = NULL WHERE id = ? AND removed IS NOT NULL")?;
            for decision in self.decisions.iter().filter(|_| !before.is_empty()) {
                back.execute([decision.id])?;
            }
            let gone = history::gone(&captures, &self.shown());
            return gone.iter().map(|id| mark.execute(params![time, id])).sum();
        }
        captures.push(self.shown());
        captures.extend(after.iter().map(|capture| capture.shown.clone()));
        let times: Vec<_> =
            before.iter().map(|c| &c.time).chain([&time]).chain(after.iter().map(|c| &c.time)).collect();
        self.cached("UPDATE entry SET removed = NULL WHERE page = ?")?.execute([self.page])?;
        let removed = history::removed(&captures);
        for (id, index) in &removed {
            mark.execute(params![times[*index], id])?;
        }
        Ok(removed.values().filter(|index| **index == at).count())
    }

    fn write_head(&self, order: &[EntryPosition]) -> Result<()> {
        let time = utc(self.capture.time());
        let is_older = self.stored_page.captures.iter().any(|capture| capture.time > time);
        page_head::write(self.db, self.page, self.capture.blog, is_older, order)
    }

    fn shown(&self) -> Shown {
        self.decisions.iter().map(|decision| (decision.id, decision.version)).collect()
    }

    fn positions(&self) -> Vec<EntryPosition> {
        let entries = self.capture.blog.entries.iter();
        self.decisions
            .iter()
            .zip(entries)
            .map(|(to, entry)| EntryPosition { id: to.id, published: entry.published })
            .collect()
    }

    fn cached(&self, sql: &str) -> Result<CachedStatement<'_>> {
        self.db.prepare_cached(sql)
    }
}

/// What a capture shows, as JSON.
fn shows(sights: impl Iterator<Item = Sight>) -> String {
    json_column(&sights.collect::<Vec<_>>()).unwrap_or_else(|| "[]".to_owned())
}

impl Bylines {
    /// The row of an entry's byline in that table, added if there is none yet.
    pub fn row(&mut self, db: &Connection, table: &str, record: &Record) -> Result<Option<i64>> {
        let Entry { author, role, .. } = record.entry;
        let byline = [author.clone(), role.clone(), record.co_authors.clone()];
        if byline.iter().all(Option::is_none) {
            return Ok(None);
        }
        if let Some(row) = self.0.get(&byline) {
            return Ok(Some(*row));
        }
        let sql = format!("SELECT id FROM {table} WHERE author IS ? AND role IS ? AND co_authors IS ?");
        let row = match db.prepare_cached(&sql)?.query_row(params_from_iter(&byline), |row| row.get(0)).optional()? {
            Some(row) => row,
            None => {
                let sql = format!("INSERT INTO {table} (author, role, co_authors) VALUES (?, ?, ?)");
                db.prepare_cached(&sql)?.insert(params_from_iter(&byline))?
            }
        };
        self.0.insert(byline, row);
        Ok(Some(row))
    }
}
