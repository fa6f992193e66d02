//! Which values a field has in the archive, and how often.

use super::columns::to_usize;
use super::{Archive, Error};
use crate::query::TextField;

impl Archive {
    /// Lists the values of a field of all entries, without those removed, each with how many entries have it; the most
    /// frequent first, equally frequent ones by name. An entry with co-authors counts for each of its authors.
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// use liveblog::query::TextField;
    ///
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # let now = "2023-06-20T12:30:00Z".parse()?;
    /// let page = "Flood gatepublished at 12:00 GMT 20 June 2023\n\nAda Example\nReporter\n\nThe gate is shut.\n";
    /// let document = Document::from_text("flood.txt", page);
    /// archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// assert_eq!(archive.values(TextField::Author)?, [("Ada Example".to_owned(), 1)]);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn values(&self, field: TextField) -> Result<Vec<(String, usize)>, Error> {
        let sql = format!(
            "SELECT value, count(DISTINCT entry) AS entries FROM ({}) WHERE value <> '' \
             GROUP BY value ORDER BY entries DESC, value",
            values_sql(field)
        );
        let read = || {
            let mut values = self.connection.prepare_cached(&sql)?;
            values.query_map([], |row| Ok((row.get(0)?, to_usize(row.get(1)?))))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.to_error(error))
    }
}

/// The `value`s of a field, each with its `entry`. JSON that is invalid has none.
fn values_sql(field: TextField) -> &'static str {
    match field {
        TextField::Author => {
            "SELECT byline.author AS value, entry.id AS entry FROM entry JOIN byline ON byline.id = entry.byline \
             WHERE entry.removed IS NULL \
             UNION ALL \
             SELECT co_author.value, entry.id FROM entry JOIN byline ON byline.id = entry.byline, \
             json_each(iif(json_valid(byline.co_authors), byline.co_authors, NULL)) AS co_author \
             WHERE entry.removed IS NULL AND co_author.type = 'text'"
        }
        TextField::Role => {
            "SELECT byline.role AS value, entry.id AS entry FROM entry JOIN byline ON byline.id = entry.byline \
             WHERE entry.removed IS NULL"
        }
        TextField::Title => "SELECT title AS value, id AS entry FROM entry WHERE removed IS NULL",
        TextField::Label => "SELECT label AS value, id AS entry FROM entry WHERE removed IS NULL",
        TextField::ImageSource => {
            "SELECT iif(image.type = 'object', image.value, NULL) ->> 'source' AS value, entry.id AS entry \
             FROM entry, json_each(iif(json_valid(entry.images), entry.images, NULL)) AS image \
             WHERE entry.removed IS NULL"
        }
    }
}
