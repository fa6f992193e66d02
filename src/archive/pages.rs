//! The live blogs of an archive, and how a user names one.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{Params, Row};
use serde::{Deserialize, Serialize};
use similar::get_close_matches;

use super::columns::Columns;
use super::record::{self, count};
use super::{Archive, Error, identity};
use crate::model::Layout;
use crate::query::fold;

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
    /// The zone in which it tells the time.
    pub zone: Option<Tz>,
    /// How many entries it has, without those removed.
    pub entries: usize,
    /// How many entries a later capture no longer had.
    pub removed: usize,
    /// When its first entry was published, UTC.
    pub first: Option<DateTime<Utc>>,
    /// When its last entry was published, UTC.
    pub last: Option<DateTime<Utc>>,
    /// How many captures of it are kept.
    pub captures: usize,
    /// When the latest capture was saved, UTC, or kept where nobody said when it was saved.
    pub captured: Option<DateTime<Utc>>,
}

/// What is to be known of a live blog before its entries are looked for.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub id: i64,
    pub name: String,
    pub address: Option<String>,
    pub zone: Option<Tz>,
    pub last: Option<DateTime<Utc>>,
    /// The columns that cannot be read.
    pub unread: Vec<String>,
}

impl Archive {
    /// All live blogs in short, by name.
    ///
    /// ```no_run
    /// # fn list(archive: &liveblog::archive::Archive) -> Result<(), liveblog::archive::Error> {
    /// for page in archive.pages()? {
    ///     println!("{}: {} entries", page.name, page.entries);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn pages(&self) -> Result<Vec<PageSummary>, Error> {
        self.listed("ORDER BY name", []).map_err(|error| self.told(error))
    }

    /// The live blog of that name or address, or of a part of either that fits it alone.
    ///
    /// # Errors
    /// If none fits, or several do, or the archive cannot be read.
    pub fn page(&self, name: &str) -> Result<PageSummary, Error> {
        let told = |error| self.told(error);
        let pages = self.all_pages().map_err(told)?;
        let page = named(&pages, name)?;
        let listed = self.listed("WHERE name = ?", [&page.name]).map_err(told)?;
        listed.into_iter().next().ok_or_else(|| no_such_page(&pages, name))
    }

    fn listed(&self, which: &str, values: impl Params) -> rusqlite::Result<Vec<PageSummary>> {
        let sql = format!(
            "SELECT name, title, url, layout, zone, entries, removed, first, last, captures, captured FROM pages {which}"
        );
        let mut pages = self.connection.prepare_cached(&sql)?;
        let pages = pages.query_map(values, |row| {
            let (page, unread) = archived(row)?;
            self.unread.note(&page.name, None, unread);
            Ok(page)
        })?;
        pages.collect()
    }

    /// All live blogs, by name.
    pub(super) fn all_pages(&self) -> rusqlite::Result<Vec<Page>> {
        let mut pages =
            self.connection.prepare_cached("SELECT id, name, address, zone, last FROM page ORDER BY name")?;
        let pages = pages.query_map([], |row| {
            let mut columns = Columns::new(row);
            let (id, name, address) = (columns.get()?, columns.text()?.unwrap_or_default(), columns.text()?);
            let (zone, last) = (columns.parse(str::parse)?, columns.instant()?);
            Ok(Page { id, name, address, zone, last, unread: columns.into_unread() })
        })?;
        pages.collect()
    }
}

/// A live blog in short, and the columns that cannot be read.
fn archived(row: &Row) -> rusqlite::Result<(PageSummary, Vec<String>)> {
    let mut columns = Columns::new(row);
    let (name, title, url) = (columns.text()?.unwrap_or_default(), columns.text()?, columns.text()?);
    let layout = columns.parse(record::of_word)?.unwrap_or_default();
    let zone = columns.parse(str::parse)?;
    let (entries, removed) = (count(columns.get()?), count(columns.get()?));
    let (first, last) = (columns.instant()?, columns.instant()?);
    let captures = count(columns.get()?);
    let captured = columns.instant()?;
    let page = PageSummary { name, title, url, layout, zone, entries, removed, first, last, captures, captured };
    Ok((page, columns.into_unread()))
}

/// The live blog that a user names: by its name, its address, or a part of either that fits it alone.
pub(super) fn named<'p>(pages: &'p [Page], name: &str) -> Result<&'p Page, Error> {
    let address = identity::address(name);
    let exact = pages.iter().find(|page| page.name == name);
    if let Some(page) = exact.or_else(|| pages.iter().find(|page| page.address.as_ref() == Some(&address))) {
        return Ok(page);
    }
    let part = fold(name);
    let holds = |text: &String| fold(text).contains(&part);
    let mut fitting = pages.iter().filter(|page| holds(&page.name) || page.address.as_ref().is_some_and(holds));
    match (fitting.next(), fitting.next()) {
        (None, _) => Err(no_such_page(pages, name)),
        (Some(page), None) => Ok(page),
        (Some(one), Some(other)) => {
            let fitting = [one, other].into_iter().chain(fitting).map(|page| page.name.clone()).collect();
            Err(Error::AmbiguousPage { name: name.to_owned(), fitting })
        }
    }
}

fn no_such_page(pages: &[Page], name: &str) -> Error {
    let names: Vec<_> = pages.iter().map(|page| page.name.as_str()).collect();
    let close = get_close_matches(name, &names, 3, 0.6).into_iter().map(str::to_owned).collect();
    Error::NoSuchPage { name: name.to_owned(), close }
}
