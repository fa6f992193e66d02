//! Captures: a page ready to be stored, and the original of a stored one.
//!
//! What can be done without the archive is done in [`Packed::new`], by many threads; one thread stores the results.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rusqlite::{Connection, Result};
use sha2::{Digest, Sha256};
use zstd::bulk::Compressor;

use super::columns::{Columns, from_json_name};
use super::record::{Encoded, Record};
use crate::input::Document;
use crate::model::{Code, Entry, Layout, LiveBlog};
use crate::time::years;

/// The level of zstd for originals: live pages shrink to a third; the next levels take twice the time for another 5%.
const ZSTD_LEVEL: i32 = 3;

/// A page as it was saved, and the live blog parsed from it, for [`Archive::store`](super::Archive::store).
///
/// ```
/// # use liveblog::{input::Document, model::LiveBlog};
/// use liveblog::archive::{Archive, Capture, Error};
///
/// fn store(archive: &mut Archive, document: &Document, blog: &LiveBlog) -> Result<String, Error> {
///     let capture = Capture::new(document, blog, chrono::Utc::now()).named(Some("Tunnel flood"));
///     Ok(archive.store(&capture)?.page)
/// }
/// ```
#[derive(Debug)]
pub struct Capture<'a> {
    pub(super) document: &'a Document,
    pub(super) blog: &'a LiveBlog,
    pub(super) kept: DateTime<Utc>,
    pub(super) name: Option<&'a str>,
    pub(super) zone: Option<Tz>,
    pub(super) layout: Option<Layout>,
    /// Its row, if it was stored before.
    pub(super) row: Option<i64>,
    pub(super) sha256: String,
    pub(super) original: Vec<u8>,
    pub(super) records: Vec<Record<'a>>,
}

/// What a capture has of a page beside the page itself: its compressed original and the hash of it, and its entries encoded
/// for their table. To make it is most of the work on a capture, and needs no archive, so that the thread that parses a
/// page can do it.
///
/// ```
/// use liveblog::archive::{Capture, Packed};
/// use liveblog::{Document, ParseOptions, parse};
///
/// let now = "2023-06-20T12:00:00Z".parse()?;
/// let document = Document::from_text("flood.txt", "Gate shutpublished at 12:00 GMT 20 June 2023\n\nIt is shut.\n");
/// let parsed = std::thread::spawn(move || {
///     let blog = parse(&document, &ParseOptions::new(now))?;
///     let packed = Packed::new(&document, &blog);
///     Ok::<_, liveblog::Error>((document, blog, packed))
/// });
/// let (document, blog, packed) = parsed.join().expect("the thread ends")?;
/// let capture = Capture::from_packed(&document, &blog, packed, now);
/// # let _ = capture;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Packed {
    sha256: String,
    original: Vec<u8>,
    entries: Vec<Encoded>,
}

impl Packed {
    /// Compresses and hashes the document, and encodes the entries of the live blog that was parsed from it.
    pub fn new(document: &Document, blog: &LiveBlog) -> Self {
        Self {
            sha256: sha256(&document.bytes),
            original: pack(&document.bytes),
            entries: blog.entries.iter().map(Encoded::new).collect(),
        }
    }
}

impl<'a> Capture<'a> {
    /// Makes a page ready to be stored. `kept` is the current time, UTC; no clock is read.
    pub fn new(document: &'a Document, blog: &'a LiveBlog, kept: DateTime<Utc>) -> Self {
        Self::from_packed(document, blog, Packed::new(document, blog), kept)
    }

    /// The same with what was packed already of the same document and live blog.
    pub fn from_packed(document: &'a Document, blog: &'a LiveBlog, packed: Packed, kept: DateTime<Utc>) -> Self {
        let Packed { sha256, original, entries } = packed;
        Self {
            document,
            blog,
            kept: years::nearest(kept),
            name: None,
            zone: None,
            layout: None,
            row: None,
            sha256,
            original,
            records: blog.entries.iter().zip(entries).map(|(entry, encoded)| encoded.into_record(entry)).collect(),
        }
    }

    /// A stored capture, with the live blog that is parsed from it now.
    pub(super) fn from_original(original: &'a Original, blog: &'a LiveBlog) -> Self {
        Self {
            document: &original.document,
            blog,
            kept: original.kept,
            name: None,
            zone: original.zone,
            layout: original.layout,
            row: Some(original.id),
            sha256: original.sha256.clone(),
            original: original.packed.clone(),
            records: blog.entries.iter().map(Record::new).collect(),
        }
    }

    /// The same capture with another live blog.
    pub(super) fn with_blog<'b>(&'b self, blog: &'b LiveBlog) -> Capture<'b> {
        Capture {
            document: self.document,
            blog,
            kept: self.kept,
            name: self.name,
            zone: self.zone,
            layout: self.layout,
            row: self.row,
            sha256: self.sha256.clone(),
            original: self.original.clone(),
            records: blog.entries.iter().map(Record::new).collect(),
        }
    }

