//! Selecting: the entries that a query asks for, in its order.

mod conditions;
mod finder;
mod group;
mod readers;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::Connection;

use self::finder::{Finder, Found, Known};
use self::readers::Readers;
use super::columns::{Columns, UnreadRows};
use super::pages::PageKey;
use super::record::EntryRow;
use super::snapshot::{index_snapshot, make_snapshot};
use super::{Archive, Error, pages};
use crate::model::Row;
use crate::query::{Query, Selected, SortKey};

impl Archive {
    /// Calls `each` with the entries that a query selects, one by one, in the query's order.
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
    /// let mut titles = Vec::new();
    /// let selected = archive.select(&Query::new("2023-06-20T14:00:00Z".parse()?), |row| {
    ///     titles.extend(row.entry.title);
    ///     Ok::<_, Error>(())
    /// })?;
    /// assert_eq!((selected.entries, titles), (1, vec!["Flood gate".to_owned()]));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read or has no live blog that the query names; and any error of `each`.
    pub fn select<E: From<Error>>(
        &self,
        query: &Query,
        mut each: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<Selected, E> {
        let to_error = |error| self.to_error(error);
        self.with_finder(query, None, |finder, query| {
            let mut selected = finder.left_out().map_err(to_error)?;
            let mut cache = PageCache::new(&self.connection, &self.unread);
            let found = cache.sort(query, finder.found().map_err(to_error)?).map_err(to_error)?;
            let mut statement = finder.entry_statement().map_err(to_error)?;
            for found in found {
                if query.limit.is_some_and(|limit| selected.entries >= limit) {
                    break;
                }
                let stored = finder.entry(&mut statement, &found).map_err(to_error)?;
                selected.entries += 1;
                each(cache.row(found.page, stored).map_err(to_error)?)?;
            }
            Ok(selected)
        })
    }

    /// Counts the entries that a query selects.
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
    /// use liveblog::query::Query;
    ///
    /// assert_eq!(archive.count(&Query::new("2023-06-20T14:00:00Z".parse()?).breaking())?.entries, 0);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read, or has no live blog that the query names.
    pub fn count(&self, query: &Query) -> Result<Selected, Error> {
        self.count_matches(query, None)
    }

    pub(super) fn count_matches(&self, query: &Query, words: Option<&str>) -> Result<Selected, Error> {
        self.with_finder(query, words, |finder, query| {
            let to_error = |error| self.to_error(error);
            let entries = finder.count().map_err(to_error)?.min(query.limit.unwrap_or(usize::MAX));
            Ok(Selected { entries, ..finder.left_out().map_err(to_error)? })
        })
    }

    /// Calls `answer` with a finder for the query (and for the words, if any) and the query with its live blogs by their
    /// full names. The archive is read in one transaction: what others write meanwhile is not seen.
    pub(super) fn with_finder<T, E: From<Error>>(
        &self,
        query: &Query,
        words: Option<&str>,
        answer: impl FnOnce(&Finder, &Query) -> Result<T, E>,
    ) -> Result<T, E> {
        let to_error = |error| self.to_error(error);
        if words.is_some() && query.at.is_none() {
            self.complete_index_if_free()?;
        }
        let mut readers = if words.is_none() { Readers::open(&self.connection, query) } else { Readers::default() };
        let _snapshot = self.connection.unchecked_transaction().map_err(to_error)?;
        let mut known = Known::read(&self.connection, query).map_err(to_error)?;
        let pages = known.pages();
        let named = |name: &String| pages::find_page(pages, name).map(|page| page.name.clone());
        let names: Vec<_> = query.pages.iter().map(named).collect::<Result<_, _>>()?;
        for page in pages.iter().filter(|page| names.is_empty() || names.contains(&page.name)) {
            self.unread.add(&page.name, None, page.unread.clone());
        }
        let query = Query { pages: names, ..query.clone() };
        if query.at.is_some() {
            self.make_snapshot(&query, pages, words.is_some()).map_err(to_error)?;
            known = Known::read(&self.connection, &query).map_err(to_error)?;
        }
        let prepared = query.prepare();
        let mut finder = Finder::new(&self.connection, &prepared, &known).map_err(to_error)?;
        words.into_iter().for_each(|words| finder.search(words));
        readers.begin(&self.connection);
        finder.read_with(readers);
        answer(&finder, &query)
    }

    /// Puts a snapshot in place of the live blogs, until the transaction ends.
    fn make_snapshot(&self, query: &Query, pages: &[PageKey], with_index: bool) -> rusqlite::Result<()> {
        let is_asked = |page: &&PageKey| query.pages.is_empty() || query.invert || query.pages.contains(&page.name);
        let asked: Vec<_> = pages.iter().filter(is_asked).cloned().collect();
        let time = |page: &PageKey, captures| query.snapshot_time(page.zone, captures);
        make_snapshot(&self.connection, &asked, &self.unread, time)?;
        if with_index { index_snapshot(&self.connection) } else { Ok(()) }
    }
}

/// What rows say of their live blogs, read when it is needed.
pub(super) struct PageCache<'h> {
    db: &'h Connection,
    read: HashMap<i64, Head>,
    unread: &'h UnreadRows,
}

struct Head {
    name: String,
    title: Option<String>,
    url: Option<String>,
    newest_first: bool,
}

impl<'h> PageCache<'h> {
    pub fn new(db: &'h Connection, unread: &'h UnreadRows) -> Self {
        Self { db, read: HashMap::new(), unread }
    }

    /// Sorts what was found in the query's order, live blogs by name.
    fn sort(&mut self, query: &Query, found: Vec<Found>) -> rusqlite::Result<Vec<Found>> {
        for found in &found {
            self.head(found.page)?;
        }
        let mut by_name: Vec<_> = self.read.iter().collect();
        by_name.sort_unstable_by_key(|(_, head)| &head.name);
        let ranks: HashMap<i64, usize> = by_name.iter().enumerate().map(|(rank, (page, _))| (**page, rank)).collect();
        let key = |found: &Found| {
            let newest_first = self.read[&found.page].newest_first;
            SortKey::new(query.order, found.published, ranks[&found.page], found.place, newest_first)
        };
        let mut found: Vec<_> = found.into_iter().map(|found| (key(&found), found)).collect();
        query.sort(&mut found);
        Ok(found.into_iter().map(|(_, found)| found).collect())
    }

    /// An entry as a row.
    pub fn row(&mut self, page: i64, stored: EntryRow) -> rusqlite::Result<Row> {
        let EntryRow { entry, is_removed: removed, unread: columns, .. } = stored;
        let unread = self.unread;
        let Head { name, title, url, .. } = self.head(page)?;
        unread.add(name, Some(&entry.id), columns);
        Ok(Row { page: name.clone(), page_title: title.clone(), page_url: url.clone(), removed, entry })
    }

    fn head(&mut self, page: i64) -> rusqlite::Result<&Head> {
        match self.read.entry(page) {
            Entry::Occupied(read) => Ok(read.into_mut()),
            Entry::Vacant(vacant) => {
                let sql = "SELECT name, title, url, newest_first FROM page WHERE id = ?";
                let head = self.db.prepare_cached(sql)?.query_row([page], |row| {
                    let mut columns = Columns::new(row);
                    let name = columns.text()?.unwrap_or_default();
                    let (title, url, newest_first) = (columns.text()?, columns.text()?, columns.get()?);
                    self.unread.add(&name, None, columns.into_unread());
                    Ok(Head { name, title, url, newest_first })
                })?;
                Ok(vacant.insert(head))
            }
        }
    }
}
