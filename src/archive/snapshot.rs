//! A snapshot: the archive as it was at some time, when only the captures up to then had been saved.
//!
//! SQLite looks for a table among the temporary ones first. So temporary tables of the same names take the place of those
//! in the file, and whatever selects, counts or searches entries does so in the snapshot. They go when the transaction in
//! which they were made is rolled back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Result, ToSql, params, params_from_iter};

use super::columns::{Columns, UnreadRows, utc};
use super::history::removed;
use super::pages::PageKey;
use super::record::{self, Record};
use super::stored_page::{CaptureRow, Part, Shown, StoredPage};
use super::wording::words;
use super::write::Bylines;

/// The tables of a snapshot.
const TABLES: [&str; 3] = ["page", "entry", "byline"];

/// Makes a snapshot of these live blogs. `time` returns the time that is meant, given when the first and the latest
/// capture were saved; without one, a live blog is as it is now.
pub(super) fn make_snapshot(
    db: &Connection,
    pages: &[PageKey],
    unread: &UnreadRows,
    time: impl Fn(&PageKey, CaptureTimes) -> Option<DateTime<Utc>>,
) -> Result<()> {
    for table in TABLES {
        create_table(db, table)?;
    }
    db.execute("INSERT INTO byline_then SELECT * FROM main.byline", [])?;
    let mut snapshot = Snapshot { db, bylines: Bylines::default(), unread };
    for page in pages {
        let (times, columns) = capture_times(db, page.id)?;
        unread.add(&page.name, None, columns);
        let Some((first, last)) = times else { continue };
        let then = utc(time(page, (first, last)).unwrap_or(last));
        if utc(last) <= then {
            snapshot.copy(page.id)?;
        } else if utc(first) <= then {
            snapshot.add(page.id, &then)?;
        }
    }
    for table in TABLES {
        db.execute_batch(&format!("ALTER TABLE temp.{table}_then RENAME TO {table}"))?;
    }
    Ok(())
}

/// Makes an index of the words of a snapshot.
pub(super) fn index_snapshot(db: &Connection) -> Result<()> {
    db.execute_batch(
        "CREATE VIRTUAL TABLE temp.entry_fts USING fts5 (
             title, subtitle, text, authors, captions,
             content = 'entry', content_rowid = 'id', tokenize = \"unicode61 remove_diacritics 2\"
         );
         INSERT INTO temp.entry_fts (entry_fts) VALUES ('rebuild');",
    )
}

/// Makes an empty table with the columns of that table.
fn create_table(db: &Connection, table: &str) -> Result<()> {
    let columns = column_names(db, table)?.into_iter().map(|name| match name.as_str() {
        "id" => "id INTEGER PRIMARY KEY".to_owned(),
        _ => name,
    });
    let mut columns: Vec<_> = columns.collect();
    if table == "entry" {
        // Archives before version 3 do not have the first.
        for name in ["authors", "completed"].map(str::to_owned) {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
    }
    db.execute_batch(&format!("CREATE TEMP TABLE {table}_then ({})", columns.join(", ")))
}

fn column_names(db: &Connection, table: &str) -> Result<Vec<String>> {
    let mut names = db.prepare_cached("SELECT name FROM pragma_table_info(?)")?;
    names.query_map([table], |row| row.get(0))?.collect()
}

/// When the first and the latest capture of a live blog were saved, or stored.
type CaptureTimes = (DateTime<Utc>, DateTime<Utc>);

/// The times of a live blog, and the columns that cannot be read.
fn capture_times(db: &Connection, page: i64) -> Result<(Option<CaptureTimes>, Vec<String>)> {
    let sql = "SELECT min(coalesce(captured, kept)) AS captured, max(coalesce(captured, kept)) AS captured
               FROM capture WHERE page = ?";
    db.prepare_cached(sql)?.query_row([page], |row| {
        let mut columns = Columns::new(row);
        let (first, last) = (columns.instant()?, columns.instant()?);
        Ok((first.zip(last), columns.into_unread()))
    })
}

struct Snapshot<'s> {
    db: &'s Connection,
    bylines: Bylines,
    unread: &'s UnreadRows,
}

