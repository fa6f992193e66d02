//! The live blogs of an archive, and how a user names one.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::record::{instant, parsed};
use super::{Archive, Error, identity};
use crate::query::fold;

/// What is to be known of a live blog before its entries are looked for.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub id: i64,
    pub name: String,
    pub address: Option<String>,
    pub zone: Option<Tz>,
    pub last: Option<DateTime<Utc>>,
}

impl Archive {
    /// All live blogs, by name.
    pub(super) fn all_pages(&self) -> rusqlite::Result<Vec<Page>> {
        let mut pages =
            self.connection.prepare_cached("SELECT id, name, address, zone, last FROM page ORDER BY name")?;
        let pages = pages.query_map([], |row| {
            let (zone, last) = (parsed(row, 3, str::parse)?, parsed(row, 4, instant)?);
            Ok(Page { id: row.get(0)?, name: row.get(1)?, address: row.get(2)?, zone, last })
        })?;
        pages.collect()
    }
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
        (None, _) => Err(Error::NoSuchPage(name.to_owned())),
        (Some(page), None) => Ok(page),
        (Some(one), Some(other)) => {
            let fitting = [one, other].into_iter().chain(fitting).map(|page| page.name.clone()).collect();
            Err(Error::AmbiguousPage { name: name.to_owned(), fitting })
        }
    }
}
