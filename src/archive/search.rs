//! Full text: what is searched of an entry, and searching.
//!
//! The index keeps no copy of the texts; it reads them, where it shows them, from the view `entry_text`. So what is put
//! in and what is taken out must be the very words of that view: [`Archive::check`](super::Archive::check) compares them.

use rusqlite::{Connection, ErrorCode, Result, Row, ToSql, params_from_iter};

use super::record::Record;
use super::select::Heads;
use super::{Archive, Error};
use crate::model::{self, Entry, Excerpt, Span};
use crate::query::{Query, Selected};

/// What stands around what was found, until it is told apart: control characters that no text is printed with.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

/// The title; the words that fit best, of whichever column; those of the body. Of the latter two at most so many.
pub(super) const EXCERPT: &str = "highlight(entry_fts, 0, char(2), char(3)), \
                                  snippet(entry_fts, -1, char(2), char(3), '…', 32), \
                                  snippet(entry_fts, 2, char(2), char(3), '…', 32)";

impl Archive {
    /// Searches the words of entries: titles, subtitles, bodies, authors and the captions of images and media. Gives
    /// those that a query asks for to `each`, the best match first by BM25, whatever [order](Query::order) is asked for.
    ///
    /// All words must occur, in any order, case and diacritics aside. `"pumps failed"` are words side by side, `pump*`
    /// are all words that begin so; `OR`, `NOT` and brackets combine them. What makes no sense among these is searched
    /// as text, so that no words are wrong.
    ///
    /// ```no_run
    /// use liveblog::archive::{Archive, Error};
    /// use liveblog::query::Query;
    /// # fn search(archive: &Archive) -> Result<(), Error> {
    /// let query = Query::new(chrono::Utc::now()).limit(20);
    /// archive.search(&query, "tunnel NOT \"northern portal\"", |row, excerpt| {
    ///     let words: String = excerpt.text.into_iter().map(|span| span.text).collect();
    ///     println!("{}: {words}", row.page);
    ///     Ok::<_, Error>(())
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`select`](Self::select).
    pub fn search<E: From<Error>>(
        &self,
        query: &Query,
        words: &str,
        mut each: impl FnMut(model::Row, Excerpt) -> Result<(), E>,
    ) -> Result<Selected, E> {
        let told = |error| self.told(error);
        self.ask(query, Some(words), |finder, query| {
            let mut selected = Selected { entries: 0, untimed: finder.untimed().map_err(told)? };
            let mut heads = Heads::new(&self.connection, &self.unread);
            let (sql, values) = finder.best_first();
            let (mut ranked, mut one) = (self.connection.prepare(&sql).map_err(told)?, finder.one().map_err(told)?);
            let mut ranked = ranked.query(params_from_iter(values)).map_err(told)?;
            // Ranked, but judged and read one by one: most searches are over after a few.
            while query.limit.is_none_or(|limit| selected.entries < limit) {
                let Some(hit) = ranked.next().map_err(told)? else { break };
                let found = finder.found_in(hit).map_err(told)?;
                let stored = finder.entry(&mut one, &found).map_err(told)?;
                let row = heads.row(found.page, stored).map_err(told)?;
                selected.entries += 1;
                each(row, excerpt(hit).map_err(told)?)?;
            }
            Ok(selected)
        })
    }

    /// How many entries a [search](Self::search) finds.
    ///
    /// # Errors
    /// As [`count`](Self::count).
    pub fn count_found(&self, query: &Query, words: &str) -> Result<Selected, Error> {
        self.count_of(query, Some(words))
    }
}

/// What a search found in an entry, from the columns of [`EXCERPT`], which are a row's last.
fn excerpt(row: &Row) -> Result<Excerpt> {
    let first = row.as_ref().column_count() - 3;
    let (title, best) = (spans(row, first)?, spans(row, first + 1)?);
    // The title is shown anyway.
    let text = if best == title { spans(row, first + 2)? } else { best };
    Ok(Excerpt { title, text })
}

/// The stretches of a column's marked text.
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
        "INSERT INTO entry_fts (entry_fts, rowid, title, subtitle, text, author, captions)
         SELECT 'delete', id, title, subtitle, text, author, captions FROM entry_text WHERE id "
    };
}

/// Puts an entry into the index.
pub(super) fn index(db: &Connection, id: i64, record: &Record) -> Result<()> {
    let sql = "INSERT INTO entry_fts (rowid, title, subtitle, text, author, captions) VALUES (?, ?, ?, ?, ?, ?)";
    write(db, sql, id, record)
}

/// Takes an entry out of the index, by the very words that the tables have of it: they need not be read for that.
pub(super) fn unindex(db: &Connection, id: i64) -> Result<()> {
    db.prepare_cached(concat!(unindex!(), "= ?"))?.execute([id]).map(drop)
}

/// Takes all entries of a live blog out of the index.
pub(super) fn unindex_page(db: &Connection, page: i64) -> Result<()> {
    db.prepare_cached(concat!(unindex!(), "IN (SELECT id FROM entry WHERE page = ?)"))?.execute([page]).map(drop)
}

/// Whether the index holds the words of the entries.
pub(super) fn is_whole(db: &Connection) -> Result<bool> {
    match db.execute("INSERT INTO entry_fts (entry_fts, rank) VALUES ('integrity-check', 1)", []) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => Ok(false),
        checked => checked.map(|_| true),
    }
}

/// Makes the index anew.
pub(super) fn rebuild(db: &Connection) -> Result<()> {
    db.execute("INSERT INTO entry_fts (entry_fts) VALUES ('rebuild')", []).map(drop)
}

fn write(db: &Connection, sql: &str, id: i64, record: &Record) -> Result<()> {
    let Record { entry: Entry { title, subtitle, .. }, text, captions, .. } = record;
    let values: [&dyn ToSql; 6] = [&id, title, subtitle, text, &names(record.entry), captions];
    db.prepare_cached(sql)?.execute(params_from_iter(values)).map(drop)
}

/// The names of all authors.
pub(super) fn names(entry: &Entry) -> Option<String> {
    let names: Vec<_> = entry.author.iter().chain(&entry.co_authors).map(String::as_str).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
