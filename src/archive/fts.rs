//! The full-text index: what is searched of an entry, and what a search found in it.
//!
//! The index has no copy of the texts; where it needs them, it reads the table `entry`. So what is added and removed must
//! be exactly the words of that table: [`Archive::check`](super::Archive::check) compares them.

use std::ops::Range;

use rusqlite::{Connection, ErrorCode, Result, Row, ToSql, Transaction, TransactionBehavior, params, params_from_iter};

use super::columns::Columns;
use super::record::{Record, author_names};
use super::unindexed::Indexed;
use super::{Archive, Error};
use crate::model::{Entry, Excerpt, Span};

/// The marks around what was found: control characters, which no text contains.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

/// The title; the best matching words of any column; those of the body. The latter two are at most 32 words.
pub(super) const EXCERPT: &str = "highlight(entry_fts, 0, char(2), char(3)), \
                                  snippet(entry_fts, -1, char(2), char(3), '…', 32), \
                                  snippet(entry_fts, 2, char(2), char(3), '…', 32)";

/// Reads what a search found in an entry from the columns of [`EXCERPT`], the last of a row.
pub(super) fn read_excerpt(row: &Row) -> Result<Excerpt> {
    let first = row.as_ref().column_count() - 3;
    let (title, best) = (spans(row, first)?, spans(row, first + 1)?);
    // The title is shown anyway.
    let text = if best == title { spans(row, first + 2)? } else { best };
    Ok(Excerpt { title, text })
}

/// Splits a column's text at the marks.
fn spans(row: &Row, at: usize) -> Result<Vec<Span>> {
    let marked = row.get_ref(at)?.as_str_or_null().ok().flatten().unwrap_or_default();
    let mut found = false;
    let spans = marked.split_inclusive(MARKS).map(|stretch| {
        let span = Span { text: stretch.trim_end_matches(MARKS).to_owned(), found };
        found = stretch.ends_with(MARKS[0]);
        span
    });
    Ok(spans.filter(|span| !span.text.is_empty()).collect())
}

macro_rules! unindex {
    () => {
        "INSERT INTO entry_fts (entry_fts, rowid, title, subtitle, text, authors, captions)
         SELECT 'delete', id, title, subtitle, text, authors, captions FROM entry WHERE "
    };
}

/// Adds many entries to the index, by the words of their rows. Its pieces are not merged meanwhile: that takes time, and
/// leaves gaps in the file. Later writes merge them little by little.
pub(super) fn index_range(db: &Connection, entries: Range<i64>) -> Result<()> {
    /// SQLite's own setting: so many pieces are merged.
    const USUAL: i64 = 4;
    /// From so many pieces on, they are merged at once, whatever it takes. SQLite's own setting is 16.
    const TOO_MANY: i64 = 1000;
    let merge = "INSERT INTO entry_fts (entry_fts, rank) VALUES ('automerge', ?)";
    db.execute("INSERT INTO entry_fts (entry_fts, rank) VALUES ('crisismerge', ?)", [TOO_MANY])?;
    let sql = "INSERT INTO entry_fts (rowid, title, subtitle, text, authors, captions)
               SELECT id, title, subtitle, text, authors, captions FROM entry WHERE id >= ? AND id < ? ORDER BY id";
    db.execute(merge, [0])?;
    db.execute(sql, [entries.start, entries.end])?;
    db.execute(merge, [USUAL]).map(drop)
}

/// Adds an entry to the index.
pub(super) fn index(db: &Connection, id: i64, record: &Record) -> Result<()> {
    let sql = "INSERT INTO entry_fts (rowid, title, subtitle, text, authors, captions) VALUES (?, ?, ?, ?, ?, ?)";
    let words = ["title", "subtitle", "text", "authors", "captions"].map(|name| record.value(name));
    let values = std::iter::once(&id as &dyn ToSql).chain(words);
    db.prepare_cached(sql)?.execute(params_from_iter(values)).map(drop)
}

/// Removes an entry from the index, by the words that its row still has.
pub(super) fn unindex(db: &Connection, id: i64) -> Result<()> {
    db.prepare_cached(concat!(unindex!(), "id = ?"))?.execute([id]).map(drop)
}

/// Removes all entries of a live blog from the index that it has.
pub(super) fn unindex_page(db: &Connection, page: i64) -> Result<()> {
    let Indexed { end } = Indexed::load(db)?;
    db.prepare_cached(concat!(unindex!(), "page = ? AND id < ?"))?.execute([page, end]).map(drop)
}

/// What the index has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IndexState {
    /// The words of all entries.
    Whole,
    /// Not those of the last entries yet; the others cannot be compared meanwhile.
    Unfinished,
    /// Other words.
    Broken,
}

/// Compares the index with the entries.
pub(super) fn check(db: &Connection) -> Result<IndexState> {
    // In one transaction: in between, others may begin to store.
    let db = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    if !Indexed::load(&db)?.has_all() {
        return Ok(IndexState::Unfinished);
    }
    match db.execute("INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)", []) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => Ok(IndexState::Broken),
        checked => checked.map(|_| IndexState::Whole),
    }
}

/// Rebuilds the index, of all entries.
pub(super) fn rebuild(db: &Connection) -> Result<()> {
    db.execute_batch("INSERT INTO entry_fts (entry_fts) VALUES ('rebuild'); DELETE FROM unindexed;")
}

impl Archive {
    /// Rebuilds the full-text index if it does not have the words of the entries. First corrects the names of authors in
    /// entries that are not those of their byline.
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn repair_index(&mut self) -> Result<(), Error> {
        let db = &self.connection;
        let repaired = repair_authors(db).and_then(|()| check(db)).and_then(|state| match state {
            IndexState::Whole => Ok(()),
            IndexState::Unfinished | IndexState::Broken => rebuild(db),
        });
        repaired.map_err(|error| self.to_error(error))
    }
}

/// Writes the names of authors again where they are not those of the byline.
fn repair_authors(db: &Connection) -> Result<()> {
    let mut bylines = db.prepare("SELECT id, author, co_authors FROM byline")?;
    let mut bylines = bylines.query([])?;
    let mut update = db.prepare("UPDATE entry SET authors = ?1 WHERE byline IS ?2 AND authors IS NOT ?1")?;
    while let Some(row) = bylines.next()? {
        let mut columns = Columns::new(row);
        let (id, author, co_authors) = (columns.get::<i64>()?, columns.text()?, columns.json()?);
        update.execute(params![author_names(&Entry { author, co_authors, ..Entry::default() }), id])?;
    }
    update.execute([None::<i64>; 2]).map(drop)
}
