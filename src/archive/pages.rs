//! The live blogs of an archive: listing them, finding one by name, removing one.

use chrono::{DateTime, FixedOffset, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Params, Row, TransactionBehavior};
use serde::{Deserialize, Serialize};
use similar::get_close_matches;

use super::columns::{Columns, from_json_name};
use super::{Archive, Error, fts, identity};
use crate::model::Layout;
use crate::query::fold;
use crate::time::years;

/// A live blog in the archive, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSummary {
    /// Its name in the archive.
    pub name: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// How its latest capture is laid out.
    pub layout: Layout,
    /// The zone of the times on its page.
    pub zone: Option<Tz>,
    /// How many entries it has, without those removed.
    pub entries: usize,
    /// How many entries a later capture no longer had.
    pub removed: usize,
    /// When its first entry was published, UTC.
    pub first: Option<DateTime<Utc>>,
    /// When its last entry was published, UTC.
    pub last: Option<DateTime<Utc>>,
    /// When its first entry was published, by the clock of its stamp.
    #[serde(skip)]
    pub first_local: Option<DateTime<FixedOffset>>,
    /// When its last entry was published, by the clock of its stamp.
    #[serde(skip)]
    pub last_local: Option<DateTime<FixedOffset>>,
    /// How many captures of it are stored.
    pub captures: usize,
    /// When the latest capture was saved, UTC; when it was stored, where nobody said when it was saved.
    pub captured: Option<DateTime<Utc>>,
}

/// What a query needs to know of a live blog before it looks for entries.
#[derive(Debug, Clone)]
pub(super) struct PageKey {
    pub id: i64,
    pub name: String,
    pub address: Option<String>,
    pub zone: Option<Tz>,
    pub last: Option<DateTime<Utc>>,
    /// The columns that cannot be read.
    pub unread: Vec<String>,
}

impl Archive {
    /// Lists all live blogs, by name.
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
    /// let page = &archive.pages()?[0];
    /// assert_eq!((page.name.as_str(), page.entries, page.captures), ("flood", 1, 2));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn pages(&self) -> Result<Vec<PageSummary>, Error> {
        self.summaries("ORDER BY name", []).map_err(|error| self.to_error(error))
    }

    /// Finds the live blog with that name or address, or the only one whose name or address contains it.
    ///
    /// # Errors
    /// If none or several match, or the archive cannot be read.
    pub fn page(&self, name: &str) -> Result<PageSummary, Error> {
        let to_error = |error| self.to_error(error);
        let pages = self.all_pages().map_err(to_error)?;
        let page = find_page(&pages, name)?;
        let summaries = self.summaries("WHERE name = ?", [&page.name]).map_err(to_error)?;
        summaries.into_iter().next().ok_or_else(|| no_such_page(&pages, name))
    }

    /// Removes a live blog with everything that is stored of it. `name` is its whole name; [`page`](Self::page) finds it by
    /// a part.
    ///
    /// # Errors
    /// If no live blog has that name, or the archive cannot be written; it is then as it was.
    pub fn remove(&mut self, name: &str) -> Result<(), Error> {
        let Self { connection, path, .. } = self;
        let removed = connection.transaction_with_behavior(TransactionBehavior::Immediate).and_then(|db| {
            let sql = "SELECT id FROM page WHERE name = ?";
            let Some(page) = db.query_row(sql, [name], |row| row.get(0)).optional()? else { return Ok(false) };
            remove_captures(&db, page)?;
            db.execute("DELETE FROM page WHERE id = ?", [page])?;
            db.execute("DELETE FROM byline WHERE id NOT IN (SELECT byline FROM entry WHERE byline IS NOT NULL)", [])?;
            db.commit()?;
            Ok(true)
        });
        match removed {
            Ok(true) => self.require_in_place(),
            Ok(false) => Err(Error::NoSuchPage { name: name.to_owned(), close: Vec::new() }),
            Err(error) => Err(Error::from_sqlite(path, error)),
        }
    }

    fn summaries(&self, which: &str, values: impl Params) -> rusqlite::Result<Vec<PageSummary>> {
        let sql = format!(
            "SELECT name, title, url, layout, zone, entries, removed, first, last, {}, {}, captures, captured
             FROM pages {which}",
            local("first"),
            local("last")
        );
        let mut pages = self.connection.prepare_cached(&sql)?;
        let pages = pages.query_map(values, |row| {
            let (page, unread) = read_summary(row)?;
            self.unread.add(&page.name, None, unread);
            Ok(page)
        })?;
        pages.collect()
    }

    /// What queries need to know of all live blogs, by name.
    pub(super) fn all_pages(&self) -> rusqlite::Result<Vec<PageKey>> {
        all_pages(&self.connection)
    }
}

