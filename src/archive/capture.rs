//! A page made ready for keeping, away from the archive: parsers in parallel do this work, one writer does the keeping.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use super::Original;
use super::record::Record;
use crate::input::Document;
use crate::model::{Layout, LiveBlog};
use crate::time::years;

/// How hard the originals are packed. Live pages shrink to a third; the next levels cost twice the time for a twentieth.
const LEVEL: i32 = 3;

/// A page as it was captured, and what was read in it: what [`Archive::store`](super::Archive::store) stores.
///
/// ```
/// # use liveblog::{input::Document, model::LiveBlog};
/// use liveblog::archive::{Archive, Capture, Error};
///
/// fn keep(archive: &mut Archive, document: &Document, blog: &LiveBlog) -> Result<String, Error> {
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
    /// Its row, if it has been kept before.
    pub(super) row: Option<i64>,
    pub(super) sha256: String,
    pub(super) original: Vec<u8>,
    pub(super) records: Vec<Record<'a>>,
}

impl<'a> Capture<'a> {
    /// Makes a page ready: packs and hashes the original, tells the entries as the archive's tables do. `kept` is now,
    /// UTC; no clock is read.
    pub fn new(document: &'a Document, blog: &'a LiveBlog, kept: DateTime<Utc>) -> Self {
        Self {
            document,
            blog,
            kept: years::nearest(kept),
            name: None,
            zone: None,
            layout: None,
            row: None,
            sha256: sha256(&document.bytes),
            original: pack(&document.bytes),
            records: blog.entries.iter().map(Record::of).collect(),
        }
    }

    /// What was kept, with what is read in it today.
    pub(super) fn again(original: &'a Original, blog: &'a LiveBlog) -> Self {
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
            records: blog.entries.iter().map(Record::of).collect(),
        }
    }

    /// The same capture, with what is stored of it.
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
            records: blog.entries.iter().map(Record::of).collect(),
        }
    }

    /// The same, to be kept under the user's own name for the live blog, whatever its address.
    #[must_use]
    pub fn named(self, name: Option<&'a str>) -> Self {
        Self { name, ..self }
    }

    /// The same, with the zone and the layout that the user said it is to be read in, so that it can be read so again.
    #[must_use]
    pub fn read_as(self, zone: Option<Tz>, layout: Option<Layout>) -> Self {
        Self { zone, layout, ..self }
    }

    /// When it was saved, as far as is known: by which captures of a live blog are put in order.
    pub(super) fn time(&self) -> DateTime<Utc> {
        self.blog.captured.unwrap_or(self.kept)
    }
}

fn pack(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, LEVEL).expect("memory can be packed into memory: the bound of its packed size is known")
}

/// The SHA-256 of bytes, as hex digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all that is written to it");
        text
    })
}