impl Snapshot<'_> {
    /// Adds a live blog that has not been captured since.
    fn copy(&mut self, page: i64) -> Result<()> {
        let columns = column_names(self.db, "entry")?;
        let authors = "(SELECT names FROM main.byline WHERE byline.id = entry.byline)";
        let authors = if columns.iter().any(|name| name == "authors") { "authors" } else { authors };
        let columns: Vec<_> = columns.into_iter().filter(|name| name != "authors").collect();
        let columns = columns.join(", ");
        let sql = format!(
            "INSERT INTO entry_then ({columns}, authors) SELECT {columns}, {authors} FROM main.entry WHERE page = ?"
        );
        self.db.prepare_cached(&sql)?.execute([page])?;
        self.db.prepare_cached("INSERT INTO page_then SELECT * FROM main.page WHERE id = ?")?.execute([page]).map(drop)
    }

    /// Adds a live blog as the captures up to then show it.
    fn add(&mut self, page: i64, then: &str) -> Result<()> {
        let stored_page = StoredPage::load(self.db, page)?;
        self.unread.extend(stored_page.unread.iter().cloned());
        let count = stored_page.captures.partition_point(|capture| capture.time.as_str() <= then);
        let captures = &stored_page.captures[..count];
        let shown: Vec<Shown> = captures.iter().map(|capture| capture.shown.clone()).collect();
        let (removed, versions) = (removed(&shown), stored_page.all_versions());
        let mut insert = self.db.prepare_cached(&record::INSERT.replacen("entry", "entry_then", 1))?;
        let mut mark = self.db.prepare_cached("UPDATE entry_then SET (removed, completed) = (?, ?) WHERE id = ?")?;
        let latest: HashMap<i64, i64> = shown.iter().flatten().copied().collect();
        let parts = parts(captures);
        for entry in &stored_page.entries {
            let Some(&version) = latest.get(&entry.id) else { continue };
            // Of a damaged archive, some versions may be missing.
            let Some((capture, content)) = versions.get(&(entry.id, version)) else { continue };
            let record = Record::new(content);
            let byline = self.bylines.row(self.db, "byline_then", &record)?;
            let row: [&dyn ToSql; 7] = [&entry.id, &page, &entry.place, &entry.entry.id, &version, capture, &byline];
            insert.execute(params_from_iter(row.into_iter().chain(record.values())))?;
            let removed = removed.get(&entry.id).map(|index| captures[*index].time.as_str());
            let is_completed = parts.get(&(entry.id, version)).is_some_and(|parts| {
                let whole = words(content);
                parts.iter().all(|part| part.is_some_and(|part| part.slice(&whole) != Some(&whole)))
            });
            mark.execute(params![removed, is_completed, entry.id])?;
        }
        // What is at the head of its page then is not known, but for its title, which is its name.
        self.db.prepare_cached("INSERT INTO page_then SELECT * FROM main.page WHERE id = ?")?.execute([page])?;
        let sql = "UPDATE page_then SET
                       standfirst = NULL, authors = NULL, summary = NULL, media = NULL,
                       (reports_from, reports_to, last) =
                           (SELECT min(published), max(published), max(published) FROM entry_then WHERE page = ?1)
                   WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute([page]).map(drop)
    }
}

/// Which parts of each version of an entry captures show; `None`: all of it.
fn parts(captures: &[CaptureRow]) -> HashMap<(i64, i64), Vec<Option<Part>>> {
    let mut parts: HashMap<_, Vec<_>> = HashMap::new();
    for capture in captures {
        for shown in &capture.shown {
            parts.entry(*shown).or_default().push(capture.parts.get(&shown.0).copied());
        }
    }
    parts
}