/// What queries need to know of all live blogs, by name.
pub(super) fn all_pages(db: &Connection) -> rusqlite::Result<Vec<PageKey>> {
    let mut pages = db.prepare_cached("SELECT id, name, address, zone, last FROM page ORDER BY name")?;
    let pages = pages.query_map([], |row| {
        let mut columns = Columns::new(row);
        let (id, name, address) = (columns.get()?, columns.text()?.unwrap_or_default(), columns.text()?);
        let (zone, last) = (columns.parse_column(str::parse)?, columns.instant()?);
        Ok(PageKey { id, name, address, zone, last, unread: columns.into_unread() })
    })?;
    pages.collect()
}

/// The SQL for the local time of a live blog's first or last entry.
fn local(column: &str) -> String {
    format!(
        "(SELECT entry.published_local FROM entry JOIN page ON page.id = entry.page
          WHERE entry.published = pages.{column} AND page.name = pages.name LIMIT 1)"
    )
}

/// Reads a row of [`Archive::summaries`]; also returns the columns that cannot be read.
fn read_summary(row: &Row) -> rusqlite::Result<(PageSummary, Vec<String>)> {
    let mut columns = Columns::new(row);
    let (name, title, url) = (columns.text()?.unwrap_or_default(), columns.text()?, columns.text()?);
    let layout = columns.parse_column(from_json_name)?.unwrap_or_default();
    let zone = columns.parse_column(str::parse)?;
    let (entries, removed) = (columns.count()?, columns.count()?);
    let (first, last) = (columns.instant()?, columns.instant()?);
    let mut local = || columns.parse_column(|text| years::read(text).map_err(drop)).map(Option::flatten);
    let (first_local, last_local) = (local()?, local()?);
    let captures = columns.count()?;
    let captured = columns.instant()?;
    let page = PageSummary {
        name,
        title,
        url,
        layout,
        zone,
        entries,
        removed,
        first,
        last,
        first_local,
        last_local,
        captures,
        captured,
    };
    Ok((page, columns.into_unread()))
}

/// Finds the live blog that a user names: by its name, its address, or a part of either that only one has.
pub(super) fn find_page<'p>(pages: &'p [PageKey], name: &str) -> Result<&'p PageKey, Error> {
    let address = identity::address(name);
    let exact = pages.iter().find(|page| page.name == name);
    if let Some(page) = exact.or_else(|| pages.iter().find(|page| page.address.as_ref() == Some(&address))) {
        return Ok(page);
    }
    let part = fold(name);
    let has_part = |text: &String| fold(text).contains(&part);
    let mut fitting = pages.iter().filter(|page| has_part(&page.name) || page.address.as_ref().is_some_and(has_part));
    match (fitting.next(), fitting.next()) {
        (None, _) => Err(no_such_page(pages, name)),
        (Some(page), None) => Ok(page),
        (Some(one), Some(other)) => {
            let fitting = [one, other].into_iter().chain(fitting).map(|page| page.name.clone()).collect();
            Err(Error::AmbiguousPage { name: name.to_owned(), fitting })
        }
    }
}

fn no_such_page(pages: &[PageKey], name: &str) -> Error {
    let names: Vec<_> = pages.iter().map(|page| page.name.as_str()).collect();
    let close = get_close_matches(name, &names, 3, 0.6).into_iter().map(str::to_owned).collect();
    Error::NoSuchPage { name: name.to_owned(), close }
}

/// Removes the entries and the captures of a live blog.
pub(super) fn remove_captures(db: &Connection, page: i64) -> rusqlite::Result<()> {
    // An index that has other words than the entries refuses to remove them: it is rebuilt afterwards.
    let is_broken = match fts::unindex_page(db, page) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => true,
        done => done.map(|()| false)?,
    };
    for sql in [
        "DELETE FROM entry_version WHERE entry IN (SELECT id FROM entry WHERE page = ?)",
        "DELETE FROM entry WHERE page = ?",
        "DELETE FROM capture WHERE page = ?",
    ] {
        db.prepare_cached(sql)?.execute([page])?;
    }
    if is_broken { fts::rebuild(db) } else { Ok(()) }
}
