//! What an archived live blog tells beside its entries.

use super::record::{instant, listed, parsed};
use super::{Archive, Error};
use crate::model::{Coverage, PageHead};

impl Archive {
    /// What the live blog of that very name tells beside its entries: what a document about it says before them.
    ///
    /// ```no_run
    /// # use liveblog::{archive::{Archive, Error}, query::Query};
    /// # fn print(archive: &Archive) -> Result<(), Error> {
    /// archive.select(&Query::default(), |row| {
    ///     let head = archive.head(&row.page)?;
    ///     println!("{}, of {:?}", row.entry.id, head.summary);
    ///     Ok::<_, Error>(())
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read, or does not hold that live blog.
    pub fn head(&self, page: &str) -> Result<PageHead, Error> {
        let sql = "SELECT title, standfirst, authors, url, zone, reports_from, reports_to, summary, media
                   FROM page WHERE name = ?";
        let head = self.connection.prepare_cached(sql).and_then(|mut head| {
            head.query_row([page], |row| {
                Ok(PageHead {
                    page: page.to_owned(),
                    title: row.get(0)?,
                    standfirst: row.get(1)?,
                    authors: listed(row, 2)?.unwrap_or_default(),
                    url: row.get(3)?,
                    zone: parsed(row, 4, str::parse)?,
                    coverage: Coverage { start: parsed(row, 5, instant)?, end: parsed(row, 6, instant)? },
                    summary: listed(row, 7)?.unwrap_or_default(),
                    media: listed(row, 8)?.unwrap_or_default(),
                })
            })
        });
        head.map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Error::NoSuchPage { name: page.to_owned(), close: Vec::new() },
            error => self.told(error),
        })
    }
}
