//! What the archive knows of one live blog: its captures in order of time, its entries in order of the page.

use std::collections::HashMap;

use rusqlite::{Connection, Result};

use super::columns::Columns;
use super::history::Shown;
use super::merge::Slot;
use super::record::{self, StoredRow};
use super::sight::{Part, Sight};
use super::unread::Unread;
use crate::model::Entry;

/// A live blog in the archive.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub captures: Vec<KnownCapture>,
    pub entries: Vec<KnownEntry>,
    pub versions: Vec<KnownVersion>,
    /// What cannot be read of it.
    pub unread: Vec<Unread>,
}

/// A capture that was kept.
#[derive(Debug)]
pub(super) struct KnownCapture {
    pub id: i64,
    /// When it was saved, as far as is known.
    pub time: String,
    pub shown: Shown,
    /// Which part of an entry's version it shows, where it may be cut off.
    pub parts: HashMap<i64, Part>,
}

/// An entry as it is kept.
#[derive(Debug)]
pub(super) struct KnownEntry {
    pub id: i64,
    pub place: i64,
    pub version: i64,
    pub capture: i64,
    pub entry: Entry,
}

/// Another wording of an entry, an earlier one as a rule.
#[derive(Debug)]
pub(super) struct KnownVersion {
    /// The row of the entry.
    pub entry: i64,
    pub version: i64,
    /// The capture that it was read from.
    pub capture: i64,
    pub told: Entry,
}

impl Known {
    pub fn load(db: &Connection, page: i64) -> Result<Self> {
        let mut unread: Vec<(Option<String>, Vec<String>)> = Vec::new();
        let mut captures = db.prepare_cached(
            "SELECT id, coalesce(captured, kept) AS time, shows FROM capture WHERE page = ? ORDER BY time, id",
        )?;
        let captures = captures.query_map([page], |row| {
            let mut columns = Columns::new(row);
            let id = columns.get()?;
            let (time, sights) = (columns.text()?.unwrap_or_default(), columns.json::<Vec<Sight>>()?);
            unread.push((None, columns.into_unread()));
            let parts = sights.iter().filter_map(|Sight(entry, _, part)| Some((*entry, (*part)?))).collect();
            let shown = sights.iter().map(|Sight(entry, version, _)| (*entry, *version)).collect();
            Ok(KnownCapture { id, time, shown, parts })
        })?;
        let captures = captures.collect::<Result<_>>()?;
        let mut entries = db.prepare_cached(record::SELECT_PAGE)?;
        let entries = entries.query_map([page], |row| {
            let StoredRow { id, place, version, capture, entry, unread: columns, .. } = record::read(row)?;
            unread.push((Some(entry.id.clone()), columns));
            Ok(KnownEntry { id, place, version, capture, entry })
        })?;
        let entries = entries.collect::<Result<_>>()?;
        let mut versions = db.prepare_cached(
            "SELECT entry, key, entry_version.version, entry_version.capture, content
             FROM entry JOIN entry_version ON entry = entry.id WHERE page = ?",
        )?;
        let versions = versions.query_map([page], |row| {
            let mut columns = Columns::new(row);
            let (entry, key, version, capture) = (columns.get()?, columns.text()?, columns.get()?, columns.get()?);
            let (told, keys) = columns.str()?.map(record::read_json).unwrap_or_default();
            let of_version = |name| format!("{name} of version {version}");
            unread.push((key, columns.into_unread().into_iter().chain(keys).map(of_version).collect()));
            Ok(KnownVersion { entry, version, capture, told })
        })?;
        let versions = versions.collect::<Result<_>>()?;
        unread.retain(|(_, columns)| !columns.is_empty());
        let unread = if unread.is_empty() { Vec::new() } else { with_page(db, page, unread)? };
        Ok(Self { captures, entries, versions, unread })
    }

    /// The entries as [`merged`](super::merge::merged) takes them.
    pub fn slots(&self) -> Vec<Slot> {
        self.entries.iter().map(|known| Slot { id: known.id, published: known.entry.published }).collect()
    }
}

/// Names the live blog of what cannot be read.
fn with_page(db: &Connection, page: i64, unread: Vec<(Option<String>, Vec<String>)>) -> Result<Vec<Unread>> {
    let sql = "SELECT name FROM page WHERE id = ?";
    let page: String =
        db.prepare_cached(sql)?.query_row([page], |row| Ok(Columns::new(row).text()?.unwrap_or_default()))?;
    Ok(unread.into_iter().map(|(entry, columns)| Unread { page: page.clone(), entry, columns }).collect())
}
