//! Taking a live blog out of the archive.

use rusqlite::{Connection, ErrorCode, OptionalExtension, Result, TransactionBehavior};

use super::{Archive, Error, search};

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
    // An index that does not hold the words of the entries refuses to let go of them: it is made anew afterwards.
    let is_broken = match search::unindex_page(db, page) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => true,
        done => done.map(|()| false)?,
    };
    for sql in [
        "DELETE FROM entry_version WHERE entry IN (SELECT id FROM entry WHERE page = ?)",
        "DELETE FROM entry WHERE page = ?",
        "DELETE FROM capture WHERE page = ?",
    ] {
        db.prepare_cached(sql)?.execute([page])?;
    }
    if is_broken { search::rebuild(db) } else { Ok(()) }
}
