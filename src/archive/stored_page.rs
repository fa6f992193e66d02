//! What the archive has of one live blog: its captures in order of time, its entries in order of the page.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use rusqlite::{Connection, Result};
use serde::{Deserialize, Serialize};

use super::columns::{Columns, Unread};
use super::positions::EntryPosition;
use super::record::{self, EntryRow};
use crate::model::Entry;

/// What a capture shows: its entries as on the page, each with the version of its words.
pub(super) type Shown = Vec<(i64, i64)>;

/// A live blog in the archive.
#[derive(Debug, Default)]
pub(super) struct StoredPage {
    pub captures: Vec<CaptureRow>,
    pub entries: Vec<StoredEntry>,
    /// The other wordings of all entries, in the order of their rows.
    pub versions: Vec<OlderVersion>,
    /// What cannot be read of it.
    pub unread: Vec<Unread>,
}

/// A capture as it is stored.
#[derive(Debug)]
pub(super) struct CaptureRow {
    pub id: i64,
    /// When it was saved, as far as is known.
    pub time: String,
    pub shown: Shown,
    /// Which part of an entry's version it shows, where it may be cut off.
    pub parts: HashMap<i64, Part>,
    places: OnceCell<HashMap<i64, usize>>,
}

impl CaptureRow {
    /// Where on its page the capture shows an entry, from 0.
    pub fn place(&self, entry: i64) -> Option<usize> {
        let places = self.places.get_or_init(|| {
            // Reversed, so that the first counts.
            let entries = self.shown.iter().enumerate().rev();
            entries.map(|(place, (entry, _))| (*entry, place)).collect()
        });
        places.get(&entry).copied()
    }
}

/// An entry in its current version.
#[derive(Debug)]
pub(super) struct StoredEntry {
    pub id: i64,
    pub place: i64,
    pub version: i64,
    pub capture: i64,
    pub entry: Entry,
}

/// Another wording of an entry, an earlier one as a rule.
#[derive(Debug)]
pub(super) struct OlderVersion {
    /// The row of the entry.
    pub entry_row: i64,
    pub version: i64,
    /// The capture that it was read from.
    pub capture: i64,
    pub entry: Entry,
}

impl StoredPage {
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
            Ok(CaptureRow { id, time, shown, parts, places: OnceCell::new() })
        })?;
        let captures = captures.collect::<Result<_>>()?;

        let mut entries = db.prepare_cached(&record::SELECT_PAGE)?;
        let entries = entries.query_map([page], |row| {
            let EntryRow { id, place, version, capture, entry, unread: columns, .. } = record::read(row)?;
            unread.push((Some(entry.id.clone()), columns));
            Ok(StoredEntry { id, place, version, capture, entry })
        })?;
        let entries = entries.collect::<Result<_>>()?;

        let mut versions = db.prepare_cached(
            "SELECT entry, key, entry_version.version, entry_version.capture, content
             FROM entry JOIN entry_version ON entry = entry.id WHERE page = ?",
        )?;
        let versions = versions.query_map([page], |row| {
            let mut columns = Columns::new(row);
            let (entry_row, key, version) = (columns.get()?, columns.text()?, columns.get()?);
            let capture = columns.get()?;
            let (entry, keys) = columns.str()?.map(record::read_json).unwrap_or_default();
            let columns = columns.into_unread().into_iter().chain(keys);
            unread.push((key, columns.map(|name| format!("{name} of version {version}")).collect()));
            Ok(OlderVersion { entry_row, version, capture, entry })
        })?;
        let mut versions = versions.collect::<Result<Vec<OlderVersion>>>()?;
        versions.sort_by_key(|version| version.entry_row);

        unread.retain(|(_, columns)| !columns.is_empty());
        let unread = if unread.is_empty() { Vec::new() } else { add_page_name(db, page, unread)? };
        Ok(Self { captures, entries, versions, unread })
    }

    /// The entries for [`merge_positions`](super::positions::merge_positions).
    pub fn positions(&self) -> Vec<EntryPosition> {
        let position = |entry: &StoredEntry| EntryPosition { id: entry.id, published: entry.entry.published };
        self.entries.iter().map(position).collect()
    }

    /// The other wordings of an entry.
    pub fn other_versions(&self, entry: i64) -> &[OlderVersion] {
        let from = self.versions.partition_point(|version| version.entry_row < entry);
        let count = self.versions[from..].partition_point(|version| version.entry_row == entry);
        &self.versions[from..from + count]
    }

    /// All versions of all entries by the entry's row and the version's number, each with the capture it was read from.
    pub fn all_versions(&self) -> HashMap<(i64, i64), (i64, &Entry)> {
        let current = self.entries.iter().map(|entry| ((entry.id, entry.version), (entry.capture, &entry.entry)));
        let older = self.versions.iter().map(|older| ((older.entry_row, older.version), (older.capture, &older.entry)));
        current.chain(older).collect()
    }
}

fn add_page_name(db: &Connection, page: i64, unread: Vec<(Option<String>, Vec<String>)>) -> Result<Vec<Unread>> {
    let sql = "SELECT name FROM page WHERE id = ?";
    let page: String =
        db.prepare_cached(sql)?.query_row([page], |row| Ok(Columns::new(row).text()?.unwrap_or_default()))?;
    Ok(unread.into_iter().map(|(entry, columns)| Unread { page: page.clone(), entry, columns }).collect())
}

/// An entry that a capture shows: its row, the version of its words, and which part of them where the page may be cut
/// off. In JSON `[entry, version]` or `[entry, version, [from, to]]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sight(pub i64, pub i64, #[serde(default, skip_serializing_if = "Option::is_none")] pub Option<Part>);

/// Which part of a version's [words](super::wording::words) a capture shows, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part(usize, usize);

impl Part {
    pub fn new(range: Range<usize>) -> Self {
        Self(range.start, range.end)
    }

    /// The words of the part, if `whole` still is what it was taken from.
    pub fn slice(self, whole: &str) -> Option<&str> {
        whole.get(self.0..self.1)
    }

    /// Whether the words before the part are missing, or may be.
    pub fn begins_page(self, whole: &str) -> bool {
        self.0 > 0 || self.1 == whole.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sight_is_two_numbers_and_the_part_of_what_is_cut_off() {
        let sights = [Sight(7, 1, None), Sight(8, 2, Some(Part(0, 12)))];
        let json = "[[7,1],[8,2,[0,12]]]";
        assert_eq!(serde_json::to_string(&sights).unwrap(), json);
        assert_eq!(serde_json::from_str::<Vec<Sight>>(json).unwrap(), sights);
    }
}
