//! A page made ready for keeping, away from the archive, so that parsers in parallel do the work and one writer keeps.

use chrono::{DateTime, Utc};

use crate::input::Document;
use crate::model::LiveBlog;

/// A page as it was captured, and what was read in it: what [`Archive::keep`](super::Archive::keep) keeps.
#[derive(Debug)]
pub struct Capture<'a> {
    document: &'a Document,
    blog: &'a LiveBlog,
    kept: DateTime<Utc>,
    name: Option<&'a str>,
}

impl<'a> Capture<'a> {
    /// Makes a page ready: packs the original, hashes it. `kept` is now, UTC; no clock is read.
    pub fn new(document: &'a Document, blog: &'a LiveBlog, kept: DateTime<Utc>) -> Self {
        Self { document, blog, kept, name: None }
    }

    /// The same, to be kept under the user's own name for the live blog, whatever its address.
    #[must_use]
    pub fn named(self, name: Option<&'a str>) -> Self {
        Self { name, ..self }
    }
}
