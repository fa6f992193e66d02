//! Storing pages: each entry of a capture is compared with the stored ones, then what changed is written.

use std::borrow::Cow;
use std::path::Path;

use file_id::{FileId, get_file_id};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::capture::storable;
use super::columns::UnreadRows;
use super::decide::decide;
use super::stored_page::StoredPage;
use super::unindexed::Indexed;
use super::write::{self, Bylines, Stored, Writer};
use super::{Archive, Capture, Error, identity};

/// Pages that are stored together: all of them, once [committed](Self::commit), or none.
///
/// A few large batches are far faster than thousands of single pages. While a batch is open, nobody else can write;
/// others still read the archive as it was before.
///
/// ```
/// use liveblog::archive::{Archive, Capture};
/// use liveblog::{Document, ParseOptions, parse};
///
/// let directory = tempfile::tempdir()?;
/// let mut archive = Archive::open(&directory.path().join("archive.db"))?;
/// let mut batch = archive.batch()?;
/// let now = "2023-06-20T12:00:00Z".parse()?;
/// for (file, page) in [("flood.txt", "Gate shutpublished at 12:00 GMT 20 June 2023\n\nThe gate is shut.\n")] {
///     let document = Document::from_text(file, page);
///     let blog = parse(&document, &ParseOptions::new(now))?;
///     batch.store(&Capture::new(&document, &blog, now))?;
/// }
/// batch.commit()?;
/// assert_eq!(archive.page("flood")?.entries, 1);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
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

impl Archive {
    /// Stores a page; it is safe on disk when this returns.
    ///
    /// ```
    /// use liveblog::archive::{Archive, Capture};
    /// use liveblog::{Document, ParseOptions, parse};
    ///
    /// let directory = tempfile::tempdir()?;
    /// let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// let now = "2023-06-20T12:00:00Z".parse()?;
    /// let page = "Gate shutpublished at 12:00 GMT 20 June 2023\n\nThe gate is shut.\n";
    /// let document = Document::from_text("flood.txt", page);
    /// let blog = parse(&document, &ParseOptions::new(now))?;
    ///
    /// let stored = archive.store(&Capture::new(&document, &blog, now))?;
    /// assert_eq!((stored.page.as_str(), stored.added), ("flood", 1));
    /// assert!(archive.store(&Capture::new(&document, &blog, now))?.known);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be written; it is then as it was.
    pub fn store(&mut self, capture: &Capture) -> Result<Stored, Error> {
        let mut batch = self.batch()?;
        let stored = batch.store(capture)?;
        batch.commit()?;
        Ok(stored)
    }

    /// Begins to store many pages at once; waits until nobody else writes.
    ///
    /// # Errors
    /// If the archive cannot be written, or somebody else goes on writing for too long.
    pub fn batch(&mut self) -> Result<Batch<'_>, Error> {
        let Self { connection, path, file, unread } = self;
        let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(|error| Error::from_sqlite(path, error))?;
        Ok(Batch { transaction, path, file: *file, bylines: Bylines::default(), whole: true, unread })
    }

    /// Checks that the archive is still where it was opened.
    ///
    /// # Errors
    /// [`Error::Displaced`] if it was moved, removed or replaced.
    pub fn require_in_place(&self) -> Result<(), Error> {
        require_in_place(&self.path, self.file)
    }
}

impl Batch<'_> {
    /// Stores a page, once the batch is committed.
    ///
    /// # Errors
    /// If the archive cannot be written; the batch can then not be committed.
    pub fn store(&mut self, capture: &Capture) -> Result<Stored, Error> {
        let stored = store(&self.transaction, &mut self.bylines, capture, self.unread);
        self.whole &= stored.is_ok();
        stored.map_err(|error| Error::from_sqlite(self.path, error))
    }

    /// Makes what was stored safe on disk.
    ///
    /// # Errors
    /// If the archive cannot be written, or one of the pages could not be stored; the archive is then as it was before
    /// the batch. [`Error::Displaced`] if it is no longer in its place, where the next run would look for it.
    pub fn commit(self) -> Result<(), Error> {
        if !self.whole {
            return Err(Error::HalfStored(self.path.to_owned()));
        }
        self.transaction.commit().map_err(|error| Error::from_sqlite(self.path, error))?;
        require_in_place(self.path, self.file)
    }
}

/// SQLite goes on writing a file that was moved or removed: what it wrote is then lost, or not where it is expected.
fn require_in_place(path: &Path, opened: Option<FileId>) -> Result<(), Error> {
    if get_file_id(path).ok() == opened { Ok(()) } else { Err(Error::Displaced(path.to_owned())) }
}

fn store(db: &Connection, bylines: &mut Bylines, capture: &Capture, unread: &UnreadRows) -> rusqlite::Result<Stored> {
    let page = identity::find_page(db, capture)?;
    if let Some(stored) = page.map(|page| stored_before(db, page, capture)).transpose()?.flatten() {
        return Ok(stored);
    }
    // Looked up before the page is stored, or it would find itself.
    let shared_with = match (page, capture.name) {
        (None, Some(_)) => identity::find_page_without_name(db, capture)?,
        _ => None,
    };
    let name = |page: i64| db.query_row("SELECT name FROM page WHERE id = ?", [page], |row| row.get(0));
    let shared_with = shared_with.map(name).transpose()?;
    Ok(Stored { shared_with, ..store_in(db, bylines, page, capture, unread)? })
}

/// Stores a page as a capture of that live blog, or of a new one.
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
    let stored_page = page.map(|page| StoredPage::load(db, page)).transpose()?.unwrap_or_default();
    unread.extend(stored_page.unread.iter().cloned());
    let indexed = Indexed::load(db)?;
    let next = db.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM entry")?.query_row([], |row| row.get(0))?;
    let decisions = decide(&stored_page, capture, next);
    let page = page.map_or_else(|| write::new_page(db, capture), Ok)?;
    Writer { db, bylines, capture, page, stored_page: &stored_page, decisions: &decisions, indexed }.write()
}

/// The live blog, if it has a capture with the very same bytes.
fn stored_before(db: &Connection, page: i64, capture: &Capture) -> rusqlite::Result<Option<Stored>> {
    let sql = "SELECT name, (SELECT count(*) FROM capture WHERE page = page.id) FROM page
               WHERE id = ?1 AND EXISTS (SELECT 1 FROM capture WHERE sha256 = ?2 AND page = ?1)";
    let stored = db.prepare_cached(sql)?.query_row(params![page, capture.sha256], |row| {
        Ok(Stored { page: row.get(0)?, known: true, captures: row.get::<_, u32>(1)? as usize, ..Stored::default() })
    });
    stored.optional()
}
