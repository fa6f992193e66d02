//! What an archived live blog tells beside its entries.

use super::columns::Columns;
use super::record::{json, utc, word};
use super::unread::UnreadRows;
use super::{Archive, Error};
use crate::model::{Coverage, LiveBlog, PageHead};

/// The values of the columns in which a live blog is told: url, title, standfirst, authors, summary, media, zone,
/// layout, reports_from, reports_to.
pub(super) fn values(blog: &LiveBlog) -> [Option<String>; 10] {
    [
        blog.url.clone(),
        blog.title.clone(),
        blog.standfirst.clone(),
        json(&blog.authors),
        json(&blog.summary),
        json(&blog.media),
        blog.zone.map(|zone| zone.name().to_owned()),
        word(blog.layout),
        blog.coverage.start.map(utc),
        blog.coverage.end.map(utc),
    ]
}

impl Archive {
    /// What the live blog of that very name tells beside its entries: what a document about it says before them.
    ///
    /// ```no_run
    /// # use liveblog::{archive::{Archive, Error}, query::Query};
    /// # fn print(archive: &Archive) -> Result<(), Error> {
    /// archive.select(&Query::new(chrono::Utc::now()), |row| {
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
        self.read_head(page, &self.unread)
    }

    /// The same; what cannot be read is noted in `unread`.
    pub(super) fn read_head(&self, page: &str, unread: &UnreadRows) -> Result<PageHead, Error> {
        let sql = "SELECT title, standfirst, authors, url, zone, reports_from, reports_to, summary, media
                   FROM page WHERE name = ?";
        let head = self.connection.prepare_cached(sql).and_then(|mut head| {
            head.query_row([page], |row| {
                let mut columns = Columns::new(row);
                let head = PageHead {
                    page: page.to_owned(),
                    title: columns.text()?,
                    standfirst: columns.text()?,
                    authors: columns.json()?,
                    url: columns.text()?,
                    zone: columns.parse(str::parse)?,
                    coverage: Coverage { start: columns.instant()?, end: columns.instant()? },
                    summary: columns.json()?,
                    media: columns.json()?,
                };
                unread.note(page, None, columns.into_unread());
                Ok(head)
            })
        });
        head.map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Error::NoSuchPage { name: page.to_owned(), close: Vec::new() },
            error => self.told(error),
        })
    }
}
