//! Parsing stored originals again: a live blog is rebuilt from them.

use super::capture::{capture_rows, read_original};
use super::check::shows;
use super::store::store_in;
use super::stored_page::StoredPage;
use super::{Batch, Capture, Error, Original, page_head, pages};
use crate::model::LiveBlog;

/// What parsing a live blog again changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reparsed {
    /// Nothing: it has the same entries.
    Unchanged,
    /// It has other entries, which replace the stored ones.
    Changed,
}

impl Batch<'_> {
    /// Parses all originals of a live blog again, in the order in which they were stored, and replaces what is stored.
    /// `name` is its whole name.
    ///
    /// # Errors
    /// Any error of `parse`, and [`Error::Changed`] for a corrupt original: nothing is changed then. If the archive cannot
    /// be written, the batch can no longer be committed.
    pub fn reparse<E: From<Error>>(
        &mut self,
        name: &str,
        mut parse: impl FnMut(&Original) -> Result<LiveBlog, E>,
    ) -> Result<Reparsed, E> {
        let (page, originals) = self.originals(name)?;
        if let Some(original) = originals.iter().find(|original| !original.intact) {
            return Err(Error::Changed { capture: original.document.source.clone() }.into());
        }
        let blogs = originals.iter().map(&mut parse).collect::<Result<Vec<_>, E>>()?;
        let rebuilt = self.rebuild(page, &originals, &blogs);
        self.whole &= rebuilt.is_ok();
        Ok(rebuilt.map_err(|error| Error::from_sqlite(self.path, error))?)
    }

    fn originals(&self, name: &str) -> Result<(i64, Vec<Original>), Error> {
        let (db, to_error) = (&self.transaction, |error| Error::from_sqlite(self.path, error));
        let page = db.query_row("SELECT id FROM page WHERE name = ?", [name], |row| row.get(0)).map_err(to_error)?;
        let rows = capture_rows(db, page).map_err(to_error)?;
        Ok((
            page,
            rows.into_iter().map(|row| read_original(db, row)).collect::<rusqlite::Result<_>>().map_err(to_error)?,
        ))
    }

    fn rebuild(&mut self, page: i64, originals: &[Original], blogs: &[LiveBlog]) -> rusqlite::Result<Reparsed> {
        let db = &self.transaction;
        let stored_page = StoredPage::load(db, page)?;
        let is_readable = stored_page.unread.is_empty() && originals.iter().all(|original| original.unread.is_empty());
        let same = is_readable
            && originals.iter().zip(blogs).all(|(original, blog)| {
                stored_page
                    .captures
                    .iter()
                    .any(|capture| capture.id == original.id && shows(&stored_page, capture, blog))
            });
        // Most live blogs were captured once and did not change: there is nothing to write.
        if let [blog] = blogs
            && same
            && page_head::is_same(db, page, blog)?
        {
            return Ok(Reparsed::Unchanged);
        }
        pages::remove_captures(db, page)?;
        page_head::clear(db, page)?;
        for (original, blog) in originals.iter().zip(blogs) {
            store_in(db, &mut self.bylines, Some(page), &Capture::from_original(original, blog), self.unread)?;
        }
        Ok(if same { Reparsed::Unchanged } else { Reparsed::Changed })
    }
}
