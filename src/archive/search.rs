//! Searching: a user's words as an expression of full-text search, and the entries that match.

use rusqlite::params_from_iter;

use super::fts::read_excerpt;
use super::select::PageCache;
use super::{Archive, Error};
use crate::model::{Excerpt, Row};
use crate::query::{Query, Selected};

impl Archive {
    /// Searches the words of entries: titles, subtitles, bodies, authors and the captions of images and media. Calls
    /// `each` with those that also match the query, the best match first by BM25, whatever its [order](Query::order).
    ///
    /// All words must occur, in any order, ignoring case and diacritics. `"pumps failed"` matches adjacent words, `pump*`
    /// all words with that beginning; `OR`, `NOT` and brackets combine them. Invalid syntax is searched as text, so that
    /// any input is valid.
    ///
    /// ```
    /// # use liveblog::archive::{Archive, Capture};
    /// # use liveblog::{Document, ParseOptions, parse};
    /// # let directory = tempfile::tempdir()?;
    /// # let mut archive = Archive::open(&directory.path().join("archive.db"))?;
    /// # for (hour, word) in [(12, "shut"), (13, "open")] {
    /// #     let page = format!("Flood gatepublished at 12:00 GMT 20 June 2023\n\nThe gate is {word}.\n");
    /// #     let document = Document::from_text("flood.txt", &page);
    /// #     let now = format!("2023-06-20T{hour}:30:00Z").parse()?;
    /// #     archive.store(&Capture::new(&document, &parse(&document, &ParseOptions::new(now))?, now))?;
    /// # }
    /// use liveblog::archive::Error;
    /// use liveblog::query::Query;
    ///
    /// let mut found = Vec::new();
    /// archive.search(&Query::new("2023-06-20T14:00:00Z".parse()?), "gate NOT \"northern portal\"", |row, excerpt| {
    ///     let words: String = excerpt.text.into_iter().map(|span| span.text).collect();
    ///     found.push(format!("{}: {words}", row.page));
    ///     Ok::<_, Error>(())
    /// })?;
    /// assert_eq!(found, ["flood: The gate is open."]);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`select`](Self::select).
    pub fn search<E: From<Error>>(
        &self,
        query: &Query,
        words: &str,
        mut each: impl FnMut(Row, Excerpt) -> Result<(), E>,
    ) -> Result<Selected, E> {
        let to_error = |error| self.to_error(error);
        self.with_finder(query, Some(words), |finder, query| {
            let mut selected = finder.left_out().map_err(to_error)?;
            let mut cache = PageCache::new(&self.connection, &self.unread);
            let (sql, values) = finder.best_first();
            let (mut ranked, mut statement) =
                (self.connection.prepare(&sql).map_err(to_error)?, finder.entry_statement().map_err(to_error)?);
            let mut ranked = ranked.query(params_from_iter(values)).map_err(to_error)?;
            // Ranked at once, but read one by one: most searches stop after a few.
            while query.limit.is_none_or(|limit| selected.entries < limit) {
                let Some(hit) = ranked.next().map_err(to_error)? else { break };
                let found = finder.found_in(hit).map_err(to_error)?;
                let stored = finder.entry(&mut statement, &found).map_err(to_error)?;
                let row = cache.row(found.page, stored).map_err(to_error)?;
                selected.entries += 1;
                each(row, read_excerpt(hit).map_err(to_error)?)?;
            }
            Ok(selected)
        })
    }

    /// Counts the entries that a [search](Self::search) finds.
    ///
    /// # Errors
    /// As [`count`](Self::count).
    pub fn count_found(&self, query: &Query, words: &str) -> Result<Selected, Error> {
        self.count_matches(query, Some(words))
    }
}
