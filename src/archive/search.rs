//! Full text: what is searched of an entry.
//!
//! The index keeps no copy of the texts; it reads them, where it shows them, from the view `entry_text`. So what is put
//! in and what is taken out must be the very words of that view: [`Archive::check`](super::Archive) compares them.

use rusqlite::{Connection, Result, ToSql, params_from_iter};

use super::record::Record;
use crate::model::Entry;

/// Puts an entry into the index.
pub(super) fn index(db: &Connection, id: i64, record: &Record) -> Result<()> {
    let sql = "INSERT INTO entry_fts (rowid, title, subtitle, text, author, captions) VALUES (?, ?, ?, ?, ?, ?)";
    write(db, sql, id, record)
}

/// Takes an entry out of the index, by the words with which it was put in.
pub(super) fn unindex(db: &Connection, id: i64, record: &Record) -> Result<()> {
    let sql = "INSERT INTO entry_fts (entry_fts, rowid, title, subtitle, text, author, captions) \
               VALUES ('delete', ?, ?, ?, ?, ?, ?)";
    write(db, sql, id, record)
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
