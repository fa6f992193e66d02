//! Taking a live blog out of the archive.

use rusqlite::{Connection, OptionalExtension, Result, TransactionBehavior};

use super::record::Record;
use super::{Archive, Error, known::Known, search};

impl Archive {
    /// Takes a live blog out of the archive, with all that was kept of it. `name` is its whole name; [`page`](Self::page)
    /// finds it by less.
    ///
    /// # Errors
    /// If no live blog is named so, or the archive cannot be written; it is then as it was.
    pub fn remove(&mut self, name: &str) -> std::result::Result<(), Error> {
        let Self { connection, path, .. } = self;
        let removed = connection.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|db| {
            let sql = "SELECT id FROM page WHERE name = ?";
            let Some(page) = db.query_row(sql, [name], |row| row.get(0)).optional()? else { return Ok(false) };
            clear(&db, page)?;
            db.execute("DELETE FROM page WHERE id = ?", [page])?;
            db.execute("DELETE FROM byline WHERE id NOT IN (SELECT byline FROM entry WHERE byline IS NOT NULL)", [])?;
            db.commit()?;
            Ok(true)
        });
        match removed {
            Ok(true) => self.require_in_place(),
            Ok(false) => Err(Error::NoSuchPage { name: name.to_owned(), close: Vec::new() }),
            Err(error) => Err(Error::told(path, error)),
        }
    }
}

/// Takes out the entries and the captures of a live blog.
pub(super) fn clear(db: &Connection, page: i64) -> Result<()> {
    // The index keeps no texts: it must be told the words that are to go.
    for known in Known::load(db, page)?.entries {
        search::unindex(db, known.id, &Record::of(&known.entry))?;
    }
    for sql in [
        "DELETE FROM entry_version WHERE entry IN (SELECT id FROM entry WHERE page = ?)",
        "DELETE FROM entry WHERE page = ?",
        "DELETE FROM capture WHERE page = ?",
    ] {
        db.prepare_cached(sql)?.execute([page])?;
    }
    Ok(())
}