    /// Stores the capture under the user's own name for the live blog, whatever its address.
    #[must_use]
    pub fn named(self, name: Option<&'a str>) -> Self {
        Self { name, ..self }
    }

    /// Stores the zone and the layout that the user chose, so that the page can be parsed again in the same way.
    #[must_use]
    pub fn read_as(self, zone: Option<Tz>, layout: Option<Layout>) -> Self {
        Self { zone, layout, ..self }
    }

    /// When it was saved, as far as is known: captures of a live blog are ordered by it.
    pub(super) fn time(&self) -> DateTime<Utc> {
        self.blog.captured.unwrap_or(self.kept)
    }
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    thread_local! {
        /// To make its tables anew for each page takes longer than to pack one.
        static COMPRESSOR: RefCell<Compressor<'static>> =
            RefCell::new(Compressor::new(ZSTD_LEVEL).expect("zstd knows the level"));
    }
    let packed = COMPRESSOR.with_borrow_mut(|compressor| compressor.compress(bytes));
    packed.expect("memory can be packed into memory: the bound of its packed size is known")
}

/// The SHA-256 of bytes, as hex digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all that is written to it");
        text
    })
}

/// A live blog without the times that cannot be read back, those outside the years 0001 to 9999: they become null, with a
/// warning in their entry. The parser reports such times itself; this is for live blogs from elsewhere.
pub(super) fn storable(blog: &LiveBlog) -> Cow<'_, LiveBlog> {
    let page = [blog.captured, blog.coverage.start, blog.coverage.end];
    if page.into_iter().all(can_be_stored)
        && blog.entries.iter().all(|entry| is_published_storable(entry) && can_be_stored(entry.modified))
    {
        return Cow::Borrowed(blog);
    }
    let mut blog = blog.clone();
    for time in [&mut blog.captured, &mut blog.coverage.start, &mut blog.coverage.end] {
        *time = time.and_then(years::utc);
    }
    blog.entries.iter_mut().for_each(remove_unstorable_times);
    Cow::Owned(blog)
}

fn remove_unstorable_times(entry: &mut Entry) {
    let (is_published_storable, is_modified_storable) = (is_published_storable(entry), can_be_stored(entry.modified));
    if !is_published_storable {
        // Neither means anything without the other.
        (entry.published, entry.published_local) = (None, None);
    }
    if !is_modified_storable {
        entry.modified = None;
    }
    if !(is_published_storable && is_modified_storable || entry.doubts.contains(&Code::TimeUnread)) {
        entry.doubts.push(Code::TimeUnread);
    }
}

fn is_published_storable(entry: &Entry) -> bool {
    can_be_stored(entry.published) && entry.published_local.is_none_or(|at| years::local(at).is_some())
}

fn can_be_stored(time: Option<DateTime<Utc>>) -> bool {
    time.is_none_or(|at| years::utc(at).is_some())
}

/// A stored page as it was captured, to be parsed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// The name of its live blog in the archive.
    pub page: String,
    /// The page itself, and what the user or the record said of it.
    pub document: Document,
    /// When it was stored, UTC: the current time when it was parsed.
    pub kept: DateTime<Utc>,
    /// The zone that the user chose for it.
    pub zone: Option<Tz>,
    /// The layout that the user chose for it.
    pub layout: Option<Layout>,
    /// Its row.
    pub(super) id: i64,
    pub(super) sha256: String,
    /// Its compressed bytes.
    pub(super) packed: Vec<u8>,
    /// Whether its bytes are those that were captured.
    pub(super) intact: bool,
    /// The columns that cannot be read.
    pub(super) unread: Vec<String>,
}

/// The rows of the captures of a live blog, in the order in which they were stored.
pub(super) fn capture_rows(db: &Connection, page: i64) -> Result<Vec<i64>> {
    let mut rows = db.prepare_cached("SELECT id FROM capture WHERE page = ? ORDER BY id")?;
    rows.query_map([page], |row| row.get(0))?.collect()
}

/// Reads the original of a capture.
pub(super) fn read_original(db: &Connection, capture: i64) -> Result<Original> {
    let sql =
        "SELECT name, source, capture.url, captured, modified, kept, capture.zone, capture.layout, sha256, original
               FROM capture JOIN page ON page.id = page WHERE capture.id = ?";
    db.prepare_cached(sql)?.query_row([capture], |row| {
        let mut columns = Columns::new(row);
        let (page, source, url) =
            (columns.text()?.unwrap_or_default(), columns.text()?.unwrap_or_default(), columns.text()?);
        let (captured, modified, kept) = (columns.instant()?, columns.instant()?, columns.instant()?);
        let (zone, layout) = (columns.parse_column(str::parse)?, columns.parse_column(from_json_name)?);
        let (kept_hash, packed): (String, Vec<u8>) = (columns.text()?.unwrap_or_default(), columns.get()?);
        let bytes = zstd::decode_all(&packed[..]).ok();
        // Without any time, years would be inferred from an invented one.
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
