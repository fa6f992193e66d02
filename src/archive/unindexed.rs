//! Storing many pages at once: their entries are added to the full-text index in one pass at the end.
//!
//! Until then the table `unindexed` has one row, the first entry that is not in the index: all below it are, and none
//! from it on is. The row is written together with the entries. So whatever ends a run, the archive says what the index
//! lacks, and whoever opens it next adds that.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Result, Transaction, TransactionBehavior};

use super::migrations::{BUSY_TIMEOUT, UNINDEXED_SINCE};
use super::{Archive, Batch, Error, fts};

/// How many entries are added in one transaction: others who write wait a second or two.
const STEP: i64 = 25_000;

/// Which entries the full-text index has: those below a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Indexed {
    pub end: i64,
}

impl Indexed {
    /// Reads the mark in an archive of the present version.
    pub fn load(db: &Connection) -> Result<Self> {
        let first = db.prepare_cached("SELECT first FROM unindexed")?.query_row([], |row| row.get(0)).optional()?;
        Ok(Self { end: first.unwrap_or(i64::MAX) })
    }

    pub fn has(self, entry: i64) -> bool {
        entry < self.end
    }

    pub fn has_all(self) -> bool {
        self.end == i64::MAX
    }
}

impl Batch<'_> {
    /// Leaves entries that are new out of the full-text index until [`Archive::complete_index`] adds them, all in one
    /// pass: for the batches of a run that stores thousands of pages. A run that is killed before that leaves an archive
    /// whose next [opening](Archive::open) adds them.
    ///
    /// ```
    /// use liveblog::archive::{Archive, Capture};
    /// use liveblog::{Document, ParseOptions, parse};
    ///
    /// let directory = tempfile::tempdir()?;
    /// let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// let now = "2023-06-20T12:00:00Z".parse()?;
    /// for page in ["Gate shutpublished at 12:00 GMT 20 June 2023\n\nThe gate is shut.\n"] {
    ///     let document = Document::from_text("flood.txt", page);
    ///     let blog = parse(&document, &ParseOptions::new(now))?;
    ///     let mut batch = archive.batch()?;
    ///     batch.index_later()?;
    ///     batch.store(&Capture::new(&document, &blog, now))?;
    ///     batch.commit()?;
    /// }
    /// assert_eq!(archive.unindexed()?, 1);
    /// archive.complete_index()?;
    /// assert_eq!(archive.unindexed()?, 0);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn index_later(&mut self) -> Result<(), Error> {
        let sql = "INSERT INTO unindexed SELECT coalesce(max(id), 0) + 1 FROM entry
                   HAVING NOT EXISTS (SELECT 1 FROM unindexed)";
        let marked = self.transaction.execute(sql, []);
        marked.map(drop).map_err(|error| Error::from_sqlite(self.path, error))
    }
}

impl Archive {
    /// Adds all entries to the full-text index that are not in it, after a run that stored many pages; waits while others
    /// write.
    ///
    /// # Errors
    /// If the archive cannot be written; what was added before that stays.
    pub fn complete_index(&self) -> Result<(), Error> {
        loop {
            match add_step(&self.connection) {
                Ok(true) => {}
                done => return done.map(drop).map_err(|error| self.to_error(error)),
            }
        }
    }

    /// The same if it can be done now. Else the entries can still be read, and [`unindexed`](Self::unindexed) says how many
    /// a search does not see: others write, who are at it or will be, or the archive is read-only.
    ///
    /// # Errors
    /// If the archive cannot be read, or its index is [damaged](Error::Damaged).
    pub(super) fn complete_index_if_free(&self) -> Result<(), Error> {
        if self.unindexed_from()?.has_all() {
            return Ok(());
        }
        let to_error = |error| self.to_error(error);
        self.connection.busy_timeout(Duration::ZERO).map_err(to_error)?;
        let completed = self.complete_index();
        self.connection.busy_timeout(BUSY_TIMEOUT).map_err(to_error)?;
        match completed {
            Err(Error::Locked(_) | Error::ReadOnly(_) | Error::Full(_)) => Ok(()),
            completed => completed,
        }
    }

    /// How many entries are not in the full-text index yet, so that no search finds them: others are storing many pages,
    /// or a run was interrupted and the archive cannot be written.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn unindexed(&self) -> Result<usize, Error> {
        let Indexed { end } = self.unindexed_from()?;
        let sql = "SELECT count(*) FROM entry WHERE id >= ?";
        let count = self.connection.query_row(sql, [end], |row| row.get::<_, u32>(0));
        count.map(|count| count as usize).map_err(|error| self.to_error(error))
    }

    fn unindexed_from(&self) -> Result<Indexed, Error> {
        if self.version()? < UNINDEXED_SINCE {
            return Ok(Indexed { end: i64::MAX });
        }
        Indexed::load(&self.connection).map_err(|error| self.to_error(error))
    }
}

/// Adds some entries to the index; returns whether there are more.
fn add_step(db: &Connection) -> Result<bool> {
    if Indexed::load(db)?.has_all() {
        return Ok(false);
    }
    let db = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    // Another program may have added them meanwhile.
    let indexed = Indexed::load(&db)?;
    if indexed.has_all() {
        return Ok(false);
    }
    let sql = "SELECT id FROM entry WHERE id >= ? ORDER BY id LIMIT 1 OFFSET ?";
    let next: Option<i64> = db.query_row(sql, [indexed.end, STEP], |row| row.get(0)).optional()?;
    fts::index_range(&db, indexed.end..next.unwrap_or(i64::MAX))?;
    match next {
        Some(next) => db.execute("UPDATE unindexed SET first = ?", [next])?,
        None => db.execute("DELETE FROM unindexed", [])?,
    };
    db.commit()?;
    Ok(next.is_some())
}
