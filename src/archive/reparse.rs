//! Reading what is kept again: a live blog is built anew from its originals.

use rusqlite::{Connection, ToSql, params, params_from_iter};

use super::check::gives;
use super::columns::Columns;
use super::known::Known;
use super::original::{captures, original};
use super::record::utc;
use super::store::store_in;
use super::{Archive, Batch, Capture, Error, Original, head, remove, search};
use crate::model::{Entry, LiveBlog};

/// What came of reading a live blog again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reparsed {
    /// It gives the entries that were kept.
    Unchanged,
    /// It gives others, which have taken their place.
    Changed,
}

impl Archive {
    /// Makes the full-text index anew if it does not hold the words of the entries, and before that the names in it that
    /// are not those of their byline.
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn mend_index(&mut self) -> Result<(), Error> {
        let db = &self.connection;
        let mended = mend_names(db).and_then(|()| search::is_whole(db)).and_then(|whole| match whole {
            true => Ok(()),
            false => search::rebuild(db),
        });
        mended.map_err(|error| self.told(error))
    }
}

/// Gives each byline the names of its own authors again, which the index has of it.
fn mend_names(db: &Connection) -> rusqlite::Result<()> {
    let mut bylines = db.prepare("SELECT id, author, co_authors, names FROM byline")?;
    let bylines = bylines.query_map([], |row| {
        let mut columns = Columns::new(row);
        let (id, author, co_authors) = (columns.get::<i64>()?, columns.text()?, columns.json()?);
        let names = search::names(&Entry { author, co_authors, ..Entry::default() });
        Ok((id, columns.text()? != names, names))
    })?;
    let mut mend = db.prepare("UPDATE byline SET names = ? WHERE id = ?")?;
    for byline in bylines.collect::<rusqlite::Result<Vec<_>>>()? {
        if let (id, true, names) = byline {
            mend.execute(params![names, id])?;
        }
    }
    Ok(())
}

impl Batch<'_> {
    /// Reads all originals of a live blog again, in the order in which they were kept, and keeps what they give in place
    /// of what was kept. `name` is its whole name.
    ///
    /// # Errors
    /// What `read` fails with, before anything is changed; if an original is not as it was kept, likewise; if the archive
    /// cannot be written: the batch can then not be committed.
    pub fn reparse<E: From<Error>>(
        &mut self,
        name: &str,
        mut read: impl FnMut(&Original) -> Result<LiveBlog, E>,
    ) -> Result<Reparsed, E> {
        let (page, originals) = self.originals(name)?;
        if let Some(original) = originals.iter().find(|original| !original.intact) {
            return Err(Error::Changed { capture: original.document.source.clone() }.into());
        }
        let blogs = originals.iter().map(&mut read).collect::<Result<Vec<_>, E>>()?;
        let again = self.rebuild(page, &originals, &blogs);
        self.whole &= again.is_ok();
        Ok(again.map_err(|error| Error::told(self.path, error))?)
    }

    fn originals(&self, name: &str) -> Result<(i64, Vec<Original>), Error> {
        let (db, told) = (&self.transaction, |error| Error::told(self.path, error));
        let page = db.query_row("SELECT id FROM page WHERE name = ?", [name], |row| row.get(0)).map_err(told)?;
        let rows = captures(db, page).map_err(told)?;
        Ok((page, rows.into_iter().map(|row| original(db, row)).collect::<rusqlite::Result<_>>().map_err(told)?))
    }

    fn rebuild(&mut self, page: i64, originals: &[Original], blogs: &[LiveBlog]) -> rusqlite::Result<Reparsed> {
        let db = &self.transaction;
        let known = Known::load(db, page)?;
        let is_readable = known.unread.is_empty() && originals.iter().all(|original| original.unread.is_empty());
        let same = is_readable
            && originals.iter().zip(blogs).all(|(original, blog)| {
                known.captures.iter().any(|capture| capture.id == original.id && gives(&known, capture, blog))
            });
        // Most live blogs were captured once, and are told as they were: nothing would be written but what is there.
        if let [blog] = blogs
            && same
            && tells(db, page, blog)?
        {
            return Ok(Reparsed::Unchanged);
        }
        remove::clear(db, page)?;
        let sql =
            "UPDATE page SET (url, title, standfirst, authors, summary, media, zone, reports_from, reports_to, layout)
                   = (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '') WHERE id = ?";
        db.prepare_cached(sql)?.execute(params![page])?;
        for (original, blog) in originals.iter().zip(blogs) {
            store_in(db, &mut self.bylines, Some(page), &Capture::again(original, blog), self.unread)?;
        }
        Ok(if same { Reparsed::Unchanged } else { Reparsed::Changed })
    }
}

/// Whether a live blog that was captured once is told as that page tells it, beside its entries.
fn tells(db: &Connection, page: i64, blog: &LiveBlog) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM page JOIN capture ON capture.page = page.id
               WHERE page.id = ? AND capture.captured IS ? AND page.url IS ? AND title IS ? AND standfirst IS ?
               AND authors IS ? AND summary IS ? AND media IS ? AND page.zone IS ? AND page.layout IS ?
               AND reports_from IS ? AND reports_to IS ? AND last IS ?";
    let captured = blog.captured.map(utc);
    let values = head::values(blog);
    let (which, last): ([&dyn ToSql; 2], _) = ([&page, &captured], blog.last().map(utc));
    db.prepare_cached(sql)?
        .exists(params_from_iter(which.into_iter().chain(values.iter().map(|value| value as _)).chain([&last as _])))
}
