//! Originals: the very bytes of each capture, and all that it takes to read them as they were read then.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, Result};

use super::capture::sha256;
use super::columns::Columns;
use super::record;
use crate::input::Document;
use crate::model::Layout;

/// A page as it was captured, to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// The name of its live blog in the archive.
    pub page: String,
    /// The page itself, and what the user or the record said of it.
    pub document: Document,
    /// When it was kept, UTC: the time that was now when it was read.
    pub kept: DateTime<Utc>,
    /// The zone that the user said it is to be read in.
    pub zone: Option<Tz>,
    /// The layout that the user said it is to be read in.
    pub layout: Option<Layout>,
    /// Its row.
    pub(super) id: i64,
    pub(super) sha256: String,
    /// Its bytes, packed as they are kept.
    pub(super) packed: Vec<u8>,
    /// Whether its bytes are those that were kept.
    pub(super) intact: bool,
    /// The columns that cannot be read.
    pub(super) unread: Vec<String>,
}

/// The captures of a live blog in the order in which they were kept: their rows.
pub(super) fn captures(db: &Connection, page: i64) -> Result<Vec<i64>> {
    let mut rows = db.prepare_cached("SELECT id FROM capture WHERE page = ? ORDER BY id")?;
    rows.query_map([page], |row| row.get(0))?.collect()
}

/// The original of a capture.
pub(super) fn original(db: &Connection, capture: i64) -> Result<Original> {
    let sql =
        "SELECT name, source, capture.url, captured, modified, kept, capture.zone, capture.layout, sha256, original
               FROM capture JOIN page ON page.id = page WHERE capture.id = ?";
    db.prepare_cached(sql)?.query_row([capture], |row| {
        let mut columns = Columns::new(row);
        let (page, source, url) =
            (columns.text()?.unwrap_or_default(), columns.text()?.unwrap_or_default(), columns.text()?);
        let (captured, modified, kept) = (columns.instant()?, columns.instant()?, columns.instant()?);
        let (zone, layout) = (columns.parse(str::parse)?, columns.parse(record::of_word)?);
        let (kept_hash, packed): (String, Vec<u8>) = (columns.text()?.unwrap_or_default(), columns.get()?);
        let bytes = zstd::decode_all(&packed[..]).ok();
        // Without any time to read it at, years would be inferred from a time that nobody said.
        let kept = kept.or(captured).or(modified);
        Ok(Original {
            page,
            kept: kept.unwrap_or_default(),
            zone,
            layout,
            id: capture,
            intact: kept.is_some() && bytes.as_ref().is_some_and(|bytes| sha256(bytes) == kept_hash),
            sha256: kept_hash,
            packed,
            document: Document { source, url, captured, modified, bytes: bytes.unwrap_or_default() },
            unread: columns.into_unread(),
        })
    })
}
