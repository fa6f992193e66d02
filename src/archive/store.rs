//! Keeping pages: what a capture tells is first compared with what is known, then written.

use std::borrow::Cow;
use std::path::Path;

use file_id::{FileId, get_file_id};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::decide::decide;
use super::known::Known;
use super::storable::storable;
use super::unread::UnreadRows;
use super::write::{self, Bylines, Writer};
use super::{Archive, Capture, Error, identity};

/// Pages that are kept together: all of them, once [committed](Self::commit), or none.
///
/// Thousands of pages are kept far faster in a few batches than one by one. While a batch is open nobody else can
/// write; readers go on reading what was there before.
#[derive(Debug)]
pub struct Batch<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) path: &'a Path,
    /// The file that was opened.
    pub(super) file: Option<FileId>,
    pub(super) bylines: Bylines,
    pub(super) whole: bool,
    pub(super) unread: &'a UnreadRows,
}

/// What became of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// The live blog's name in the archive.
    pub page: String,
    /// Whether the same bytes had been kept before, so that nothing changed.
    pub known: bool,
    /// How many captures of the live blog there are now.
    pub captures: usize,
    /// How many entries were new.
    pub added: usize,
    /// How many entries had other words than any kept before.
    pub edited: usize,
    /// How many entries this capture showed to have been removed.
    pub removed: usize,
    /// Another live blog that has entries of this page, where it is a new one only because the user names it so.
    pub shared_with: Option<String>,
}

impl Archive {
    /// Keeps a page; it is safe on disk when this returns.
    ///
    /// # Errors
    /// If the archive cannot be written; it is then as it was.
    pub fn store(&mut self, capture: &Capture) -> Result<Stored, Error> {
        let mut batch = self.batch()?;
        let kept = batch.store(capture)?;
        batch.commit()?;
        Ok(kept)
    }

    /// Begins to keep many pages at once; waits until nobody else writes.
    ///
    /// # Errors
    /// If the archive cannot be written, or somebody else goes on writing for too long.
    pub fn batch(&mut self) -> Result<Batch<'_>, Error> {
        let Self { connection, path, file, unread } = self;
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| Error::told(path, error))?;
        Ok(Batch { transaction, path, file: *file, bylines: Bylines::default(), whole: true, unread })
    }
}

impl Archive {
    /// Checks that the archive is still where it was opened.
    ///
    /// # Errors
    /// [`Error::Displaced`] if it was moved, removed or replaced.
    pub fn require_in_place(&self) -> Result<(), Error> {
        require_in_place(&self.path, self.file)
    }
}

impl Batch<'_> {
    /// Keeps a page, once the batch is committed.
    ///
    /// # Errors
    /// If the archive cannot be written; the batch can then not be committed.
    pub fn store(&mut self, capture: &Capture) -> Result<Stored, Error> {
        let kept = store(&self.transaction, &mut self.bylines, capture, self.unread);
        self.whole &= kept.is_ok();
        kept.map_err(|error| Error::told(self.path, error))
    }

    /// Makes what was kept safe on disk.
    ///
    /// # Errors
    /// If the archive cannot be written, or one of the pages could not be kept; the archive is then as it was before
    /// the batch. [`Error::Displaced`] if it is no longer in its place, where the next run would look for it.
    pub fn commit(self) -> Result<(), Error> {
        if !self.whole {
            return Err(Error::HalfKept(self.path.to_owned()));
        }
        self.transaction.commit().map_err(|error| Error::told(self.path, error))?;
        require_in_place(self.path, self.file)
    }
}

/// SQLite goes on writing a file that was moved or removed: what it wrote is then lost, or not where it is expected.
fn require_in_place(path: &Path, opened: Option<FileId>) -> Result<(), Error> {
    if get_file_id(path).ok() == opened { Ok(()) } else { Err(Error::Displaced(path.to_owned())) }
}

fn store(db: &Connection, bylines: &mut Bylines, capture: &Capture, unread: &UnreadRows) -> rusqlite::Result<Stored> {
    let page = identity::known(db, capture)?;
    if let Some(kept) = page.map(|page| kept_before(db, page, capture)).transpose()?.flatten() {
        return Ok(kept);
    }
    // Asked before the page is stored, which would be found itself.
    let shared_with = match (page, capture.name) {
        (None, Some(_)) => identity::without_name(db, capture)?,
        _ => None,
    };
    let name = |page: i64| db.query_row("SELECT name FROM page WHERE id = ?", [page], |row| row.get(0));
    let shared_with = shared_with.map(name).transpose()?;
    Ok(Stored { shared_with, ..store_in(db, bylines, page, capture, unread)? })
}

/// Keeps a page as one of a live blog, or of a new one.
pub(super) fn store_in(
    db: &Connection,
    bylines: &mut Bylines,
    page: Option<i64>,
    capture: &Capture,
    unread: &UnreadRows,
) -> rusqlite::Result<Stored> {
    let blog = storable(capture.blog);
    let bounded;
    let capture = match &blog {
        Cow::Borrowed(_) => capture,
        Cow::Owned(blog) => {
            bounded = capture.with_blog(blog);
            &bounded
        }
    };
    let known = page.map(|page| Known::load(db, page)).transpose()?.unwrap_or_default();
    unread.extend(known.unread.iter().cloned());
    let next = db.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM entry")?.query_row([], |row| row.get(0))?;
    let decisions = decide(&known, capture, next);
    let page = page.map_or_else(|| write::new_page(db, capture), Ok)?;
    Writer { db, bylines, capture, page, known: &known, decisions: &decisions }.write()
}

/// What to say of a page whose very bytes are kept.
fn kept_before(db: &Connection, page: i64, capture: &Capture) -> rusqlite::Result<Option<Stored>> {
    let sql = "SELECT name, (SELECT count(*) FROM capture WHERE page = page.id) FROM page
               WHERE id = ?1 AND EXISTS (SELECT 1 FROM capture WHERE sha256 = ?2 AND page = ?1)";
    let kept = db.prepare_cached(sql)?.query_row(params![page, capture.sha256], |row| {
        Ok(Stored { page: row.get(0)?, known: true, captures: row.get::<_, u32>(1)? as usize, ..Stored::default() })
    });
    kept.optional()
}
