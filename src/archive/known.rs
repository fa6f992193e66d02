//! What the archive knows of one live blog: its captures in order of time, its entries in order of the page.

use std::collections::HashMap;

use rusqlite::{Connection, Result};

use super::history::Shown;
use super::merge::Slot;
use super::record;
use super::sight::{Part, Sight};
use crate::model::Entry;

/// A live blog in the archive.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub captures: Vec<KnownCapture>,
    pub entries: Vec<KnownEntry>,
    pub versions: Vec<KnownVersion>,
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
        let mut captures = db.prepare_cached(
            "SELECT id, coalesce(captured, kept) AS time, shows FROM capture WHERE page = ? ORDER BY time, id",
        )?;
        let captures = captures.query_map([page], |row| {
            let sights: Vec<Sight> = record::listed(row, 2)?.unwrap_or_default();
            let parts = sights.iter().filter_map(|Sight(entry, _, part)| Some((*entry, (*part)?))).collect();
            let shown = sights.iter().map(|Sight(entry, version, _)| (*entry, *version)).collect();
            Ok(KnownCapture { id: row.get(0)?, time: row.get(1)?, shown, parts })
        })?;
        let mut entries = db.prepare_cached(record::SELECT_PAGE)?;
        let entries = entries.query_map([page], |row| {
            let (id, place, version, capture) = (row.get(0)?, row.get(2)?, row.get(3)?, row.get(4)?);
            Ok(KnownEntry { id, place, version, capture, entry: record::read(row)? })
        })?;
        let mut versions = db.prepare_cached(
            "SELECT entry, entry_version.version, entry_version.capture, content FROM entry JOIN entry_version ON entry = entry.id WHERE page = ?",
        )?;
        let versions = versions.query_map([page], |row| {
            let told = record::listed(row, 3)?.unwrap_or_default();
            Ok(KnownVersion { entry: row.get(0)?, version: row.get(1)?, capture: row.get(2)?, told })
        })?;
        Ok(Self {
            captures: captures.collect::<Result<_>>()?,
            entries: entries.collect::<Result<_>>()?,
            versions: versions.collect::<Result<_>>()?,
        })
    }

    /// The entries as [`merged`](super::merge::merged) takes them.
    pub fn slots(&self) -> Vec<Slot> {
        self.entries.iter().map(|known| Slot { id: known.id, published: known.entry.published }).collect()
    }
}
